"""Themes by the gap between groups, the largest first, with the table that holds the same numbers."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from exports.drawings.gaps import gap_strip
from exports.sentences.picture import (
    agree_of,
    picture_explanation,
    picture_headline,
    row_name,
    share_with_interval,
    statement_words,
    theme_in_words,
)
from models.picture.picture import EVERYONE, Answered, PictureTheme
from models.picture.reading import PictureView
from pages.parts.baseline.rows import legend, people, row_marks
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.picture import picture
from pages.parts.frame.table import Cell, table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print

TABLE = "picture_table"


def gaps_card(view: PictureView) -> None:
    """Draw the finding, and each theme with its rows: shares and the gap between them, or people where they are few."""
    marks = row_marks(view)
    with st.container(border=True, key="card_gaps"):
        st.html(
            Markup('<h2 class="lead">{}</h2><p>{}</p>').format(
                picture_headline(view, language()), picture_explanation(view, language())
            )
        )
        if view.picture.is_hidden:
            st.html(
                Markup('<p class="striped"><span>{}</span></p>').format(_("hidden: fewer than five answered"))
            )
            return
        shares = [
            key
            for key in marks
            if any(row.key == key for theme in view.picture.themes for row in theme.shares)
        ]
        if shares:
            st.html(legend(view, marks, shares))
        st.html(gaps_html(view, marks))
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="gaps_foot"
        ):
            small_print(_caption(view))
            shows = opens_panel(_("See it as a table"), key=TABLE, icon=":material/description:")
        if shows:
            tables(view)


def _caption(view: PictureView) -> str:
    told = []
    if view.picture.has_shares:
        told.append(_("The thin line is the margin of the lowest and the highest group."))
    if any(one.is_reversed for theme in view.picture.themes for one in theme.statements):
        told.append(_("A statement that is the other way round is turned: there “disagree” counts."))
    return " ".join([*told, _("A photo, not a sample.")])


def gaps_html(view: PictureView, marks: Mapping[str, str]) -> str:
    """Return the themes as a table: its name, its drawing, its gap."""
    scale = Markup(
        '<span class="ends" aria-hidden="true"><span>0</span><span>{}</span><span>100</span></span>'
        '<span class="unseen">{}</span>'
    ).format(_("50 % agree"), _("Who agrees, per group"))
    widest = view.picture.widest
    rows = Markup("").join(
        _theme(view, theme, marks, is_widest=widest is not None and widest.id == theme.id)
        for theme in view.picture.themes
    )
    return str(
        Markup(
            '<table class="gaps"><caption class="unseen">{}</caption><thead><tr><th scope="col">{}</th>'
            '<th scope="col" class="scale">{}</th><th scope="col" class="gap">{}</th></tr></thead>'
            "<tbody>{}</tbody></table>"
        ).format(
            _("Themes by the gap between groups"),
            _("Theme"),
            scale if view.picture.has_shares else _("Every person"),
            _("gap"),
            rows,
        )
    )


def _theme(view: PictureView, theme: PictureTheme, marks: Mapping[str, str], *, is_widest: bool) -> Markup:
    if theme.shares:
        drawn = picture(gap_strip(theme, marks, is_widest=is_widest), theme_in_words(view, theme, language()))
    else:
        keys = [row.key for row in theme.rows] or [EVERYONE]
        drawn = people(view, marks, theme.statements, keys)
    return Markup(
        '<tr class="{}"><th scope="row" dir="auto">{}</th><td class="drawn">{}</td><td class="gap">{}</td></tr>'
    ).format(
        "widest" if is_widest else "",
        view.themes[theme.id],
        drawn,
        theme.gap
        if theme.gap is not None
        else Markup('<span class="unseen">{}</span>').format(_("no gap to be said")),
    )


def tables(view: PictureView) -> None:
    """Draw the same as tables: per theme and group the share with its margin, and per statement the people."""
    keys = list(row_marks(view))
    names = [row_name(view, key, language()) for key in keys]
    table(
        [_("Theme"), *names, _("gap")],
        [
            [
                view.themes[theme.id],
                *(share_with_interval(row, language()) if (row := theme.row(key)) else None for key in keys),
                theme.gap,
            ]
            for theme in view.picture.themes
        ],
        caption=_(
            "Share that agrees per theme, with its margin (95 %); where people are few, how many of how many"
        ),
    )
    table(
        [_("Statement"), *names],
        [
            [
                f"{one.number} · {statement_words(one, language())}",
                *(
                    _of_statement(one.rows.get(key) or (one.total if key == EVERYONE else None))
                    for key in keys
                ),
            ]
            for theme in view.picture.themes
            for one in theme.statements
        ],
        caption=_("How many of how many agree, per statement"),
    )
    small_print(
        _(
            "The margin is Wilson's of 1927. Two answers of one person are no two people, so it counts people. "
            "Groups under five count together with others."
        )
    )


def _of_statement(answered: Answered | None) -> Cell:
    return None if answered is None else agree_of(answered, language())
