"""Dull builders: what most tests need before they begin. Everything goes through the real actions."""

from tests.builders.agreeing import AFTERWARDS, make_agreement
from tests.builders.drafting import make_principle, make_proposal
from tests.builders.signing import CONSENT, make_agenda
from tests.builders.startfoto import make_improvements, make_statements
from tests.builders.storage import post_all, rows_of
from tests.builders.voting import (
    Vote,
    ballot,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_adopted,
    make_round,
    make_terms,
    row_of,
)
from tests.builders.workshop import (
    HELD_ON,
    LEADER,
    Room,
    give_names,
    make_alliance,
    make_people,
    make_workshop,
    take_room,
)

__all__ = [
    "AFTERWARDS",
    "CONSENT",
    "HELD_ON",
    "LEADER",
    "Room",
    "Vote",
    "ballot",
    "cast",
    "cast_all",
    "close",
    "close_and_reveal",
    "give_names",
    "make_adopted",
    "make_agenda",
    "make_agreement",
    "make_alliance",
    "make_improvements",
    "make_people",
    "make_principle",
    "make_proposal",
    "make_round",
    "make_statements",
    "make_terms",
    "make_workshop",
    "post_all",
    "row_of",
    "rows_of",
    "take_room",
]
