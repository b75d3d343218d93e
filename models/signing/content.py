"""What an agenda says when it is frozen, as plain data: only what may be shown, so that a copy leaks nothing."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from sqlmodel import Session

from models.agreeing.coherence import Coherence, Gap
from models.agreeing.views import AgreementView, frozen_words, list_agreements, read_coherence
from models.alliance.alliance import read_alliance
from models.alliance.partner import read_partners
from models.basics.words import Phase, PrincipleStatus, ReasonState
from models.drafting.origins import Origin, counted, proposal_origins
from models.signing.shape import (
    AgreementContent,
    CoherenceContent,
    Content,
    GapContent,
    MethodContent,
    NumbersContent,
    PrincipleContent,
    RoundContent,
    RowContent,
)
from models.tables import Workshop
from models.voting.methods import description
from models.voting.methods.method import Choice
from models.voting.principles import PrincipleView, list_principles
from models.voting.round_views import ItemView, RoundView
from models.workshop.people import people_here

# Since 2 an agenda carries what its methods looked like and how they were told; since 3 its files carry control words;
# since 4 it carries the alliance's colour; since 5 the SHA-256 of its logo.
FORMAT = 5
CONTROL_WORDS_SINCE = 3
WordsOfMethods = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What is told of each method, by its name and by language, as `exports.sentences.methods` writes it down."""


def agenda_content(session: Session, workshop: Workshop, *, version: int, address: str | None) -> Content:
    """Return the content of an agenda: JSON values only, dates and times in ISO 8601, times in UTC."""
    alliance = read_alliance(session, workshop.alliance_id)
    principles = list_principles(session, workshop.alliance_id)
    agreements = [found for found in list_agreements(session, workshop.alliance_id) if found.is_open]
    origins = proposal_origins(session, workshop.alliance_id)
    people = people_here(session, workshop.id)
    return {
        "format": FORMAT,
        "alliance": {
            "name": alliance.name,
            "place": alliance.place,
            "purpose": alliance.purpose,
            "language": alliance.language,
            "time_zone": alliance.time_zone,
            "contact": alliance.contact,
        },
        "workshop": {"venue": workshop.venue, "held_on": workshop.held_on.isoformat()},
        "version": version,
        "next_meeting_on": _iso(workshop.next_meeting_on),
        "address": address,
        "participants": {
            "total": people.total,
            "groups": [{"name": group.name, "count": group.count} for group in people.groups if group.count],
            "without_group": people.without_group,
            "heads_counted": workshop.heads_counted,
            "sources": people.by_source,
        },
        "partners": [
            {
                "id": partner.id,
                "name": partner.name,
                "kind": partner.kind,
                "representative": partner.representative,
                "role": partner.role,
            }
            for partner in read_partners(session, workshop.alliance_id)
        ],
        "principles": [
            _principle(found, agreements, origins)
            for found in principles
            if found.status == PrincipleStatus.ADOPTED
        ],
        "not_adopted": [
            _principle(found, agreements, origins)
            for found in principles
            if found.status in (PrincipleStatus.NOT_ADOPTED, PrincipleStatus.LEFT_OUT)
            and _was_revealed(found)
        ],
        "agreements": [cast(AgreementContent, frozen_words(found)) for found in agreements],
        "coherence": _coherence(read_coherence(session, workshop.alliance_id)),
        "look": {"accent": alliance.accent, "logo": alliance.logo},
    }


def methods_as_frozen(content: Content, words: WordsOfMethods) -> dict[str, MethodContent]:
    """Return what each method in `content` looks like and what it says: later versions tell the agenda by this."""
    used = {
        round_["method"]
        for principle in [*content["principles"], *content["not_adopted"]]
        for round_ in principle["rounds"]
    }
    return {
        method: MethodContent(look=asdict(description(method).look), words=words[method])
        for method in sorted(used)
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _was_revealed(principle: PrincipleView) -> bool:
    return any(found.phase == Phase.REVEALED and found.rule.decides for found in principle.rounds)


def _principle(
    principle: PrincipleView, agreements: list[AgreementView], origins: dict[int, Origin]
) -> PrincipleContent:
    rounds = [found for found in principle.rounds if found.phase == Phase.REVEALED]
    deciding = [found for found in rounds if found.rule.decides]
    last = _item_of(deciding[-1], principle.id) if deciding else None
    return {
        "number": principle.number,
        "text": principle.text,
        "version": principle.version,
        "review_on": _iso(principle.review_on),
        "status": principle.status,
        "follow_up": last.follow_up if last else None,
        "versions": [
            {"version": version.version, "text": version.text, "why": version.why}
            for version in reversed(principle.versions)
        ],
        "sources": [
            {"text": source.text, "support": source.support}
            for source in principle.sources
            if source.is_shown
        ],
        "came": [
            {"kind": came.origin.kind, "name": came.origin.name, "proposals": came.proposals}
            for came in counted(
                origins[source.proposal_id] for source in principle.sources if source.is_shown
            )
        ],
        "practised_by": [found.number for found in agreements if principle.number in found.principles],
        "rounds": [_round(found, _item_of(found, principle.id)) for found in rounds],
    }


def _item_of(of: RoundView, principle_id: int) -> ItemView:
    return next(item for item in of.items if item.principle_id == principle_id)


def _round(of: RoundView, item: ItemView) -> RoundContent:
    result = item.result
    assert result is not None and of.closed_at is not None, "a round that was revealed was closed"
    assert item.version is not None, "an agenda tells of principles only"
    shown = [reason for reason in item.reasons if reason.state == ReasonState.SHOWN]
    return {
        "number": of.number,
        "version": item.version,
        "method": of.method,
        **of.rule.as_stored(),  # type: ignore[typeddict-item]  # It has no more than it says.
        "budget": of.budget.dots if of.budget else None,
        "choices": [
            {
                "value": choice.value,
                "mark": choice.mark,
                "is_in_favour": choice.is_in_favour,
                "is_abstention": choice.is_abstention,
            }
            for choice in of.choices
        ],
        "secrecy": of.secrecy,
        "decision": result.decision,
        "place": result.place,
        "is_tied": result.is_tied,
        "present": of.present,
        "heads_counted": of.heads_counted,
        # Who it was stands in the events; the document names nobody for it.
        "acknowledged": [
            {"moment": one.moment, "voices": one.voices, "heads": one.heads} for one in of.acknowledged
        ],
        "sources": of.sources,
        "closed_at": of.closed_at.isoformat(),
        # Numbers and rows are frozen as they are shown: what one of them gets is in the agenda too.
        "numbers": cast(NumbersContent, asdict(result.numbers)) if result.numbers else None,
        "rows": [cast(RowContent, asdict(row)) for row in result.rows],
        "reasons": [
            {"choice": reason.choice, "text": _reason(reason.text, reason.name), "answer": reason.answer}
            for reason in sorted(shown, key=lambda reason: _strongest_first(of.choices, reason.choice))
        ],
        "reasons_hidden": item.reasons_hidden,
    }


def _strongest_first(choices: tuple[Choice, ...], value: str) -> int:
    """Objections stand first: they have to be dealt with."""
    return -[choice.value for choice in choices].index(value)


def _reason(text: str, name: str | None) -> str:
    return f"{text} ({name})" if name else text


def _coherence(found: Coherence) -> CoherenceContent:
    return {
        "partners": [name for _, name in found.partners],
        "partner_ids": [partner_id for partner_id, _ in found.partners],
        "rows": [
            {
                "principle": number,
                "cells": [found.cells.get((number, partner_id), []) for partner_id, _ in found.partners],
            }
            for number, _ in found.principles
        ],
        "gaps": [_gap(gap) for gap in found.gaps],
    }


def _gap(gap: Gap) -> GapContent:
    told = {
        "kind": gap.kind,
        "principle_number": gap.principle_number,
        "partner": gap.partner,
        "partner_id": gap.partner_id,
        "agreement_number": gap.agreement_number,
        "other_agreement_number": gap.other_agreement_number,
        "count": gap.count,
        "month": gap.month.strftime("%Y-%m") if gap.month else None,
    }
    return cast(GapContent, {key: value for key, value in told.items() if value is not None})
