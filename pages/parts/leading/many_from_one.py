"""Many people from one phone or one address: told beside the heads, so that one can look. Nobody is refused by it."""

import streamlit as st

from models.workshop.voices import exceeds
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small


def many_from_one(phones: list[int], crowds: list[int], heads: int | None, voices: int) -> None:
    """Draw how many speak through one phone (`phones`), and how many came from one address (`crowds`).

    Where the heads were counted and the voices fit them, there is nothing to look into.
    """
    is_more = exceeds(voices, heads)
    if heads is not None and not is_more:
        return
    told = [
        *(
            ngettext(
                "{count} person speaks through one phone.", "{count} people speak through one phone.", count
            ).format(count=count)
            for count in phones
        ),
        *(
            ngettext(
                "{count} person came in by one device or one Wi-Fi.",
                "{count} people came in by one device or one Wi-Fi, many of them within a minute.",
                count,
            ).format(count=count)
            for count in crowds
        ),
    ]
    if not told:
        return
    with st.container(gap="xsmall", key="many_from_one"):
        if is_more:
            st.warning(
                " ".join([_("There are more voices than people counted."), *told]), icon=":material/devices:"
            )
            small(_("Ask who they are. You can remove them below, and let the door ask you first."))
        else:
            st.info(" ".join(told), icon=":material/devices:")
            small(
                _(
                    "That may be right: people share phones, and halls share one Wi-Fi. Count the heads to know."
                )
            )
