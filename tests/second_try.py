"""A second try for a test in a browser that the machine failed, and the lines that say so (decision 24).

`make test` loads this (`-p tests.second_try`); without it nothing is tried twice.
"""

from pathlib import Path

import pytest

# How the errors begin that come from a machine that did not keep up: a page that Playwright waited for in vain, a
# server or a browser that did not come up or broke off. What a test asserts is never among them.
OF_THE_MACHINE = [
    r"^TimeoutError: (Page|Locator|Frame|Browser|BrowserContext|BrowserType)\.",
    r"^ConnectionRefusedError",
    r"Connection refused|net::ERR_CONNECTION_REFUSED",
    r"^RuntimeError: the app did not start",
    r"^(TargetClosedError|Error): .*(Target crashed|Page crashed|browser has been closed)",
]
# Their subject is what gets lost, comes late or comes twice: a server that ends, taps, votes, typed text, news.
NEVER = {"faults", "phone"}
_WIDTH, _LINES = 160, 16
TITLE = "needed a second try: look at it"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Allow each test that drives a browser or stands behind a proxy one more try, unless it may run only once."""
    for item in items:
        if _may_be_tried_again(item):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=OF_THE_MACHINE))


def _may_be_tried_again(item: pytest.Item) -> bool:
    folders = Path(item.location[0]).parts
    needs_a_machine = item.get_closest_marker("browser") is not None or "deploy" in folders
    return needs_a_machine and NEVER.isdisjoint(folders) and item.get_closest_marker("once") is None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was tried twice, why and where, at the end: green with it is not as good as green without."""
    tried = terminalreporter.stats.get("rerun", [])
    if not tried:
        return
    terminalreporter.section(TITLE, sep="!", yellow=True, bold=True)
    for report in tried:
        why = str(getattr(report.longrepr, "reprcrash", None) and report.longrepr.reprcrash.message)
        first, *more = [line[:_WIDTH] for line in why.splitlines()] or [""]
        terminalreporter.write_line(f"{report.nodeid} ({report.when}): {first}")
        # What Playwright waited for, and where: without it nobody can tell a slow machine from a fault.
        for line in [*more[:_LINES], *_way(report)]:
            terminalreporter.write_line(f"    {line}")


def _way(report: pytest.TestReport) -> list[str]:
    """Return the lines of our tests through which it went to the error."""
    traceback = getattr(report.longrepr, "reprtraceback", None)
    places = [getattr(entry, "reprfileloc", None) for entry in getattr(traceback, "reprentries", ())]
    return [f"{place.path}:{place.lineno}" for place in places if place and "site-packages" not in place.path]
