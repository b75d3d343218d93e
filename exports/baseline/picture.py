"""The picture in the report: who answered and who did not, themes by the gap between groups, and what changed since."""

from exports.drawings.gaps import difference_strip, gap_strip, one_reach, people_dots
from exports.drawings.sides import marks_of_rows, side_mark
from exports.hyphenation import in_little_room
from exports.sentences.picture import (
    agree_of,
    between,
    difference,
    picture_explanation,
    picture_headline,
    row_name,
    share_with_interval,
    statement_line,
    statement_words,
    theme_in_words,
    who_answered,
)
from exports.sentences.second_photo import (
    change_in_words,
    column_names,
    second_explanation,
    second_headline,
    shown_share,
    then_and_now,
    what_we_know,
    why_no_difference,
)
from exports.word.paper import Paper, strong
from exports.word.paragraphs import Inline
from exports.word.pictures import Picture, png_of
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from models.basics.words import Stance
from models.picture.picture import EVERYONE, FEWEST_FOR_A_SHARE, PictureTheme, ThemeRow
from models.picture.reading import PictureView
from models.picture.second import SecondPhoto, ThemeChange
from models.reports.content import ConclusionContent, ReportContent
from models.reports.picture import told_change, told_picture

_THEME, _STRIP = 38.0, 104.0
_MARK, _DOT = 4.0, 2.2
# In pixels for a millimetre: sharp on paper.
_SHARP = 10
_NAME, _DIFFERENCE = 34.0, 46.0


def told_who_answered(paper: Paper, content: ReportContent) -> str:
    """Return who answered the statements and who did not, for the page that stands alone; nothing before the close."""
    if "picture" not in content:
        return ""
    return " ".join(who_answered(told_picture(content["picture"]), paper.language))


def told_statements(paper: Paper, content: ReportContent, one: ConclusionContent) -> list[str]:
    """Return the statements beside a conclusion, each with what every group said and whether it supports it."""
    _ = paper.gettext
    if "picture" not in content or "scored" not in one:
        return one["statements"]
    view = told_picture(content["picture"])
    told = []
    for text, scored in zip(one["statements"], one["scored"], strict=True):
        found = view.statement(scored["number"])
        stance = _("says the opposite") if scored["stance"] == Stance.AGAINST else _("supports this")
        words = statement_words(found, paper.language) if found else text
        numbers = f" {statement_line(view, found, paper.language)}." if found else ""
        told.append(
            _("{text} ({number}, {stance}).").format(text=words, number=scored["number"], stance=stance)
            + numbers
        )
    return told


def write_picture(paper: Paper, content: ReportContent) -> None:
    """Write what people answered on statements, and what changed since the photo before. Nothing until the close."""
    if "picture" not in content:
        return
    _ = paper.gettext
    view = told_picture(content["picture"])
    paper.heading(1, _("What people answered"))
    if not view.who.people:
        paper.paragraph(_("Nobody answered the statements."))
        return
    paper.paragraph(strong(picture_headline(view, paper.language)), keeps=True)
    paper.paragraph(picture_explanation(view, paper.language))
    paper.paragraph(" ".join(who_answered(view, paper.language)))
    if view.picture.is_hidden:
        return
    marks = _marks(view, paper.language)
    if view.picture.has_shares:
        _gaps(paper, view, marks)
    _statements(paper, view, marks)
    if "changed" in content:
        _changes(paper, told_change(content["changed"], view))


def _marks(view: PictureView, language: str) -> dict[str, str]:
    keys = dict.fromkeys(
        [*view.picture.rows, *(row.key for theme in view.picture.themes for row in theme.rows)]
    )
    return marks_of_rows({key: row_name(view, key, language) for key in keys})


def _mark(mark: str) -> Picture:
    return Picture(png_of(side_mark(mark, size=40), 96), _MARK, "", is_decoration=True)


def _gaps(paper: Paper, view: PictureView, marks: dict[str, str]) -> None:
    """Write the themes with their drawing, and then the same as shares with margins."""
    _ = paper.gettext
    language = paper.language
    shown = [
        key for key in marks if any(row.key == key for theme in view.picture.themes for row in theme.shares)
    ]
    named: list[Inline] = []
    for key in shown:
        named += [_mark(marks[key]), f"\u00a0{row_name(view, key, language)}   "]
    paper.paragraph(*named, style="Small", keeps=True)
    widest = view.picture.widest
    paper.told_table(
        _("Themes by the gap between groups: on the left nobody agrees, on the right everybody"),
        (_THEME, _STRIP + 4, TEXT_WIDTH - _THEME - _STRIP - 4),
        [
            [
                head_cell(view.themes[theme.id]),
                Cell((_strip(view, theme, marks, language, is_widest=theme is widest),)),
                "–" if theme.gap is None else str(theme.gap),
            ]
            for theme in view.picture.themes
            if theme.shares
        ],
        head=(_("Theme"), _("Who agrees, per group"), _("Gap")),
        note=_("The thin line is the margin of the lowest and the highest group."),
    )
    keys = list(marks)
    width = (TEXT_WIDTH - _THEME) / len(keys)
    paper.told_table(
        _("Share that agrees per theme, with its margin (95 %); where people are few, how many of how many"),
        (_THEME, *([width] * len(keys))),
        [
            [
                head_cell(view.themes[theme.id]),
                *(_share(row, language) if (row := theme.row(key)) else "–" for key in keys),
            ]
            for theme in view.picture.themes
        ],
        head=(_("Theme"), *(in_little_room(row_name(view, key, language)) for key in keys)),
    )


def _share(row: ThemeRow, language: str) -> str:
    """Return a share whose margin stays on one line, in a column that has no room for both beside each other."""
    share, begins, margin = share_with_interval(row, language).partition(" (")
    return share + begins + margin.replace(" ", "\u00a0")


def _strip(
    view: PictureView, theme: PictureTheme, marks: dict[str, str], language: str, *, is_widest: bool
) -> Picture:
    drawing = gap_strip(theme, marks, is_widest=is_widest)
    return Picture(png_of(drawing, int(_STRIP * _SHARP)), _STRIP, theme_in_words(view, theme, language))


def _statements(paper: Paper, view: PictureView, marks: dict[str, str]) -> None:
    """Write every statement as it was asked, with how many of how many agree in each row; few people are drawn."""
    _ = paper.gettext
    rows: list[list[Cell | str]] = []
    for theme in view.picture.themes:
        for one in theme.statements:
            shown = dict(one.rows) or ({EVERYONE: one.total} if one.total else {})
            lines: list[Line | Picture] = []
            for key in marks:
                if key not in shown:
                    continue
                row = shown[key]
                said = f"{row_name(view, key, paper.language)}: {agree_of(row, paper.language)}"
                if row.people < FEWEST_FOR_A_SHARE:
                    drawing = people_dots(row.agree, row.people, size=22)
                    drawn = Picture(
                        png_of(drawing, row.people * 22), row.people * _DOT, "", is_decoration=True
                    )
                    lines.append(Line(parts=(f"{said}  ", drawn)))
                else:
                    lines.append(Line(said))
            rows.append(
                [
                    head_cell(view.themes[one.theme_id]),
                    statement_words(one, paper.language),
                    Cell(tuple(lines) or (Line(_("hidden: fewer than five answered")),)),
                ]
            )
    paper.told_table(
        _("What was asked, and how many of how many agree"),
        (_THEME, 60, TEXT_WIDTH - _THEME - 60),
        rows,
        head=(_("Theme"), _("Statement"), _("Who agrees, per group")),
    )


def _changes(paper: Paper, photo: SecondPhoto) -> None:
    """Write what changed for each group that both photos show, and why where no difference is drawn."""
    _ = paper.gettext
    language = paper.language
    paper.heading(2, _("What changed since baseline {number}").format(number=photo.before.baseline.number))
    paper.paragraph(
        _(
            "A difference is drawn only where words, scale and group are the same and both photos have 20 people or "
            "more. Where its margin touches zero it can be chance. Other people may have answered."
        )
    )
    then, now = column_names(photo, language)
    widths = (_NAME, 22, 22, _DIFFERENCE + 4, TEXT_WIDTH - _NAME - _DIFFERENCE - 48)
    keys = [key for key in photo.keys if photo.is_same_row(key)] or photo.keys[:1]
    reach = one_reach(one.interval for key in keys for one in photo.of(key))
    for key in keys:
        changes = photo.of(key)
        paper.paragraph(
            strong(f"{row_name(photo.after, key, language)}. {second_headline(changes, language)}"),
            keeps=True,
        )
        paper.paragraph(second_explanation(photo, key, changes, language), keeps=True)
        paper.told_table(
            _("What changed per theme: {group}").format(group=row_name(photo.after, key, language)),
            widths,
            [_change(photo, key, one, reach, language) for one in changes],
            head=(_("Theme"), then, now, _("Difference"), _("What we know")),
        )


def _change(
    photo: SecondPhoto, key: str, change: ThemeChange, reach: float, language: str
) -> list[Cell | str]:
    first: list[Cell | str] = [
        head_cell(photo.after.themes[change.theme_id]),
        shown_share(change.before, language) or "–",
        shown_share(change.after, language) or "–",
    ]
    if change.interval is None or change.before is None or change.after is None:
        return [*first, Cell((" ".join(why_no_difference(photo, key, change, language)),), span=2)]
    drawing = difference_strip(float(change.after.share - change.before.share), change.interval, reach=reach)
    drawn = Picture(
        png_of(drawing, int(_DIFFERENCE * _SHARP)), _DIFFERENCE, change_in_words(change, language)
    )
    left_out = then_and_now(change, language)
    return [
        *first,
        Cell((drawn,)),
        Cell(
            (
                Line(f"{difference(change.difference)} ({between(change.interval, language)})"),
                Line(what_we_know(change, language)),
                *([Line(left_out)] if left_out else []),
            )
        ),
    ]
