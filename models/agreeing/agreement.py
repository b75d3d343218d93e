"""Agreements: who does what by when, how we will see that it worked, and who accepted to carry it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.agreeing.coherence import has_circle
from models.alliance.alliance import read_alliance
from models.alliance.partner import new_partner, partner_token
from models.basics.clock import now
from models.basics.errors import InUse, InvalidValue, NotFound, NotYours
from models.basics.text import NAME_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT, one_line, optional_text, required_text
from models.basics.words import AgreementState, PartnerKind, ProgressState
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.tables import (
    Agreement,
    AgreementDependency,
    AgreementOwner,
    AgreementPrinciple,
    AgreementSupporter,
    AgreementVersion,
    Alliance,
    Partner,
    Principle,
    Progress,
    Proposal,
)
from models.workshop.participant import admitted
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class TakenOn:
    """The partner that took an agreement on, and the token of its own page."""

    partner_id: int
    token: str


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
        _set_owner(session, agreement, _partner_of(session, alliance_id, owner_id), is_accepted=False)
    _store(session, agreement, who, "agreement recorded")
    return agreement.id or 0


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
    agreement = _agreement(session, agreement_id)
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
    _store(session, agreement, who, "agreement changed")


def ask_owner(session: Session, *, who: str, agreement_id: int, partner_id: int | None) -> None:
    """Ask a partner to carry an agreement, also when another carried it; None leaves it without an owner."""
    agreement = _agreement(session, agreement_id)
    if agreement.owner_id == partner_id:
        return
    if partner_id is None:
        _end_ownership(session, agreement)
    else:
        _set_owner(
            session, agreement, _partner_of(session, agreement.alliance_id, partner_id), is_accepted=False
        )
    _store(session, agreement, who, "owner asked")


def accept_ownership(session: Session, *, partner_id: int, agreement_id: int) -> None:
    """Accept to carry an agreement, by the partner who was asked. Raises `NotYours`."""
    agreement = _asked(session, partner_id, agreement_id)
    if agreement.owner_accepted_at is not None:
        return
    moment = now()
    agreement.owner_accepted_at = moment
    for ownership in _standing_ownership(session, agreement):
        ownership.accepted_at = moment
        session.add(ownership)
    _store(session, agreement, _partner_name(session, partner_id), "ownership accepted")


def decline_ownership(session: Session, *, partner_id: int, agreement_id: int) -> None:
    """Decline to carry an agreement: it looks for an owner again. Raises `NotYours`."""
    agreement = _asked(session, partner_id, agreement_id)
    _end_ownership(session, agreement)
    _store(session, agreement, _partner_name(session, partner_id), "ownership declined")


def take_on(session: Session, *, participant_id: int, agreement_id: int, name: str = "") -> TakenOn:
    """Take an agreement on from a phone: by that tap one is the owner and has accepted.

    Who is no partner yet becomes one of kind resident, under `name`, which waits for the facilitator's tap
    (`models.agreeing.names`), unless the meeting lets all through. Raises `InUse` when another partner carries it
    already, `NotAdmitted`, `NotFound` when it is not shown, `TextMissing`.
    """
    participant = admitted(session, participant_id)
    agreement = _shown_agreement(session, participant.workshop_id, agreement_id)
    is_shown = read_workshop(session, participant.workshop_id).lets_all_through
    if participant.partner_id is None:
        if agreement.owner_id is not None and agreement.owner_accepted_at is not None:
            raise InUse
        given = one_line(name or participant.name, field="name", limit=NAME_LIMIT)
        partner = new_partner(
            session,
            alliance_id=agreement.alliance_id,
            kind=PartnerKind.RESIDENT,
            name=given,
            group_id=participant.group_id,
            is_shown=is_shown,
        )
        participant.partner_id = partner.id
        session.add(participant)
    else:
        partner = _partner_of(session, agreement.alliance_id, participant.partner_id)
    if agreement.owner_id != partner.id or agreement.owner_accepted_at is None:
        if (
            agreement.owner_id is not None
            and agreement.owner_id != partner.id
            and agreement.owner_accepted_at
        ):
            raise InUse
        _set_owner(session, agreement, partner, is_accepted=True)
        _store(session, agreement, partner.name, "agreement taken on")
    return TakenOn(partner.id or 0, partner_token(partner))


def offer_help(session: Session, *, participant_id: int, agreement_id: int, name: str = "") -> None:
    """Offer help with an agreement from a phone, by name. Done twice it is done once. Raises like `take_on`.

    The name of who is no partner waits like that of who takes one on.
    """
    participant = admitted(session, participant_id)
    agreement = _shown_agreement(session, participant.workshop_id, agreement_id)
    given = one_line(
        name or participant.name, field="name", limit=NAME_LIMIT, is_required=participant.partner_id is None
    )
    same = AgreementSupporter.participant_id == participant_id
    if participant.partner_id is not None:
        same = same | (AgreementSupporter.partner_id == participant.partner_id)
    if session.exec(
        select(AgreementSupporter.id).where(AgreementSupporter.agreement_id == agreement_id, same)
    ).first():
        return
    session.add(
        AgreementSupporter(
            agreement_id=agreement_id,
            partner_id=participant.partner_id,
            participant_id=participant_id if participant.partner_id is None else None,
            name=given if participant.partner_id is None else "",
            shown_at=now()
            if participant.partner_id is not None
            or read_workshop(session, participant.workshop_id).lets_all_through
            else None,
        )
    )
    _store(session, agreement, given or _partner_name(session, participant.partner_id or 0), "help offered")


def drop_agreement(session: Session, *, who: str, agreement_id: int, reason: str) -> None:
    """Drop an agreement with a reason; it stays to be read. Raises `TextMissing`, `TextTooLong`."""
    agreement = _agreement(session, agreement_id)
    agreement.dropped_reason = one_line(reason, field="reason", limit=NOTE_LIMIT)
    agreement.state = AgreementState.DROPPED
    _store(session, agreement, who, "agreement dropped")


def revive_agreement(session: Session, *, who: str, agreement_id: int) -> None:
    """Undo dropping an agreement."""
    agreement = _agreement(session, agreement_id)
    agreement.dropped_reason = None
    agreement.state = AgreementState.OPEN
    _store(session, agreement, who, "agreement revived")


def show_agreements(session: Session, *, who: str, agreement_ids: list[int]) -> None:
    """Show agreements on the projector and the phones."""
    for agreement_id in agreement_ids:
        agreement = _agreement(session, agreement_id)
        agreement.shown_at = agreement.shown_at or now()
        _store(session, agreement, who, "agreement shown")


def hide_agreement(session: Session, *, who: str, agreement_id: int) -> None:
    """Take an agreement off the projector and the phones."""
    agreement = _agreement(session, agreement_id)
    agreement.shown_at = None
    _store(session, agreement, who, "agreement hidden")


def hide_agreements(session: Session, *, who: str, agreement_ids: list[int]) -> None:
    """Take several agreements off the projector and the phones."""
    for agreement_id in agreement_ids:
        hide_agreement(session, who=who, agreement_id=agreement_id)


def report_progress(
    session: Session, *, partner_id: int, agreement_id: int, state: str, sentence: str
) -> None:
    """Report how an agreement goes, by its owner. The same report again changes nothing. Raises `NotYours`."""
    agreement = _asked(session, partner_id, agreement_id)
    if agreement.owner_accepted_at is None:
        raise NotYours
    if state not in set(ProgressState):
        raise InvalidValue("state", state)
    said = optional_text(sentence, field="sentence", limit=STATEMENT_LIMIT)
    last = session.exec(
        select(Progress)
        .where(Progress.agreement_id == agreement_id)
        .order_by(col(Progress.id).desc())
        .limit(1)
    ).first()
    if last is not None and (last.state, last.sentence) == (state, said):
        return
    name = _partner_name(session, partner_id)
    session.add(
        Progress(agreement_id=agreement_id, state=state, sentence=said, reported_by=name, reported_at=now())
    )
    _store(session, agreement, name, "progress reported")


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
            agreement_id=agreement.id or 0,
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
    agreement_id = agreement.id or 0
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
        _partner_of(session, agreement.alliance_id, partner_id)
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


def _standing_ownership(session: Session, agreement: Agreement) -> list[AgreementOwner]:
    return list(
        session.exec(
            select(AgreementOwner).where(
                AgreementOwner.agreement_id == agreement.id, col(AgreementOwner.ended_at).is_(None)
            )
        ).all()
    )


def _end_ownership(session: Session, agreement: Agreement) -> None:
    for ownership in _standing_ownership(session, agreement):
        ownership.ended_at = now()
        session.add(ownership)
    agreement.owner_id = None
    agreement.owner_accepted_at = None
    session.add(agreement)


def _set_owner(session: Session, agreement: Agreement, partner: Partner, *, is_accepted: bool) -> None:
    _end_ownership(session, agreement)
    moment = now()
    agreement.owner_id = partner.id
    agreement.owner_accepted_at = moment if is_accepted else None
    session.add(agreement)
    session.add(
        AgreementOwner(
            agreement_id=agreement.id or 0,
            partner_id=partner.id or 0,
            asked_at=moment,
            accepted_at=moment if is_accepted else None,
        )
    )


def _agreement(session: Session, agreement_id: int) -> Agreement:
    found = session.exec(select(Agreement).where(Agreement.id == agreement_id).with_for_update()).first()
    if found is None:
        raise NotFound("agreement")
    return found


def _shown_agreement(session: Session, workshop_id: int, agreement_id: int) -> Agreement:
    agreement = _agreement(session, agreement_id)
    workshop = read_workshop(session, workshop_id)
    if (
        agreement.alliance_id != workshop.alliance_id
        or agreement.shown_at is None
        or agreement.state != AgreementState.OPEN
    ):
        raise NotFound("agreement")
    return agreement


def _asked(session: Session, partner_id: int, agreement_id: int) -> Agreement:
    """Return an agreement whose owner this partner is, or was asked to be. Raises `NotYours`."""
    agreement = _agreement(session, agreement_id)
    if agreement.owner_id != partner_id:
        raise NotYours
    return agreement


def _partner_of(session: Session, alliance_id: int, partner_id: int) -> Partner:
    found = session.get(Partner, partner_id)
    if found is None or found.alliance_id != alliance_id:
        raise InvalidValue("partner", partner_id)
    return found


def _partner_name(session: Session, partner_id: int) -> str:
    found = session.get(Partner, partner_id)
    return found.name if found else ""


def _store(session: Session, agreement: Agreement, who: str, what: str) -> None:
    session.add(agreement)
    alliance = read_alliance(session, agreement.alliance_id)
    record(session, alliance_id=alliance.id or 0, who=who, what=what, number=agreement.number)
    alliance_changed(session, agreement.alliance_id, content=True)
