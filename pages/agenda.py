"""Step 5: the document. Download it, share it, and end the meeting."""

import streamlit as st
from markupsafe import escape

from exports.agenda.share import share_text
from exports.drawings import qr_svg
from exports.formats.formats import NEEDS_OFFICE, Format
from exports.genuine.words import programs_told
from exports.language import day_and_time
from exports.sealing.office import office
from exports.sentences import error_sentence, step_name
from models.alliance.partner import partner_token
from models.basics.errors import SealNotUsable
from models.basics.words import Copy, Step, WorkshopState
from models.installation.address import is_lasting, partner_url, public_address, public_copy_url
from models.installation.seal_key import seal_key
from models.server_key import link_can_be_shown
from models.signing.agenda import AgendaView, read_agenda, renew_public_link
from models.signing.files import agenda_file
from models.signing.shape import frozen
from models.storage.database import reading
from models.tables import Workshop
from models.workshop.people import first_steps
from models.workshop.workshop import end_workshop, read_workshop, reopen_workshop
from pages.parts.frame.acting import act_on_click, act_then, facilitator
from pages.parts.frame.download import download
from pages.parts.frame.live import live
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.picture import show_picture
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.slow_download import slow_download
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.leading.next_meeting import next_meeting
from pages.parts.leading.page_head import page_head
from pages.parts.leading.steps_style import steps_style
from pages.parts.leading.withdraw_link import withdraw_link
from pages.parts.signing.named import warn_about_names

AGENDA = "agenda"
END = "end_workshop"
QR_WIDTH = "264px"


@st.fragment(key=AGENDA)
def document(room: RoomNow) -> None:
    """Draw the document to download and share, and the end of the meeting. A live part (key `agenda`)."""
    facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        agenda = read_agenda(session, room.workshop_id)
        address = public_address(session)
        steps = first_steps(session, room.workshop_id)
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        if agenda is None:
            _nothing_yet(room)
        else:
            _download(room, agenda)
            _other_kinds(room, agenda)
            _editions(room, agenda)
            _to_partners(agenda, address)
    with right:
        if agenda is not None:
            _share(agenda, address)
        _afterwards(room, workshop, steps)


def _nothing_yet(room: RoomNow) -> None:
    with st.container(border=True, key="card_nothing_yet"):
        st.header(_("There is no document yet"), anchor=False)
        st.markdown(_("First freeze the text. Then partners sign it, and the document is made."))
        st.page_link("sign.py", label=_("To signing"), icon=":material/draw:", query_params=room.link)


def _download(room: RoomNow, agenda: AgendaView) -> None:
    with st.container(border=True, key="card_document"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_edition_name(agenda), anchor=False)
            if agenda.closed_at is None:
                st.badge(_("not closed yet"), icon=":material/hourglass_top:", color="orange")
            else:
                st.badge(_("signing is closed"), icon=":material/check_circle:", color="green")
        if agenda.closed_at is None:
            answered = sum(partner.answer is not None for partner in agenda.partners)
            st.warning(
                plain(
                    ngettext(
                        "Signing is still open: {answered} of {count} partner has answered. "
                        "A file made now says so on its first page.",
                        "Signing is still open: {answered} of {count} partners have answered. "
                        "A file made now says so on its first page.",
                        len(agenda.partners),
                    ).format(answered=answered, count=len(agenda.partners))
                ),
                icon=":material/info:",
            )
            st.page_link("sign.py", label=_("Close signing"), icon=":material/lock:", query_params=room.link)
        # What was made at the close lies ready; what says that signing is open is made now.
        word = download if agenda.closed_at is not None else slow_download
        word(
            _("Download the alliance agenda (Word)"),
            _path(room, Format.DOCX),
            {"copy": Copy.PARTNERS},
            key="download_partners",
            is_primary=True,
        )
        small(_("For partners: with signatures, names and roles."))
        word(
            _("Download the public copy (Word)"),
            _path(room, Format.DOCX),
            {"copy": Copy.PUBLIC},
            key="download_public",
        )
        small(_("For everybody: without drawn signatures and names of representatives."))
        _sealed(room, agenda)


def _path(room: RoomNow, format: Format) -> str:
    return f"{room.workshop.code}/agenda.{format}"


def _sealed(room: RoomNow, agenda: AgendaView) -> None:
    """Draw the sealed copies, or why they are not there."""
    if agenda.closed_at is None:
        return
    if agenda.sealed and agenda.sealed[-1] == agenda.editions[-1]:
        with st.container(horizontal=True):
            for copy_for, label in (
                (Copy.PARTNERS, _("Sealed copy for partners (PDF)")),
                (Copy.PUBLIC, _("Sealed public copy (PDF)")),
            ):
                download(
                    label, _path(room, Format.PDF), {"copy": copy_for}, key=f"download_sealed_{copy_for}"
                )
        small(_("With the Word file inside, and a seal that shows every later change."))
        with st.expander(_("What a partner will see"), icon=":material/visibility:"):
            for each in programs_told(language()):
                st.markdown(f"**{plain(each.program)}** · {plain(each.sentence)}")
    elif (trouble := _seal_trouble()) is not None:
        st.warning(plain(trouble), icon=":material/info:")
    elif office() is None:
        st.info(
            _(
                "There is no sealed copy (PDF): LibreOffice is missing on this server. Everything else works. Once "
                "LibreOffice Writer is installed, it is made by itself."
            ),
            icon=":material/info:",
        )
    else:
        st.info(
            _(
                "The sealed copy (PDF) is being made. It appears here by itself; if something goes wrong, it is tried "
                "again every ten minutes."
            ),
            icon=":material/hourglass_top:",
        )


def _seal_trouble() -> str | None:
    """Return why nothing can be sealed with the key that there is, in a sentence."""
    try:
        seal_key()
    except SealNotUsable as error:
        return " ".join(error_sentence(error, language()))
    return None


def _other_kinds(room: RoomNow, agenda: AgendaView) -> None:
    """Draw the buttons for files of other kinds."""
    kinds = [
        (Format.XLSX, _("Agreements (Excel)")),
        (Format.ICS, _("Dates (calendar)")),
        (Format.ODT, _("Text (OpenDocument)")),
        (Format.JSON, _("For programs (JSON)")),
    ]
    if agenda.closed_at is None:
        kinds.insert(0, (Format.PDF, _("Not sealed yet (PDF)")))
    st.header(_("Other kinds of files"), anchor=False)
    with st.container(horizontal=True, key="other_kinds"):
        for format, label in kinds:
            if format not in NEEDS_OFFICE or office() is not None:
                draw = slow_download if format in NEEDS_OFFICE else download
                draw(label, _path(room, format), {"copy": Copy.PARTNERS}, key=f"download_{format}")
    small(_("These are the partners' copy: names of people stand in them."))


def _to_partners(agenda: AgendaView, address: str | None) -> None:
    """Draw the ready text for one partner, to copy or to mail."""
    if not agenda.partners:
        return
    st.header(_("A text for each partner"), anchor=False)
    partners = {answer.partner.id: answer.partner for answer in agenda.partners}
    chosen = st.selectbox(
        _("For which partner?"),
        list(partners),
        format_func=lambda partner_id: partners[partner_id].name,
        key="share_partner",
    )
    if chosen is None:
        return
    partner = partners[chosen]
    can_be_shown = address is not None and link_can_be_shown(partner)
    text = share_text(
        frozen(agenda.content),
        partner_id=partner.id,
        name=partner.representative or partner.name,
        link=partner_url(address, partner_token(partner)) if address is not None and can_be_shown else None,
        public_link=public_copy_url(address, agenda.public_token)
        if address and agenda.public_token
        else None,
        is_closed=agenda.closed_at is not None,
        control_words=agenda.control_words,
    )
    st.code(text.body, language=None, wrap_lines=True)
    st.link_button(_("Open in your mail program"), text.mail, icon=":material/mail:")
    small(_("Copy the text to send it by an app. It holds the partner's own link: send it to nobody else."))


def _edition_name(agenda: AgendaView) -> str:
    edition = agenda.editions[-1] if agenda.editions else 1
    if edition > 1:
        return _("Version {version}, edition {edition}").format(version=agenda.version, edition=edition)
    return _("Version {version}").format(version=agenda.version)


def _editions(room: RoomNow, agenda: AgendaView) -> None:
    if not agenda.editions:
        return
    rows = []
    with reading() as session:
        for edition in reversed(agenda.editions):
            for copy_for, name in ((Copy.PARTNERS, _("partners")), (Copy.PUBLIC, _("public"))):
                for format, kind in ((Format.DOCX, "Word"), (Format.PDF, "PDF")):
                    stored = agenda_file(session, agenda.id, copy_for, format, edition)
                    if stored is not None:
                        moment = day_and_time(stored.made_at, language(), room.alliance.time_zone)
                        rows.append((f"{agenda.version}.{edition}", f"{name}, {kind}", moment, stored.sha256))
    st.header(_("Editions"), anchor=False)
    with st.container(key="editions"):
        table(
            [_("Edition"), _("For"), _("Made on"), _("Fingerprint (SHA-256)")],
            rows,
            caption=_(
                "Every download gives these very bytes. The page Check tells whether a file is one of them."
            ),
        )


def _share(agenda: AgendaView, address: str | None) -> None:
    with st.container(border=True, key="card_share"):
        st.header(_("For everybody"), anchor=False)
        if address is None:
            st.markdown(
                _("Choose the address for phones on the page Prepare. Then the QR code appears here.")
            )
            return
        if agenda.closed_at is None:
            st.markdown(_("The public copy stands behind this link as soon as signing is closed."))
            warn_about_names(agenda.content, [partner.reservation for partner in agenda.partners])
        if agenda.public_token is None:
            withdraw_link(
                renew_public_link,
                key="renew_public",
                loses=_("Whoever has the old link cannot open the public copy by it any more."),
                done=_("This is the new link to the public copy."),
                agenda_id=agenda.id,
                serial=agenda.public_serial,
            )
            st.warning(
                _(
                    "The server was started with another key, so we cannot show this link again. "
                    "The link that was given out still works. For a new one: withdraw it."
                ),
                icon=":material/info:",
            )
            return
        link = public_copy_url(address, agenda.public_token)
        alternative = _("QR code to the public copy of the alliance agenda")
        show_picture(qr_svg(link, label=alternative), alternative, width=QR_WIDTH)
        st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
        if not is_lasting(address):
            st.warning(
                _("This link works only in this room. Share the Word file itself."),
                icon=":material/wifi_off:",
            )


def _afterwards(room: RoomNow, workshop: Workshop, steps: int) -> None:
    with st.container(border=True, key="card_afterwards"):
        st.header(_("After today"), anchor=False)
        st.markdown(
            ngettext(
                "**{count}** person wrote a first step.", "**{count}** people wrote a first step.", steps
            ).format(count=steps)
        )
        next_meeting(workshop)
        st.page_link("events.py", label=_("What happened"), icon=":material/history:", query_params=room.link)
        if workshop.state == WorkshopState.OVER:
            st.markdown(_("The meeting is over. Phones show thanks, whom to call, and the document."))
            st.button(
                _("Open the meeting again"),
                key="reopen_workshop",
                icon=":material/undo:",
                on_click=act_on_click,
                args=(reopen_workshop,),
                kwargs={"workshop_id": room.workshop_id},
            )
        else:
            ends = opens_panel(_("End the meeting"), key=END, icon=":material/stop:")
            if ends:
                _end_form(room.workshop_id)


def _end_form(workshop_id: int) -> None:
    st.markdown(_("Phones then show thanks, whom to call, and where the document is. You can open it again."))
    st.button(_("End the meeting now"), key="end_workshop_now", on_click=_end, args=(workshop_id,))


def _end(workshop_id: int) -> None:
    act_then(end_workshop, then={END: False}, workshop_id=workshop_id)


room = room_now()
steps_style()
page_head(room, step_name(room.workshop.block, Step.AGENDA, language()), here=Step.AGENDA)
document(room)
live(room.workshop.code, AGENDA)
