"""What leaves a mediation: sentences that every party released, and how many say that it holds."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.agreeing.agreement import drop_agreement, record_agreement
from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, OutcomeFrozen
from models.basics.words import Erased, MediationText
from models.mediation.mediation import list_mediations
from models.mediation.stopping import BY_ITSELF
from models.mediation.texts import Sealed, store_texts
from models.signing.agenda import is_frozen
from models.storage.finding import existing
from models.storage.writing import after_commit_forget
from models.tables import (
    Agreement,
    AgreementVersion,
    Mediation,
    MediationAftercare,
    MediationItem,
    MediationOutcome,
    MediationPerson,
    Workshop,
)

# Under so many mediations that ended a count would tell of people.
LEAST_TOLD = 5


@dataclass(frozen=True)
class OutcomeRow:
    """A sentence that all parties of a mediation released; `agreement_number` is what was made of it."""

    id: int
    mediation_number: int
    text: str
    agreement_number: int | None


def list_outcomes(session: Session, alliance_id: int) -> list[OutcomeRow]:
    """Return what all parties of an alliance's mediations released, in order."""
    found = session.exec(
        select(MediationOutcome, Mediation.number, Agreement)
        .join(Mediation, col(Mediation.id) == MediationOutcome.mediation_id)
        .outerjoin(Agreement, col(Agreement.id) == col(MediationOutcome.agreement_id))
        .where(Mediation.alliance_id == alliance_id)
        .order_by(col(MediationOutcome.id))
    ).all()
    return [
        OutcomeRow(outcome.id, number, outcome.text, agreement.number if agreement else None)
        for outcome, number, agreement in found
    ]


def make_agreement(session: Session, *, who: str, outcome_id: int) -> int:
    """Make an agreement of the alliance of a released sentence; made twice, it is made once. Returns its id."""
    outcome = existing(session, MediationOutcome, outcome_id, lock=True)
    if outcome.agreement_id is not None:
        return outcome.agreement_id
    mediation = existing(session, Mediation, outcome.mediation_id)
    workshop = session.exec(
        select(Workshop)
        .where(Workshop.alliance_id == mediation.alliance_id)
        .order_by(col(Workshop.id).desc())
    ).first()
    made = record_agreement(session, who=who, workshop_id=workshop.id if workshop else 0, what=outcome.text)
    agreement = session.get_one(Agreement, made)
    agreement.mediation_id = mediation.id
    outcome.agreement_id = made
    session.add(agreement)
    session.add(outcome)
    return made


def release(
    session: Session,
    *,
    person_id: int,
    pair: int,
    sealed: Sealed,
    item: str,
    text: str,
    said_by_all: dict[str, int],
) -> None:
    """Store that a party released a working agreement; with `text` it was the last, and the alliance reads it.

    `said_by_all` are the agreement, what every party says of it and who released it, each by its version: where one
    changed since it was read, `ChangedMeanwhile`.
    """
    store_texts(session, person_id=person_id, pair=pair, texts=[sealed], kind=MediationText.LEAVES)
    if text:
        standing = session.exec(
            select(MediationItem.item, MediationItem.version).where(col(MediationItem.item).in_(said_by_all))
        ).all()
        if dict(standing) != said_by_all:
            raise ChangedMeanwhile
    stands = session.exec(select(MediationOutcome).where(MediationOutcome.item == item)).first()
    if text and stands is None:
        person = existing(session, MediationPerson, person_id)
        session.add(
            MediationOutcome(mediation_id=person.mediation_id, item=item, text=text, released_at=now())
        )
    elif text and stands is not None and stands.agreement_id is None and stands.text != text:
        # It changed, and everybody released it anew.
        stands.text, stands.released_at = text, now()
        session.add(stands)
        after_commit_forget(session, Erased.MEDIATIONS)


def take_back(
    session: Session, *, person_id: int, pair: int, marks: list[str], item: str, instead: str
) -> None:
    """Take a released sentence back: of an agreement that was made of it the words go too. Raises `OutcomeFrozen`."""
    store_texts(session, person_id=person_id, pair=pair, texts=[], kind=MediationText.LEAVES, deleted=marks)
    outcome = session.exec(select(MediationOutcome).where(MediationOutcome.item == item)).first()
    if outcome is None:
        return
    mediation = existing(session, Mediation, outcome.mediation_id)
    if outcome.agreement_id is not None and is_frozen(session, mediation.alliance_id):
        raise OutcomeFrozen
    if outcome.agreement_id is not None:
        agreement = existing(session, Agreement, outcome.agreement_id)
        agreement.what, agreement.first_step, agreement.measure = instead, "", ""
        session.add(agreement)
        for version in session.exec(
            select(AgreementVersion).where(AgreementVersion.agreement_id == agreement.id)
        ).all():
            version.what, version.first_step, version.measure = instead, "", ""
            session.add(version)
        session.flush()
        drop_agreement(session, who=BY_ITSELF, agreement_id=agreement.id, reason=instead)
    session.delete(outcome)
    after_commit_forget(session, Erased.MEDIATIONS)


def count_aftercare(
    session: Session, *, person_id: int, pair: int, sealed: Sealed, after_days: int, answer: str
) -> None:
    """Store what a party says for its mediator, and count it without who."""
    store_texts(session, person_id=person_id, pair=pair, texts=[sealed], kind=MediationText.HOLDS)
    person = existing(session, MediationPerson, person_id)
    mediation = existing(session, Mediation, person.mediation_id)
    row = session.get(MediationAftercare, (mediation.alliance_id, after_days, answer))
    if row is None:
        row = MediationAftercare(
            alliance_id=mediation.alliance_id, after_days=after_days, answer=answer, count=0
        )
    row.count += 1
    session.add(row)


def aftercare_counts(session: Session, alliance_id: int) -> dict[str, int]:
    """Return how many parties said better, same and worse; nothing under five mediations that ended."""
    if sum(row.is_ended for row in list_mediations(session, alliance_id)) < LEAST_TOLD:
        return {}
    counts: dict[str, int] = {}
    for row in session.exec(
        select(MediationAftercare).where(MediationAftercare.alliance_id == alliance_id)
    ).all():
        counts[row.answer] = counts.get(row.answer, 0) + row.count
    return counts
