"""Who sees which pages. The main script of Streamlit: it runs at every change of a page."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from exports.sentences import step_name
from models.storage.database import reading
from models.who_may_see import PAGES, Role, roles_of_page, visitors
from models.workshop.programme import BLOCKS, programme
from pages.parts.frame.acting import (
    ask_to_sign_in,
    leader_or_none,
    say_that_it_is_not_for_them,
    tokens,
)
from pages.parts.frame.chrome import chrome, messages, style
from pages.parts.frame.coming_back import draws_the_page_when_it_is_back
from pages.parts.frame.in_sight import begin_at_the_top
from pages.parts.frame.opening import note_page
from pages.parts.frame.room_now import block_at_hand
from pages.parts.frame.whole_page import page_changes
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.home.where import ALLIANCE
from pages.parts.leading.lead_steps import LEADING
from pages.parts.steering.live_bar import frame

FOLDER = Path(__file__).resolve().parent


def facilitator_pages(block: str) -> list[st.Page]:
    """Return the pages of who leads a meeting of a block, in the order of the meeting.

    The projector fills a window of its own, without a way back: the menu opens it beside this one.
    """
    pages = [
        st.Page("home.py", title=_("Alliance"), icon=":material/home:", default=True),
        st.Page("plan.py", title=_("Plan of approach"), icon=":material/route:", url_path="plan"),
        st.Page("startfoto.py", title=_("Baseline"), icon=":material/photo_camera:", url_path="startfoto"),
        st.Page("second_photo.py", title=_("Second photo"), url_path="second_photo", visibility="hidden"),
        st.Page(
            "mediation.py",
            title=_("Mediation"),
            icon=":material/balance:",
            url_path="mediation",
            visibility="hidden",
        ),
        st.Page("prepare.py", title=_("Prepare"), icon=":material/event:", url_path="prepare"),
        st.Page("room.py", title=_("Lead"), icon=":material/play_arrow:", url_path="room"),
        *step_pages(block),
        st.Page("events.py", title=_("What happened"), url_path="events", visibility="hidden"),
        st.Page("paper.py", title=_("Paper votes"), url_path="paper", visibility="hidden"),
        st.Page("table.py", title=_("Proposals of a table"), url_path="table", visibility="hidden"),
        st.Page("projector.py", title=_("Projector"), url_path="projector", visibility="hidden"),
    ]
    here = urlsplit(st.context.url or "")
    if here.netloc:
        pages.append(
            st.Page(
                f"{here.scheme}://{here.netloc}/lead/projector",
                title=_("Projector"),
                icon=":material/desktop_windows:",
                url_path="projector-window",
            )
        )
    return pages


def step_pages(at_hand: str) -> list[st.Page]:
    """Return the pages of the steps of every block, those of the block at hand first. The bar leads to them."""
    found: dict[str, st.Page] = {}
    for block in (programme(at_hand), *BLOCKS.values()):
        for step in block.steps:
            page = LEADING.of(block.name, step.name).page
            if page is not None and page.file not in found:
                found[page.file] = st.Page(
                    page.file,
                    title=page.title() if page.title else step_name(block.name, step.name, language()),
                    url_path=page.path,
                    visibility="hidden",
                )
    return list(found.values())


def pages_by_link(role: Role | None) -> list[st.Page]:
    """Return the same addresses for who came by a link, None for who came by nothing: what is not theirs says so."""
    titles = {"table": _("Proposals"), "paper": _("Paper votes"), "projector": _("Projector")}

    def closed() -> None:
        if role is None:
            ask_to_sign_in()
        else:
            say_that_it_is_not_for_them(role)

    pages = [st.Page(closed, title=_("Sign in"), url_path="sign-in", default=True)]
    for path, roles in PAGES.items():
        if role in roles:
            pages.append(st.Page(f"{path}.py", title=titles[path], url_path=path))
        elif path:
            pages.append(st.Page(closed, title=_("Sign in"), url_path=path))
    return pages


def came_as() -> Role | None:
    """Return as whom this browser comes to the page that it asks for; None where nothing that it shows stands."""
    asked = urlsplit(st.context.url or "").path.removeprefix("/lead").strip("/")
    with reading() as session:
        standing = visitors(session, tokens())
    fitting = [one.role for one in standing if one.role in roles_of_page(asked)]
    return next(iter(fitting or [one.role for one in standing]), None)


page_changes()
# Before the navigation, which else asks a font server of others for the page's icon.
st.set_page_config(page_title="Handslag", page_icon=str(FOLDER / "static" / "mark.svg"), layout="wide")
role = came_as()
leader = leader_or_none()
if leader is None and role is Role.FACILITATOR:
    # Signed out elsewhere between these two looks.
    role = None
leads = leader is not None and role is Role.FACILITATOR
pages = facilitator_pages(block_at_hand(leader)) if leader is not None and leads else pages_by_link(role)
is_projector = (st.context.url or "").split("?")[0].rstrip("/").endswith("/projector")
page = st.navigation(pages, position="top" if leads and not is_projector else "hidden")
st.set_page_config(page_title=_("{page} · Handslag").format(page=page.title))
draws_the_page_when_it_is_back()
if page.url_path == "projector":
    page.run()
else:
    style()
    chrome(is_signed_in=leads)
    if leader is not None and leads:
        frame(leader, page.url_path)
    messages()
    note_page(page.url_path)
    begin_at_the_top(f"{page.url_path} {st.query_params.get(ALLIANCE, '')}")
    page.run()
