"""Two invented mediations of the example: between two groups, and between residents and the municipality."""

from dataclasses import dataclass

from models.basics.words import Direction


@dataclass(frozen=True)
class ExampleParty:
    """A party, who speaks for it and who reads along, and what it writes; its first principle both parties find."""

    name: str
    kind: str
    people: tuple[str, ...]
    mandate: str
    stories: tuple[str, ...]
    principles: tuple[str, ...]


@dataclass(frozen=True)
class ExampleMediation:
    """Everything that is said in one."""

    direction: Direction
    mediator: str
    declaration: str
    note: str
    messages: tuple[str, str]
    parties: tuple[ExampleParty, ExampleParty]
    options: tuple[str, ...]
    agreements: tuple[tuple[str, int], ...]
    typing: str


HORIZONTAL = ExampleMediation(
    direction=Direction.HORIZONTAL,
    mediator="Farah el Idrissi",
    declaration="Ik hoor bij geen van de partijen. De woningcorporatie betaalt mij, en geeft mij geen opdracht.",
    note="Let op: wie begint, voelt zich gehoord. Donderdag eerst de buurtvrouwen.",
    messages=(
        "Dank dat u dit vertelt. Ik noem geen namen aan de andere groep.",
        "U zei dat het om de avonden gaat, niet om de jongens zelf. Klopt dat?",
    ),
    parties=(
        ExampleParty(
            name="Buurtvrouwen Merelhof",
            kind="group",
            people=("Zohra Amrani", "Tineke Bos"),
            mandate="group",
            stories=(
                "Na tienen durven wij niet meer langs het hof. Er werd gelachen toen mijn dochter langsliep.",
                "أريد أن أسلّم عليهم بأسمائهم، لا أن أخاف منهم.",
            ),
            principles=(
                "Wij groeten elkaar, ook als het laat is.",
                "Het hof is van iedereen die er woont.",
            ),
        ),
        ExampleParty(
            name="Jongeren van het hof",
            kind="group",
            people=("Younes Bakkali",),
            mandate="self",
            stories=(
                "Wij hebben nergens een plek. Elke keer belt iemand de politie, zonder iets te zeggen.",
            ),
            principles=("Zeg het tegen ons, voor u iemand belt.", "Wij mogen hier ook zijn."),
        ),
    ),
    options=("Een bank aan de andere kant van het hof.", "Elke maand samen thee, op een vaste avond."),
    agreements=(("Wij zeggen het eerst tegen elkaar.", 42), ("Na tien uur staat de muziek uit.", 91)),
    typing="Ik dacht nog aan wat u zei over die avond in mei",
)
VERTICAL = ExampleMediation(
    direction=Direction.VERTICAL,
    mediator="mr. Anneke Hoekstra",
    declaration="Ik hoor bij geen van de partijen. De gemeente betaalt mij, en geeft mij geen opdracht.",
    note="De brief van maart is het zere punt. Vraag naar de toon, niet naar de bomen.",
    messages=(
        "U zei dat de brief van maart u het meest raakte. Wilt u dat ik dat donderdag noem, of liever niet?",
        "Wat kunt u zelf toezeggen, en waarvoor moet u terug naar de wethouder?",
    ),
    parties=(
        ExampleParty(
            name="Bewonersgroep Lindelaan",
            kind="group",
            people=("Rinus Jansen", "Halima Çelik"),
            mandate="group",
            stories=(
                "In maart kregen wij een brief. Daarin stond dat de bomen weggaan. Niemand had ons iets gevraagd.",
                "Ik wil niet dat de hele straat weet dat ik hier zit.",
            ),
            principles=(
                "Wij horen iets voordat het vaststaat, niet erna.",
                "De straat is van de mensen die er wonen.",
            ),
        ),
        ExampleParty(
            name="Gemeente Merenveld",
            kind="municipality",
            people=("Marieke de Wit",),
            mandate="other",
            stories=("Wij hebben de brief te snel verstuurd. Dat zeggen wij niet graag hardop.",),
            principles=(
                "Een afspraak die niet lukt, zeggen wij zelf, en op tijd.",
                "Wij beslissen voor de hele stad, ook voor wie hier niet is.",
            ),
        ),
    ),
    options=(
        "Elke zes weken een half uur op de stoep.",
        "De brief van maart samen opnieuw schrijven.",
        "Eén nummer dat iemand opneemt.",
    ),
    agreements=(
        ("Wij bellen eerst, en schrijven daarna.", 42),
        ("Elke vraag krijgt binnen een week antwoord.", 91),
    ),
    typing="De wethouder wil graag weten hoe",
)
MEDIATIONS = (HORIZONTAL, VERTICAL)
