"""Who leads here, and writing in that name.

    leader = facilitator()
    if act(change_workshop, workshop_id=room.workshop.id, venue=venue, …):
        st.rerun()

In a widget's callback the same call works; the page runs again by itself after it. `act_on_click` is the same for a
widget that calls it itself, `act_then` empties a form with it, and `act_on_fields` names the field in the way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st
from markupsafe import escape

from exports.sentences import error_sentence
from models.basics.errors import DomainError, NotForThisRole, SignInEnded
from models.installation.installation import SignedIn, sign_out, signed_in
from models.storage.database import reading
from models.storage.writing import write
from models.undoing.acting import act_and_note
from models.who_may_see import COOKIES, FIRST_PAGES, Role, Visitor, roles_of_page, visitor_to
from pages.parts.frame.whole_page import (
    keep_message,
    page_changes,
    take_message,
    told_at_the_foot,
    window,
)
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain


@dataclass(frozen=True)
class Acted:
    """What came of an action; true when it was done. `error` is what stood in the way.

    `undo` is the event by which it can be undone, None where it cannot: for `pages.parts.frame.told.tell`.
    """

    done: bool
    result: Any = None
    error: DomainError | None = None
    undo: int | None = None

    def __bool__(self) -> bool:
        return self.done


def tokens() -> Mapping[Role, str | None]:
    """Return what this browser shows of who it may come as. Only the database knows what of it still stands."""
    return {role: st.context.cookies.get(name) for role, name in COOKIES.items()}


def leader_or_none() -> SignedIn | None:
    """Return who is signed in, asked from the database: the cookie may outlive the sign-in."""
    token = tokens()[Role.FACILITATOR]
    if not token:
        return None
    with reading() as session:
        return signed_in(session, token)


def facilitator() -> SignedIn:
    """Return who is signed in. Where the sign-in has ended since the page began, the page starts afresh without it."""
    leader = leader_or_none()
    if leader is None:
        # What was drawn before this still shows what only facilitators may see, in a part and in the whole page alike.
        st.rerun()
    return leader


def visitor(page: str) -> Visitor:
    """Return as whom one is on this page, by its address. For who may not be here any more it starts afresh.

    For pages that others may open than who leads (`models.who_may_see`); the same in each of their live parts.
    """
    try:
        with reading() as session:
            return visitor_to(session, tokens(), roles_of_page(page))
    except (SignInEnded, NotForThisRole):
        # What was drawn before this still shows what only they may see. The navigation says what to do.
        st.rerun()


def say_that_it_is_not_for_them(role: Role) -> None:
    """Draw the calm page for who came by a link that does not open this one."""
    happened, what_to_do = error_sentence(NotForThisRole(role), language())
    st.title(happened, anchor=False)
    st.markdown(what_to_do)
    _way(f"/lead/{FIRST_PAGES[role]}", _("Go on"), is_main=True)
    _way("/sign-in", _("Sign in to lead"))


def ask_to_sign_in() -> None:
    """Draw the calm page for who is not signed in, or not any more, or whose link has ended."""
    shown = tokens()
    if shown[Role.TABLE_HOST] and not shown[Role.FACILITATOR]:
        st.title(_("This link has ended"), anchor=False)
        st.markdown(_("Ask the facilitator for a new one. Everything that was stored is kept."))
        _way("/sign-in", _("Sign in to lead"))
        return
    st.title(_("Sign in to lead"), anchor=False)
    st.markdown(_("You are not signed in, or no longer. Everything that was stored is kept."))
    _way("/sign-in", _("Sign in"), is_main=True)


def _way(address: str, label: str, *, is_main: bool = False) -> None:
    kind = "button primary" if is_main else "button"
    st.html(f'<a class="{kind}" href="{address}" target="_self">{escape(label)}</a>')


def act(
    action: Callable[..., Any], /, *, handled: tuple[type[DomainError], ...] = (), **arguments: Any
) -> Acted:
    """Do `action` as who leads, else as a table host, and return what came of it once it is stored.

    After a domain error the whole page is drawn again with a message (what was typed stays in its fields, a dialog
    closes); kinds in `handled` come back in `Acted.error` instead, for a page that answers them in place. Where the
    sign-in or the link has ended, the page starts afresh and asks to sign in again.
    """
    page_changes()
    try:
        done = write(act_and_note, tokens=tokens(), action=action, arguments=arguments)
    except SignInEnded:
        st.rerun()
    except DomainError as error:
        if isinstance(error, handled):
            return Acted(done=False, error=error)
        refuse(error)
        st.rerun()
    told_at_the_foot.pop(window(), None)
    # Nothing of st.session_state after a write: a second tap may be waiting, and would end a callback here.
    return Acted(done=True, result=done.result, undo=done.event_id)


def act_on_click(action: Callable[..., Any], **arguments: Any) -> None:
    """Do `action` like `act`; for a widget's `on_click` or `on_change`, which take nothing back."""
    act(action, **arguments)


def act_then(action: Callable[..., Any], /, *, then: Mapping[str, Any], **arguments: Any) -> Acted:
    """Do `action` like `act`, from a callback, with the values `then` in the session's state afterwards: a form empties
    and closes, or stays as it was where something stood in the way.

    They are set before the write, since a second tap may end a callback at the next touch of the state; where the
    action is refused, what stood there is put back, and the page says why.
    """
    before = {key: st.session_state[key] for key in then if key in st.session_state}
    st.session_state.update(then)
    acted = act(action, handled=(DomainError,), **arguments)
    if acted.error is None:
        return acted
    for key in then:
        if key in before:
            st.session_state[key] = before[key]
        else:
            del st.session_state[key]
    refuse(acted.error)
    st.rerun()


def refuse(error: DomainError) -> None:
    """Keep what stood in the way, and what to do about it, for the next drawing of the whole page."""
    happened, what_to_do = error_sentence(error, language())
    keep_message(f"**{plain(happened)}** {plain(what_to_do)}")


def refuse_with(sentence: str) -> NoReturn:
    """Draw the page again with a sentence of the page's own about what stood in the way."""
    keep_message(plain(sentence))
    st.rerun()


def show_refusal() -> None:
    """Draw what stood in the way of the last action. The next drawing of the whole page takes it away."""
    told = take_message()
    if told:
        with st.container(key="refusal", border=True):
            st.error(told, icon=":material/error:")
            st.button(_("I have read it"), key="refusal_read")


def leave() -> None:
    """End the sign-in of this browser in the database."""
    token = tokens()[Role.FACILITATOR]
    if token:
        write(sign_out, token=token)
