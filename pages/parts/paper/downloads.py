"""Badges and ballot sheets to print: Word files, made at the click from what the database holds then."""

from collections.abc import Sequence

import streamlit as st

from exports.handouts.ballot_sheets import MOST_TEXTS
from models.installation.address import is_lasting, public_address
from models.storage.database import reading
from models.voting.round_views import RoundView
from models.workshop.people import list_participants, who_votes_on_paper, with_unused_code
from pages.parts.frame.acting import facilitator
from pages.parts.frame.download import download
from pages.parts.frame.room_now import Room, RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small

BADGES = "badges"


@st.fragment(key=BADGES)
def print_badges(room: RoomNow) -> None:
    """Draw the download of badges for codes that nobody has used yet, with a QR code where that will work.

    A live part (key `badges`).
    """
    facilitator()
    with reading() as session:
        address = public_address(session)
        unused = with_unused_code(list_participants(session, room.workshop_id))
    if not unused:
        return
    has_qr = False
    if address is not None:
        has_qr = st.checkbox(
            _("With a QR code to join"), value=is_lasting(address), key=f"badges_qr_{is_lasting(address)}"
        )
        if has_qr and not is_lasting(address):
            small(
                _(
                    "This address works only in this building, while this computer is on. "
                    "Print the badges there."
                )
            )
    download(
        ngettext("Badge (Word)", "{count} badges (Word)", len(unused)).format(count=len(unused)),
        f"{room.workshop.code}/badges.docx",
        {"qr": int(has_qr)},
        key="download_badges",
    )


def print_sheets(room: Room, opened: RoundView | None, texts: Sequence[str]) -> None:
    """Draw the download of ballot sheets: for the open round, or for `texts` that may be voted on next."""
    with reading() as session:
        codes = who_votes_on_paper(list_participants(session, room.workshop_id))
    with st.container(border=True, key="card_print_sheets"):
        st.header(_("Print ballot sheets"), anchor=False)
        st.markdown(
            _(
                "Each sheet carries a personal code. One code is one vote. "
                "Print on one side of the paper: A4, to cut where several stand on it."
            )
        )
        if not codes:
            st.markdown(_("There are no codes for sheets yet. Make them first."))
            st.page_link(
                "prepare.py",
                label=_("To the personal codes"),
                icon=":material/event:",
                query_params=room.link,
            )
            return
        if opened is not None:
            question = {"round": opened.id}
            small(_("With the texts of the round that is open."))
        else:
            question = _question_to_come(texts)
        download(
            ngettext("Ballot sheet (Word)", "{count} ballot sheets (Word)", len(codes)).format(
                count=len(codes)
            ),
            f"{room.workshop.code}/ballot-sheets.docx",
            question,
            key="download_sheets",
        )


def _question_to_come(texts: Sequence[str]) -> dict[str, int]:
    """Return what the link to the sheets asks for."""
    if texts and st.checkbox(_("With the texts as they are worded now"), value=True, key="sheets_with_texts"):
        small(_("For a round by consent. For another method: open the round first, then print."))
        return {}
    count = st.number_input(
        _("How many texts on a sheet?"),
        min_value=1,
        max_value=MOST_TEXTS,
        value=1,
        key="sheets_texts",
        width=220,
    )
    small(_("The texts stand on the wall then. For a round by consent."))
    return {"lines": int(count)}
