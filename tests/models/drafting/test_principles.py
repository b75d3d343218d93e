"""Principles are worded together; every version and every source is kept."""

from datetime import date

import pytest

from models.basics.errors import NotFound, NothingToVoteOn, RoundStillOpen, TextMissing, TextTooLong
from models.basics.words import Step
from models.drafting.proposal import support_proposal, withdraw_proposal
from models.drafting.wording import (
    leave_out_principle,
    reword_principle,
    set_review,
    take_back_principle,
    word_principle,
    worded_principles,
)
from models.storage.database import reading
from models.storage.writing import write
from models.tables import PrincipleVersion
from models.voting.principles import PrincipleView, list_principles
from tests.builders import (
    LEADER,
    Room,
    cast_all,
    close_and_reveal,
    make_adopted,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    post_all,
    rows_of,
)
from tests.questions import questions_asked


def _principles(room: Room) -> list[PrincipleView]:
    with reading() as session:
        return list_principles(session, room.alliance_id)


def _reword(
    principle: int, text: str, why: str = "After an objection.", sources: list[int] | None = None
) -> None:
    write(
        reword_principle, who=LEADER, principle_id=principle, text=text, why=why, proposal_ids=sources or []
    )


def test_proposals_are_worded_together_and_kept_with_their_support(database: str) -> None:
    room = make_workshop(people=3, step=Step.DRAFT)
    one, two = make_proposal(room, text="Talk with us"), make_proposal(room, text="Not about us")
    for person in room.people[1:]:
        write(support_proposal, participant_id=person, proposal_id=one, on=True)

    worded = write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="We talk with people.",
        proposal_ids=[one, two, one],
    )

    (principle,) = _principles(room)
    assert (worded.number, principle.number, principle.version, principle.status) == (1, 1, 1, "draft")
    assert [(source.text, source.support) for source in principle.sources] == [
        ("Talk with us", 2),
        ("Not about us", 0),
    ]
    assert [(version.text, version.written_by) for version in principle.versions] == [
        ("We talk with people.", LEADER)
    ]


def test_rewording_makes_a_new_version_and_keeps_the_old_text_and_its_sources(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    first, later = (
        make_proposal(room, text="Always an interpreter"),
        make_proposal(room, text="Share the costs"),
    )
    principle = make_principle(room, text="Always an interpreter.", sources=[first])

    _reword(principle, "An interpreter for who needs one.", sources=[later])

    (found,) = _principles(room)
    assert (found.version, found.text) == (2, "An interpreter for who needs one.")
    assert [(version.version, version.text, version.why) for version in found.versions] == [
        (2, "An interpreter for who needs one.", "After an objection."),
        (1, "Always an interpreter.", ""),
    ]
    assert [source.text for source in found.sources] == ["Always an interpreter", "Share the costs"]


def test_the_same_text_again_is_no_new_version(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    vote = make_adopted(room)

    _reword(vote.principles[0], " Principle 1. ")

    (found,) = _principles(room)
    assert (found.version, found.status) == (1, "adopted")


def test_a_reworded_principle_is_a_draft_again_and_its_rounds_are_kept(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    vote = make_adopted(room)

    _reword(vote.principles[0], "Another text.")
    again = make_round(room, principles=vote.principles)
    cast_all(again, [(person, "objection") for person in room.people])
    close_and_reveal(again)

    (found,) = _principles(room)
    assert found.status == "not adopted"
    assert [(view.number, view.items[0].version, view.items[0].text) for view in found.rounds] == [
        (1, 1, "Principle 1."),
        (2, 2, "Another text."),
    ]


def test_what_stands_is_told_with_the_one_that_was_worded_last_first_and_from_how_many_proposals(
    database: str,
) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    adopted = make_adopted(room)
    sources = [make_proposal(room, text=text) for text in ("Talk", "Listen")]
    make_principle(room, text="We talk.", sources=sources)
    left_out = make_principle(room, text="We leave.")
    write(leave_out_principle, who=LEADER, principle_id=left_out)

    def told() -> list[tuple[str, str, int]]:
        with reading() as session:
            return [
                (found.text, found.status, found.sources)
                for found in worded_principles(session, room.alliance_id)
            ]

    assert told() == [("We talk.", "draft", 2), ("Principle 1.", "adopted", 0)]
    _reword(adopted.principles[0], "Another text.", sources=sources[:1])
    assert told() == [("Another text.", "draft", 1), ("We talk.", "draft", 2)]


def test_a_text_cannot_change_while_it_is_voted_on(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    vote = make_round(room)

    with pytest.raises(RoundStillOpen):
        _reword(vote.principles[0], "Another text.")
    with pytest.raises(RoundStillOpen):
        write(leave_out_principle, who=LEADER, principle_id=vote.principles[0])

    assert [row["text"] for row in rows_of(PrincipleVersion)] == ["Principle 1."]


def test_what_is_left_out_is_not_voted_on_until_taken_back(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    principle = make_principle(room)

    write(leave_out_principle, who=LEADER, principle_id=principle)
    assert _principles(room)[0].status == "left out"
    with pytest.raises(NothingToVoteOn):
        make_round(room, principles=[principle])
    write(take_back_principle, who=LEADER, principle_id=principle)

    assert _principles(room)[0].status == "draft"
    make_round(room, principles=[principle])


def test_taking_back_changes_nothing_for_what_was_not_left_out(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    vote = make_adopted(room)

    write(take_back_principle, who=LEADER, principle_id=vote.principles[0])

    assert _principles(room)[0].status == "adopted"


def test_a_principle_has_a_review_date_or_none(database: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    principle = make_principle(room)

    for review_on in (date(2028, 3, 14), None):
        write(set_review, who=LEADER, principle_id=principle, review_on=review_on)
        assert _principles(room)[0].review_on == review_on


def test_a_withdrawn_proposal_stays_a_source(database: str) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room)
    make_principle(room, sources=[proposal])

    write(withdraw_proposal, participant_id=room.people[0], proposal_id=proposal)

    assert [source.proposal_id for source in _principles(room)[0].sources] == [proposal]


@pytest.mark.parametrize(
    ("text", "error"), [("", TextMissing), ("x" * 401, TextTooLong)], ids=["missing", "too long"]
)
def test_a_principle_has_a_text(database: str, text: str, error: type[Exception]) -> None:
    room = make_workshop(step=Step.DRAFT)
    principle = make_principle(room)

    with pytest.raises(error):
        make_principle(room, text=text)
    with pytest.raises(error):
        _reword(principle, text)

    assert len(_principles(room)) == 1


def test_what_does_not_exist_or_belongs_elsewhere_is_refused(database: str) -> None:
    room, other = make_workshop(step=Step.DRAFT), make_workshop(people=1, step=Step.DRAFT)
    elsewhere = make_proposal(other)

    for sources in ([elsewhere], [4711]):
        with pytest.raises(NotFound):
            make_principle(room, sources=sources)
    with pytest.raises(NotFound):
        _reword(4711, "x")

    assert _principles(room) == []


@pytest.mark.both_databases
def test_numbers_follow_each_other_also_when_worded_at_the_same_moment(database: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    call = {"who": LEADER, "workshop_id": room.workshop_id, "text": "Talk.", "proposal_ids": []}

    worded = post_all([(word_principle, call)] * 20)

    assert sorted(one.number for one in worded) == list(range(1, 21))


def test_one_principle_and_thirty_take_the_same_number_of_queries(database: str) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)
    make_adopted(room)
    one = _queries_to_list(room)
    make_adopted(room, items=29)

    assert _queries_to_list(room) == one


def _queries_to_list(room: Room) -> int:
    with questions_asked() as asked:
        assert _principles(room)
    return len(asked)
