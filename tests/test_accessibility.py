"""What tests take for enough contrast: whoever fails the least is told just as who fails the strictest."""

from playwright.sync_api import Browser

from tests.accessibility import AA, AAA, CONTRAST, violations

PAGE = (
    "<!doctype html><html lang=nl><title>Kleuren</title><main><h1>Kleuren</h1>"
    "<p id=faint style='color:#999;background:#fff'>Nauwelijks te lezen</p>"
    "<p id=less style='color:#666;background:#fff'>Te lezen voor wie goed ziet</p>"
    "<p id=enough style='color:#000;background:#fff'>Te lezen</p></main>"
)


def test_contrast_that_is_far_too_low_is_told_as_well_as_what_is_nearly_enough(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PAGE)

    told = {name: [html[:8] for _, html in violations(page, rules)] for name, rules in RULES.items()}
    page.close()

    assert told == {
        "AA": ['<p id="f'],
        "AAA": ['<p id="f', '<p id="l'],
        "contrast": ['<p id="f', '<p id="l'],
    }


RULES = {"AA": AA, "AAA": AAA, "contrast": CONTRAST}
