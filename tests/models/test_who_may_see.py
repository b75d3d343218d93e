"""Who may see what: roles, the pages and routes of each, and what a table host may do."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from models.basics.errors import DraftingEnded, NotForThisRole, SignInEnded
from models.basics.keys import new_token
from models.basics.words import ProposalKind, Step
from models.drafting.proposal import end_drafting, hide_proposal, type_for_table
from models.drafting.views import proposals_of_table
from models.installation.installation import sign_in
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import write
from models.voting.paper import enter_paper_ballots, sheets_of, take_back_sheet
from models.voting.round import reveal_round
from models.who_may_see import PAGES, ROUTES, Role, Visitor, act_as_visitor, visitor_to, visitors
from models.workshop.workshop import (
    end_workshop,
    make_table_host_link,
    projector_token,
    read_workshop,
    table_host_token,
    take_room_to,
    withdraw_table_host_link,
)
from tests.builders import LEADER, Room, make_round, make_workshop

Tokens = Mapping[Role, str | None]


def _host(room: Room) -> dict[Role, str | None]:
    write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    with reading() as session:
        return {Role.TABLE_HOST: table_host_token(read_workshop(session, room.workshop_id))}


def _as(tokens: Tokens) -> list[Visitor]:
    with reading() as session:
        return visitors(session, tokens)


def _do(tokens: Tokens, action: Callable[..., Any], **arguments: Any) -> Any:
    return write(act_as_visitor, tokens=tokens, action=action, arguments=arguments)


def _sheet(room: Room) -> dict[str, Any]:
    vote = make_round(room)
    return {
        "round_id": vote.round_id,
        "choices": {vote.items[0]: "agree"},
        "request_id": new_token(),
        "code": "",
    }


@pytest.mark.both_databases
def test_the_link_of_table_hosts_is_of_one_meeting_and_known_until_it_is_withdrawn(database: str) -> None:
    room = make_workshop(people=2)
    tokens = _host(room)

    (host,) = _as(tokens)
    write(withdraw_table_host_link, who=LEADER, workshop_id=room.workshop_id)

    assert (host.role, host.workshop_id) == (Role.TABLE_HOST, room.workshop_id)
    assert _as(tokens) == []


@pytest.mark.usefixtures("sqlite")
def test_no_meeting_has_a_link_for_table_hosts_before_one_is_made() -> None:
    room = make_workshop(people=2)
    with reading() as session:
        token = table_host_token(read_workshop(session, room.workshop_id))

    assert _as({Role.TABLE_HOST: token}) == []
    assert _as({Role.TABLE_HOST: ""}) == []


@pytest.mark.usefixtures("sqlite")
def test_a_new_link_ends_the_one_before() -> None:
    room = make_workshop(people=2)
    before = _host(room)

    after = _host(room)

    assert _as(before) == []
    assert [one.role for one in _as(after)] == [Role.TABLE_HOST]


@pytest.mark.usefixtures("sqlite")
def test_the_link_ends_with_the_meeting() -> None:
    room = make_workshop(people=2)
    tokens = _host(room)

    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    assert _as(tokens) == []


@pytest.mark.usefixtures("sqlite")
def test_who_leads_comes_before_whatever_link_the_same_browser_holds() -> None:
    room, token = make_workshop(people=2), new_token()
    write(sign_in, name="Ada", token=token)
    with reading() as session:
        projector = projector_token(read_workshop(session, room.workshop_id))

    found = _as({Role.PROJECTOR: projector, **_host(room), Role.FACILITATOR: token})

    assert [one.role for one in found] == [Role.FACILITATOR, Role.TABLE_HOST, Role.PROJECTOR]
    assert (found[0].name, found[0].workshop_id) == ("Ada", None)


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("page", PAGES)
def test_a_table_host_may_open_the_pages_of_proposals_and_paper_and_no_other(page: str) -> None:
    room = make_workshop(people=2)
    tokens = _host(room)

    with reading() as session:
        if page in ("table", "paper"):
            assert visitor_to(session, tokens, PAGES[page]).role is Role.TABLE_HOST
        else:
            with pytest.raises(NotForThisRole):
                visitor_to(session, tokens, PAGES[page])


@pytest.mark.usefixtures("sqlite")
def test_a_table_host_hears_only_of_the_own_meeting() -> None:
    room, other = make_workshop(people=2), make_workshop(people=2)
    tokens = _host(room)

    with reading() as session:
        heard = visitor_to(session, tokens, ROUTES["/p/{code}/live"], workshop_id=room.workshop_id)
        with pytest.raises(NotForThisRole):
            visitor_to(session, tokens, ROUTES["/p/{code}/live"], workshop_id=other.workshop_id)

    assert heard.role is Role.TABLE_HOST


@pytest.mark.usefixtures("sqlite")
def test_where_nothing_stands_one_is_asked_to_sign_in() -> None:
    with reading() as session, pytest.raises(SignInEnded):
        visitor_to(session, {Role.FACILITATOR: "made-up", Role.TABLE_HOST: "made-up"}, PAGES["paper"])


@pytest.mark.both_databases
def test_a_table_host_types_proposals_and_the_record_says_who(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)

    typed = {"workshop_id": room.workshop_id, "kind": ProposalKind.PRINCIPLE, "table_name": "tafel 4"}
    _do(_host(room), type_for_table, **typed, texts=["Iedereen telt mee 🌱", "مكان للجميع"])

    with reading() as session:
        rows = proposals_of_table(session, room.workshop_id, "Tafel 4 ")
        newest = list_events(session, read_workshop(session, room.workshop_id).alliance_id, limit=1)
    assert [(row.text, row.state) for row in rows] == [
        ("Iedereen telt mee 🌱", "shown"),
        ("مكان للجميع", "shown"),
    ]
    assert [(event.who, event.what) for event in newest] == [("table host", "proposals typed for a table")]


@pytest.mark.usefixtures("sqlite")
def test_a_table_host_types_paper_votes_and_takes_a_sheet_back() -> None:
    room = make_workshop(people=2, step=Step.VOTE)
    tokens, sheet = _host(room), _sheet(room)

    entered = _do(tokens, enter_paper_ballots, **sheet)
    with reading() as session:
        (typed,) = sheets_of(session, sheet["round_id"])
    _do(tokens, take_back_sheet, round_id=sheet["round_id"], participant_id=entered.participant_id)

    with reading() as session:
        assert sheets_of(session, sheet["round_id"]) == []
    assert typed.entered_by == "table host"


@pytest.mark.usefixtures("sqlite")
def test_a_table_host_does_nothing_else_and_nothing_in_another_meeting() -> None:
    room, other = make_workshop(people=2, step=Step.VOTE), make_workshop(people=2, step=Step.VOTE)
    tokens, sheet = _host(room), _sheet(other)
    typed = {"kind": ProposalKind.PRINCIPLE, "table_name": "4", "texts": ["Niet hier"]}

    for action, arguments in (
        (take_room_to, {"workshop_id": room.workshop_id, "step": Step.SIGN}),
        (hide_proposal, {"proposal_id": 1}),
        (reveal_round, {"round_id": sheet["round_id"]}),
        (make_table_host_link, {"workshop_id": room.workshop_id}),
        (type_for_table, {"workshop_id": other.workshop_id, **typed}),
        (enter_paper_ballots, sheet),
        (take_back_sheet, {"round_id": sheet["round_id"], "participant_id": 1}),
    ):
        with pytest.raises(NotForThisRole):
            _do(tokens, action, **arguments)

    with reading() as session:
        assert sheets_of(session, sheet["round_id"]) == []
        assert proposals_of_table(session, other.workshop_id, "4") == []


@pytest.mark.usefixtures("sqlite")
def test_once_drafting_has_ended_only_who_leads_types_for_a_table() -> None:
    room, token = make_workshop(people=2, step=Step.DRAFT), new_token()
    write(sign_in, name="Ada", token=token)
    tokens = _host(room)
    typed = {
        "workshop_id": room.workshop_id,
        "kind": ProposalKind.PRINCIPLE,
        "table_name": "4",
        "texts": ["Laat"],
    }
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)

    with pytest.raises(DraftingEnded):
        _do(tokens, type_for_table, **typed)
    _do({**tokens, Role.FACILITATOR: token}, type_for_table, **typed)

    with reading() as session:
        assert [row.text for row in proposals_of_table(session, room.workshop_id, "4")] == ["Laat"]


@pytest.mark.usefixtures("sqlite")
def test_nothing_is_done_by_a_link_that_was_withdrawn() -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    tokens = _host(room)
    write(withdraw_table_host_link, who=LEADER, workshop_id=room.workshop_id)

    with pytest.raises(SignInEnded):
        _do(
            tokens,
            type_for_table,
            workshop_id=room.workshop_id,
            kind=ProposalKind.PRINCIPLE,
            table_name="4",
            texts=["Te laat"],
        )
