"""The steps of an alliance's meeting as who leads sees them."""

import streamlit as st
from markupsafe import escape

from exports.drawings import qr_svg
from exports.sentences import progress_headline
from models.basics.clock import today
from models.basics.words import Step
from models.installation.address import join_url, public_address, short_address
from models.progress.following import read_followed
from models.storage.database import reading
from models.workshop.people import first_steps
from pages.parts.frame.picture import show_picture
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.lead_step import LeadPage, LeadStep, LeadWords

QR_WIDTH = "220px"


def people_come_in() -> LeadWords:
    """Return what is said to who leads of the first step, where a whole room comes in."""
    return LeadWords(
        _("People come in"),
        [
            _("Put the projector on the wall, with the QR code."),
            _("Count the heads in the room, and enter them below."),
        ],
    )


def how_people_come_in(room: RoomNow) -> None:
    """Draw the address and the code, or the way to choose an address."""
    with reading() as session:
        address = public_address(session)
    if address is None:
        st.warning(
            _("Phones do not know yet where to find us. Choose the address on the page Prepare."),
            icon=":material/info:",
        )
        st.page_link(
            "prepare.py", label=_("To the preparation"), icon=":material/event:", query_params=room.link
        )
        return
    left, right = st.columns([1, 2], vertical_alignment="center")
    link = join_url(address, room.workshop.code)
    alternative = _("QR code to join: {link}").format(link=link)
    with left:
        show_picture(qr_svg(link, label=alternative), alternative, width=QR_WIDTH)
    with right:
        st.html(
            f'<p class="link-text">{escape(short_address(address))}</p>'
            f'<p class="join-code">{escape(room.workshop.code)}</p>'
        )


def _draft() -> LeadWords:
    return LeadWords(
        _("What is important to us here?"),
        [
            _("Let proposals through to the screen."),
            _("Word proposals that look alike together, as one principle."),
        ],
    )


def _vote() -> LeadWords:
    return LeadWords(
        _("Can we live with this?"),
        [
            _("Choose the principles, the rule and how secret it is. Then open the round."),
            _("Close the round, and show the result."),
        ],
    )


def _agree() -> LeadWords:
    return LeadWords(
        _("What are we going to do?"),
        [
            _("Write down who does what, and when."),
            _("Look at the coherence: what is still missing?"),
        ],
    )


def _sign() -> LeadWords:
    return LeadWords(
        _("Partners sign"),
        [
            _("Freeze the text, so that everyone signs the same."),
            _("Partners read and sign by their own link."),
        ],
    )


def _agenda() -> LeadWords:
    return LeadWords(
        _("The document is there"),
        [
            _("Close signing, and share the document."),
            _("Ask everyone for a first step. It stays on their own phone."),
        ],
    )


def _first_steps(room: RoomNow) -> None:
    with reading() as session:
        count = first_steps(session, room.workshop_id)
    written = ngettext("{count} person wrote a first step.", "{count} people wrote a first step.", count)
    st.markdown(written.format(count=count))


def _progress() -> LeadWords:
    return LeadWords(
        _("What became of it?"),
        [
            _("Owners report by their own link."),
            _("Call who is late or silent, and note what was said."),
            _("When you meet again: show the agreements one by one."),
        ],
    )


def _what_asks_attention(room: RoomNow) -> None:
    with reading() as session:
        followed = read_followed(session, room.alliance_id, today(room.alliance.time_zone))
    st.markdown(f"**{progress_headline(followed, language())}**")


STEPS: dict[str, LeadStep] = {
    Step.WELCOME: LeadStep(people_come_in, summary=how_people_come_in),
    Step.DRAFT: LeadStep(_draft, LeadPage("draft.py", ":material/edit:", lambda: _("Draft"))),
    Step.VOTE: LeadStep(_vote, LeadPage("vote.py", ":material/how_to_vote:")),
    Step.AGREE: LeadStep(_agree, LeadPage("agree.py", ":material/handshake:")),
    Step.SIGN: LeadStep(_sign, LeadPage("sign.py", ":material/draw:")),
    Step.AGENDA: LeadStep(_agenda, LeadPage("agenda.py", ":material/download:"), _first_steps),
    Step.PROGRESS: LeadStep(_progress, LeadPage("progress.py", ":material/checklist:"), _what_asks_attention),
}
