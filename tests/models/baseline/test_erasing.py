"""Notes are gone on their day, also from the file: what was released keeps its words, the rest leaves no trace."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from exports.agenda.build import build_files
from models.baseline.baseline import present_baseline
from models.baseline.erasing import erase_notes
from models.baseline.findings import keep_word
from models.baseline.sources import replace_word, type_note
from models.baseline.views import list_conclusions
from models.basics.clock import now
from models.basics.errors import InvalidValue, NoteErased
from models.storage.database import dispose, engine, reading
from models.storage.forgetting import forget_deleted, forget_notes
from models.storage.writing import write
from models.tables import BaselineSource, Finding, KeptWord, Replacement
from models.upkeep import keep_promises
from tests.builders import (
    LEADER,
    allow,
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
    write(keep_word, who=LEADER, finding_id=kept, word="Yonas")
    path = Path(sqlite.removeprefix("sqlite:///"))
    forget_deleted(rounds=1)
    assert SECRET.encode() in path.read_bytes()
    assert b"Samira" in path.read_bytes()

    write(erase_notes, on=date(2026, 1, 2))
    forget_notes()
    dispose()

    left = b"".join(file.read_bytes() for file in path.parent.glob("handslag.db*"))
    assert SECRET.encode() not in left
    assert b"Samira" not in left
    assert LETTER.encode() in left


@pytest.mark.both_databases
def test_nothing_of_a_note_is_left_in_the_rows_of_either_database(database: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, NOTE, held_on=date(2025, 1, 1))
    make_quote(source, DRAWS)
    make_finding(source, "Alleen Samira helpt.")

    keep_promises(build_files)

    assert rows_of(Finding) == rows_of(KeptWord) == rows_of(Replacement) == []
    assert SECRET not in str(rows_of(BaselineSource))
    if engine().dialect.name == "postgresql":
        with engine().connect() as connection:
            folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
            files = [
                connection.exec_driver_sql(f"SELECT pg_relation_filepath('{table}')").scalar_one()
                for table in ("baseline_source", "finding", "replacement")
            ]
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        left = b"".join((Path(folder) / file).read_bytes() for file in files)
        assert SECRET.encode() not in left
