"""What axe-core finds on a page that a browser shows."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Of WCAG 2.2, and axe's best practice. What is ours meets AAA too, as far as axe can tell; Streamlit's widgets AA.
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AAA = [*AA, "wcag2aaa"]
CONTRAST = ["color-contrast", "color-contrast-enhanced"]


def violations(page: Page, rules: Sequence[str] = AAA) -> list[tuple[str, str]]:
    """Return each violation of `rules` or sets of rules: the rule, and the beginning of the element's HTML.

    Raises `AssertionError` where axe took all text for hidden: then it found nothing because it looked at nothing.
    """
    seen = Axe().run(page, options={"runOnly": list(rules)}).response
    looked_at = {rule["id"] for kind in ("passes", "incomplete", "violations") for rule in seen[kind]}
    assert "color-contrast" in looked_at, f"axe saw no text on {page.url}"
    return [(rule["id"], node["html"][:200]) for rule in seen["violations"] for node in rule["nodes"]]
