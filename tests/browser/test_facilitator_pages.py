"""A facilitator's pages in a real browser: without an English word in Dutch, and for everybody's ears and eyes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import AA, violations
from tests.examples import Examples
from tests.exports.pictures import LOGO_SVG, svg
from tests.serving import Server
from tests.waiting import PATIENCE, at_rest, lead_page_stands, until

PAGES = ["", "prepare", "room", "draft", "vote", "agree", "sign", "agenda", "progress", "events"]
ENGLISH = [
    "App pages",
    "Choose date",
    "Clear value",
    "Decrement",
    "Increment",
    "Main menu",
    "Navigate to home page",
    "Open",
]
IS_DUTCH = r"""(english) => [...document.querySelectorAll("[aria-label]")]
  .map((one) => one.getAttribute("aria-label"))
  .every((label) => !english.includes(label) && !label.includes("\\") && !label.endsWith(" icon"))
  && !/Skip to main content|opens in new tab/.test(document.body.textContent)"""
# After its last beat nothing is heard on the stream, however long it takes until the next is due.
DIES = """(() => {
  const Real = window.EventSource;
  window.EventSource = function (url) {
    const source = new Real(url);
    let isDead = false;
    for (const kind of ["open", "beat", "change"]) {
      source.addEventListener(kind, (event) => { if (isDead) event.stopImmediatePropagation(); });
    }
    window.lastBeat = () => { source.dispatchEvent(new MessageEvent("beat")); isDead = true; };
    return source;
  };
})()"""
# Streamlit's own, without a way to mend them from here.
NOT_OURS = {"presentation-role-conflict"}


@pytest.fixture(scope="module")
def town_hall(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with the example at signing, and the code of its meeting."""
    with examples.showing(tmp_path_factory.mktemp("pages"), "sign") as (server, made):
        yield server, made["code"]


@pytest.fixture(scope="module")
def window(browser: Browser, town_hall: tuple[Server, str]) -> Iterator[Page]:
    """The facilitator's window, signed in, in Dutch."""
    server, _ = town_hall
    page = sign_in(browser, server)
    yield page
    page.context.close()


def sign_in(browser: Browser, server: Server, *, name: str = "Sanne de Boer") -> Page:
    """Return an empty window of its own, signed in, in Dutch. The form itself is filled in by `test_main_job.py`."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
    context.set_default_timeout(PATIENCE)
    cookie, _, value = server.sign_in(name).partition("=")
    context.add_cookies([{"name": cookie, "value": value, "url": server.room_url}])
    return context.new_page()


def opened(window: Page, town_hall: tuple[Server, str], path: str) -> Page:
    server, code = town_hall
    window.goto(f"{server.room_url}/lead/{path}?workshop={code}")
    lead_page_stands(window)
    return window


def lasting_violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds. News can be drawing the page again at that moment: what stays is looked at twice more."""
    found: list[tuple[str, str]] = []
    for _ in range(3):
        found = [broken for broken in violations(page, AA) if broken[0] not in NOT_OURS]
        if not found:
            return []
        at_rest(page)
        page.wait_for_timeout(1000)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_for_axe_and_speaks_dutch_to_a_screen_reader(
    window: Page, town_hall: tuple[Server, str], path: str
) -> None:
    page = opened(window, town_hall, path)

    # The words are mended once the page is drawn.
    page.wait_for_function(IS_DUTCH, arg=ENGLISH, timeout=PATIENCE)

    assert lasting_violations(page) == []
    expect(page.locator("h1:visible")).to_have_count(1)


def test_an_agreement_is_chosen_by_keyboard_and_on_a_narrow_screen_its_card_comes_into_sight(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "progress")
    row = page.locator("table.followed [data-choose='6']")
    row.press("Enter")
    expect(page.locator("[data-about='6']")).to_be_visible(timeout=PATIENCE)
    expect(row).to_be_focused()
    expect(row).to_have_attribute("aria-pressed", "true")

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("table.followed [data-choose='2']").click()

    heading = page.get_by_role("heading", name="Bel Annelies Dijkgraaf")
    expect(heading).to_be_focused(timeout=PATIENCE)
    expect(heading).to_be_in_viewport()
    assert lasting_violations(page) == []
    page.get_by_role("button", name="Terug naar de lijst").click()
    expect(page.locator("table.followed [data-choose='2']")).to_be_focused()
    expect(page.locator("table.followed [data-choose='2']")).to_be_in_viewport()
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_language_of_the_page_is_told(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "room")

    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_the_buttons_beside_a_number_are_named_in_dutch(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "vote")
    page.get_by_text("Op een andere manier stemmen").click()

    expect(page.get_by_label("Eén meer").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(IS_DUTCH, arg=ENGLISH, timeout=PATIENCE)
    assert lasting_violations(page) == []


def test_an_address_without_a_page_is_told_in_dutch(window: Page, town_hall: tuple[Server, str]) -> None:
    server, _ = town_hall
    window.goto(f"{server.room_url}/lead/bestaat-niet")

    told = window.get_by_role("dialog")
    expect(told.get_by_role("heading", name="Deze pagina bestaat niet")).to_be_visible(timeout=PATIENCE)
    expect(told).to_contain_text("Daarom staat hier de alliantie.")


def test_signing_out_in_one_window_closes_the_other_by_itself(
    browser: Browser, town_hall: tuple[Server, str]
) -> None:
    server, code = town_hall
    one = sign_in(browser, server)
    other = opened(one.context.new_page(), town_hall, "sign")
    one.goto(server.room_url + "/sign-out")
    one.get_by_role("main").get_by_role("button", name="Afmelden").click()
    one.wait_for_url(server.room_url + "/")

    # Somebody who comes in makes news, so that the test need not wait for the next beat.
    one.goto(f"{server.room_url}/j/{code}")
    one.locator("[name=group]").last.check()
    one.get_by_role("main").get_by_role("button").first.click()

    expect(other.get_by_role("heading", name="Meld u aan om te leiden")).to_be_visible(timeout=PATIENCE)
    one.context.close()


def test_a_page_whose_network_died_without_an_error_hears_the_room_again(
    browser: Browser, town_hall: tuple[Server, str]
) -> None:
    server, _ = town_hall
    page = sign_in(browser, server)
    page.add_init_script(DIES)
    page.context.clock.install()
    streams: list[str] = []
    page.on("request", lambda request: streams.append(request.url) if "/live" in request.url else None)
    with page.expect_response("**/live?as=page"):
        opened(page, town_hall, "sign")

    # Each beat puts it off; without one it takes 40 seconds.
    page.evaluate("window.lastBeat()")
    page.clock.fast_forward(25_000)
    before = len(streams)
    page.clock.fast_forward(20_000)

    until(page, lambda: len(streams) == 2)
    assert before == 1
    page.context.close()


def test_a_logo_is_seen_with_the_name_of_the_alliance_and_what_is_none_is_refused_beside_the_field(
    window: Page, town_hall: tuple[Server, str], tmp_path: Path
) -> None:
    good, bad = tmp_path / "logo.svg", tmp_path / "script.svg"
    good.write_bytes(LOGO_SVG)
    bad.write_bytes(svg("<script>alert(1)</script>"))
    card = opened(window, town_hall, "prepare").locator(".st-key-card_logo")

    card.locator("input[type=file]").set_input_files(bad)
    expect(card.get_by_role("alert")).to_contain_text("In deze tekening zit een script", timeout=PATIENCE)
    card.locator("input[type=file]").set_input_files(good)

    shown = card.get_by_role("img", name="Alliantie Samen Merenveld")
    expect(shown).to_have_js_property("complete", True, timeout=PATIENCE)
    expect(shown).not_to_have_js_property("naturalWidth", 0)
    expect(window.locator(".st-key-foot")).to_contain_text("Documenten tonen vanaf nu dit logo.")


def test_a_file_that_is_made_now_is_stored_under_its_own_name(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "agenda")

    with page.expect_download(timeout=PATIENCE) as stored:
        page.get_by_role("link", name="Download de alliantieagenda (Word)").click()

    assert stored.value.suggested_filename == "alliantieagenda-merenveld-1.docx"
