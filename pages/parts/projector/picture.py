"""The picture of a startfoto in the room: one theme at a time, the widest gap first, and then what changed since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exports.drawings.gaps import difference_strip, gap_line, one_reach, people_dots
from exports.drawings.sides import marks_of_rows, side_mark
from exports.language import in_a_sentence, number
from exports.sentences.picture import (
    agree_of,
    between,
    difference,
    few_of,
    may_be_chance,
    row_in_a_sentence,
    row_name,
    statement_words,
    theme_in_words,
)
from exports.sentences.second_photo import (
    change_in_words,
    column_names,
    second_headline,
    shown_share,
    what_we_know,
    why_no_difference,
)
from models.basics.words import Side
from models.picture.picture import EVERYONE, AnsweredStatement, PictureTheme, ThemeRow
from models.picture.reading import PictureView
from models.picture.second import SecondPhoto, ThemeChange
from pages.parts.projector.screen import (
    Room,
    Screen,
    drawing,
    lines_of,
    render,
    statement_size,
    turned,
    typed,
)

# Rows under a headline of one line and under one of two, which takes the place of a row.
CHANGES_ON_A_PAGE = {1: 5, 2: 4}
ROWS_OF_PEOPLE = 5
MARK, DOT = 56, 35


@dataclass(frozen=True)
class _Page:
    """A page of the picture: what it says to a screen reader, and how it is drawn at its number among so many."""

    draw: Callable[[int, int], Screen]


def picture_screen(room: Room, view: PictureView, photo: SecondPhoto | None) -> Screen:
    """Return the page that who leads turned to: a theme, or what changed. `view` is of a closed round.

    Nothing typed by people stands on it but what the facilitator wrote: statements, themes, names of groups.
    """
    pages = _pages(room, view, photo)
    page = min(max(room.page, 0), len(pages) - 1)
    return turned(len(pages), lambda: pages[page].draw(page, len(pages)))


def _pages(room: Room, view: PictureView, photo: SecondPhoto | None) -> list[_Page]:
    if view.picture.is_hidden:
        return [_Page(lambda _page, _pages: _hidden(room, view))]
    marks = marks_of_rows(
        {
            key: row_name(view, key, room.language)
            for key in dict.fromkeys(
                [*view.picture.rows, *(row.key for theme in view.picture.themes for row in theme.rows)]
            )
        }
    )
    found: list[_Page] = []
    for theme in view.picture.themes:
        if theme.shares:
            found.append(_gap(room, view, marks, theme))
        else:
            found += [_people(room, view, marks, theme, one) for one in theme.statements if theme.rows]
    if photo is not None and photo.keys:
        key = _first_row(room, photo)
        changes = photo.of(key)
        title = second_headline(changes, room.language)
        reach = one_reach(one.interval for one in changes)
        on_a_page = CHANGES_ON_A_PAGE[min(2, lines_of(title, statement_size(title)))]
        found += [
            _changes(room, photo, key, title, changes[start : start + on_a_page], reach)
            for start in range(0, len(changes), on_a_page)
        ]
    return found


def _hidden(room: Room, view: PictureView) -> Screen:
    _ = room.gettext
    title = (
        _("Fewer than five people answered: that stays hidden.") if view.who.people else _("Nobody answered.")
    )
    return render(
        "message.html",
        room,
        announce=title,
        title=title,
        icon_name="photo_camera",
        sentence=_("Otherwise one would know what each of them said.") if view.who.people else "",
    )


def _asked(room: Room, view: PictureView, theme: PictureTheme) -> dict[str, Any]:
    """Return what stands above a theme: its one statement, or its name with its statements.

    A statement whose rows are hidden is not in the figures below it, so it does not stand above them.
    """
    _ = room.gettext
    name = view.themes[theme.id]
    if len(theme.told) == 1:
        text = statement_words(theme.told[0], room.language)
        kick = _("{theme} · of every 100 people so many say “agree”").format(theme=name)
        return {"kick": kick, "title": typed(text), "size": statement_size(text), "asked": []}
    return {
        "kick": _("Of every 100 answers so many say “agree”"),
        "title": typed(name),
        "size": statement_size(name),
        "asked": [typed(statement_words(one, room.language)) for one in theme.told],
    }


def _gap(room: Room, view: PictureView, marks: Mapping[str, str], theme: PictureTheme) -> _Page:
    _, language = room.gettext, room.language
    lowest, highest = theme.lowest, theme.highest
    assert lowest is not None
    assert highest is not None

    def one(row: ThemeRow) -> dict[str, object]:
        return {"name": row_in_a_sentence(view, row.key, language), "percent": row.percent}

    def draw(page: int, pages: int) -> Screen:
        few = [row for row in theme.rows if row.is_drawn_as_people]
        return render(
            "picture.html",
            room,
            announce=theme_in_words(view, theme, language),
            page=page,
            pages=pages,
            **_asked(room, view, theme),
            lowest=one(lowest),
            highest=one(highest) if theme.gap is not None else None,
            gap=_("{gap} apart").format(gap=theme.gap) if theme.gap is not None else "",
            chance=may_be_chance(language) if theme.gap and not theme.is_more_than_chance else "",
            line=drawing(gap_line(theme, marks, label=theme_in_words(view, theme, language))),
            nobody=_("0 agree"),
            everybody=_("100 agree"),
            others=[
                {**one(row), "mark": drawing(side_mark(marks[row.key], size=MARK))}
                for row in theme.shares
                if row.key not in (lowest.key, highest.key)
            ],
            foot=_foot(room, view),
            few=[
                {
                    "name": row_name(view, row.key, language),
                    "dots": drawing(people_dots(row.agree, row.people, size=DOT))
                    if row.answers == row.people and len(few) == 1
                    else "",
                    "said": few_of(row, language),
                }
                for row in few
            ],
        )

    return _Page(draw)


def _foot(room: Room, view: PictureView) -> str:
    people = room.ngettext("{count} person.", "{count} people.", view.who.people).format(
        count=number(view.who.people, room.language)
    )
    return f"{people} {room.gettext('A photo, not a sample.')}"


def _people(
    room: Room,
    view: PictureView,
    marks: Mapping[str, str],
    theme: PictureTheme,
    statement: AnsweredStatement,
) -> _Page:
    _, language = room.gettext, room.language
    shown = dict(statement.rows) or ({EVERYONE: statement.total} if statement.total else {})
    rows = [(row.key, shown[row.key]) for row in theme.rows if row.key in shown]
    text = statement_words(statement, language)

    def draw(page: int, pages: int) -> Screen:
        return render(
            "picture_people.html",
            room,
            announce=text,
            page=page,
            pages=pages,
            kick=view.themes[theme.id],
            title=typed(text),
            size=statement_size(text),
            rows=[
                {
                    "mark": drawing(side_mark(marks[key], size=MARK)),
                    "name": row_name(view, key, language),
                    "dots": drawing(people_dots(row.agree, row.people, size=DOT)),
                    "said": _("{how_many} say “agree”").format(how_many=agree_of(row, language)),
                }
                for key, row in rows[:ROWS_OF_PEOPLE]
            ],
            hidden="" if rows else _("hidden: fewer than five answered"),
            foot=_foot(room, view),
        )

    return _Page(draw)


def _first_row(room: Room, photo: SecondPhoto) -> str:
    """Return of whom the room sees what changed: the residents where they can be compared, else one that can."""
    comparable = [key for key in photo.keys if photo.is_same_row(key)] or photo.keys
    marks = marks_of_rows({key: row_name(photo.after, key, room.language) for key in comparable})
    return next((key for key in comparable if marks[key] == Side.RESIDENTS), comparable[0])


def _changes(
    room: Room, photo: SecondPhoto, key: str, title: str, changes: list[ThemeChange], reach: float
) -> _Page:
    language = room.language
    then, now = column_names(photo, language)

    def draw(page: int, pages: int) -> Screen:
        return render(
            "picture_changes.html",
            room,
            announce=title,
            page=page,
            pages=pages,
            kick=room.gettext("{group}, {then} and {now}").format(
                group=row_name(photo.after, key, language), then=in_a_sentence(then), now=in_a_sentence(now)
            ),
            title=title,
            size=statement_size(title),
            rows=[_change(room, photo, key, one, reach) for one in changes],
            foot=_foot(room, photo.after),
        )

    return _Page(draw)


def _change(room: Room, photo: SecondPhoto, key: str, change: ThemeChange, reach: float) -> dict[str, object]:
    language = room.language
    told: dict[str, object] = {
        "name": photo.after.themes[change.theme_id],
        "then": shown_share(change.before, language) or "–",
        "now": shown_share(change.after, language) or "–",
    }
    if change.interval is None or change.before is None or change.after is None:
        return {**told, "strip": "", "why": why_no_difference(photo, key, change, language)[0]}
    strip = difference_strip(
        float(change.after.share - change.before.share),
        change.interval,
        reach=reach,
        label=change_in_words(change, language),
    )
    return {
        **told,
        "strip": drawing(strip),
        "difference": difference(change.difference),
        "between": between(change.interval, language),
        "known": what_we_know(change, language),
        "is_sure": change.is_more_than_chance,
    }
