"""Two photos beside each other: one row per theme, the largest gain first, and the reason where nothing is drawn."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.drawings.gaps import difference_strip, people_dots
from exports.sentences.picture import between, difference, few_of, row_name, share_with_interval
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
from models.basics.words import Side
from models.picture.second import NoDifference, SecondPhoto, ThemeChange
from pages.parts.baseline.rows import row_marks
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.picture import picture
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print

CHOSEN, TABLE = "second_row", "second_table"
# The strip ends at a multiple of this, in percents, beyond the widest interval, so that its scale has round numbers.
_STEP = 10


def second_card(photo: SecondPhoto) -> None:
    """Draw the finding for one group, and every theme of it."""
    keys = photo.keys
    with st.container(border=True, key="card_second"):
        if st.session_state.get(CHOSEN) not in keys:
            st.session_state[CHOSEN] = _first(photo)
        chosen = str(st.session_state[CHOSEN])
        changes = photo.of(chosen)
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="top", key="second_head"
        ):
            st.html(
                Markup('<h2 class="lead">{}</h2><p>{}</p>').format(
                    second_headline(changes, language()),
                    second_explanation(photo, chosen, changes, language()),
                ),
                width="stretch",
            )
            st.selectbox(
                _("Which group"),
                keys,
                format_func=lambda key: row_name(photo.after, key, language()),
                key=CHOSEN,
                width=220,
            )
        st.html(changes_html(photo, chosen, changes))
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="second_foot"
        ):
            small_print(
                _(
                    "The line is the margin of the difference. Where it touches zero it can be chance. Of 20 times "
                    "such a margin misses once. A photo, not a sample: other people may have answered."
                )
            )
            shows = opens_panel(_("See it as a table"), key=TABLE, icon=":material/description:")
        if shows:
            _table(photo, chosen, changes)


def _first(photo: SecondPhoto) -> str:
    """Return the row that is shown first: the residents where they can be compared, else one that can."""
    marks = row_marks(photo.after)
    comparable = [key for key in photo.keys if photo.is_same_row(key)] or photo.keys
    return next((key for key in comparable if marks.get(key) == Side.RESIDENTS), comparable[0])


def changes_html(photo: SecondPhoto, key: str, changes: Sequence[ThemeChange]) -> str:
    """Return the themes as a table: then, now, the difference drawn and in numbers, and what we know."""
    then, now = column_names(photo, language())
    reach = _reach(changes)
    ends = [round(100 * reach * part) for part in (-1, -0.5, 0, 0.5, 1)]
    scale = Markup('<span class="unseen">{}</span><span class="ends" aria-hidden="true">{}</span>').format(
        _("The difference, drawn"),
        Markup("").join(Markup("<span>{}</span>").format(difference(end)) for end in ends),
    )
    head = Markup(
        '<tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col" class="drawn">{}</th>'
        '<th scope="col">{}</th><th scope="col">{}</th></tr>'
    ).format(_("Theme"), then, now, scale, _("Difference"), _("What we know"))
    rows = Markup("").join(_row(photo, key, one, reach) for one in changes)
    return str(
        Markup(
            '<table class="second"><caption class="unseen">{}</caption><thead>{}</thead><tbody>{}</tbody></table>'
        ).format(_("What changed per theme"), head, rows)
    )


def _reach(changes: Sequence[ThemeChange]) -> float:
    """Return how far a strip reaches to either side: a round number beyond the widest interval."""
    ends = [abs(end) for one in changes if one.interval for end in (one.interval.low, one.interval.high)]
    return max(3, -int(-100 * max(ends, default=0) // _STEP)) * _STEP / 100


def _row(photo: SecondPhoto, key: str, change: ThemeChange, reach: float) -> Markup:
    head = Markup(
        '<tr><th scope="row" dir="auto">{}</th><td class="share">{}</td><td class="share"><b>{}</b></td>'
    ).format(
        photo.after.themes[change.theme_id],
        shown_share(change.before, language()) or "–",
        shown_share(change.after, language()) or "–",
    )
    if change.interval is None:
        why, told = why_no_difference(photo, key, change, language())
        return head + Markup(
            '<td colspan="3">{}<p class="striped"><span><b>{}</b> <span dir="auto">{}</span></span></p></td></tr>'
        ).format(_people(photo, change), why, told)
    sure = change.is_more_than_chance
    arrow = ("arrow_upward" if change.difference > 0 else "arrow_downward") if sure else ""
    drawn = difference_strip(float(_exact(change)), change.interval, reach=reach)
    known = Markup('<span class="known{}">{}{}</span>').format(
        " sure" if sure else "",
        Markup('<span class="symbol" aria-hidden="true" translate="no">{}</span>').format(arrow)
        if arrow
        else "",
        what_we_know(change, language()),
    )
    changed = then_and_now(change, language())
    return head + Markup(
        '<td class="drawn">{}</td><td class="difference"><b>{}</b><span>{}</span></td><td>{}{}</td></tr>'
    ).format(
        picture(drawn, change_in_words(change, language())),
        difference(change.difference),
        between(change.interval, language()),
        known,
        Markup('<small dir="auto">{} {}</small>').format(_("Left out, since the words differ."), changed)
        if changed
        else "",
    )


def _people(photo: SecondPhoto, change: ThemeChange) -> Markup:
    """Return every person of both photos where a difference would need more of them."""
    if change.why_not is not NoDifference.FEW:
        return Markup("")
    lines = Markup("").join(
        Markup("<li><span>{}</span>{}<b>{}</b></li>").format(
            name,
            picture(people_dots(row.agree, row.answers, size=17), "", width="auto"),
            _("{how_many} say “agree”").format(how_many=few_of(row, language())),
        )
        for name, row in zip(column_names(photo, language()), (change.before, change.after), strict=True)
        if row is not None and row.is_drawn_as_people
    )
    return Markup('<ul class="people">{}</ul>').format(lines)


def _exact(change: ThemeChange) -> float:
    assert change.before is not None
    assert change.after is not None
    return float(change.after.share - change.before.share)


def _table(photo: SecondPhoto, key: str, changes: Sequence[ThemeChange]) -> None:
    then, now = column_names(photo, language())
    table(
        [_("Theme"), then, now, _("Difference"), _("Its margin"), _("What we know")],
        [
            [
                photo.after.themes[one.theme_id],
                share_with_interval(one.before, language()) if one.before else None,
                share_with_interval(one.after, language()) if one.after else None,
                difference(one.difference) if one.interval else None,
                between(one.interval, language()) if one.interval else None,
                what_we_know(one, language())
                if one.interval
                else " ".join(why_no_difference(photo, key, one, language())),
            ]
            for one in changes
        ],
        caption=_(
            "{group}: share that agrees, with its margin (95 %), and the difference with Newcombe's"
        ).format(group=row_name(photo.after, key, language())),
    )
