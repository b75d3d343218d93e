"""The threads of an alliance, read from what was stored: who proposed what, and what became of it."""

from collections.abc import Sequence

from sqlmodel import Session

from models.agreeing.views import AgreementView
from models.basics.words import AgreementState, Decision, Phase, PrincipleStatus
from models.drafting.origins import counted, proposal_origins
from models.threads.threads import Thread, ThreadAgreement, ThreadPrinciple, ThreadRound, threads
from models.voting.principles import PrincipleView


def read_threads(
    session: Session,
    alliance_id: int,
    *,
    principles: Sequence[PrincipleView],
    agreements: Sequence[AgreementView],
) -> list[Thread]:
    """Return the threads through these principles and agreements, without what was left out or dropped."""
    origins = proposal_origins(session, alliance_id)
    return threads(
        [
            ThreadPrinciple(
                principle.number,
                principle.text,
                counted(origins[source.proposal_id] for source in principle.sources),
                _last_round(principle),
            )
            for principle in principles
            if principle.status != PrincipleStatus.LEFT_OUT
        ],
        [
            ThreadAgreement(
                agreement.number,
                agreement.what,
                tuple(agreement.principles),
                origins[agreement.source.proposal_id] if agreement.source else None,
                agreement.progress.state if agreement.progress else "",
            )
            for agreement in agreements
            if agreement.state == AgreementState.OPEN
        ],
    )


def _last_round(principle: PrincipleView) -> ThreadRound | None:
    deciding = [found for found in principle.rounds if found.rule.decides]
    if not deciding:
        return None
    last = deciding[-1]
    item = next(item for item in last.items if item.principle_id == principle.id)
    is_revealed = last.phase == Phase.REVEALED and item.result is not None
    return ThreadRound(
        number=last.number,
        phase=last.phase,
        decision=Decision(item.result.decision) if is_revealed and item.result else None,
        is_about_this_text=item.version == principle.version,
    )
