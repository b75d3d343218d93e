"""The rows of a picture on a page: each with its mark, always the same, and its people where they are few."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from exports.drawings.gaps import people_dots
from exports.drawings.sides import marks_of_rows
from exports.sentences.picture import agree_of, row_name, statement_words
from models.picture.picture import EVERYONE, Answered, AnsweredStatement
from models.picture.reading import PictureView
from pages.parts.baseline.marks import side_picture
from pages.parts.frame.picture import picture
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language

DOT = 17


def row_marks(view: PictureView) -> dict[str, str]:
    """Return the name of the mark of each row that is shown somewhere."""
    keys = dict.fromkeys(
        [*view.picture.rows, *(row.key for theme in view.picture.themes for row in theme.rows)]
    )
    return marks_of_rows({key: row_name(view, key, language()) for key in keys})


def legend(view: PictureView, marks: Mapping[str, str], keys: Sequence[str]) -> Markup:
    """Return which mark is whose."""
    return Markup('<ul class="legend">{}</ul>').format(
        Markup("").join(
            Markup('<li>{}<span dir="auto">{}</span></li>').format(
                side_picture(marks[key], size=22), row_name(view, key, language())
            )
            for key in keys
        )
    )


def people(
    view: PictureView, marks: Mapping[str, str], statements: Sequence[AnsweredStatement], keys: Sequence[str]
) -> Markup:
    """Return every person of these rows, statement by statement; the statements as they were asked."""
    return Markup("").join(_of_statement(view, marks, one, keys) for one in statements)


def _of_statement(
    view: PictureView, marks: Mapping[str, str], statement: AnsweredStatement, keys: Sequence[str]
) -> Markup:
    shown = dict(statement.rows) or ({EVERYONE: statement.total} if statement.total else {})
    lines = Markup("").join(
        _line(row_name(view, key, language()), marks[key], shown[key]) for key in keys if key in shown
    )
    return Markup('<p class="asked" dir="auto">{}</p><ul class="people">{}</ul>').format(
        statement_words(statement, language()),
        lines
        or Markup('<li class="striped"><span>{}</span></li>').format(_("hidden: fewer than five answered")),
    )


def _line(name: str, mark: str, answered: Answered) -> Markup:
    said = _("{how_many} say “agree”").format(how_many=agree_of(answered, language()))
    dots = picture(people_dots(answered.agree, answered.people, size=DOT), "", width="auto")
    return Markup('<li>{}<span dir="auto">{}</span>{}<b>{}</b></li>').format(
        side_picture(mark, size=20), name, dots, said
    )
