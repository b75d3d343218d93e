"""Joining on a small phone: two taps on the first screen, and what was filled in goes along to another language."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.accessibility import violations
from tests.builders import make_workshop
from tests.phone.live_phone import Place

GROUPS = ("Bewoners", "Gemeenschappen", "Organisaties", "Gemeente", "Ondernemers")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (390, 664)])
def test_with_five_groups_one_joins_with_two_taps_on_the_first_screen(
    context: BrowserContext, place: Place, width: int, height: int
) -> None:
    room = make_workshop(people=dict.fromkeys(GROUPS, 1))
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{place.address}/j/{room.code}")
    group, join = page.get_by_label("Gemeenschappen", exact=True).first, page.locator("main .btn").first

    for tapped in (group, join):
        box = tapped.bounding_box()
        assert box is not None and box["y"] + box["height"] <= height

    page.get_by_label("Your name").fill("Zoë van Dam")
    group.check()
    assert violations(page) == []
    page.get_by_role("button", name="NL:").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_label("Uw naam")).to_have_value("Zoë van Dam")
    expect(page.get_by_label("Gemeenschappen", exact=True).first).to_be_checked()
    page.get_by_label("Uw naam").press("Enter")
    expect(page).to_have_url(f"{place.address}/p/{room.code}")
