"""What axe-core finds on a page that a browser shows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Of WCAG 2.2, and axe's best practice. What is ours meets AAA too, as far as axe can tell; Streamlit's widgets AA.
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AAA = [*AA, "wcag2aaa"]
# What meets AAA's contrast meets AA's: where AAA is asked, each text is measured once, against 7:1 (large text 4.5:1).
# As it comes, axe leaves what fails AA to the rule of AA.
STRICTER, LESS_STRICT = "color-contrast-enhanced", "color-contrast"
AXE = AXE_SCRIPT.replace("expected:7,minThreshold:4.5", "expected:7").replace(
    "expected:4.5,minThreshold:3", "expected:4.5"
)
CONTRAST = [STRICTER]
# Every rule is applied to every element; but only what is wrong is described. Of what is right its name is enough: to
# make an address for each of its elements took most of the time.
RUN = """async (options) => {
  const seen = await axe.run(options);
  return {
    lookedAt: [...seen.passes, ...seen.incomplete, ...seen.violations].map((rule) => rule.id),
    violations: seen.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html.slice(0, 200)])),
  };
}"""
# What moves at a change of colours or of width has to stand still before anybody judges it.
AT_REST = """() => Promise.all(document.getAnimations()
  .filter((each) => each.effect.getTiming().iterations !== Infinity)
  .map((each) => each.finished.catch(() => {})))"""
Scheme = Literal["light", "dark"]
EVERY_WAY: tuple[tuple[int, Scheme], ...] = ((320, "light"), (320, "dark"), (390, "dark"), (390, "light"))


def seen_in(page: Page, ways: Iterable[tuple[int, Scheme]] = EVERY_WAY) -> Iterator[tuple[int, Scheme]]:
    """Show the page in each width and colours, and yield which: one walk through the pages is enough for all."""
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AT_REST)
        yield width, scheme


def violations(page: Page, rules: Sequence[str] = AAA) -> list[tuple[str, str]]:
    """Return each violation of `rules` or sets of rules: the rule, and the beginning of the element's HTML.

    Raises `AssertionError` where axe took all text for hidden: then it found nothing because it looked at nothing.
    """
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE)
    is_strict = "wcag2aaa" in rules or STRICTER in rules
    left_out = {LESS_STRICT: {"enabled": False}} if is_strict else {}
    seen = page.evaluate(RUN, {"runOnly": list(rules), "rules": left_out, "resultTypes": ["violations"]})
    assert (STRICTER if is_strict else LESS_STRICT) in seen["lookedAt"], f"axe saw no text on {page.url}"
    return [(rule, html) for rule, html in seen["violations"]]
