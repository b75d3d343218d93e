"""Every screen of the projector with the most that may come on it: the longest texts, the largest room."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from exports.charts import RoundBefore
from models.agreeing.coherence import Coherence, Gap
from models.basics.words import Answer, Decision, ProgressState, RuleKind, Secrecy
from models.voting.decision import Result, RowResult, Rule
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget, choices_of
from models.voting.terms import Terms
from models.workshop.voices import Acknowledged
from pages.parts.projector.agreement import ShownAgreement
from pages.parts.projector.agreements import agree_screen
from pages.parts.projector.closed import before_voting_screen, closed_screen
from pages.parts.projector.control_words import ControlWords
from pages.parts.projector.end import end_screen
from pages.parts.projector.outcome import Outcome, ShownReason
from pages.parts.projector.progress import OwnWord, one_agreement_screen, progress_screen
from pages.parts.projector.reveal import revealed_screen
from pages.parts.projector.screen import Room, Screen, ended
from pages.parts.projector.signatures import PartnerSignature, before_signing_screen, sign_screen
from pages.parts.projector.voting import Asked, Timer, voting_screen
from pages.parts.projector.wall import Proposal, Worded, draft_screen
from pages.parts.projector.welcome import welcome_screen
from tests.browser.picture_screens import pictures
from tests.results import consent_result, result_of

SHORT = "Wij nemen geen besluit over een groep zonder die groep aan tafel."
LONGEST = (
    "Wij nemen geen besluit over een groep zonder die groep aan tafel, ook niet als het haast heeft, ook niet als "
    "het om geld gaat, en ook niet als het in het verleden anders ging; het "
    "antidiscriminatievoorzieningenmedewerkersoverleg en de wijkverantwoordelijkheidscommissie krijgen vooraf de "
    "stukken in begrijpelijke taal, en wie niet kan komen mag schriftelijk of per telefoon reageren tot een week erna."
)[:400]
LINES = "Wij beloven:\niedereen telt,\nook wie hier pas woont,\nook wie zwijgt.\n\nWij vragen het na."
LONG_NAME = "Samenwerkende ondernemersvereniging Merenveld-Oost en omstreken, afdeling binnenstad"
LONG_ADDRESS = "handslag.samenleven.gemeente-merenveld.example"
PEN = [[20, 160, 60, 40, 90, 150, 130, 60, 160, 150, 220, 40, 250, 120, 400, 90, 560, 80]]
STRICT = Terms("consent", Rule(RuleKind.NO_OPEN_OBJECTIONS))
WORDY = Terms("consent", Rule(RuleKind.WITHOUT_OBJECTION, share=75, quorum=50))
WORDIEST = Terms("gradients", Rule(RuleKind.EVERY_GROUP, share=75, quorum=50))
DOTS = Terms("dots", Rule(RuleKind.TOP, top=3, quorum=50))
NOON = datetime(2027, 9, 29, 12, tzinfo=UTC)
RUNS = Timer(NOON + timedelta(minutes=12, seconds=45), NOON)
RAN_OUT = Timer(NOON, NOON)


def result(agree: int, concern: int, objection: int, *, adopted: bool = False, groups: int = 4) -> Result:
    return consent_result(
        agree,
        concern,
        objection,
        names=[f"{LONG_NAME[:58]} {place}" for place in range(groups)],
        decision=Decision.ADOPTED if adopted else Decision.NOT_ADOPTED,
        rule=RuleKind.WITHOUT_OBJECTION if adopted else RuleKind.NO_OPEN_OBJECTIONS,
        share=75,
        present=52,
    )


def any_result(method: str, people: int, *, groups: int = 4, **more: Any) -> Result:
    """Return a result by any method in which every choice was made by `people` or a few more, in each group too."""
    budget = DotBudget(5, can_stack=True) if method == "dots" else None
    counts = {
        choice.value: people + place for place, choice in enumerate(choices_of(METHODS[method], budget))
    }
    rows = [
        RowResult(str(place), f"{LONG_NAME[:58]} {place}", counts, sum(counts.values()), carried=not place)
        for place in range(groups)
    ]
    return result_of(method, counts, rows=rows, budget=budget, place=2, **more)


def answers(text: str, method: str = "statement") -> Outcome:
    """Return a text that nothing was decided about, answered by hundreds, with more voices than heads."""
    found = any_result(method, people=100, decision="answered", rule=Rule(RuleKind.DECIDES_NOTHING))
    seen = Acknowledged("opened", "Iris", NOON, 1000, 940)
    return Outcome(
        text,
        replace(found, place=None, acknowledged=(seen,)),
        sources={"phone": 480, "paper": 15, "shared": 5},
    )


EVERY_GROUP = Rule(RuleKind.EVERY_GROUP, share=75)


def coherence() -> Coherence:
    return Coherence(
        principles=[(number, LONGEST) for number in range(1, 12)],
        partners=[(number, LONG_NAME) for number in range(11)],
        cells={(row, column): [10, 11, 12, 13, 14] for row in range(1, 11) for column in range(row)},
        gaps=[
            Gap("due before what it depends on", agreement_number=1, other_agreement_number=2),
            Gap("no owner", agreement_number=2),
            Gap("principle nobody practises", principle_number=11),
            *[Gap("too much in one month", partner=LONG_NAME, count=3, month=date(2027, 9, 1))] * 3,
            *[Gap("partner without agreement", partner=LONG_NAME)] * 11,
        ],
        dependencies=[(6, 3)],
    )


def every_screen(language: str, *, is_dark: bool) -> dict[str, Screen]:
    """Return every screen by name, in one language, light or dark."""

    def room(**more: Any) -> Room:
        values: dict[str, Any] = {
            "language": language,
            "alliance": "Alliantie voor samenleven in verbondenheid in de gemeente Merenveld en omstreken",
            "code": "WMQWM",
            "address": LONG_ADDRESS,
            "join_url": f"https://{LONG_ADDRESS}/j/WMQWM",
            "people": 1000,
            "voted": 999,
            "is_dark": is_dark,
        }
        return Room(**{**values, **more})

    def voting(
        texts: list[str],
        terms: Terms,
        secrecy: Secrecy,
        *,
        timer: Timer | None = None,
        budget: DotBudget | None = None,
        position: int | None = None,
        **more: Any,
    ) -> Screen:
        asked = Asked(texts, position, 12)
        terms = replace(terms, secrecy=secrecy, budget=budget)
        return voting_screen(room(**more), asked, terms=terms, timer=timer)

    groups = [(LONG_NAME[:60], 200), *[(f"Gemeenschap {place}", 20) for place in range(9)]]
    agreements = [
        ShownAgreement(number, LONGEST, LONG_NAME, False, date(2027, 9, 30)) for number in range(1, 9)
    ]
    signatures = [
        PartnerSignature(number, LONG_NAME, answer, "Maria Antoinette van der Heijden-Groenewoud", PEN)
        for number, answer in enumerate([Answer.SIGNED, Answer.RESERVED, Answer.DECLINED, None] * 2)
    ]
    followed = [
        ShownAgreement(number, LONGEST, LONG_NAME, False, state=state)
        for number, state in enumerate([*ProgressState, *ProgressState], start=1)
    ]
    reasons = [
        ShownReason("objection", LONGEST, "Maria Antoinette van der Heijden"),
        ShownReason("concern", SHORT),
    ]
    words = ControlWords(("aardappel", "appelmoes", "schoolbel", "zangvogel", "wandelpad", "zwembroek"), "nl")
    end: dict[str, Any] = {
        "principles": 15,
        "agreements": 28,
        "without_owner": 0,
        "signatures": 16,
        "first_steps": 523,
        "next_meeting_on": date(2027, 9, 30),
    }
    worded = [Worded(SHORT, 3), *(Worded(SHORT, 1, is_draft=False) for _ in range(4))]
    proposals = [Proposal(number, LONGEST[number * 37 :], 121) for number in range(7)]
    screens = {
        "welcome": welcome_screen(
            room(), venue=LONG_NAME, held_on=date(2027, 9, 29), groups=groups, without_group=3
        ),
        "wall": draft_screen(room(), proposals=proposals, new_ids={5}),
        "wall, lines": draft_screen(room(), proposals=[Proposal(1, LINES, 8)]),
        "voting, lines": voting([LINES], STRICT, Secrecy.ANONYMOUS, timer=RUNS),
        "empty wall": draft_screen(room(), proposals=[]),
        "five came in": draft_screen(room(), proposals=[], waiting=5),
        "wall, and more came in": draft_screen(room(), proposals=proposals, waiting=999),
        "worded": draft_screen(room(), proposals=[], worded=worded, waiting=5),
        **{
            f"worded, {count} of {length} letters": draft_screen(
                room(), proposals=proposals, worded=[Worded(LONGEST[:length], 3)] * count, waiting=waiting
            )
            for count in (1, 2, 6)
            for length in (60, 400)
            for waiting in (0, 999)
        },
        "before the vote, worded": before_voting_screen(room(), texts=[SHORT] * 6),
        "before the first agreement": agree_screen(room(), agreements=[], coherence=coherence(), waiting=3),
        **{
            f"wall, {words}": draft_screen(
                room(), proposals=[Proposal(number, SHORT[:55], 8) for number in range(count)]
            )
            for count, words in enumerate(("one", "two", "three"), start=1)
        },
        **{
            f"wall, {count} of {length} letters": draft_screen(
                room(),
                proposals=[Proposal(number, LONGEST[:length], 121) for number in range(count)],
                new_ids={0},
            )
            for count in (1, 2, 3, 4)
            for length in (80, 160, 400)
        },
        "vote, short": voting([SHORT], STRICT, Secrecy.ANONYMOUS, people=52, voted=41),
        "vote, longest, hundred people": voting([LONGEST], WORDY, Secrecy.NAMED, people=100, voted=99),
        "vote, longest, thousand people": voting([LONGEST], WORDY, Secrecy.NAMED),
        "vote, six": voting([LONGEST[:90]] * 8, WORDY, Secrecy.NAMED),
        "vote, three large": voting([LONGEST[:110]] * 3, WORDY, Secrecy.NAMED),
        "vote, three": voting([LONGEST[:135]] * 3, WORDY, Secrecy.NAMED),
        "vote, four": voting([LONGEST[:150]] * 5, WORDY, Secrecy.NAMED),
        "vote, two large": voting([LONGEST[:200]] * 3, WORDY, Secrecy.NAMED),
        "vote, two": voting([LONGEST] * 3, WORDY, Secrecy.NAMED),
        "vote, timer": voting([SHORT], WORDIEST, Secrecy.NAMED, timer=RUNS, people=99, voted=88, position=12),
        "vote, longest, timer": voting([LONGEST], WORDIEST, Secrecy.NAMED, timer=RUNS, position=12),
        "vote, longest, time is up": voting([LONGEST], WORDIEST, Secrecy.NAMED, timer=RAN_OUT),
        "vote, dots": voting(
            [LONGEST[:150]] * 5, DOTS, Secrecy.ANONYMOUS, timer=RUNS, budget=DotBudget(20, can_stack=False)
        ),
        "vote, dots, time is up": voting(
            [LONGEST] * 5, DOTS, Secrecy.ANONYMOUS, timer=RAN_OUT, budget=DotBudget(20, can_stack=True)
        ),
        "before the vote": before_voting_screen(room()),
        "closed": closed_screen(room(), texts=[LONGEST]),
        "closed, several": closed_screen(room(), texts=[LONGEST] * 3),
        "outcome, short": revealed_screen(room(), [Outcome(SHORT, result(39, 9, 2))]),
        "outcome, longest, fifty": revealed_screen(room(), [Outcome(LONGEST, result(39, 9, 2))]),
        "outcome, longest, hundred": revealed_screen(
            room(), [Outcome(LONGEST, result(34, 33, 33, adopted=True))]
        ),
        "outcome, longest, thousand": revealed_screen(
            room(), [Outcome(LONGEST, result(866, 131, 3, adopted=True))]
        ),
        "outcome, hidden": revealed_screen(
            room(), [Outcome(LONGEST, result(2, 0, 0, adopted=True, groups=0))]
        ),
        "groups": revealed_screen(room(page=1), [Outcome(LONGEST, result(100, 13, 1, groups=8))]),
        "groups, few": revealed_screen(room(page=1), [Outcome(SHORT, result(100, 13, 1, groups=5))]),
        **{
            f"outcome, {method}, {length} letters, {people}": revealed_screen(
                room(), [Outcome(LONGEST[:length], any_result(method, people))]
            )
            for method in METHODS
            for length, people in ((60, 2), (200, 150), (400, 150))
        },
        **{
            f"groups, {method}": revealed_screen(
                room(page=1), [Outcome(LONGEST, any_result(method, people=100, groups=8))]
            )
            for method in METHODS
        },
        **{
            f"outcomes, {method}": revealed_screen(
                room(), [Outcome(LONGEST[:90], any_result(method, people=100))] * 8
            )
            for method in ("gradients", "dots")
        },
        "dots, ranked": revealed_screen(
            room(),
            [Outcome(LONGEST[: 60 * place], any_result("dots", 7 - place)) for place in range(1, 7)],
        ),
        "dots, longest": revealed_screen(room(), [Outcome(LONGEST, any_result("dots", 9))] * 3),
        "support over five rounds": revealed_screen(
            room(page=3),
            [
                Outcome(
                    LONGEST,
                    result(100, 13, 1, groups=8),
                    rounds=[
                        RoundBefore(number, number, any_result(method, people=40))
                        for number, method in enumerate(METHODS, start=11)
                    ],
                )
            ],
        ),
        "support over three rounds": revealed_screen(
            room(page=2),
            [
                Outcome(
                    LONGEST,
                    result(39, 9, 0, adopted=True),
                    rounds=[
                        RoundBefore(1, 1, result(2, 1, 1)),
                        RoundBefore(2, 1, result(30, 9, 8)),
                        RoundBefore(3, 2, result(39, 9, 0, adopted=True)),
                    ],
                )
            ],
        ),
        "reasons": revealed_screen(room(), [Outcome(LONGEST, result(39, 9, 2), reasons)]),
        "outcomes, six": revealed_screen(room(), [Outcome(LONGEST[:90], result(866, 131, 3))] * 8),
        "outcomes, three large": revealed_screen(room(), [Outcome(LONGEST[:110], result(866, 131, 3))] * 3),
        "outcomes, three": revealed_screen(room(), [Outcome(LONGEST[:135], result(866, 131, 3))] * 3),
        "outcomes, four": revealed_screen(room(), [Outcome(LONGEST[:150], result(866, 131, 3))] * 8),
        "outcomes, two": revealed_screen(room(), [Outcome(LONGEST, result(866, 131, 3))] * 8),
        **{
            f"answers, {length} letters": revealed_screen(room(), [answers(LONGEST[:length])])
            for length in (60, 200, 400)
        },
        "answers, as marks": revealed_screen(room(), [answers(LONGEST, "score")]),
        "answers, with reasons": revealed_screen(
            room(),
            [
                replace(
                    answers(LONGEST),
                    reasons=[ShownReason("strongly disagree", LONGEST), ShownReason("disagree", SHORT)],
                )
            ],
        ),
        "answers, by group": revealed_screen(room(page=1), [answers(LONGEST)]),
        "answers, several": revealed_screen(room(), [answers(LONGEST[:90])] * 8),
        "answers, too few": revealed_screen(
            room(),
            [Outcome(LONGEST, replace(answers(SHORT).result, decision="too few", numbers=None, rows=[]))],
        ),
        "agreements": agree_screen(room(), agreements=agreements, coherence=None, new_numbers={2}),
        **{
            f"agreements, {words}": agree_screen(
                room(),
                agreements=[
                    ShownAgreement(number, SHORT[:55], "Wijkraad Oost", True, date(2027, 9, 30))
                    for number in range(count)
                ],
                coherence=None,
            )
            for count, words in enumerate(("one", "two", "three"), start=1)
        },
        **{
            f"agreements, {count} of {length} letters": agree_screen(
                room(),
                agreements=[
                    ShownAgreement(number, LONGEST[:length], LONG_NAME, False, date(2027, 9, 30))
                    for number in range(1, count + 1)
                ],
                coherence=None,
            )
            for count in (1, 2, 3, 4)
            for length in (80, 400)
        },
        "no agreements": agree_screen(room(), agreements=[], coherence=None),
        **{
            f"agreements, page {page + 1}": agree_screen(
                room(page=page), agreements=agreements, coherence=coherence()
            )
            for page in range(agree_screen(room(), agreements=agreements, coherence=coherence()).pages)
        },
        "before signing": before_signing_screen(room()),
        "signatures, three": sign_screen(
            room(),
            version=12,
            principles=15,
            agreements=28,
            signatures=signatures[:3],
            new_partners={1},
            control_words=words,
        ),
        "signatures": sign_screen(
            room(),
            version=12,
            principles=15,
            agreements=28,
            signatures=signatures,
            new_partners={1},
            control_words=words,
        ),
        "end, no document": end_screen(room(), document_url=None, control_words=words, **end),
        "end": end_screen(
            room(),
            document_url=f"https://{LONG_ADDRESS}/d/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            control_words=words,
            **end,
        ),
        "progress": progress_screen(room(), followed),
        "progress, alone": one_agreement_screen(
            room(), replace(followed[1], what=SHORT), OwnWord(SHORT, date(2027, 4, 1)), total=8
        ),
        "progress, alone, nothing heard": one_agreement_screen(
            room(), replace(followed[0], is_heard=False), None, total=8
        ),
        **{
            f"progress, alone, longest, page {page + 1}": one_agreement_screen(
                room(page=page), followed[1], OwnWord(LONGEST, date(2027, 4, 1)), total=8
            )
            for page in range(2)
        },
        **{
            f"progress, {words}": progress_screen(room(), followed[:count])
            for count, words in enumerate(("one", "two", "three"), start=1)
        },
    }
    screens |= pictures(room)
    return {**screens, "link ended": Screen(lambda: ended(language))}
