"""What every face says: whole sentences with their numbers, in both languages, for every word of the domain."""

from collections.abc import Callable
from datetime import date

import pytest

from exports import sentences
from models import errors
from models.rules import coherence, vagueness
from models.rules.coherence import Gap
from models.rules.decision import Numbers, Result
from models.words import (
    Answer,
    BuildingBlock,
    Decision,
    Method,
    PartnerKind,
    ProgressState,
    RuleKind,
    Secrecy,
    Source,
    Step,
)

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
    numbers = (
        Numbers(cast, counts, agree + concern, 100 * (agree + concern) // cast, objection, concern)
        if cast >= 5
        else None
    )
    return Result(decision, numbers, [], rule, share, quorum, present, None)


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
            "De tekst blijft een ontwerp. We kunnen opnieuw stemmen.",
        ),
        (
            make_result(Decision.NO_VOTES, agree=0, concern=0),
            "Er kwamen geen stemmen binnen.",
            "De tekst blijft een ontwerp. We kunnen opnieuw stemmen.",
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
    plain = sentences.rule_sentence(RuleKind.NO_OPEN_OBJECTIONS, None, None, "nl")
    shared = sentences.rule_sentence(RuleKind.WITHOUT_OBJECTION, 80, 50, "nl")

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
    (sentences.step_name, list(Step)),
    (sentences.step_question, list(Step)),
    (sentences.block_name, list(BuildingBlock)),
    (sentences.method_name, list(Method)),
    (sentences.secrecy_sentence, list(Secrecy)),
    (sentences.decision_word, list(Decision)),
    (sentences.progress_word, list(ProgressState)),
    (sentences.partner_kind_word, list(PartnerKind)),
    (sentences.source_name, list(Source)),
    (sentences.answer_word, list(Answer)),
    (sentences.choice_label, ["agree", "concern", "objection"]),
    (sentences.choice_explained, ["agree", "concern", "objection"]),
    (sentences.reason_question, ["concern", "objection"]),
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


ALL_ERRORS: list[errors.DomainError] = [
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
    *(
        errors.InvalidValue(field)
        for field in ("held_on", "due_on", "time_zone", "accent", "passphrase", "else")
    ),
    errors.RoundClosed(),
    errors.RoundClosed("concern"),
    *(
        error()
        for error in vars(errors).values()
        if isinstance(error, type)
        and issubclass(error, errors.DomainError)
        and error not in (errors.NotFound, errors.TextMissing, errors.TextTooLong, errors.InvalidValue)
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


def test_a_closed_round_names_the_choice_that_counts() -> None:
    said = sentences.error_sentence(errors.RoundClosed("concern"), "nl")

    assert said == (
        "De ronde is gesloten. Elke stem die wij ontvangen hebben, telt mee.",
        "Uw stem telt mee: akkoord, met een zorg.",
    )


def test_a_reservation_stands_ready_for_who_has_to_ask_at_home() -> None:
    assert sentences.reservation_ready("nl") == "onder voorbehoud van besluit door bestuur of college"
