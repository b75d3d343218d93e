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

from exports.sentences import error_sentence
from models.basics.errors import DomainError, SignInEnded
from models.installation.installation import SignedIn, as_facilitator, sign_out, signed_in
from models.storage.database import reading
from models.storage.writing import write
from pages.parts.frame.whole_page import (
    keep_message,
    page_changes,
    runs_a_part_only,
    take_message,
    told_at_the_foot,
    window,
)
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain

SIGN_IN_COOKIE = "handslag_lead"


@dataclass(frozen=True)
class Acted:
    """What came of an action; true when it was done. `error` is what stood in the way."""

    done: bool
    result: Any = None
    error: DomainError | None = None

    def __bool__(self) -> bool:
        return self.done


def _token() -> str | None:
    return st.context.cookies.get(SIGN_IN_COOKIE)


def leader_or_none() -> SignedIn | None:
    """Return who is signed in, asked from the database: the cookie may outlive the sign-in."""
    token = _token()
    if not token:
        return None
    with reading() as session:
        return signed_in(session, token)


def facilitator() -> SignedIn:
    """Return who is signed in; without a sign-in that stands, draw where to sign in, and stop the page."""
    leader = leader_or_none()
    if leader is None:
        if runs_a_part_only():
            # The rest of the page still shows what only facilitators may see.
            st.rerun()
        ask_to_sign_in()
        st.stop()
    return leader


def ask_to_sign_in() -> None:
    """Draw the calm page for who is not signed in, or not any more."""
    st.title(_("Sign in to lead"), anchor=False)
    st.markdown(_("You are not signed in, or no longer. Everything that was stored is kept."))
    label = _("Sign in")
    st.html(f'<a class="button primary" href="/sign-in" target="_self">{label}</a>')


def act(
    action: Callable[..., Any], /, *, handled: tuple[type[DomainError], ...] = (), **arguments: Any
) -> Acted:
    """Do `action` as the facilitator who is signed in, and return what came of it once it is stored.

    After a domain error the whole page is drawn again with a message (what was typed stays in its fields, a dialog
    closes); kinds in `handled` come back in `Acted.error` instead, for a page that answers them in place. Where the
    sign-in has ended, the page starts afresh and asks to sign in again.
    """
    page_changes()
    try:
        result = write(as_facilitator, token=_token() or "", action=action, arguments=arguments)
    except SignInEnded:
        st.rerun()
    except DomainError as error:
        if isinstance(error, handled):
            return Acted(done=False, error=error)
        refuse(error)
        st.rerun()
    told_at_the_foot.pop(window(), None)
    # Nothing of st.session_state after a write: a second tap may be waiting, and would end a callback here.
    return Acted(done=True, result=result)


def act_on_click(action: Callable[..., Any], **arguments: Any) -> None:
    """Do `action` like `act`; for a widget's `on_click` or `on_change`, which take nothing back."""
    act(action, **arguments)


def act_then(action: Callable[..., Any], /, *, then: Mapping[str, Any], **arguments: Any) -> bool:
    """Do `action` like `act`, from a callback, with the values `then` in the session's state afterwards: a form empties
    and closes, or stays as it was where something stood in the way.

    They are set before the write, since a second tap may end a callback at the next touch of the state; where the
    action is refused, what stood there is put back, and the page says why. Return whether it was stored.
    """
    before = {key: st.session_state[key] for key in then if key in st.session_state}
    st.session_state.update(then)
    acted = act(action, handled=(DomainError,), **arguments)
    if acted.error is None:
        return True
    for key in then:
        if key in before:
            st.session_state[key] = before[key]
        else:
            del st.session_state[key]
    refuse(acted.error)
    st.rerun()
    return False


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
    token = _token()
    if token:
        write(sign_out, token=token)
