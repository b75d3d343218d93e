"""What a table proposes: typed by its host, one proposal on each line, and what became of it."""

import streamlit as st
from markupsafe import escape

from models.basics.words import ProposalKind, Step
from models.drafting.proposal import TABLE_NAME_LIMIT, type_for_table
from models.drafting.views import ProposalRow, proposals_of_table
from models.storage.database import reading
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import act_then, visitor
from pages.parts.frame.room_now import Room
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext
from pages.parts.leading.steps_style import steps_style

TABLE = "table"
NAME, TEXTS = "host_table", "host_texts"


@st.fragment(key=TABLE)
def proposals_of_my_table(room: Room) -> None:
    """Draw the form for one table, and what came from it. A live part with the key `table`."""
    visitor("table")
    steps_style()
    # So that it is still there when the page is opened again.
    st.session_state.setdefault(NAME, st.query_params.get(TABLE, ""))
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
        kind = ProposalKind.AGREEMENT if workshop.step == Step.AGREE else ProposalKind.PRINCIPLE
        name = st.session_state[NAME].strip()
        sent = proposals_of_table(session, room.workshop_id, name) if name else []
    with st.container(border=True, key="card_table"):
        st.header(
            _("What do we agree?") if kind == ProposalKind.AGREEMENT else _("What is important to us here?"),
            anchor=False,
        )
        if kind == ProposalKind.PRINCIPLE and workshop.drafting_ended_at is not None:
            st.markdown(_("The facilitator has ended drafting. Proposals cannot be sent now."))
        else:
            _form(room, kind)
    if sent:
        _sent(name, sent)


def _form(room: Room, kind: ProposalKind) -> None:
    with st.form("host_form", border=False):
        st.text_input(
            _("For which table?"),
            key=NAME,
            placeholder=_("table 4"),
            max_chars=TABLE_NAME_LIMIT,
            autocomplete="off",
            width=320,
        )
        st.text_area(_("Proposals, one on each line"), key=TEXTS, height=160)
        st.form_submit_button(
            _("Send"),
            key="host_send",
            icon=":material/send:",
            type="primary",
            on_click=_send,
            args=(room.workshop_id, kind),
        )
    st.markdown(_("Everybody in the room sees them at once."))


def _sent(name: str, sent: list[ProposalRow]) -> None:
    with st.container(border=True, key="card_sent"):
        st.header(
            ngettext("{count} proposal of {table}", "{count} proposals of {table}", len(sent)).format(
                count=len(sent), table=name
            ),
            anchor=False,
        )
        rows = "".join(
            f'<li><p class="said" dir="auto">{escape(row.text)}</p><p class="said-by">{escape(_became(row))}</p></li>'
            for row in reversed(sent)
        )
        st.html(f'<ul class="of-a-table">{rows}</ul>')


def _became(row: ProposalRow) -> str:
    """Return what became of a proposal, on one line."""
    if row.state == "hidden":
        reason = row.hidden_reason
        return _("Hidden: {reason}").format(reason=reason) if reason else _("Hidden")
    known = [_("On the screen")]
    if row.support:
        known.append(ngettext("{count} support", "{count} support", row.support).format(count=row.support))
    if row.principle_number is not None:
        known.append(_("in principle {number}").format(number=row.principle_number))
    if row.agreement_number is not None:
        known.append(_("became agreement {number}").format(number=row.agreement_number))
    return " · ".join(known)


def _send(workshop_id: int, kind: ProposalKind) -> None:
    name = st.session_state[NAME]
    texts = [line for line in st.session_state[TEXTS].splitlines() if line.strip()]
    st.query_params[TABLE] = name.strip()
    act_then(
        type_for_table,
        then={TEXTS: ""},
        workshop_id=workshop_id,
        kind=kind,
        table_name=name,
        texts=texts,
    )
