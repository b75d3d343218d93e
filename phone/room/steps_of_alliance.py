"""A phone's pages of an alliance's meeting: what each shows, read once for all phones where it is the same for all."""

from dataclasses import replace

from sqlmodel import Session

from models.agreeing.views import AgreementView, list_agreements
from models.baseline.behind import behind_improvements
from models.basics.words import Phase, ProposalKind, Step
from models.drafting.views import own_proposals, shown_proposals, supported_by
from models.joining.joining import PhoneView
from models.signing.agenda import read_agenda
from models.voting.round_views import RoundView
from models.workshop.people import first_steps
from models.workshop.programme import programme
from phone.room.step_page import StepPage, Values, always, revealed_rounds, without_open_round
from phone.serving.shared import read_once


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
    points = {one.improvement_id for one in shown if one.improvement_id is not None}
    return {
        "behind": read_once(view.workshop, f"behind {kind}", lambda: behind_improvements(session, points)),
        "own": [proposal for proposal in own if proposal.kind == kind],
        "others": [
            replace(proposal, is_supported=True) if proposal.id in supported else proposal
            for proposal in reversed(shown)
            if proposal.id not in own_ids
        ],
        "kind": kind,
    }


def _vote(session: Session, view: PhoneView, last: RoundView | None) -> Values:
    here = programme(view.workshop.block).step(view.workshop.step)
    is_open = last is not None and last.phase == Phase.OPEN and here.takes_votes
    earlier = [] if is_open else revealed_rounds(session, view)
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
            if agreement.is_shown and agreement.is_open
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


WELCOME = StepPage("welcome", shows_voices=True, waits=always)
VOTE = StepPage("vote", _vote, shows_voices=True, waits=without_open_round)
OVER = StepPage("over", _progress)

STEPS: dict[str, StepPage] = {
    Step.WELCOME: WELCOME,
    Step.DRAFT: StepPage("draft", _draft),
    Step.VOTE: VOTE,
    Step.AGREE: StepPage("agree", _agree),
    Step.SIGN: StepPage("sign", _sign),
    Step.AGENDA: StepPage("agenda", _agenda),
    Step.PROGRESS: StepPage("progress", _progress),
}
