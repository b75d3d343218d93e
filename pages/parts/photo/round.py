"""The one round of statements: opened by link or in the room, followed, closed. Never what was answered."""

from datetime import timedelta

import streamlit as st
from markupsafe import Markup, escape

from exports.drawings import qr_svg
from exports.language import day
from exports.sentences.photo import about_the_link, who_answered
from models.basics.clock import today
from models.installation.address import join_url, public_address
from models.photo.answers import Answers
from models.photo.meeting import open_statements, say_shared_outside, set_open_until
from models.storage.database import reading
from models.tables import Workshop
from models.voting.cancelling import cancel_round
from models.voting.closing import close_round
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act, act_on_click
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.picture import show_picture
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print
from pages.parts.voting.more_voices import voices_seen

BY_LINK, UNTIL = "statements_by_link", "statements_until"
USUALLY_OPEN_FOR = timedelta(days=14)


def not_asked_yet(now: BaselineNow, count: int, *, nobody_answered: bool = False) -> None:
    """Draw how the statements are opened: by link until a day, or in the room alone. Anew where nobody answered."""
    with st.container(border=True, key="card_open_statements"):
        st.header(_("Ask them again") if nobody_answered else _("Ask them"), anchor=False)
        if nobody_answered:
            st.markdown(_("They were closed before anybody answered. So you can open them once more."))
        st.markdown(
            _(
                "Everyone answers on the own phone, without a name. They are asked once, by link and in the room."
            )
        )
        by_link = st.checkbox(_("Open by link, until a day"), value=True, key=BY_LINK)
        first = today(now.alliance.time_zone)
        if by_link:
            st.date_input(
                _("Open by link until the end of"),
                value=first + USUALLY_OPEN_FOR,
                min_value=first,
                format="DD-MM-YYYY",
                key=UNTIL,
            )
            small_print(_("By link one person may answer twice. That stands beside the figures."))
        st.button(
            ngettext("Open {count} statement", "Open {count} statements", count).format(count=count),
            key="open_statements",
            type="primary" if count else "secondary",
            icon=":material/ballot:",
            width="stretch",
            disabled=not count,
            on_click=_open,
            args=(now.id,),
        )
        small_print(_("From then on the words of these statements stay as they are."))


def _open(baseline_id: int) -> None:
    until = st.session_state.get(UNTIL) if st.session_state.get(BY_LINK) else None
    act(open_statements, baseline_id=baseline_id, until=until, voices_seen=voices_seen())


def open_now(now: BaselineNow, workshop: Workshop, answers: Answers) -> None:
    """Draw how many answered so far, the link, until when, and the way to close."""
    with st.container(border=True, key="card_open_statements"):
        st.header(_("Open now"), anchor=False)
        _share(workshop)
        first, key = today(now.alliance.time_zone), f"{UNTIL}_{answers.round_id}"
        st.session_state[key] = answers.open_until
        st.date_input(
            _("Open by link until the end of"),
            min_value=min(first, answers.open_until or first),
            format="DD-MM-YYYY",
            key=key,
            on_change=_set_until,
            args=(now.id, key),
        )
        small_print(
            _("After that day they close by themselves.")
            if answers.open_until
            else _("Without a day they stay open until you close them.")
        )
        _shared_outside(now, answers)
        st.page_link(
            "paper.py",
            label=_("Paper: print and type in"),
            icon=":material/description:",
            query_params={WORKSHOP: workshop.code},
        )
        with st.popover(_("Close the statements"), icon=":material/lock:", key="close_statements_panel"):
            st.markdown(_("Nobody can answer after this. Then the picture is made."))
            st.button(
                _("Close them"),
                key="close_statements",
                type="primary",
                on_click=act_on_click,
                args=(close_round,),
                kwargs={"round_id": answers.round_id},
            )
        with st.popover(_("Opened by mistake?"), icon=":material/undo:", key="cancel_statements_panel"):
            st.markdown(_("Then no answer counts, and you can open them anew."))
            st.button(
                _("Take back that they are open"),
                key="cancel_statements",
                on_click=_cancel,
                args=(answers.round_id,),
            )


def _share(workshop: Workshop) -> None:
    with reading() as session:
        address = public_address(session)
    if address is None:
        st.warning(
            _("Phones do not know yet where to find us. Choose the address on the page Prepare."),
            icon=":material/info:",
        )
        st.page_link(
            "prepare.py",
            label=_("To the preparation"),
            icon=":material/event:",
            query_params={WORKSHOP: workshop.code},
        )
        return
    link = join_url(address, workshop.code)
    alternative = _("QR code to answer: {link}").format(link=link)
    show_picture(qr_svg(link, label=alternative), alternative, width="180px")
    st.html(f'<p class="link-text">{escape(link)}</p>')
    copy_button(_("Copy the link"), link, key="copy_statements_link", icon="content_copy")


def _set_until(baseline_id: int, key: str) -> None:
    act(set_open_until, baseline_id=baseline_id, until=st.session_state[key])


def _shared_outside(now: BaselineNow, answers: Answers) -> None:
    key = f"shared_outside_{now.id}"
    st.session_state[key] = answers.is_shared_outside
    st.checkbox(
        _("The link was shared outside {place} too").format(place=plain(now.alliance.place)),
        key=key,
        on_change=_say_outside,
        args=(now.id, key),
    )


def _say_outside(baseline_id: int, key: str) -> None:
    act(say_shared_outside, baseline_id=baseline_id, is_shared_outside=st.session_state[key])


def _cancel(round_id: int) -> None:
    acted = act(cancel_round, round_id=round_id)
    if acted:
        tell(_("The statements are not open any more."), acted.undo)


def closed(now: BaselineNow, answers: Answers) -> None:
    """Draw who answered, and what has to be said beside the figures."""
    with st.container(border=True, key="card_open_statements"):
        st.header(_("Closed"), anchor=False)
        for sentence in about_the_link(
            answers.open_until, now.alliance.place, language(), is_shared_outside=answers.is_shared_outside
        ):
            st.markdown(plain(sentence))
        if answers.closed_at is not None:
            small_print(
                _("Closed on {day}.").format(day=day(answers.closed_at.date(), language(), style="long"))
            )
        if answers.open_until is not None:
            _shared_outside(now, answers)


def big_number(now: BaselineNow, answers: Answers | None, count: int) -> None:
    """Draw the page's sentence: how many statements wait, or how many people answered."""
    if answers is not None:
        sentence = who_answered(answers, language())
    elif count:
        sentence = ngettext(
            "{count} statement waits to be asked.", "{count} statements wait to be asked.", count
        ).format(count=count)
    else:
        sentence = _("There are no statements yet.")
    st.html(Markup('<h2 class="finding-now">{}</h2>').format(sentence))
