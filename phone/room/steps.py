"""What the page of each step shows beside the room, read once for all phones where it is the same for all."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from models.agreeing.views import AgreementView, list_agreements
from models.basics.words import AgreementState, Phase, ProposalKind, Step
from models.drafting.proposal import own_proposals, shown_proposals, supported_by
from models.joining.joining import PhoneView
from models.signing.agenda import read_agenda
from models.voting.round_views import RoundView, last_round, list_rounds
from models.workshop.people import first_steps
from phone.serving.shared import read_once

Values = dict[str, Any]


def newest_round(session: Session, view: PhoneView) -> RoundView | None:
    """Return the round that is open, or else was last; read once for all phones of a room."""
    return read_once(view.workshop, "last round", lambda: last_round(session, view.workshop.id))


def _revealed_rounds(session: Session, view: PhoneView) -> list[RoundView]:
    """Newest first."""
    rounds = read_once(view.workshop, "rounds", lambda: list_rounds(session, view.workshop.id))
    return [found for found in reversed(rounds) if found.phase == Phase.REVEALED]


def _draft(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _proposals(session, view, ProposalKind.PRINCIPLE) | {
        "drafting_ended": view.workshop.drafting_ended_at is not None
    }


def _proposals(session: Session, view: PhoneView, kind: str) -> Values:
    participant_id = view.participant.id if view.participant else None
    own = own_proposals(session, participant_id) if participant_id else []
    own_ids = {proposal.id for proposal in own}
    shown = read_once(
        view.workshop, f"shown {kind}", lambda: shown_proposals(session, view.workshop.id, None, kind)
    )
    supported = supported_by(session, participant_id) if participant_id else set()
    return {
        "own": [proposal for proposal in own if proposal.kind == kind],
        "others": [
            replace(proposal, is_supported=True) if proposal.id in supported else proposal
            for proposal in reversed(shown)
            if proposal.id not in own_ids
        ],
        "kind": kind,
    }


def _vote(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    is_open = last is not None and last.phase == Phase.OPEN and view.workshop.step == Step.VOTE
    earlier = [] if is_open else _revealed_rounds(session, view)
    return {
        "round": last,
        "choices": last.choices if last else (),
        "earlier_rounds": [found for found in earlier if last is None or found.id != last.id],
    }


def _agree(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    shown = _shown_agreements(session, view)
    return _proposals(session, view, ProposalKind.AGREEMENT) | {"agreements": shown}


def _shown_agreements(session: Session, view: PhoneView) -> list[AgreementView]:
    return read_once(
        view.workshop,
        "agreements",
        lambda: [
            agreement
            for agreement in list_agreements(session, view.alliance.id)
            if agreement.is_shown and agreement.state == AgreementState.OPEN
        ],
    )


def _sign(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    return {"agenda": read_once(view.workshop, "agenda", lambda: read_agenda(session, workshop_id))}


def _agenda(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    workshop_id = view.workshop.id
    count = read_once(view.workshop, "first steps", lambda: first_steps(session, workshop_id))
    return _sign(session, view, last) | {"first_steps": count}


def _progress(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    return _sign(session, view, last) | {"agreements": _shown_agreements(session, view)}


# What a template shows beside the room. Where a phone has nothing of its own, it must equal what is read for nobody
# (without a participant): then the phone gets the page that all have in common.
_VALUES = {
    "draft": _draft,
    "vote": _vote,
    "agree": _agree,
    "sign": _sign,
    "agenda": _agenda,
    "progress": _progress,
    "over": _progress,
}


def step_values(session: Session, view: PhoneView, template: str, last: RoundView | None) -> Values:
    """Return what `template` shows beside the room, to the phone that asks."""
    return _VALUES[template](session, view, last) if template in _VALUES else {}
