"""The steps of an evening at mixed tables as who leads sees them."""

import streamlit as st

from exports.sentences.evening import meetings_told, why_not_more
from models.basics.words import Step
from models.encounters.what_it_did import read_what_it_did
from models.storage.database import reading
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.leading.lead_step import LeadPage, LeadStep, LeadWords
from pages.parts.leading.steps_of_alliance import how_people_come_in


def _welcome() -> LeadWords:
    return LeadWords(
        _("People come in"),
        [
            _("Put the projector on the wall, with the QR code."),
            _("Give who has no phone a badge with a number: the screen says where they sit."),
        ],
    )


def _tables() -> LeadWords:
    return LeadWords(
        _("At mixed tables"),
        [
            _("Divide the tables, and look at the whole plan before it counts."),
            _("Begin a round: every phone shows its table at once."),
        ],
    )


def _harvest() -> LeadWords:
    return LeadWords(
        _("What does each table take along?"),
        [
            _(
                "Each table sends one idea with one phone: with a first step, and who takes it if there is one."
            ),
            _("Let ideas through to the screen, and make proposals of them for the alliance."),
        ],
    )


def _end() -> LeadWords:
    return LeadWords(
        _("Whom did people meet?"),
        [
            _("Each phone shows how many others its owner sat with."),
            _("Ask the room: whom will you greet tomorrow?"),
            _("Close both questions, and look together at what the evening did."),
        ],
    )


def _who_met(room: RoomNow) -> None:
    with reading() as session:
        did = read_what_it_did(session, room.workshop_id)
    if did.met is not None:
        st.markdown(f"**{meetings_told(did.met, language())}** {why_not_more(did.met, language())}")


STEPS: dict[str, LeadStep] = {
    Step.WELCOME: LeadStep(_welcome, summary=how_people_come_in),
    Step.TABLES: LeadStep(_tables, LeadPage("tables.py", ":material/table_restaurant:")),
    Step.HARVEST: LeadStep(_harvest, LeadPage("harvest.py", ":material/potted_plant:")),
    Step.END: LeadStep(
        _end,
        LeadPage("evening.py", ":material/hub:", title=lambda: _("What it did")),
        summary=_who_met,
    ),
}
