"""A spoke per theme, always in the order of the list: the municipality and one other group, never alone on a page."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.drawings.gaps import radar, spoke_end
from exports.language import listed
from exports.sentences.picture import row_in_a_sentence, row_name
from models.basics.words import Side
from models.picture.picture import FEWEST_FOR_A_SHARE, PictureTheme, ThemeRow
from models.picture.reading import PictureView
from pages.parts.baseline.marks import side_picture
from pages.parts.baseline.rows import row_marks
from pages.parts.frame.picture import picture
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print

CHOSEN = "radar_row"
# Fewer spokes are no shape.
FEWEST = 3


def radar_card(view: PictureView) -> None:
    """Draw the radar of one group, with the municipality's as a dashed line, broken where it has no share.

    Who has no share at a theme is no plane: the page says which groups that are, and where the line has no point.
    """
    marks = row_marks(view)
    by_id = {theme.id: theme for theme in view.picture.themes}
    themes = [by_id[one.id] for one in view.in_list_order]
    whole = [key for key in marks if _around(themes, key) is not None]
    town = next((key for key in marks if marks[key] == Side.MUNICIPALITY), None)
    others = [key for key in whole if key != town] or whole
    with st.container(border=True, key="card_radar"):
        st.header(_("Radar"), anchor=False)
        if len(themes) < FEWEST or not others:
            st.markdown(
                _(
                    "For a radar a group is needed of 20 people or more at every theme, and at least three themes."
                )
            )
            return
        st.session_state.setdefault(CHOSEN, others[0])
        if st.session_state[CHOSEN] not in others:
            st.session_state[CHOSEN] = others[0]
        chosen = st.selectbox(
            _("Which group"),
            others,
            format_func=lambda key: row_name(view, key, language()),
            key=CHOSEN,
            label_visibility="collapsed",
        )
        filled = _around(themes, chosen)
        assert filled is not None
        line = [_share(theme, town) for theme in themes] if town is not None and town != chosen else []
        dashed = line if sum(row is not None for row in line) >= FEWEST else None
        told = Markup("{} {}").format(
            side_picture(marks[chosen]),
            _("plane: {group}").format(group=row_in_a_sentence(view, chosen, language())),
        )
        if dashed is not None and town is not None:
            told = Markup("{} {} &nbsp; {}").format(
                side_picture(marks[town]),
                _("dashed line: {group}").format(group=row_in_a_sentence(view, town, language())),
                told,
            )
        drawing = radar(
            (marks[chosen], filled),
            (marks[town], dashed) if dashed is not None and town is not None else None,
        )
        st.html(
            Markup('<p class="radar-key">{}</p><div class="radar-frame">{}{}</div>').format(
                told,
                picture(drawing, _in_words(view, themes, chosen, filled, town, dashed)),
                _spokes(view, themes),
            )
        )
        small_print(_("Middle: nobody agrees. Rim: everybody agrees. The table beside it holds the numbers."))
        _missing(
            view,
            themes,
            [key for key in marks if key not in (town, *whole) and any(_share(one, key) for one in themes)],
            town,
            line,
        )


def _missing(
    view: PictureView,
    themes: list[PictureTheme],
    groups: list[str],
    town: str | None,
    line: list[ThemeRow | None],
) -> None:
    """Say at which themes the dashed line has no point, and which groups are no choice, since they are few there."""
    empty = [view.themes[theme.id] for theme, row in zip(themes, line, strict=False) if row is None]
    if town is not None and empty:
        small_print(
            _("{group} has no point at these themes, since fewer than {count} answered: {themes}.").format(
                group=plain(row_name(view, town, language())),
                count=FEWEST_FOR_A_SHARE,
                themes=plain(listed(empty, language())),
            )
        )
    if groups:
        small_print(
            _("Not to choose, since fewer than {count} answered at a theme: {groups}.").format(
                count=FEWEST_FOR_A_SHARE,
                groups=plain(
                    listed([row_in_a_sentence(view, key, language()) for key in groups], language())
                ),
            )
        )


def _around(themes: list[PictureTheme], key: str) -> list[ThemeRow] | None:
    """Return a row's share at every theme, None where one of them is missing or of few people."""
    found = [row for theme in themes if (row := _share(theme, key)) is not None]
    return found if len(found) == len(themes) else None


def _share(theme: PictureTheme, key: str | None) -> ThemeRow | None:
    row = theme.row(key) if key is not None else None
    return None if row is None or row.is_drawn_as_people else row


def _in_words(
    view: PictureView,
    themes: list[PictureTheme],
    chosen: str,
    filled: list[ThemeRow],
    town: str | None,
    dashed: list[ThemeRow | None] | None,
) -> str:
    told = _("Radar in the order of the list. {group}: {shares}.").format(
        group=row_name(view, chosen, language()), shares=_shares(view, themes, filled)
    )
    if dashed is None or town is None:
        return told
    line = _("{group}: {shares}.").format(
        group=row_name(view, town, language()), shares=_shares(view, themes, dashed)
    )
    return f"{told} {line}"


def _shares(view: PictureView, themes: list[PictureTheme], rows: Sequence[ThemeRow | None]) -> str:
    return ", ".join(
        f"{view.themes[theme.id]} {row.percent}"
        for theme, row in zip(themes, rows, strict=True)
        if row is not None
    )


def _spokes(view: PictureView, themes: list[PictureTheme]) -> Markup:
    widest = view.picture.widest
    return Markup("").join(
        Markup(
            '<span class="spoke {}{}" dir="auto" aria-hidden="true" style="left:{:.1%};top:{:.1%}">{}</span>'
        ).format(
            "left" if x < 0.4 else "right" if x > 0.6 else "middle",
            " widest" if widest is not None and widest.id == theme.id else "",
            x,
            y,
            view.themes[theme.id],
        )
        for place, theme in enumerate(themes)
        for x, y in [spoke_end(place, len(themes))]
    )
