"""The picture of a startfoto, read from the round in which its statements were asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.alliance.groups import read_groups
from models.baseline.baseline import read_themes
from models.baseline.views import BaselineRow, ThemeRow, baseline_row
from models.basics.clock import day_of
from models.basics.words import Phase, SubjectKind
from models.photo.meeting import last_day_by_link, statements_round
from models.picture.picture import (
    Answered,
    AnsweredStatement,
    Picture,
    answered,
    as_shown,
    picture,
)
from models.storage.finding import existing
from models.tables import Baseline, Participant, Statement, Workshop
from models.voting.decision import Result
from models.voting.methods.method import Tally
from models.voting.round_views import RoundView, read_round
from models.workshop.rows import SMALLEST_SHOWN

NOTHING = Picture((), {})


@dataclass(frozen=True)
class WhoAnswered:
    """Who answered, and who did not, as far as that may be told.

    `people` answered, of `came` who came in; `sources` counts them by what they speak through. `joined` are the groups
    that count together as other groups, where `joins_without_group` says that people without a group count there too;
    from `silent` groups nobody answered. Both are empty where groups are not shown. `open_until` is the last day by
    link, None for the room alone; `is_shared_outside` says that the link went beyond the place itself. `by_link` came
    in before the day of the meeting, `in_hall` on it or after; None where nobody could, or where either are few: who
    knows the one counts the other.
    """

    people: int
    came: int
    sources: Mapping[str, int]
    joined: tuple[str, ...]
    joins_without_group: bool
    silent: tuple[str, ...]
    open_until: date | None = None
    is_shared_outside: bool = False
    by_link: int | None = None
    in_hall: int | None = None


@dataclass(frozen=True)
class PictureView:
    """The picture with its words. `phase` is that of the round, None while nothing was asked; open, it has no figures.

    `names` are the names of groups by row; a row that is none's (`none`, `other`, `everyone`) is not in it. `spoken` is
    the language in which themes and groups were named, nothing where it is the reader's own.
    """

    baseline: BaselineRow
    phase: Phase | None
    round_id: int | None
    workshop_id: int | None
    closed_at: datetime | None
    place: str
    themes: Mapping[int, str]
    statements: int
    names: Mapping[str, str]
    who: WhoAnswered
    picture: Picture
    scale: tuple[str, ...] = ()
    spoken: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether the statements take no answers any more."""
        return self.phase in (Phase.CLOSED, Phase.REVEALED)

    def statement(self, statement_id: int) -> AnsweredStatement | None:
        """Return a statement with what was answered on it; None where it was not asked, or is still open."""
        return next(
            (one for theme in self.picture.themes for one in theme.statements if one.id == statement_id), None
        )

    @property
    def in_list_order(self) -> list[ThemeRow]:
        """Return the themes that were asked about, in the fixed order of the list."""
        asked = {theme.id for theme in self.picture.themes}
        return [ThemeRow(theme_id, name) for theme_id, name in self.themes.items() if theme_id in asked]


def read_picture(session: Session, baseline_id: int) -> PictureView:
    """Return the picture of a startfoto: figures once its round is closed, and never before. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    alliance = read_alliance(session, baseline.alliance_id)
    themes = {theme.id: theme.name for theme in read_themes(session, baseline.alliance_id)}
    found = statements_round(session, baseline_id)
    asked = read_round(session, found.id) if found is not None else None
    groups = {str(group.id): group.name for group in read_groups(session, baseline.alliance_id)}
    is_closed = asked is not None and asked.phase in (Phase.CLOSED, Phase.REVEALED)
    return PictureView(
        baseline=baseline_row(baseline),
        phase=asked.phase if asked else None,
        round_id=asked.id if asked else None,
        workshop_id=asked.workshop_id if asked else None,
        closed_at=asked.closed_at if asked else None,
        place=alliance.place,
        themes=themes,
        statements=len(asked.items) if asked else 0,
        names=groups,
        who=_who(session, asked, groups, baseline),
        picture=picture(list(themes), _statements(session, asked)) if asked and is_closed else NOTHING,
        scale=tuple(choice.value for choice in asked.choices) if asked else (),
        spoken=alliance.language,
    )


def _statements(session: Session, asked: RoundView) -> list[AnsweredStatement]:
    stored = {
        one.id: one
        for one in session.exec(
            select(Statement).where(col(Statement.id).in_([item.about.id for item in asked.items]))
        ).all()
    }
    found = []
    for item in asked.items:
        if item.about.kind != SubjectKind.STATEMENT:
            continue
        statement = stored[item.about.id]
        total, rows = _shown(item.result, is_reversed=statement.is_reversed) if item.result else (None, {})
        found.append(
            AnsweredStatement(
                statement.id, item.number, statement.theme_id, item.text, statement.is_reversed, total, rows
            )
        )
    return found


def _shown(result: Result, *, is_reversed: bool) -> tuple[Answered | None, dict[str, Answered]]:
    if result.numbers is None:
        return None, {}
    total = Tally(result.numbers.cast, result.numbers.counts)
    return as_shown(
        answered(total, result.choices, is_reversed=is_reversed),
        {
            row.key: answered(Tally(row.cast, row.counts), result.choices, is_reversed=is_reversed)
            for row in result.rows
        },
    )


def _who(
    session: Session, asked: RoundView | None, groups: Mapping[str, str], baseline: Baseline
) -> WhoAnswered:
    if asked is None:
        return WhoAnswered(0, 0, {}, (), joins_without_group=False, silent=())
    rows = next((item.result.rows for item in asked.items if item.result and item.result.rows), [])
    shown = {row.key for row in rows}
    by_link, in_hall = _ways_in(session, asked, baseline)
    return WhoAnswered(
        people=asked.voted,
        came=asked.electorate,
        sources=asked.sources or {},
        joined=tuple(asked.joined_groups) if rows else (),
        joins_without_group=bool(rows) and asked.joins_people_without_group,
        silent=tuple(
            name for key, name in groups.items() if key not in shown and name not in asked.joined_groups
        )
        if rows
        else (),
        open_until=last_day_by_link(session, baseline, asked.closed_at),
        is_shared_outside=baseline.is_shared_outside,
        by_link=by_link,
        in_hall=in_hall,
    )


def _ways_in(session: Session, asked: RoundView, baseline: Baseline) -> tuple[int | None, int | None]:
    """Return how many came in by link before the day of the meeting, and how many on it: neither where either are few.

    It counts who came in, and never what they answered: of that an anonymous round keeps no moment.
    """
    if baseline.open_until is None or asked.closed_at is None:
        return None, None
    workshop = existing(session, Workshop, asked.workshop_id)
    alliance = read_alliance(session, baseline.alliance_id)
    days = [
        day_of(joined_at, alliance.time_zone)
        for joined_at in session.exec(
            select(Participant.joined_at).where(
                Participant.workshop_id == workshop.id, col(Participant.joined_at) <= asked.closed_at
            )
        ).all()
        if joined_at is not None
    ]
    before = sum(day < workshop.held_on for day in days)
    if min(before, len(days) - before) < SMALLEST_SHOWN:
        return None, None
    return before, len(days) - before
