"""What an alliance asks for next, from before its first meeting until long after it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col

from exports.agenda.build import build_files
from exports.sentences.next_step import next_step_words
from models.alliance.alliance import read_alliance
from models.alliance.plan import decide_block, plan_months
from models.basics.clock import today as today_in
from models.basics.words import Step
from models.next_step import Asks, NextStep, meeting_step, next_step
from models.photo.beginning import create_alliance_with_startfoto
from models.planning.standing import PlanAsks
from models.signing.files import publish
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Workshop
from models.workshop.meetings import list_workshops
from models.workshop.workshop import change_workshop, end_workshop
from tests.builders import HELD_ON, LEADER, Room, make_agenda, make_agreement, make_alliance, make_workshop
from tests.builders.evening import make_evening
from tests.builders.photo import make_photo

pytestmark = pytest.mark.usefixtures("sqlite")

ZONE = "Europe/Amsterdam"
BEFORE, AFTER = HELD_ON - timedelta(days=43), HELD_ON + timedelta(days=1)


def asked(room: Room, today: date) -> NextStep:
    with reading() as session:
        return next_step(
            session,
            read_alliance(session, room.alliance_id),
            list_workshops(session, room.alliance_id),
            today,
        )


def headline(room: Room, today: date) -> str:
    return next_step_words(asked(room, today), "nl", ZONE).headline


def ended() -> Room:
    """Return a room whose meeting is over, with one agreement, which its owner accepted."""
    room = make_workshop(people=6, partners=["Council", "Library"], step=Step.AGREE)
    make_agreement(room, owner="Council", is_accepted=True)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    return room


def test_statements_that_are_open_by_link_for_weeks_put_off_nothing() -> None:
    photo = make_photo(until=today_in(ZONE) + timedelta(days=42))

    goes_on = asked(photo.room, today_in(ZONE) + timedelta(days=9))
    write(decide_block, who=LEADER, alliance_id=photo.room.alliance_id, block="startfoto", is_needed=False)
    between = asked(photo.room, today_in(ZONE) + timedelta(days=9))
    over = asked(photo.room, today_in(ZONE) + timedelta(days=43))

    assert goes_on.plan is not None
    assert goes_on.plan.asks is PlanAsks.GOING_ON
    assert between.meeting is not None and between.meeting.block == "alliance"
    assert (over.asks, over.meeting and over.meeting.block) == (Asks.LEADING, "startfoto")


def test_without_a_meeting_one_is_planned() -> None:
    room = make_alliance(partners=["Council"])
    with reading() as session:
        session.exec(delete(Workshop).where(col(Workshop.id) == room.workshop_id))
        session.commit()

    assert asked(room, BEFORE).asks is Asks.MEETING
    assert headline(room, BEFORE) == "Plan de eerste bijeenkomst."


def test_before_the_meeting_partners_come_first_then_preparing_and_the_address_only_in_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone, room = make_alliance(), make_alliance(partners=["Council", "Library"])

    assert asked(alone, BEFORE).asks is Asks.PARTNERS
    assert asked(room, BEFORE).asks is Asks.PREPARING
    said = next_step_words(asked(room, BEFORE), "nl", ZONE)
    assert said.more == "Twee partners doen mee. Nog 43 dagen."
    assert asked(room, HELD_ON - timedelta(days=1)).asks is Asks.ADDRESS
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")
    assert asked(room, HELD_ON).asks is Asks.BEGINNING
    assert (headline(room, HELD_ON), headline(room, HELD_ON - timedelta(days=1))) == (
        "Vandaag komt u bij elkaar.",
        "Morgen komt u bij elkaar.",
    )


def test_an_evening_needs_no_partners_to_be_prepared() -> None:
    room = make_evening(0)
    with reading() as session:
        evening = [one for one in list_workshops(session, room.alliance_id) if one.id == room.workshop_id]
        step = meeting_step(session, read_alliance(session, room.alliance_id), evening, BEFORE)

    said = next_step_words(step, "nl", ZONE)
    assert step.asks is Asks.PREPARING
    assert said.more == "Nog 43 dagen."


def test_a_startfoto_collects_before_its_meeting_is_prepared() -> None:
    today = today_in(ZONE)
    made = write(
        create_alliance_with_startfoto,
        who=LEADER,
        themes=["Thuis voelen"],
        name="Samen",
        place="Merenveld",
        purpose="Iedereen doet mee",
        language="nl",
        time_zone=ZONE,
        contact="0900 0123",
        groups=["Bewoners"],
        partners=[],
        venue="",
        held_on=today + timedelta(days=40),
    )
    room = Room(made.alliance_id, made.workshop_id, made.code, {}, {}, [], [])

    long_before, soon = asked(room, today + timedelta(days=1)), asked(room, today + timedelta(days=30))

    assert (long_before.asks, long_before.plan and long_before.plan.asks) == (Asks.PLAN, PlanAsks.GOING_ON)
    assert headline(room, today) == "Ga verder met de startfoto."
    assert soon.asks is Asks.PREPARING


def test_a_meeting_that_was_not_begun_on_its_day_still_asks_to_be_led(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_alliance(partners=["Council"])
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")

    assert asked(room, AFTER).asks is Asks.BEGINNING
    assert headline(room, AFTER) == "Begin de bijeenkomst."


def test_an_open_meeting_is_led_on() -> None:
    room = make_workshop(step=Step.VOTE)

    said = next_step_words(asked(room, HELD_ON), "nl", ZONE)

    assert said.headline == "De bijeenkomst is bezig."
    assert said.more == f"De zaal is bij: Stemmen. Code {room.code}."


def test_after_the_meeting_the_text_is_frozen_then_signing_closed_and_then_nobody_is_called_too_soon() -> (
    None
):
    room = ended()
    assert asked(room, AFTER).asks is Asks.FREEZING

    agenda_id = make_agenda(room)
    assert asked(room, AFTER).asks is Asks.CLOSING
    assert next_step_words(asked(room, AFTER), "nl", ZONE).more.startswith(
        "0 van de 2 partners gaven antwoord."
    )
    publish(agenda_id, who=LEADER, build=build_files)

    assert asked(room, AFTER).asks is Asks.FOLLOWING
    assert asked(room, HELD_ON + timedelta(days=60)).asks is Asks.CALLING


def test_a_day_that_was_promised_is_planned_unless_somebody_is_late() -> None:
    room = ended()
    next_on = HELD_ON + timedelta(days=30)
    write(
        change_workshop,
        who=LEADER,
        workshop_id=room.workshop_id,
        venue="Het Wijkhuis",
        held_on=HELD_ON,
        next_meeting_on=next_on,
        needs_personal_code=False,
    )
    publish(make_agenda(room), who=LEADER, build=build_files)

    assert (asked(room, AFTER).asks, asked(room, AFTER).next_on) == (Asks.MEETING_AGAIN, next_on)
    assert headline(room, AFTER).startswith("Plan de bijeenkomst van 13 april")
    make_agreement(room, owner="Library", is_accepted=True, due_on=HELD_ON)
    assert asked(room, HELD_ON + timedelta(days=3)).asks is Asks.CALLING


def plan(room: Room, block: str, starts_on: date, *, ends_on: date | None = None) -> None:
    """Put a block in the plan of an alliance, in these months."""
    of_block = {"who": LEADER, "alliance_id": room.alliance_id, "block": block}
    write(decide_block, **of_block, is_needed=True)
    write(plan_months, **of_block, starts_on=starts_on, ends_on=ends_on)


def test_a_block_of_the_plan_whose_month_has_come_goes_before_a_meeting_that_is_far_away() -> None:
    room = make_alliance(partners=["Council"])
    plan(room, "re-bubbelen", HELD_ON - timedelta(days=60), ends_on=HELD_ON)

    assert asked(room, HELD_ON - timedelta(days=100)).asks is Asks.PREPARING
    assert headline(room, HELD_ON - timedelta(days=50)) == "Begin met re-bubbelen."
    assert asked(room, HELD_ON - timedelta(days=31)).asks is Asks.PREPARING


def test_without_a_meeting_the_plan_says_what_is_next_and_the_alliance_asks_for_its_own() -> None:
    room = make_alliance(partners=["Council"])
    with reading() as session:
        session.exec(delete(Workshop).where(col(Workshop.id) == room.workshop_id))
        session.commit()
    write(decide_block, who=LEADER, alliance_id=room.alliance_id, block="alliance", is_needed=None)
    assert headline(room, BEFORE) == "Kies welke bouwstenen u nodig hebt."

    plan(room, "startfoto", BEFORE + timedelta(days=90))

    assert headline(room, BEFORE) == "De volgende stap is de startfoto, in april 2027."
    assert headline(room, BEFORE + timedelta(days=90)) == "Begin met de startfoto."
    plan(room, "alliance", BEFORE)
    assert headline(room, BEFORE) == "Plan de eerste bijeenkomst."


def test_what_people_wait_for_today_goes_before_the_plan_and_agreements_after_it() -> None:
    room = ended()
    plan(room, "re-bubbelen", HELD_ON)
    assert asked(room, AFTER).asks is Asks.FREEZING

    publish(make_agenda(room), who=LEADER, build=build_files)

    assert headline(room, AFTER) == "Begin met re-bubbelen."
    assert asked(room, HELD_ON + timedelta(days=60)).asks is Asks.CALLING
