"""Where somebody was heard and where nobody was: themes by sides, drawn before anything else while one collects."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.baseline import coverage_sentence, side_word, where_to_go_sentence
from models.baseline.coverage import Cell
from models.baseline.views import CollectView
from models.basics.words import Side
from pages.parts.baseline.marks import side_picture
from pages.parts.baseline.new_source import begin_with
from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext

COVERAGE = "coverage"
_component = component("handslag_coverage", __file__, isolates_styles=False)


def coverage_matrix(collected: CollectView) -> None:
    """Draw in how many places nobody was heard, and the matrix; an empty place begins an interview there."""
    with st.container(border=True, key="card_coverage", height="stretch"):
        if collected.sources:
            st.html(
                Markup('<h2 class="lead">{}</h2><p>{}</p>').format(
                    coverage_sentence(collected.coverage, language()),
                    where_to_go_sentence(collected.coverage, language()),
                )
            )
        else:
            st.html(Markup('<h2 class="lead">{}</h2>').format(_("No sources yet. Begin with a talk.")))
        _component(key=COVERAGE, data={"html": matrix_html(collected)}, on_side_change=_begin_there)
        st.html(_key(collected))


def _begin_there() -> None:
    side = getattr(st.session_state[COVERAGE], "side", None)
    if side in set(Side):
        begin_with(str(side))


def matrix_html(collected: CollectView) -> str:
    """Return the matrix; everything that people typed in it is escaped."""
    names = {theme.id: theme.name for theme in collected.themes}
    head = Markup("").join(
        Markup('<th role="columnheader" scope="col">{} {}</th>').format(
            side_picture(side), side_word(side, language())
        )
        for side in Side
    )
    rows = Markup("").join(
        Markup('<tr role="row"><th role="rowheader" scope="row" dir="auto">{}</th>{}</tr>').format(
            names[row[0].theme_id],
            Markup("").join(
                _cell(cell, names[cell.theme_id], is_shaded=collected.coverage.is_shaded) for cell in row
            ),
        )
        for row in collected.coverage.rows
    )
    return str(
        Markup(
            '<table class="coverage" role="table"><caption class="unseen">{}</caption><thead role="rowgroup">'
            '<tr role="row"><td role="cell"></td>{}</tr></thead><tbody role="rowgroup">{}</tbody></table>'
        ).format(_("Findings and sources per theme and side"), head, rows)
    )


def _cell(cell: Cell, theme: str, *, is_shaded: bool) -> Markup:
    if cell.is_empty:
        label = _("{theme}, {side}: nobody was heard yet. Add a source.").format(
            theme=theme, side=side_word(cell.side, language())
        )
        return Markup(
            '<td role="cell" data-head="{}"><button type="button" class="cell none" data-side="{}" aria-label="{}">'
            '<span>{}</span><span class="symbol" aria-hidden="true" translate="no">add</span></button></td>'
        ).format(side_word(cell.side, language()), cell.side, label, _("nobody yet"))
    sources = ngettext("{count} source", "{count} sources", cell.sources).format(count=cell.sources)
    return Markup(
        '<td role="cell" data-head="{}"><div class="cell shade-{}"><b>{}</b><span>{}</span></div></td>'
    ).format(side_word(cell.side, language()), cell.shade if is_shaded else 0, cell.findings, sources)


def _key(collected: CollectView) -> Markup:
    told = [
        Markup("<span>{}</span>").format(_("The number counts findings. One finding can have two themes."))
    ]
    if collected.coverage.is_shaded:
        shades = ((1, _("1 source")), (2, _("2 or 3")), (3, _("4 or more")))
        told = [
            Markup('<span><i class="shade-{}"></i>{}</span>').format(shade, words) for shade, words in shades
        ] + told
    if collected.without_theme:
        told.append(
            Markup("<span>{}</span>").format(
                ngettext(
                    "{count} finding has no theme yet.",
                    "{count} findings have no theme yet.",
                    collected.without_theme,
                ).format(count=collected.without_theme)
            )
        )
    return Markup('<p class="shades">{}</p>').format(Markup("").join(told))
