"""Which kinds of acts can be undone, by what their event is called in the chain. What does not stand here cannot."""

from collections.abc import Mapping

from models.undoing import (
    agreements,
    calls,
    links,
    logo,
    partners,
    proposals,
    reasons,
    rounds,
    stakeholders,
    startfoto,
    steps,
    wording,
)
from models.undoing.way import Way

WAYS: Mapping[str, Way] = {
    "proposal hidden": proposals.HIDDEN,
    "proposals shown": proposals.LET_THROUGH,
    "principle worded": wording.WORDED,
    "principle reworded": wording.WORDED,
    "round cancelled": rounds.CANCELLED,
    "reason hidden": reasons.HIDDEN,
    "reasons shown": reasons.SHOWN,
    "reasons taken off": reasons.TAKEN_OFF,
    "agreement dropped": agreements.DROPPED,
    "agreement hidden": agreements.OFF_THE_SCREEN,
    "agreement shown": agreements.ON_THE_SCREEN,
    "agreements shown": agreements.ON_THE_SCREEN,
    "call noted": calls.NOTED,
    "partner link renewed": links.PARTNERS,
    "projector link renewed": links.PROJECTORS,
    "table host link withdrawn": links.TABLE_HOSTS,
    "public link renewed": links.PUBLIC_COPYS,
    "partner removed": partners.REMOVED,
    "stakeholder removed": stakeholders.REMOVED,
    "logo chosen": logo.CHANGED,
    "logo removed": logo.CHANGED,
    "room taken to a step": steps.TAKEN,
    "word replaced": startfoto.VAGUER,
    "evidence changed": startfoto.EVIDENCE,
    "improvement proposed": startfoto.PROPOSED,
    "improvement put off": startfoto.PUT_OFF,
    "conclusion removed": startfoto.REMOVED,
    "finding removed": startfoto.FINDING,
}
