"""The two links of an interview: with which its note is typed on a phone, and by which the speaker decides."""

import streamlit as st
from markupsafe import Markup

from exports.drawings import qr_svg
from exports.language import day_and_time
from exports.sentences.baseline import alias_name
from exports.sentences.interview import several_phones
from models.baseline.field import FieldStanding, field_standings, renew_field_link
from models.baseline.sources import field_token, renew_speaker_link, speaker_token
from models.baseline.views import NoteView
from models.installation.address import interview_url, public_address, speaker_url
from models.server_key import field_link_can_be_shown, speaker_link_can_be_shown
from models.storage.database import reading
from models.tables import BaselineSource
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.picture import picture
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print
from pages.parts.leading.withdraw_link import withdraw_link

LINKS = "source_links"


def source_links(now: BaselineNow, view: NoteView) -> None:
    """Draw both links as QR codes and in letters, and what phones sent. Neither ever comes on the projector."""
    with reading() as session:
        address = public_address(session)
        source = session.get_one(BaselineSource, view.source.id)
        standing = field_standings(session, view.baseline.id).get(view.source.id)
    with st.container(border=True, key="card_links"):
        if address is None:
            st.markdown(_("Choose the address for phones first. Then the link appears here."))
            st.page_link("prepare.py", label=_("To the preparation"), icon=":material/event:")
            return
        who = alias_name(view.source.side, view.source.alias_number or 0, language())
        left, right = st.columns(2)
        with left:
            st.subheader(_("On my phone"), anchor=False)
            small_print(
                _(
                    "The guide, the themes and a field for the note. What is sent leaves the phone and stands here."
                )
            )
            if field_link_can_be_shown(source):
                _link(interview_url(address, field_token(source)), _("QR code: type this interview"), "field")
            else:
                _of_another_key()
            st.markdown(plain(came_in(standing, now.alliance.time_zone)))
            if standing is not None and standing.phones > 1:
                small_print(several_phones(standing.phones, language()))
            st.button(_("Look whether notes came in"), key="look_for_notes", icon=":material/history:")
            withdraw_link(
                renew_field_link,
                key="withdraw_field_link",
                loses=_(
                    "Phones that type by this link send nothing any more. What they began is stored first."
                ),
                done=_("The old link does not work any more. This is the new one."),
                source_id=view.source.id,
            )
        with right:
            st.subheader(_("The own link of {who}").format(who=plain(who)), anchor=False)
            small_print(
                _("There they read what was marked in their words, and say how far it may be shared.")
            )
            if speaker_link_can_be_shown(source):
                link = speaker_url(address, speaker_token(source))
                _link(link, _("QR code: the own link of {who}").format(who=who), "speaker")
                copy_button(_("Copy the link"), link, key="copy_speaker_link")
            else:
                _of_another_key()
            st.button(
                _("Withdraw it by a new one"),
                key="renew_speaker_link",
                on_click=act_on_click,
                args=(renew_speaker_link,),
                kwargs={"source_id": view.source.id},
            )


def came_in(standing: FieldStanding | None, time_zone: str) -> str:
    """Return what came in from phones, and when last."""
    if standing is None:
        return _("Nothing came in from a phone yet.")
    parts = []
    if standing.notes:
        at = day_and_time(standing.last_at, language(), time_zone)
        parts.append(
            ngettext(
                "{count} note came in, the last on {time}.",
                "{count} notes came in, the last on {time}.",
                standing.notes,
            ).format(count=standing.notes, time=at)
        )
    if standing.typing:
        parts.append(
            ngettext(
                "{count} note is being typed now.", "{count} notes are being typed now.", standing.typing
            ).format(count=standing.typing)
        )
    return " ".join(parts)


def _link(link: str, alternative: str, key: str) -> None:
    with st.container(key=f"link_{key}"):
        st.html(
            Markup('<div class="source-qr">{}</div><p class="link-text">{}</p>').format(
                picture(qr_svg(link, label=alternative), alternative), link
            )
        )


def _of_another_key() -> None:
    st.warning(
        _(
            "The server was started with another key, so this link cannot be shown. One that was given out works."
        ),
        icon=":material/info:",
    )
