"""What axe-core finds on a page that a browser shows."""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Of WCAG 2.2, and axe's best practice. What is ours meets AAA too, as far as axe can tell; Streamlit's widgets AA.
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AAA = [*AA, "wcag2aaa"]
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
# Every rule is applied to every element; but only what is wrong is described. Of what is right its name is enough: to
# make an address for each of its elements took most of the time.
RUN = """async (options) => {
  const seen = await axe.run(options);
  return {
    lookedAt: [...seen.passes, ...seen.incomplete, ...seen.violations].map((rule) => rule.id),
    violations: seen.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html.slice(0, 200)])),
  };
}"""


def violations(page: Page, rules: Sequence[str] = AAA) -> list[tuple[str, str]]:
    """Return each violation of `rules` or sets of rules: the rule, and the beginning of the element's HTML.

    Raises `AssertionError` where axe took all text for hidden: then it found nothing because it looked at nothing.
    """
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE_SCRIPT)
    seen = page.evaluate(RUN, {"runOnly": list(rules), "resultTypes": ["violations"]})
    assert "color-contrast" in seen["lookedAt"], f"axe saw no text on {page.url}"
    return [(rule, html) for rule, html in seen["violations"]]
