"""A partner's personal link, wherever the partner is asked or awaited: to scan, to copy, to send.

It is drawn on facilitators' pages only: the projector shows none, and who has it can sign.
"""

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from exports.drawings import qr_svg
from exports.hyphenation import with_soft_hyphens
from exports.sentences import here_is_your_page, subject_of_link
from models.alliance.partner import partner_token
from models.basics.words import PartnerKind
from models.installation.address import partner_url
from models.server_key import link_can_be_shown
from models.tables import Partner
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.download import download
from pages.parts.frame.picture import picture
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain, small


def person_of(partner: Partner) -> str:
    """Return whom one speaks to: who speaks for the partner, else the partner itself."""
    return partner.representative or partner.name


def link_of(partner: Partner, address: str) -> str:
    """Return the address of a partner's own page."""
    return partner_url(address, partner_token(partner))


def let_scan(partner: Partner) -> str:
    """Return who should scan the link, in a sentence."""
    if partner.kind == PartnerKind.RESIDENT or partner.representative:
        return _("Let {person} scan this.").format(person=person_of(partner))
    return _("Let somebody of {partner} scan this.").format(partner=partner.name)


def partner_link(room: RoomNow, partner: Partner, address: str | None, message: str, *, key: str) -> None:
    """Draw a card with a partner's link, and `message` to send with it. See `link_to_scan`."""
    with st.container(key=f"{key}_card", border=True):
        if address is not None and link_can_be_shown(partner):
            st.markdown(f"**{plain(let_scan(partner))}**")
        link_to_scan(room, partner, address, message, key=key)


def link_to_scan(
    room: RoomNow,
    partner: Partner,
    address: str | None,
    message: str,
    *,
    key: str,
    prints_all: bool = False,
) -> None:
    """Draw a partner's link as a QR code and in letters, `message` to send with it, and buttons to copy both.

    With `prints_all` also the sheet with the links of all partners. Without an address for phones there is no link
    yet: then the way to choose one.
    """
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        st.page_link(
            "prepare.py", label=_("To the preparation"), icon=":material/event:", query_params=room.link
        )
        return
    if not link_can_be_shown(partner):
        st.warning(
            plain(
                _(
                    "The server was started with another key, so we cannot show the link of {partner} again. "
                    "The link that was given out still works. For a new one: withdraw it on the page Prepare."
                ).format(partner=partner.name)
            ),
            icon=":material/info:",
        )
        return
    link = link_of(partner, address)
    with st.container(key=f"scan_of_{key}", gap="xsmall"):
        _scan(room, partner, link, message, key=key)
        st.html(Markup('<p class="link-text"><a href="{0}" target="_blank">{0}</a></p>').format(link))
        st.html(
            Markup('<p class="small-heading">{}</p><p class="to-send" lang="{}">{}</p>').format(
                _("Text to send"), room.alliance.language, message
            )
        )
        with st.container(horizontal=True, key=f"send_{key}"):
            copy_button(_("Copy text"), message, key=f"{key}_copy_text", icon="content_copy")
            if prints_all:
                print_partner_links(room, address, key=f"print_links_{key}", label=_("Print all links"))
        small(
            _("Only for {partner}: who has this link can sign. It never comes on the projector.").format(
                partner=partner.name
            )
        )


def _scan(room: RoomNow, partner: Partner, link: str, message: str, *, key: str) -> None:
    alternative = _("QR code with the personal link of {partner}").format(partner=partner.name)
    left, right = st.columns(2, gap="small")
    left.html(
        Markup('<div class="qr">{}</div>').format(picture(qr_svg(link, label=alternative), alternative))
    )
    speaks = ", ".join(word for word in (partner.representative, partner.role) if word)
    subject = quote(subject_of_link(room.alliance.name, room.alliance.language))
    with right:
        st.html(
            Markup('<p class="whose-link" dir="auto"><b>{}</b><span>{}</span></p>').format(
                with_soft_hyphens(partner.name), "" if speaks == partner.name else with_soft_hyphens(speaks)
            )
        )
        copy_button(_("Copy link"), link, key=f"{key}_copy_link", icon="content_copy")
        st.html(
            Markup(
                '<a class="button wide" href="mailto:?subject={}&body={}"><span class="symbol" aria-hidden="true" '
                'translate="no">mail</span>{}</a>'
            ).format(subject, quote(message), _("Mail"))
        )


def own_page_message(room: RoomNow, partner: Partner, address: str | None) -> str:
    """Return the words that come with a link when nothing is asked yet."""
    if address is None:
        return ""
    return here_is_your_page(
        person_of(partner),
        room.alliance.name,
        partner.name,
        link_of(partner, address),
        room.alliance.language,
    )


def print_partner_links(room: RoomNow, address: str | None, *, key: str, label: str = "") -> None:
    """Draw the download of one sheet with all partners' links, to cut. Nothing while phones have no address."""
    if address is not None:
        download(
            label or _("All partners' links (Word)"),
            f"{room.workshop.code}/partner-links.docx",
            {},
            key=key,
            icon="print" if label else "download",
        )
