"""The closed lists of the domain as people read them."""

from collections.abc import Mapping, Sequence

from exports.language import number, translations
from models.agreeing.views import HelperView
from models.basics.words import BuildingBlock, Decision, PartnerKind, ProgressState, Source


def block_name(block: str, language: str) -> str:
    """Return the name of a building block."""
    _ = translations(language).gettext
    return {
        BuildingBlock.BASELINE: _("Baseline"),
        BuildingBlock.ENCOUNTERS: _("Bridging encounters"),
        BuildingBlock.ALLIANCE: _("Alliance"),
        BuildingBlock.MEDIATION: _("Mediation"),
    }[BuildingBlock(block)]


def decision_word(decision: str, language: str, *, is_just_revealed: bool = False) -> str:
    """Return what was decided, in one or two words, for a column or a pill.

    As the outcome's own sentence, a list that was just revealed says "not adopted yet": what follows is not chosen yet.
    """
    _ = translations(language).gettext
    if is_just_revealed and decision == Decision.NOT_ADOPTED:
        return _("not adopted yet")
    words: dict[str, str] = {
        Decision.ADOPTED: _("adopted"),
        Decision.NOT_ADOPTED: _("not adopted"),
        Decision.NO_QUORUM: _("too few votes"),
        Decision.NO_VOTES: _("no votes"),
        Decision.TOO_FEW: _("too few to stay anonymous"),
        Decision.RANKED: _("put in order"),
        Decision.ANSWERED: _("answered"),
    }
    return words.get(decision, decision)


def progress_word(state: str, language: str) -> str:
    """Return how far an agreement is."""
    _ = translations(language).gettext
    return {
        ProgressState.TO_DO: _("to do"),
        ProgressState.BUSY: _("busy"),
        ProgressState.DONE: _("done"),
        ProgressState.STUCK: _("stuck"),
    }[ProgressState(state)]


def partner_kind_word(kind: str, language: str) -> str:
    """Return what kind of partner this is."""
    _ = translations(language).gettext
    words: dict[str, str] = {
        PartnerKind.ORGANISATION: _("organisation"),
        PartnerKind.COMMUNITY: _("community"),
        PartnerKind.RESIDENT: _("resident"),
    }
    return words.get(kind, kind)


def told_partner(name: str, kind: str, is_shown: bool, language: str) -> str:
    """Return how the room reads a partner: residents are said to be one, without a name until it was let through."""
    return told_person(name, is_shown, language) if kind == PartnerKind.RESIDENT else name


def told_person(name: str, is_shown: bool, language: str) -> str:
    """Return how the room reads a resident."""
    _ = translations(language).gettext
    return _("{name} (resident)").format(name=name) if is_shown else _("a resident")


def told_helpers(helpers: Sequence[HelperView], language: str) -> list[str]:
    """Return who helps as the room reads it: by name, and those whose name waits as a count."""
    ngettext = translations(language).ngettext
    told = [
        told_person(helper.name, True, language) if helper.is_resident else helper.name
        for helper in helpers
        if helper.is_shown
    ]
    waiting = sum(not helper.is_shown for helper in helpers)
    if waiting:
        told.append(ngettext("{count} resident", "{count} residents", waiting).format(count=waiting))
    return told


def source_name(source: str, language: str) -> str:
    """Return through what a participant speaks."""
    _ = translations(language).gettext
    return {
        Source.PHONE: _("own phone"),
        Source.SHARED: _("somebody else's phone"),
        Source.PAPER: _("on paper"),
    }[Source(source)]


def sources_sentence(sources: Mapping[str, int], language: str) -> str:
    """Return by what people voted, as a sentence: "61 votes: 58 by own phone, 2 by somebody else's phone, 1 on paper."

    Only how many, never what they chose. Empty where all voted by a phone of their own, or nobody did.
    """
    translated = translations(language)
    ngettext = translated.ngettext
    total = sum(sources.values())
    if not total or sources.get(Source.PHONE, 0) == total:
        return ""
    said = []
    for source in Source:
        count = sources.get(source, 0)
        if not count:
            continue
        sentence = {
            Source.PHONE: ngettext("{count} by own phone", "{count} by own phone", count),
            Source.SHARED: ngettext(
                "{count} by somebody else's phone", "{count} by somebody else's phone", count
            ),
            Source.PAPER: ngettext("{count} on paper", "{count} on paper", count),
        }[source]
        said.append(sentence.format(count=number(count, language)))
    return ngettext("{count} vote: {sources}.", "{count} votes: {sources}.", total).format(
        count=number(total, language), sources=", ".join(said)
    )
