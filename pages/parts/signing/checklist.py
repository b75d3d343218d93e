"""What is still asked before the freeze, each answered in its own row.

What is open stands first, dashed. An answered row gets its check where it stands, and sinks when one opens the page
anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from exports.language import day, listed
from models.agreeing.agreement import OpenedAgreement, change_agreement
from models.agreeing.ownership import ask_owner
from models.agreeing.views import AgreementView
from models.basics.clock import today
from models.installation.address import short_address
from models.signing.before_freeze import Asked, Thing, next_meeting_ready, still_asked
from models.tables import Partner, Workshop
from models.workshop.unfinished import keep_unfinished
from models.workshop.workshop import change_workshop
from pages.parts.frame.acting import act, act_then
from pages.parts.frame.opening import opening
from pages.parts.frame.panel import close_panel, opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.unfinished import unfinished
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.next_meeting import NEXT_MEETING, next_meeting_field
from pages.parts.signing.named import place_words

_ORDER = "checklist_in_order"


@dataclass(frozen=True)
class Facts:
    """What the rows tell besides what is asked: `through` is how many people came in by a phone."""

    workshop: Workshop
    partners: Sequence[Partner]
    address: str | None
    through: int


def left_as_it_is(room: RoomNow) -> list[str]:
    """Return the keys of what whoever leads has let be as it is."""
    found = unfinished(_kept_as(room.workshop_id), room.leader.name)
    return list(found.fields.get("left", [])) if found else []


def checklist(room: RoomNow, found: Sequence[Asked], left: Collection[str], facts: Facts) -> None:
    """Draw every row: what is open first, as it was when the page was opened."""
    open_now = {one.key for one in still_asked(found, left)}
    by_key = {one.key: one for one in found}
    with st.container(key="checklist", gap=None):
        keys, opened_open = _in_order(room.workshop_id, found, open_now)
        for key in keys:
            if key in by_key:
                state = "open" if key in open_now else "answered" if key in opened_open else "done"
                _row(room, by_key[key], state, list(left), facts)


def _in_order(
    workshop_id: int, found: Sequence[Asked], open_now: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return the keys of the rows in the order of this opening of the page, with what came since below; and which of
    them were open at any time since then: those keep the height that they had.
    """
    wanted = [one.key for one in found if one.key in open_now or not one.is_told_elsewhere]
    place, keys, were_open = st.session_state.get(_ORDER, (None, [], []))
    here = (workshop_id, opening())
    if place != here:
        keys, were_open = sorted(wanted, key=lambda key: key not in open_now), []
    keys = [*keys, *(key for key in wanted if key not in keys)]
    were_open = [*were_open, *(key for key in keys if key in open_now and key not in were_open)]
    st.session_state[_ORDER] = (here, keys, were_open)
    return keys, were_open


def _row(room: RoomNow, one: Asked, state: str, left: list[str], facts: Facts) -> None:
    title, detail = _words(one, facts)
    is_open = state == "open"
    icon = "radio_button_unchecked" if is_open else "check"
    text = Markup(
        '<div class="asked"><span class="symbol" aria-hidden="true" translate="no">{}</span>'
        '<span class="unseen">{}</span><p><b dir="auto">{}</b><span dir="auto">{}</span></p></div>'
    ).format(icon, _("Open:") if is_open else _("Done:"), title, detail)
    with st.container(key=f"asked_{state}_{one.key}", gap=None):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"line_of_{one.key}"
        ):
            with st.container(width="stretch"):
                st.html(str(text))
            with st.container(
                horizontal=True,
                width="content",
                vertical_alignment="center",
                gap="xsmall",
                key=f"answers_{one.key}",
            ):
                if is_open and one.may_be_left:
                    st.button(
                        _("Leave it so"),
                        key=f"leave_{one.key}",
                        on_click=_leave,
                        args=(room.workshop_id, [*left, one.key]),
                    )
                _way_to_answer(room, one, is_open, facts)
        if panel_is_open(_panel(one)):
            _field(one, facts)


def _way_to_answer(room: RoomNow, one: Asked, is_open: bool, facts: Facts) -> None:
    """Draw the button that answers it here, or the link to where that is done."""
    change = _("Change")
    if one.thing is Thing.NEXT_MEETING:
        if is_open:
            ready = next_meeting_ready(facts.workshop.held_on, today(room.alliance.time_zone))
            st.button(
                day(ready, language()),
                key="next_meeting_ready",
                on_click=_meet_again,
                args=(facts.workshop, ready),
            )
        _opens(one, _("Another day") if is_open else change)
    elif one.thing is Thing.OWNER and facts.partners:
        _opens(one, _("Choose an owner") if is_open else change)
    elif one.thing is Thing.DAY:
        _opens(one, _("Choose a day") if is_open else change)
    else:
        page, label = {
            Thing.OWNER: ("agree.py", change),
            Thing.RESULT: ("vote.py", _("To the vote")),
            Thing.ADDRESS: ("prepare.py", _("Set an address") if is_open else change),
            Thing.PARTNERS: ("prepare.py", _("Add partners") if is_open else _("View")),
            Thing.NAMES: ("agree.py", change),
            Thing.CARRIED: ("agree.py", _("View")),
        }[one.thing]
        st.page_link(page, label=label, query_params=room.link)


def _opens(one: Asked, label: str) -> None:
    opens_panel(label, key=_panel(one), icon="")


def _panel(one: Asked) -> str:
    return f"answer_{one.key}"


def _field(one: Asked, facts: Facts) -> None:
    """Draw the field in which a row is answered, below its line."""
    if one.thing is Thing.NEXT_MEETING:
        next_meeting_field(facts.workshop)
    elif one.agreement is not None and one.thing is Thing.OWNER:
        key = f"owner_of_{one.agreement.id}"
        names = {partner.id: partner.name for partner in facts.partners}
        st.session_state[key] = one.agreement.owner.id if one.agreement.owner else None
        st.selectbox(
            _("Who carries agreement {number}?").format(number=one.agreement.number),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=_("Choose a partner"),
            filter_mode=None,
            key=key,
            on_change=_ask_owner,
            args=(one.agreement.id, key, _panel(one)),
        )
    elif one.agreement is not None and one.thing is Thing.DAY:
        key = f"day_of_{one.agreement.id}"
        st.session_state[key] = one.agreement.due_on
        st.date_input(
            _("By when is agreement {number} done?").format(number=one.agreement.number),
            key=key,
            format="DD-MM-YYYY",
            width=320,
            on_change=_set_day,
            args=(one.agreement, key, _panel(one)),
        )


def _words(one: Asked, facts: Facts) -> tuple[str, str]:
    """Return what a row says, and the line below it."""
    if one.agreement is not None:
        return _about_an_agreement(one, one.agreement)
    return {
        Thing.NEXT_MEETING: _next_meeting,
        Thing.RESULT: _without_result,
        Thing.ADDRESS: _address,
        Thing.PARTNERS: _who_sign,
        Thing.NAMES: _names,
        Thing.CARRIED: _carried,
    }[one.thing](one, facts)


def _next_meeting(one: Asked, _facts: Facts) -> tuple[str, str]:
    if one.day is None:
        return _("When do we come back?"), _(
            "This day stands in the agenda, so that everybody takes it along."
        )
    return (
        _("We come back on {day}").format(day=day(one.day, language())),
        _("This day stands in the agenda, so that everybody takes it along."),
    )


def _about_an_agreement(one: Asked, agreement: AgreementView) -> tuple[str, str]:
    if one.thing is Thing.OWNER and agreement.owner is None:
        title = _("Agreement {number} has no owner yet.").format(number=agreement.number)
        return title, _("{what} The text will say: “looking for an owner”.").format(
            what=_sentence(agreement.what)
        )
    if one.thing is Thing.OWNER and agreement.owner is not None:
        asked = _("Agreement {number}: {partner} is asked.")
        carries = _("Agreement {number}: {partner} carries it.")
        title = carries if agreement.owner_accepted else asked
        return title.format(number=agreement.number, partner=agreement.owner.name), agreement.what
    if agreement.due_on is None:
        title = _("Agreement {number} has no day yet.").format(number=agreement.number)
        return title, _("{what} The text will name no day.").format(what=_sentence(agreement.what))
    done = _("Agreement {number} is done by {day}.").format(
        number=agreement.number, day=day(agreement.due_on, language(), style="long")
    )
    return done, agreement.what


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def _without_result(one: Asked, _facts: Facts) -> tuple[str, str]:
    if not one.numbers:
        return _("Every principle has its result"), ""
    numbers = [str(number) for number in one.numbers]
    return (
        ngettext(
            "Principle {numbers} has no result yet.", "Principles {numbers} have no result yet.", len(numbers)
        ).format(numbers=listed(numbers, language())),
        ngettext("It stays out of the document.", "They stay out of the document.", len(numbers)),
    )


def _address(one: Asked, facts: Facts) -> tuple[str, str]:
    if one.is_open:
        return (
            _("The address works only in this room."),
            _("So the document gets no links and no QR codes."),
        )
    return (
        _("The address works: {address}").format(address=short_address(facts.address or "")),
        ngettext("{count} phone came in by it.", "{count} phones came in by it.", facts.through).format(
            count=facts.through
        ),
    )


def _who_sign(one: Asked, _facts: Facts) -> tuple[str, str]:
    if one.is_open:
        return _("There are no partners yet."), _("Nobody can sign the text.")
    title = ngettext(
        "{count} of {of} partner knows who signs", "{count} of {of} partners know who signs", one.of
    ).format(count=one.count, of=one.of)
    if not one.names:
        return title, _("Their names stand ready with the signature.")
    return title, ngettext(
        "{partners} fills in the name while signing.",
        "{partners} fill in the name while signing.",
        len(one.names),
    ).format(partners=listed(one.names, language()))


def _names(one: Asked, _facts: Facts) -> tuple[str, str]:
    title = ngettext(
        "{count} name of a person stands in the text", "{count} names of people stand in the text", one.count
    ).format(count=one.count)
    where = [
        _("{name} ({places})").format(
            name=person.name, places=listed([place_words(*place) for place in person.places], language())
        )
        for person in one.named
    ]
    warning = _("Everybody can read the public copy, and it cannot be called back.")
    return title, f"{listed(where, language())}. {warning}"


def _carried(one: Asked, _facts: Facts) -> tuple[str, str]:
    title = ngettext(
        "{count} of {of} agreement has an owner and a day",
        "{count} of {of} agreements have an owner and a day",
        one.of,
    ).format(count=one.count, of=one.of)
    said = ngettext("{count} said yes themselves.", "{count} said yes themselves.", one.accepted).format(
        count=one.accepted
    )
    waiting = len(one.numbers)
    if not waiting:
        return title, said
    return title, said + " " + ngettext(
        "{count} has not answered yet, and stands as “asked” in the text.",
        "{count} have not answered yet, and stand as “asked” in the text.",
        waiting,
    ).format(count=waiting)


def _kept_as(workshop_id: int) -> str:
    return f"before the freeze {workshop_id}"


def _leave(workshop_id: int, left: list[str]) -> None:
    act(
        keep_unfinished,
        what=_kept_as(workshop_id),
        fields={"left": left},
        workshop_id=workshop_id,
    )


def _meet_again(workshop: Workshop, on: date) -> None:
    act_then(
        change_workshop,
        then={NEXT_MEETING: on},
        workshop_id=workshop.id,
        venue=workshop.venue,
        held_on=workshop.held_on,
        next_meeting_on=on,
        needs_personal_code=workshop.needs_personal_code,
    )


def _ask_owner(agreement_id: int, key: str, panel: str) -> None:
    partner_id = st.session_state[key]
    close_panel(panel)
    act(ask_owner, agreement_id=agreement_id, partner_id=partner_id)


def _set_day(agreement: AgreementView, key: str, panel: str) -> None:
    due_on = st.session_state[key]
    close_panel(panel)
    stood = OpenedAgreement(
        agreement.what,
        agreement.first_step,
        agreement.due_on,
        agreement.measure,
        list(agreement.principle_ids),
        list(agreement.depends_on_ids),
        list(agreement.supporter_ids),
    )
    act(
        change_agreement,
        agreement_id=agreement.id,
        what=stood.what,
        first_step=stood.first_step,
        due_on=due_on,
        measure=stood.measure,
        principle_ids=stood.principle_ids,
        depends_on=stood.depends_on,
        supporter_ids=stood.supporter_ids,
        opened=stood,
    )
