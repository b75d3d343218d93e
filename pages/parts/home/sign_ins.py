"""Who is signed in to lead, and ending what should not stand: a laptop that stayed behind, a name nobody knows."""

import streamlit as st

from exports.language import day_and_time
from models.installation.installation import SignedIn, StandingSignIn, end_sign_in, list_sign_ins
from models.storage.database import reading
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain
from pages.parts.home.alliance_fields import HOME_ZONE


def who_is_signed_in(leader: SignedIn) -> None:
    """Draw every sign-in that stands, folded, each with a button that ends it in all its windows."""
    with reading() as session:
        standing = list_sign_ins(session)
    title = ngettext("{count} sign-in to lead", "{count} sign-ins to lead", len(standing))
    with st.expander(title.format(count=len(standing)), icon=":material/group:", key="sign_ins"):
        st.markdown(
            _(
                "Do you not know somebody here, or did a laptop stay behind? End that sign-in. Nothing is lost."
            )
        )
        for one in standing:
            _sign_in(one, is_own=one.id == leader.id)


def _sign_in(one: StandingSignIn, *, is_own: bool) -> None:
    said = _("{name}, since {since}, until {until} at the latest").format(
        name=plain(one.name),
        since=day_and_time(one.since, language(), HOME_ZONE),
        until=day_and_time(one.ends_at, language(), HOME_ZONE),
    )
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(said)
        if is_own:
            st.badge(_("this is you"), color="green")
        else:
            st.button(
                _("End the sign-in of {name}").format(name=plain(one.name)),
                key=f"end_sign_in_{one.id}",
                on_click=act_on_click,
                args=(end_sign_in,),
                kwargs={"sign_in_id": one.id},
            )
