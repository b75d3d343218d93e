"""The agreements as rows, with the one at hand folded open."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.language import day
from models.agreeing.views import AgreementView
from models.tables import Partner
from models.voting.principles import PrincipleView
from pages.parts.agreeing.at_hand import fold, form_in_sight, is_open, open_agreement
from pages.parts.agreeing.change import agreement_to_change
from pages.parts.frame.filter import filter_pills
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.table import badge
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain

COLUMNS = (2.6, 2.2, 1.7, 1, 1.7, 1.2)


def agreement_rows(
    room: RoomNow,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    at_hand: str | None,
) -> None:
    """Draw the agreements that the filter lets through, with the form below the one at hand."""
    alive = [agreement for agreement in agreements if is_open(agreement)]
    groups = {
        "all": alive,
        "accepted": [agreement for agreement in alive if agreement.owner and agreement.owner_accepted],
        "asked": [agreement for agreement in alive if agreement.owner and not agreement.owner_accepted],
        "open": [agreement for agreement in alive if not agreement.owner],
        "dropped": [agreement for agreement in agreements if not is_open(agreement)],
    }
    shown = filter_pills(
        _("Which agreements"),
        {
            "all": _("All {count}").format(count=len(groups["all"])),
            "accepted": _("Accepted {count}").format(count=len(groups["accepted"])),
            "asked": _("Asked {count}").format(count=len(groups["asked"])),
            "open": _("Looks for an owner {count}").format(count=len(groups["open"])),
            "dropped": _("Dropped {count}").format(count=len(groups["dropped"])),
        },
        name="show",
    )
    with st.container(border=True, key="card_agreements", gap=None):
        if not groups[shown]:
            st.markdown(_("No agreements yet. Make the first one.") if shown == "all" else _("Nothing here."))
            return
        _list_head()
        for agreement in groups[shown]:
            is_at_hand = at_hand == str(agreement.number)
            _row(agreement, is_at_hand)
            if is_at_hand:
                agreement_to_change(room, agreement, agreements, principles, partners)
                form_in_sight("agreement_at_hand")


def _list_head() -> None:
    for place, name in zip(
        st.columns(COLUMNS),
        (_("What"), _("First step"), _("Owner"), _("Done by"), _("State"), ""),
        strict=True,
    ):
        if name:
            place.markdown(f":small[**{name}**]")


def _row(agreement: AgreementView, is_at_hand: bool) -> None:
    with st.container(key=f"agreement_row_{agreement.number}"):
        what, first_step, owner, due, standing, change = st.columns(COLUMNS, vertical_alignment="center")
        what.markdown(
            "**" + plain(_("{number}. {text}").format(number=agreement.number, text=agreement.what)) + "**"
        )
        first_step.markdown(plain(agreement.first_step) or "–")
        owner.markdown(plain(agreement.owner.name) if agreement.owner else _("nobody yet"))
        due.markdown(day(agreement.due_on, language(), style="medium") if agreement.due_on else "–")
        standing.html(_labels(agreement))
        with change:
            if is_at_hand:
                st.button(_("Close"), key=f"fold_{agreement.number}", on_click=fold)
            else:
                st.button(
                    _("Change"),
                    key=f"change_{agreement.number}",
                    icon=":material/edit:",
                    on_click=open_agreement,
                    args=(str(agreement.number),),
                )


def _labels(agreement: AgreementView) -> Markup:
    labels = [badge(*_standing(agreement))]
    if is_open(agreement) and not agreement.is_shown:
        labels.append(badge(_("Not on the screen")))
    if agreement.changed_since_agenda is not None:
        changed = _("Changed since version {version}").format(version=agreement.changed_since_agenda)
        labels.append(badge(changed, "orange"))
    return Markup('<div class="labels">{}</div>').format(Markup(" ").join(labels))


def _standing(agreement: AgreementView) -> tuple[str, str]:
    """Return where an agreement stands, in words, and the colour of its label."""
    if not is_open(agreement):
        return _("Dropped"), "gray"
    if agreement.owner is None:
        return _("Looks for an owner"), "gray"
    if agreement.owner_accepted:
        return _("Accepted"), "green"
    return _("Asked, not accepted yet"), "orange"
