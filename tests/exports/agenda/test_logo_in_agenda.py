"""The logo in documents of an alliance: whole, with a name for who does not see it, and the one that was frozen."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from sqlalchemy import text

from exports.agenda.build import build_agenda
from exports.baseline.report import build_report
from exports.genuine.reader import read
from exports.genuine.verdict import compare
from exports.logo.cleaner import ACROSS, DOWN
from exports.word.template import SETTING
from models.alliance.logo import choose_logo
from models.basics.words import Copy
from models.reports.freezing import draft_document, freeze_report, frozen_report, report_document
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import BaselineReport
from tests.builders import LEADER, make_startfoto, rows_of
from tests.builders.startfoto import make_conclusion
from tests.exports.make_agenda import make_agenda, make_content
from tests.exports.pictures import drawn, saved

LOGO = saved(drawn(size=(600, 200)))


def _logos(document: Document) -> list[tuple[str, int, int]]:
    """Return the description, the width and the height (EMU) of the pictures before the title."""
    found = []
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name in ("Title", "Title Long"):
            break
        for drawing in paragraph._p.iter(qn("wp:inline")):
            extent, name = drawing.find(qn("wp:extent")), drawing.find(qn("wp:docPr"))
            if "decorative" not in "".join(child.tag for child in name.iter()):
                found.append((name.get("descr"), int(extent.get("cx")), int(extent.get("cy"))))
    return found


def _opened(logo: bytes | None, copy_for: Copy = Copy.PARTNERS) -> Document:
    return docx.Document(BytesIO(build_agenda(make_agenda(logo=logo), copy_for)))


@pytest.mark.parametrize("copy_for", Copy)
def test_the_logo_stands_above_the_title_in_every_copy_with_the_name_of_the_alliance(copy_for: Copy) -> None:
    assert _opened(None, copy_for).paragraphs[0].text.strip() == "Handslag"

    [(name, width, height)] = _logos(_opened(LOGO, copy_for))

    assert name == make_content()["alliance"]["name"]
    assert abs(width - 3 * height) < Mm(0.2)


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [((ACROSS, 100), 62, 8.3), ((100, DOWN), 8.3, 24), ((80, 40), 20, 10), ((744, 288), 62, 24)],
)
def test_a_logo_keeps_its_shape_in_the_room_that_it_has_and_is_never_coarse(
    size: tuple[int, int], width: float, height: float
) -> None:
    [(_name, across, down)] = _logos(_opened(saved(drawn(size=size))))

    assert (round(across / Mm(1), 1), round(down / Mm(1), 1)) == (width, height)


def test_a_template_of_an_organisation_shows_the_logo_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "huisstijl.docx"
    docx.Document().save(str(own))
    monkeypatch.setenv(SETTING, str(own))

    assert len(_logos(_opened(LOGO))) == 1


def test_another_logo_in_the_file_is_a_change_that_is_found() -> None:
    original = read(build_agenda(make_agenda(logo=LOGO), Copy.PARTNERS))
    exchanged = read(build_agenda(make_agenda(logo=saved(drawn(ink=(192, 57, 43)))), Copy.PARTNERS))

    assert sha256(LOGO).hexdigest() in original.pictures
    assert compare(original, original) == []
    assert [found.what for found in compare(original, exchanged)] == ["picture"]


def test_the_same_logo_gives_the_same_bytes() -> None:
    first, again = (build_agenda(make_agenda(logo=LOGO), Copy.PARTNERS) for _ in range(2))

    assert first == again
    assert len([name for name in ZipFile(BytesIO(first)).namelist() if name.startswith("word/media/")]) > 1


def test_the_report_of_a_startfoto_shows_the_logo_that_was_frozen_with_it(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_conclusion(startfoto, "Er is te weinig hulp in gewone taal.")
    write(choose_logo, who=LEADER, alliance_id=startfoto.room.alliance_id, png=LOGO)
    write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id)
    write(choose_logo, who=LEADER, alliance_id=startfoto.room.alliance_id, png=saved(drawn(size=(300, 300))))

    with reading() as session:
        frozen = report_document(session, startfoto.baseline_id)
        draft = draft_document(session, startfoto.baseline_id)
        now = frozen_report(session, startfoto.baseline_id)

    assert frozen.logo == LOGO and draft.logo != LOGO
    assert len(_logos(docx.Document(BytesIO(build_report(frozen))))) == 1
    assert now is not None and now.has_changed


def test_a_report_from_before_there_were_logos_still_says_the_same(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_conclusion(startfoto, "Er is te weinig hulp in gewone taal.")
    write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id)
    [report] = rows_of(BaselineReport)
    content = json.loads(report["content"])
    del content["alliance"]["logo"]
    _rewrite(json.dumps(content))

    with reading() as session:
        now = frozen_report(session, startfoto.baseline_id)
        assert report_document(session, startfoto.baseline_id).logo is None

    assert now is not None and not now.has_changed


def _rewrite(content: str) -> None:
    with engine().begin() as connection:
        connection.execute(text("UPDATE baseline_report SET content = :content"), {"content": content})
