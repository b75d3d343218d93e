"""Who answered, how, and who did not; and every person of the groups that are too small for a share."""

import streamlit as st
from markupsafe import Markup

from exports.language import number
from exports.sentences.picture import row_in_a_sentence, who_answered
from models.picture.picture import FEWEST_FOR_A_SHARE
from models.picture.reading import PictureView
from pages.parts.baseline.marks import side_picture
from pages.parts.baseline.rows import people, row_marks
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print

THEME = "people_of_theme"


def who_card(view: PictureView) -> None:
    """Draw how many of each group answered, the people of small groups, and who did not answer."""
    marks = row_marks(view)
    with st.container(border=True, key="card_who"):
        st.header(_("Who answered"), anchor=False)
        if view.picture.rows:
            st.html(
                Markup('<ul class="who">{}</ul>').format(
                    Markup("").join(
                        Markup('<li>{}<b>{}</b> <span dir="auto">{}</span></li>').format(
                            side_picture(marks[key], size=22),
                            number(count, language()),
                            row_in_a_sentence(view, key, language()),
                        )
                        for key, count in view.picture.rows.items()
                    )
                )
            )
            if sum(view.picture.rows.values()) != view.who.people:
                small_print(_("Per group the statement counts that most people of it answered."))
        _few(view, marks)
        st.html(Markup('<p class="who-told">{}</p>').format(" ".join(who_answered(view, language()))))


def _few(view: PictureView, marks: dict[str, str]) -> None:
    """Draw the people of groups under 20 at one theme, where others have a share there."""
    themes = {
        theme.id: theme
        for theme in view.picture.themes
        if theme.shares and any(row.is_drawn_as_people for row in theme.rows)
    }
    if not themes:
        return
    small_print(_("Under {count} we draw people, no percents.").format(count=FEWEST_FOR_A_SHARE))
    chosen = st.selectbox(
        _("Theme"),
        list(themes),
        format_func=lambda theme_id: plain(view.themes[theme_id]),
        key=THEME,
    )
    theme = themes[chosen]
    keys = [row.key for row in theme.rows if row.is_drawn_as_people]
    st.html(str(people(view, marks, theme.statements, keys)))
