"""Opens the facilitators' pages without a browser, signed in or not."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from models.basics.keys import new_token
from models.installation.installation import sign_in
from models.storage.database import reading
from models.storage.writing import write
from models.who_may_see import COOKIES, Role
from models.workshop.workshop import make_table_host_link, read_workshop, table_host_token
from pages.parts.frame.whole_page import told_at_the_foot
from tests.builders import LEADER, Room

NAVIGATION = Path(__file__).resolve().parents[2] / "pages" / "navigation.py"
SECONDS = 30


def give_cookies(monkeypatch: pytest.MonkeyPatch, **cookies: str) -> None:
    """Let the page see these cookies."""
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _context: cookies))


def sign_in_as(name: str, monkeypatch: pytest.MonkeyPatch, *, language: str = "en") -> str:
    """Sign a facilitator in, in a browser that reads `language`; return the token."""
    token = new_token()
    write(sign_in, name=name, token=token)
    give_cookies(monkeypatch, handslag_lead=token, language=language)
    return token


def host_a_table(room: Room, monkeypatch: pytest.MonkeyPatch, *, language: str = "en") -> None:
    """Let this browser hold the room's link for table hosts."""
    write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    with reading() as session:
        token = table_host_token(read_workshop(session, room.workshop_id))
    give_cookies(monkeypatch, language=language, **{COOKIES[Role.TABLE_HOST]: token})


def opened(page: str = "home.py", **query: str) -> AppTest:
    """Return a page that has run to its end, opened by its address in a window of its own: no other ran before it."""
    told_at_the_foot.clear()
    app = AppTest.from_file(str(NAVIGATION), default_timeout=SECONDS)
    for key, value in query.items():
        app.query_params[key] = value
    if page != "home.py":
        # Before its first run Streamlit knows a page by the name of its file, which is its address here.
        app.switch_page(page)
    return app.run()


def said(app: AppTest) -> str:
    """Return the same as `words`, as a person reads it."""
    return words(app).replace("\\", "")


def words(app: AppTest) -> str:
    """Return all text that Streamlit draws on a page, for a look at what is there."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.warning, app.error, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def html(app: AppTest) -> str:
    """Return the HTML of our own that a page draws: tables, matrices, links."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def open_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every fold stand open that draws its content only then; a test without a browser cannot tap one."""
    monkeypatch.setattr(ExpanderContainer, "open", property(lambda _fold: True, lambda _fold, _is_open: None))


def undo(app: AppTest) -> Button:
    """Return the button of the message at the foot of a page that takes back what was just done."""
    return next(button for button in app.button if str(button.key).startswith("undo_"))


def downloads(app: AppTest) -> list[tuple[str, str]]:
    """Return label and address of each file that a page offers, from top to bottom."""
    offered = []
    for node in app.main:
        if node.type == "html":
            found = re.findall(
                r'<a class="[^"]*download" href="([^"]*)".*?</span>(.*?)</a>', str(node.proto.body)
            )
            offered += [(unescape(label), unescape(address)) for address, label in found]
        elif node.type == "bidi_component" and node.proto.component_name == "handslag_slow_download":
            slow = json.loads(node.proto.json)
            offered.append((slow["label"], slow["address"]))
    return offered


def bar(app: AppTest) -> dict[str, Any]:
    """Return what the live bar says on a page as it was drawn."""
    [drawn] = [one for one in app.get("bidi_component") if one.proto.component_name == "handslag_live_bar"]
    said: dict[str, Any] = json.loads(json.loads(drawn.proto.json)["now"])
    return said


def press_next(app: AppTest, room: Any, *, step: str | None = None, meaning: str | None = None) -> AppTest:
    """Press the next action of the bar that stands on a page, or the way to `step`, and run the page again.

    A test without a browser has no script of the bar: the callback runs in a window of its own, which is returned.
    """
    pressing = AppTest.from_function(_pressing, default_timeout=SECONDS)
    if "more_voices_drawn" in app.session_state:
        tick, _ = app.session_state["more_voices_drawn"]
        for key in ("more_voices_drawn", tick):
            pressing.session_state[key] = app.session_state[key]
    pressing.session_state["pressed"] = (room.workshop_id, meaning or bar(app)["meaning"], step)
    pressing.run()
    pressing.button(key="press").click().run()
    app.run()
    return pressing


def _pressing() -> None:
    import streamlit as st

    from pages.parts.frame.acting import show_refusal
    from pages.parts.steering.deeds import do_next

    workshop_id, meaning, step = st.session_state["pressed"]
    show_refusal()
    st.button(
        "press", key="press", on_click=do_next, args=(workshop_id,), kwargs={"meaning": meaning, "step": step}
    )
