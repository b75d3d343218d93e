"""Agreements as one reads them: with owner, helpers, progress, and how they hang together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from models.agreeing.coherence import AgreementFacts, Coherence, coherence
from models.alliance.partner import read_partners
from models.basics.words import AgreementState, PartnerKind, PrincipleStatus
from models.drafting.proposal import SHOWN, state_of
from models.storage.frozen import read_frozen, says_the_same
from models.tables import (
    Agenda,
    Agreement,
    AgreementDependency,
    AgreementOwner,
    AgreementPrinciple,
    AgreementSupporter,
    AgreementVersion,
    Partner,
    Principle,
    PrincipleVersion,
    Progress,
    Proposal,
    Support,
)
from models.voting.principles import SourceView


@dataclass(frozen=True)
class PartnerName:
    """A partner; `is_shown` tells whether the room may read its name."""

    id: int
    name: str
    kind: str
    is_shown: bool = True


@dataclass(frozen=True)
class HelperView:
    """Who helps: a partner, or somebody of the room who is none, by the id of the offer (`supporter_id`).

    `is_shown`: the room may read the name.
    """

    name: str
    is_resident: bool
    is_shown: bool
    supporter_id: int | None = None


@dataclass(frozen=True)
class ProgressView:
    state: str
    sentence: str
    reported_by: str
    reported_at: datetime


@dataclass(frozen=True)
class OwnerView:
    """Who was asked to carry an agreement, and carried it once accepted; `ended_at` is empty for who stands now."""

    name: str
    asked_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class AgreementView:
    """An agreement with everything that hangs on it. `changed_since_agenda` is the version it differs from."""

    id: int
    number: int
    what: str
    first_step: str
    due_on: date | None
    measure: str
    owner: PartnerName | None
    owner_accepted: bool
    principles: list[int]
    principle_ids: list[int]
    depends_on: list[int]
    depends_on_ids: list[int]
    supporters: list[str]
    supporter_ids: list[int]
    state: str
    dropped_reason: str | None
    is_shown: bool
    version: int
    changed_since_agenda: int | None
    progress: ProgressView | None
    owners: list[OwnerView] = field(default_factory=list)
    source: SourceView | None = None
    helpers: list[HelperView] = field(default_factory=list)
    comes_from_mediation: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it stands: it was not dropped."""
        return self.state == AgreementState.OPEN

    @property
    def carrying(self) -> OwnerView | None:
        """Since when the owner of now was asked, and has accepted."""
        return next((owner for owner in self.owners if owner.ended_at is None), None)

    @property
    def carried_before(self) -> list[str]:
        """The names of who accepted to carry it, and does not any more."""
        return _names(owner for owner in self.owners if owner.ended_at and owner.accepted_at)

    @property
    def asked_in_vain(self) -> list[str]:
        """The names of who was asked to carry it and never accepted: who said "not now", or was not waited for."""
        return _names(owner for owner in self.owners if owner.ended_at and not owner.accepted_at)


def list_agreements(
    session: Session, alliance_id: int, *, partners: Iterable[Partner] | None = None
) -> list[AgreementView]:
    """Return the agreements of an alliance by number, also the dropped ones.

    `partners` are those of the alliance, where they were read already.
    """
    agreements = session.exec(
        select(Agreement).where(Agreement.alliance_id == alliance_id).order_by(col(Agreement.number))
    ).all()
    known = read_partners(session, alliance_id) if partners is None else partners
    partner_of = {partner.id: partner for partner in known}
    numbers = {agreement.id: agreement.number for agreement in agreements}
    principles: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for agreement_id, principle_id, number in session.exec(
        select(AgreementPrinciple.agreement_id, Principle.id, Principle.number)
        .join(Principle, col(Principle.id) == AgreementPrinciple.principle_id)
        .where(Principle.alliance_id == alliance_id)
        .order_by(col(Principle.number))
    ).all():
        principles[agreement_id].append((principle_id, number))
    depends_on: dict[int, list[int]] = defaultdict(list)
    for found in session.exec(
        select(AgreementDependency).where(col(AgreementDependency.agreement_id).in_(list(numbers)))
    ).all():
        depends_on[found.agreement_id].append(found.depends_on_id)
    supporters: dict[int, list[AgreementSupporter]] = defaultdict(list)
    for helper in session.exec(
        select(AgreementSupporter)
        .where(col(AgreementSupporter.agreement_id).in_(list(numbers)))
        .order_by(col(AgreementSupporter.id))
    ).all():
        supporters[helper.agreement_id].append(helper)
    owners: dict[int, list[OwnerView]] = defaultdict(list)
    for ownership in session.exec(
        select(AgreementOwner)
        .where(col(AgreementOwner.agreement_id).in_(list(numbers)))
        .order_by(col(AgreementOwner.id))
    ).all():
        owner = partner_of.get(ownership.partner_id)
        owners[ownership.agreement_id].append(
            OwnerView(
                owner.name if owner else "", ownership.asked_at, ownership.accepted_at, ownership.ended_at
            )
        )
    progress = {
        found.agreement_id: ProgressView(found.state, found.sentence, found.reported_by, found.reported_at)
        for found in session.exec(
            select(Progress).where(col(Progress.agreement_id).in_(list(numbers))).order_by(col(Progress.id))
        ).all()
    }
    versions = dict(
        session.exec(
            select(AgreementVersion.agreement_id, func.max(AgreementVersion.version))
            .where(col(AgreementVersion.agreement_id).in_(list(numbers)))
            .group_by(col(AgreementVersion.agreement_id))
        ).all()
    )
    sources = _sources(session, alliance_id)
    frozen = session.exec(
        select(Agenda).where(Agenda.alliance_id == alliance_id).order_by(col(Agenda.version).desc()).limit(1)
    ).first()
    views: list[AgreementView] = []
    for agreement in agreements:
        key = agreement.id
        owner = partner_of[agreement.owner_id] if agreement.owner_id is not None else None
        helpers = [
            partner_of[helper.partner_id] for helper in supporters[key] if helper.partner_id in partner_of
        ]
        others = [helper for helper in supporters[key] if helper.partner_id is None]
        views.append(
            AgreementView(
                id=key,
                number=agreement.number,
                what=agreement.what,
                first_step=agreement.first_step,
                due_on=agreement.due_on,
                measure=agreement.measure,
                owner=partner_name(owner) if owner else None,
                owner_accepted=agreement.owner_accepted_at is not None,
                principles=[number for _, number in principles[key]],
                principle_ids=[principle_id for principle_id, _ in principles[key]],
                depends_on=sorted(numbers[other] for other in depends_on[key]),
                depends_on_ids=sorted(depends_on[key]),
                supporters=[partner.name for partner in helpers] + [helper.name for helper in others],
                supporter_ids=[partner.id for partner in helpers],
                state=agreement.state,
                dropped_reason=agreement.dropped_reason,
                is_shown=agreement.shown_at is not None,
                version=versions.get(key, 1),
                changed_since_agenda=None,
                progress=progress.get(key),
                owners=owners[key],
                source=sources[agreement.proposal_id] if agreement.proposal_id is not None else None,
                helpers=[
                    HelperView(
                        partner.name, partner.kind == PartnerKind.RESIDENT, partner.shown_at is not None
                    )
                    for partner in helpers
                ]
                + [
                    HelperView(helper.name, True, helper.shown_at is not None, helper.id) for helper in others
                ],
                comes_from_mediation=agreement.mediation_id is not None,
            )
        )
    return _compared(views, frozen)


def partner_name(partner: Partner) -> PartnerName:
    """Return how a partner is named, and whether the room may read that."""
    return PartnerName(partner.id, partner.name, partner.kind, partner.shown_at is not None)


def _names(owners: Iterable[OwnerView]) -> list[str]:
    return list(dict.fromkeys(owner.name for owner in owners))


def frozen_words(agreement: AgreementView) -> dict[str, Any]:
    """Return an agreement as a frozen agenda says it: JSON values, dates in ISO 8601."""
    return {
        "number": agreement.number,
        "what": agreement.what,
        "first_step": agreement.first_step,
        "owner": agreement.owner.name if agreement.owner else None,
        "owner_id": agreement.owner.id if agreement.owner else None,
        "owner_accepted": agreement.owner_accepted,
        "supporters": agreement.supporters,
        # Beside each name the partner that it is; None for who offered help without being one. Names may be alike.
        "supporter_ids": agreement.supporter_ids
        + [None] * (len(agreement.supporters) - len(agreement.supporter_ids)),
        "due_on": agreement.due_on.isoformat() if agreement.due_on else None,
        "measure": agreement.measure,
        "principles": agreement.principles,
        "depends_on": agreement.depends_on,
        "sources": [{"text": agreement.source.text, "support": agreement.source.support}]
        if agreement.source and agreement.source.is_shown
        else [],
        # That it does, and no more: not from which one, nor between whom.
        **({"comes_from_mediation": True} if agreement.comes_from_mediation else {}),
    }


def read_coherence(
    session: Session,
    alliance_id: int,
    *,
    partners: Sequence[Partner] | None = None,
    agreements: Sequence[AgreementView] | None = None,
) -> Coherence:
    """Return how the agreements that stand hang together with adopted principles and partners.

    `partners` and `agreements` are those of the alliance, where they were read already.
    """
    newest: dict[int, tuple[int, str]] = {}
    for principle_id, number, text in session.exec(
        select(Principle.id, Principle.number, PrincipleVersion.text)
        .join(PrincipleVersion, col(PrincipleVersion.principle_id) == Principle.id)
        .where(Principle.alliance_id == alliance_id, Principle.status == PrincipleStatus.ADOPTED)
        .order_by(col(Principle.number), col(PrincipleVersion.version))
    ).all():
        newest[principle_id] = (number, text)
    if partners is None:
        partners = read_partners(session, alliance_id)
    if agreements is None:
        agreements = list_agreements(session, alliance_id, partners=partners)
    return coherence_of(list(newest.values()), partners, agreements)


def coherence_of(
    adopted: Sequence[tuple[int, str]], partners: Sequence[Partner], agreements: Sequence[AgreementView]
) -> Coherence:
    """Return how what was read hangs together: `adopted` are the principles, `(number, text)`, by number."""
    known = {number for number, _ in adopted}
    return coherence(
        principles=adopted,
        partners=[(partner.id, partner.name) for partner in partners],
        agreements=[
            AgreementFacts(
                number=agreement.number,
                owner_id=agreement.owner.id if agreement.owner else None,
                supporter_ids=tuple(agreement.supporter_ids),
                due_on=agreement.due_on,
                principles=tuple(number for number in agreement.principles if number in known),
                depends_on=tuple(agreement.depends_on),
            )
            for agreement in agreements
            if agreement.is_open
        ],
    )


def _sources(session: Session, alliance_id: int) -> dict[int, SourceView]:
    """Return the proposals that agreements of this alliance were made from, by their id."""
    found = session.exec(
        select(Proposal, func.count(col(Support.participant_id)))
        .join(Agreement, col(Agreement.proposal_id) == Proposal.id)
        .join(Support, col(Support.proposal_id) == Proposal.id, isouter=True)
        .where(Agreement.alliance_id == alliance_id)
        .group_by(col(Proposal.id))
    ).all()
    return {
        proposal.id: SourceView(proposal.id, proposal.text, support, state_of(proposal) == SHOWN)
        for proposal, support in found
    }


def _compared(views: list[AgreementView], frozen: Agenda | None) -> list[AgreementView]:
    """Mark the agreements that say something else now than in the newest frozen agenda."""
    if frozen is None:
        return views
    said = {entry["number"]: entry for entry in read_frozen(frozen.content)["agreements"]}
    return [
        replace(view, changed_since_agenda=frozen.version)
        if view.number in said
        and (
            not view.is_open
            or not says_the_same(said[view.number] | {"sources": []}, frozen_words(view) | {"sources": []})
        )
        else view
        for view in views
    ]
