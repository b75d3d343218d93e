"""The projector's screens: what the room may read, page by page, and nothing else."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from exports.agenda.difference import marked_difference
from exports.charts import RoundBefore
from exports.sentences import vote_question
from models.agreeing.agreement import show_agreements
from models.agreeing.coherence import Coherence, Gap
from models.agreeing.names import show_names
from models.agreeing.ownership import accept_ownership, offer_help, take_on
from models.basics.words import Answer, CallOutcome, Decision, ProgressState, RuleKind, Secrecy, Step
from models.drafting.proposal import hide_proposal
from models.drafting.wording import reword_principle
from models.encounters.ending import end_meeting
from models.encounters.what_it_did import read_what_it_did
from models.example.evening import load_evening
from models.progress.calls import keep_contact, note_call
from models.progress.on_screen import show_agreement_alone
from models.progress.progress import report_progress
from models.signing.agenda import answer_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import show_reasons
from models.voting.cancelling import cancel_round
from models.voting.closing import close_round
from models.voting.decision import Result, RowResult, Rule
from models.voting.methods import METHODS, description
from models.voting.methods.method import DotBudget
from models.voting.round import close_and_reveal as close_and_reveal_at_once
from models.voting.round import reveal_round, set_timer, show_item
from models.voting.round_views import read_round
from models.voting.terms import Terms
from models.workshop.participant import leave, record_first_step
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import (
    blank_projector,
    change_workshop,
    count_heads,
    end_workshop,
    set_projector_dark,
    turn_wall,
)
from pages.parts.projector.agreement import ShownAgreement
from pages.parts.projector.agreements import agree_screen
from pages.parts.projector.cards import wall_for, walls_of
from pages.parts.projector.closed import before_voting_screen
from pages.parts.projector.coherence import coherence_pages
from pages.parts.projector.control_words import ControlWords
from pages.parts.projector.end import end_screen
from pages.parts.projector.linked import linked_screen
from pages.parts.projector.now import screen_now
from pages.parts.projector.outcome import Outcome, ShownReason
from pages.parts.projector.progress import OwnWord, one_agreement_screen, progress_screen
from pages.parts.projector.reveal import revealed_screen
from pages.parts.projector.screen import Room, Screen, code_size, ended, lines_of, page_of, statement_size
from pages.parts.projector.signatures import PartnerSignature, sign_screen
from pages.parts.projector.voting import Asked, Timer, grid_for, voting_screen
from pages.parts.projector.wall import Proposal, Worded, draft_screen
from pages.parts.projector.welcome import welcome_screen
from tests.builders import (
    CONSENT,
    LEADER,
    cast,
    cast_all,
    close,
    close_and_reveal,
    give_names,
    make_adopted,
    make_agenda,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    take_room,
)
from tests.builders import Room as Built
from tests.builders.agreeing import names_waiting
from tests.builders.evening import make_held_evening
from tests.pages.opened import opened, sign_in_as
from tests.questions import questions_asked
from tests.results import consent_result, result_of

HOSTILE = '<img src=x onerror="alert(1)">\'&'
STRICT = Terms("consent", Rule(RuleKind.NO_OPEN_OBJECTIONS))
LONGEST = (
    "Wij nemen geen besluit over een groep zonder die groep aan tafel, ook niet als het haast heeft. " * 5
)[:400]


def _room(**more: Any) -> Room:
    values: dict[str, Any] = {
        "language": "en",
        "alliance": "Together",
        "code": "K7M4Q",
        "address": "merenveld.example",
        "join_url": "https://merenveld.example/j/K7M4Q",
        "people": 52,
        "voted": 41,
    }
    return Room(**{**values, **more})


def _result(agree: int, concern: int, objection: int, *, groups: int = 0) -> Result:
    return consent_result(
        agree, concern, objection, names=[f"Group {place}" for place in range(groups)], present=None
    )


def _words(screen: Screen | str) -> str:
    """Return what stands on a screen as one line, without markup."""
    html = screen if isinstance(screen, str) else screen.html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xad", "").split())


def _now(built: Built, **more: Any) -> Screen:
    with reading() as session:
        values = {"own_address": "http://10.0.0.5:8501", "language": "en", **more}
        return screen_now(session, built.workshop_id, **values)


def test_every_screen_keeps_address_and_code_for_who_comes_late_and_no_qr_code_that_cannot_be_read() -> None:
    screens = [
        draft_screen(_room(), proposals=[]),
        revealed_screen(_room(), [Outcome("Everybody belongs.", _result(9, 1, 0))]),
        progress_screen(_room(), []),
    ]

    for screen in screens:
        assert "merenveld.example K7M4Q" in _words(screen.html.split("<footer>")[1])
        assert 'class="qr-code"' not in screen.html


def test_the_qr_code_says_in_words_where_it_leads() -> None:
    screen = welcome_screen(
        _room(language="nl"), venue="", held_on=date(2027, 3, 14), groups=[], without_group=0
    )

    assert screen.html.count('class="qr-code"') == 1
    assert 'aria-label="QR-code: ga naar merenveld.example en typ code K7M4Q"' in screen.html


@pytest.mark.usefixtures("sqlite")
def test_no_name_that_a_phone_typed_stands_on_the_projector_before_the_tap() -> None:
    built = make_workshop(people=3, partners=["Council"], step=Step.AGREE)
    make_adopted(built)
    take_room(built, Step.AGREE)
    made = make_agreement(built)
    write(show_agreements, who=LEADER, agreement_ids=[made])
    write(take_on, participant_id=built.people[0], agreement_id=made, name="Gemeente Hellevoet")
    write(offer_help, participant_id=built.people[1], agreement_id=made, name="Hellevoeter")

    pages = [_now(built)] + [_turned(built, page) for page in (1, 2)]
    take_room(built, Step.PROGRESS)
    pages.append(_now(built))
    make_agenda(built)
    take_room(built, Step.SIGN)
    pages.append(_now(built))

    assert not any("ellevoet" in screen.html for screen in pages)
    assert any("a resident" in _words(screen) for screen in pages)
    [owner, helper] = _waiting(built)
    write(show_names, who=LEADER, alliance_id=built.alliance_id, partner_ids=[owner], supporter_ids=[helper])
    assert "Gemeente Hellevoet (resident)" in _words(_now(built))


def _waiting(built: Built) -> list[int]:
    with reading() as session:
        return [
            name.partner_id or name.supporter_id or 0 for name in names_waiting(session, built.alliance_id)
        ]


def _turned(built: Built, page: int) -> Screen:
    write(turn_wall, who=LEADER, workshop_id=built.workshop_id, page=page)
    return _now(built)


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("step", [Step.WELCOME, Step.DRAFT])
def test_before_an_address_is_chosen_no_qr_code_leads_phones_to_themselves(step: Step) -> None:
    built = make_workshop(people=3, step=step)

    here = _now(built, own_address="http://127.0.0.1:8501")
    elsewhere = _now(built)

    assert "10.0.0.5:8501" in _words(elsewhere)
    assert ('class="qr-code"' in elsewhere.html) is (step is Step.WELCOME)
    assert "127.0.0.1" not in here.html
    assert 'class="qr-code"' not in here.html
    assert built.code in _words(here)
    if step is Step.WELCOME:
        assert "as soon as the facilitator has chosen the address" in _words(here)


def test_the_welcome_counts_people_per_group_and_leaves_out_empty_groups() -> None:
    screen = welcome_screen(
        _room(),
        venue="The Barn",
        held_on=date(2027, 3, 14),
        groups=[("Residents", 20), ("Schools", 0)],
        without_group=3,
    )

    assert "52 people are here already Residents 20 · without a group 3" in _words(screen)


@pytest.mark.parametrize(
    "screen",
    [
        draft_screen(_room(alliance=HOSTILE), proposals=[Proposal(1, HOSTILE, 2)]),
        voting_screen(_room(), Asked([HOSTILE]), terms=replace(STRICT, secrecy=Secrecy.NAMED)),
        voting_screen(_room(), Asked([HOSTILE] * 2), terms=STRICT),
        revealed_screen(
            _room(), [Outcome(HOSTILE, _result(5, 1, 1), [ShownReason("objection", HOSTILE, HOSTILE)])]
        ),
        agree_screen(_room(), agreements=[ShownAgreement(1, HOSTILE, HOSTILE, True, None)], coherence=None),
        sign_screen(
            _room(),
            version=1,
            principles=1,
            agreements=1,
            signatures=[PartnerSignature(1, HOSTILE, Answer.SIGNED, HOSTILE)],
        ),
        progress_screen(_room(), [ShownAgreement(1, HOSTILE, HOSTILE, True, state=ProgressState.BUSY)]),
    ],
)
def test_what_people_type_stays_text(screen: Screen) -> None:
    assert "<img" not in screen.html
    assert HOSTILE in _words(screen)


@pytest.mark.parametrize(
    ("letters", "size"), [(80, 80), (81, 64), (160, 64), (161, 52), (280, 52), (281, 42), (400, 42)]
)
def test_a_longer_statement_is_set_smaller_and_never_below_forty(letters: int, size: int) -> None:
    assert statement_size("a" * letters) == size


def test_a_text_of_many_short_lines_takes_the_room_of_its_lines() -> None:
    text = "\n".join(["Iedereen telt.", "Altijd.", "", "Ook wie hier", "pas woont.", "Dus."])

    assert statement_size(text) < statement_size(text.replace("\n", " "))
    assert lines_of(text, 80) == 6
    assert grid_for([text, "Kort."]) != grid_for([text.replace("\n", " "), "Kort."])
    assert wall_for([text]) != wall_for([text.replace("\n", " ")])


def test_the_widest_join_code_stays_beside_the_qr_code() -> None:
    assert code_size("K7M4Q") > code_size("WMWMW") > 150


def test_one_statement_gets_a_circle_for_everybody_in_the_room() -> None:
    screen = voting_screen(_room(), Asked(["Everybody belongs."]), terms=STRICT)

    assert screen.html.count("<circle") == 52
    assert '<p class="big voted" data-count="voted">41</p>' in screen.html
    assert "Can you live with this? Everybody belongs." in _words(screen)


def test_a_text_that_is_asked_again_shows_what_is_gone_and_what_is_new() -> None:
    asked = Asked(["Er is een tolk <b>."], before=["Er is altijd een tolk <b>."])

    screen = voting_screen(_room(), asked, terms=STRICT)

    assert marked_difference("Er is altijd een tolk <b>.", "Er is een tolk <b>.") in screen.html
    assert "<del>" in screen.html and "<b>" not in screen.html.split("</del>")[1].split("</h1>")[0]
    assert "Struck through is gone, underlined is new." in screen.html


def test_the_size_of_a_text_that_is_asked_again_counts_what_is_struck_through() -> None:
    asked = Asked(["Kort."], before=["Lang en nog langer " * 20])

    screen = voting_screen(_room(), asked, terms=STRICT)

    assert "size-42" in screen.html


def test_the_rule_of_a_round_is_shown_while_people_vote() -> None:
    terms = Terms("score", Rule(RuleKind.SHARE_OF_VOTES, share=75, quorum=50), Secrecy.NAMED)

    screen = voting_screen(_room(), Asked(["Everybody belongs."]), terms=terms)

    assert (
        "With your name You may change it Rule: adopted when at least 75 percent of the votes is in favour. "
        "A 6 or higher is in favour. At least 50 percent of those present must vote." in _words(screen)
    )


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (DotBudget(5, can_stack=True), "5 dots for everyone You may change it"),
        (DotBudget(5, can_stack=False), "5 dots for everyone, one on a text You may change it"),
        (DotBudget(1, can_stack=False), "1 dot for everyone You may change it"),
    ],
)
def test_the_room_sees_how_many_dots_everyone_has(budget: DotBudget, said: str) -> None:
    terms = Terms("dots", Rule(RuleKind.TOP, top=2), budget=budget)

    screen = voting_screen(_room(), Asked(["One", "Two"]), terms=terms)

    assert said in _words(screen)
    assert "Where do we begin?" in _words(screen)


def test_one_text_of_several_says_which_it_is() -> None:
    screen = voting_screen(_room(), Asked(["Everybody belongs."], 2, 5), terms=STRICT)

    assert "Can you live with this? Text 2 of 5." in _words(screen)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=12, seconds=4), "12:04"),
        (timedelta(milliseconds=1), "0:01"),
        (timedelta(0), "The time is up"),
        (timedelta(minutes=-3), "The time is up"),
    ],
)
def test_the_timer_stands_on_the_screen_with_the_servers_time(left: timedelta, said: str) -> None:
    moment = datetime(2027, 3, 14, 20, tzinfo=UTC)

    screen = voting_screen(
        _room(),
        Asked(["Everybody belongs."]),
        terms=STRICT,
        timer=Timer(moment + left, moment),
    )

    assert f"<b data-left>{said}</b>" in screen.html
    assert f'data-now="{round(moment.timestamp() * 1000)}"' in screen.html
    assert f'data-ends="{round((moment + left).timestamp() * 1000)}"' in screen.html


@given(
    texts=st.lists(st.text("abc ", min_size=1, max_size=400), min_size=2, max_size=14),
    page=st.integers(0, 20),
)
def test_every_statement_of_a_round_stands_whole_on_one_of_its_pages(texts: list[str], page: int) -> None:
    _, size = grid_for(texts)

    screen = voting_screen(_room(page=page), Asked(texts), terms=STRICT)

    assert screen.pages == -(-len(texts) // size)
    assert 1 <= screen.html.count("<article") <= size <= 6


@given(count=st.integers(0, 40), size=st.integers(1, 9))
def test_pages_hold_everything_once(count: int, size: int) -> None:
    pages = page_of(range(count), size, 0)[2]

    assert [item for page in range(pages) for item in page_of(range(count), size, page)[0]] == list(
        range(count)
    )
    assert page_of(range(count), size, 99)[1] == pages - 1


def test_the_wall_shows_six_and_tints_what_just_came_in() -> None:
    proposals = [Proposal(place, f"Proposal {place}", place) for place in range(8)]

    first = draft_screen(_room(), proposals=proposals, new_ids={7})
    second = draft_screen(_room(page=1), proposals=proposals, new_ids={7})

    assert (first.pages, first.html.count("<article"), second.html.count("<article")) == (2, 6, 2)
    assert re.findall(r'class="card new" data-proposal="(\d)"', first.html + second.html) == ["7"]
    assert "7 support this Just in" in _words(second)


def _all_pages(make: Callable[[Room], Screen]) -> list[str]:
    """Return the words of every page of a screen."""
    return [_words(make(_room(page=page))) for page in range(make(_room()).pages)]


@given(lengths=st.lists(st.integers(1, 400), min_size=1, max_size=20))
def test_every_proposal_stands_whole_on_one_page_of_the_wall(lengths: list[int]) -> None:
    texts = [f"P{place}. " + "wij eten samen en praten met elkaar " * 12 for place in range(len(lengths))]
    texts = [text[: max(length, 5)].strip() for text, length in zip(texts, lengths, strict=True)]
    proposals = [Proposal(place, text, 0) for place, text in enumerate(texts)]

    walls = walls_of(proposals, texts)

    assert [proposal for wall in walls for proposal in wall] == proposals
    for wall in walls:
        shown = wall_for([proposal.text for proposal in wall])
        assert (len(wall) == 1 or shown.size >= 42) and len(wall) <= 6


def test_without_a_proposal_that_was_shown_the_room_reads_how_many_came_in() -> None:
    waiting = draft_screen(_room(language="nl"), proposals=[], waiting=5)
    more = draft_screen(_room(language="nl"), proposals=[Proposal(1, "Samen eten.", 2)], waiting=5)
    nothing = draft_screen(_room(language="nl"), proposals=[])

    assert "5 voorstellen binnen De begeleider leest ze eerst. Daarna ziet u ze hier." in _words(waiting)
    assert "Nog geen voorstellen" not in _words(waiting)
    assert "1 voorstel nog 5 binnen" in _words(more)
    assert "Nog geen voorstellen" in _words(nothing)


def test_what_is_worded_stands_there_newest_first_and_the_proposals_come_after_it() -> None:
    worded = [Worded("Wij spreken gewone taal.", 3), Worded("Iedereen hoort erbij.", 1, is_draft=False)]
    proposals = [Proposal(1, "Samen eten.", 2)]

    first, second = _all_pages(
        lambda room: draft_screen(replace(room, language="nl"), proposals=proposals, worded=worded, waiting=5)
    )

    assert (
        "Zo zeggen wij het samen Net verwoord, uit 3 voorstellen Wij spreken gewone taal. Iedereen hoort erbij. "
        "5 voorstellen binnen"
    ) in first
    assert "Samen eten." in second


def test_principles_of_an_earlier_meeting_come_after_the_proposals() -> None:
    worded = [Worded("Iedereen hoort erbij.", 1, is_draft=False)]

    first, second = _all_pages(lambda room: draft_screen(room, proposals=[], worded=worded))

    assert "No proposals yet." in first
    assert "Iedereen hoort erbij." in second and "Just worded" not in second


def test_before_the_first_agreement_the_adopted_principles_stand_there_and_how_many_came_in() -> None:
    words = _words(agree_screen(_room(), agreements=[], coherence=_coherence(3, 2), waiting=2))

    assert "What are we going to do? Principle 1 Principle 2 Principle 3 2 proposals came in" in words


def test_before_a_round_the_texts_to_vote_on_stand_there() -> None:
    words = _words(before_voting_screen(_room(), texts=["We eat together.", "We speak plainly."]))

    assert "Now we are going to vote We eat together. We speak plainly." in words


def test_an_outcome_says_its_sentence_above_one_mark_per_person() -> None:
    screen = revealed_screen(_room(), [Outcome("Everybody belongs.", _result(39, 9, 2))])

    assert "Not adopted yet: there are 2 objections." in _words(screen)
    lanes = re.findall(r'<g class="(agree|concern|objection)"[^>]*>(.*?)</g>', screen.html)
    assert [(choice, len(re.findall("<(?:circle|path)", marks))) for choice, marks in lanes] == [
        ("agree", 39),
        ("concern", 9),
        ("objection", 2),
    ]


def test_by_what_people_voted_stands_there_where_there_is_room_and_numbers_are_shown() -> None:
    sources = {"phone": 47, "shared": 2, "paper": 1}
    shown = revealed_screen(_room(), [Outcome("Everybody belongs.", _result(39, 9, 2), sources=sources)])
    all_phones = revealed_screen(
        _room(), [Outcome("Everybody belongs.", _result(39, 9, 2), sources={"phone": 50})]
    )
    few = revealed_screen(_room(), [Outcome("Everybody belongs.", _result(2, 1, 0), sources={"paper": 3})])

    assert "50 votes: 47 by own phone, 2 by somebody else&#39;s phone, 1 on paper." in shown.html
    assert "by own phone" not in all_phones.html
    assert "on paper" not in few.html


def test_an_outcome_of_fewer_than_five_votes_has_no_numbers_and_no_groups() -> None:
    hidden = replace(_result(2, 1, 0, groups=2), numbers=None)

    screen = revealed_screen(_room(), [Outcome("Everybody belongs.", hidden)])

    assert screen.pages == 1
    assert "hidden, fewer than 5 votes" in _words(screen)
    assert 'class="lane"' not in screen.html


def test_the_groups_come_after_the_outcome_with_their_counts_in_words_too() -> None:
    outcome = Outcome("Everybody belongs.", _result(16, 3, 1, groups=2))

    screen = revealed_screen(_room(page=1), [outcome])

    assert screen.pages == 2
    assert "Group 0 16 · 3 · 1" in _words(screen)
    assert 'aria-label="Group 0: 16 agree, 3 agree with a concern, 1 object."' in screen.html


def test_gradients_are_revealed_as_eight_bars_with_the_limit_before_what_goes_beyond_it() -> None:
    counts = {"1": 14, "2": 17, "3": 9, "4": 3, "5": 4, "6": 3, "7": 1}
    rule = Rule(RuleKind.LEVEL, level="6", tolerated=2)

    screen = revealed_screen(
        _room(), [Outcome("Everybody belongs.", result_of("gradients", counts, rule=rule))]
    )

    words = _words(screen)
    assert "1 Full support 14 2 Agree, but for a small point 17" in words
    assert "7 Seriously disagree 1 limit, agreed before the vote 8 I stop this 0" in words
    assert screen.html.count('<tr class="beyond">') == 1
    assert screen.html.count('class="bars ') == 7


def test_texts_with_dots_are_ranked_and_keep_the_number_they_were_voted_on_with() -> None:
    budget = DotBudget(3, can_stack=True)
    dots = [{"0": 9, "1": 1}, {"0": 2, "3": 8}, {"0": 5, "1": 5}]
    outcomes = [
        Outcome(f"Text {place}", result_of("dots", counts, budget=budget))
        for place, counts in enumerate(dots, 1)
    ]

    screen = revealed_screen(_room(), outcomes)

    assert re.findall(r"(\d) Text \d (\d+ dots?)", _words(screen)) == [
        ("2", "24 dots"),
        ("3", "5 dots"),
        ("1", "1 dot"),
    ]


def test_groups_by_other_methods_have_a_number_for_each_pattern_and_a_legend_with_words() -> None:
    counts = {"5": 4, "4": 3, "3": 2, "2": 1, "0": 1}
    rows = [RowResult("1", "Residents", counts, 11), RowResult("other", None, counts, 11)]
    result = result_of("fist of five", {choice: 2 * count for choice, count in counts.items()}, rows=rows)

    screen = revealed_screen(_room(page=1), [Outcome("Everybody belongs.", result)])

    words = _words(screen)
    assert "5–4: support 3: in between 2: a concern 1–0: against" in words
    assert "Residents 7 · 2 · 1 · 1 other groups 7 · 2 · 1 · 1" in words


def test_reasons_carry_the_shape_of_their_choice_and_the_strongest_objection_comes_first() -> None:
    reasons = [ShownReason("6", "Who pays?"), ShownReason("8", "Not this way.")]
    outcome = Outcome("Everybody belongs.", result_of("gradients", {"1": 9, "6": 1, "8": 1}), reasons)

    screen = revealed_screen(_room(), [outcome])

    assert re.findall(r'class="symbol (\w+)".*?aria-label="([^"]+)"', screen.html) == [
        ("objection", "I stop this"),
        ("concern", "Not my choice, but my support"),
    ]


def test_the_longest_text_above_ten_bars_is_cut_and_never_on_the_vote() -> None:
    outcome = Outcome(LONGEST, result_of("score", {"8": 9}))

    revealed = revealed_screen(_room(), [outcome])
    asked = voting_screen(_room(), Asked([LONGEST]), terms=STRICT)

    assert 'class="two-lines"' in revealed.html
    assert 'class="two-lines"' not in asked.html


def test_small_groups_stand_as_other_groups_with_a_bar_of_their_own() -> None:
    rows = [
        RowResult("1", "Residents", {"agree": 9}, 9),
        RowResult("other", None, {"agree": 5, "concern": 1}, 6),
    ]
    result = replace(_result(14, 1, 0), rows=rows)

    screen = revealed_screen(_room(page=1), [Outcome("Everybody belongs.", result)])

    assert "other groups 5 · 1 · 0" in _words(screen)


def test_many_groups_take_more_pages() -> None:
    outcome = Outcome(LONGEST, _result(16, 3, 1, groups=8))

    pages = [revealed_screen(_room(page=page), [outcome]) for page in (1, 2)]

    assert [screen.html.count('<th scope="row">') for screen in pages] == [6, 2]


def test_the_last_page_tells_how_the_support_moved_with_at_most_five_rounds() -> None:
    rounds = [RoundBefore(number, 1, _result(10 - number, number, 0)) for number in range(1, 8)]
    outcome = Outcome("Everybody belongs.", _result(16, 3, 1, groups=2), rounds=rounds)

    screen = revealed_screen(_room(page=2), [outcome])

    assert screen.pages == 3
    words = _words(screen)
    assert "How the support moved Everybody belongs." in words
    assert re.findall(r"Round (\d), version 1 · Agree or object", words) == ["3", "4", "5", "6", "7"]
    assert 'aria-label="7 agree, 3 agree with a concern, 0 object."' in screen.html


def test_a_round_of_fewer_than_five_votes_stays_hidden_among_the_rounds() -> None:
    rounds = [RoundBefore(1, 1, _result(2, 0, 1)), RoundBefore(2, 2, _result(9, 1, 0))]

    screen = revealed_screen(_room(page=1), [Outcome("Everybody belongs.", _result(9, 1, 0), rounds=rounds)])

    assert "Round 1, version 1 · Agree or object (consent) hidden not adopted" in _words(screen)
    assert "2 agree" not in screen.html
    assert 'aria-label="hidden"' in screen.html


def test_shown_reasons_come_before_the_outcome_objections_first() -> None:
    reasons = [ShownReason("concern", "Who pays?"), ShownReason("objection", "It takes too long.", "Ada")]

    screen = revealed_screen(_room(), [Outcome("Everybody belongs.", _result(5, 1, 1), reasons)])

    assert screen.pages == 2
    assert "It takes too long. Ada Who pays?" in _words(screen)


@given(lengths=st.lists(st.integers(1, 400), max_size=12), statement=st.integers(1, 400))
def test_reasons_are_spread_over_pages_and_none_is_lost(lengths: list[int], statement: int) -> None:
    reasons = [ShownReason("objection", f"{place} " + "a" * length) for place, length in enumerate(lengths)]
    outcome = Outcome("b" * statement, _result(5, 1, 1), reasons)
    pages = revealed_screen(_room(), [outcome]).pages

    shown = "".join(revealed_screen(_room(page=page), [outcome]).html for page in range(pages))

    assert shown.count("<li><svg") == len(reasons)


def test_several_items_are_cards_with_an_outcome_each() -> None:
    outcomes = [
        Outcome(
            "Everybody belongs.",
            replace(_result(9, 1, 0), decision=Decision.ADOPTED),
        ),
        Outcome("We speak plainly.", _result(7, 1, 2)),
    ]

    words = _words(revealed_screen(_room(), outcomes))

    assert "The outcome 1 of 2 adopted" in words
    assert "1 Everybody belongs. adopted 9 1 0" in words
    assert "2 We speak plainly. not adopted yet 7 1 2" in words


def test_an_agreement_says_who_carries_it_who_is_asked_or_that_it_is_free() -> None:
    agreements = [
        ShownAgreement(1, "We eat together.", "School", True, date(2027, 5, 1)),
        ShownAgreement(2, "We meet.", "Town", False, None),
        ShownAgreement(3, "We translate.", None, False, None),
    ]

    words = _words(agree_screen(_room(), agreements=agreements, coherence=None))

    assert "1 We eat together. School said yes done on 1 May 2027" in words
    assert "2 We meet. Town asked, not accepted yet no date yet" in words
    assert "3 We translate. Who takes this on? no date yet" in words


LONG = (
    "Het kerkgebouw aan de Veerkade is op dinsdag en donderdag een huiskamer waar iedereen kan binnenlopen, ook wie "
    "geen afspraak heeft en ook wie de taal nog leert, en er is altijd iemand die luistert en meedenkt"
)


@pytest.mark.parametrize("screen", [agree_screen, progress_screen])
def test_no_agreement_and_no_name_is_ever_cut_and_agreements_that_begin_alike_can_be_told_apart(
    screen: Callable[..., Screen],
) -> None:
    name = "Samenwerkende ondernemersvereniging Merenveld-Oost en omstreken, afdeling binnenstad"
    agreements = [
        ShownAgreement(number, f"{LONG}, keer {number}.", f"{name} {number}", True) for number in range(1, 21)
    ]

    def show(room: Room) -> Screen:
        more = {"coherence": None} if screen is agree_screen else {}
        return screen(room, agreements=agreements, **more)

    pages = _all_pages(show)

    for agreement in agreements:
        assert sum(f"{agreement.what} {agreement.owner} " in page for page in pages) == 1
    assert not re.search("two-lines|one-line|lines-\\d", show(_room()).html)
    if screen is agree_screen:
        assert "agreements 1 and 2 of 20" in pages[0]


def test_one_agreement_alone_is_larger_than_three_together() -> None:
    def size(count: int) -> int:
        agreements = [
            ShownAgreement(number, "We eat together.", "School", True) for number in range(1, count + 1)
        ]
        return int(
            re.findall(r"size-(\d+)", agree_screen(_room(), agreements=agreements, coherence=None).html)[0]
        )

    assert size(1) > size(4) >= 56


def _coherence(principles: int, partners: int, gaps: Sequence[Gap] = ()) -> Coherence:
    return Coherence(
        principles=[(number, f"Principle {number}") for number in range(1, principles + 1)],
        partners=[(number, f"Partner {number}") for number in range(1, partners + 1)],
        cells={
            (number, partner): [3]
            for number in range(1, principles + 1)
            for partner in range(1, partners + 1)
        },
        gaps=list(gaps),
    )


def test_the_coherence_picture_names_principles_and_partners_whole_and_ends_with_sentences() -> None:
    agreements = [ShownAgreement(3, "We eat together.", None, False, None)]
    coherence = _coherence(2, 2, [Gap("no owner", agreement_number=3)])
    coherence.cells.pop((2, 1))
    coherence.cells.pop((2, 2))

    _wall, picture, gaps = _all_pages(
        lambda room: agree_screen(room, agreements=agreements, coherence=coherence)
    )

    assert "1 Principle 1 Partner 1 3 Partner 2 3 2 Principle 2 No agreement yet" in picture
    assert "In one place it does not fit together yet" in gaps
    assert "Nobody carries “We eat together” yet. Will you? Tap on your phone: I take this on ." in gaps


def test_gaps_and_dependencies_are_sentences_with_the_words_of_the_agreements() -> None:
    agreements = [
        ShownAgreement(3, "De wijkraad zoekt tien gastvrouwen.", "Wijkraad Oost", True, date(2027, 3, 29)),
        ShownAgreement(4, "Het kerkgebouw is een huiskamer.", "Raad van Kerken", True, date(2027, 3, 3)),
        ShownAgreement(5, "Wij eten samen.", "Wijkraad Oost", True, date(2027, 6, 1)),
    ]
    coherence = replace(
        _coherence(1, 0),
        gaps=[
            Gap("due before what it depends on", agreement_number=4, other_agreement_number=3),
            Gap("principle nobody practises", principle_number=1),
            Gap("partner without agreement", partner="Moskee El Houda"),
            Gap("too much in one month", partner="Wijkraad Oost", count=4, month=date(2027, 3, 1)),
            Gap("partner without agreement", partner="Basisschool De Brug"),
        ],
        dependencies=[(4, 3), (5, 4)],
    )

    words = " ".join(
        _all_pages(
            lambda room: agree_screen(
                replace(room, language="nl"), agreements=agreements, coherence=coherence
            )
        )
    )

    assert (
        "“Het kerkgebouw is een huiskamer” moet klaar zijn vóór “De wijkraad zoekt tien gastvrouwen” , maar kan niet "
        "zonder."
    ) in words
    assert "Het eerste moet klaar zijn op 3 maart 2027 , het andere op 29 maart 2027 ." in words
    assert "Voor “Principle 1” is er nog geen afspraak." in words
    assert "Moskee El Houda en Basisschool De Brug hebben nog geen afspraak." in words
    assert "Op 4 plekken sluit het nog niet aan" in words
    assert "“Wij eten samen” kan pas als dit klaar is: “Het kerkgebouw is een huiskamer” ." in words
    assert "Wijkraad Oost wacht op Raad van Kerken ." in words
    assert not re.search(r"afspraak \d geen afspraak", words)
    assert words.count("De wijkraad zoekt tien gastvrouwen” , maar") == 1


@given(
    principles=st.integers(1, 20),
    partners=st.integers(1, 30),
    gaps=st.integers(0, 20),
    letters=st.integers(5, 400),
)
@settings(max_examples=40, deadline=None)
def test_a_large_coherence_picture_is_divided_in_pages_that_hold_everything_once(
    principles: int, partners: int, gaps: int, letters: int
) -> None:
    agreements = [
        ShownAgreement(number, ("Wij eten samen. " * 30)[:letters], None, False) for number in range(1, 21)
    ]
    found = _coherence(
        principles, partners, [Gap("no owner", agreement_number=place + 1) for place in range(gaps)]
    )

    pictures = coherence_pages(_room(), found, agreements)

    named = [
        (one.number, name) for picture in pictures for one in picture.principles for name, _ in one.partners
    ]
    assert named == [(row, name) for row, _ in found.principles for _, name in found.partners]
    assert sum(len(picture.sentences) for picture in pictures) == gaps
    assert all(len(picture.sentences) <= 2 for picture in pictures)


def test_a_declined_agenda_shows_no_name_and_no_pen() -> None:
    signatures = [
        PartnerSignature(1, "School", Answer.SIGNED, "Ada", [[1, 2, 3, 4]]),
        PartnerSignature(2, "Town", Answer.RESERVED, "Bert"),
        PartnerSignature(3, "Church", Answer.DECLINED, "Carla", [[1, 2, 3, 4]]),
        PartnerSignature(4, "Shops", None),
    ]

    screen = sign_screen(
        _room(), version=2, principles=5, agreements=1, signatures=signatures, new_partners={1}
    )

    words = _words(screen)
    assert "2 of 4 signed Alliance agenda, version 2 · 5 principles, 1 agreement" in words
    assert "Ada School Bert Town, with a reservation Church does not sign Not signed yet Shops" in words
    assert "Carla" not in words
    assert screen.html.count('class="pen"') == 1


def test_partners_whose_names_are_long_are_named_whole_beside_their_signature() -> None:
    name = "Samenwerkende ondernemersvereniging Merenveld-Oost en omstreken, afdeling binnenstad"
    signatures = [
        PartnerSignature(number, f"{name} {number}", Answer.SIGNED, "Maria van der Heijden", [[1, 2, 3, 4]])
        for number in range(1, 9)
    ]

    pages = _all_pages(
        lambda room: sign_screen(room, version=1, principles=1, agreements=1, signatures=signatures)
    )

    assert [[number for number in range(1, 9) if f"{name} {number}" in page] for page in pages] == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8],
    ]


def test_the_end_leads_to_the_document_only_when_there_is_one() -> None:
    values: dict[str, Any] = {
        "principles": 5,
        "agreements": 8,
        "without_owner": 0,
        "signatures": 6,
        "first_steps": 23,
        "next_meeting_on": date(2027, 2, 11),
    }

    before = end_screen(_room(), document_url=None, **values)
    after = end_screen(_room(), document_url="https://merenveld.example/d/x", **values)

    assert "The alliance agenda follows when signing is closed." in _words(before)
    assert "QR code: get the alliance agenda" not in before.html
    assert 'aria-label="QR code: get the alliance agenda"' in after.html
    assert after.html.count('class="qr-code"') == 1
    assert "8 agreements, each with an owner." in _words(after)
    assert "23 people wrote a first step We meet again on 11 February 2027" in _words(after)


def test_the_end_does_not_claim_owners_that_are_missing() -> None:
    screen = end_screen(
        _room(),
        principles=1,
        agreements=2,
        without_owner=1,
        signatures=0,
        document_url=None,
        first_steps=0,
        next_meeting_on=None,
    )

    assert "1 principle. 2 agreements." in _words(screen)


def test_progress_counts_what_is_done() -> None:
    agreements = [
        ShownAgreement(1, "We eat together.", "School", True, state=ProgressState.DONE),
        ShownAgreement(2, "We meet.", None, False, state=ProgressState.STUCK),
    ]

    words = _words(progress_screen(_room(), agreements))

    assert "1 of 2 done" in words
    assert "2 We meet. Who takes this on? stuck" in words


@pytest.mark.parametrize(
    "sentence", ["Wij koken.", ("Wij zoeken nog een kok. " * 16).strip(), "W" * 400, ("ሰላም " * 79).strip()]
)
@pytest.mark.parametrize("what", ["We eat together.", f"{LONG}." * 2, "M" * 400])
def test_one_agreement_alone_and_its_owners_words_are_whole(what: str, sentence: str) -> None:
    agreement = ShownAgreement(3, what, HOSTILE, True, date(2027, 5, 1), ProgressState.BUSY)

    pages = _all_pages(
        lambda room: one_agreement_screen(room, agreement, OwnWord(sentence, date(2027, 4, 1)), total=9)
    )

    assert sum(what in page for page in pages) == sum(f"“{sentence}”" in page for page in pages) == 1
    assert len(pages) <= 2


def test_an_alliances_colour_and_the_dark_room_come_with_the_screen() -> None:
    light = draft_screen(_room(accent="#003366"), proposals=[])
    dark = draft_screen(_room(accent="#003366", is_dark=True), proposals=[])

    assert 'data-mode="light"' in light.html and "--accent:#003366" in light.html
    assert 'data-mode="dark"' in dark.html and "--accent:#003366" not in dark.html


def test_a_screen_whose_link_ended_says_so_and_listens_no_longer() -> None:
    html = ended("nl")

    assert (
        _words(html)
        == "Dit scherm hoort niet meer bij een bijeenkomst. Vraag de begeleider om een nieuwe link."
    )
    assert "data-state" not in html


@pytest.mark.usefixtures("sqlite")
class TestTheEnd:
    """Once the meeting is over, the link that showed it shows the last thing, and follows nothing more."""

    @pytest.mark.parametrize("step", [Step.WELCOME, Step.PROGRESS])
    def test_the_last_screen_thanks_says_that_it_is_over_and_follows_nothing(self, step: Step) -> None:
        room = make_workshop(people=1, step=step)
        write(blank_projector, who=LEADER, workshop_id=room.workshop_id, is_blank=True)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

        with reading() as session:
            last = screen_now(
                session, room.workshop_id, own_address="http://192.168.1.20:8501", language="en", is_last=True
            )

        assert "Thank you" in _words(last) and "This meeting is over" in _words(last)
        assert room.code not in last.html and "data-state" not in last.html

    def test_an_evening_says_where_one_reads_who_chose_each_other_and_when_all_meet_again(self) -> None:
        room = make_held_evening()
        write(
            change_workshop,
            who=LEADER,
            workshop_id=room.workshop_id,
            venue="",
            held_on=date(2027, 3, 14),
            next_meeting_on=date(2027, 4, 11),
            needs_personal_code=False,
        )
        take_room(room, Step.END)
        before = _words(_now(room))
        write(end_meeting, who=LEADER, workshop_id=room.workshop_id)

        after = _words(_now(room))

        assert "Our bubbles touch each other" in before and "Did you choose" not in before
        assert "Thank you for this evening Did you choose each other? Your phone says so now." in after
        assert "We meet again on 11 April 2027" in after
        assert "This meeting is over" in after

    def test_where_too_few_chose_each_other_for_a_line_the_circles_show_who_met(self) -> None:
        example = load_evening("end")
        write(end_meeting, who=LEADER, workshop_id=example.workshop_id)
        with reading() as session:
            did = read_what_it_did(session, example.workshop_id)
        assert did.chosen is not None
        few = replace(did, chosen=replace(did.chosen, pairs={(0, 0): 5}))

        some, none = (_words(linked_screen(_room(), one, next_meeting="")) for one in (did, few))

        assert "So many pairs want to speak each other again" in some
        assert "So many pairs sat together at a table" in none and "want to speak" not in none


@pytest.mark.usefixtures("sqlite")
class TestTheRoomNow:
    """The screen follows the room's step, and reads only what may be shown."""

    def test_only_proposals_that_were_let_through_stand_on_the_wall(self) -> None:
        room = make_workshop(people=1, step=Step.DRAFT)
        make_proposal(room, text="Shown to all")
        make_proposal(room, text="Still waiting", is_shown=False)
        hidden = make_proposal(room, text="Hidden again")
        assert "Hidden again" in _words(_now(room))
        write(hide_proposal, who=LEADER, proposal_id=hidden, reason="unkind")

        words = _words(_now(room))

        assert "Shown to all" in words
        assert "Still waiting" not in words
        assert "Hidden again" not in words

    @pytest.mark.parametrize("step", [step.name for step in ALLIANCE.steps])
    def test_a_blank_projector_shows_nothing_of_the_room_but_how_to_come_in(self, step: Step) -> None:
        room = make_workshop(people=1, step=Step.DRAFT)
        make_proposal(room, text="Die ambtenaar is een ezel")
        take_room(room, step)
        before = _words(_now(room))
        write(blank_projector, who=LEADER, workshop_id=room.workshop_id, is_blank=True)

        blank = _words(_now(room))

        assert "For a moment we look at each other. Your phone keeps working." in blank
        assert "ezel" not in blank
        assert room.code in blank
        write(blank_projector, who=LEADER, workshop_id=room.workshop_id, is_blank=False)
        assert _words(_now(room)) == before

    def test_a_cancelled_round_shows_neither_its_text_nor_a_number(self) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        write(cancel_round, who=LEADER, round_id=vote.round_id)

        words = _words(_now(room))

        assert "This round was cancelled" in words
        assert "Principle 1." not in words

    def test_one_text_at_a_time_stands_alone_until_the_facilitator_shows_the_next(self) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=3, is_one_at_a_time=True)
        first = _words(_now(room))
        write(show_item, who=LEADER, round_id=vote.round_id, position=2)
        second = _words(_now(room))
        write(show_item, who=LEADER, round_id=vote.round_id, position=None)
        every = _words(_now(room))

        assert "Text 1 of 3. Principle 1." in first and "Principle 2." not in first
        assert "Text 2 of 3. Principle 2." in second and "Principle 1." not in second
        assert "1 Principle 1. 2 Principle 2. 3 Principle 3." in every

    def test_the_timer_comes_and_goes_with_the_facilitators_hand(self) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, minutes=5)
        running = _now(room)
        write(set_timer, who=LEADER, round_id=vote.round_id, minutes=None)
        away = _now(room)

        assert re.search(r"<b data-left>(5:00|4:\d\d)</b>", running.html)
        assert "data-ends" not in away.html

    @pytest.mark.parametrize("method", METHODS)
    def test_every_method_goes_from_the_vote_to_the_groups(self, method: str) -> None:
        terms: dict[str, dict[str, Any]] = {
            "consent": {},
            "gradients": {"rule": RuleKind.LEVEL, "level": "6", "tolerated": 1},
            "fist of five": {"rule": RuleKind.LEVEL, "level": "3", "tolerated": 0},
            "dots": {"rule": RuleKind.TOP, "top": 1, "budget": 3},
            "score": {"rule": RuleKind.SHARE_OF_VOTES, "share": 60},
            "statement": {"rule": RuleKind.EVERY_GROUP, "share": 60},
        }
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        vote = make_round(room, method=method, **terms[method])
        chosen = "2" if method == "dots" else description(method).choices[0].value
        cast_all(vote, [(person, chosen) for person in room.people])
        opened = _now(room)
        close_and_reveal(vote)
        revealed = _now(room)
        write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=1)
        groups = _now(room)

        assert vote_question(method, "en") in _words(opened)
        assert "Adopted" in _words(revealed) and revealed.pages == 2
        assert "Outcome by group" in _words(groups) and "Residents" in _words(groups)

    def test_nothing_of_the_outcome_is_told_before_the_reveal(self) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, principles=[make_principle(room, text="Everybody belongs.")])
        cast_all(vote, [(person, "objection") for person in room.people])
        opened = _now(room)
        write(close_round, who=LEADER, round_id=vote.round_id)
        closed = _now(room)
        write(reveal_round, who=LEADER, round_id=vote.round_id)

        assert "Everybody belongs. 6 of 6 people have voted" in _words(opened)
        assert "The round is closed." in _words(closed)
        assert "Not adopted yet: there are 6 objections." in _words(_now(room))
        for screen in (opened, closed):
            assert not re.search(r'class="(?:agree|concern|objection)"', screen.html)
            assert "objections." not in _words(screen)

    def test_how_the_support_moved_comes_up_with_the_second_revealed_round(self) -> None:
        room = make_workshop(people=6)
        principle = make_principle(room, text="Everybody belongs.")
        first = make_round(room, principles=[principle])
        cast_all(first, [(person, "objection") for person in room.people])
        close_and_reveal(first)
        once = _now(room)
        write(reword_principle, who=LEADER, principle_id=principle, text="Everybody joins.", why="clearer")
        second = make_round(room, principles=[principle])
        cast_all(second, [(person, "agree") for person in room.people])
        close(second)
        closed = _now(room)
        write(reveal_round, who=LEADER, round_id=second.round_id)
        write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=9)
        twice = _now(room)

        assert (once.pages, closed.pages, twice.pages) == (1, 1, 2)
        words = _words(twice)
        assert "How the support moved Everybody joins." in words
        assert "Round 1, version 1 · Agree or object (consent) 0% in favour not adopted" in words
        assert "Round 2, version 2 · Agree or object (consent) 100% in favour adopted" in words

    def test_a_round_that_was_never_revealed_is_not_told_among_the_rounds(self) -> None:
        room = make_workshop(people=6)
        principle = make_principle(room, text="Everybody belongs.")
        for choice in ("objection", "agree", "concern"):
            vote = make_round(room, principles=[principle])
            cast_all(vote, [(person, choice) for person in room.people])
            close(vote) if choice == "agree" else close_and_reveal(vote)
        write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=9)

        screen = _now(room)

        assert re.findall(r"Round (\d), version", _words(screen)) == ["1", "3"]
        assert "6 agree," not in screen.html

    def test_only_reasons_that_the_facilitator_shows_are_read_out_loud(self) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[2:]])
        cast(vote, room.people[0], "objection", reason="It takes too long.")
        cast(vote, room.people[1], "concern", reason="Who pays?")
        close_and_reveal(vote)
        with reading() as session:
            reasons = {
                reason.text: reason.id for reason in read_round(session, vote.round_id).items[0].reasons
            }
        assert set(reasons) == {"It takes too long.", "Who pays?"}
        assert "It takes too long." not in _words(_now(room))

        write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=[reasons["It takes too long."]])

        assert "It takes too long." in _words(_now(room))
        assert "Who pays?" not in _words(_now(room))

    def test_before_the_first_round_the_room_is_asked_to_keep_the_phone_at_hand(self) -> None:
        room = make_workshop(people=1, step=Step.VOTE)

        assert "Now we are going to vote" in _words(_now(room))
        make_principle(room, text="We eat together.")
        assert "Now we are going to vote We eat together." in _words(_now(room))

    def test_what_is_being_worded_and_how_many_wait_come_up_by_themselves(self) -> None:
        room = make_workshop(people=1, step=Step.DRAFT)
        make_proposal(room, text="Eating together", is_shown=False)
        hidden = make_proposal(room, text="Something unkind", is_shown=False)
        write(hide_proposal, who=LEADER, proposal_id=hidden, reason="unkind")
        assert "1 proposal came in" in _words(_now(room))

        make_principle(room, text="We eat together.")

        words = _words(_now(room))
        assert "Just worded We eat together." in words
        assert "1 proposal came in" in words
        assert "Eating together" not in words

    def test_only_agreements_that_are_shown_and_their_coherence_come_up(self) -> None:
        room = make_workshop(people=1, partners=["School"], step=Step.AGREE)
        shown = make_agreement(room, what="We eat together.", owner="School")
        make_agreement(room, what="We keep this to ourselves.", depends_on=[shown])
        write(show_agreements, who=LEADER, agreement_ids=[shown])

        pages = [_now(room)]
        for page in range(1, pages[0].pages):
            write(turn_wall, who=LEADER, workshop_id=room.workshop_id, page=page)
            pages.append(_now(room))

        words = " ".join(_words(page) for page in pages)
        assert "We eat together. School asked, not accepted yet" in words
        assert "We keep this to ourselves." not in words
        assert "Agreement 2" not in words
        assert "agreement 2" not in words

    def test_signatures_arrive_on_the_frozen_agenda(self) -> None:
        room = make_workshop(people=6, partners=["School", "Town"])
        make_adopted(room)
        take_room(room, Step.SIGN)
        assert "The alliance agenda is being written down." in _words(_now(room))
        agenda_id = make_agenda(room)
        write(
            answer_agenda,
            agenda_id=agenda_id,
            partner_id=room.partners["School"],
            answer=Answer.SIGNED,
            name="Ada",
            role="head",
            consent=CONSENT,
        )

        screen = _now(room, newcomers=lambda _wall, ids: frozenset(ids))

        assert "1 of 2 signed" in _words(screen)
        assert "Ada School" in _words(screen)
        assert screen.html.count(" new") == 1

    def test_the_end_counts_first_steps_and_never_tells_them(self) -> None:
        room = make_workshop(people=6)
        make_adopted(room)
        write(record_first_step, participant_id=room.people[0])
        take_room(room, Step.AGENDA)

        words = _words(_now(room))

        assert "Thank you 1 principle. 0 agreements." in words
        assert "1 person wrote a first step" in words

    def test_progress_is_read_from_the_agreements_that_the_room_has_seen(self) -> None:
        room = make_workshop(people=1, partners=["School"])
        made = make_agreement(room, what="We eat together.", owner="School")
        take_room(room, Step.PROGRESS)
        assert "We eat together." not in _words(_now(room))

        write(show_agreements, who=LEADER, agreement_ids=[made])

        assert "1 We eat together. School asked, not accepted yet to do" in _words(_now(room))

    def test_one_agreement_let_through_stands_alone_with_its_owners_own_words(self) -> None:
        room = make_workshop(people=1, partners=["School"])
        made = [make_agreement(room, what=f"We eat {place}.", owner="School") for place in ("in", "out")]
        write(show_agreements, who=LEADER, agreement_ids=made)
        write(accept_ownership, partner_id=room.partners["School"], agreement_id=made[1])
        write(
            report_progress,
            partner_id=room.partners["School"],
            agreement_id=made[1],
            state=ProgressState.STUCK,
            sentence="De sleutel is <b>zoek</b>.",
        )
        take_room(room, Step.PROGRESS)
        assert "De sleutel" not in _words(_now(room))

        write(show_agreement_alone, who=LEADER, workshop_id=room.workshop_id, number=2)

        words = _words(_now(room))
        assert "agreement 2 of 2" in words and "2 We eat out. School stuck “De sleutel is" in words
        assert "We eat in." not in words
        assert "<b>zoek" not in _now(room).html

    def test_what_was_noted_of_a_call_never_comes_on_the_screen(self) -> None:
        room = make_workshop(people=1, partners=["School"])
        made = make_agreement(room, owner="School")
        write(show_agreements, who=LEADER, agreement_ids=[made])
        take_room(room, Step.PROGRESS)
        write(note_call, who=LEADER, agreement_id=made, outcome=CallOutcome.DONE, sentence="Zij is ziek.")
        write(keep_contact, who=LEADER, partner_id=room.partners["School"], contact="06 00 00 01 23")

        overview = _now(room)
        write(show_agreement_alone, who=LEADER, workshop_id=room.workshop_id, number=1)
        alone = _now(room)

        assert "1 of 1 done" in _words(overview) and "done" in _words(alone)
        assert not any(
            word in shown.html for shown in (overview, alone) for word in ("ziek", "06 00", LEADER)
        )

    def test_while_no_address_was_chosen_the_screen_gives_its_own(self) -> None:
        room = make_workshop()

        screen = _now(room, language="nl")

        assert "10.0.0.5:8501" in _words(screen)
        assert "Welkom. Doe mee met uw telefoon." in _words(screen)

    def test_the_room_chooses_a_dark_screen(self) -> None:
        room = make_workshop()
        assert 'data-mode="light"' in _now(room).html

        write(set_projector_dark, who=LEADER, workshop_id=room.workshop_id, is_dark=True)

        assert 'data-mode="dark"' in _now(room).html

    def test_no_participants_name_is_projected(self) -> None:
        room = make_workshop(people={"Residents": 5})
        names = give_names(room)

        drawn = _words(_now(room))

        assert "participant" not in drawn.lower()
        assert not [name for name in names if name in drawn]
        assert "Residents 5" in drawn


@pytest.mark.usefixtures("database")
def test_a_screen_drawn_while_the_room_goes_on_never_passes_for_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page asks for a new screen until the state on it is what the news says."""
    sign_in_as("Iris", monkeypatch)
    built = make_workshop(people=12)
    app = opened("projector.py", workshop=built.code)
    number = 0

    def go_on(asked: int) -> None:
        if asked == number:
            take_room(built, Step.DRAFT)

    while True:
        number += 1
        take_room(built, Step.WELCOME)
        with questions_asked(just_before=go_on) as questions:
            drawn = _on_screen(app.run())
        if len(questions) < number:
            break
        new = _on_screen(app.run())
        if _state(drawn) == _state(new):
            assert _words(drawn) == _words(new), questions[number - 1]
    assert number > 5


@pytest.mark.usefixtures("database")
def test_who_left_after_voting_is_among_those_who_may_vote() -> None:
    built = make_workshop(people=8, step=Step.VOTE)
    vote = make_round(built)
    cast_all(vote, [(person, "agree") for person in built.people])
    for person in built.people[:3]:
        write(leave, participant_id=person)

    assert "8 of 8 people have voted" in re.sub(r"\s+", " ", _words(_now(built)))


def _on_screen(app: AppTest) -> str:
    """Return the HTML that the projector's page puts on the screen."""
    [screen] = [found for found in app.get("bidi_component") if found.key == "projector_screen"]
    return str(json.loads(screen.proto.json)["html"])


def _state(screen: str) -> str:
    found = re.search(r'data-state="([^"]*)"', screen)
    assert found is not None
    return found.group(1)


@pytest.mark.usefixtures("sqlite")
def test_the_wall_says_why_so_few_votes_have_no_outcome() -> None:
    built = make_workshop(people=3, step=Step.VOTE)
    vote = make_round(built)
    cast_all(vote, [(person, "agree") for person in built.people])
    close_and_reveal(vote)

    shown = _words(_now(built, language="nl"))

    assert "Niet besloten: minder dan vijf mensen stemden." in shown
    assert "Wij kunnen opnieuw stemmen, met naam." in shown


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("items", [1, 2])
def test_more_voices_than_heads_stand_beside_the_outcome_on_the_wall(items: int) -> None:
    built = make_workshop(people=12, step=Step.VOTE)
    write(count_heads, who=LEADER, workshop_id=built.workshop_id, heads=6)
    vote = make_round(built, items=items, voices_seen=12)
    for item in range(items):
        cast_all(vote, [(person, "agree") for person in built.people], item=item)
    write(close_and_reveal_at_once, who=LEADER, round_id=vote.round_id, voices_seen=12)

    assert "12 deelnemers, 6 mensen geteld." in _words(_now(built, language="nl"))
    assert LEADER not in _words(_now(built))


def test_the_control_words_stand_with_the_signatures_and_at_the_end_in_the_language_of_the_agenda() -> None:
    words = ControlWords(("appel", "rivier", "lantaarn", "winter", "kompas", "brood"), "nl")
    end = {"principles": 1, "agreements": 1, "without_owner": 0, "signatures": 0, "first_steps": 0}

    signing = sign_screen(_room(), version=1, principles=1, agreements=1, signatures=[], control_words=words)
    last = end_screen(_room(), document_url=None, next_meeting_on=None, control_words=words, **end)
    without = sign_screen(_room(), version=1, principles=1, agreements=1, signatures=[])

    for screen in (signing, last):
        assert "Control words appel rivier lantaarn winter kompas brood" in _words(screen)
        assert screen.html.count('<b lang="nl" translate="no">') == 6
    assert "Control words" not in without.html
