"""Which words may tell who somebody is: names as people say them, and details that betray as much."""

import pytest

from models.baseline.telling import Telling, parts_of_names, telling_words, unanswered, within

# Invented people, as they are spoken of in notes of interviews in a Dutch town.
PLANTED = [
    # Dutch
    ("Jan de Vries", "Toen belde Jan de Vries van het wijkteam."),
    ("Marieke", "Marieke doet altijd open, ook op zondag."),
    ("Geert-Jan", "Volgens Geert-Jan was er geen geld meer."),
    ("Van der Heijden", "Van der Heijden zei dat het niet kon."),
    ("J. Bakker", "De brief kwam van J. Bakker, zonder nummer erbij."),
    ("K.", "Met K. praat ik daar niet meer over."),
    ("IJsbrand", "IJsbrand van hiernaast heeft het gezien."),
    ("d’Hondt", "Mevrouw d’Hondt vertaalt de brieven voor de hele straat."),
    ("Truus", "Dat weet iedereen, zei Truus."),
    ("Wouter Koning", "Wouter Koning stond er ook bij."),
    # Moroccan
    ("Fatima El Amrani", "Zonder Fatima El Amrani was ik nooit gegaan."),
    ("Mohamed", "Mohamed helpt mij met de formulieren."),
    ("Oussama Bouzid", "Op het plein was het Oussama Bouzid die begon."),
    ("Naïma", "Naïma is gestopt met de taalles."),
    ("Abdelhak", "Mijn broer Abdelhak mocht niet mee."),
    ("Ben Haddou", "Ben Haddou wacht al drie jaar."),
    ("fatiha", "zonder hoofdletters getypt: fatiha van de moskee kookt"),
    ("سميرة", "Mijn dochter heet سميرة en zit in groep acht."),
    # Turkish
    ("Ayşe Yılmaz", "Alleen Ayşe Yılmaz begreep wat ik bedoelde."),
    ("Şerife", "Şerife had daar veel last van."),
    ("İbrahim", "Toen kwam İbrahim thuis."),
    ("Gülsüm", "“Dat is niet eerlijk,” zei Gülsüm."),
    ("Öztürk", "Bij meneer Öztürk in de winkel hangt het nu."),
    ("Çağla", "Çağla vertelde dat op school."),
    ("M. Kaya", "Ik heb het M. Kaya gevraagd, van de balie."),
    ("Hüseyin", "Hüseyin’s moeder kan niet lezen."),
    # Vietnamese
    ("Nguyễn Thị Hương", "Mijn buurvrouw Nguyễn Thị Hương kent alle winkels."),
    ("Trần Văn Đức", "De voorzitter is Trần Văn Đức."),
    ("Linh", "Linh wilde liever niet praten."),
    ("Phương", "Bij Phương thuis wordt er niet over gesproken."),
    ("Thuỳ", "Thuỳ gaat elke dinsdag."),
    ("Bùi", "De nagelstudio van Bùi is dicht."),
    # Eritrean
    ("Yonas", "Yonas is de enige die ons belde."),
    ("Freweini Tesfay", "Ik ben daar met Freweini Tesfay geweest."),
    ("Mehari", "Mehari sprak toen nog geen Nederlands."),
    ("Selam Ghebremedhin", "Selam Ghebremedhin is tolk geweest."),
    ("Abraham K.", "Met Abraham K. van de kerk ging het mis."),
    ("ዮናስ", "Hij schreef zijn naam als ዮናስ op de lijst."),
    # As somebody sums it up in own words
    ("Samira", "Bewoner wordt alleen door Samira van het loket geholpen."),
    ("T. Bos", "Klacht over T. Bos is niet beantwoord."),
]


def _found(text: str) -> list[str]:
    return [hint.word for hint in telling_words(text)]


def test_of_forty_planted_names_at_least_thirty_eight_are_pointed_at() -> None:
    missed = [name for name, sentence in PLANTED if not any(name in found for found in _found(sentence))]

    assert len(PLANTED) == 40
    assert all(name in sentence for name, sentence in PLANTED)
    assert len(missed) <= 2, missed


def test_what_people_say_without_a_name_asks_nothing() -> None:
    said = """
Toen de buurvrouw met soep voor de deur stond, was dit ineens mijn straat. Dat was in het eerste jaar.
Ik kreeg een brief van vier bladzijden. Mijn zoon van elf heeft hem vertaald. Daarna werd het stiller.
Kortere brieven. En iemand bij de deur die vraagt: kan ik u helpen? Dat kost toch niets.
Wachten duurt lang. Vrijwilligers doen alles. Je moet het zelf weten. Mensen kijken je aan.
In 2024-2025 waren er 12.500 brieven, op 3-5-2025 nog 140. Op maandag is het loket dicht.
Wie nog Nederlands leert, krijgt weinig hulp in gewone taal. De GGD kwam in maart langs.
“Ik ga wel, maar ik zit aan de kant,” zei hij. Niemand vroeg mij iets. ALLES MOET ANDERS.
De huisarts, het wijkteam en de school weten het niet van elkaar. Gelukkig is er koffie.
Gehoord worden is iets anders. Eén keer koken.
Nobody asked me anything. The letters are too long. Then I went home, because I was tired.
"""

    assert _found(said) == []


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Bel haar op 06-12 34 56 78, dat mag.", "06-12 34 56 78", Telling.TELEPHONE),
        ("Bel +31 70 123 45 67 na vijven.", "+31 70 123 45 67", Telling.TELEPHONE),
        ("Mail naar s.bakker@merenveld.example als het kan.", "s.bakker@merenveld.example", Telling.EMAIL),
        ("Zij woont op 1234 AB, boven.", "1234 AB", Telling.POSTCODE),
        ("Het was in de Lange Kerkstraat 12a, op de hoek.", "Lange Kerkstraat 12a", Telling.STREET),
        ("het was in de kerkstraat 12, op de hoek", "kerkstraat 12", Telling.STREET),
        ("Mijn nummer is 123456782, al jaren.", "123456782", Telling.NUMBER),
        ("Zij heet @zoe_draait online.", "@zoe_draait", Telling.LINK),
        ("Kijk op https://merenveld.example/zoe maar eens.", "https://merenveld.example/zoe", Telling.LINK),
        ("Op de Regenboogschool kende ik niemand.", "Regenboogschool", Telling.NAME),
        ("De naam سميرة حسن staat op de lijst.", "سميرة حسن", Telling.WRITING),
    ],
)
def test_details_betray_as_much_as_names(text: str, word: str, kind: Telling) -> None:
    assert [(hint.word, hint.kind) for hint in telling_words(text)] == [(word, kind)]


@pytest.mark.parametrize(
    "said",
    [
        "Wij hebben vier minuten per bezoeker. Daarin kan ik niets uitleggen.",
        "Eenzame mensen bellen niet. Hiervoor is geen tijd. Waarvan leeft zo iemand?",
        "Contributie is te duur. Ermee stoppen kan niet. Overdag is er niemand.",
        "Van de 4.100 telefoontjes gaan er 1.480 over een brief. Van wie niet belt, weten wij niets.",
        "Ruim 60 mensen wachten. Huishoudens met kinderen wachten langer. Driekwart zegt niets.",
    ],
)
def test_ordinary_words_that_begin_a_sentence_ask_nothing(said: str) -> None:
    assert telling_words(said) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("Van der Meulen schreef het op.", "Van der Meulen"), ("Toen kwam Van niet meer.", "Van")],
)
def test_van_is_still_a_name_where_it_belongs_to_one(text: str, word: str) -> None:
    assert _found(text) == [word]


def test_a_hint_says_where_its_word_stands() -> None:
    text = "Alleen Samira tekent het. Öznur niet."

    for hint in telling_words(text):
        assert text[hint.starts : hint.ends] == hint.word
    assert _found(text) == ["Samira", "Öznur"]


def test_names_that_we_know_are_pointed_at_without_capitals_too() -> None:
    names = parts_of_names(["Roos van de Ven", "Stichting De Zwaluw"])

    found = [hint.word for hint in telling_words("met roos van zwaluw is het goed", names=names)]

    assert found == ["roos van zwaluw"]


def test_the_place_where_everybody_lives_tells_nothing() -> None:
    found = telling_words("Hier in Merenveld kent Samira iedereen.", plain=frozenset({"merenveld"}))

    assert [hint.word for hint in found] == ["Samira"]


def test_each_word_is_answered_once() -> None:
    hints = telling_words("Alleen Samira tekent. Zonder Samira en Yonas lukt het niet.")

    assert [hint.word for hint in unanswered(hints, ["samira"])] == ["Yonas"]


def test_a_name_that_a_quote_cuts_in_two_is_pointed_at_as_far_as_it_stands_in_it() -> None:
    text = "Toen kwam Fatima El Amrani binnen."
    starts = text.index("El Amrani")

    (hint,) = within(telling_words(text), starts, len(text))

    assert (hint.word, hint.starts) == ("El Amrani", 0)


def test_forty_thousand_letters_are_read_at_once() -> None:
    text = ("Aan het loket praten ze harder. Alleen Samira tekent het dan voor mij. " * 700)[:40_000]

    assert {hint.word for hint in telling_words(text)} == {"Samira"}
