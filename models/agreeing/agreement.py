"""Agreements: what is done by when, how we will see that it worked, and what hangs together with it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.agreeing.agreement_steps import locked_agreement, partner_of, store_agreement
from models.agreeing.coherence import has_circle
from models.agreeing.ownership import set_owner
from models.basics.clock import now
from models.basics.errors import InvalidValue, NotFound
from models.basics.text import NOTE_LIMIT, STATEMENT_LIMIT, one_line, optional_text, required_text
from models.basics.words import AgreementState
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.undoable import as_text, keep_for_undo, note_again
from models.tables import (
    Agreement,
    AgreementDependency,
    AgreementPrinciple,
    AgreementSupporter,
    AgreementVersion,
    Alliance,
    Principle,
    Proposal,
)
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class OpenedAgreement:
    """What stood in the fields of an agreement when somebody began to change it."""

    what: str
    first_step: str
    due_on: date | None
    measure: str
    principle_ids: list[int]
    depends_on: list[int]
    supporter_ids: list[int]


def record_agreement(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    what: str,
    first_step: str = "",
    due_on: date | None = None,
    measure: str = "",
    owner_id: int | None = None,
    principle_ids: list[int] | None = None,
    depends_on: list[int] | None = None,
    supporter_ids: list[int] | None = None,
    proposal_id: int | None = None,
) -> int:
    """Record an agreement and return its id. An owner named here is asked, and has to accept.

    Only `what` must be filled: gaps are named later, while there is time to fill them. With `proposal_id` it comes
    from a participant's proposal. Raises `TextMissing`, `TextTooLong`, `InvalidValue`.
    """
    workshop = read_workshop(session, workshop_id)
    alliance_id = workshop.alliance_id
    session.exec(select(Alliance.id).where(Alliance.id == alliance_id).with_for_update(key_share=True)).one()
    if proposal_id is not None:
        proposal = session.get(Proposal, proposal_id)
        if proposal is None or proposal.workshop_id != workshop_id:
            raise NotFound("proposal")
        made = session.exec(select(Agreement.id).where(Agreement.proposal_id == proposal_id)).first()
        if made is not None:
            return made
    highest = session.exec(
        select(func.max(Agreement.number)).where(Agreement.alliance_id == alliance_id)
    ).one()
    agreement = Agreement(
        alliance_id=alliance_id,
        number=(highest or 0) + 1,
        **_texts(what, first_step, measure),
        due_on=due_on,
        proposal_id=proposal_id,
        created_at=now(),
    )
    session.add(agreement)
    session.flush()
    _keep_version(session, agreement, who)
    _link(session, agreement, principle_ids or [], depends_on or [], supporter_ids or [])
    if owner_id is not None:
        set_owner(session, agreement, partner_of(session, alliance_id, owner_id), is_accepted=False)
    store_agreement(session, agreement, who, "agreement recorded")
    return agreement.id


def change_agreement(
    session: Session,
    *,
    who: str,
    agreement_id: int,
    what: str,
    first_step: str,
    due_on: date | None,
    measure: str,
    principle_ids: list[int],
    depends_on: list[int],
    supporter_ids: list[int],
    opened: OpenedAgreement | None = None,
) -> None:
    """Change an agreement; other words or another date make a new version.

    With `opened` only what was changed since then is stored: what others changed or added meanwhile stays. Raises
    `InvalidValue` for `depends_on` when it would depend on itself, `TextMissing`, `TextTooLong`.
    """
    agreement = locked_agreement(session, agreement_id)
    if opened is not None:
        what = agreement.what if what == opened.what else what
        first_step = agreement.first_step if first_step == opened.first_step else first_step
        due_on = agreement.due_on if due_on == opened.due_on else due_on
        measure = agreement.measure if measure == opened.measure else measure
        links = _links(session, agreement_id)
        principle_ids = _merged(links.principle_ids, opened.principle_ids, principle_ids)
        depends_on = _merged(links.depends_on, opened.depends_on, depends_on)
        supporter_ids = _merged(links.supporter_ids, opened.supporter_ids, supporter_ids)
    before = (agreement.what, agreement.first_step, agreement.due_on, agreement.measure)
    for key, value in _texts(what, first_step, measure).items():
        setattr(agreement, key, value)
    agreement.due_on = due_on
    if before != (agreement.what, agreement.first_step, agreement.due_on, agreement.measure):
        _keep_version(session, agreement, who)
    _link(session, agreement, principle_ids, depends_on, supporter_ids)
    store_agreement(session, agreement, who, "agreement changed")


def drop_agreement(session: Session, *, who: str, agreement_id: int, reason: str) -> None:
    """Drop an agreement with a reason; it stays to be read. Dropped twice, it is dropped once, for the first reason.

    Raises `TextMissing`, `TextTooLong`.
    """
    agreement = locked_agreement(session, agreement_id)
    why = one_line(reason, field="reason", limit=NOTE_LIMIT)
    about = f"agreement {agreement_id}"
    if agreement.state == AgreementState.DROPPED:
        note_again(session, about)
        return
    agreement.dropped_reason = why
    agreement.state = AgreementState.DROPPED
    event_id = store_agreement(session, agreement, who, "agreement dropped")
    keep_for_undo(session, event_id, about, agreement=agreement_id)


def revive_agreement(session: Session, *, who: str, agreement_id: int) -> None:
    """Take a dropped agreement up again. One that was not dropped stays as it is."""
    agreement = locked_agreement(session, agreement_id)
    if agreement.state == AgreementState.DROPPED:
        as_not_dropped(agreement)
        store_agreement(session, agreement, who, "agreement revived")


def as_not_dropped(agreement: Agreement) -> None:
    """Let an agreement be open again, without the reason why it was dropped."""
    agreement.dropped_reason = None
    agreement.state = AgreementState.OPEN


def show_agreements(session: Session, *, who: str, agreement_ids: list[int]) -> None:
    """Show agreements on the projector and the phones. Those that are shown already stay as they are."""
    moment, shown = now(), []
    for agreement_id in agreement_ids:
        agreement = locked_agreement(session, agreement_id)
        if agreement.shown_at is None:
            agreement.shown_at = moment
            session.add(agreement)
            shown.append(agreement)
    if not shown:
        return
    if len(shown) == 1:
        event_id = store_agreement(session, shown[0], who, "agreement shown")
    else:
        alliance_id = shown[0].alliance_id
        numbers = [agreement.number for agreement in shown]
        event_id = record(session, alliance_id=alliance_id, who=who, what="agreements shown", numbers=numbers)
        alliance_changed(session, alliance_id, content=True)
    keep_for_undo(
        session,
        event_id,
        f"agreements shown {event_id}",
        shown_at=as_text(moment),
        agreements=[agreement.id for agreement in shown],
    )


def hide_agreement(session: Session, *, who: str, agreement_id: int) -> None:
    """Take an agreement off the projector and the phones. Taken off twice, it is taken off once."""
    agreement = locked_agreement(session, agreement_id)
    about = f"agreement {agreement_id} off the screen"
    if agreement.shown_at is None:
        note_again(session, about)
        return
    before = agreement.shown_at
    agreement.shown_at = None
    event_id = store_agreement(session, agreement, who, "agreement hidden")
    keep_for_undo(session, event_id, about, agreement=agreement_id, shown_at=as_text(before))


def _texts(what: str, first_step: str, measure: str) -> dict[str, Any]:
    return {
        "what": required_text(what, field="what", limit=STATEMENT_LIMIT),
        "first_step": optional_text(first_step, field="first_step", limit=STATEMENT_LIMIT),
        "measure": optional_text(measure, field="measure", limit=STATEMENT_LIMIT),
    }


def _keep_version(session: Session, agreement: Agreement, who: str) -> None:
    highest = session.exec(
        select(func.max(AgreementVersion.version)).where(AgreementVersion.agreement_id == agreement.id)
    ).one()
    session.add(
        AgreementVersion(
            agreement_id=agreement.id,
            version=(highest or 0) + 1,
            what=agreement.what,
            first_step=agreement.first_step,
            due_on=agreement.due_on,
            measure=agreement.measure,
            written_by=who,
            written_at=now(),
        )
    )


@dataclass(frozen=True)
class _Links:
    principle_ids: list[int]
    depends_on: list[int]
    supporter_ids: list[int]


def _links(session: Session, agreement_id: int) -> _Links:
    """Return which principles, agreements and helping partners hang on an agreement now."""
    return _Links(
        list(
            session.exec(
                select(AgreementPrinciple.principle_id).where(AgreementPrinciple.agreement_id == agreement_id)
            ).all()
        ),
        list(
            session.exec(
                select(AgreementDependency.depends_on_id).where(
                    AgreementDependency.agreement_id == agreement_id
                )
            ).all()
        ),
        [
            partner_id
            for partner_id in session.exec(
                select(AgreementSupporter.partner_id)
                .where(AgreementSupporter.agreement_id == agreement_id)
                .order_by(col(AgreementSupporter.id))
            ).all()
            if partner_id is not None
        ],
    )


def _merged(stored: list[int], opened: list[int], chosen: list[int]) -> list[int]:
    """Return what is stored, without what was taken away since the opening, and with what was added."""
    removed = set(opened) - set(chosen)
    added = [identifier for identifier in chosen if identifier not in opened]
    return list(dict.fromkeys([identifier for identifier in stored if identifier not in removed] + added))


def _link(
    session: Session,
    agreement: Agreement,
    principle_ids: list[int],
    depends_on: list[int],
    supporter_ids: list[int],
) -> None:
    """Set which principles an agreement practises, what it depends on, and which partners help."""
    agreement_id = agreement.id
    own_principles = set(
        session.exec(select(Principle.id).where(Principle.alliance_id == agreement.alliance_id)).all()
    )
    if not set(principle_ids) <= own_principles:
        raise InvalidValue("principles", principle_ids)
    own_agreements = set(
        session.exec(select(Agreement.id).where(Agreement.alliance_id == agreement.alliance_id)).all()
    )
    if not set(depends_on) <= own_agreements - {agreement_id}:
        raise InvalidValue("depends_on", depends_on)
    for partner_id in supporter_ids:
        partner_of(session, agreement.alliance_id, partner_id)
    session.flush()
    connection = session.connection()
    connection.execute(delete(AgreementPrinciple).where(col(AgreementPrinciple.agreement_id) == agreement_id))
    connection.execute(
        delete(AgreementDependency).where(col(AgreementDependency.agreement_id) == agreement_id)
    )
    connection.execute(
        delete(AgreementSupporter).where(
            col(AgreementSupporter.agreement_id) == agreement_id,
            col(AgreementSupporter.partner_id).is_not(None),
        )
    )
    for principle_id in dict.fromkeys(principle_ids):
        session.add(AgreementPrinciple(agreement_id=agreement_id, principle_id=principle_id))
    for other_id in dict.fromkeys(depends_on):
        session.add(AgreementDependency(agreement_id=agreement_id, depends_on_id=other_id))
    for partner_id in dict.fromkeys(supporter_ids):
        session.add(AgreementSupporter(agreement_id=agreement_id, partner_id=partner_id, shown_at=now()))
    session.flush()
    graph: dict[int, set[int]] = defaultdict(set)
    for found in session.exec(
        select(AgreementDependency).where(col(AgreementDependency.agreement_id).in_(own_agreements))
    ).all():
        graph[found.agreement_id].add(found.depends_on_id)
    if has_circle(graph):
        raise InvalidValue("depends_on", depends_on)
