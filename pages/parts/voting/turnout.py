"""How many have voted, in all and per group, while a round is open. Never what."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.drawings.counter import CIRCLES_UP_TO
from exports.sentences import row_label
from models.basics.words import Secrecy
from models.voting.round_views import RoundView
from models.voting.turnout import RowTurnout
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

# How many circles stand in a row, and in how many rows, up to so many people: who comes in later fills a place that was
# kept, and moves nothing below it.
_GRIDS = ((28, 2), (34, 2), (34, 3))


def counted(voted: int, people: int, about: Sequence[str], *, of_round: int | None) -> None:
    """Draw, as the page's h1, how many voted, with one circle per person; `about` says in small lines what it is about.

    A circle is filled in its place, so that nothing moves. Where the round as a whole is counted (`of_round`), the news
    of the room fills them by itself.
    """
    words = Markup(
        ngettext(
            "{voted} <span>of {people}<br>has voted.</span>",
            "{voted} <span>of {people}<br>have voted.</span>",
            people,
        )
    ).format(
        # Our letter's digits differ in width: room for as many zeros, the widest, keeps the words beside them in place.
        voted=Markup('<b class="big-number" data-count="voted" style="min-width:{}ch">{}</b>').format(
            len(str(max(voted, people))), voted
        ),
        people=people,
    )
    lines = Markup("<br>").join(about)
    follows = f' data-voted-in="{of_round}" data-people="{people}"' if of_round is not None else ""
    said = f'<h1 class="counted">{words}</h1><p class="count-about">{lines}</p>'
    st.html(f'<div{follows}><div class="count-line">{said}</div>{_circles(voted, people)}</div>')


def _circles(voted: int, people: int) -> str:
    """Return a circle per person, or one bar where there are too many to tell apart. The words above say the same."""
    if people > CIRCLES_UP_TO:
        share = min(100, round(100 * voted / people))
        return (
            f'<div class="counted-bar" aria-hidden="true"><div data-bar style="width:{share}%"></div></div>'
        )
    circles = "".join(
        f'<i data-circle class="{"filled" if place < voted else ""}"></i>' for place in range(people)
    )
    columns, rows = next(grid for grid in _GRIDS if people <= grid[0] * grid[1])
    kept = '<i class="kept"></i>' * (columns * rows - people)
    return f'<div class="circles" style="--columns:{columns}" aria-hidden="true">{circles}{kept}</div>'


def not_voted(round_: RoundView, missing: int, names: Sequence[str]) -> None:
    """Draw who has not voted yet: by name (`names`) in a named round, as a number in an anonymous one."""
    if round_.secrecy == Secrecy.NAMED:
        if names:
            with st.expander(_not_voted_words(len(names)), key="not_voted"):
                st.markdown(plain(", ".join(names)))
    elif missing > 0:
        anonymous = _("{people}. Who that is, nobody sees in an anonymous round.")
        st.markdown(f":small[{anonymous.format(people=_not_voted_words(missing))}]")


def _not_voted_words(count: int) -> str:
    words = ngettext("{count} person has not voted", "{count} people have not voted", count)
    return words.format(count=count)


def turnout_per_group(
    round_: RoundView, rows: Sequence[RowTurnout], missing: int, names: Sequence[str]
) -> None:
    """Draw how many may vote and have voted in each row of the round, and how many are `missing`, or who (`names`)."""
    with st.container(border=True, key="card_people"):
        st.header(_("Who is here"), anchor=False)
        not_voted(round_, missing, names)
        table(
            [_("Group"), _("May vote"), _("Voted")],
            [
                *((row_label(row.key, row.name, language()), str(row.may_vote), _voted(row)) for row in rows),
                (_("Everybody"), str(round_.electorate), str(round_.voted)),
            ],
            caption=_("What people choose stays hidden until you close the round."),
        )
        if any(row.voted is None for row in rows):
            st.caption(_("Small numbers per group are not shown yet. So every vote stays secret."))


def _voted(row: RowTurnout) -> str:
    # The reason stands once under the table, not in every row.
    return "–" if row.voted is None else str(row.voted)
