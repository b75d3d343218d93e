"""What people of the example municipality told for its startfoto: invented, in Dutch as one would note it. Only data.

A quote is the exact words of a note; `telling` are words in notes that may betray somebody, with what becomes of them.
"""

from dataclasses import dataclass, field

from models.basics.words import Consent, Effect, Side, SourceKind
from models.example.merenveld import BUSINESSES, COMMUNITIES, MUNICIPALITY, ORGANISATIONS, RESIDENTS

THEMES = (
    "Thuis voelen",
    "Meedoen",
    "Elkaar ontmoeten",
    "Veiligheid en discriminatie",
    "Gehoord worden",
    "Toegang tot hulp",
    "Werk en school",
    "Taal",
)
HOME, PART, MEET, SAFE, HEARD, HELP, WORK, LANGUAGE = THEMES
HELPS, HINDERS, BOTH = Effect.HELPS, Effect.HINDERS, Effect.BOTH


@dataclass(frozen=True)
class ExampleQuote:
    words: str
    themes: tuple[str, ...]
    effect: Effect
    consent: Consent | None = Consent.WITH_ROLE


@dataclass(frozen=True)
class ExampleInterview:
    """`days_ago` is when it was held. `telling` maps a word to the vaguer one, or to nothing where it is still open."""

    side: Side
    role: str
    days_ago: int
    note: str
    quotes: tuple[ExampleQuote, ...]
    telling: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ExampleDocument:
    kind: SourceKind
    side: str
    title: str
    reference: str
    findings: tuple[tuple[str, tuple[str, ...], Effect], ...]


@dataclass(frozen=True)
class ExampleConclusion:
    """`supporting` and `opposing` are the beginnings of findings."""

    text: str
    themes: tuple[str, ...]
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    sureness: str = ""
    opposite_sought: bool = False
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ExamplePoint:
    text: str
    who_could: str
    conclusions: tuple[int, ...]
    why_not_now: str = ""
    is_proposed: bool = False


INTERVIEWS = (
    ExampleInterview(
        Side.RESIDENTS,
        "woont hier elf jaar",
        64,
        "Wanneer voelde u zich hier thuis?\n\n"
        "Toen de buurvrouw met soep voor de deur stond, was dit ineens mijn straat. Dat was in het eerste jaar. "
        "Daarna werd het stiller. Op de Regenboogschool kende ik alleen moeders uit mijn eigen land.\n\n"
        "Wanneer had u hulp nodig van de gemeente?\n\n"
        "Ik kreeg een brief van vier bladzijden. Ik heb hem drie keer gelezen en toen weggelegd. Mijn zoon van elf "
        "heeft hem vertaald. Aan het loket praten ze harder als je het niet begrijpt. Alleen Samira tekent het dan "
        "voor mij. Dan snap ik het meteen.\n\n"
        "Wie luistert er naar u?\n\n"
        "Ik ben naar de wijkavond in De Zwaluw gegaan. Ik ga wel, maar ik zit aan de kant. Niemand vroeg mij iets.\n\n"
        "Wat zou u als eerste veranderen?\n\n"
        "Kortere brieven. En iemand bij de deur die vraagt: kan ik u helpen? Dat kost toch niets.",
        (
            ExampleQuote(
                "Toen de buurvrouw met soep voor de deur stond, was dit ineens mijn straat.",
                (HOME, MEET),
                HELPS,
            ),
            ExampleQuote("Ik heb hem drie keer gelezen en toen weggelegd.", (LANGUAGE, HELP), HINDERS),
            ExampleQuote(
                "Aan het loket praten ze harder als je het niet begrijpt. Alleen Samira tekent het dan voor mij.",
                (HELP, LANGUAGE),
                HINDERS,
            ),
            ExampleQuote("Ik ga wel, maar ik zit aan de kant.", (HEARD,), HINDERS, None),
        ),
    ),
    ExampleInterview(
        Side.RESIDENTS,
        "moeder van twee",
        61,
        "Wanneer voelde u zich hier thuis?\n\n"
        "In de speeltuin, omdat je daar vanzelf praat. Thuis is waar mijn kinderen vrienden hebben.\n\n"
        "Wanneer had u hulp nodig?\n\n"
        "Voor de toeslag. Ze praten harder, niet makkelijker. Bij het Taalhuis leggen ze het gewoon uit.\n\n"
        "Wat zou u veranderen?\n\nEen taalles op school, als de kinderen ook les hebben.",
        (
            ExampleQuote("In de speeltuin, omdat je daar vanzelf praat.", (MEET, HOME), HELPS),
            ExampleQuote("Ze praten harder, niet makkelijker.", (LANGUAGE, HELP), HINDERS),
            ExampleQuote(
                "Een taalles op school, als de kinderen ook les hebben.",
                (LANGUAGE, WORK),
                HELPS,
                Consent.WITHOUT_ATTRIBUTION,
            ),
        ),
        {"Taalhuis": "een taalpunt"},
    ),
    ExampleInterview(
        Side.RESIDENTS,
        "werkt in de zorg",
        58,
        "Over werk: ik heb drie diploma's, en ik maak kamers schoon. Mijn papieren tellen hier niet. "
        "Collega's zijn aardig, maar na het werk gaat ieder zijn eigen weg.\n\n"
        "Over veiligheid: in de bus schuiven mensen op als ik ga zitten. Dat zegt niemand, dat voel je. "
        "Mijn dochter zegt: mama, niet zo hard praten.",
        (
            ExampleQuote("ik heb drie diploma's, en ik maak kamers schoon", (WORK,), HINDERS),
            ExampleQuote(
                "in de bus schuiven mensen op als ik ga zitten", (SAFE,), HINDERS, Consent.WITHOUT_ATTRIBUTION
            ),
        ),
    ),
    ExampleInterview(
        Side.RESIDENTS,
        "gepensioneerd",
        55,
        "Ik woon hier vijftig jaar. Vroeger kende je iedereen. Nu zeg ik gedag en dan houdt het op. "
        "Ik wil best helpen met lezen, maar niemand vraagt het mij. Op de sportclub van mijn kleinzoon gaat het "
        "wel goed: daar moet je samen het veld krijten.",
        (
            ExampleQuote(
                "Ik wil best helpen met lezen, maar niemand vraagt het mij.", (PART, LANGUAGE), BOTH
            ),
            ExampleQuote("daar moet je samen het veld krijten", (MEET, PART), HELPS),
        ),
    ),
    ExampleInterview(
        Side.RESIDENTS,
        "zeventien jaar",
        49,
        "Op school zit alles door elkaar, in de pauze niet meer. Mijn vader is bang als ik laat thuis ben, ik niet. "
        "Wij hangen bij het station, want er is nergens anders plek. De wijkagent kent ons bij naam, dat is oké.",
        (
            ExampleQuote("Op school zit alles door elkaar, in de pauze niet meer.", (WORK, MEET), HINDERS),
            ExampleQuote("Mijn vader is bang als ik laat thuis ben, ik niet.", (SAFE,), BOTH),
        ),
    ),
    ExampleInterview(
        Side.COMMUNITIES,
        "bestuurslid van een moskee",
        52,
        "Wij organiseren al jaren een maaltijd voor de hele straat. De gemeente komt als er een fotograaf is. "
        "Gehoord worden is iets anders dan uitgenodigd worden. Onze vrijwilligers vertalen elke week brieven, "
        "aan de keukentafel.",
        (
            ExampleQuote("Gehoord worden is iets anders dan uitgenodigd worden.", (HEARD,), HINDERS),
            ExampleQuote(
                "Onze vrijwilligers vertalen elke week brieven, aan de keukentafel.", (LANGUAGE, PART), HELPS
            ),
        ),
    ),
    ExampleInterview(
        Side.COMMUNITIES,
        "voorzitter van een zondagsschool",
        47,
        "Onze ouders komen graag, als het in hun eigen zaal is. Naar het buurthuis gaan ze niet: daar moet je "
        "weten hoe het werkt. Eén keer samen koken met de buurt heeft meer gedaan dan tien brieven.",
        (
            ExampleQuote("daar moet je weten hoe het werkt", (PART, HOME), HINDERS),
            ExampleQuote(
                "Eén keer samen koken met de buurt heeft meer gedaan dan tien brieven.", (MEET,), HELPS
            ),
        ),
    ),
    ExampleInterview(
        Side.COMMUNITIES,
        "vrijwilliger",
        40,
        "Bij ons spreken mensen zes talen. Mehari tolkt voor iedereen, ook 's nachts, en hij wordt er moe van. "
        "Werk vinden lukt via via. Wie niemand kent, staat buiten.",
        (
            ExampleQuote("Wie niemand kent, staat buiten.", (WORK, PART), HINDERS),
            ExampleQuote("Mehari tolkt voor iedereen, ook 's nachts", (LANGUAGE,), BOTH),
        ),
        {"Mehari": "een jonge man"},
    ),
    ExampleInterview(
        Side.MUNICIPALITY,
        "medewerker loket",
        45,
        "Wij hebben tien minuten per gesprek. Wie om een tolk vraagt, krijgt er altijd een. Maar je moet weten dat je "
        "dat kunt vragen. De brieven komen uit een systeem, daar kunnen wij niets aan veranderen.",
        (
            ExampleQuote("Wie om een tolk vraagt, krijgt er altijd een.", (LANGUAGE, HELP), HELPS),
            ExampleQuote("Maar je moet weten dat je dat kunt vragen.", (HELP,), HINDERS),
        ),
    ),
    ExampleInterview(
        Side.MUNICIPALITY,
        "beleidsadviseur",
        43,
        "Wij halen veel op, en wij brengen weinig terug. Na een wijkavond hoort niemand wat ermee gebeurde. "
        "In het college is er aandacht voor, er is nog geen geld voor.",
        (
            ExampleQuote("Na een wijkavond hoort niemand wat ermee gebeurde.", (HEARD,), HINDERS),
            ExampleQuote("Wij halen veel op, en wij brengen weinig terug.", (HEARD, PART), HINDERS),
        ),
    ),
    ExampleInterview(
        Side.ORGANISATIONS,
        "coördinator taalpunt",
        38,
        "Wij zien dat mensen pas komen als een ander hen meeneemt. Een folder doet niets, een buurvrouw alles. "
        "Korte brieven schelen ons de helft van het werk.",
        (
            ExampleQuote("Een folder doet niets, een buurvrouw alles.", (MEET, LANGUAGE), HELPS),
            ExampleQuote("Korte brieven schelen ons de helft van het werk.", (LANGUAGE, HELP), HELPS),
        ),
    ),
    ExampleInterview(
        Side.ORGANISATIONS,
        "trainer van een sportclub",
        33,
        "Bij ons is iedereen welkom, zeggen wij. In het bestuur zit niemand met een andere achtergrond. Kinderen "
        "zoeken elkaar op, ouders blijven langs de lijn staan.",
        (
            ExampleQuote("In het bestuur zit niemand met een andere achtergrond.", (PART, HEARD), HINDERS),
            ExampleQuote("Kinderen zoeken elkaar op, ouders blijven langs de lijn staan.", (MEET,), BOTH),
        ),
    ),
)

DOCUMENTS = (
    ExampleDocument(
        SourceKind.LITERATURE,
        "",
        "Taal en toegang in kleine gemeenten",
        "Verkenning, 2024, blz. 12 tot 19",
        (
            ("Korte brieven geven minder fouten en minder telefoontjes.", (LANGUAGE, HELP), HELPS),
            ("Een vaste tolk aan de balie wordt weinig gebruikt als niemand ervan weet.", (LANGUAGE,), BOTH),
        ),
    ),
    ExampleDocument(
        SourceKind.LITERATURE,
        "",
        "Ontmoeten helpt als mensen samen iets doen",
        "Overzicht van onderzoek, 2022",
        (("Contact vermindert vooroordelen het meest bij een gedeelde taak.", (MEET,), HELPS),),
    ),
    ExampleDocument(
        SourceKind.FIGURES,
        Side.MUNICIPALITY,
        "Wijkcijfers 2025",
        "Afdeling onderzoek, peildatum 1 januari",
        (
            ("1 op de 6 brieven komt terug met een vraag.", (LANGUAGE, HELP), HINDERS),
            ("23 procent van de bewoners doet vrijwilligerswerk.", (PART,), HELPS),
            ("Van de bezoekers van wijkavonden is 1 op de 20 jonger dan dertig.", (HEARD,), HINDERS),
        ),
    ),
    ExampleDocument(
        SourceKind.OBSERVATION,
        Side.MUNICIPALITY,
        "Een ochtend aan het loket",
        "Gezien door de begeleider",
        (("In een uur liepen vier mensen weg zonder dat iemand hen aansprak.", (HELP,), HINDERS),),
    ),
)

CONCLUSIONS = (
    ExampleConclusion(
        "Wie nog Nederlands leert, krijgt aan het loket te weinig hulp in gewone taal.",
        (LANGUAGE, HELP),
        (
            "Ik heb hem drie keer gelezen",
            "Ze praten harder",
            "Korte brieven schelen",
            "1 op de 6 brieven",
            "Korte brieven geven",
        ),
        ("Wie om een tolk vraagt",),
        "Vrij zeker: bewoners, cijfers en literatuur zeggen hetzelfde.",
        answers={
            "methods": "Vijf gesprekken aan de keukentafel, één ochtend gekeken. Niemand is gevraagd via de gemeente.",
            "coherence": "Ja. Het loket zegt dat er een tolk is; bewoners weten dat niet.",
        },
    ),
    ExampleConclusion(
        "Mensen ontmoeten elkaar als zij samen iets doen, niet als zij worden uitgenodigd.",
        (MEET, PART),
        ("daar moet je samen het veld", "Eén keer samen koken", "Contact vermindert"),
        (),
        "Redelijk zeker. Over wie nooit komt, weten wij weinig.",
        opposite_sought=True,
    ),
    ExampleConclusion(
        "Wie op de wijkavond komt, krijgt niet vanzelf het woord.",
        (HEARD,),
        ("Gehoord worden is iets anders", "Na een wijkavond", "Van de bezoekers"),
    ),
    ExampleConclusion(
        "De sportclub is voor veel mensen de eerste plek.",
        (MEET, PART),
        ("daar moet je samen het veld",),
        ("In het bestuur zit niemand",),
    ),
    ExampleConclusion("Jongeren voelen zich veiliger dan hun ouders.", (SAFE,)),
)

POINTS = (
    ExamplePoint(
        "Aan het loket is elke dag iemand die gewone taal spreekt, en tekent waar dat helpt.",
        "gemeente, taalpunt",
        (1,),
    ),
    ExamplePoint(
        "Brieven die veel mensen krijgen, passen op één bladzijde.", "gemeente", (1,), is_proposed=True
    ),
    ExamplePoint("Elke wijkavond eindigt met wat er met de vorige gebeurde.", "gemeente, wijkraad", (3,)),
    ExamplePoint(
        "Een vaste tolk aan de balie.",
        "gemeente",
        (1,),
        why_not_now="De tolkentelefoon is er al, maar weinig mensen kennen hem.",
    ),
)


@dataclass(frozen=True)
class ExampleStatement:
    """`shares` is how many of a hundred of each group find the place inclusive by it: see `ANSWERING`."""

    theme: str
    text: str
    shares: tuple[int, ...]
    is_reversed: bool = False


# Who answers: each group with how many people, the last without one. Too few entrepreneurs for a row of their own.
ANSWERING: tuple[tuple[str | None, int], ...] = (
    (RESIDENTS, 118),
    (COMMUNITIES, 37),
    (ORGANISATIONS, 24),
    (MUNICIPALITY, 22),
    (BUSINESSES, 4),
    (None, 9),
)
ANSWERED_SO_FAR = 27
STATEMENTS = (
    ExampleStatement(HOME, "Ik voel mij thuis waar ik woon.", (71, 54, 75, 77, 75, 66)),
    ExampleStatement(HOME, "In mijn straat groeten mensen elkaar.", (64, 57, 71, 68, 50, 66)),
    ExampleStatement(PART, "Ik kan meedoen met wat hier wordt georganiseerd.", (52, 35, 67, 73, 50, 44)),
    ExampleStatement(
        PART, "Wat hier wordt georganiseerd, is voor mij te duur.", (49, 32, 63, 77, 75, 44), True
    ),
    ExampleStatement(
        MEET, "Ik spreek vaak mensen met een andere achtergrond dan ik.", (41, 62, 58, 50, 50, 44)
    ),
    ExampleStatement(SAFE, "Ik voel mij veilig in mijn buurt, ook 's avonds.", (55, 46, 58, 64, 50, 44)),
    ExampleStatement(
        SAFE, "Ik word hier minder goed behandeld om wie ik ben.", (63, 38, 67, 82, 75, 55), True
    ),
    ExampleStatement(HEARD, "Bij plannen voor mijn wijk telt mijn mening mee.", (34, 27, 46, 73, 25, 33)),
    ExampleStatement(HELP, "Als ik hulp nodig heb, krijg ik die.", (47, 35, 58, 77, 50, 44)),
    ExampleStatement(HELP, "Ik begrijp de brieven van de gemeente niet.", (42, 24, 58, 86, 50, 44), True),
    ExampleStatement(WORK, "Iedereen heeft hier een eerlijke kans op werk.", (45, 30, 50, 64, 50, 44)),
    ExampleStatement(LANGUAGE, "Ik word geholpen in een taal die ik begrijp.", (38, 22, 61, 86, 50, 44)),
)
DOTS_BY = 52
