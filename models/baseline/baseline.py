"""A startfoto of an alliance: begun, presented, and the themes of which it speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.alliance.alliance import read_alliance
from models.basics.clock import today
from models.basics.errors import InUse, InvalidValue, TooManyThemes
from models.basics.text import LINE_LIMIT, NAME_LIMIT, one_line
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Alliance, Baseline, ConclusionTheme, FindingTheme, Statement, Theme
from models.tables.startfoto import MOST_THEMES

# In English, as message ids; a face offers them in the alliance's language.
THEME_PRESETS = (
    "Feeling at home",
    "Taking part",
    "Meeting each other",
    "Safety and discrimination",
    "Being heard",
    "Access to services",
    "Work and school",
    "Language",
)


@dataclass(frozen=True)
class BaselineBegun:
    baseline_id: int
    number: int


def begin_baseline(
    session: Session, *, who: str, alliance_id: int, title: str = "", themes: Sequence[str] = THEME_PRESETS
) -> BaselineBegun:
    """Begin a startfoto. `themes` become the alliance's list where it has none yet. Raises `NotFound`."""
    alliance = existing(session, Alliance, alliance_id, lock=True)
    number = (
        session.exec(select(func.max(Baseline.number)).where(Baseline.alliance_id == alliance_id)).one() or 0
    ) + 1
    baseline = Baseline(
        alliance_id=alliance_id,
        number=number,
        title=one_line(title, field="title", limit=LINE_LIMIT, is_required=False),
        started_on=today(alliance.time_zone),
    )
    session.add(baseline)
    session.flush()
    if not read_themes(session, alliance_id):
        for name in themes:
            _new_theme(session, alliance_id, name)
    record(session, alliance_id=alliance_id, who=who, what="baseline begun", number=number)
    return BaselineBegun(baseline.id, number)


def newest_baseline(session: Session, alliance_id: int) -> Baseline | None:
    """Return the alliance's last startfoto, or None while it has none."""
    return session.exec(
        select(Baseline)
        .where(Baseline.alliance_id == alliance_id)
        .order_by(col(Baseline.number).desc())
        .limit(1)
    ).first()


def present_baseline(session: Session, *, who: str, baseline_id: int, on: date | None) -> None:
    """Say on which day the startfoto was presented, or take that back (None). From then its notes are erased.

    Raises `InvalidValue` for a day that has not come.
    """
    baseline = existing(session, Baseline, baseline_id)
    alliance = read_alliance(session, baseline.alliance_id)
    if on is not None and on > today(alliance.time_zone):
        raise InvalidValue("presented_on", on)
    baseline.presented_on = on
    session.add(baseline)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="baseline presented" if on else "baseline not presented",
        number=baseline.number,
    )


def read_themes(session: Session, alliance_id: int) -> list[Theme]:
    """Return the themes of an alliance, in order."""
    return list(
        session.exec(
            select(Theme).where(Theme.alliance_id == alliance_id).order_by(col(Theme.position))
        ).all()
    )


def add_theme(session: Session, *, who: str, alliance_id: int, name: str) -> int:
    """Add a theme, the last in order, and return its id. Raises `TooManyThemes`, and `InvalidValue` if it is there."""
    existing(session, Alliance, alliance_id, lock=True)
    theme = _new_theme(session, alliance_id, name)
    record(session, alliance_id=alliance_id, who=who, what="theme added", theme=theme.name)
    return theme.id


def rename_theme(session: Session, *, who: str, theme_id: int, name: str) -> None:
    """Give a theme another name: everything that has it keeps it. Raises `InvalidValue` when the name is taken."""
    theme = existing(session, Theme, theme_id)
    wanted = one_line(name, field="theme", limit=NAME_LIMIT)
    _refuse_taken_name(session, theme.alliance_id, wanted, except_id=theme_id)
    theme.name = wanted
    session.add(theme)
    record(session, alliance_id=theme.alliance_id, who=who, what="theme renamed", theme=wanted)


def merge_themes(session: Session, *, who: str, theme_id: int, into_id: int) -> None:
    """Let everything of one theme belong to another one, and take the first away. Raises `InvalidValue`, `NotFound`."""
    theme, into = existing(session, Theme, theme_id), existing(session, Theme, into_id)
    if theme_id == into_id or theme.alliance_id != into.alliance_id:
        raise InvalidValue("theme", into_id)
    for link, owner in ((FindingTheme, "finding_id"), (ConclusionTheme, "conclusion_id")):
        has_it = set(session.exec(select(getattr(link, owner)).where(link.theme_id == into_id)).all())
        for identifier in session.exec(select(getattr(link, owner)).where(link.theme_id == theme_id)).all():
            if identifier not in has_it:
                session.add(link(**{owner: identifier, "theme_id": into_id}))
    for statement in session.exec(select(Statement).where(Statement.theme_id == theme_id)).all():
        statement.theme_id = into_id
        session.add(statement)
    session.flush()
    _take_away(session, theme)
    record(
        session, alliance_id=into.alliance_id, who=who, what="themes merged", theme=theme.name, into=into.name
    )


def remove_theme(session: Session, *, who: str, theme_id: int) -> None:
    """Take a theme away. What was found about it stays, without it. Raises `InUse` where statements ask about it."""
    theme = existing(session, Theme, theme_id)
    if session.exec(select(Statement.id).where(Statement.theme_id == theme_id).limit(1)).first() is not None:
        raise InUse
    _take_away(session, theme)
    record(session, alliance_id=theme.alliance_id, who=who, what="theme removed", theme=theme.name)


def move_theme(session: Session, *, who: str, theme_id: int, position: int) -> None:
    """Bring a theme to another place in the list, counted from 1. Raises `InvalidValue`."""
    theme = existing(session, Theme, theme_id)
    themes = read_themes(session, theme.alliance_id)
    if not 1 <= position <= len(themes):
        raise InvalidValue("position", position)
    others = [other for other in themes if other.id != theme_id]
    _in_order(session, [*others[: position - 1], theme, *others[position - 1 :]])
    record(session, alliance_id=theme.alliance_id, who=who, what="themes put in order")


def note_event(session: Session, who: str, baseline: Baseline, what: str, number: int) -> int:
    """Record what was done to number `number` of a startfoto, and tell all who look at it. Return the event's id."""
    event_id = record(session, alliance_id=baseline.alliance_id, who=who, what=what, number=number)
    alliance_changed(session, baseline.alliance_id, content=True)
    return event_id


def _take_away(session: Session, theme: Theme) -> None:
    connection = session.connection()
    connection.execute(delete(FindingTheme).where(col(FindingTheme.theme_id) == theme.id))
    connection.execute(delete(ConclusionTheme).where(col(ConclusionTheme.theme_id) == theme.id))
    session.delete(theme)
    session.flush()
    _in_order(session, read_themes(session, theme.alliance_id))


def _in_order(session: Session, themes: Sequence[Theme]) -> None:
    for sign in (-1, 1):
        for position, theme in enumerate(themes, start=1):
            theme.position = sign * position
            session.add(theme)
        session.flush()


def _new_theme(session: Session, alliance_id: int, raw: str) -> Theme:
    name = one_line(raw, field="theme", limit=NAME_LIMIT)
    _refuse_taken_name(session, alliance_id, name)
    themes = read_themes(session, alliance_id)
    if len(themes) >= MOST_THEMES:
        raise TooManyThemes(MOST_THEMES)
    theme = Theme(alliance_id=alliance_id, position=len(themes) + 1, name=name)
    session.add(theme)
    session.flush()
    return theme


def _refuse_taken_name(
    session: Session, alliance_id: int, name: str, *, except_id: int | None = None
) -> None:
    for other in read_themes(session, alliance_id):
        if other.id != except_id and other.name.casefold() == name.casefold():
            raise InvalidValue("theme", name)
