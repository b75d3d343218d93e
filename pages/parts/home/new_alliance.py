"""The guided flow to a new alliance: who and where, groups and partners, the first meeting."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from exports.sentences import block_name, partner_kind_word
from exports.sentences.baseline import ready_themes
from models.alliance.alliance import FIRST_BLOCKS, PartnerInput, create_alliance
from models.alliance.groups import GROUP_PRESETS, group_name_is_sensitive
from models.basics.clock import today
from models.basics.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT
from models.basics.words import BuildingBlock, Language, PartnerKind
from models.photo.beginning import create_alliance_with_startfoto
from models.workshop.unfinished import finish_form, forget_unfinished
from pages.parts.frame.acting import act, act_then, facilitator
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.unfinished import bring_back, emptied, keep, kept_line, unfinished
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print
from pages.parts.home.alliance_fields import (
    TIME_ZONES,
    TYPING_ERRORS,
    language_name,
    sensitive_group_hint,
    what_is_missing,
)
from pages.parts.home.where import ALL, ALLIANCE, go

FORM, ROWS, FIRST_ROWS = "new alliance", "new_partner_rows", 2
KEEPS: dict[str, Any] = {"on_change": keep, "args": (FORM,)}


def new_alliance() -> None:
    """Draw the guided flow: who and where, groups and partners, the first meeting. One page, three parts.

    What is typed is kept as each field is left, for this facilitator, until the alliance is made.
    """
    leader = facilitator()
    kept_at = bring_back(FORM, leader.name, beginning(rows_kept(leader.name)))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(_("A new alliance"), anchor=False)
        with st.container(horizontal=True, width="content"):
            if kept_at is not None:
                with st.popover(_("Start with empty fields"), icon=":material/remove:", key="anew"):
                    st.markdown(_("What you typed here is then gone."))
                    st.button(_("Empty all fields"), key="start_anew", on_click=start_anew)
            st.button(
                _("To all alliances"), key="cancel_new", icon=":material/undo:", on_click=go, args=(ALL,)
            )
    st.markdown(_("Three short parts. You can change everything later."))
    kept_line(kept_at, st.session_state["new_time_zone"])
    with st.container(border=True, key="card_who"):
        st.header(_("1. The alliance"), anchor=False)
        left, right = st.columns(2)
        name = left.text_input(
            _("Name of the alliance"),
            key="new_name",
            **KEEPS,
            max_chars=LINE_LIMIT,
            placeholder=_("Alliance Merenveld"),
        )
        place = right.text_input(
            _("Place"), key="new_place", **KEEPS, max_chars=LINE_LIMIT, placeholder=_("Merenveld")
        )
        purpose = st.text_area(
            _("What is it for?"),
            key="new_purpose",
            **KEEPS,
            max_chars=STATEMENT_LIMIT,
            height=90,
            placeholder=_("Everyone in Merenveld can take part, and we make agreements about it."),
        )
        contact = st.text_input(
            _("Whom can participants call, write or app?"),
            key="new_contact",
            **KEEPS,
            max_chars=NOTE_LIMIT,
            placeholder=_("Sanne de Boer, 06 12 34 56 78"),
        )
        small_print(_("This stands at the foot of every phone page."))
        left, right = st.columns(2)
        chosen_language = left.selectbox(
            _("Language of the document"),
            list(Language),
            format_func=language_name,
            key="new_language",
            **KEEPS,
        )
        time_zone = right.selectbox(_("Time zone"), TIME_ZONES, key="new_time_zone", **KEEPS)
    with st.container(border=True, key="card_groups"):
        st.header(_("2. Groups and partners"), anchor=False)
        groups = st.text_area(
            _("Groups, one on each line"),
            key="new_groups",
            **KEEPS,
            height=160,
        )
        small_print(
            _(
                "Participants choose for which group their vote counts. "
                "Choose roles: nobody has to tell who they are."
            )
        )
        for group in lines(groups):
            if group_name_is_sensitive(group):
                sensitive_group_hint(group)
        st.subheader(_("Partners"), anchor=False)
        st.markdown(_("Partners carry agreements and sign. You may leave this empty now."))
        partners = partner_rows(lines(groups))
    with st.container(border=True, key="card_meeting"):
        st.header(_("3. The first meeting"), anchor=False)
        block = st.selectbox(
            _("Which building block?"),
            list(FIRST_BLOCKS),
            format_func=lambda block: block_name(block, language()),
            key="new_block",
            **KEEPS,
        )
        left, right = st.columns(2)
        venue = left.text_input(
            _("Where do you meet?"),
            key="new_venue",
            **KEEPS,
            max_chars=LINE_LIMIT,
            placeholder=_("Town hall, council chamber"),
        )
        held_on = right.date_input(
            _("When?"),
            format="DD-MM-YYYY",
            min_value=date(2020, 1, 1),
            key="new_held_on",
            **KEEPS,
        )
        if block == BuildingBlock.BASELINE:
            small_print(_("You can collect at once. This is the day on which the room sees the picture."))
    if st.button(_("Make the alliance"), key="create_alliance", type="primary", icon=":material/check:"):
        typed = {
            "name": name or "",
            "place": place or "",
            "purpose": purpose or "",
            "language": str(chosen_language),
            "time_zone": time_zone,
            "contact": contact or "",
            "groups": lines(groups),
            "partners": partners,
            "venue": venue or "",
            "held_on": held_on,
            "block": str(block),
        }
        begins_with_startfoto = block == BuildingBlock.BASELINE
        made = act(
            finish_form,
            handled=TYPING_ERRORS,
            what=FORM,
            action=create_alliance_with_startfoto if begins_with_startfoto else create_alliance,
            arguments=typed
            | ({"themes": ready_themes(str(chosen_language))} if begins_with_startfoto else {}),
        )
        if made and begins_with_startfoto:
            st.switch_page("startfoto.py", query_params={ALLIANCE: str(made.result.alliance_id)})
        elif made:
            st.switch_page("prepare.py", query_params={WORKSHOP: made.result.code})
        elif made.error is not None:
            st.error(what_is_missing(made.error), icon=":material/error:")


def lines(text: str | None) -> list[str]:
    """Return the lines of a text that hold something, each once, in order."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def partner_rows(groups: list[str]) -> list[PartnerInput]:
    """Draw rows for partners and return those that have a name."""
    count = int(st.session_state[ROWS])
    partners = []
    for place in range(1, count + 1):
        if st.session_state[f"new_partner_group_{place}"] not in groups:
            st.session_state[f"new_partner_group_{place}"] = ""
        kind, name, person, group = st.columns([1.1, 1.6, 1.4, 1.2])
        row = PartnerInput(
            kind=kind.selectbox(
                _("Kind of partner {number}").format(number=place),
                list(PartnerKind),
                format_func=lambda kind: partner_kind_word(kind, language()),
                key=f"new_partner_kind_{place}",
                **KEEPS,
            )
            or PartnerKind.ORGANISATION,
            name=name.text_input(
                _("Name of partner {number}").format(number=place),
                key=f"new_partner_name_{place}",
                **KEEPS,
                max_chars=LINE_LIMIT,
            )
            or "",
            representative=person.text_input(
                _("Who speaks for partner {number}?").format(number=place),
                key=f"new_partner_person_{place}",
                **KEEPS,
                max_chars=NAME_LIMIT,
            )
            or "",
            group=group.selectbox(
                _("Group of partner {number}").format(number=place),
                ["", *groups],
                format_func=lambda group: group or _("no group"),
                key=f"new_partner_group_{place}",
                **KEEPS,
            )
            or None,
        )
        if row.name.strip():
            partners.append(replace(row, name=row.name.strip()))
    st.button(_("One more partner"), key="more_partners", icon=":material/add:", on_click=more_partners)
    return partners


def more_partners() -> None:
    """Open one more row. For `on_click`."""
    st.session_state[ROWS] = int(st.session_state[ROWS]) + 1
    keep(FORM)


def rows_kept(who: str) -> int:
    """Return how many rows for partners this facilitator has opened."""
    kept = unfinished(FORM, who)
    return int(kept.fields.get(ROWS, FIRST_ROWS)) if kept else int(st.session_state.get(ROWS, FIRST_ROWS))


def beginning(rows: int) -> dict[str, Any]:
    """Return what stands in each field of a new form, by its key."""
    begins: dict[str, Any] = {
        "new_name": "",
        "new_place": "",
        "new_purpose": "",
        "new_contact": "",
        "new_language": Language.DUTCH,
        "new_time_zone": TIME_ZONES[0],
        "new_groups": "\n".join(_(preset) for preset in GROUP_PRESETS),
        "new_block": BuildingBlock.ALLIANCE,
        "new_venue": "",
        "new_held_on": today(TIME_ZONES[0]),
        ROWS: rows,
    }
    for place in range(1, rows + 1):
        begins |= {
            f"new_partner_kind_{place}": PartnerKind.ORGANISATION,
            f"new_partner_name_{place}": "",
            f"new_partner_person_{place}": "",
            f"new_partner_group_{place}": "",
        }
    return begins


def start_anew() -> None:
    """Empty the form. For `on_click`."""
    act_then(forget_unfinished, then=emptied(FORM, beginning(FIRST_ROWS)), what=FORM)
