"""What every face says: whole sentences with their numbers, in both languages, for every word of the domain."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from exports import sentences
from models.agreeing import coherence, vagueness
from models.agreeing.coherence import Gap
from models.basics import errors
from models.basics.words import (
    Answer,
    BuildingBlock,
    Decision,
    Hindrance,
    LogoTrouble,
    PartnerKind,
    ProgressState,
    RuleKind,
    Secrecy,
    Source,
)
from models.voting.decision import Result, RowResult, Rule, shown_numbers
from models.voting.methods import METHODS, description
from models.voting.methods.consent import CONSENT
from models.voting.methods.dots import DOTS
from models.voting.methods.gradients import GRADIENTS
from models.voting.methods.method import DotBudget, Tally, VotingMethod, choices_of
from models.voting.terms import Terms
from models.workshop.programme import BLOCKS

LANGUAGES = ("nl", "en")


def make_result(
    decision: Decision = Decision.ADOPTED,
    *,
    rule: RuleKind = RuleKind.NO_OPEN_OBJECTIONS,
    share: int | None = None,
    quorum: int | None = None,
    agree: int = 43,
    concern: int = 8,
    objection: int = 0,
    present: int = 58,
) -> Result:
    cast = agree + concern + objection
    counts = {"agree": agree, "concern": concern, "objection": objection}
    return _result(decision, CONSENT, Tally(cast, counts), Rule(rule, share, quorum), present)


def _result(
    decision: Decision,
    method: VotingMethod,
    found: Tally,
    rule: Rule,
    present: int = 58,
    rows: list[RowResult] | None = None,
    place: int | None = None,
    is_tied: bool = False,
) -> Result:
    return Result(
        decision=decision,
        numbers=shown_numbers(found, method.choices, rule),
        rows=rows or [],
        method=method.name,
        choices=method.choices,
        rule=rule,
        place=place,
        is_tied=is_tied,
        present=present,
        heads_counted=None,
    )


def _gradients(**levels: int) -> Tally:
    counts = {choice.value: levels.get(f"level_{choice.value}", 0) for choice in GRADIENTS.choices}
    return Tally(sum(counts.values()), counts)


SHARE, GROUPS = Rule(RuleKind.SHARE_OF_VOTES, 60), Rule(RuleKind.EVERY_GROUP, 60)
LIMIT, TWO_TOLERATED = (Rule(RuleKind.LEVEL, level="6", tolerated=tolerated) for tolerated in (0, 2))
FIRST_TWO = Rule(RuleKind.TOP, top=2)
ROWS = [
    RowResult("1", "Bewoners", {}, 20, carried=False),
    RowResult("2", "Gemeente", {}, 9),
    RowResult("other", None, {}, 6, carried=False),
]
DOTS_GIVEN = Tally(52, {"0": 20, "1": 12, "2": 20})
ADOPTED, NOT_ADOPTED = Decision.ADOPTED, Decision.NOT_ADOPTED


@pytest.mark.parametrize(
    ("result", "headline"),
    [
        (
            _result(ADOPTED, GRADIENTS, _gradients(level_1=31, level_4=3, level_6=20), SHARE),
            "Aangenomen: 61 procent is voor, 60 was nodig.",
        ),
        (
            _result(NOT_ADOPTED, GRADIENTS, _gradients(level_1=5, level_4=3, level_6=20), SHARE),
            "Nog niet aangenomen: 20 procent is voor, 60 is nodig.",
        ),
        (
            _result(NOT_ADOPTED, GRADIENTS, _gradients(level_4=6), SHARE),
            "Nog niet aangenomen: iedereen onthoudt zich.",
        ),
        (
            _result(ADOPTED, GRADIENTS, _gradients(level_1=14, level_6=3), LIMIT),
            "Aangenomen: niemand gaat voorbij de afgesproken grens.",
        ),
        (
            _result(ADOPTED, GRADIENTS, _gradients(level_1=14, level_7=1), TWO_TOLERATED),
            "Aangenomen: 1 stem gaat voorbij de grens. Hoogstens 2 mag.",
        ),
        (
            _result(NOT_ADOPTED, GRADIENTS, _gradients(level_1=14, level_7=1, level_8=2), TWO_TOLERATED),
            "Nog niet aangenomen: 3 stemmen gaan voorbij de grens. Hoogstens 2 mag.",
        ),
        (
            _result(ADOPTED, GRADIENTS, _gradients(level_1=35), GROUPS, rows=ROWS),
            "Aangenomen: elke groep draagt het.",
        ),
        (
            _result(NOT_ADOPTED, GRADIENTS, _gradients(level_1=35), GROUPS, rows=ROWS),
            "Nog niet aangenomen. Niet gedragen door: Bewoners en overige groepen.",
        ),
        (_result(ADOPTED, DOTS, DOTS_GIVEN, FIRST_TWO, place=2), "Aangenomen: plaats 2, met 52 stippen."),
        (
            _result(NOT_ADOPTED, DOTS, DOTS_GIVEN, FIRST_TWO, place=2, is_tied=True),
            "Nog niet gekozen: gedeelde plaats 2, met 52 stippen.",
        ),
        (
            _result(NOT_ADOPTED, DOTS, DOTS_GIVEN, FIRST_TWO, place=4),
            "Niet gekozen: plaats 4, met 52 stippen.",
        ),
        (
            _result(NOT_ADOPTED, DOTS, Tally(52, {"0": 52}), FIRST_TWO, place=4),
            "Niet gekozen: het kreeg geen stippen.",
        ),
    ],
)
def test_every_rule_explains_its_outcome_with_its_numbers(result: Result, headline: str) -> None:
    assert sentences.outcome_sentence(result, "nl")[0] == headline


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            Terms("gradients", Rule("share of votes", share=60)),
            "Regel: aangenomen als minstens 60 procent van de stemmen voor is. Niveau 1, 2 en 3 tellen als voor. "
            "Wie zich onthoudt, telt niet mee.",
        ),
        (
            Terms("gradients", Rule("level", level="6", tolerated=0)),
            "Regel: aangenomen als niemand verder gaat dan “Niet mijn keus, wel mijn steun”.",
        ),
        (
            Terms("fist of five", Rule("level", level="3", tolerated=2)),
            "Regel: aangenomen als ten hoogste 2 mensen verder gaan dan “Drie vingers: goed genoeg”.",
        ),
        (
            Terms("consent", Rule("every group", share=75, quorum=50)),
            "Regel: aangenomen als in elke groep minstens 75 procent geen bezwaar heeft. "
            "Minstens 50 procent van de aanwezigen moet stemmen.",
        ),
        (
            Terms("dots", Rule("top", top=3)),
            "Regel: de 3 teksten met de meeste stippen zijn aangenomen. Eindigen er teksten gelijk, "
            "dan stemmen we daar opnieuw over.",
        ),
    ],
)
def test_every_rule_is_said_before_the_round(terms: Terms, said: str) -> None:
    assert sentences.rule_sentence(terms.method, terms.rule, "nl") == said


@pytest.mark.parametrize(
    ("result", "headline", "follow_on"),
    [
        (make_result(), "Aangenomen. Er is geen bezwaar meer.", "8 zorgen nemen we mee."),
        (make_result(concern=1), "Aangenomen. Er is geen bezwaar meer.", "1 zorg nemen we mee."),
        (make_result(concern=0), "Aangenomen. Er is geen bezwaar meer.", "43 mensen hebben gestemd."),
        (
            make_result(Decision.NOT_ADOPTED, objection=2),
            "Nog niet aangenomen: er zijn 2 bezwaren.",
            "We bespreken ze nu. Daarna stemmen we opnieuw.",
        ),
        (
            make_result(Decision.NOT_ADOPTED, objection=1),
            "Nog niet aangenomen: er is 1 bezwaar.",
            "We bespreken het nu. Daarna stemmen we opnieuw.",
        ),
        (
            make_result(rule=RuleKind.WITHOUT_OBJECTION, share=80, agree=42, concern=0, objection=8),
            "Aangenomen: 84 procent heeft geen bezwaar, 80 was nodig.",
            "We noteren 8 bezwaren.",
        ),
        (
            make_result(
                Decision.NOT_ADOPTED,
                rule=RuleKind.WITHOUT_OBJECTION,
                share=80,
                agree=30,
                concern=2,
                objection=18,
            ),
            "Nog niet aangenomen: 64 procent heeft geen bezwaar, 80 is nodig.",
            "We bespreken de bezwaren nu. Daarna stemmen we opnieuw.",
        ),
        (
            make_result(Decision.NO_QUORUM, quorum=51, agree=20, concern=0),
            "Niet besloten: 20 van de 58 mensen hebben gestemd, 30 zijn nodig.",
            "De tekst blijft een concept. We kunnen opnieuw stemmen.",
        ),
        (
            make_result(Decision.NO_VOTES, agree=0, concern=0),
            "Er kwamen geen stemmen binnen.",
            "De tekst blijft een concept. We kunnen opnieuw stemmen.",
        ),
    ],
)
def test_an_outcome_is_said_with_its_numbers(result: Result, headline: str, follow_on: str) -> None:
    assert sentences.outcome_sentence(result, "nl") == (headline, follow_on)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", [Decision.ADOPTED, Decision.NOT_ADOPTED, Decision.NO_QUORUM])
def test_an_outcome_of_fewer_than_five_votes_names_no_number(decision: Decision, language: str) -> None:
    result = make_result(decision, agree=3, concern=1, quorum=50)

    said = " ".join(sentences.outcome_sentence(result, language))

    assert not any(character.isdigit() for character in said)


def test_a_rule_is_said_with_its_share_and_its_quorum() -> None:
    plain = sentences.rule_sentence("consent", Rule("no open objections"), "nl")
    shared = sentences.rule_sentence("consent", Rule("without objection", 80, 50), "nl")

    assert plain == "Regel: aangenomen als er geen bezwaar meer is."
    assert shared == (
        "Regel: aangenomen als minstens 80 procent geen bezwaar heeft. Bezwaren worden genoteerd. "
        "Minstens 50 procent van de aanwezigen moet stemmen."
    )


@pytest.mark.parametrize(
    ("heads", "voices", "said"),
    [
        (None, 61, "61 deelnemers"),
        (58, 58, "58 in de zaal, 58 deelnemers."),
        (58, 61, "58 in de zaal, 61 deelnemers. Dat zijn 3 deelnemers meer dan er mensen zijn."),
        (58, 57, "58 in de zaal, 57 deelnemers. 1 persoon doet nog niet mee."),
    ],
)
def test_people_in_the_room_stand_beside_the_voices(heads: int | None, voices: int, said: str) -> None:
    assert sentences.presence_sentence(heads, voices, "nl") == said


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (
            Gap(coherence.NOBODY_PRACTISES, principle_number=2),
            "Nog geen afspraak brengt uitgangspunt 2 in praktijk.",
        ),
        (Gap(coherence.WITHOUT_AGREEMENT, partner="Wijkraad Oost"), "Wijkraad Oost heeft nog geen afspraak."),
        (
            Gap(coherence.TOO_MUCH, partner="Wijkraad Oost", count=4, month=date(2027, 2, 1)),
            "Wijkraad Oost heeft 4 afspraken die in februari 2027 klaar moeten zijn. Dat is veel.",
        ),
        (
            Gap(coherence.DUE_TOO_EARLY, agreement_number=5, other_agreement_number=4),
            "Afspraak 5 moet eerder klaar zijn dan afspraak 4, maar kan niet zonder.",
        ),
        (Gap(coherence.NO_OWNER, agreement_number=9), "Afspraak 9 heeft nog geen trekker."),
    ],
)
def test_a_gap_is_said_in_a_sentence(gap: Gap, said: str) -> None:
    assert sentences.gap_sentence(gap, "nl") == said


def test_an_unknown_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of gap"):
        sentences.gap_sentence(Gap("moon"), "nl")


def test_what_waits_for_what_is_said_in_a_sentence() -> None:
    assert sentences.dependency_sentence(5, 3, "nl") == "Zonder afspraak 3 geen afspraak 5."
    assert sentences.dependency_sentence(5, 3, "en") == "Without agreement 3, no agreement 5."


def test_a_row_has_its_groups_name_or_the_words_for_the_two_that_have_none() -> None:
    said = [
        sentences.row_label(key, name, "nl")
        for key, name in (("1", "Bewoners"), ("none", None), ("other", None))
    ]

    assert said == ["Bewoners", "zonder groep", "overige groepen"]


def test_a_resident_signs_for_themselves_and_others_on_behalf_of_their_partner() -> None:
    resident = sentences.consent_sentence("Zoë Hermans", PartnerKind.RESIDENT, "nl")
    organisation = sentences.consent_sentence("Raad van Kerken", PartnerKind.ORGANISATION, "nl")

    assert resident == "Ik heb deze alliantieagenda gelezen. Ik ga akkoord en teken voor mijzelf."
    assert organisation == (
        "Ik heb deze alliantieagenda gelezen. Raad van Kerken gaat akkoord en ik mag tekenen namens Raad van Kerken."
    )


SAID_FOR_EVERY_WORD = [
    *(
        (partial(said, block.name), [step.name for step in block.steps])
        for block in BLOCKS.values()
        for said in (sentences.step_name, sentences.step_question)
    ),
    (sentences.block_name, list(BuildingBlock)),
    (sentences.method_name, list(METHODS)),
    (sentences.secrecy_sentence, list(Secrecy)),
    (sentences.decision_word, list(Decision)),
    (sentences.progress_word, list(ProgressState)),
    (sentences.partner_kind_word, list(PartnerKind)),
    (sentences.source_name, list(Source)),
    (sentences.answer_word, list(Answer)),
    (sentences.method_explained, list(METHODS)),
    (sentences.rule_name, list(RuleKind)),
    (sentences.vote_question, list(METHODS)),
    *(
        (partial(sentences.choice_label, method.name), [choice.value for choice in method.choices])
        for method in METHODS.values()
    ),
    (
        sentences.vague_sentence,
        [
            vagueness.NO_DATE,
            vagueness.NO_OWNER,
            vagueness.NO_FIRST_STEP,
            vagueness.NO_MEASURE,
            vagueness.SOMEONE,
            vagueness.WE_WILL_LOOK,
        ],
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("say", "words"), SAID_FOR_EVERY_WORD, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_word_of_the_domain_has_words_of_its_own(
    say: Callable[[str, str], str], words: list[str], language: str
) -> None:
    said = [say(word, language) for word in words]

    assert all(said)
    assert len(set(said)) == len(words)


WITH_DETAILS: list[errors.DomainError] = [
    *(errors.NotFound(what) for what in ("workshop", "link", "participant", "partner", "group", "proposal")),
    *(
        errors.NotFound(what)
        for what in ("principle", "round", "agreement", "agenda", "alliance", "something")
    ),
    *(errors.TextMissing(field) for field in ("name", "reservation", "reason", "what", "place", "text")),
    errors.TextTooLong("text", 400, 412),
    *(
        errors.InvalidValue(field)
        for field in ("choice", "share", "quorum", "depends_on", "address", "drawn")
    ),
    *(errors.InvalidValue(field) for field in ("time_zone", "accent", "passphrase", "else")),
    errors.RoundClosed(),
    errors.RoundClosed("concern", "consent"),
    errors.RoundClosed("3", "dots"),
    errors.PassphraseTooShort(12),
    errors.ServerKeyMissing("/var/lib/handslag/server.key"),
    errors.NewerDatabase("0042"),
    errors.TooManyVoices(5),
    errors.MoreVoices(238, 61),
    errors.TooManyThemes(9),
    errors.SealNotUsable("/var/lib/handslag/seal.key"),
    errors.ConsentNarrower("quoted"),
    errors.FileUnreadable("docx"),
    errors.FileTooLarge(2_000_000),
    *(errors.LogoNotUsable(trouble, 20_000, 20_000) for trouble in LogoTrouble),
    errors.RowInvalid(3, "text", "Te lang."),
    *(errors.CannotBeUndone(hindrance) for hindrance in Hindrance),
    errors.NotForThisRole("table host"),
    errors.AnswerUnknown(2, "x"),
    errors.AnswersDoNotFit(2, 3),
    errors.SheetKnown(1, 17, "Iris"),
    errors.VotedByPhone(17),
    errors.TooManyDots(1),
    errors.TooManyDots(5, "2"),
    errors.TooManyProposals(1),
    errors.TooManyProposals(41),
    errors.NotForThisRole("table host"),
    *(errors.InvalidValue(field) for field in ("rule", "level", "budget", "top", "minutes")),
]
ALL_ERRORS = [
    *WITH_DETAILS,
    *(
        error()
        for error in vars(errors).values()
        if isinstance(error, type)
        and issubclass(error, errors.DomainError)
        and error not in {type(detailed) for detailed in WITH_DETAILS}
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", ALL_ERRORS, ids=lambda error: f"{type(error).__name__}-{error}")
def test_every_error_says_what_happened_and_what_to_do(error: errors.DomainError, language: str) -> None:
    happened, what_to_do = sentences.error_sentence(error, language)

    assert happened.endswith(".")
    assert what_to_do.endswith(".")


def test_no_error_but_the_plainest_is_left_without_words_of_its_own() -> None:
    plain = sentences.error_sentence(errors.DomainError(), "nl")

    silent = [
        type(error).__name__
        for error in ALL_ERRORS
        if type(error) is not errors.DomainError and sentences.error_sentence(error, "nl") == plain
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("method", "dots", "dutch"),
    [
        ("consent", None, "Kies uit “Akkoord”, “Akkoord, met een zorg” en “Bezwaar”."),
        ("gradients", None, "Kies van “Volle steun” tot en met “Ik houd het tegen”."),
        ("score", None, "Kies van “Cijfer 10” tot en met “Cijfer 1”."),
        ("dots", 5, "Kies van “0 stippen” tot en met “5 stippen”."),
        ("dots", 1, "Kies uit “0 stippen” en “1 stip”."),
        (
            "statement",
            None,
            "Kies uit “Helemaal eens”, “Eens”, “Niet eens, niet oneens”, “Weet ik niet”, “Oneens” en “Helemaal "
            "oneens”.",
        ),
    ],
)
def test_who_sends_what_is_no_choice_reads_what_the_method_offers(
    method: str, dots: int | None, dutch: str
) -> None:
    choices = choices_of(description(method), DotBudget(dots, can_stack=True) if dots else None)
    error = errors.InvalidValue(
        "choice", "misschien", offered=[choice.value for choice in choices], method=method
    )

    assert sentences.error_sentence(error, "nl")[1] == dutch


def test_a_number_of_dots_is_asked_between_what_is_offered() -> None:
    error = errors.InvalidValue("budget", 21, offered=(1, 20))

    assert sentences.error_sentence(error, "nl")[1] == "Kies een heel getal van 1 tot en met 20."


def test_a_closed_round_names_the_choice_that_counts() -> None:
    said = sentences.error_sentence(errors.RoundClosed("concern", "consent"), "nl")

    assert said == (
        "De ronde is gesloten. Elke stem die wij ontvangen hebben, telt mee.",
        "Uw stem telt mee: akkoord, met een zorg.",
    )


def test_a_reservation_stands_ready_for_who_has_to_ask_at_home() -> None:
    assert sentences.reservation_ready("nl") == "onder voorbehoud van besluit door bestuur of college"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (
            {"phone": 58, "shared": 2, "paper": 1},
            "61 stemmen: 58 op een eigen telefoon, 2 op andermans telefoon, 1 op papier.",
        ),
        ({"paper": 1}, "1 stem: 1 op papier."),
        ({"phone": 58}, ""),
        ({}, ""),
    ],
)
def test_by_what_people_voted_is_said_where_not_all_had_a_phone(sources: dict[str, int], said: str) -> None:
    assert sentences.sources_sentence(sources, "nl") == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (
            "opened",
            "Bij het openen van de ronde: 238 deelnemers, 61 mensen geteld. De begeleider zag dit en ging door.",
        ),
        (
            "revealed",
            "Bij het tonen van de uitslag: 238 deelnemers, 61 mensen geteld. De begeleider zag dit en ging door.",
        ),
        ("of another version", "238 deelnemers, 61 mensen geteld."),
    ],
)
def test_more_voices_than_heads_are_told_with_that_whoever_led_saw_it(moment: str, said: str) -> None:
    assert sentences.acknowledged_sentence(moment, 238, 61, "nl") == said
