"""Before the text is frozen: what is still asked, how page 2 will look, and the button."""

from collections.abc import Sequence

import streamlit as st

from exports.agenda.public_copy import people_in_texts
from exports.sentences.methods import words_to_freeze
from models.agreeing.views import AgreementView
from models.alliance.partner import read_partners
from models.basics.words import PrincipleStatus, Source, Step
from models.signing.agenda import AgendaView, agenda_as_it_would_be, freeze_agenda
from models.signing.before_freeze import Asked, Thing, asked_before_freeze, still_asked
from models.signing.shape import Content, frozen
from models.signing.words_kept import complete_control_words
from models.storage.database import reading
from models.voting.principles import PrincipleView
from models.workshop.people import people_here
from models.workshop.workshop import read_workshop, take_room_to
from pages.parts.frame.acting import act
from pages.parts.frame.panel import close_panel, opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain, small
from pages.parts.leading.page_head import big_sentence
from pages.parts.signing.checklist import Facts, checklist, left_as_it_is
from pages.parts.signing.preview import WHOLE_TEXT, page_two, whole_text

ASKS = "freeze_asks"


def before_the_freeze(
    room: RoomNow,
    room_step: str,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
    before: AgendaView | None = None,
) -> None:
    """Draw what is still asked before the next version, and beside it page 2; `before` is the version that stands."""
    adopted = any(principle.status == PrincipleStatus.ADOPTED for principle in principles)
    made = any(agreement.is_open for agreement in agreements)
    if not adopted and not made:
        _nothing_to_freeze(room)
        return
    content, found, facts = _read(room, principles, agreements, address)
    left = left_as_it_is(room)
    still = still_asked(found, left)
    version = before.version + 1 if before else 1
    page, preview = st.columns([2.22, 1], gap="small")
    with page, st.container(border=True, key="card_freeze", gap="small"):
        _sentence(still, before)
        checklist(room, found, left, facts)
        _freeze_line(room, room_step, still, version, is_primary=before is None)
    with preview, st.container(border=True, key="card_preview", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_("This is how it will be"), anchor=False)
            opens_panel(_("Read all of it"), key=WHOLE_TEXT, icon="")
        page_two(content, room.alliance.language)
        small(_("Page 2. Who signed and the six control words come below it."))
    if panel_is_open(WHOLE_TEXT):
        whole_text(content)


def _read(
    room: RoomNow,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
    address: str | None,
) -> tuple[Content, list[Asked], Facts]:
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        content = frozen(agenda_as_it_would_be(session, room.workshop_id))
        partners = read_partners(session, room.alliance_id)
        people = people_here(session, room.workshop_id)
    found = asked_before_freeze(
        next_meeting_on=workshop.next_meeting_on,
        agreements=agreements,
        principles=principles,
        partners=partners,
        address=address,
        named=people_in_texts(content),
    )
    through = people.total - people.by_source.get(Source.PAPER, 0)
    return content, found, Facts(workshop, partners, address, through)


def _nothing_to_freeze(room: RoomNow) -> None:
    with st.container(border=True, key="card_freeze", gap="small"):
        big_sentence(_("There is nothing to freeze yet."))
        st.markdown(_("First adopt a principle or record an agreement."))
        st.page_link(
            "agree.py", label=_("To the agreements"), icon=":material/handshake:", query_params=room.link
        )


def _sentence(still: Sequence[Asked], before: AgendaView | None) -> None:
    above = (
        _("Signing · before you freeze the text")
        if before is None
        else _("Signing · something changed after version {version}").format(version=before.version)
    )
    if still:
        said = ngettext(
            "{count} more thing, then everybody can sign.",
            "{count} more things, then everybody can sign.",
            len(still),
        ).format(count=len(still))
    else:
        said = _("All is answered: the text can be frozen.")
    if before is None:
        big_sentence(said, above=above)
        return
    st.header(plain(said), anchor=False)
    small(above)
    small(
        _(
            "Signatures on version {version} stay with version {version}. "
            "For a new version, these partners are asked again and see the difference."
        ).format(version=before.version)
    )


def _freeze_line(
    room: RoomNow, room_step: str, still: Sequence[Asked], version: int, *, is_primary: bool
) -> None:
    """Draw the button, what it still asks, and what it does."""
    with st.container(horizontal=True, vertical_alignment="center", key="freeze_line", gap="medium"):
        label = (
            _("Freeze the text") if version == 1 else _("Freeze as version {version}").format(version=version)
        )
        asks = _asks(still)
        st.button(
            f"{label} :small[{plain(asks)}]" if asks else label,
            key="freeze",
            icon=":material/lock:",
            type="primary" if is_primary else "secondary",
            on_click=_ask if still else _freeze,
            args=() if still else (room.workshop_id, room_step),
        )
        with st.container(width="stretch"):
            small(
                _(
                    "After that nobody changes the text. The room, every phone and every partner see the same six "
                    "control words. Do you want to change something later? That makes version {next}."
                ).format(next=version + 1)
            )
    if still and panel_is_open(ASKS):
        _really(room, room_step, still)


def _asks(still: Sequence[Asked]) -> str:
    if not still:
        return ""
    if len(still) > 1:
        return ngettext("first asks {count} thing", "first asks {count} things", len(still)).format(
            count=len(still)
        )
    if still[0].thing is Thing.NEXT_MEETING:
        return _("first asks for the date")
    return _("first asks about one row above")


def _ask() -> None:
    st.session_state[ASKS] = True


def _really(room: RoomNow, room_step: str, still: Sequence[Asked]) -> None:
    """Draw what is lost by freezing now, and both ways."""
    with st.container(border=True, key="card_freeze_asks", gap="small"):
        st.markdown(
            plain(
                ngettext(
                    "{count} row above is still open. The text then says so, and stays so.",
                    "{count} rows above are still open. The text then says so, and stays so.",
                    len(still),
                ).format(count=len(still))
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Freeze it as it is"),
                key="freeze_now",
                icon=":material/lock:",
                on_click=_freeze,
                args=(room.workshop_id, room_step),
            )
            st.button(_("First answer them"), key="freeze_later", on_click=close_panel, args=(ASKS,))


def _freeze(workshop_id: int, room_step: str) -> None:
    close_panel(ASKS)
    done = act(freeze_agenda, workshop_id=workshop_id, words=words_to_freeze())
    if done:
        complete_control_words(done.result.agenda_id)
    if room_step != Step.SIGN:
        act(take_room_to, workshop_id=workshop_id, step=Step.SIGN)
