"""What happened last in an alliance, and what came from what."""

from datetime import datetime, timedelta

import streamlit as st
from markupsafe import Markup

from exports.language import clock_time, day_this_year
from exports.sentences import event_sentence
from models.alliance.alliance import AllianceRow
from models.basics.clock import day_of, today
from models.storage.chain import list_events
from models.storage.database import reading
from models.tables import Alliance
from models.threads.lines import read_lines
from models.workshop.meetings import next_meeting
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext

LATEST = 3


def just_happened(alliance: Alliance) -> None:
    """Draw the last three things that facilitators and partners did."""
    with reading() as session:
        events = list_events(session, alliance.id, limit=LATEST)
    with st.container(border=True, key="card_news", height="stretch"):
        rows = Markup("").join(
            Markup('<li><span>{}</span><span dir="auto">{}</span></li>').format(
                _when(event.happened_at, alliance.time_zone),
                event_sentence(event.what, event.details, language()),
            )
            for event in events
        )
        st.html(Markup('<h2 class="small">{}</h2><ul class="news">{}</ul>').format(_("Just happened"), rows))


def from_one_comes_another(alliance: Alliance, row: AllianceRow) -> None:
    """Draw how many proposals became principles, and those agreements; and the way to the whole thread."""
    meeting = next_meeting(row.workshops)
    with reading() as session:
        lines = read_lines(session, alliance.id)
    told = []
    if lines.proposals and not lines.principles:
        told.append(
            ngettext("{count} proposal came in.", "{count} proposals came in.", lines.proposals).format(
                count=lines.proposals
            )
        )
    if lines.principles:
        told.append(
            ngettext(
                "From {used} of {proposals} proposals came {count} principle.",
                "From {used} of {proposals} proposals came {count} principles.",
                lines.principles,
            ).format(used=lines.used, proposals=lines.proposals, count=lines.principles)
        )
    if lines.agreements:
        told.append(
            ngettext(
                "For {practised} of those there is {count} agreement.",
                "For {practised} of those there are {count} agreements.",
                lines.agreements,
            ).format(practised=lines.practised, count=lines.agreements)
            if lines.principles
            else ngettext(
                "There is {count} agreement.", "There are {count} agreements.", lines.agreements
            ).format(count=lines.agreements)
        )
    with st.container(border=True, key="card_lines", height="stretch"):
        st.html(
            Markup('<h2 class="small">{}</h2><p class="lines">{}</p>').format(
                _("From one comes another"),
                " ".join(told) or _("The thread begins with the first proposal."),
            )
        )
        if meeting is not None and lines.principles:
            st.page_link(
                "agree.py",
                label=_("See the whole thread"),
                icon=":material/arrow_forward:",
                query_params={WORKSHOP: meeting.code},
            )


def _when(moment: datetime, time_zone: str) -> str:
    """Return when something happened, as one says it: today with the time, yesterday, else the day."""
    happened_on, now = day_of(moment, time_zone), today(time_zone)
    if happened_on == now:
        return _("today {time}").format(time=clock_time(moment, language(), time_zone))
    if happened_on == now - timedelta(days=1):
        return _("yesterday")
    return day_this_year(happened_on, now, language())
