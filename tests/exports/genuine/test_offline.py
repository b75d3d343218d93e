"""The page that computes control words without any server: opened from a disk, in a real browser."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from exports.agenda.build import build_agenda
from exports.baseline.report import build_report
from exports.genuine.offline import offline_checker
from exports.word.frozen_part import canonical
from models.baseline.baseline import begin_baseline, newest_baseline
from models.basics.words import Copy
from models.example.startfoto import load_startfoto
from models.reports.freezing import complete_words, freeze_report, report_document
from models.signing.control_words import control_words
from models.signing.files import AgendaDocument
from models.storage.database import reading
from models.storage.writing import write
from tests.accessibility import violations
from tests.builders import Startfoto, make_conclusion, make_photo, make_startfoto, make_workshop
from tests.builders.workshop import make_next_workshop
from tests.exports.genuine.packages import changed, replacing
from tests.exports.make_agenda import make_agenda, make_content

LANGUAGES = ("nl", "en")


def document(language: str = "nl") -> AgendaDocument:
    """Return an agenda as it is frozen: with the fingerprint and the words of its very text."""
    content = make_content(language)
    print_ = sha256(canonical(content)).hexdigest()
    return make_agenda(
        language, content=content, sha256=print_, control_words=control_words(print_, language)
    )


@pytest.fixture(scope="module")
def word() -> bytes:
    return build_agenda(document(), Copy.PARTNERS)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file = tmp_path_factory.mktemp("offline") / "controlewoorden.html"
    file.write_text(offline_checker("nl").html, encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    context.close()


def check(page: Page, content: bytes) -> str:
    page.set_input_files(
        "#file", {"name": "agenda.docx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.wait_for_selector("#answer .verdict")
    return page.inner_text("#answer")


def six(page: Page) -> list[str]:
    return page.locator("#words li").all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_computes_the_words_that_the_room_saw(page: Page, language: str) -> None:
    made = document(language)

    told = check(page, build_agenda(made, Copy.PARTNERS))

    assert six(page) == list(made.control_words)
    assert "U ziet in dit bestand de tekst die is vastgelegd." in told
    # Nothing of our own document is strange to it.
    assert "maar niet in de tekst die is vastgelegd" not in told


def test_it_computes_the_words_of_a_report_too(page: Page, sqlite: str) -> None:
    loaded = load_startfoto("conclusions")
    with reading() as session:
        newest = newest_baseline(session, loaded.alliance_id)
        assert newest is not None
    complete_words(write(freeze_report, who="Iris de Boer", baseline_id=newest.id).report_id)
    with reading() as session:
        frozen = report_document(session, newest.id)
    word = build_report(frozen)
    [conclusion, *_rest] = frozen.content["conclusions"]

    told = check(page, word)

    assert six(page) == list(frozen.control_words)
    assert "U ziet in dit bestand de tekst die is vastgelegd." in told
    assert "maar niet in de tekst die is vastgelegd" not in told
    everywhere = {"word/document.xml": lambda xml: xml.replace(conclusion["text"], "Alles gaat goed.")}
    assert "Dit bestand is niet zoals het is gemaakt" in check(page, changed(word, everywhere))


def test_nothing_of_two_photos_in_a_report_is_strange_to_it(page: Page, sqlite: str) -> None:
    people: dict[str | None, int] = {
        "Gemeente": 20,
        "Bewoners": 40,
        "Jongeren": 3,
        "Ouderen": 4,
        "Ondernemers": 0,
    }
    room = make_workshop(people=people)
    startfoto = make_startfoto(room)
    asked = [("Taal", "Ik word geholpen in een taal die ik begrijp."), ("Meedoen", "Ik vind hier werk.")]
    agree: dict[str | None, list[int]] = {
        "Gemeente": [17, 9],
        "Bewoners": [9, 20],
        "Jongeren": [1, 1],
        "Ouderen": [2, 4],
    }
    first = make_photo(startfoto, asked, agree)
    following = make_next_workshop(room, people=people)
    begun = write(begin_baseline, who="Iris", alliance_id=room.alliance_id)
    second = Startfoto(following, begun.baseline_id, startfoto.themes)
    make_photo(
        second,
        [asked[0], ("Meedoen", "Ik vind hier werk of een stage.")],
        agree | {"Bewoners": [30, 20]},
        same_as=[first.statements[0], None],
        reversed_ones=[2],
    )
    make_conclusion(second, "Taal staat minder in de weg.")
    complete_words(write(freeze_report, who="Iris", baseline_id=begun.baseline_id).report_id)
    with reading() as session:
        word = build_report(report_document(session, begun.baseline_id))

    told = check(page, word)

    assert "U ziet in dit bestand de tekst die is vastgelegd." in told
    assert "maar niet in de tekst die is vastgelegd" not in told


def test_a_changed_text_keeps_its_words_and_is_told(page: Page, word: bytes) -> None:
    what = make_content()["agreements"][1]["what"]
    xml = replacing(what, "Wij doen helemaal niets.")
    everywhere = {name: (lambda text: text.replace(what, "Wij doen helemaal niets.")) for name in xml}

    told = check(page, changed(word, everywhere))

    assert len(six(page)) == 6
    assert "Dit bestand is niet zoals het is gemaakt" in told
    assert what in told and "Wij doen helemaal niets." in told


def test_a_text_that_was_put_in_between_is_told(page: Page, word: bytes) -> None:
    more = "<w:p><w:r><w:t>De gemeente betaalt alles.</w:t></w:r></w:p>"

    told = check(page, changed(word, replacing("<w:body>", f"<w:body>{more}")))

    assert "De gemeente betaalt alles." in told


def test_hidden_text_is_told(page: Page, word: bytes) -> None:
    secret = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>niemand ziet dit</w:t></w:r></w:p>"

    told = check(page, changed(word, replacing("<w:body>", f"<w:body>{secret}")))

    assert "maar is verborgen" in told and "niemand ziet dit" in told


def test_the_public_copy_has_no_words_of_its_own_and_says_why(page: Page) -> None:
    told = check(page, build_agenda(document(), Copy.PUBLIC))

    assert six(page) == []
    assert "Dit is het exemplaar voor iedereen" in told
    assert "U ziet in dit bestand de tekst die is vastgelegd." in told
    assert "maar niet in de tekst die is vastgelegd" not in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"geen zip", "Dit is geen Word-bestand"),
        (b"PK\x05\x06" + bytes(18), "Dit is geen Word-bestand"),
    ],
)
def test_what_is_no_agenda_is_told(page: Page, content: bytes, sentence: str) -> None:
    assert sentence in check(page, content)


def test_macros_and_strange_xml_are_told(page: Page, word: bytes) -> None:
    assert "macro" in check(page, changed(word, {}, **{"word__vbaProject.bin": b"x"}))
    doctype = changed(
        word, {"word/document.xml": lambda xml: xml.replace("<w:document", "<!DOCTYPE w><w:document", 1)}
    )
    assert "Er zit iets in" in check(page, doctype)


def test_it_is_for_everybody(page: Page, word: bytes) -> None:
    check(page, word)

    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_file_that_may_load_nothing(language: str) -> None:
    html = offline_checker(language).html

    assert "default-src &#x27;none&#x27;" in html
    assert re.findall(r"""(?:src|href)=["'][^"']+""", html) == []
    assert Path(__file__).name
