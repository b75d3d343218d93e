"""Alliances, their groups, partners and workshops."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import accept_ownership
from models.alliance.alliance import (
    PartnerInput,
    change_alliance,
    create_alliance,
    list_alliances,
    read_alliance,
)
from models.alliance.groups import (
    GROUP_PRESETS,
    add_group,
    group_name_is_sensitive,
    read_groups,
    remove_group,
    rename_group,
)
from models.alliance.partner import (
    add_partner,
    change_partner,
    read_partners,
    remove_partner,
    renew_partner_link,
)
from models.basics.clock import today
from models.basics.errors import InUse, InvalidValue, NotFound, TextMissing, TextTooLong
from models.basics.keys import new_token
from models.basics.words import PartnerKind, ProgressState
from models.joining.joining import join, join_as_partner
from models.progress.figures import Figures, read_figures
from models.progress.progress import report_progress
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Alliance
from models.workshop.meetings import add_workshop, list_workshops
from tests.builders import (
    HELD_ON,
    LEADER,
    Room,
    make_adopted,
    make_agreement,
    make_alliance,
    make_workshop,
    rows_of,
)

WHOLE: dict[str, Any] = {
    "who": LEADER,
    "name": "Samen Merenveld",
    "place": "Merenveld",
    "purpose": "Samen leven",
    "language": "nl",
    "time_zone": "Europe/Amsterdam",
    "contact": "0900 0123",
    "groups": ["Bewoners"],
    "partners": [],
    "venue": "Stadhuis",
    "held_on": HELD_ON,
}


def _groups(room: Room) -> list[str]:
    with reading() as session:
        return [group.name for group in read_groups(session, room.alliance_id)]


def _partners(room: Room) -> list[str]:
    with reading() as session:
        return [partner.name for partner in read_partners(session, room.alliance_id)]


def test_an_alliance_begins_with_groups_partners_and_a_workshop(database: str) -> None:
    partner = PartnerInput(
        kind=PartnerKind.COMMUNITY, name="Selam", representative="Şükrü", role="voorzitter", group="Bewoners"
    )

    created = write(create_alliance, **{**WHOLE, "partners": [partner]})

    with reading() as session:
        alliance = read_alliance(session, created.alliance_id)
        (group,) = read_groups(session, created.alliance_id)
        (found,) = read_partners(session, created.alliance_id)
        (row,) = list_alliances(session)
    assert (alliance.name, alliance.place, alliance.time_zone) == (
        "Samen Merenveld",
        "Merenveld",
        "Europe/Amsterdam",
    )
    assert (found.kind, found.name, found.representative, found.group_id) == (
        "community",
        "Selam",
        "Şükrü",
        group.id,
    )
    assert [(workshop.code, workshop.venue, workshop.state) for workshop in row.workshops] == [
        (created.code, "Stadhuis", "prepared")
    ]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name": "  "}, TextMissing),
        ({"place": ""}, TextMissing),
        ({"purpose": "x" * 401}, TextTooLong),
        ({"contact": ""}, TextMissing),
        ({"language": "fr"}, InvalidValue),
        ({"time_zone": "Europe/Merenveld"}, InvalidValue),
        ({"time_zone": "../../etc/passwd"}, InvalidValue),
        ({"groups": ["Bewoners", "BEWONERS"]}, InvalidValue),
        ({"groups": [""]}, TextMissing),
        ({"partners": [PartnerInput(kind="robot", name="R2")]}, InvalidValue),
        ({"partners": [PartnerInput(kind="resident", name="")]}, TextMissing),
        ({"partners": [PartnerInput(kind="resident", name="Zoë", group="Vogels")]}, InvalidValue),
        ({"venue": "x" * 121}, TextTooLong),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_stored(
    database: str, changed: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        write(create_alliance, **{**WHOLE, **changed})

    assert rows_of(Alliance) == []


@pytest.mark.both_databases
def test_an_alliance_can_be_changed(database: str) -> None:
    room = make_alliance()
    texts = {key: WHOLE[key] for key in ("name", "place", "purpose", "time_zone", "contact")}

    write(change_alliance, who=LEADER, alliance_id=room.alliance_id, **texts, language="en", accent="#00a1b2")

    with reading() as session:
        alliance = read_alliance(session, room.alliance_id)
    assert (alliance.name, alliance.language, alliance.accent) == ("Samen Merenveld", "en", "#00A1B2")


@pytest.mark.both_databases
@pytest.mark.parametrize(("accent", "stored"), [(None, None), ("", None), ("ff8800", "#FF8800")])
def test_an_accent_is_a_colour_or_nothing(database: str, accent: str | None, stored: str | None) -> None:
    room = make_alliance()
    texts = {key: WHOLE[key] for key in ("name", "place", "purpose", "time_zone", "contact", "language")}

    write(change_alliance, who=LEADER, alliance_id=room.alliance_id, **texts, accent=accent)

    with reading() as session:
        assert read_alliance(session, room.alliance_id).accent == stored


@pytest.mark.parametrize("accent", ["red", "#12345", "#12345g", "#١٢٣٤٥٦", "url(javascript:1)"])
def test_what_is_no_colour_is_refused(database: str, accent: str) -> None:
    room = make_alliance()
    texts = {key: WHOLE[key] for key in ("name", "place", "purpose", "time_zone", "contact", "language")}

    with pytest.raises(InvalidValue):
        write(change_alliance, who=LEADER, alliance_id=room.alliance_id, **texts, accent=accent)


@pytest.mark.both_databases
def test_groups_are_added_renamed_and_removed(database: str) -> None:
    room = make_alliance(groups=["Residents"])

    added = write(add_group, who=LEADER, alliance_id=room.alliance_id, name="Clubs")
    write(rename_group, who=LEADER, group_id=added, name="Sports clubs")
    assert _groups(room) == ["Residents", "Sports clubs"]
    write(rename_group, who=LEADER, group_id=added, name="SPORTS clubs")
    with pytest.raises(InvalidValue):
        write(rename_group, who=LEADER, group_id=added, name="residents")
    write(remove_group, who=LEADER, group_id=room.groups["Residents"])

    assert _groups(room) == ["SPORTS clubs"]


@pytest.mark.parametrize("as_bubble", [False, True], ids=["as a group", "as a bubble"])
def test_a_group_that_somebody_belongs_to_cannot_be_removed(database: str, as_bubble: bool) -> None:
    room = make_workshop()
    group = room.groups["Residents"]
    write(
        join,
        code=room.code,
        phone_token=new_token(),
        name=None,
        group_id=None if as_bubble else group,
        bubbles=[group] if as_bubble else [],
    )

    with pytest.raises(InUse):
        write(remove_group, who=LEADER, group_id=group)


@pytest.mark.both_databases
def test_partners_are_added_changed_and_removed(database: str) -> None:
    room = make_alliance()
    partner = write(add_partner, who=LEADER, alliance_id=room.alliance_id, kind="community", name="Selam")
    changed = {
        "kind": "organisation",
        "name": "Stichting Selam",
        "representative": "Rīm",
        "role": "voorzitter",
    }

    write(change_partner, who=LEADER, partner_id=partner, **changed, group_id=room.groups["Residents"])

    with reading() as session:
        (found,) = read_partners(session, room.alliance_id)
    assert {key: getattr(found, key) for key in changed} == changed
    assert found.group_id == room.groups["Residents"]
    write(remove_partner, who=LEADER, partner_id=partner)
    assert _partners(room) == []


def test_a_partner_belongs_to_a_group_of_its_own_alliance(database: str) -> None:
    room, other = make_alliance(), make_alliance(groups=["Elsewhere"])

    with pytest.raises(InvalidValue):
        write(
            add_partner,
            who=LEADER,
            alliance_id=room.alliance_id,
            kind="community",
            name="Selam",
            group_id=other.groups["Elsewhere"],
        )


def test_a_partner_who_took_part_or_owns_something_cannot_be_removed(database: str) -> None:
    room = make_workshop(people=5, partners=["Selam", "Wijkraad", "Nobody"])
    write(join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token())
    make_agreement(room, owner="Wijkraad")

    for name in ("Selam", "Wijkraad"):
        with pytest.raises(InUse):
            write(remove_partner, who=LEADER, partner_id=room.partners[name])
    write(remove_partner, who=LEADER, partner_id=room.partners["Nobody"])

    assert _partners(room) == ["Selam", "Wijkraad"]


@pytest.mark.both_databases
def test_an_alliance_has_several_workshops_the_newest_first(database: str) -> None:
    room = make_alliance()

    later = write(
        add_workshop, who=LEADER, alliance_id=room.alliance_id, venue="", held_on=HELD_ON + timedelta(days=90)
    )

    with reading() as session:
        (row,) = list_alliances(session)
    assert [workshop.code for workshop in row.workshops] == [later.code, room.code]


def test_the_workshops_of_one_alliance_are_read_without_those_of_others(database: str) -> None:
    own = make_alliance(name="Samen Merenveld")
    make_alliance(name="Elders")
    later = write(
        add_workshop, who=LEADER, alliance_id=own.alliance_id, venue="", held_on=HELD_ON + timedelta(days=90)
    )

    with reading() as session:
        found = list_workshops(session, own.alliance_id)
        (same,) = [row.workshops for row in list_alliances(session) if row.id == own.alliance_id]

    assert [workshop.code for workshop in found] == [later.code, own.code]
    assert found == same


def test_a_join_code_that_is_taken_is_drawn_again(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["AAAAA", "AAAAA", "CCCCC"])
    monkeypatch.setattr("models.workshop.meetings.new_join_code", lambda: next(codes))

    assert [make_alliance().code, make_alliance().code] == ["AAAAA", "CCCCC"]


def test_what_does_not_exist_is_told(database: str) -> None:
    with reading() as session, pytest.raises(NotFound):
        read_alliance(session, 4711)
    for action, arguments in (
        (rename_group, {"group_id": 4711, "name": "x"}),
        (renew_partner_link, {"partner_id": 4711}),
        (add_workshop, {"alliance_id": 4711, "venue": "", "held_on": HELD_ON}),
    ):
        with pytest.raises(NotFound):
            write(action, who=LEADER, **arguments)


@pytest.mark.both_databases
def test_figures_count_what_stands_done_and_overdue(database: str) -> None:
    room = make_workshop(people=5, partners=["Selam"])
    make_adopted(room, items=2)
    done, late, on_time = (
        make_agreement(room, owner="Selam", due_on=due)
        for due in (date(2027, 1, 1), date(2027, 1, 1), date(2027, 12, 1))
    )
    write(show_agreements, who=LEADER, agreement_ids=[done, late, on_time])
    write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=done)
    for state in (ProgressState.STUCK, ProgressState.DONE):
        write(
            report_progress,
            partner_id=room.partners["Selam"],
            agreement_id=done,
            state=state,
            sentence="",
        )

    with reading() as session:
        figures = read_figures(session, room.alliance_id, date(2027, 6, 1))

    assert figures == Figures(principles_adopted=2, agreements=3, done=1, overdue=1)


@pytest.mark.parametrize(
    ("name", "is_sensitive"),
    [
        ("Residents", False),
        ("Bewoners", False),
        ("Gemeente", False),
        ("Ondernemers", False),
        ("Organisaties", False),
        ("Vrijwilligers", False),
        ("Sportclubs", False),
        ("Moslims", True),
        ("Kerken", True),
        ("Vluchtelingen", True),
        ("LHBTI", True),
        ("Mensen met een beperking", True),
        ("Turkse gemeenschap", True),
    ],
)
def test_a_hint_warns_where_a_groups_name_tells_too_much(name: str, is_sensitive: bool) -> None:
    assert group_name_is_sensitive(name) is is_sensitive


def test_no_preset_for_a_group_tells_too_much() -> None:
    assert [name for name in GROUP_PRESETS if group_name_is_sensitive(name)] == []


def test_today_is_a_day_in_the_alliances_time_zone() -> None:
    assert today("Pacific/Kiritimati") >= today("Pacific/Pago_Pago")
