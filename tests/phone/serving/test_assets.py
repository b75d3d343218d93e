"""Files that never change under their address."""

import gzip
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from phone.serving.assets import asset_url, style_url
from tests.phone.conftest import open_phone


@pytest.fixture
def browser(sqlite: str) -> Iterator[TestClient]:
    with open_phone() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "kind"),
    [("phone.css", "text/css"), ("phone.js", "text/javascript"), ("mark.svg", "image/svg+xml")],
)
def test_an_asset_is_kept_for_ever_and_sent_compressed(browser: TestClient, name: str, kind: str) -> None:
    answer = browser.get(asset_url(name), headers={"accept-encoding": "gzip"})
    plain = browser.get(asset_url(name), headers={"accept-encoding": "identity"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith(kind)
    assert answer.content == plain.content
    assert "content-encoding" not in plain.headers


def test_an_old_hash_gets_the_file_of_today_but_nobody_keeps_it(browser: TestClient) -> None:
    answer = browser.get("/assets/000000000000/phone.css")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["nothing.css", "..%2fassets.py", "accent-zzzzzz.css", "phone.txt"])
def test_what_is_no_asset_is_404(browser: TestClient, name: str) -> None:
    assert browser.get(f"/assets/000000000000/{name}").status_code == 404


def test_our_own_colour_needs_no_sheet_of_its_own() -> None:
    assert style_url(None) == style_url("#17513f") == style_url("no colour") == asset_url("phone.css")
    assert style_url("#E2001A").endswith("/accent-e2001a.css")


def test_script_and_styles_of_a_phone_stay_small(browser: TestClient) -> None:
    served = [browser.get(asset_url(name)).content for name in ("phone.css", "phone.js")]
    sizes = [len(gzip.compress(content, 9)) for content in served]

    assert sum(sizes) < 16_000


def test_what_an_evening_needs_beside_comes_in_one_file_with_the_phones_own(browser: TestClient) -> None:
    own = browser.get(asset_url("phone.js")).text
    evening = browser.get(asset_url("tables.js")).text

    assert evening.startswith(own)
    assert "data-until" in evening.removeprefix(own)
