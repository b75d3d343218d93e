"""Names from phones wait for a tap, and a name like a partner's is told."""

import pytest

from models.agreeing.agreement import show_agreements
from models.agreeing.likeness_of_names import resembles
from models.agreeing.names import WaitingName, refuse_name, show_names
from models.agreeing.ownership import accept_ownership, ask_owner, offer_help, take_on
from models.agreeing.views import list_agreements
from models.basics.errors import NotFound
from models.basics.words import Step
from models.joining.joining import join_as_partner
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import set_lets_all_through
from tests.builders import LEADER, Room, make_agreement, make_alliance, make_workshop
from tests.builders.agreeing import names_waiting

TOWN = "Gemeente Merenveld"


@pytest.fixture
def room(sqlite: str) -> Room:
    return make_workshop(people=4, partners=[TOWN, "Selam"], step=Step.AGREE)


def shown_agreement(room: Room, what: str = "We eat together.") -> int:
    made = make_agreement(room, what=what)
    write(show_agreements, who=LEADER, agreement_ids=[made])
    return made


def waiting(room: Room) -> list[WaitingName]:
    with reading() as session:
        return names_waiting(session, room.alliance_id)


def test_who_takes_an_agreement_on_or_offers_help_waits_for_a_tap(room: Room) -> None:
    first, second = shown_agreement(room), shown_agreement(room, "We sing.")
    write(take_on, participant_id=room.people[0], agreement_id=first, name="Fatima Yıldız")
    write(offer_help, participant_id=room.people[0], agreement_id=second)
    write(offer_help, participant_id=room.people[1], agreement_id=first, name="Zoë")

    [owner, helper] = waiting(room)
    assert (owner.name, owner.agreements, owner.looks_like) == ("Fatima Yıldız", [1, 2], None)
    assert (helper.name, helper.agreements, helper.partner_id) == ("Zoë", [1], None)
    write(
        show_names,
        who=LEADER,
        alliance_id=room.alliance_id,
        partner_ids=[owner.partner_id],
        supporter_ids=[helper.supporter_id],
    )

    assert waiting(room) == []
    with reading() as session:
        agreements = list_agreements(session, room.alliance_id)
    assert [made.owner.is_shown for made in agreements if made.owner] == [True]
    assert [helper.is_shown for made in agreements for helper in made.helpers] == [True, True]


def test_a_meeting_that_lets_all_through_lets_names_through(room: Room) -> None:
    made = shown_agreement(room)
    write(set_lets_all_through, who=LEADER, workshop_id=room.workshop_id, lets_all_through=True)

    write(take_on, participant_id=room.people[0], agreement_id=made, name="Fatima")
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="Zoë")

    assert waiting(room) == []


def test_a_partner_with_an_own_link_does_not_wait(room: Room) -> None:
    made = shown_agreement(room)
    phone = "x" * 26
    joined = write(join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=phone)
    write(take_on, participant_id=joined.participant_id, agreement_id=made)

    assert waiting(room) == []


def test_a_refused_name_carries_and_helps_with_nothing(room: Room) -> None:
    made = shown_agreement(room)
    write(take_on, participant_id=room.people[0], agreement_id=made, name=TOWN)
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="XXX")
    for name in waiting(room):
        write(
            refuse_name,
            who=LEADER,
            alliance_id=room.alliance_id,
            partner_id=name.partner_id,
            supporter_id=name.supporter_id,
        )

    with reading() as session:
        [agreement] = list_agreements(session, room.alliance_id)
    assert (agreement.owner, agreement.helpers, waiting(room)) == (None, [], [])


def test_names_of_another_alliance_are_not_let_through_here(room: Room) -> None:
    made = shown_agreement(room)
    write(take_on, participant_id=room.people[0], agreement_id=made, name="Fatima")
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="Zoë")
    [owner, helper] = waiting(room)
    other = make_alliance(name="Elsewhere").alliance_id

    for partner_ids, supporter_ids in ([[owner.partner_id], []], [[], [helper.supporter_id]]):
        with pytest.raises(NotFound):
            write(
                show_names,
                who=LEADER,
                alliance_id=other,
                partner_ids=partner_ids,
                supporter_ids=supporter_ids,
            )


def test_a_name_like_a_partners_is_told(room: Room) -> None:
    made = shown_agreement(room)
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="gemeente  merenvéld")

    assert [name.looks_like for name in waiting(room)] == [TOWN]


@pytest.mark.parametrize(
    ("name", "is_like"),
    [
        ("Gemeente Merenveld", True),
        ("GEMEENTE MERENVELD", True),
        ("Gemeente  Merenveld.", True),
        ("Gemeente Merenvelt", True),
        ("Gеmеente Mеrеnvеld", True),
        ("Gemeente Merenveld, afdeling zorg", True),
        ("Namens Gemeente Merenveld", True),
        ("Merenveld", True),
        ("Fatima Yıldız", False),
        ("Jan", False),
        ("", False),
        ("محمد", False),
        ("🙂", False),
    ],
)
def test_a_name_resembles_a_partner_when_a_reader_may_take_it_for_that(name: str, is_like: bool) -> None:
    assert resembles(name, ["Selam", TOWN]) == (TOWN if is_like else None)


def test_who_was_asked_by_who_leads_is_named_at_once(room: Room) -> None:
    made = shown_agreement(room)
    write(ask_owner, who=LEADER, agreement_id=made, partner_id=room.partners["Selam"])
    write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=made)

    assert waiting(room) == []
