"""The frozen agenda as a partner reads it on the own page: every fact of the content, in sentences."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from exports.agenda.agenda_changes import field_label, field_value
from exports.language import day, translations
from exports.sentences import partner_kind_word, row_label, rule_sentence
from exports.sentences.coherence import frozen_gap_sentences
from exports.sentences.methods.frozen import frozen_method
from exports.sentences.record import (
    carried_sentences,
    counts_in_words,
    decided_in,
    follow_up_sentence,
    hidden_reasons_sentence,
    practised_sentence,
    reasons_in_words,
)
from exports.sentences.thread import came_sentence, frozen_came
from models.agreeing.views import AgreementView
from models.basics.words import PartnerKind, PrincipleStatus
from models.signing.shape import (
    Content,
    ParticipantsContent,
    PartnerContent,
    PrincipleContent,
    RoundContent,
    SourceContent,
)
from models.voting.decision import Rule


@dataclass(frozen=True)
class RoundText:
    """One vote on a principle: what came out, the rule, the numbers, and the reasons that were shown."""

    outcome: str
    facts: list[str]
    rows: list[str]
    concerns: list[str]
    objections: list[str]


@dataclass(frozen=True)
class PrincipleText:
    number: int
    text: str
    rounds: list[RoundText]
    facts: list[str]
    earlier: list[str]
    came: str
    sources: list[str]


@dataclass(frozen=True)
class AgreementText:
    """`facts` are pairs of a label and its value, only those that are filled in."""

    number: int
    what: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class AgendaText:
    title: str
    held: str
    purpose: str
    participants: list[str]
    partners: list[str]
    principles: list[PrincipleText]
    not_adopted: list[PrincipleText]
    agreements: list[AgreementText]
    coherence: list[str]
    next_meeting: str | None


def agenda_text(content: Content, language: str) -> AgendaText:
    """Return the frozen content of an agenda in sentences."""
    alliance, workshop = content["alliance"], content["workshop"]
    _ = translations(language).gettext
    held_on = day(date.fromisoformat(workshop["held_on"]), language)
    held = (
        _("{place}, {day}, in {venue}").format(place=alliance["place"], day=held_on, venue=workshop["venue"])
        if workshop["venue"]
        else _("{place}, {day}").format(place=alliance["place"], day=held_on)
    )
    return AgendaText(
        title=agenda_title(alliance["name"], language),
        held=held,
        purpose=alliance["purpose"],
        participants=_participants(content["participants"], language),
        partners=[_partner(partner, language) for partner in content["partners"]],
        principles=[_principle(principle, language) for principle in content["principles"]],
        not_adopted=[_principle(principle, language) for principle in content["not_adopted"]],
        agreements=[_agreement(agreement, language) for agreement in content["agreements"]],
        coherence=frozen_gap_sentences(content["coherence"]["gaps"], language),
        next_meeting=field_value("next_meeting_on", content["next_meeting_on"], language) or None,
    )


def living_agreement(agreement: AgreementView, language: str) -> AgreementText:
    """Return an agreement as it stands now, not as it was frozen."""
    return _agreement(
        {
            **asdict(agreement),
            "owner": agreement.owner.name if agreement.owner else None,
            "due_on": agreement.due_on.isoformat() if agreement.due_on else None,
        },
        language,
    )


def agenda_title(alliance: str, language: str) -> str:
    """Return the title of an alliance's agenda, without saying "alliance" twice."""
    first, _space, rest = alliance.partition(" ")
    name = rest if rest and first.casefold() in ("alliantie", "alliance") else alliance
    return translations(language).gettext("Alliance agenda {alliance}").format(alliance=name)


def _participants(participants: ParticipantsContent, language: str) -> list[str]:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    total = participants["total"]
    lines = [ngettext("{count} participant", "{count} participants", total).format(count=total)]
    lines += [
        _("{group}: {count}").format(group=group["name"], count=group["count"])
        for group in participants["groups"]
    ]
    if participants["without_group"]:
        lines.append(
            _("{group}: {count}").format(
                group=row_label("none", None, language), count=participants["without_group"]
            )
        )
    if participants["heads_counted"] is not None:
        heads = participants["heads_counted"]
        lines.append(
            ngettext("{count} person in the room", "{count} people in the room", heads).format(count=heads)
        )
    return lines


def _partner(partner: PartnerContent, language: str) -> str:
    _ = translations(language).gettext
    kind = partner_kind_word(partner["kind"], language)
    # The public copy says "Resident 2" where the partners' copy has a name.
    if kind.casefold() in partner["name"].casefold():
        return partner["name"]
    by = " · ".join(part for part in (partner["representative"], partner["role"]) if part)
    if partner["kind"] == PartnerKind.RESIDENT or not by:
        return _("{partner} ({kind})").format(partner=partner["name"], kind=kind)
    return _("{partner} ({kind}): {representative}").format(
        partner=partner["name"], kind=kind, representative=by
    )


def _principle(principle: PrincipleContent, language: str) -> PrincipleText:
    _ = translations(language).gettext
    is_adopted = principle["status"] == PrincipleStatus.ADOPTED
    came = frozen_came(principle)
    facts = []
    if not is_adopted:
        facts.append(follow_up_sentence(principle["follow_up"], principle["status"], language))
    else:
        facts.append(practised_sentence(principle["practised_by"], language))
    if principle["review_on"]:
        looked_at = field_value("review_on", principle["review_on"], language)
        facts.append(_("We look at this again on {day}.").format(day=looked_at))
    return PrincipleText(
        number=principle["number"],
        text=principle["text"],
        rounds=[_round(vote, language) for vote in reversed(principle["rounds"])],
        facts=facts,
        earlier=[
            _("Version {version}: {text}").format(version=version["version"], text=version["text"])
            for version in principle["versions"]
            if version["version"] < principle["version"]
        ],
        came=came_sentence(came, language) if came else "",
        sources=[_source(source, language) for source in principle["sources"]],
    )


def _source(source: SourceContent, language: str) -> str:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if not source["support"]:
        return _("“{text}”").format(text=source["text"])
    return ngettext(
        "“{text}” (supported by {count} person)", "“{text}” (supported by {count} people)", source["support"]
    ).format(text=source["text"], count=source["support"])


def _round(vote: RoundContent, language: str) -> RoundText:
    _ = translations(language).gettext
    rule = rule_sentence(vote["method"], Rule.from_stored(vote), language, frozen_method(vote))
    facts = [*carried_sentences(vote, language), *([rule] if rule else [])]
    if vote["reasons_hidden"]:
        facts.append(hidden_reasons_sentence(vote["reasons_hidden"], language))
    rows = []
    if vote["numbers"]:
        rows.append(_row(_("Everyone"), vote["numbers"]["counts"], vote, language))
        rows += [
            _row(row_label(row["key"], row["name"], language), row["counts"], vote, language)
            for row in vote["rows"]
        ]
    objections, concerns = reasons_in_words(vote, language)
    return RoundText(decided_in(vote, language), facts, rows, concerns, objections)


def _row(name: str, counts: dict[str, int], vote: RoundContent, language: str) -> str:
    _ = translations(language).gettext
    return _("{row}: {counts}").format(row=name, counts=counts_in_words(vote, counts, language))


def _agreement(agreement: Mapping[str, Any], language: str) -> AgreementText:
    facts = [
        (field_label(field, language), field_value(field, agreement[field], language))
        for field in ("first_step", "due_on", "measure", "supporters", "principles", "depends_on")
        if agreement[field]
    ]
    return AgreementText(
        number=agreement["number"],
        what=agreement["what"],
        facts=[(field_label("owner", language), _owner(agreement, language)), *facts],
    )


def _owner(agreement: Mapping[str, Any], language: str) -> str:
    _ = translations(language).gettext
    if not agreement["owner"]:
        return _("looks for an owner")
    if agreement["owner_accepted"]:
        return str(agreement["owner"])
    return _("{owner} (asked, not accepted yet)").format(owner=agreement["owner"])
