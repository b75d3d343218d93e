"""The second photo: what changed since the one before, per theme and group, and where no difference may be drawn.

A difference is drawn only between answers on the same words, on the same scale, of the same group; everything else has
its reason. Its interval is that of the difference of two independent groups: other people may have answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from models.basics.errors import NotFound
from models.picture.intervals import Interval, newcombe
from models.picture.picture import EVERYONE, Answered, AnsweredStatement, ThemeRow
from models.picture.reading import PictureView, read_picture
from models.storage.chain import list_events
from models.storage.finding import existing
from models.tables import Baseline, Statement
from models.workshop.rows import OTHER


class NoDifference(StrEnum):
    """Why no difference is drawn."""

    WORDS = "words"
    SCALE = "scale"
    GROUP = "group"
    FEW = "few"
    ONE_PHOTO = "one photo"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class ThemeChange:
    """A theme in both photos, for one row of people. `why_not` says why no difference is drawn, None where one is.

    `before` and `after` are told by the statements with the same words; where none has, by all of each photo. `then`
    and `now` are the statements with other words. Rows are None where they may not be shown, or were not asked.
    """

    theme_id: int
    before: ThemeRow | None
    after: ThemeRow | None
    then: tuple[AnsweredStatement, ...]
    now: tuple[AnsweredStatement, ...]
    why_not: NoDifference | None

    @property
    def is_drawn(self) -> bool:
        """Whether a difference is told: both photos have a row, and nothing stands in the way."""
        return self.why_not is None and self.before is not None and self.after is not None

    @property
    def difference(self) -> int:
        """Return how many percents more agree now, in the percents that are read; 0 where no difference is drawn."""
        if self.before is None or self.after is None or not self.is_drawn:
            return 0
        return self.after.percent - self.before.percent

    @property
    def interval(self) -> Interval | None:
        """Return between which differences (-1 to 1) it lies; None where none is drawn."""
        if self.before is None or self.after is None or not self.is_drawn:
            return None
        return newcombe(self.before.as_people, self.after.as_people)

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the interval of the difference leaves out zero."""
        return self.interval is not None and self.interval.excludes_zero


@dataclass(frozen=True)
class SecondPhoto:
    """Two photos beside each other. `renamed` are the groups with another name than then: by row, their name of then.

    `same` are the statements of the later one that repeat one of the earlier, by id.
    """

    before: PictureView
    after: PictureView
    same: Mapping[int, int]
    renamed: Mapping[str, str]

    @property
    def keys(self) -> list[str]:
        """Return the rows that either photo shows, those of the later one first."""
        return list(dict.fromkeys([*self.after.picture.rows, *self.before.picture.rows]))

    def is_same_row(self, key: str) -> bool:
        """Whether a row is the same people's: shown in both, under the same name, joined from the same groups."""
        if key in self.renamed or not all(key in one.picture.rows for one in (self.before, self.after)):
            return False
        then, now = self.before.who, self.after.who
        return key != OTHER or (set(then.joined), then.joins_without_group) == (
            set(now.joined),
            now.joins_without_group,
        )

    def of(self, key: str) -> list[ThemeChange]:
        """Return every theme of either photo for one row: the largest gain first, those without a difference last."""
        found = changes(
            _statements(self.before),
            _statements(self.after),
            self.same,
            key,
            themes=list(self.after.themes),
            is_same_scale=_scale(self.before) == _scale(self.after),
            is_same_row=self.is_same_row(key),
        )
        return [
            *sorted((one for one in found if one.is_drawn), key=lambda one: -one.difference),
            *(one for one in found if not one.is_drawn),
        ]


def changes(
    before: Sequence[AnsweredStatement],
    after: Sequence[AnsweredStatement],
    same: Mapping[int, int],
    key: str,
    *,
    themes: Sequence[int],
    is_same_scale: bool = True,
    is_same_row: bool = True,
) -> list[ThemeChange]:
    """Return the themes that were asked about in either photo, in the order of `themes`, for the row `key`.

    A theme is that of the later statement: one that was moved or merged since takes its answers along.
    """
    by_id = {one.id: one for one in before}
    pairs = [
        (by_id[same[one.id]], one)
        for one in after
        if one.id in same and same[one.id] in by_id and _says_the_same(by_id[same[one.id]], one)
    ]
    repeated = {one.id for pair in pairs for one in pair}
    found = []
    for theme_id in themes:
        own = [pair for pair in pairs if pair[1].theme_id == theme_id]
        then = tuple(one for one in before if one.theme_id == theme_id and one.id not in repeated)
        now = tuple(one for one in after if one.theme_id == theme_id and one.id not in repeated)
        if own or then or now:
            found.append(
                _change(theme_id, key, own, then, now, is_same_scale=is_same_scale, is_same_row=is_same_row)
            )
    return found


def _says_the_same(before: AnsweredStatement, after: AnsweredStatement) -> bool:
    return (before.text, before.is_reversed) == (after.text, after.is_reversed)


def _change(
    theme_id: int,
    key: str,
    pairs: Sequence[tuple[AnsweredStatement, AnsweredStatement]],
    then: tuple[AnsweredStatement, ...],
    now: tuple[AnsweredStatement, ...],
    *,
    is_same_scale: bool,
    is_same_row: bool,
) -> ThemeChange:
    shown = [pair for pair in pairs if all(_of(one, key) is not None for one in pair)]
    if shown:
        earlier, later = [pair[0] for pair in shown], [pair[1] for pair in shown]
    else:
        earlier = [*(pair[0] for pair in pairs), *then]
        later = [*(pair[1] for pair in pairs), *now]
    was, became = _row(earlier, key), _row(later, key)
    return ThemeChange(
        theme_id,
        was,
        became,
        then,
        now,
        _why_not(
            pairs,
            was,
            became,
            then,
            now,
            is_same_scale=is_same_scale,
            is_same_row=is_same_row,
            is_shown=bool(shown),
        ),
    )


def _why_not(
    pairs: Sequence[tuple[AnsweredStatement, AnsweredStatement]],
    was: ThemeRow | None,
    became: ThemeRow | None,
    then: Sequence[AnsweredStatement],
    now: Sequence[AnsweredStatement],
    *,
    is_same_scale: bool,
    is_same_row: bool,
    is_shown: bool,
) -> NoDifference | None:
    if not pairs:
        return NoDifference.WORDS if then and now else NoDifference.ONE_PHOTO
    if not is_same_scale:
        return NoDifference.SCALE
    if not is_same_row:
        return NoDifference.GROUP
    if not is_shown or was is None or became is None:
        return NoDifference.HIDDEN
    if was.is_drawn_as_people or became.is_drawn_as_people:
        return NoDifference.FEW
    return None


def _of(statement: AnsweredStatement, key: str) -> Answered | None:
    return statement.total if key == EVERYONE else statement.rows.get(key)


def _row(statements: Sequence[AnsweredStatement], key: str) -> ThemeRow | None:
    counted = [found for one in statements if (found := _of(one, key)) is not None]
    if not counted:
        return None
    return ThemeRow(
        key,
        agree=sum(one.agree for one in counted),
        answers=sum(one.people for one in counted),
        people=min(one.people for one in counted),
    )


def read_second(session: Session, baseline_id: int) -> SecondPhoto | None:
    """Return this startfoto beside the one before it, None until both have closed statements. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    after = read_picture(session, baseline_id)
    if not after.is_closed:
        return None
    for earlier in session.exec(
        select(Baseline)
        .where(Baseline.alliance_id == baseline.alliance_id, Baseline.number < baseline.number)
        .order_by(col(Baseline.number).desc())
    ).all():
        before = read_picture(session, earlier.id)
        if before.is_closed:
            return SecondPhoto(before, after, _same(session, after), _renamed(session, before, after))
    return None


def _same(session: Session, after: PictureView) -> dict[int, int]:
    asked = [one.id for one in _statements(after)]
    return {
        found.id: found.same_as_id
        for found in session.exec(select(Statement).where(col(Statement.id).in_(asked))).all()
        if found.same_as_id is not None
    }


def _renamed(session: Session, before: PictureView, after: PictureView) -> dict[str, str]:
    """Return the groups that got another name between the two closes, by row, with the name of then."""
    if before.closed_at is None or after.closed_at is None:
        raise NotFound("baseline")
    events = [
        event
        for event in list_events(session, after.baseline.alliance_id)
        if event.what == "group renamed" and event.happened_at > before.closed_at
    ]
    renamed = {}
    for key, name in after.names.items():
        at_the_close = None
        for event in events:
            if event.details.get("group") == name:
                if event.happened_at <= after.closed_at and at_the_close is None:
                    at_the_close = name
                name = str(event.details.get("was", ""))
        if at_the_close is not None and name != at_the_close:
            renamed[key] = name
    return renamed


def _statements(view: PictureView) -> list[AnsweredStatement]:
    return [one for theme in view.picture.themes for one in theme.statements]


def _scale(view: PictureView) -> tuple[str, ...]:
    return view.scale
