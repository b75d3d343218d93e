"""Startfoto, statements: what everyone is asked, by link until a day and in the room, and how many answered."""

import streamlit as st

from models.baseline.baseline import read_themes
from models.baseline.statements import list_statements
from models.baseline.views import ThemeRow
from models.photo.answers import read_answers
from models.photo.meeting import may_ask_statements, meeting_of
from models.storage.database import reading
from pages.parts.baseline.at_hand import BaselineNow, baseline_now
from pages.parts.baseline.head import STATEMENTS, Badge, baseline_head, baseline_style, stages
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext
from pages.parts.photo.round import big_number, closed, not_asked_yet, open_now
from pages.parts.photo.statement_set import statement_set

ASKING = "statements_now"


@st.fragment(key=ASKING)
def asking(now: BaselineNow) -> None:
    """Draw the statements and their round. A live part with the key `statements_now`."""
    facilitator()
    with reading() as session:
        statements = list_statements(session, now.id)
        themes = [ThemeRow(theme.id, theme.name) for theme in read_themes(session, now.alliance.id)]
        answers = read_answers(session, now.id)
        workshop = meeting_of(session, now.id)
        may_ask = may_ask_statements(session, now.id)
    big_number(now, answers, len(statements))
    left, right = st.columns([1.95, 1])
    with left:
        statement_set(now, statements, themes, was_asked=not may_ask)
    with right:
        if may_ask:
            not_asked_yet(now, len(statements), nobody_answered=answers is not None)
        elif answers is not None and answers.is_open and workshop is not None:
            open_now(now, workshop, answers)
        elif answers is not None:
            closed(now, answers)


def badges(now: BaselineNow) -> list[Badge]:
    """Return the badge of the page's head: how many statements there are."""
    with reading() as session:
        count = len(list_statements(session, now.id))
    told = ngettext("{count} statement", "{count} statements", count).format(count=count)
    return [(told, ":material/ballot:", "gray")] if count else []


baseline_style()
now = baseline_now()
baseline_head(now, _("Statements"), badges(now))
stages(now, STATEMENTS)
asking(now)
with reading() as session:
    meeting = meeting_of(session, now.id)
if meeting is not None:
    live(meeting.code, ASKING, has_head=False)
