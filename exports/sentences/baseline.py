"""A startfoto in words: its sources and sides, what a conclusion rests on, and where nobody was heard."""

from exports.language import listed, translations
from models.baseline.baseline import THEME_PRESETS
from models.baseline.conclusion_views import Evidence
from models.baseline.coverage import Coverage
from models.baseline.evidence import Lacking, Standing
from models.baseline.telling import Telling
from models.basics.words import Consent, Effect, ImprovementState, Side, SourceKind


def ready_themes(language: str) -> list[str]:
    """Return the themes to begin with, in the language of the alliance: the report is written in it."""
    translated = translations(language).gettext
    return [translated(preset) for preset in THEME_PRESETS]


def source_kind_word(kind: str, language: str) -> str:
    """Return what kind of source this is, with a capital, as a label."""
    _ = translations(language).gettext
    return {
        SourceKind.INTERVIEW: _("Interview"),
        SourceKind.LITERATURE: _("Literature"),
        SourceKind.FIGURES: _("Figures"),
        SourceKind.OBSERVATION: _("Observation"),
    }[SourceKind(kind)]


def sources_of_kind(kind: str, count: int, language: str) -> str:
    """Return how many sources of a kind there are, for a list to choose from."""
    ngettext = translations(language).ngettext
    words = {
        SourceKind.INTERVIEW: ngettext("Interview {count}", "Interviews {count}", count),
        SourceKind.LITERATURE: ngettext("Literature {count}", "Literature {count}", count),
        SourceKind.FIGURES: ngettext("Figures {count}", "Figures {count}", count),
        SourceKind.OBSERVATION: ngettext("Observation {count}", "Observations {count}", count),
    }
    return words[SourceKind(kind)].format(count=count)


def side_word(side: str, language: str) -> str:
    """Return from whose side a source speaks, with a capital, as a label; none for literature."""
    _ = translations(language).gettext
    words: dict[str, str] = {
        Side.MUNICIPALITY: _("Municipality"),
        Side.COMMUNITIES: _("Communities"),
        Side.RESIDENTS: _("Residents"),
        Side.ORGANISATIONS: _("Organisations"),
    }
    return words.get(side, _("no side"))


def heard_words(side: str, count: int, language: str) -> str:
    """Return how many sources of a side were heard, with `{count}` where the number goes: “{count} resident”."""
    ngettext = translations(language).ngettext
    words: dict[str, str] = {
        Side.MUNICIPALITY: ngettext("{count} from the municipality", "{count} from the municipality", count),
        Side.COMMUNITIES: ngettext("{count} community", "{count} communities", count),
        Side.RESIDENTS: ngettext("{count} resident", "{count} residents", count),
        Side.ORGANISATIONS: ngettext("{count} organisation", "{count} organisations", count),
    }
    return words[side]


def alias_name(side: str, number: int, language: str) -> str:
    """Return the alias of who was interviewed: the same everywhere."""
    _ = translations(language).gettext
    words: dict[str, str] = {
        Side.MUNICIPALITY: _("Municipality {number}"),
        Side.COMMUNITIES: _("Community {number}"),
        Side.RESIDENTS: _("Resident {number}"),
        Side.ORGANISATIONS: _("Organisation {number}"),
    }
    return words[side].format(number=number)


def source_name(side: str, alias_number: int | None, title: str, role: str, language: str) -> str:
    """Return how a source is called: an alias with the role where it may be told, else its title."""
    if alias_number is None:
        return title
    alias = alias_name(side, alias_number, language)
    return f"{alias}, {role}" if role else alias


def effect_word(effect: str, language: str) -> str:
    """Return what a finding does for inclusion."""
    _ = translations(language).gettext
    return {Effect.HELPS: _("It helps"), Effect.HINDERS: _("Holds back"), Effect.BOTH: _("Both")}[
        Effect(effect)
    ]


def consent_word(consent: str, language: str) -> str:
    """Return how far what somebody said may be shared."""
    _ = translations(language).gettext
    return {
        Consent.NONE: _("Do not share"),
        Consent.WITHOUT_ATTRIBUTION: _("Without origin"),
        Consent.WITH_ROLE: _("With role"),
        Consent.WITH_NAME: _("With name"),
    }[Consent(consent)]


def improvement_word(state: str, language: str) -> str:
    """Return how it stands with a point for improvement."""
    _ = translations(language).gettext
    return {
        ImprovementState.OPEN: _("open"),
        ImprovementState.TAKEN_UP: _("taken up"),
        ImprovementState.NOT_NOW: _("not now"),
    }[ImprovementState(state)]


def vaguer_word(kind: str, word: str, language: str) -> str:
    """Return something vaguer that may take the place of a telling word, without its brackets: a beginning."""
    _ = translations(language).gettext
    lowered = word.casefold()
    for stems, vaguer in (
        (("school", "college", "lyceum"), _("a school")),
        (("moskee", "mosque", "kerk", "church", "tempel"), _("a place of worship")),
        (("straat", "laan", "plein", "weg", "street"), _("a street")),
        (("stichting", "vereniging", "club"), _("an organisation")),
        (("wijk", "buurt"), _("a neighbourhood")),
    ):
        if any(stem in lowered for stem in stems):
            return vaguer
    return {
        Telling.TELEPHONE: _("telephone number"),
        Telling.EMAIL: _("mail address"),
        Telling.POSTCODE: _("postcode"),
        Telling.STREET: _("address"),
        Telling.NUMBER: _("number"),
        Telling.LINK: _("address on the internet"),
    }.get(Telling(kind), _("somebody"))


def evidence_words(evidence: Evidence, language: str) -> str:
    """Return a released finding for the room: its words, and who said them as far as they allow."""
    _ = translations(language).gettext
    words = _("“{text}”").format(text=evidence.text) if evidence.is_quote else evidence.text
    if not evidence.is_attributed:
        return words
    said_by = source_name(evidence.side, evidence.alias_number, evidence.title, evidence.role, language)
    return f"{words} {evidence.name or said_by}" if evidence.is_quote else f"{words} ({said_by})"


def lacking_word(lacks: Lacking, language: str) -> str:
    """Return why a conclusion is a concept, in a few words."""
    _ = translations(language).gettext
    return {
        Lacking.FINDING: _("no finding yet"),
        Lacking.SECOND_VOICE: _("one voice"),
        Lacking.OPPOSITE: _("the opposite not looked for yet"),
    }[lacks]


def standing_word(standing: Standing, language: str) -> str:
    """Return whether a conclusion rests on something, or the first reason why it is a concept."""
    _ = translations(language).gettext
    if not standing.is_concept:
        return _("with evidence")
    return _("concept: {why}").format(why=lacking_word(standing.lacks[0], language))


def standing_line(standing: Standing, language: str) -> str:
    """Return what can be counted of a conclusion's evidence, on one line, without who was heard."""
    translated = translations(language)
    ngettext = translated.ngettext
    parts = [
        ngettext("{count} finding", "{count} findings", standing.findings).format(count=standing.findings),
        ngettext("{count} kind of source", "{count} kinds of source", standing.kinds).format(
            count=standing.kinds
        ),
    ]
    if standing.statements:
        parts.append(
            ngettext("{count} statement", "{count} statements", standing.statements).format(
                count=standing.statements
            )
        )
    parts.append(
        ngettext("{count} says the opposite", "{count} say the opposite", standing.against).format(
            count=standing.against
        )
        if standing.against
        else translated.gettext("nobody says the opposite")
    )
    return " · ".join(parts)


def heard_line(standing: Standing, language: str) -> str:
    """Return how many of each side were heard about a conclusion."""
    _ = translations(language).gettext
    heard = " · ".join(f"{side_word(side, language).lower()} {count}" for side, count in standing.heard)
    return _("heard: {sides}").format(sides=heard)


def not_heard_sentence(standing: Standing, language: str) -> str:
    """Return which sides said nothing about a conclusion; empty where all did."""
    if not standing.not_heard:
        return ""
    _ = translations(language).gettext
    sides = listed([side_word(side, language).lower() for side in standing.not_heard], language)
    return _("Nobody was heard of: {sides}.").format(sides=sides)


def coverage_sentence(coverage: Coverage, language: str) -> str:
    """Return in how many places nobody was heard: the biggest sentence of the page where one collects."""
    translated = translations(language)
    empty = len(coverage.empty)
    if not empty:
        return translated.gettext("In all {places} places somebody was heard.").format(places=coverage.places)
    return translated.ngettext(
        "In {empty} of the {places} places nobody was heard yet.",
        "In {empty} of the {places} places nobody was heard yet.",
        empty,
    ).format(empty=empty, places=coverage.places)


def where_to_go_sentence(coverage: Coverage, language: str) -> str:
    """Return which side to speak first; empty where no side lacks more than the others."""
    found = coverage.emptiest_side()
    if found is None:
        return ""
    side, count = found
    translated = translations(language)
    return translated.ngettext(
        "{count} of them is on the side of: {side}. Plan a talk there first.",
        "{count} of them are on the side of: {side}. Plan a talk there first.",
        count,
    ).format(count=count, side=side_word(side, language).lower())
