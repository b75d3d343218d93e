"""How many have voted, in all and per group, while a round is open. Never what."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences import row_label
from models.basics.words import Secrecy
from models.voting.round_views import RoundView
from models.voting.turnout import RowTurnout
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain


def counted(voted: int, people: int, *, of_round: int | None) -> None:
    """Draw how many voted as words and a bar of our own: it grows in place.

    Where the round as a whole is counted (`of_round`), the news of the room prints the number by itself.
    """
    share = min(100, round(100 * voted / people)) if people else 0
    words = ngettext(
        "<b>{voted} of {people}</b> has voted", "<b>{voted} of {people}</b> have voted", people
    ).format(voted=f'<span data-count="voted">{voted}</span>', people=people)
    follows = f' data-voted-in="{of_round}" data-people="{people}"' if of_round is not None else ""
    st.html(
        f'<div{follows}><p class="counted">{words}</p><div class="counted-bar" aria-hidden="true">'
        f'<div data-bar style="width:{share}%"></div></div></div>'
    )


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


def turnout_per_group(round_: RoundView, rows: Sequence[RowTurnout]) -> None:
    """Draw how many may vote and have voted in each row of the round."""
    with st.container(border=True, key="card_people"):
        st.header(_("Who is here"), anchor=False)
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
