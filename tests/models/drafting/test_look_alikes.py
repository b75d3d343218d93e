"""Look-alikes among the proposals of a workshop, and telling them apart for good."""

import pytest

from models.basics.errors import NotFound
from models.drafting.look_alikes import look_alikes, tell_apart
from models.drafting.proposal import hide_proposal, support_proposal
from models.drafting.views import proposals_for_facilitator
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Event, ToldApart, Workshop
from tests.builders import LEADER, Room, make_principle, make_proposal, make_workshop, rows_of

pytestmark = pytest.mark.usefixtures("database")

HALL = "Het buurthuis is ook ’s avonds open."
BUILDINGS = "Gebouwen van de gemeente zijn ook ’s avonds open."
SHOUTED = "HET BUURTHUIS MOET 's avonds OPEN!"
EATING = "Vaker samen eten in de wijk."


@pytest.fixture
def room() -> Room:
    return make_workshop(people=4)


def offered(room: Room) -> list[list[str]]:
    with reading() as session:
        proposals = proposals_for_facilitator(session, room.workshop_id)
        return [[proposal.text for proposal in group] for group in look_alikes(session, proposals)]


def told_apart(room: Room, *proposal_ids: int) -> None:
    write(tell_apart, who=LEADER, workshop_id=room.workshop_id, proposal_ids=list(proposal_ids))


def test_what_looks_alike_is_offered_together_with_the_most_supported_first(room: Room) -> None:
    make_proposal(room, text=BUILDINGS)
    make_proposal(room, text=EATING)
    hall = make_proposal(room, text=HALL)
    write(support_proposal, participant_id=room.people[2], proposal_id=hall, on=True)

    assert offered(room) == [[HALL, BUILDINGS]]


@pytest.mark.both_databases
def test_what_is_hidden_or_worded_already_is_not_offered(room: Room) -> None:
    worded, hidden = make_proposal(room, text=HALL), make_proposal(room, text=BUILDINGS)
    make_proposal(room, text=SHOUTED)
    assert len(offered(room)[0]) == 3

    make_principle(room, sources=[worded])
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="Niet leesbaar")

    assert offered(room) == []


def test_nothing_is_joined_by_being_offered(room: Room) -> None:
    make_proposal(room, text=HALL)
    make_proposal(room, text=SHOUTED)

    assert offered(room)

    with reading() as session:
        proposals = proposals_for_facilitator(session, room.workshop_id)
    assert [(proposal.text, proposal.principle_number) for proposal in proposals] == [
        (HALL, None),
        (SHOUTED, None),
    ]


@pytest.mark.both_databases
def test_what_was_told_apart_is_not_offered_again_and_a_new_one_is(room: Room) -> None:
    hall, buildings = make_proposal(room, text=HALL), make_proposal(room, text=BUILDINGS)

    told_apart(room, buildings, hall)
    told_apart(room, hall, buildings)

    assert offered(room) == []
    assert rows_of(ToldApart) == [{"proposal_id": hall, "other_id": buildings}]
    assert [event["what"] for event in rows_of(Event)].count("proposals told apart") == 1
    make_proposal(room, text=SHOUTED)
    assert offered(room) == [[HALL, SHOUTED]]


def test_other_windows_hear_that_they_were_told_apart(room: Room) -> None:
    pair = make_proposal(room, text=HALL), make_proposal(room, text=BUILDINGS)
    [before] = rows_of(Workshop)

    told_apart(room, *pair)

    [after] = rows_of(Workshop)
    assert after["revision"] > before["revision"]
    assert after["content"] == before["content"]


def test_a_proposal_of_another_workshop_is_refused(room: Room) -> None:
    mine = make_proposal(room, text=HALL)
    elsewhere = make_proposal(make_workshop(people=1, name="Elsewhere"), text=HALL)

    with pytest.raises(NotFound):
        told_apart(room, mine, elsewhere)

    assert rows_of(ToldApart) == []
