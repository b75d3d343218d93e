"""Startfoto, the picture: where groups differ most, how sure that is, and who answered."""

import streamlit as st
from markupsafe import Markup

from exports.language import day
from models.basics.words import Phase
from models.picture.reading import PictureView, read_picture
from models.storage.database import reading
from pages.parts.baseline.at_hand import BaselineNow, baseline_now
from pages.parts.baseline.gaps import gaps_card
from pages.parts.baseline.head import PICTURE, Badge, baseline_head, baseline_style, picture_style, stages
from pages.parts.baseline.radar import radar_card
from pages.parts.baseline.who_answered import who_card
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext


def whole_picture(now: BaselineNow) -> None:
    """Draw the picture once the statements are closed; until then only how many people answered."""
    with reading() as session:
        view = read_picture(session, now.id)
    baseline_head(now, _("The picture"), _badges(view))
    stages(now, PICTURE)
    if view.phase is None or (view.is_closed and not view.who.people):
        _nothing(_("No answers yet."), _("The picture is drawn from what people answer on the statements."))
    elif not view.is_closed:
        people = view.who.people
        _nothing(
            ngettext("{count} person so far", "{count} people so far", people).format(count=people),
            _(
                "The statements are still open. Figures come once they are closed: nobody can be found in them then."
            ),
        )
    else:
        left, right = st.columns([2.05, 1])
        with left:
            gaps_card(view)
        with right:
            if view.picture.has_shares:
                radar_card(view)
            who_card(view)


def _nothing(finding: str, why: str) -> None:
    with st.container(border=True, key="card_gaps"):
        st.html(Markup('<h2 class="lead">{}</h2><p>{}</p>').format(finding, why))


def _badges(view: PictureView) -> list[Badge]:
    if view.phase == Phase.OPEN:
        return [(_("still open"), ":material/hourglass_top:", "orange")]
    if view.closed_at is None:
        return []
    count = view.statements
    return [
        (
            ngettext("{count} statement asked", "{count} statements asked", count).format(count=count),
            ":material/description:",
            "gray",
        ),
        (
            _("closed on {day}").format(day=day(view.closed_at.date(), language(), style="long")),
            ":material/lock:",
            "gray",
        ),
    ]


baseline_style()
picture_style()
whole_picture(baseline_now())
