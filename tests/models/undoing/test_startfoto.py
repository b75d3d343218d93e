"""What was done in a startfoto is undone from what happened too, and not only from the message of that moment."""

import pytest

from models.baseline.conclusion_views import (
    ConclusionView,
    ImprovementView,
    list_conclusions,
    list_improvements,
)
from models.baseline.conclusions import remove_conclusion, take_evidence
from models.baseline.findings import remove_finding
from models.baseline.improvements import make_proposal_of, put_off_improvement, write_improvement
from models.baseline.sources import replace_word, type_note
from models.basics.errors import CannotBeUndone
from models.basics.words import Hindrance, ImprovementState, Step
from models.drafting.views import shown_proposals
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Undoable
from models.undoing.undo import undo, what_can_be_undone
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_conclusion,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
    make_workshop,
    read_note,
    rows_of,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.builders.undoing import undo_last

pytestmark = pytest.mark.usefixtures("sqlite")


def _conclusions(startfoto: Startfoto) -> list[ConclusionView]:
    with reading() as session:
        return list_conclusions(session, startfoto.baseline_id)


def _points(startfoto: Startfoto) -> list[ImprovementView]:
    with reading() as session:
        return list_improvements(session, startfoto.baseline_id)


def _point(startfoto: Startfoto, conclusions: list[int] | None = None) -> int:
    return int(
        write(
            write_improvement,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            text="Brieven passen op één bladzijde.",
            conclusion_ids=conclusions or [],
        ).improvement_id
    )


def test_a_word_that_was_made_vaguer_stands_there_again_and_what_was_kept_is_not_the_word() -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    before = read_note(source).note
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="iemand")
    assert "Samira" not in str([row["keeps"] for row in rows_of(Undoable)])

    undo_last()

    assert read_note(source).note == before
    write(replace_word, who=LEADER, source_id=source, word="Samira", became="een vriendin")
    undo_last()
    with reading() as session:
        assert what_can_be_undone(session, startfoto.room.alliance_id, limit=9) == []


def test_evidence_that_was_taken_away_lies_beside_the_conclusion_again_as_it_lay() -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    first, second = make_quote(source, LETTER), make_quote(source, DRAWS)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[first], opposing=[second])
    before = _conclusions(startfoto)

    write(take_evidence, who=LEADER, conclusion_id=conclusion, finding_ids=[first, second])
    undo_last()

    assert _conclusions(startfoto) == before


def test_a_removed_conclusion_stands_again_with_its_evidence_themes_and_points() -> None:
    startfoto = make_startfoto()
    quote = make_quote(make_interview(startfoto), LETTER)
    allow(quote)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])
    _point(startfoto, [conclusion])
    [before] = _conclusions(startfoto)

    write(remove_conclusion, who=LEADER, conclusion_id=conclusion)
    assert _points(startfoto)[0].conclusions == []
    undo_last()

    [after] = _conclusions(startfoto)
    assert (after.number, after.text, after.evidence) == (before.number, before.text, before.evidence)
    assert _points(startfoto)[0].conclusions == [1]


def test_a_proposal_that_was_made_of_a_point_is_taken_back_until_somebody_builds_on_it() -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    startfoto = make_startfoto(room)
    point = _point(startfoto)
    write(make_proposal_of, who=LEADER, improvement_id=point)

    undo_last()

    assert _points(startfoto)[0].state == ImprovementState.OPEN
    with reading() as session:
        assert shown_proposals(session, room.workshop_id, None) == []
    made = write(make_proposal_of, who=LEADER, improvement_id=point)
    write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Wij schrijven kort.",
        proposal_ids=[made.proposal_id],
    )
    with reading() as session:
        able = [one.what for one in what_can_be_undone(session, room.alliance_id, limit=9)]
    assert "improvement proposed" not in able
    [event] = [
        row["event_id"]
        for row in rows_of(Undoable)
        if "proposal" in row["keeps"] and "improvement" in row["keeps"] and row["undone_at"] is None
    ]
    with pytest.raises(CannotBeUndone) as refused:
        write(undo, who=LEADER, event_id=event)
    assert refused.value.hindrance == Hindrance.IN_USE


def test_a_point_that_was_put_off_is_as_it_was() -> None:
    startfoto = make_startfoto()
    point = _point(startfoto)

    write(put_off_improvement, who=LEADER, improvement_id=point, why="De begroting is rond.")
    undo_last()

    [view] = _points(startfoto)
    assert (view.state, view.why_not_now) == (ImprovementState.OPEN, "")


def test_a_quote_that_was_removed_stands_again_where_its_words_stand_now_with_the_next_number() -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER, themes=[startfoto.themes["Taal"]])
    allow(quote)
    write(remove_finding, who=LEADER, finding_id=quote)
    [removed] = [row["event_id"] for row in rows_of(Undoable)]
    note = read_note(source).note
    write(type_note, who=LEADER, source_id=source, note=f"Zij vertelde dit. 🙂\n\n{note}")
    make_quote(source, DRAWS)

    write(undo, who=LEADER, event_id=removed)

    other, again = read_note(source).findings
    assert (other.number, again.number) == (1, 2)
    assert (again.text, again.theme_ids, again.released_at is None) == (
        LETTER,
        [startfoto.themes["Taal"]],
        False,
    )
    assert read_note(source).note[again.starts : again.ends] == LETTER


def test_a_quote_whose_words_are_gone_from_the_note_is_not_offered_to_be_undone() -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto)
    write(remove_finding, who=LEADER, finding_id=make_quote(source, LETTER))
    [removed] = [row["event_id"] for row in rows_of(Undoable)]
    write(type_note, who=LEADER, source_id=source, note="Iets heel anders.")

    with reading() as session:
        assert what_can_be_undone(session, startfoto.room.alliance_id, limit=9) == []
    with pytest.raises(CannotBeUndone) as refused:
        write(undo, who=LEADER, event_id=removed)
    assert refused.value.hindrance == Hindrance.CHANGED


def test_what_was_removed_is_told_to_nobody_and_is_forgotten_once_a_word_in_its_note_is_made_vaguer() -> None:
    startfoto = make_startfoto()
    source, other = make_interview(startfoto), make_interview(startfoto)
    for each in (source, other):
        write(remove_finding, who=LEADER, finding_id=make_finding(each, "Samira helpt iedereen."))
    with reading() as session:
        able = what_can_be_undone(session, startfoto.room.alliance_id, limit=9)
    assert len(able) == 2
    assert "Samira" not in str(able)

    write(replace_word, who=LEADER, source_id=source, word="Samira", became="iemand")

    kept = [row for row in rows_of(Undoable) if "Samira" in str(row["keeps"])]
    assert [row["keeps"]["source"] for row in kept] == [other]
