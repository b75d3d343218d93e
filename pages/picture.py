"""Startfoto, the picture: where groups differ most, how sure that is, and who answered."""

import streamlit as st
from markupsafe import Markup

from exports.language import day
from models.basics.words import Phase, Step, WorkshopState
from models.photo.meeting import may_ask_statements, meeting_of
from models.picture.reading import PictureView, read_picture
from models.storage.database import reading
from models.workshop.programme import programme
from models.workshop.workshop import take_room_to
from pages.parts.baseline.at_hand import BaselineNow, baseline_now
from pages.parts.baseline.gaps import gaps_card
from pages.parts.baseline.head import (
    PICTURE,
    STATEMENTS,
    Badge,
    baseline_head,
    baseline_style,
    picture_style,
    stages,
)
from pages.parts.baseline.radar import radar_card
from pages.parts.baseline.who_answered import who_card
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.download import download
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.projector.turning import projector_pages


def whole_picture(now: BaselineNow) -> None:
    """Draw the picture once the statements are closed; until then only how many people answered."""
    with reading() as session:
        view = read_picture(session, now.id)
        workshop = meeting_of(session, now.id)
        may_ask = may_ask_statements(session, now.id)

    def tools() -> None:
        if not view.is_closed:
            return
        download(_("Report"), f"startfoto/{now.id}/report.docx", {"draft": 1}, key="report_of_picture")
        if (
            workshop is None
            or workshop.state != WorkshopState.OPEN
            or not programme(workshop.block).has(Step.PICTURE)
        ):
            return
        if workshop.step == Step.PICTURE:
            projector_pages(workshop)
        else:
            st.button(
                _("Show it on the projector"),
                key="show_picture",
                type="primary",
                icon=":material/desktop_windows:",
                on_click=act_on_click,
                args=(take_room_to,),
                kwargs={"workshop_id": workshop.id, "step": Step.PICTURE},
            )

    baseline_head(
        now,
        _("The picture"),
        _badges(view),
        over_title=_over_title(now, view) if view.is_closed else "",
        tools=tools,
    )
    stages(now, PICTURE)
    if view.is_closed and not view.who.people:
        _nothing(
            _("Nobody answered."),
            _("The picture is drawn from what people answer on the statements."),
            link_of=now if may_ask else None,
            label=_("Ask them again at step 2"),
        )
    elif view.phase is None:
        _nothing(
            _("No answers yet."),
            _("The picture is drawn from what people answer on the statements."),
            link_of=now,
        )
    elif not view.is_closed:
        people = view.who.people
        _nothing(
            ngettext("{count} person so far", "{count} people so far", people).format(count=people),
            _(
                "The statements are still open. Figures come once they are closed: nobody can be found in them then."
            ),
            link_of=now,
        )
    else:
        left, right = st.columns([2.05, 1])
        with left:
            gaps_card(view)
        with right:
            if view.picture.has_shares:
                radar_card(view)
            who_card(view)


def _nothing(finding: str, why: str, *, link_of: BaselineNow | None, label: str = "") -> None:
    """Draw that there is no picture, and the way to the link by which people answer, where they still can."""
    with st.container(border=True, key="card_gaps"):
        st.html(Markup('<h2 class="lead">{}</h2><p>{}</p>').format(finding, why))
        if link_of is not None:
            st.page_link(
                STATEMENTS,
                label=label or _("The link stands at step 2"),
                icon=":material/ballot:",
                query_params=link_of.link(),
            )


def _badges(view: PictureView) -> list[Badge]:
    if view.phase == Phase.OPEN:
        return [(_("still open"), ":material/hourglass_top:", "orange")]
    if view.closed_at is None:
        return []
    closed_on = day(view.closed_at.date(), language(), style="medium")
    return [(_("closed on {day}").format(day=closed_on), ":material/lock:", "gray")]


def _over_title(now: BaselineNow, view: PictureView) -> str:
    """Return of which startfoto this is, with how many people answered how many statements."""
    people, count = view.who.people, view.statements
    return _("Baseline {number} of {place} · {people} · {statements}").format(
        number=now.baseline.number,
        place=now.alliance.place,
        people=ngettext("{count} person", "{count} people", people).format(count=people),
        statements=ngettext("{count} statement", "{count} statements", count).format(count=count),
    )


baseline_style()
picture_style()
whole_picture(baseline_now())
