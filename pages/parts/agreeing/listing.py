"""The agreements as a list, with what waits for who leads; the one at hand is marked."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from models.agreeing.views import AgreementView
from pages.parts.agreeing.at_hand import FORM, NEW, choose_agreement, open_agreement
from pages.parts.agreeing.showing import show
from pages.parts.frame.choosing import choosing
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext

LIST = "agreement_list"
NAMES, PROPOSED = "card_names", "card_agreement_proposals"
NAMES_PLACE, PROPOSED_PLACE = "names-that-wait", "proposed-agreements"


def agreement_list(
    room: RoomNow,
    agreements: Sequence[AgreementView],
    at_hand: str,
    *,
    is_begun: bool,
    names: int,
    proposed: int,
) -> None:
    """Draw every agreement with who carries it, and the ways to a new one and to the screen.

    `names` and `proposed` are how many names and proposals of the room wait: they stand further down.
    """
    standing = [agreement for agreement in agreements if agreement.is_open]
    with st.container(border=True, key="card_agreements", gap="small"):
        count = len(standing)
        st.html(
            Markup('<div class="list-head"><h2>{}</h2><p>{}</p></div>').format(
                ngettext("{count} agreement", "{count} agreements", count).format(count=count)
                if standing
                else _("No agreements yet"),
                _waits(names, proposed),
            )
        )
        st.button(
            _("Go on with the new one") if is_begun and at_hand != NEW else _("New agreement"),
            key="new_agreement",
            icon=":material/add:",
            width="stretch",
            disabled=at_hand == NEW,
            on_click=open_agreement,
            args=(NEW,),
        )
        _to_the_screen(standing)
        choosing(
            LIST,
            list_html(agreements),
            chosen=0 if at_hand == NEW else int(at_hand),
            card=FORM,
            on_choose=choose_agreement,
        )


def _to_the_screen(standing: Sequence[AgreementView]) -> None:
    """Draw the button that shows what the room does not see yet; it keeps its place when there is nothing."""
    not_shown = [agreement.id for agreement in standing if not agreement.is_shown]
    count = len(not_shown)
    if count:
        label = ngettext("Show {count} on the screen", "Show all {count} on the screen", count)
    else:
        label = _("All are on the screen") if standing else _("Nothing to show yet")
    st.button(
        label.format(count=count),
        key="show_agreements",
        icon=":material/visibility:" if count or not standing else ":material/check:",
        width="stretch",
        disabled=not count,
        on_click=show,
        args=(not_shown,),
    )


def list_html(agreements: Sequence[AgreementView]) -> str:
    """Return the list; everything that people typed in it is escaped."""
    standing = [agreement for agreement in agreements if agreement.is_open]
    dropped = [agreement for agreement in agreements if not agreement.is_open]
    rows = Markup("").join(_row(agreement) for agreement in standing)
    html = Markup('<ol class="agreement-rows">{}</ol>').format(rows)
    if dropped:
        said = ngettext("{count} dropped", "{count} dropped", len(dropped)).format(count=len(dropped))
        html += Markup(
            '<details class="dropped" data-fold="dropped"><summary>{}</summary>'
            '<ol class="agreement-rows">{}</ol></details>'
        ).format(said, Markup("").join(_row(agreement) for agreement in dropped))
    return str(html)


def _waits(names: int, proposed: int) -> Markup:
    """Return what came from phones and waits further down the page; its place is there also when nothing waits."""
    told = []
    if names:
        words = ngettext("{count} name waits", "{count} names wait", names).format(count=names)
        told.append(Markup('<a href="#{}">{}</a>').format(NAMES_PLACE, words))
    if proposed:
        words = ngettext("{count} proposed", "{count} proposed", proposed).format(count=proposed)
        told.append(Markup('<a href="#{}">{}</a>').format(PROPOSED_PLACE, words))
    return Markup("").join(told)


def _row(agreement: AgreementView) -> Markup:
    icon, words = owner_words(agreement)
    unseen = (
        Markup('<span class="symbol off" aria-hidden="true" translate="no">visibility_off</span>')
        + Markup('<span class="unseen">{}</span>').format(_("not on the screen"))
        if agreement.is_open and not agreement.is_shown
        else ""
    )
    return Markup(
        '<li data-row="{number}"><button type="button" data-choose="{number}" aria-pressed="false"><b>{number}</b>'
        '<span class="what" dir="auto" title="{what}">{what}</span><span class="who" dir="auto">'
        '<span class="symbol" aria-hidden="true" translate="no">{icon}</span>'
        '<span class="name">{words}</span>{unseen}</span></button></li>'
    ).format(number=agreement.number, what=agreement.what, icon=icon, words=words, unseen=unseen)


def owner_words(agreement: AgreementView) -> tuple[str, str]:
    """Return the sign and the words for who carries an agreement, or that nobody does."""
    if not agreement.is_open:
        return "remove", _("dropped")
    if agreement.owner is None:
        return "search", _("looks for an owner")
    if agreement.owner_accepted:
        return "check", agreement.owner.name
    # The state first: a long name is cut.
    return "hourglass_top", _("asked: {owner}").format(owner=agreement.owner.name)
