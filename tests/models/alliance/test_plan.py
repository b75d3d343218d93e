"""The plan of approach as facilitators fill it in, two at the same time too; and the map that only they see."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from models.alliance.alliance import read_alliance
from models.alliance.partner import remove_partner
from models.alliance.plan import (
    PlannedBlock,
    choose_parties,
    decide_block,
    describe_block,
    finish_block,
    plan_months,
    read_plan,
    tell_dynamics,
)
from models.alliance.stakeholders import (
    StakeholderRow,
    add_stakeholder,
    change_stakeholder,
    read_stakeholders,
    remove_stakeholder,
    weighed,
)
from models.basics.errors import ChangedMeanwhile, InvalidValue, NotFound, TextMissing, TextTooLong
from models.basics.words import Attitude, BuildingBlock, StakeholderKind
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, Room, make_alliance, undo_last

OTHER = "Zoë"
YOUTH: dict[str, Any] = {
    "name": "Jongeren Oost",
    "kind": "residents",
    "influence": 1,
    "touched": 5,
    "attitude": "waits",
}


def of_block(room: Room, block: str = "re-bubbelen") -> dict[str, Any]:
    return {"who": LEADER, "alliance_id": room.alliance_id, "block": block}


def planned(room: Room, block: str = "re-bubbelen") -> PlannedBlock:
    with reading() as session:
        return next(one for one in read_plan(session, room.alliance_id) if one.block == block)


def on_the_map(room: Room) -> list[StakeholderRow]:
    with reading() as session:
        return read_stakeholders(session, room.alliance_id)


def add(room: Room, **more: Any) -> int:
    added: int = write(add_stakeholder, who=LEADER, alliance_id=room.alliance_id, **{**YOUTH, **more})
    return added


def events(room: Room) -> list[str]:
    with reading() as session:
        return [f"{one.what} {one.details}" for one in list_events(session, room.alliance_id)]


@pytest.mark.both_databases
def test_a_new_alliance_needs_its_own_block_and_of_the_others_nobody_chose_yet(database: str) -> None:
    room = make_alliance()

    with reading() as session:
        plan = read_plan(session, room.alliance_id)

    assert [(one.block, one.is_needed) for one in plan] == [
        (BuildingBlock.BASELINE, None),
        (BuildingBlock.ENCOUNTERS, None),
        (BuildingBlock.ALLIANCE, True),
        (BuildingBlock.MEDIATION, None),
    ]


@pytest.mark.both_databases
def test_everything_that_is_said_of_a_block_stands_in_the_plan(database: str) -> None:
    room = make_alliance(partners=["Wijkraad Oost", "Bibliotheek"])
    youth = add(room)

    write(decide_block, **of_block(room), is_needed=True)
    for field, text in (
        ("why", " Bewoners kennen hun straat,\nmaar niet hun wijk. "),
        ("others", "sportclub"),
        ("known_first", "Welke zaal is voor iedereen gewoon?"),
    ):
        write(describe_block, **of_block(room), field=field, text=text)
    write(plan_months, **of_block(room), starts_on=date(2026, 9, 14), ends_on=date(2026, 12, 3))
    write(
        choose_parties,
        **of_block(room),
        partner_ids=[room.partners["Bibliotheek"], room.partners["Wijkraad Oost"]],
        stakeholder_ids=[youth],
    )
    write(tell_dynamics, who=LEADER, alliance_id=room.alliance_id, text="De school ging dicht.")

    found = planned(room)
    assert (found.is_needed, found.why) == (True, "Bewoners kennen hun straat,\nmaar niet hun wijk.")
    assert (found.others, found.known_first) == ("sportclub", "Welke zaal is voor iedereen gewoon?")
    assert (found.starts_on, found.ends_on) == (date(2026, 9, 1), date(2026, 12, 1))
    assert [one.name for one in found.partners] == ["Bibliotheek", "Wijkraad Oost"]
    assert [one.name for one in found.stakeholders] == ["Jongeren Oost"]
    with reading() as session:
        assert read_alliance(session, room.alliance_id).dynamics == "De school ging dicht."


@pytest.mark.both_databases
def test_two_who_fill_in_the_same_block_at_once_lose_nothing(database: str) -> None:
    room = make_alliance()

    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (describe_block, {"field": "why", "text": "van why"}),
        (describe_block, {"field": "others", "text": "van others"}),
        (describe_block, {"field": "known_first", "text": "van known_first"}),
        (decide_block, {"is_needed": False}),
        (plan_months, {"starts_on": date(2027, 1, 1)}),
    ]

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(lambda one: write(one[0], **of_block(room), **one[1]), acts))

    found = planned(room)
    assert (found.why, found.others, found.known_first) == ("van why", "van others", "van known_first")
    assert (found.is_needed, found.starts_on) == (False, date(2027, 1, 1))


def test_who_typed_over_words_of_another_is_told_and_nothing_is_stored(sqlite: str) -> None:
    room = make_alliance()
    write(tell_dynamics, who=OTHER, alliance_id=room.alliance_id, text="Zoë was eerst.", seen="")
    write(describe_block, **of_block(room), field="why", text="Zoë was eerst.", seen="")

    with pytest.raises(ChangedMeanwhile):
        write(tell_dynamics, who=LEADER, alliance_id=room.alliance_id, text="Iris later.", seen="")
    with pytest.raises(ChangedMeanwhile):
        write(describe_block, **of_block(room), field="why", text="Iris later.", seen="")
    # The same words by two are no quarrel.
    write(describe_block, **of_block(room), field="why", text="Zoë was eerst.", seen="")

    assert planned(room).why == "Zoë was eerst."
    write(describe_block, **of_block(room), field="why", text="Iris later.", seen="Zoë was eerst.")
    assert planned(room).why == "Iris later."


@pytest.mark.parametrize(
    ("action", "given", "error"),
    [
        (decide_block, {"block": "dance", "is_needed": True}, InvalidValue),
        (decide_block, {"alliance_id": 999, "is_needed": True}, NotFound),
        (describe_block, {"field": "why", "text": "x" * 401}, TextTooLong),
        (describe_block, {"field": "others", "text": "x" * 201}, TextTooLong),
        (describe_block, {"field": "done_on", "text": "x"}, InvalidValue),
        (plan_months, {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 28)}, InvalidValue),
        (plan_months, {"starts_on": date(1027, 3, 1)}, InvalidValue),
        (plan_months, {"starts_on": date(9027, 3, 1)}, InvalidValue),
    ],
)
def test_what_cannot_stand_in_a_plan_is_refused_and_nothing_changes(
    sqlite: str, action: Any, given: dict[str, Any], error: type[Exception]
) -> None:
    room = make_alliance()
    before = planned(room)

    with pytest.raises(error):
        write(action, **{**of_block(room), **given})

    assert planned(room) == before


def test_a_month_that_has_passed_can_be_planned_and_without_its_first_month_a_block_has_none(
    sqlite: str,
) -> None:
    room = make_alliance()
    write(plan_months, **of_block(room), starts_on=date(2019, 5, 31))
    assert (planned(room).starts_on, planned(room).ends_on) == (date(2019, 5, 1), date(2019, 5, 1))

    write(plan_months, **of_block(room), starts_on=None, ends_on=date(2026, 1, 1))

    assert (planned(room).starts_on, planned(room).ends_on) == (None, None)


def test_done_is_said_once_and_taken_back(sqlite: str) -> None:
    room = make_alliance()
    write(finish_block, **of_block(room), done_on=date(2026, 5, 3))
    write(finish_block, **of_block(room), done_on=date(2026, 6, 3))
    assert planned(room).done_on == date(2026, 5, 3)

    write(finish_block, **of_block(room), done_on=None)

    assert planned(room).done_on is None


def test_what_changes_nothing_leaves_no_event(sqlite: str) -> None:
    room = make_alliance()
    write(decide_block, **of_block(room), is_needed=True)
    before = events(room)

    write(decide_block, **of_block(room), is_needed=True)
    write(describe_block, **of_block(room), field="why", text="  ")
    write(plan_months, **of_block(room), starts_on=None)
    write(choose_parties, **of_block(room))
    write(tell_dynamics, who=LEADER, alliance_id=room.alliance_id, text="")

    assert events(room) == before


@pytest.mark.both_databases
def test_a_partner_who_is_removed_goes_out_of_the_plan_and_comes_back_with_the_undo(database: str) -> None:
    room = make_alliance(partners=["Wijkraad Oost", "Bibliotheek"])
    ids = list(room.partners.values())
    for block in ("startfoto", "re-bubbelen"):
        write(choose_parties, **of_block(room, block), partner_ids=ids)

    write(remove_partner, who=LEADER, partner_id=ids[0])

    assert [one.name for one in planned(room).partners] == ["Bibliotheek"]
    # A window that was drawn before still names who went.
    write(choose_parties, **of_block(room), partner_ids=ids)
    assert [one.name for one in planned(room).partners] == ["Bibliotheek"]
    undo_last()
    assert {one.name for one in planned(room, "startfoto").partners} == {"Wijkraad Oost", "Bibliotheek"}


def test_nobody_of_another_alliance_is_named_in_a_plan(sqlite: str) -> None:
    room, other = make_alliance(), make_alliance(partners=["Bibliotheek"])
    stranger = add(other)

    for given in ({"partner_ids": [other.partners["Bibliotheek"]]}, {"stakeholder_ids": [stranger]}):
        with pytest.raises(InvalidValue):
            write(choose_parties, **of_block(room), **given)


@pytest.mark.both_databases
def test_a_party_is_put_on_the_map_changed_and_taken_off(database: str) -> None:
    room = make_alliance()
    youth = add(room, name="Jongeren\nOost")
    wethouder = add(room, name="Wethouder", kind="municipality", influence=5, touched=2, attitude="carries")

    write(change_stakeholder, who=OTHER, stakeholder_id=youth, contact_by="Iris", touched=4)

    first, second = on_the_map(room)
    assert first == StakeholderRow(
        youth, "Jongeren Oost", StakeholderKind.RESIDENTS, 1, 4, Attitude.WAITS, "Iris"
    )
    assert second.name == "Wethouder"
    write(remove_stakeholder, who=LEADER, stakeholder_id=wethouder)
    assert [one.id for one in on_the_map(room)] == [youth]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": " "}, TextMissing),
        ({"name": "x" * 200}, TextTooLong),
        ({"kind": "king"}, InvalidValue),
        ({"influence": 0}, InvalidValue),
        ({"touched": 6}, InvalidValue),
        ({"touched": "5"}, InvalidValue),
        ({"attitude": "hates"}, InvalidValue),
        ({"contact_by": "x" * 81}, TextTooLong),
    ],
)
def test_what_cannot_stand_on_the_map_is_refused(
    sqlite: str, given: dict[str, Any], error: type[Exception]
) -> None:
    room = make_alliance()
    youth = add(room)

    with pytest.raises(error):
        add(room, **given)
    with pytest.raises(error):
        write(change_stakeholder, who=LEADER, stakeholder_id=youth, **given)

    [stands] = on_the_map(room)
    assert (stands.name, stands.influence, stands.touched) == ("Jongeren Oost", 1, 5)


def test_no_event_tells_what_stands_on_the_map(sqlite: str) -> None:
    room = make_alliance()
    youth = add(room, name="Fatma Yılmaz", contact_by="Karim")
    write(change_stakeholder, who=LEADER, stakeholder_id=youth, attitude="doubts")
    write(choose_parties, **of_block(room), stakeholder_ids=[youth])
    write(remove_stakeholder, who=LEADER, stakeholder_id=youth)
    undo_last()

    told = " ".join(events(room))

    assert told.count("stakeholder map changed {}") == 2
    for word in ("Fatma", "Karim", "doubts", "residents"):
        assert word not in told


def test_the_map_says_who_is_touched_without_influence_and_with_whom_nobody_speaks(sqlite: str) -> None:
    room = make_alliance()
    add(room, name="Jongeren")
    add(room, name="Veerkade", influence=2, touched=4, contact_by="Iris")
    add(room, name="Winkeliers", influence=3, touched=5)
    add(room, name="Sportclub", influence=1, touched=3)

    found = weighed(on_the_map(room))

    assert [one.name for one in found.touched] == ["Jongeren", "Veerkade"]
    assert [one.name for one in found.unheard] == ["Jongeren"]
    assert weighed([]) == weighed(on_the_map(make_alliance()))
