"""Look-alikes: believable Dutch proposals, told apart by hand, and what holds for any texts."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.drafting.likeness import ALIKE_FROM, _likeness_or_nothing, alike, likeness


@dataclass(frozen=True)
class Told:
    """Proposals of which somebody said which say the same: `alike` in lists, the others each by itself."""

    alike: list[list[str]]
    by_itself: list[str]

    def pairs(self) -> list[tuple[str, str, bool]]:
        """Return every pair, with whether it was told alike."""
        subjects = [*self.alike, *([text] for text in self.by_itself)]
        texts = [(text, subject) for subject, said in enumerate(subjects) for text in said]
        return [(one, other, a == b) for (one, a), (other, b) in combinations(texts, 2)]


CHOSEN_ON = Told(
    alike=[
        [
            "Gebouwen van de gemeente zijn ook ’s avonds open.",
            "Het buurthuis is ook ’s avonds open.",
            "Het buurthuis moet 's avonds open zijn",
            "Laat het gemeentehuis ook in de avond open.",
        ],
        [
            "Praat met ons en niet over ons.",
            "Niet over ons maar met ons praten",
            "Praat met mensen, niet over mensen.",
            "praat met ons, niet over ons!!",
        ],
        [
            "Brieven van de gemeente zijn te moeilijk. Schrijf zoals u praat.",
            "De gemeente schrijft moeilijke brieven.",
            "Brieven van de gemeente in gewone taal.",
            "Schrijf brieven in gewone taal",
        ],
        [
            "Iedereen hoort erbij, ook als u hier pas woont.",
            "Iedereen hoort erbij.",
            "Ook wie hier pas woont hoort erbij",
            "Iedereen telt mee en hoort erbij",
        ],
        [
            "Bij elke grote bijeenkomst hoort een tolk.",
            "Een tolk bij elke bijeenkomst.",
            "Zorg voor een tolk bij bijeenkomsten van de gemeente",
        ],
        [
            "Een plek in elke wijk waar u zonder afspraak naar binnen kunt.",
            "In elke wijk een plek waar je zo naar binnen kunt lopen",
            "In iedere wijk een plek waar je zonder afspraak binnen kunt lopen.",
        ],
        [
            "Samen eten werkt altijd. Zet de deuren open, ook voor wie nog niemand kent.",
            "Vaker samen eten in de wijk.",
            "Samen eten in de buurt",
            "Elke maand samen eten met de hele wijk",
        ],
        [
            "Laat jongeren meebeslissen, en geef hun ook geld om iets te beginnen.",
            "Jongeren beslissen mee.",
            "Laat jongeren meebeslissen",
            "Jongeren moeten kunnen meebeslissen over hun wijk",
        ],
        [
            "Zeg er iets van als iemand wordt uitgescholden. Stil zijn helpt niemand.",
            "Zeg er iets van als iemand gediscrimineerd wordt.",
            "Als iemand wordt uitgescholden zeggen wij er iets van",
        ],
        [
            "Help nieuwe buren om de taal te oefenen.",
            "Nieuwe bewoners helpen met de taal",
            "Help nieuwkomers met het oefenen van de taal.",
        ],
        [
            "De speeltuin moet veiliger",
            "De speeltuin is niet veilig",
            "Maak de speeltuin veilig voor kinderen.",
        ],
        ["Meer geld voor het wijkhuis", "Het wijkhuis krijgt meer geld."],
        ["Gratis sporten voor kinderen uit arme gezinnen", "Kinderen uit arme gezinnen sporten gratis."],
        [
            "Geen besluit over een groep zonder die groep aan tafel.",
            "Geen besluiten over een groep zonder dat die groep aan tafel zit",
            "Beslis nooit over een groep zonder die groep",
        ],
        ["Wij groeten elkaar op straat.", "Groet elkaar op straat!", "Elkaar groeten op straat"],
    ],
    by_itself=[
        "Wij zeggen eerlijk wat niet kan, en waarom.",
        "In elk bestuur horen mensen die zelf weten hoe het is om buitengesloten te zijn.",
        "De sportkantine staat overdag leeg. Gebruik die als huiskamer van de wijk.",
        "De bus moet ook op zondag rijden.",
        "De gemeente komt afspraken na.",
        "De gemeente luistert naar bewoners.",
        "De gemeente betaalt vrijwilligers een vergoeding.",
        "Geef vrouwen een eigen plek om te zwemmen.",
        "Kinderen leren op school over elkaars feesten.",
        "Respecteer elkaars geloof.",
        "Ouderen krijgen bezoek van buren.",
        "Er is een vast aanspreekpunt voor vragen over wonen.",
        "Nieuwe buren krijgen een welkomstpakket.",
        "Bewoners kiezen zelf de naam van het plein.",
        "Bij elk evenement is een rolstoelingang.",
        "Iedereen mag zichzelf zijn.",
        "Iedereen heeft recht op een woning.",
        "Een loket zonder nummertje en zonder afspraak.",
        "Open de kerk voor wie het koud heeft.",
        "Minder afval op straat.",
        "Elke wijk heeft een wijkagent die mensen kent.",
        "Gelijke kansen op een stage voor jongeren.",
        "Werkgevers kijken naar wat iemand kan.",
        "Ondernemers geven mensen met een beperking werk.",
        "Wij vieren samen Keti Koti en Koningsdag.",
        "Wij vieren samen het einde van de ramadan.",
        "Luister eerst, oordeel later.",
        "Begin elke vergadering met de vraag wie er niet aan tafel zit.",
        "Geef wie pas aankomt een maatje.",
        "Maak van het oude postkantoor een ontmoetingsplek.",
        "Plaats bankjes in het park.",
        "Meer groen in de wijk.",
        "Meer licht in het park.",
        "Meer sport in de wijk.",
    ],
)

NEW_ONES = Told(
    alike=[
        [
            "Er moeten meer betaalbare woningen komen voor jongeren.",
            "Meer betaalbare woningen voor starters",
            "Betaalbare huizen voor jongeren",
        ],
        [
            "Vier elkaars feestdagen.",
            "Wij vieren elkaars feesten mee.",
            "Laten we elkaars feestdagen samen vieren",
        ],
        [
            "Vrijwilligers verdienen waardering.",
            "Waardeer de vrijwilligers meer",
            "Meer waardering voor vrijwilligers",
        ],
        ["Een buurtapp waarin iedereen mee kan doen", "Maak een buurtapp voor iedereen in de straat"],
        [
            "Luister naar ouderen",
            "Naar ouderen wordt te weinig geluisterd",
            "De gemeente moet beter luisteren naar ouderen.",
        ],
        [
            "Geen discriminatie op de arbeidsmarkt",
            "Stop discriminatie bij sollicitaties",
            "Werkgevers discrimineren niet",
        ],
        [
            "Toegankelijke stoepen voor rolstoelen",
            "Stoepen zonder obstakels, ook voor een rolstoel of rollator.",
        ],
        [
            "De moskee en de kerk zetten hun deuren open.",
            "Open dag van kerk en moskee samen",
            "Kerken en moskeeën nodigen elkaar uit",
        ],
        ["Taalcafé in de bibliotheek", "Elke week een taalcafe in de bieb"],
        [
            "Wij vragen eerst aan bewoners wat zij willen.",
            "Vraag bewoners eerst wat ze willen",
            "Eerst vragen, dan pas plannen maken",
        ],
        ["Meer vrouwen in het bestuur", "In besturen zitten evenveel vrouwen als mannen"],
        ["Speel buiten: autovrije straat op zondag", "Een autovrije zondag in de straat"],
    ],
    by_itself=[
        "De bibliotheek is gratis voor iedereen.",
        "Jongeren krijgen een eigen ruimte in de bibliotheek.",
        "Maak de straat mooier met bloembakken.",
        "Op zondag is het te stil in het centrum.",
        "Ouderen en jongeren koken samen.",
        "De gemeente geeft elk jaar verslag van de afspraken.",
        "Elke straat heeft een contactpersoon.",
        "Wees aardig voor nieuwe mensen.",
        "Werkgevers bieden taalles op het werk.",
        "Kinderen leren zwemmen, ook zonder geld.",
        "Wij spreken Nederlands met elkaar.",
        "Wij spreken met elkaar af dat niemand alleen is met kerst.",
        "Vrijwilligers krijgen reiskosten.",
        "Bewoners krijgen een eigen budget per wijk.",
        "Eerlijke kansen voor iedereen.",
        "Iedereen voelt zich veilig op straat.",
        "Een veilige school voor elk kind.",
        "Geen kind zonder ontbijt naar school.",
        "Een huisarts die je taal spreekt.",
        "Elke school doet mee aan de buurtdag.",
    ],
)

LETTERS = st.text(alphabet="abcdé ’-!ABCDوЖ🫶", max_size=24)
TEXTS = st.one_of(LETTERS, st.sampled_from([text for said in CHOSEN_ON.alike for text in said]))


def found(told: Told) -> tuple[int, int, int]:
    """Return how many pairs are alike, how many of them are found, and how many others with them."""
    pairs = [(is_alike, likeness(one, other) >= ALIKE_FROM) for one, other, is_alike in told.pairs()]
    return (
        sum(is_alike for is_alike, _ in pairs),
        sum(is_alike and is_found for is_alike, is_found in pairs),
        sum(is_found and not is_alike for is_alike, is_found in pairs),
    )


def test_most_look_alikes_are_found_and_few_others() -> None:
    assert found(CHOSEN_ON) == (59, 50, 2)
    assert found(NEW_ONES) == (26, 19, 4)


def test_accents_capitals_and_signs_make_no_difference() -> None:
    written, typed = "Eén café in élke wijk, óók ’s avonds open!", "een cafe in elke wijk ook s avonds open"

    assert likeness(written, typed) == 100


def test_the_examples_of_the_meeting_are_offered_together() -> None:
    texts = [
        "Geen besluit over een groep zonder die groep aan tafel.",
        "Gebouwen van de gemeente zijn ook ’s avonds open.",
        "Het buurthuis is ook ’s avonds open.",
        "Wij zeggen eerlijk wat niet kan, en waarom.",
    ]

    assert alike(texts) == [[1, 2]]


def test_what_nobody_else_says_stands_in_no_group() -> None:
    assert alike(NEW_ONES.by_itself[:3]) == []
    assert alike([]) == []


def test_signs_and_small_words_alone_are_only_like_themselves() -> None:
    assert alike(["🫶🏽", "wat kan er niet?", "👍", "Wat kan er niet"]) == [[1, 3]]
    assert alike(["🫶🏽", "🫶🏽"]) == [[0, 1]]


def test_a_chain_of_neighbours_does_not_become_one_group() -> None:
    chain = ["een twee drie vier vijf", "drie vier vijf zes zeven", "vijf zes zeven acht negen"]
    chain += ["zeven acht negen tien elf", "negen tien elf twaalf dertien"]
    assert all(likeness(one, other) >= ALIKE_FROM for one, other in pairwise(chain))

    assert max(len(group) for group in alike(chain)) < len(chain)


def test_what_somebody_told_apart_stays_apart() -> None:
    texts = ["Samen eten in de wijk", "Samen eten in de buurt"]
    assert alike(texts) == [[0, 1]]

    assert alike(texts, apart=[(0, 1)]) == []
    assert alike([*texts, "Samen eten, in de wijk!"], apart=[(0, 1)]) == [[0, 2]]


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_both_ways_and_never_above_that_with_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


@given(TEXTS.filter(str.strip))
def test_every_text_is_like_itself(text: str) -> None:
    assert likeness(text, text) == 100
    assert alike([text, text]) == [[0, 1]]


@given(st.lists(TEXTS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_they_came_does_not_matter(texts: list[str], chance: object) -> None:
    turned = list(texts)
    chance.shuffle(turned)  # type: ignore[attr-defined]

    def said(proposals: list[str]) -> list[list[str]]:
        return sorted(sorted(proposals[place] for place in group) for group in alike(proposals))

    assert said(turned) == said(texts)


@given(st.lists(TEXTS, min_size=2, max_size=12), st.data())
def test_told_apart_holds_whatever_else_came_in(texts: list[str], data: st.DataObject) -> None:
    pairs = list(combinations(range(len(texts)), 2))
    apart = data.draw(st.lists(st.sampled_from(pairs), max_size=5))

    for group in alike(texts, apart):
        assert not set(combinations(group, 2)) & set(apart)


@given(st.lists(TEXTS, max_size=12))
def test_a_text_stands_in_one_group_at_most_with_another_that_is_alike(texts: list[str]) -> None:
    groups = alike(texts)

    places = [place for group in groups for place in group]
    assert len(places) == len(set(places))
    for group in groups:
        for place in group:
            assert any(
                likeness(texts[place], texts[other]) >= ALIKE_FROM for other in group if other != place
            )


def _believable(count: int) -> list[str]:
    """Return so many proposals of which some look alike, each a little different."""
    told = [text for said in [*CHOSEN_ON.alike, *NEW_ONES.alike] for text in said]
    return [
        f"{told[place % len(told)]} {told[place * 7 % len(told)][:20]} {place // len(told)}"
        for place in range(count)
    ]


def _from_one_phone(count: int) -> list[str]:
    """Return what somebody sends who wants the page to stand still: all share all their words but one."""
    return [
        f"Wij willen meer groen en een speeltuin voor alle kinderen, nummer {place}" for place in range(count)
    ]


def _compared(texts: list[str]) -> int:
    """Return how many pairs are measured to group `texts`, that were not before."""
    before = _likeness_or_nothing.cache_info().misses
    alike(texts)
    return _likeness_or_nothing.cache_info().misses - before


@pytest.mark.parametrize("make", [_believable, _from_one_phone])
def test_four_times_as_many_proposals_are_nowhere_near_sixteen_times_the_work(
    make: Callable[[int], list[str]],
) -> None:
    few, many = ([f"{text} {len(made)}" for text in made] for made in (make(500), make(2_000)))

    small, large = _compared(few), _compared(many)

    assert 0 < small < 500 * 100
    assert large < 6 * small


@pytest.mark.parametrize("make", [_believable, _from_one_phone])
def test_one_more_proposal_is_compared_with_some_and_those_not_with_each_other_again(
    make: Callable[[int], list[str]],
) -> None:
    texts = [f"{text} erbij" for text in make(2_001)]
    all_of_them = _compared(texts[:-1])

    one_more = _compared(texts)

    assert one_more < 400 < all_of_them / 20


def test_of_many_that_are_alike_none_is_forgotten() -> None:
    texts = _from_one_phone(300)

    assert alike(texts) == [list(range(300))]
    assert alike(texts, [(0, place) for place in range(1, 300)]) == [list(range(1, 300))]


def test_a_room_that_shrinks_or_another_room_gets_its_own_answer() -> None:
    texts = ["Samen eten in de wijk", "Samen eten in de buurt", "Samen eten in wijken"]

    assert alike(texts) == [[0, 1, 2]]
    assert alike(texts[:2]) == [[0, 1]]
    assert alike(["Gewone taal in brieven", *texts[1:]]) == [[1, 2]]
    assert alike([]) == []
    assert alike(texts) == [[0, 1, 2]]
