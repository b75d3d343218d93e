"""What people typed, on every page of a phone: in its own direction, its own language and its own shape."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from starlette.testclient import TestClient

from models.agreeing.agreement import show_agreements
from models.alliance.groups import rename_group
from models.basics.words import Secrecy, Step
from models.drafting.proposal import hide_proposal, show_proposals
from models.signing.agenda import answer_agenda
from models.signing.files import publish
from models.storage.writing import write
from models.tables import Agenda, Participant
from models.voting.after_reveal import show_reasons
from models.voting.round import reveal_round
from models.workshop.workshop import end_workshop
from phone.serving.assets import FOLDER as ASSETS
from tests.builders import (
    CONSENT,
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_agenda,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import hold
from tests.phone.live_phone import WAIT, Place, join
from tests.phone.partner_room import own_page, phone, public_page, small_files

NAME, PARTNER, GROUP = "عمر", "المدرسة العربية", "السكان"
PROPOSAL, PRINCIPLE, REASON = "نتحدث معا.\nونستمع.", "كل شخص مهم.\nدائما.", "هذا غال جدا.\nكيف؟"
AGREEMENT, FIRST_STEP = "نأكل معا.\nكل شهر.", "ندعو الجيران.\nثم نطبخ."
ARABIC = re.compile("[\u0600-\u06ff]")
# Whatever has these elements around it is one line, and isolated by the browser.
ALONE = ("title", "option")
VOID = {"input", "link", "meta", "br", "hr", "img", "path", "use", "circle", "rect"}


class Page(HTMLParser):
    """Which typed texts a page shows, with the elements around each, innermost last; and its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.around: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, list[tuple[str, dict[str, str | None]]]]] = []
        self.fields: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "textarea" or (tag == "input" and known.get("type") == "text"):
            self.fields.append(known)
        if tag not in VOID:
            self.around.append((tag, known))

    def handle_endtag(self, tag: str) -> None:
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if ARABIC.search(data):
            self.texts.append((data, list(self.around)))


def _turns(text: str, around: list[tuple[str, dict[str, str | None]]]) -> bool:
    tag, known = around[-1]
    return tag in ALONE or tag == "bdi" or known.get("dir") == "auto"


@pytest.fixture
def client(sqlite: str, fresh_limits: None) -> Iterator[TestClient]:
    with phone() as browser:
        yield browser


def _room() -> tuple[Room, Vote]:
    """A room in which everybody types Arabic: a text that is proposed, voted on, agreed and frozen."""
    room = make_workshop(people={"Residents": 6, "Communities": 6}, partners=[PARTNER], step=Step.DRAFT)
    write(rename_group, who=LEADER, group_id=room.groups["Residents"], name=GROUP)
    make_proposal(room, text=PROPOSAL)
    sent = make_proposal(room, text=PROPOSAL + " ١", author=1)
    make_proposal(room, text=PROPOSAL + " ٢", author=0, is_shown=False)
    hidden = make_proposal(room, text=PROPOSAL + " ٣", author=0)
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason=REASON)
    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[sent])
    vote = make_round(room, principles=[make_principle(room, text=PRINCIPLE)], secrecy=Secrecy.NAMED)
    return room, vote


def _pages(client: TestClient, room: Room, vote: Vote) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page, from the first proposal to the end."""

    def at(path: str) -> str:
        return client.get(path).text

    hold(client, room)
    here = f"/p/{room.code}"
    yield "draft", at(f"{here}?step=draft")
    cast(vote, room.people[0], "concern", reason=REASON, may_name=True)
    yield "vote", at(here)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    close(vote)
    yield "closed", at(here)
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    yield "result", at(here)
    again = make_round(room)
    close(again)
    write(reveal_round, who=LEADER, round_id=again.round_id)
    yield "earlier rounds", at(here)
    take_room(room, Step.AGREE)
    agreement = make_agreement(room, what=AGREEMENT, first_step=FIRST_STEP, measure=REASON, owner=PARTNER)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    yield "agree", at(here)
    partner = own_page(room, PARTNER)
    yield "partner is asked", at(partner.page)
    client.post(f"{partner.page}/accept", data={"agreement": str(agreement), "answer": "accept"})
    yield "partner carries", at(partner.page)
    take_room(room, Step.SIGN)
    yield "sign", at(here)
    agenda = make_agenda(room)
    yield "frozen", at(here)
    yield "partner reads", at(partner.page)
    write(
        answer_agenda,
        agenda_id=agenda,
        partner_id=partner.id,
        answer="reserved",
        reservation=REASON,
        name=NAME,
        role=GROUP,
        consent=CONSENT,
    )
    yield "partner signed", at(partner.page)
    publish(agenda, who=LEADER, build=small_files)
    yield "public copy", at(public_page(room))
    take_room(room, Step.AGENDA)
    yield "agenda", at(here)
    take_room(room, Step.PROGRESS)
    yield "progress", at(here)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    yield "over", at(here)


def test_whatever_is_typed_runs_in_its_own_direction_on_every_page(client: TestClient) -> None:
    room, vote = _room()
    seen = {name: Page(page) for name, page in _pages(client, room, vote)}

    wrong = {
        (name, text.strip())
        for name, page in seen.items()
        for text, around in page.texts
        if not _turns(text, around)
    }
    fields = {
        (name, field.get("id"))
        for name, page in seen.items()
        for field in page.fields
        if field.get("dir") != "auto" and "code" not in (field.get("class") or "")
    }

    assert wrong == set()
    assert fields == set()
    # There was something to turn.
    assert all(seen[name].texts for name in seen if name not in ("agenda", "over"))
    assert len(rows_of(Agenda)) == 1


@pytest.mark.parametrize(("language", "expected"), [("en", "nl"), ("nl", None)])
def test_texts_in_the_language_of_the_alliance_say_so_where_the_page_speaks_another(
    client: TestClient, language: str, expected: str | None
) -> None:
    client.headers["accept-language"] = language
    room, vote = _room()
    shared = (PRINCIPLE, AGREEMENT, FIRST_STEP)
    seen = {
        (name, around[-1][1].get("lang"))
        for name, page in _pages(client, room, vote)
        for text, around in Page(page).texts
        if (text.strip("“”") in shared and around[-1][0] != "dd")
        or (name == "draft" and text == f"{PROPOSAL} ١")
    }

    assert {lang for _name, lang in seen} == {expected}
    assert {"draft", "vote", "closed", "result", "earlier rounds", "agree", "frozen", "public copy"} <= {
        name for name, _lang in seen
    }
    assert len(rows_of(Participant)) == 12


def test_a_text_has_the_lines_that_were_typed_wherever_a_phone_shows_it(
    context: BrowserContext, place: Place
) -> None:
    proposal, principle = "Praat met ons.\n\nEn luister.", "Iedereen telt.\nAltijd."
    page = join(context, place)
    take_room(place.room, Step.DRAFT)
    make_proposal(place.room, text=proposal)
    expect(page.locator("[data-part=others] [id^=text-of]")).to_be_visible(timeout=WAIT)
    proposed = page.locator("[id^=text-of]").inner_text()
    make_round(place.room, principles=[make_principle(place.room, text=principle)])
    expect(page.locator(".ask .item")).to_be_visible(timeout=WAIT)
    asked = page.locator(".ask .item").inner_text()

    assert (proposed, asked) == (proposal, principle)


def test_a_text_that_is_signed_has_the_lines_that_were_typed(sqlite: str, browser: Browser) -> None:
    room = make_workshop(people=6, partners=["Buurthuis"], step=Step.VOTE)
    principle, agreement = "Iedereen telt.\nAltijd.", "Samen eten.\nElke maand."
    vote = make_round(room, principles=[make_principle(room, text=principle)])
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)
    make_agreement(room, what=agreement, owner="Buurthuis")
    make_agenda(room)
    with phone() as client:
        frozen = client.get(own_page(room, "Buurthuis").page).text
        style = (ASSETS / "phone.css").read_text()
    page = browser.new_page()
    page.set_content(re.sub(r"<link[^>]+>|<script[^>]+></script>", "", frozen))
    page.add_style_tag(content=style)
    page.locator("summary").first.click()

    shown = page.locator(".frozen .item").all_inner_texts()
    page.close()

    assert shown == [principle, agreement]
