"""A point for improvement follows from conclusions, becomes a proposal in one go, and shows what became of it."""

from datetime import date

import pytest
from sqlmodel import Session

from models.baseline.conclusion_views import (
    ConclusionView,
    ImprovementView,
    list_conclusions,
    list_improvements,
)
from models.baseline.conclusions import (
    change_conclusion,
    lay_evidence,
    remove_conclusion,
    take_evidence,
    write_conclusion,
)
from models.baseline.improvements import (
    change_improvement,
    make_proposal_of,
    open_improvement,
    put_off_improvement,
    remove_improvement,
    take_back_proposal,
    write_improvement,
)
from models.basics.errors import InUse, InvalidValue, NoMeetingAhead, TextMissing
from models.basics.words import Stance, Step
from models.drafting.proposal import support_proposal
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Proposal
from models.workshop.meetings import add_workshop
from models.workshop.workshop import end_workshop
from tests.builders import (
    LEADER,
    Startfoto,
    make_alliance,
    make_conclusion,
    make_document,
    make_finding,
    make_interview,
    make_startfoto,
    make_workshop,
    rows_of,
)

POINT = "Aan het loket is elke dag iemand die gewone taal spreekt."


def _improvement(startfoto: Startfoto) -> int:
    return int(
        write(
            write_improvement,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            text=POINT,
            who_could="gemeente, Taalhuis",
        ).improvement_id
    )


def _points(startfoto: Startfoto) -> list[ImprovementView]:
    with reading() as session:
        return list_improvements(session, startfoto.baseline_id)


def _conclusions(startfoto: Startfoto) -> list[ConclusionView]:
    with reading() as session:
        return list_conclusions(session, startfoto.baseline_id)


def test_a_conclusion_shows_what_is_for_it_and_what_against(database: str) -> None:
    startfoto = make_startfoto()
    one = make_finding(make_document(startfoto, "Boek"), "Korte brieven helpen.")
    two = make_finding(make_document(startfoto, "Nog een boek"), "Lange brieven gaan terug.")
    other = make_finding(make_interview(startfoto), "Ik kreeg altijd een tolk.")
    made = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[one, two], opposing=[other])

    (conclusion,) = _conclusions(startfoto)

    assert [evidence.number for evidence in conclusion.of(Stance.FOR)] == [1, 2]
    assert [evidence.text for evidence in conclusion.of(Stance.AGAINST)] == [""]
    assert not conclusion.standing.is_concept
    write(lay_evidence, who=LEADER, conclusion_id=made, finding_ids=[two], stance=Stance.AGAINST)
    write(take_evidence, who=LEADER, conclusion_id=made, finding_ids=[other])
    assert [evidence.number for evidence in _conclusions(startfoto)[0].of(Stance.AGAINST)] == [2]


def test_the_four_questions_are_answered_in_words(sqlite: str) -> None:
    startfoto = make_startfoto()
    made = make_conclusion(startfoto, "Brieven zijn te lang.")

    write(
        change_conclusion,
        who=LEADER,
        conclusion_id=made,
        sureness="Vrij zeker: drie kanten zeggen het.",
        answers={"coherence": "Ja, op één na."},
        theme_ids=[startfoto.themes["Taal"]],
        opposite_sought=True,
    )

    (found,) = _conclusions(startfoto)
    assert (found.sureness, found.coherence, found.methods) == (
        "Vrij zeker: drie kanten zeggen het.",
        "Ja, op één na.",
        "",
    )
    with pytest.raises(InvalidValue):
        write(change_conclusion, who=LEADER, conclusion_id=made, answers={"text": "Nee."})


def test_evidence_of_another_place_is_refused(sqlite: str) -> None:
    other = make_startfoto(make_alliance(name="Elders"))
    finding = make_finding(make_document(other, "Boek"), "Iets.")

    with pytest.raises(InvalidValue):
        make_conclusion(make_startfoto(), "Brieven zijn te lang.", supporting=[finding])


def test_a_conclusion_goes_and_its_points_stay(sqlite: str) -> None:
    startfoto = make_startfoto()
    made = make_conclusion(startfoto, "Brieven zijn te lang.")
    point = _improvement(startfoto)
    write(
        change_improvement, who=LEADER, improvement_id=point, conclusion_ids=[made], text="Korter schrijven."
    )
    assert _points(startfoto)[0].conclusions == [1]

    write(remove_conclusion, who=LEADER, conclusion_id=made)

    assert [(one.text, one.conclusions) for one in _points(startfoto)] == [("Korter schrijven.", [])]
    assert write(write_conclusion, who=LEADER, baseline_id=startfoto.baseline_id, text="Nieuw.").number == 1


def test_one_click_makes_a_proposal_of_a_point_and_a_second_one_no_other(database: str) -> None:
    room = make_workshop(people=3, step=Step.DRAFT)
    startfoto = make_startfoto(room)
    point = _improvement(startfoto)

    made = write(make_proposal_of, who=LEADER, improvement_id=point)
    again = write(make_proposal_of, who=LEADER, improvement_id=point)

    assert made == again
    (proposal,) = rows_of(Proposal)
    assert (proposal["text"], proposal["participant_id"], proposal["improvement_id"]) == (POINT, None, point)
    assert proposal["shown_at"] is not None
    (found,) = _points(startfoto)
    assert found.state == "taken up"
    assert found.became is not None
    assert (found.became.code, found.became.principle) == (room.code, None)


def test_the_point_shows_which_principle_came_of_it(sqlite: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    startfoto = make_startfoto(room)
    made = write(make_proposal_of, who=LEADER, improvement_id=_improvement(startfoto))

    write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Wij spreken gewone taal.",
        proposal_ids=[made.proposal_id],
    )

    (found,) = _points(startfoto)
    assert found.became is not None
    assert found.became.principle == 1
    with pytest.raises(InUse):
        write(take_back_proposal, who=LEADER, improvement_id=found.id)


def test_making_a_proposal_is_taken_back_until_somebody_builds_on_it(sqlite: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    point = _improvement(startfoto := make_startfoto(room))
    write(make_proposal_of, who=LEADER, improvement_id=point)

    write(take_back_proposal, who=LEADER, improvement_id=point)

    assert (_points(startfoto)[0].state, _points(startfoto)[0].became) == ("open", None)
    again = write(make_proposal_of, who=LEADER, improvement_id=point)
    write(support_proposal, participant_id=room.people[0], proposal_id=again.proposal_id, on=True)
    with pytest.raises(InUse):
        write(take_back_proposal, who=LEADER, improvement_id=point)
    with pytest.raises(InUse):
        write(remove_improvement, who=LEADER, improvement_id=point)


def test_a_proposal_is_made_in_the_next_meeting_that_is_not_over(sqlite: str) -> None:
    room = make_workshop()
    startfoto = make_startfoto(room)
    point = _improvement(startfoto)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(NoMeetingAhead):
        write(make_proposal_of, who=LEADER, improvement_id=point)
    later, sooner = (
        write(add_workshop, who=LEADER, alliance_id=room.alliance_id, venue="", held_on=day)
        for day in (date(2027, 9, 1), date(2027, 5, 1))
    )

    made = write(make_proposal_of, who=LEADER, improvement_id=point)

    assert made.code == sooner.code != later.code


def test_a_point_for_later_says_why(sqlite: str) -> None:
    startfoto = make_startfoto()
    point = _improvement(startfoto)
    with pytest.raises(TextMissing):
        write(put_off_improvement, who=LEADER, improvement_id=point, why=" ")

    write(put_off_improvement, who=LEADER, improvement_id=point, why="De tolkentelefoon is er al.")
    assert _points(startfoto)[0].why_not_now == "De tolkentelefoon is er al."
    write(open_improvement, who=LEADER, improvement_id=point)

    assert (_points(startfoto)[0].state, _points(startfoto)[0].why_not_now) == ("open", "")


def test_a_point_that_nothing_rests_on_is_removed(sqlite: str) -> None:
    startfoto = make_startfoto()

    write(remove_improvement, who=LEADER, improvement_id=_improvement(startfoto))

    assert _points(startfoto) == []


def test_numbers_are_given_once_also_when_two_write_at_the_same_moment(database: str) -> None:
    startfoto = make_startfoto()

    def both(session: Session) -> None:
        for _ in range(2):
            write_improvement(session, who=LEADER, baseline_id=startfoto.baseline_id, text=POINT)

    write(both)

    assert [one.number for one in _points(startfoto)] == [1, 2]
