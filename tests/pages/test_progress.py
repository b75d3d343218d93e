"""Step 6 for who leads: what is late and silent, whom to call, what was said, and the round in the room."""

import re
from datetime import timedelta
from html import unescape

import pytest

from models.agreeing.agreement import drop_agreement, show_agreements
from models.agreeing.ownership import accept_ownership
from models.basics.clock import today
from models.basics.words import CallOutcome, ProgressState, Step
from models.progress.calls import keep_contact, note_call
from models.progress.following import Followed, LogEntry, read_followed, read_log
from models.progress.progress import report_progress
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Partner
from models.workshop.workshop import end_workshop, read_workshop
from pages.parts.progress.rows import table_html
from tests.builders import LEADER, Room, make_agenda, make_agreement, make_workshop, take_room
from tests.pages.opened import bar, html, opened, said, sign_in_as, undo

pytestmark = pytest.mark.usefixtures("sqlite")

AMSTERDAM = "Europe/Amsterdam"
HOSTILE = "<script>alert(1)</script> **vet** [link](https://evil.example)"


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """Three agreements: a silent one of the Library, a late one of the School, and one that nobody carries."""
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(partners=["School", "Library"], step=Step.AGREE)
    silent = make_agreement(made, what="We read aloud.", owner="Library", first_step="Choose a book.")
    late = make_agreement(
        made, what="We eat together.", owner="School", due_on=today(AMSTERDAM) - timedelta(days=17)
    )
    nobody = make_agreement(made, what="We walk.")
    write(show_agreements, who=LEADER, agreement_ids=[silent, late, nobody])
    write(accept_ownership, partner_id=made.partners["School"], agreement_id=late)
    write(
        report_progress,
        partner_id=made.partners["School"],
        agreement_id=late,
        state=ProgressState.BUSY,
        sentence="The cook is found.",
    )
    return made


def followed(room: Room) -> list[Followed]:
    with reading() as session:
        return read_followed(session, room.alliance_id, today(AMSTERDAM))


def log(room: Room, number: int) -> list[LogEntry]:
    with reading() as session:
        return read_log(session, followed(room)[number - 1].id)


def rows(room: Room) -> list[str]:
    """Return the words of each row of the table, in the order of the list of agreements."""
    drawn = table_html(followed(room), today(AMSTERDAM), AMSTERDAM)
    body = drawn.split("<tbody", 1)[1]
    return [" ".join(unescape(re.sub("<[^>]+>", " ", row)).split()) for row in body.split("<tr ")[1:]]


def test_the_page_says_how_many_are_late_and_silent_and_each_row_says_which(room: Room) -> None:
    app = opened("progress.py", workshop=room.code)

    assert not app.exception
    assert "One agreement is late and one is silent." in said(app)
    first, second, third = rows(room)
    assert "1 We read aloud. Library, asked no word yet" in first and "silent" in first
    assert "“The cook is found.”" in second and "17 days late" in second
    assert "3 We walk. looks for an owner nobody to ask yet" in third


def test_what_asks_attention_first_is_at_hand_and_the_address_can_ask_for_another(room: Room) -> None:
    app = opened("progress.py", workshop=room.code)
    other = opened("progress.py", workshop=room.code, agreement="1")
    gone = opened("progress.py", workshop=room.code, agreement="77")

    assert 'data-about="2"' in html(app) and "Call School" in html(app)
    assert 'data-about="1"' in html(other) and "silent since" in html(other)
    assert 'data-about="2"' in html(gone)


def test_one_reads_what_to_say_and_gets_a_text_to_send_with_the_partners_link(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")

    drawn = unescape(html(opened("progress.py", workshop=room.code, agreement="1")))
    late = unescape(html(opened("progress.py", workshop=room.code, agreement="2")))

    assert "Dag Library, met Iris van Together. Op " in drawn
    assert "vroeg de zaal of u dit oppakt: “We read aloud.” De eerste stap is: “Choose a book.”" in drawn
    assert "Het zou klaar zijn op" in late and "U vertelde ons: “The cook is found.”" in late
    assert "mailto:?subject=" in drawn and "merenveld.example/s/" in drawn


def test_what_was_said_on_the_telephone_is_noted_with_one_tap_and_can_be_undone(room: Room) -> None:
    app = opened("progress.py", workshop=room.code, agreement="1")
    field = f"call_{followed(room)[0].id}"
    app.text_area(key=field).input("Zij begint na de zomer 🙂").run()
    app.button(key="note_busy").click().run()

    assert not app.exception
    assert [(entry.state, entry.sentence, entry.said_by) for entry in log(room, 1)] == [
        ("busy", "Zij begint na de zomer 🙂", "Iris")
    ]
    assert "One agreement is late." in said(app)
    assert "Zij begint na de zomer" in html(app)
    assert app.text_area(key=field).value == ""
    undo(app).click().run()
    assert log(room, 1) == []


def test_nobody_answered_is_noted_without_words_and_ends_no_silence(room: Room) -> None:
    app = opened("progress.py", workshop=room.code, agreement="1")

    app.button(key="note_no_answer").click().run()

    assert [entry.state for entry in log(room, 1)] == [CallOutcome.NO_ANSWER]
    assert "One agreement is late and one is silent." in said(app)
    app.button(key="take_back_note").click().run()
    assert log(room, 1) == []


def test_words_that_are_not_noted_yet_are_there_in_another_window(room: Room) -> None:
    app = opened("progress.py", workshop=room.code, agreement="1")
    field = f"call_{followed(room)[0].id}"
    app.text_area(key=field).input("Zij zoekt een").run()

    again = opened("progress.py", workshop=room.code, agreement="1")

    assert again.text_area(key=field).value == "Zij zoekt een"


@pytest.mark.parametrize(
    ("contact", "address", "heading"),
    [
        ("06 00 00 01 23", "tel:0600000123", "Call Library"),
        ("+31 (0)6-1234", "tel:+3106-1234".replace("-", ""), "Call Library"),
        ("renee@kerk.example", "mailto:renee@kerk.example", "Mail Library"),
    ],
)
def test_a_number_or_an_address_that_was_kept_is_one_tap_away(
    room: Room, contact: str, address: str, heading: str
) -> None:
    app = opened("progress.py", workshop=room.code, agreement="1")
    key = f"contact_{room.partners['Library']}_"
    app.text_input(key=key).input(contact).run()

    with reading() as session:
        partner = session.get(Partner, room.partners["Library"])
    assert partner is not None and partner.contact == contact
    assert f'href="{address}"' in html(app)
    assert heading in html(app)


def test_the_order_changes_only_when_the_page_is_opened(room: Room) -> None:
    app = opened("progress.py", workshop=room.code)
    with reading() as session:
        before = [one.number for one in read_followed(session, room.alliance_id, today(AMSTERDAM))]
    assert app.session_state["progress_order"][1] == [followed(room)[place].id for place in (1, 0, 2)]
    late = followed(room)[1]

    write(note_call, who=LEADER, agreement_id=late.id, outcome=CallOutcome.DONE, sentence="")
    new = make_agreement(room, what="We sing.", due_on=today(AMSTERDAM) - timedelta(days=90))
    app.run()

    assert app.session_state["progress_order"][1] == [*(followed(room)[place].id for place in (1, 0, 2)), new]
    app.switch_page("agree.py").run()
    app.switch_page("progress.py").run()
    assert app.session_state["progress_order"][1][0] == new
    assert before == [1, 2, 3]


def test_the_room_reads_one_agreement_after_another_and_who_leads_has_it_at_hand(room: Room) -> None:
    app = opened("progress.py", workshop=room.code)
    assert "When you meet again, take the room here." in said(app)
    assert not [button for button in app.button if str(button.key).startswith("show_")]

    take_room(room, Step.PROGRESS)
    app.run()
    app.button(key="show_first").click().run()

    def on_screen() -> int | None:
        with reading() as session:
            return read_workshop(session, room.workshop_id).agreement_on_screen

    assert on_screen() == 1 and 'data-about="1"' in html(app)
    assert app.button(key="show_previous").disabled
    app.button(key="show_next").click().run()
    app.button(key="show_next").click().run()
    assert on_screen() == 3 and app.button(key="show_next").disabled
    assert "The projector shows agreement 3." in said(app)
    app.button(key="show_all").click().run()
    assert on_screen() is None


def test_after_the_meeting_the_page_works_on_and_an_agreement_that_is_dropped_leaves_it(room: Room) -> None:
    take_room(room, Step.PROGRESS)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    write(drop_agreement, who=LEADER, agreement_id=followed(room)[1].id, reason="No kitchen.")

    app = opened("progress.py", workshop=room.code, agreement="2")

    assert not app.exception
    assert 'data-about="1"' in html(app)
    assert "Nobody has told anything yet." in said(app)
    app.button(key="note_stuck").click().run()
    assert [entry.state for entry in log(room, 1)] == ["stuck"]


def test_without_an_agreement_the_page_says_what_will_stand_here(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop()

    app = opened("progress.py", workshop=room.code)

    assert not app.exception
    assert "There are no agreements yet." in said(app)
    assert not app.text_area


def test_before_the_freeze_the_page_says_that_agreements_may_change(room: Room) -> None:
    told = "The text is not frozen yet"
    assert told in said(opened("progress.py", workshop=room.code))

    take_room(room, Step.SIGN)
    make_agenda(room)

    assert told not in said(opened("progress.py", workshop=room.code))


def test_what_people_typed_stands_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    room = make_workshop(partners=[HOSTILE], step=Step.AGREE)
    made = make_agreement(room, what=HOSTILE, owner=HOSTILE, first_step=HOSTILE)
    write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.STUCK, sentence=HOSTILE)
    write(keep_contact, who=LEADER, partner_id=room.partners[HOSTILE], contact=f'"><script>{1}@x')

    app = opened("progress.py", workshop=room.code)

    assert not app.exception
    assert "<script" not in html(app) + table_html(followed(room), today(AMSTERDAM), AMSTERDAM)
    assert "https://evil" not in [link.proto.page for link in app.get("page_link")]


def test_who_leads_finds_the_page_by_the_bar_and_by_lead(room: Room) -> None:
    take_room(room, Step.PROGRESS)

    app = opened("room.py", workshop=room.code)

    assert bar(app)["steps"][-1]["step"] == "progress"
    assert 'data-about="2"' in html(app)
