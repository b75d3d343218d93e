"""The names that we know, and the words that tell nobody from another: for the hints of a startfoto."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.baseline.telling import Hint, parts_of_names, telling_words, within
from models.tables import (
    AgreementSupporter,
    Alliance,
    Baseline,
    BaselineSource,
    Finding,
    Participant,
    Partner,
    Replacement,
    SignIn,
    Workshop,
)


@dataclass(frozen=True)
class KnownNames:
    """`names` are parts of names in our tables, `plain` the words of the place itself; both in small letters."""

    names: frozenset[str]
    plain: frozenset[str]


def known_names(session: Session, alliance_id: int) -> KnownNames:
    """Return which names stand in the tables of an alliance: of people, partners, and who leads."""
    alliance = session.get_one(Alliance, alliance_id)
    of_rooms = select(Workshop.id).where(Workshop.alliance_id == alliance_id)
    found: list[str | None] = [
        *session.exec(
            select(Participant.name)
            .where(col(Participant.workshop_id).in_(of_rooms), col(Participant.name).is_not(None))
            .distinct()
        ).all(),
        *session.exec(
            select(AgreementSupporter.name).where(col(AgreementSupporter.name).is_not(None)).distinct()
        ).all(),
        *session.exec(select(SignIn.name).distinct()).all(),
        *session.exec(
            select(BaselineSource.name)
            .join(Baseline, col(Baseline.id) == BaselineSource.baseline_id)
            .where(Baseline.alliance_id == alliance_id, BaselineSource.name != "")
        ).all(),
        # What was a name in one note is one in the next, and where somebody kept it out of capitals too.
        *session.exec(
            select(Replacement.was)
            .join(BaselineSource, col(BaselineSource.id) == Replacement.source_id)
            .join(Baseline, col(Baseline.id) == BaselineSource.baseline_id)
            .where(Baseline.alliance_id == alliance_id, col(Replacement.was).not_like("[%"))
            .distinct()
        ).all(),
    ]
    for name, representative in session.exec(
        select(Partner.name, Partner.representative).where(Partner.alliance_id == alliance_id)
    ).all():
        found += [name, representative]
    plain = frozenset(word for word in alliance.place.casefold().split() if word)
    return KnownNames(parts_of_names(name for name in found if name) - plain, plain)


def hints_of(text: str, known: KnownNames) -> list[Hint]:
    """Return what of a text may tell who somebody is."""
    return telling_words(text, names=known.names, plain=known.plain)


def hints_of_finding(finding: Finding, source: BaselineSource, known: KnownNames) -> list[Hint]:
    """Return the hints of a finding, placed in its own text; a quote is read within its note."""
    if finding.starts is None or finding.ends is None or not source.note:
        return hints_of(finding.text, known)
    return within(hints_of(source.note, known), finding.starts, finding.ends)
