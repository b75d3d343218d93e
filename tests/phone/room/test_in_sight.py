"""What stands where on a phone: what one came to do is in sight, and what one looks at stays there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from models.agreeing.agreement import show_agreements
from models.basics.words import RuleKind, Step
from models.storage.writing import write
from models.voting.round import set_timer
from phone.serving.assets import FOLDER
from tests.builders import (
    LEADER,
    Room,
    close,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    take_room,
)
from tests.phone.conftest import hold
from tests.phone.live_phone import WAIT, Place, add_somebody, heading, join
from tests.phone.weighing import MOST_BYTES, first_load

LONG = (
    "Wij praten met mensen en niet over mensen: wie het aangaat, zit vanaf het begin aan tafel "
    "en krijgt na afloop te horen wat er is besloten."
)
TOP = "(element) => Math.round(element.getBoundingClientRect().top)"
BOTTOM = "(element) => Math.round(element.getBoundingClientRect().bottom)"
# A keyboard's user hears what has the focus.
FOCUSED = "() => document.activeElement === document.body ? '' : document.activeElement.textContent.trim()"


def _texts(room: Room, count: int) -> list[int]:
    return [make_principle(room, text=f"{place}. {LONG[: 40 + 8 * place]}") for place in range(1, count + 1)]


def _tap(page: Page, choice: str) -> None:
    # What has just come into sight takes no tap for half a second.
    page.wait_for_timeout(550)
    page.locator(f".ask.here .vote[value={choice}]").click()
    expect(page.locator(".ask.here")).to_have_attribute("data-state", "stored", timeout=WAIT)


def _turn(page: Page, by: int = 1) -> None:
    page.wait_for_timeout(550)
    page.locator(f'[data-turn="{by}"]').click()


def _scrolled(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


class TestManyTexts:
    def test_they_are_asked_one_at_a_time_and_fold_to_a_line_at_next(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room, principles=_texts(place.room, 12))
        heading(page, "Can you live with this?")
        expect(page.locator("#each b")).to_have_text("1 of 12")
        shown = page.locator(".ask:visible")

        assert shown.count() == 1
        bar = page.locator(".nextbar").evaluate(TOP)
        # With the first the rule is read; from the second on every choice is in sight.
        if page.locator(".vote:visible").last.evaluate(BOTTOM) > bar:
            expect(page.locator(".below")).to_have_text("1 choice below")
        before = [choice.evaluate(TOP) for choice in page.locator(".vote:visible").all()]
        _tap(page, "agree")
        # Nothing folds under the finger.
        assert [choice.evaluate(TOP) for choice in page.locator(".vote:visible").all()] == before
        assert page.locator(".done").count() == 0
        expect(page.locator("#each .count")).to_have_text("1 chosen, 11 not yet")
        _turn(page)
        expect(page.locator("#each b")).to_have_text("2 of 12")
        expect(page.locator(".ask.here .item")).to_be_focused()
        assert page.locator(".vote:visible").last.evaluate(BOTTOM) <= bar
        expect(page.locator(".below")).to_be_hidden()
        assert page.locator(".done summary").all_inner_texts()[0].startswith("1")
        # A text is passed by, and comes up again when the others are answered.
        _turn(page)
        for _text in range(10):
            _tap(page, "agree")
            _turn(page)
        expect(page.locator("#each b")).to_have_text("2 of 12")
        _tap(page, "concern")
        _turn(page)
        expect(page.locator("#each b")).to_have_text("You chose on all 12. Thank you.")
        assert page.locator(".done").count() == 12
        assert page.evaluate("document.documentElement.scrollHeight") < 1800

    def test_an_answer_is_changed_from_its_line_and_unsent_words_are_told(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room, principles=_texts(place.room, 3))
        heading(page, "Can you live with this?")
        _tap(page, "concern")
        page.get_by_label("What is your concern?").locator("visible=true").fill("Wie betaalt de tolk?")
        _turn(page)
        line = page.locator(".done").first

        expect(line).to_contain_text("Your words are not sent yet.")
        line.get_by_role("button", name="Change number 1").click()
        expect(page.locator("#each b")).to_have_text("1 of 3")
        expect(page.get_by_label("What is your concern?").locator("visible=true")).to_have_value(
            "Wie betaalt de tolk?"
        )
        _tap(page, "agree")
        page.reload()
        # Whoever comes back goes on where an answer is missing.
        expect(page.locator("#each b")).to_have_text("2 of 3")
        expect(page.locator(".done")).to_have_count(1)

    def test_another_voice_begins_with_its_own_first_text(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room, principles=_texts(place.room, 3))
        heading(page, "Can you live with this?")
        _tap(page, "agree")
        _turn(page)
        add_somebody(page, "Opa Jan")

        expect(page.locator("#each b")).to_have_text("1 of 3")
        page.get_by_role("link", name="Yourself").click()
        expect(page.locator("#each b")).to_have_text("2 of 3")

    def test_without_script_each_says_which_it_is_and_leads_to_the_next(self, client: TestClient) -> None:
        room = make_workshop(people=2)
        vote = make_round(room, principles=_texts(room, 12))
        hold(client, room)

        page = client.get(f"/p/{room.code}").text

        assert "Text 4 of 12" in page
        for item, following in zip(vote.items, vote.items[1:], strict=False):
            assert re.search(
                rf'id="item-{item}".*?/ballots#item-{item}".*?href="#item-{following}"', page, re.S
            )


@pytest.mark.parametrize("size", [(360, 640), (375, 547), (390, 664)])
def test_all_choices_are_in_sight_or_the_page_says_that_there_are_more(
    browser: Browser, place: Place, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{place.address}/j/{place.room.code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Doe mee", exact=True).click()
    first = make_round(place.room, principles=[make_principle(place.room, text=LONG)])
    last = page.locator(".vote").last
    expect(last).to_be_attached(timeout=WAIT)

    # The rule is read the first time.
    expect(page.locator(".fold .facts")).to_be_visible()
    if last.evaluate(BOTTOM) > size[1]:
        expect(page.locator(".below")).to_have_text(re.compile(r"^\d keuzes? hieronder$"))
        page.locator(".below").click()
        expect(page.locator(".below")).to_be_hidden()
        assert last.evaluate(BOTTOM) <= size[1]
    close(first)
    heading(page, "De ronde is gesloten")
    make_round(place.room, principles=[make_principle(place.room, text=LONG)])
    expect(page.locator(".fold")).to_be_visible(timeout=WAIT)
    expect(page.locator(".fold .facts")).to_be_hidden()
    assert last.evaluate(BOTTOM) <= size[1]
    expect(page.locator(".below")).to_be_hidden()
    context.close()


def test_a_new_question_begins_at_its_top_and_keeps_the_focus(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room, principles=_texts(place.room, 12))
    heading(page, "Can you live with this?")
    page.locator(".vote:visible").first.focus()
    page.evaluate("scrollTo(0, 500)")

    close(vote)
    heading(page, "The round is closed")
    page.wait_for_function("() => document.activeElement !== document.body")
    assert _scrolled(page) == 0
    page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 700)")
    make_round(place.room, principles=[make_principle(place.room, text=LONG)])
    heading(page, "Can you live with this?")

    assert _scrolled(page) == 0
    assert page.evaluate(FOCUSED)


def test_going_along_puts_the_focus_on_the_question(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    take_room(place.room, Step.DRAFT)
    page.locator("#text").fill("Meer bankjes in het park")
    make_round(place.room)
    page.get_by_role("button", name="Go along").press("Enter")

    heading(page, "Can you live with this?")
    assert page.evaluate(FOCUSED) == "Can you live with this?"


def test_a_page_with_news_stands_still(context: BrowserContext, place: Place) -> None:
    for number in range(12):
        make_proposal(place.room, text=f"{number}. {LONG}")
    page = join(context, place)
    take_room(place.room, Step.AGREE)
    page.locator("#text").fill("Elke maand eten")
    expect(page.get_by_text("No agreements yet.")).to_be_attached(timeout=WAIT)
    page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 180)")
    title = page.get_by_role("heading", name="Proposals of others")
    before, field = title.evaluate(TOP), page.locator("#text").evaluate(TOP)

    agreements = [make_agreement(place.room, what=LONG) for _ in range(4)]
    write(show_agreements, who=LEADER, agreement_ids=agreements)
    expect(page.locator("[data-part=agreements] article")).to_have_count(4, timeout=WAIT)

    # Whoever types in a field keeps that where it is; whoever reads on, the line that is read.
    assert abs(page.locator("#text").evaluate(TOP) - field) <= 1
    page.locator("#text").evaluate("(field) => { field.value = ''; field.blur(); }")
    title.evaluate("(line) => scrollBy(0, line.getBoundingClientRect().top - 20)")
    before = title.evaluate(TOP)
    write(show_agreements, who=LEADER, agreement_ids=[make_agreement(place.room, what=LONG)])
    expect(page.locator("[data-part=agreements] article")).to_have_count(5, timeout=WAIT)
    assert abs(title.evaluate(TOP) - before) <= 1


def test_with_twenty_agreements_the_form_is_on_the_first_screen(
    context: BrowserContext, place: Place
) -> None:
    agreements = [make_agreement(place.room, what=f"{number}. {LONG}") for number in range(20)]
    write(show_agreements, who=LEADER, agreement_ids=agreements)
    page = join(context, place)
    take_room(place.room, Step.AGREE)
    expect(page.locator("[data-part=agreements] article")).to_have_count(20, timeout=WAIT)

    assert page.locator("#send").evaluate(BOTTOM) < 844
    assert page.evaluate("document.documentElement.scrollHeight") < 5500
    # What is open stays so when another comes.
    page.locator(".whole").nth(2).locator("summary").first.click()
    write(show_agreements, who=LEADER, agreement_ids=[make_agreement(place.room, what="Samen eten.")])
    expect(page.locator("[data-part=agreements] article")).to_have_count(21, timeout=WAIT)
    expect(page.locator(".whole[open]")).to_have_count(1)


def test_who_listens_hears_that_a_reason_is_asked_and_that_it_came_in(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    make_round(place.room)
    heading(page, "Can you live with this?")
    page.locator(".vote[value=concern]").press("Enter")

    expect(page.locator("#say")).to_contain_text("What is your concern?")
    expect(page.locator(".vote[value=concern]")).to_be_focused()
    for _key in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_label("What is your concern?")).to_be_focused()
    page.keyboard.type("Wie betaalt?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_have_text("We have your words.", timeout=WAIT)


def test_the_timer_counts_what_passed_however_the_clock_is_set(context: BrowserContext, place: Place) -> None:
    context.add_init_script(
        "const real = Date.now; window.ahead = 0; Date.now = () => real() + window.ahead;"
    )
    page = join(context, place)
    vote = make_round(place.room)
    write(set_timer, who=LEADER, round_id=vote.round_id, minutes=5)
    expect(page.locator(".timer")).to_contain_text("left to vote", timeout=WAIT)

    page.evaluate("window.ahead = 3600000")
    page.wait_for_timeout(1100)

    expect(page.locator(".timer")).to_contain_text(re.compile(r"4:\d\d left to vote"))


def test_full_and_empty_dots_differ_where_colours_are_forced(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    make_round(place.room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=5)
    page.emulate_media(forced_colors="active")
    page.locator("[data-step='1']").first.click()
    expect(page.locator(".pips .on")).to_have_count(1, timeout=WAIT)

    full, empty = (
        page.locator(pip).first.evaluate("(pip) => getComputedStyle(pip).borderTopWidth")
        for pip in (".pips .on", ".pips i:not(.on)")
    )

    assert full != empty


@pytest.mark.parametrize("width", [390, 320])
def test_a_code_of_eight_characters_has_room_at_twice_the_size(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.set_content(
        f"<style>{(FOLDER / 'phone.css').read_text()}html{{font-size:200%}}</style>"
        '<main><input type="text" class="code" value="RH4KT7ND"></main>'
    )

    needed, has = page.locator("input").evaluate("(field) => [field.scrollWidth, field.clientWidth]")
    page.close()

    assert needed <= has


def test_icons_stand_apart_from_their_words_where_a_browser_knows_no_gap(
    browser: Browser, client: TestClient
) -> None:
    room = make_workshop(people=2)
    make_round(room)
    hold(client, room)
    # As a browser of before 2021 reads it: no gap in a row of boxes, and the rules for those that know none.
    style = (FOLDER / "phone.css").read_text().replace("@supports not (inset:0)", "@media all")
    old = re.sub(r"([;{])gap:[^;}]+", r"\1", style)
    page = browser.new_page()
    page.set_content(
        f"<style>{old}</style>" + re.sub(r"<(link|script)[^>]*>", "", client.get(f"/p/{room.code}").text)
    )

    touching = page.evaluate(
        """() => [...document.querySelectorAll("main .i, main .symbol")].filter((icon) => {
          const words = document.createRange(), box = icon.getBoundingClientRect();
          if (!icon.nextSibling || !box.width) return false;
          words.selectNode(icon.nextElementSibling ?? icon.nextSibling);
          const next = words.getBoundingClientRect();
          return next.width && next.top < box.bottom && next.left - box.right < 4;
        }).map((icon) => icon.parentElement.textContent.trim())"""
    )
    page.close()

    assert touching == []


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("terms", [{}, {"method": "dots", "rule": RuleKind.TOP, "top": 1, "budget": 5}])
def test_each_icon_of_a_vote_is_drawn_once_in_whole_units(
    client: TestClient, terms: dict[str, Any], items: int
) -> None:
    room = make_workshop(people=2)
    make_round(room, items=max(items, 2) if terms else items, **terms)
    hold(client, room)

    page = client.get(f"/p/{room.code}").text
    drawn = re.findall(r'<symbol id="i-(\w+)"[^>]*><path d="([^"]+)"', page)

    assert set(re.findall(r'href="#i-(\w+)"', page)) <= {name for name, _path in drawn}
    assert len({name for name, _path in drawn}) == len(drawn) > 0
    assert not any("." in path for _name, path in drawn)
    marks = re.findall(r'<symbol id="m-(\w+)"', page)
    assert set(re.findall(r'href="#m-(\w+)"', page)) == set(marks)
    assert marks == ([] if terms else ["agree", "concern", "objection"])


def test_a_vote_and_all_that_it_loads_weigh_at_most_25_kilobytes(client: TestClient) -> None:
    room = make_workshop(people=6)
    make_round(room)
    hold(client, room)

    weights = first_load(client, f"/p/{room.code}")

    assert len(weights) == 4
    assert sum(weights.values()) <= MOST_BYTES
