"""Badges and ballot sheets to print: Word files, made at the click from what the database holds then."""

from collections.abc import Callable, Sequence

import streamlit as st

from exports.badges import Badge, Meeting, build_badges
from exports.ballot_sheets import Question, Sheet, build_ballot_sheets
from models.address import is_lasting, join_url, public_address, short_address
from models.clock import now
from models.database import reading
from models.errors import SignInEnded
from models.installation import signed_in
from models.people import ParticipantRow, list_participants
from models.round_views import RoundView
from models.rules.methods import description
from models.words import Method, Source
from pages.parts.acting import SIGN_IN_COOKIE, facilitator
from pages.parts.room_now import RoomNow
from pages.parts.small_print import small
from pages.parts.words import gettext as _
from pages.parts.words import ngettext

WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_TEXTS = 12
BADGES = "badges"


@st.fragment(key=BADGES)
def print_badges(room: RoomNow) -> None:
    """Draw the download of badges for codes that nobody has used yet, with a QR code where that will work.

    A live part (key `badges`): news leaves only live parts the files that they offer.
    """
    facilitator()
    with reading() as session:
        address = public_address(session)
        unused = [one for one in list_participants(session, room.workshop_id) if one.joined_at is None]
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
    name = _("badges")
    st.download_button(
        ngettext("Badge (Word)", "{count} badges (Word)", len(unused)).format(count=len(unused)),
        data=_badges(room, has_qr=has_qr),
        file_name=f"{name}-{room.workshop.code}.docx",
        mime=WORD_MIME,
        key="download_badges",
        icon=":material/download:",
        on_click="ignore",
    )


def print_sheets(room: RoomNow, opened: RoundView | None, texts: Sequence[str]) -> None:
    """Draw the download of ballot sheets: for the open round, or for `texts` that may be voted on next."""
    with reading() as session:
        codes = _who_votes_on_paper(list_participants(session, room.workshop_id))
    with st.container(border=True, key="card_print_sheets"):
        st.header(_("Print ballot sheets"), anchor=False)
        st.markdown(_("Each sheet carries a personal code. A4, to cut. One code is one vote."))
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
            question = Question(
                [item.text for item in opened.items], opened.method, opened.choices, opened.budget
            )
            small(_("With the texts of the round that is open."))
        else:
            question = _question_to_come(texts)
        sheets_button(room, question, len(codes))


def sheets_button(room: RoomNow, question: Question, count: int) -> None:
    """Draw the button that downloads `count` sheets with a question."""
    name = _("ballot-sheets")
    st.download_button(
        ngettext("Ballot sheet (Word)", "{count} ballot sheets (Word)", count).format(count=count),
        data=_sheets(room, question),
        file_name=f"{name}-{room.workshop.code}.docx",
        mime=WORD_MIME,
        key="download_sheets",
        icon=":material/download:",
        on_click="ignore",
    )


def _question_to_come(texts: Sequence[str]) -> Question:
    choices = description(Method.CONSENT).choices
    if texts and st.checkbox(_("With the texts as they are worded now"), value=True, key="sheets_with_texts"):
        small(_("For a round by consent. For another method: open the round first, then print."))
        return Question(list(texts), Method.CONSENT, choices)
    count = st.number_input(
        _("How many texts on a sheet?"),
        min_value=1,
        max_value=MOST_TEXTS,
        value=1,
        key="sheets_texts",
        width=220,
    )
    small(_("The texts stand on the wall then. For a round by consent."))
    return Question([None] * int(count), Method.CONSENT, choices)


def _who_votes_on_paper(people: Sequence[ParticipantRow]) -> list[ParticipantRow]:
    """Return whose codes are on sheets: nobody's yet, and those who voted on paper before."""
    return [
        person
        for person in people
        if person.joined_at is None or (person.source == Source.PAPER and person.left_at is None)
    ]


def _badges(room: RoomNow, *, has_qr: bool) -> Callable[[], bytes]:
    token = st.context.cookies.get(SIGN_IN_COOKIE)

    def make() -> bytes:
        with reading() as session:
            if signed_in(session, token) is None:
                raise SignInEnded
            address = public_address(session)
            unused = [one for one in list_participants(session, room.workshop_id) if one.joined_at is None]
        return build_badges(
            _meeting(room, address),
            [
                Badge(
                    one.personal_code,
                    one.group,
                    join_url(address, room.workshop.code, one.personal_code) if has_qr and address else None,
                )
                for one in unused
            ],
        )

    return make


def _sheets(room: RoomNow, question: Question) -> Callable[[], bytes]:
    # The click is answered outside the page, without its cookies: the token is kept from when the page was drawn.
    token = st.context.cookies.get(SIGN_IN_COOKIE)

    def make() -> bytes:
        with reading() as session:
            if signed_in(session, token) is None:
                raise SignInEnded
            address = public_address(session)
            people = _who_votes_on_paper(list_participants(session, room.workshop_id))
        return build_ballot_sheets(
            _meeting(room, address),
            question,
            [Sheet(person.personal_code, person.number, person.group) for person in people],
        )

    return make


def _meeting(room: RoomNow, address: str | None) -> Meeting:
    return Meeting(
        alliance=room.alliance.name,
        code=room.workshop.code,
        language=room.alliance.language,
        time_zone=room.alliance.time_zone,
        address=short_address(address) if address else None,
        made_at=now(),
    )
