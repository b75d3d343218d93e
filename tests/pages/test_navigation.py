"""Who sees which pages."""

from itertools import count
from typing import Any

import pytest

from models.basics.keys import new_token
from models.installation.installation import SignedIn, sign_in, sign_out
from models.storage.writing import write
from models.who_may_see import PAGES
from models.workshop.workshop import withdraw_table_host_link
from pages.parts.frame import acting
from tests.builders import LEADER, make_workshop
from tests.pages.opened import give_cookies, host_a_table, html, opened, sign_in_as, words

OF_THE_MEETING = ("prepare.py", "room.py", "draft.py", "vote.py", "agree.py", "sign.py", "agenda.py")


@pytest.mark.usefixtures("sqlite")
def test_who_is_not_signed_in_is_asked_to_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    give_cookies(monkeypatch, language="en")

    app = opened()

    assert [title.value for title in app.title] == ["Sign in to lead"]
    assert not app.exception


@pytest.mark.usefixtures("sqlite")
def test_a_cookie_of_a_sign_in_that_ended_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign_in_as("Iris", monkeypatch)
    assert [title.value for title in opened().title] == ["Welcome, Iris"]

    write(sign_out, token=token)

    assert [title.value for title in opened().title] == ["Sign in to lead"]


@pytest.mark.usefixtures("sqlite")
def test_who_signs_out_elsewhere_while_a_page_is_drawn_is_asked_to_sign_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = sign_in_as("Iris", monkeypatch)
    look = acting.leader_or_none

    def look_after_signing_out() -> SignedIn | None:
        write(sign_out, token=token)
        return look()

    monkeypatch.setattr(acting, "leader_or_none", look_after_signing_out)
    app = opened()

    assert not app.exception
    assert [title.value for title in app.title] == ["Sign in to lead"]


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("looks", [2, 4, 6])
def test_who_signs_out_elsewhere_between_two_parts_of_a_page_sees_nothing_of_it_any_more(
    looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=2)
    token = sign_in_as("Iris", monkeypatch)
    look, looked = acting.leader_or_none, count(1)

    def look_and_sign_out() -> SignedIn | None:
        if next(looked) == looks:
            write(sign_out, token=token)
        return look()

    monkeypatch.setattr(acting, "leader_or_none", look_and_sign_out)
    app = opened("room.py", workshop=room.code)

    assert not app.exception
    assert next(looked) > looks
    assert [title.value for title in app.title] == ["Sign in to lead"]


@pytest.mark.usefixtures("sqlite")
def test_a_link_that_ends_between_two_parts_of_a_page_leaves_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=2)
    host_a_table(room, monkeypatch)
    look, looked = acting.visitor_to, count(1)

    def look_and_withdraw(*told: Any, **more: Any) -> Any:
        if next(looked) == 2:
            write(withdraw_table_host_link, who=LEADER, workshop_id=room.workshop_id)
        return look(*told, **more)

    monkeypatch.setattr(acting, "visitor_to", look_and_withdraw)
    app = opened("table.py")

    assert not app.exception
    assert next(looked) > 2
    assert [title.value for title in app.title] == ["This link has ended"]


@pytest.mark.usefixtures("sqlite")
def test_signing_out_ends_the_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)
    app = opened()

    app.button(key="sign_out").click().run()

    assert [title.value for title in app.title] == ["Sign in to lead"]


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("page", OF_THE_MEETING)
def test_every_page_of_the_meeting_opens_with_one_heading(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_workshop(people=6)
    sign_in_as("Iris", monkeypatch)

    app = opened(page)

    assert not app.exception
    assert len(app.title) + html(app).count("<h1") == 1


@pytest.mark.usefixtures("sqlite")
def test_the_pages_speak_the_language_of_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_token()
    write(sign_in, name="Iris", token=token)

    give_cookies(monkeypatch, handslag_lead=token, language="nl")

    assert "Welkom, Iris" in words(opened())


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("table", "paper")])
def test_a_table_hosts_window_shows_no_page_of_who_leads(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6)
    host_a_table(room, monkeypatch)

    app = opened(f"{page or 'home'}.py", workshop=room.code)

    assert not app.exception
    assert [title.value for title in app.title] == ["This link does not open that page."]


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("page", ["table.py", "paper.py"])
def test_a_table_hosts_window_ends_with_its_link(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6)
    host_a_table(room, monkeypatch)
    app = opened(page)
    before = [title.value for title in app.title]

    write(withdraw_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    app.run()

    assert before in (["Proposals of a table"], ["Paper votes"])
    assert [title.value for title in app.title] == ["This link has ended"]
