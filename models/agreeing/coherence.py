"""How principles, partners and agreements hang together, and where the gaps are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

TOO_MUCH_IN_A_MONTH = 3

NOBODY_PRACTISES = "principle nobody practises"
WITHOUT_AGREEMENT = "partner without agreement"
TOO_MUCH = "too much in one month"
DUE_TOO_EARLY = "due before what it depends on"
NO_OWNER = "no owner"


@dataclass(frozen=True)
class AgreementFacts:
    """What coherence looks at. Numbers are those that people read; ids are the partners'."""

    number: int
    owner_id: int | None
    supporter_ids: tuple[int, ...]
    due_on: date | None
    principles: tuple[int, ...]
    depends_on: tuple[int, ...]


@dataclass(frozen=True)
class Gap:
    """Something missing, as plain values; `exports.sentences.gap_sentence` says it."""

    kind: str
    principle_number: int | None = None
    partner: str | None = None
    partner_id: int | None = None
    agreement_number: int | None = None
    other_agreement_number: int | None = None
    count: int | None = None
    month: date | None = None


@dataclass(frozen=True)
class Coherence:
    """The matrix principles × partners. A cell holds the numbers of the agreements that a partner owns or supports."""

    principles: list[tuple[int, str]]
    partners: list[tuple[int, str]]
    cells: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    dependencies: list[tuple[int, int]] = field(default_factory=list)


def coherence(
    principles: Sequence[tuple[int, str]],
    partners: Sequence[tuple[int, str]],
    agreements: Sequence[AgreementFacts],
) -> Coherence:
    """Return the matrix and its gaps for principles `(number, text)`, partners `(id, name)` and agreements."""
    cells: dict[tuple[int, int], list[int]] = {}
    for agreement in agreements:
        carriers = {agreement.owner_id, *agreement.supporter_ids} - {None}
        for principle_number in agreement.principles:
            for partner_id in carriers:
                if partner_id is not None:
                    cells.setdefault((principle_number, partner_id), []).append(agreement.number)
    return Coherence(
        principles=list(principles),
        partners=list(partners),
        cells=cells,
        gaps=_gaps(principles, partners, agreements),
        dependencies=[(found.number, other) for found in agreements for other in sorted(found.depends_on)],
    )


def has_circle(depends_on: dict[int, set[int]]) -> bool:
    """Return whether some agreement depends, by way of others, on itself."""
    settled: set[int] = set()

    def leads_back(start: int, path: frozenset[int]) -> bool:
        if start in path:
            return True
        if start in settled:
            return False
        if any(leads_back(other, path | {start}) for other in depends_on.get(start, ())):
            return True
        settled.add(start)
        return False

    return any(leads_back(start, frozenset()) for start in depends_on)


def _gaps(
    principles: Sequence[tuple[int, str]],
    partners: Sequence[tuple[int, str]],
    agreements: Sequence[AgreementFacts],
) -> list[Gap]:
    practised = {number for agreement in agreements for number in agreement.principles}
    busy = {agreement.owner_id for agreement in agreements}
    busy |= {supporter for agreement in agreements for supporter in agreement.supporter_ids}
    gaps = [
        Gap(NOBODY_PRACTISES, principle_number=number) for number, _ in principles if number not in practised
    ]
    gaps += [Gap(NO_OWNER, agreement_number=found.number) for found in agreements if found.owner_id is None]
    gaps += [
        Gap(WITHOUT_AGREEMENT, partner=name, partner_id=partner_id)
        for partner_id, name in partners
        if partner_id not in busy
    ]
    due = Counter(
        (agreement.owner_id, agreement.due_on.replace(day=1))
        for agreement in agreements
        if agreement.owner_id is not None and agreement.due_on is not None
    )
    names = dict(partners)
    gaps += [
        Gap(TOO_MUCH, partner=names.get(owner_id), partner_id=owner_id, count=count, month=month)
        for (owner_id, month), count in sorted(due.items(), key=lambda entry: (entry[0][1], entry[0][0]))
        if count >= TOO_MUCH_IN_A_MONTH
    ]
    by_number = {agreement.number: agreement for agreement in agreements}
    for agreement in agreements:
        for other_number in sorted(agreement.depends_on):
            other = by_number.get(other_number)
            if other and agreement.due_on and other.due_on and agreement.due_on < other.due_on:
                gaps.append(
                    Gap(DUE_TOO_EARLY, agreement_number=agreement.number, other_agreement_number=other_number)
                )
    return gaps
