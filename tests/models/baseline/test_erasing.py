"""Notes are gone on their day, also from the file: what was released keeps its words, the rest leaves no trace."""

import os
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from exports.agenda.build import build_files
from models.baseline.baseline import present_baseline
from models.baseline.conclusion_views import list_conclusions
from models.baseline.erasing import erase_notes
from models.baseline.findings import keep_words, narrow_consent, remove_finding
from models.baseline.sources import remove_source, replace_word, speaker_token, type_note
from models.basics.clock import now
from models.basics.errors import InvalidValue, NoteErased
from models.basics.words import Consent
from models.storage.database import back_up, dispose, reading
from models.storage.forgetting import forget_deleted
from models.storage.overwriting import overwrite_erased
from models.storage.writing import write
from models.tables import BaselineSource, Finding, KeptWord, Replacement, Undoable
from models.upkeep import destroy_what_came_back, keep_promises
from tests.builders import (
    LEADER,
    allow,
    bytes_on_disk,
    copy_made_now,
    make_conclusion,
    make_document,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
    read_note,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER

TODAY = now().date()
SECRET = "Regenboogschool"
REMOVED = "Wietske"
NOTE = f"{LETTER} {DRAWS} Op de {SECRET} kende ik niemand."


def test_thirty_days_after_presenting_notes_go_and_released_quotes_keep_their_words(database: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, NOTE, held_on=TODAY - timedelta(days=60))
    released, waiting = make_quote(source, LETTER), make_quote(source, DRAWS)
    for quote in (released, waiting):
        allow(quote)
    document = make_document(startfoto, "Een boek")
    make_finding(document, "Korte brieven helpen.")
    make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[released, waiting])
    write(present_baseline, who=LEADER, baseline_id=startfoto.baseline_id, on=TODAY - timedelta(days=29))
    assert write(erase_notes) == 0

    assert write(erase_notes, on=TODAY + timedelta(days=1)) == 1

    stored = read_note(source)
    assert (stored.note, stored.note_erased_at is None) == ("", False)
    assert [finding.text for finding in stored.findings] == [LETTER]
    assert len(read_note(document).findings) == 1
    with reading() as session:
        (conclusion,) = list_conclusions(session, startfoto.baseline_id)
    assert conclusion.standing.findings == 1
    assert write(erase_notes, on=TODAY + timedelta(days=1)) == 0
    with pytest.raises(NoteErased):
        write(type_note, who=LEADER, source_id=source, note="Toch weer.")


@pytest.mark.parametrize(
    ("held_on", "on", "erased"),
    [
        (date(2026, 2, 28), date(2027, 2, 27), 0),
        (date(2026, 2, 28), date(2027, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 1),
    ],
)
def test_twelve_months_after_the_interview_a_note_goes_even_if_nothing_was_presented(
    sqlite: str, held_on: date, on: date, erased: int
) -> None:
    make_interview(make_startfoto(), held_on=held_on)

    assert write(erase_notes, on=on) == erased


def test_a_day_that_has_not_come_is_no_day_of_presenting(sqlite: str) -> None:
    startfoto = make_startfoto()

    with pytest.raises(InvalidValue):
        write(
            present_baseline,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            on=TODAY + timedelta(days=2),
        )


def test_nothing_of_a_note_is_left_in_the_bytes_of_the_file(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, NOTE, held_on=date(2025, 1, 1))
    allow(make_quote(source, LETTER))
    make_quote(source, f"Op de {SECRET} kende ik niemand.")
    kept = make_quote(source, DRAWS)
    allow(kept)
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een medewerker")
    write(replace_word, who=LEADER, source_id=source, word="[een medewerker]", became="Yonas van boven")
    write(keep_words, who=LEADER, finding_id=kept, words=["Yonas"])
    path = Path(sqlite.removeprefix("sqlite:///"))
    write(remove_finding, who=LEADER, finding_id=make_finding(source, f"{REMOVED} helpt op school."))
    assert "Samira" in str(rows_of(Replacement))
    assert REMOVED in str(rows_of(Undoable))
    forget_deleted(rounds=1)
    assert REMOVED.encode() in path.read_bytes()
    assert SECRET.encode() in path.read_bytes()
    assert b"Samira" in path.read_bytes()

    write(erase_notes, on=date(2026, 1, 2))
    overwrite_erased()
    dispose()

    left = b"".join(file.read_bytes() for file in path.parent.glob("handslag.db*"))
    assert SECRET.encode() not in left
    assert b"Samira" not in left
    assert REMOVED.encode() not in left
    assert LETTER.encode() in left


@pytest.mark.both_databases
def test_nothing_of_a_note_is_left_in_the_rows_or_bytes_of_either_database(
    database: str, tmp_path: Path
) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, NOTE, held_on=date(2025, 1, 1))
    make_quote(source, DRAWS)
    make_finding(source, "Alleen Samira helpt.")
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een medewerker")
    write(remove_finding, who=LEADER, finding_id=make_finding(source, f"{REMOVED} helpt op school."))
    words = [word.encode() for word in (SECRET, "Samira", REMOVED)]
    assert REMOVED in str(rows_of(Undoable))
    assert "Samira" in str(rows_of(Replacement))
    assert all(word in bytes_on_disk(database) for word in words)

    keep_promises(build_files)

    assert rows_of(Finding) == rows_of(KeptWord) == rows_of(Replacement) == []
    assert SECRET not in str(rows_of(BaselineSource))
    assert REMOVED not in str(rows_of(Undoable))
    left = bytes_on_disk(database) + copy_made_now(database, tmp_path)
    assert not [word for word in words if word in left]


def test_a_copy_that_is_put_back_brings_no_erased_note_and_no_withdrawn_quote_back(
    sqlite: str, tmp_path: Path
) -> None:
    startfoto = make_startfoto()
    erased = make_interview(startfoto, NOTE, held_on=date(2025, 1, 1))
    other = make_interview(startfoto, NOTE)
    withdrawn, kept = make_quote(other, LETTER), make_quote(other, DRAWS)
    allow(withdrawn)
    allow(kept)
    removed = make_interview(startfoto, NOTE)
    copy = tmp_path / "copy.db"
    back_up(copy)
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, other))
    write(narrow_consent, token=token, finding_id=withdrawn, consent=Consent.NONE)
    write(remove_source, who=LEADER, source_id=removed)
    keep_promises(build_files)
    dispose()
    for path in Path(sqlite.removeprefix("sqlite:///")).parent.glob("handslag.db*"):
        path.unlink()
    shutil.copy(copy, sqlite.removeprefix("sqlite:///"))
    assert SECRET in read_note(erased).note

    destroy_what_came_back()

    assert read_note(erased).note == ""
    assert read_note(erased).note_erased_at is not None
    first, second = read_note(other).findings
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None
    # What was removed by hand is what one puts a copy back for.
    assert SECRET in read_note(removed).note
    dispose()
    left = b"".join(
        file.read_bytes() for file in Path(sqlite.removeprefix("sqlite:///")).parent.glob("handslag.db*")
    )
    assert left.count(SECRET.encode()) == 2


def test_a_new_source_that_gets_the_number_of_an_erased_one_is_left_alone(sqlite: str) -> None:
    startfoto = make_startfoto()
    gone = make_interview(startfoto, NOTE, held_on=date(2025, 1, 1))
    keep_promises(build_files)
    write(remove_source, who=LEADER, source_id=gone)

    again = make_interview(startfoto, NOTE)
    destroy_what_came_back()

    assert SECRET in read_note(again).note


def test_copies_from_before_a_migration_go_after_thirty_days(sqlite: str) -> None:
    file = Path(sqlite.removeprefix("sqlite:///"))
    old, young = file.with_suffix(".before-0021.db"), file.with_suffix(".before-0022.db")
    killed = file.with_suffix(".before-0020.db.unfinished")
    for copy, days in ((old, 31), (killed, 31), (young, 29)):
        copy.write_bytes(b"")
        moment = time.time() - days * 24 * 3600
        os.utime(copy, (moment, moment))

    keep_promises(build_files)

    there = [path.exists() for path in (old, killed, young, file)]
    assert there == [False, False, True, True]
