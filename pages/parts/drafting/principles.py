"""The principles as they stand, short: each the way to its card below the list."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from models.basics.words import PrincipleStatus
from models.voting.principles import PrincipleView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small


def principles_so_far(
    principles: Sequence[PrincipleView], status_word: Callable[[str], str], *, are_on_the_projector: bool
) -> None:
    """Draw the principles in short; `status_word` says of one that was voted on where it stands."""
    standing = [one for one in principles if one.status != PrincipleStatus.LEFT_OUT]
    with st.container(border=True, key="card_principles", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            heading = ngettext("{count} principle", "{count} principles", len(standing))
            st.header(heading.format(count=len(standing)) if standing else _("Principles"), anchor=False)
            if standing and are_on_the_projector:
                st.badge(_("on the projector"), icon=":material/desktop_windows:", color="green")
        if not standing:
            small(_("No principles yet. Choose proposals and word them together."))
            return
        rows = Markup("").join(
            Markup('<li><a href="#principle_{}"><b>{}</b><span dir="auto">{}</span>{}</a></li>').format(
                one.number,
                one.number,
                one.text,
                ""
                if one.status == PrincipleStatus.DRAFT
                else Markup("<small>{}</small>").format(status_word(one.status)),
            )
            for one in standing
        )
        st.html(f'<ol class="short-rows">{rows}</ol>')
