"""Following agreements: the order in which they ask attention, calls that are noted, and the one on the screen."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.agreeing.agreement import drop_agreement
from models.agreeing.ownership import accept_ownership
from models.basics.clock import today
from models.basics.errors import InvalidValue, NotFound, TextTooLong
from models.basics.words import CallOutcome, ProgressState, Stand, Step
from models.progress.calls import keep_contact, note_call, take_back_call
from models.progress.figures import read_figures
from models.progress.following import Followed, counted, read_followed, read_log, what_asks_first
from models.progress.on_screen import show_agreement_alone
from models.progress.progress import report_progress
from models.storage.chain import chain_is_whole, list_events
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import AgreementCall, Partner, Progress
from models.workshop.workshop import read_workshop
from tests.builders import LEADER, Room, make_agreement, make_workshop, take_room

pytestmark = pytest.mark.usefixtures("sqlite")

SAID = "Ik bel de sportclub morgen. Sleutel komt goed 🙂"


@pytest.fixture
def room() -> Room:
    return make_workshop(partners=["Zoë Hermans", "Wijkraad Oost"], step=Step.AGREE)


def followed(room: Room, on: date | None = None) -> list[Followed]:
    with reading() as session:
        return read_followed(session, room.alliance_id, on or today("Europe/Amsterdam"))


def carried(room: Room, owner: str, **more: Any) -> int:
    made = make_agreement(room, owner=owner, **more)
    write(accept_ownership, partner_id=room.partners[owner], agreement_id=made)
    return made


def report(room: Room, owner: str, agreement_id: int, state: ProgressState, sentence: str = "") -> None:
    write(
        report_progress,
        partner_id=room.partners[owner],
        agreement_id=agreement_id,
        state=state,
        sentence=sentence,
    )


def ago(table: type[Progress] | type[AgreementCall], days: int) -> None:
    """Let everything in this table have been said so many days earlier."""

    def earlier(session: object) -> None:
        for found in session.exec(select(table)).all():  # type: ignore[attr-defined]
            name = "reported_at" if table is Progress else "noted_at"
            said_at: datetime = getattr(found, name)
            setattr(found, name, said_at - timedelta(days=days))
            session.add(found)  # type: ignore[attr-defined]

    write(earlier)


@pytest.mark.both_databases
def test_what_asks_attention_stands_first_and_what_is_done_last(database: str) -> None:
    room = make_workshop(partners=["Zoë Hermans", "Wijkraad Oost"], step=Step.AGREE)
    day = today("Europe/Amsterdam")
    done = carried(room, "Zoë Hermans", due_on=day - timedelta(days=3))
    make_agreement(room)
    stuck = carried(room, "Wijkraad Oost")
    busy = carried(room, "Wijkraad Oost")
    make_agreement(room, owner="Wijkraad Oost")
    late = carried(room, "Zoë Hermans", due_on=day - timedelta(days=17))
    later = carried(room, "Zoë Hermans", due_on=day - timedelta(days=40))
    for agreement, state in (
        (done, "done"),
        (stuck, "stuck"),
        (busy, "busy"),
        (late, "busy"),
        (later, "busy"),
    ):
        owner = "Wijkraad Oost" if agreement in (stuck, busy) else "Zoë Hermans"
        report(room, owner, agreement, ProgressState(state))

    in_order = what_asks_first(followed(room))

    assert [(one.number, one.standing.stand) for one in in_order] == [
        (7, Stand.LATE),
        (6, Stand.LATE),
        (5, Stand.SILENT),
        (3, Stand.STUCK),
        (2, Stand.SEEKS_OWNER),
        (4, Stand.BUSY),
        (1, Stand.DONE),
    ]
    assert counted(in_order) == (2, 1)
    with reading() as session:
        assert read_figures(session, room.alliance_id, day).overdue == 2


def test_a_call_ends_the_silence_and_says_how_it_goes_and_no_answer_does_not(room: Room) -> None:
    made = carried(room, "Zoë Hermans")
    write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.NO_ANSWER, sentence="")
    assert followed(room)[0].standing.stand is Stand.SILENT

    write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.BUSY, sentence=SAID)

    [one] = followed(room)
    assert one.standing.stand is Stand.BUSY
    assert one.last_word is not None
    assert (one.last_word.sentence, one.last_word.said_by, one.last_word.is_noted) == (SAID, LEADER, True)
    assert one.own_word is None


def test_the_latest_word_counts_whoever_it_came_from(room: Room) -> None:
    made = carried(room, "Zoë Hermans")
    write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.STUCK, sentence=SAID)
    ago(AgreementCall, 1)

    report(room, "Zoë Hermans", made, ProgressState.DONE, "De sleutel is er.")

    [one] = followed(room)
    assert one.standing.is_done
    assert one.last_word is not None and one.last_word.sentence == "De sleutel is er."
    with reading() as session:
        log = read_log(session, made)
    assert [(entry.state, entry.call_id is None) for entry in log] == [("done", True), ("stuck", False)]


def test_the_same_report_long_after_is_a_new_word_and_at_once_it_is_not(room: Room) -> None:
    made = carried(room, "Zoë Hermans")
    report(room, "Zoë Hermans", made, ProgressState.BUSY, "Wij koken.")
    report(room, "Zoë Hermans", made, ProgressState.BUSY, "Wij koken.")
    with reading() as session:
        assert len(session.exec(select(Progress)).all()) == 1
    ago(Progress, 70)
    assert followed(room)[0].standing.is_silent

    report(room, "Zoë Hermans", made, ProgressState.BUSY, "Wij koken.")

    assert not followed(room)[0].standing.is_silent


def test_a_second_tap_notes_nothing_twice_and_a_note_can_be_taken_back(room: Room) -> None:
    made = carried(room, "Zoë Hermans")

    first, second = (
        write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.DONE, sentence=SAID)
        for _tap in range(2)
    )

    assert first == second
    for _tap in range(2):
        write(take_back_call, who=LEADER, call_id=first)
    with reading() as session:
        assert read_log(session, made) == []


def test_the_chain_says_that_one_called_and_never_what_was_said_or_by_which_number(room: Room) -> None:
    made = carried(room, "Zoë Hermans")
    write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.BUSY, sentence=SAID)
    write(keep_contact, who=LEADER, partner_id=room.partners["Zoë Hermans"], contact=" 06 00 00 01 23 ")

    with reading() as session:
        events = list_events(session, room.alliance_id, limit=2)
        partner = session.get(Partner, room.partners["Zoë Hermans"])
        assert chain_is_whole(session, room.alliance_id)

    assert partner is not None and partner.contact == "06 00 00 01 23"
    assert [(found.who, found.what) for found in events] == [(LEADER, "contact kept"), (LEADER, "call noted")]
    assert not any(private in str(found.details) for found in events for private in (SAID, "06 00", "busy"))


def test_bad_calls_are_refused(room: Room) -> None:
    made = carried(room, "Zoë Hermans")

    for sentence, outcome, error in (
        ("x" * 401, CallOutcome.BUSY, TextTooLong),
        ("", "promised", InvalidValue),
    ):
        with pytest.raises(error):
            write(note_call, who=LEADER, agreement_id=made, outcome=outcome, sentence=sentence)
    write(drop_agreement, who=LEADER, agreement_id=made, reason="Te duur.")
    with pytest.raises(NotFound):
        write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.BUSY, sentence="")
    assert followed(room) == []


def test_one_agreement_stands_on_the_screen_until_the_room_goes_elsewhere(room: Room) -> None:
    carried(room, "Zoë Hermans")
    elsewhere = make_workshop(partners=["Selam"], name="Elders")
    make_agreement(elsewhere)
    make_agreement(elsewhere)
    take_room(room, Step.PROGRESS)
    write(show_agreement_alone, who=LEADER, workshop_id=room.workshop_id, number=1)

    def on_screen() -> int | None:
        with reading() as session:
            return read_workshop(session, room.workshop_id).agreement_on_screen

    assert on_screen() == 1
    with pytest.raises(NotFound):
        write(show_agreement_alone, who=LEADER, workshop_id=room.workshop_id, number=2)
    take_room(room, Step.PROGRESS)
    assert on_screen() is None


def test_five_hundred_agreements_ask_no_more_questions_than_one(room: Room) -> None:
    carried(room, "Zoë Hermans")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def questions() -> int:
        asked.clear()
        event.listen(engine(), "before_cursor_execute", note)
        try:
            followed(room)
        finally:
            event.remove(engine(), "before_cursor_execute", note)
        return len(asked)

    few = questions()
    for _one in range(20):
        make_agreement(room, owner="Wijkraad Oost")

    assert questions() == few <= 6
