"""The threads of an alliance, read from what was stored: who proposed what, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.agreeing.views import AgreementView
from models.basics.words import AgreementState, Decision, Phase, PrincipleStatus
from models.drafting.wording import PrincipleView
from models.tables import Group, Participant, Proposal, Workshop
from models.threads.threads import (
    ROOM,
    Origin,
    OriginKind,
    Thread,
    ThreadAgreement,
    ThreadPrinciple,
    ThreadRound,
    counted,
    origins_by_row,
    threads,
)
from models.workshop.rows import row_key


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
            )
            for agreement in agreements
            if agreement.state == AgreementState.OPEN
        ],
    )


def proposal_origins(session: Session, alliance_id: int) -> dict[int, Origin]:
    """Return where each proposal of an alliance came from, by its id: a table, or a group that may be named."""
    sizes: dict[int, dict[str, int]] = defaultdict(dict)
    for workshop_id, group_id, count in session.exec(
        select(Participant.workshop_id, Participant.group_id, func.count())
        .join(Workshop, col(Workshop.id) == Participant.workshop_id)
        .where(Workshop.alliance_id == alliance_id, col(Participant.admitted_at).is_not(None))
        .where(col(Participant.joined_at).is_not(None))
        .group_by(col(Participant.workshop_id), col(Participant.group_id))
    ).all():
        sizes[workshop_id][row_key(group_id)] = count
    names = {
        row_key(group.id): group.name
        for group in session.exec(select(Group).where(Group.alliance_id == alliance_id)).all()
    }
    by_row = {workshop_id: origins_by_row(counts, names) for workshop_id, counts in sizes.items()}
    return {
        proposal_id or 0: Origin(OriginKind.TABLE, table_name)
        if table_name
        else by_row.get(workshop_id, {}).get(row_key(group_id), ROOM)
        for proposal_id, workshop_id, table_name, group_id in session.exec(
            select(Proposal.id, Proposal.workshop_id, Proposal.table_name, Participant.group_id)
            .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
            .join(Participant, col(Participant.id) == Proposal.participant_id, isouter=True)
            .where(Workshop.alliance_id == alliance_id)
        ).all()
    }


def _last_round(principle: PrincipleView) -> ThreadRound | None:
    deciding = [found for found in principle.rounds if not found.only_ranks]
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
