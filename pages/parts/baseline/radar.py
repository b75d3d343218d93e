"""A spoke per theme, always in the order of the list: the municipality and one other group, never alone on a page."""

import streamlit as st
from markupsafe import Markup

from exports.drawings.gaps import radar, spoke_end
from exports.language import in_a_sentence
from exports.sentences.picture import row_name
from models.basics.words import Side
from models.picture.picture import PictureTheme, ThemeRow
from models.picture.reading import PictureView
from pages.parts.baseline.marks import side_picture
from pages.parts.baseline.rows import row_marks
from pages.parts.frame.picture import picture
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print

CHOSEN = "radar_row"
# Fewer spokes are no shape.
FEWEST = 3


def radar_card(view: PictureView) -> None:
    """Draw the radar of one group, with the municipality's as a dashed line where it has a share at every theme."""
    marks = row_marks(view)
    by_id = {theme.id: theme for theme in view.picture.themes}
    themes = [by_id[one.id] for one in view.in_list_order]
    whole = [key for key in marks if _around(themes, key) is not None]
    town = next((key for key in whole if marks[key] == Side.MUNICIPALITY), None)
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
        filled, dashed = _around(themes, chosen), _around(themes, town) if town and town != chosen else None
        assert filled is not None
        name = row_name(view, chosen, language())
        told = Markup("{} {}").format(
            side_picture(marks[chosen]), _("plane: {group}").format(group=in_a_sentence(name))
        )
        if dashed is not None and town is not None:
            told = Markup("{} {} &nbsp; {}").format(
                side_picture(marks[town]),
                _("dashed line: {group}").format(group=in_a_sentence(row_name(view, town, language()))),
                told,
            )
        drawing = radar(
            (marks[chosen], filled),
            (marks[town], dashed) if dashed is not None and town is not None else None,
        )
        st.html(
            Markup('<p class="radar-key">{}</p><div class="radar-frame">{}{}</div>').format(
                told, picture(drawing, _in_words(view, themes, filled, name)), _spokes(view, themes)
            )
        )
        small_print(_("Middle: nobody agrees. Rim: everybody agrees. The table beside it holds the numbers."))


def _around(themes: list[PictureTheme], key: str | None) -> list[ThemeRow] | None:
    """Return a row's share at every theme, None where one of them is missing or of few people."""
    rows = [theme.row(key) for theme in themes] if key is not None else [None]
    found = [row for row in rows if row is not None and not row.is_drawn_as_people]
    return found if len(found) == len(themes) else None


def _in_words(view: PictureView, themes: list[PictureTheme], rows: list[ThemeRow], name: str) -> str:
    said = ", ".join(
        f"{view.themes[theme.id]} {row.percent}" for theme, row in zip(themes, rows, strict=True)
    )
    return _("Radar in the order of the list. {group}: {shares}.").format(group=name, shares=said)


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
