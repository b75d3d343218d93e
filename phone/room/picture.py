"""The picture on a phone: the widest gap first, one theme open at a time; and the statements beside a conclusion."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from exports.drawings.gaps import gap_strip, people_dots
from exports.drawings.sides import marks_of_rows, side_mark
from exports.language import percent
from exports.sentences.picture import (
    few_of,
    picture_explanation,
    picture_headline,
    row_name,
    scored_lines,
    statement_words,
    who_answered,
)
from models.baseline.conclusion_views import ConclusionView
from models.basics.words import Language
from models.photo.meeting import baseline_of_meeting
from models.picture.picture import PictureTheme, ThemeRow
from models.picture.reading import PictureView, read_picture

Told = dict[str, Any]
_DOT, _MARK = 14, 22


def told_pictures(session: Session, workshop_id: int) -> dict[str, Told]:
    """Return what the page shows of the picture of a meeting's startfoto, by language: it is read once for all phones.

    Nothing while its statements are not closed, or where nobody answered.
    """
    baseline = baseline_of_meeting(session, workshop_id)
    view = read_picture(session, baseline.id) if baseline is not None else None
    if view is None or not view.is_closed or not view.who.people:
        return {}
    return {language.value: _told(view, language) for language in Language}


def told_statements(
    session: Session, workshop_id: int, conclusions: Sequence[ConclusionView]
) -> dict[str, dict[int, list[str]]]:
    """Return what every group said of the statements beside each conclusion, by language and the conclusion's id."""
    baseline = baseline_of_meeting(session, workshop_id)
    if baseline is None or not any(one.statements for one in conclusions):
        return {}
    view = read_picture(session, baseline.id)
    return {
        language.value: {one.id: scored_lines(view, one, language) for one in conclusions}
        for language in Language
    }


def _told(view: PictureView, language: str) -> Told:
    keys = dict.fromkeys(
        [*view.picture.rows, *(row.key for theme in view.picture.themes for row in theme.rows)]
    )
    marks = marks_of_rows({key: row_name(view, key, language) for key in keys})
    return {
        "headline": picture_headline(view, language),
        "explanation": picture_explanation(view, language),
        "themes": [_theme(view, theme, marks, language) for theme in view.picture.themes if theme.rows],
        "who": " ".join(who_answered(view, language)),
    }


def _theme(view: PictureView, theme: PictureTheme, marks: dict[str, str], language: str) -> dict[str, Any]:
    # Two answers of one person are no two people: where every person is drawn, it is statement by statement.
    drawn = theme.told if not theme.shares and len(theme.told) > 1 else []
    return {
        "name": view.themes[theme.id],
        "gap": theme.gap,
        "asked": [] if drawn else [statement_words(one, language) for one in theme.told],
        "people": [
            {
                "asked": statement_words(one, language),
                "rows": [_row(view, row, marks[row.key], language) for row in one.drawn_rows],
            }
            for one in drawn
        ],
        # The list below it says the same in words.
        "strip": Markup(gap_strip(theme, marks, is_widest=True)) if theme.shares else "",
        "rows": [] if drawn else [_row(view, row, marks[row.key], language) for row in theme.rows],
    }


def _row(view: PictureView, row: ThemeRow, mark: str, language: str) -> dict[str, Any]:
    is_one_answer = row.answers == row.people
    return {
        "mark": Markup(side_mark(mark, size=_MARK)),
        "name": row_name(view, row.key, language),
        "said": few_of(row, language) if row.is_drawn_as_people else percent(row.percent),
        "dots": Markup(people_dots(row.agree, row.people, size=_DOT))
        if row.is_drawn_as_people and is_one_answer
        else "",
    }
