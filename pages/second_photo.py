"""Startfoto, the second photo: what changed since the one before, and where no difference may be drawn."""

import streamlit as st
from markupsafe import Markup

from models.baseline.again import begin_next_baseline
from models.picture.reading import read_picture
from models.picture.second import read_second
from models.storage.database import reading
from pages.parts.baseline.at_hand import BaselineNow, baseline_now
from pages.parts.baseline.head import SECOND, Badge, baseline_head, baseline_style, picture_style, stages
from pages.parts.baseline.second import second_card
from pages.parts.frame.acting import act
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small_print


def second_photo(now: BaselineNow) -> None:
    """Draw two photos beside each other, or that there is only one."""
    with reading() as session:
        photo = read_second(session, now.id)
        is_closed = (
            photo is None and now.count == now.baseline.number and read_picture(session, now.id).is_closed
        )
    badges: list[Badge] = []
    if photo is not None:
        people = photo.after.who.people
        badges.append(
            (
                ngettext("{count} person", "{count} people", people).format(count=people),
                ":material/group:",
                "green",
            )
        )
    baseline_head(
        now,
        _("The second photo"),
        badges,
        over_title=_("Baseline {number} of {place} · beside baseline {before}").format(
            number=now.baseline.number, place=now.alliance.place, before=photo.before.baseline.number
        )
        if photo
        else "",
    )
    stages(now, SECOND)
    if photo is None:
        _nothing(_("There is only one photo yet."), _when(now))
        if is_closed:
            _begin(now)
    elif not photo.keys:
        _nothing(_("Fewer than five people answered: that stays hidden."), "")
    else:
        second_card(photo)


def _nothing(finding: str, why: str) -> None:
    with st.container(border=True, key="card_second"):
        st.html(Markup('<h2 class="lead">{}</h2><p>{}</p>').format(finding, why))


def _begin(now: BaselineNow) -> None:
    """Draw the way to the next startfoto, with the themes and statements of this one."""
    st.button(
        _("Begin baseline {number}").format(number=now.count + 1),
        key="begin_next_baseline",
        type="primary",
        icon=":material/photo_camera:",
        on_click=_begin_next,
        args=(now.alliance.id,),
    )
    small_print(_("It begins with the same themes and statements. This one stays as it is."))


def _begin_next(alliance_id: int) -> None:
    begun = act(begin_next_baseline, alliance_id=alliance_id)
    if begun:
        tell(_("Baseline {number} has begun.").format(number=begun.result.number))


def _when(now: BaselineNow) -> str:
    if now.count > 1:
        return _("The difference stands here once the statements of both are closed.")
    return _("Ask the same statements again later, for instance in a year: then you see here what changed.")


baseline_style()
picture_style()
second_photo(baseline_now())
