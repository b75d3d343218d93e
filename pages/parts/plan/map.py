"""The map of who matters: as a picture, as a table, and the fields of one party. For who leads only."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from exports.charts import CHART_CONFIG
from exports.charts.stakeholders import map_in_words, stakeholder_map
from exports.drawings.attitudes import attitude_mark
from exports.sentences.plan import attitude_word, map_explained, map_headline, stakeholder_kind_word
from models.alliance.stakeholders import (
    StakeholderRow,
    add_stakeholder,
    change_stakeholder,
    read_stakeholders,
    remove_stakeholder,
)
from models.basics.errors import DomainError
from models.basics.text import LINE_LIMIT, NAME_LIMIT
from models.basics.words import Attitude, StakeholderKind
from models.storage.database import reading
from models.tables.plan import HIGHEST, LOWEST
from models.workshop.unfinished import finish_form
from pages.parts.frame.acting import act, act_then, refuse
from pages.parts.frame.panel import close_panel, opens_panel
from pages.parts.frame.picture import picture
from pages.parts.frame.table import Cell, table
from pages.parts.frame.told import tell
from pages.parts.frame.unfinished import bring_back, emptied, keep, kept_line
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print
from pages.parts.plan.at_hand import PlanNow
from pages.parts.plan.typed import bring_in, seen_key

NEW, CHANGES, CHOSEN = "new_stakeholder", "change_stakeholder", "stakeholder_chosen"
PREFIX = "stakeholder_"
DEGREES = list(range(LOWEST, HIGHEST + 1))


def who_matters(now: PlanNow) -> None:
    """Draw the map, the table beside it, and where a party is added or changed."""
    with reading() as session:
        found = read_stakeholders(session, now.id)
    left, right = st.columns([1.25, 1])
    with left, st.container(border=True, key="card_map"):
        _map(found)
    with right, st.container(border=True, key="card_parties"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            parties = ngettext("{count} party", "{count} parties", len(found))
            st.header(parties.format(count=len(found)), anchor=False)
            adds = opens_panel(_("Add somebody"), key=NEW, icon=":material/add:", type="primary")
        if adds:
            _new(now)
        if found:
            _table(found)
            if opens_panel(_("Change a party"), key=CHANGES, icon=":material/edit:"):
                _change(found)
    small_print(
        _(
            "This map goes into no file, unless you tick that yourself. Write down only what you would say to them too."
        )
    )


def _map(found: Sequence[StakeholderRow]) -> None:
    explained = map_explained(found, language())
    st.html(
        Markup('<h2 class="lead">{}</h2><p class="explained" dir="auto">{}</p>').format(
            map_headline(found, language()),
            explained or (_("Who notices something of this, and who can stop it?") if not found else ""),
        )
    )
    legend = Markup("").join(
        Markup("<li>{} {}</li>").format(_mark(attitude), attitude_word(attitude, language()))
        for attitude in Attitude
    )
    st.html(Markup('<ul class="legend">{}</ul>').format(legend))
    with st.container(key="map_picture"):
        st.plotly_chart(
            stakeholder_map(found, language()),
            key="chart_map",
            theme=None,
            config=CHART_CONFIG,
            alt=map_in_words(found, language()),
        )


def _mark(attitude: str) -> Markup:
    return picture(attitude_mark(attitude), "", width="20px")


def _table(found: Sequence[StakeholderRow]) -> None:
    def row(one: StakeholderRow) -> Sequence[Cell]:
        name = Markup('<span dir="auto">{}</span><br><small>{}</small>').format(
            one.name, stakeholder_kind_word(one.kind, language())
        )
        stands = Markup('<span class="stands">{} {}</span>').format(
            _mark(one.attitude), attitude_word(one.attitude, language())
        )
        speaks = one.contact_by or Markup("<b>{}</b>").format(_("nobody"))
        return name, one.influence, one.touched, stands, speaks

    with st.container(key="table_parties"):
        table(
            [_("Name"), _("Influence"), _("Touched"), _("Attitude"), _("Who speaks with them")],
            [row(one) for one in found],
            caption=_("Who matters, the most touched first"),
        )


def _new(now: PlanNow) -> None:
    form = f"stakeholder {now.id}"
    beginning = _beginning()
    kept_at = bring_back(form, now.leader.name, beginning)
    _fields(PREFIX, {"on_change": keep, "args": (form,)})
    st.button(
        _("Put on the map"),
        key="add_stakeholder",
        type="primary",
        icon=":material/check:",
        width="stretch",
        on_click=_add,
        args=(now.id, form),
    )
    kept_line(kept_at, now.alliance.time_zone)


def _beginning() -> dict[str, Any]:
    return {
        f"{PREFIX}name": "",
        f"{PREFIX}kind": StakeholderKind.RESIDENTS.value,
        f"{PREFIX}influence": 3,
        f"{PREFIX}touched": 3,
        f"{PREFIX}attitude": Attitude.WAITS.value,
        f"{PREFIX}contact_by": "",
    }


def _fields(prefix: str, stores: Mapping[str, Any]) -> None:
    """Draw the fields of a party, which hold what the session's state has under `prefix`."""

    def args(field: str) -> dict[str, Any]:
        return {**stores, "args": (*stores["args"], *((field,) if prefix != PREFIX else ()))}

    st.text_input(_("Name of the party"), key=f"{prefix}name", max_chars=LINE_LIMIT, **args("name"))
    left, right = st.columns(2)
    left.selectbox(
        _("Kind of party"),
        [kind.value for kind in StakeholderKind],
        format_func=lambda kind: stakeholder_kind_word(kind, language()),
        key=f"{prefix}kind",
        filter_mode=None,
        **args("kind"),
    )
    right.selectbox(
        _("How it stands to this"),
        [attitude.value for attitude in Attitude],
        format_func=lambda attitude: attitude_word(attitude, language()),
        key=f"{prefix}attitude",
        filter_mode=None,
        **args("attitude"),
    )
    st.radio(
        _("How much influence? 1 is little, 5 is much"),
        DEGREES,
        key=f"{prefix}influence",
        horizontal=True,
        **args("influence"),
    )
    st.radio(
        _("How much does it touch them? 1 is little, 5 is much"),
        DEGREES,
        key=f"{prefix}touched",
        horizontal=True,
        **args("touched"),
    )
    st.text_input(
        _("Who of you speaks with them?"),
        key=f"{prefix}contact_by",
        max_chars=NAME_LIMIT,
        **args("contact_by"),
    )


def _add(alliance_id: int, form: str) -> None:
    given = {field.removeprefix(PREFIX): st.session_state[field] for field in _beginning()}
    added = act_then(
        finish_form,
        then=emptied(form, _beginning()),
        what=form,
        action=add_stakeholder,
        arguments={"alliance_id": alliance_id, **given},
    )
    if added:
        tell(_("{name} stands on the map.").format(name=given["name"].strip()))


def _change(found: Sequence[StakeholderRow]) -> None:
    by_id = {one.id: one for one in found}
    if st.session_state.get(CHOSEN) not in by_id:
        st.session_state[CHOSEN] = found[0].id
    chosen = by_id[
        st.selectbox(
            _("Which party do you change?"),
            list(by_id),
            format_func=lambda id: by_id[id].name,
            key=CHOSEN,
        )
    ]
    prefix = f"stakeholder_{chosen.id}_"
    for field in ("name", "kind", "influence", "touched", "attitude", "contact_by"):
        value = getattr(chosen, field)
        bring_in(f"{prefix}{field}", value.value if isinstance(value, StakeholderKind | Attitude) else value)
    _fields(prefix, {"on_change": _store, "args": (chosen.id, prefix)})
    st.button(
        _("Take off the map: {name}").format(name=plain(chosen.name)),
        key=f"remove_stakeholder_{chosen.id}",
        icon=":material/close:",
        on_click=_remove,
        args=(chosen.id, chosen.name),
    )


def _store(stakeholder_id: int, prefix: str, field: str) -> None:
    key = f"{prefix}{field}"
    given = st.session_state[key]
    act_then(change_stakeholder, then={seen_key(key): given}, stakeholder_id=stakeholder_id, **{field: given})


def _remove(stakeholder_id: int, name: str) -> None:
    removed = act(remove_stakeholder, handled=(DomainError,), stakeholder_id=stakeholder_id)
    if removed.error is not None:
        refuse(removed.error)
        st.rerun()
    close_panel(CHANGES)
    tell(
        _("{name} is off the map.").format(name=name),
        removed.undo,
        undone=_("{name} is on the map again.").format(name=name),
    )
