"""What the example municipality says: invented people, in Dutch as they would write it. Only data."""

from dataclasses import dataclass, field

from models.basics.words import Answer, PartnerKind, ProgressState

ALLIANCE_NAME = "Alliantie Samen Merenveld"
PLACE = "Merenveld"
PURPOSE = (
    "In Merenveld wonen mensen uit meer dan tachtig landen. Zij groeten elkaar wel, maar kennen elkaar "
    "weinig. Vandaag leggen wij samen vast waar wij voor staan, en vooral: wie wat doet om dat waar te maken."
)
CONTACT = "Annelies Dijkgraaf, telefoon 0900 0123, samen@merenveld.example"
TIME_ZONE = "Europe/Amsterdam"
VENUE = "Grote zaal, Het Veerhuis, Merenveld"

RESIDENTS = "Bewoners"
COMMUNITIES = "Gemeenschappen"
ORGANISATIONS = "Organisaties"
MUNICIPALITY = "Gemeente"
BUSINESSES = "Ondernemers"
GROUPS = [RESIDENTS, COMMUNITIES, ORGANISATIONS, MUNICIPALITY, BUSINESSES]


@dataclass(frozen=True)
class ExamplePartner:
    kind: PartnerKind
    name: str
    representative: str
    role: str
    group: str


GEMEENTE = "Gemeente Merenveld"
BUURTGENOTEN = "Stichting Buurtgenoten"
POLISH_SCHOOL = "Poolse School Jaskółka"
CHURCHES = "Raad van Kerken Merenveld"
EAST = "Wijkraad Oost"
SHOPKEEPERS = "Ondernemersvereniging Merenveld"
SYRIAN_HOUSE = "Syrisch Huis Merenveld"
ZOE = "Zoë Hermans"

PARTNERS = [
    ExamplePartner(PartnerKind.ORGANISATION, GEMEENTE, "Annelies Dijkgraaf", "wethouder", MUNICIPALITY),
    ExamplePartner(
        PartnerKind.ORGANISATION, BUURTGENOTEN, "Joël van der Meulen", "coördinator", ORGANISATIONS
    ),
    ExamplePartner(PartnerKind.COMMUNITY, POLISH_SCHOOL, "Małgorzata Wiśniewska", "voorzitter", COMMUNITIES),
    ExamplePartner(PartnerKind.COMMUNITY, CHURCHES, "Renée Bakhuis", "secretaris", COMMUNITIES),
    ExamplePartner(PartnerKind.COMMUNITY, EAST, "Şükrü Yıldız", "voorzitter", COMMUNITIES),
    ExamplePartner(PartnerKind.ORGANISATION, SHOPKEEPERS, "Cees Overduin", "bestuurslid", BUSINESSES),
    ExamplePartner(PartnerKind.COMMUNITY, SYRIAN_HOUSE, "Rīm al-Ḥaddād", "voorzitter", COMMUNITIES),
    ExamplePartner(PartnerKind.RESIDENT, ZOE, ZOE, "bewoner", RESIDENTS),
]

# Who comes beside the partners' eight: how many per group (None votes without a group), 52 in all.
GUESTS: list[tuple[str | None, int]] = [
    (RESIDENTS, 23),
    (COMMUNITIES, 9),
    (ORGANISATIONS, 8),
    (MUNICIPALITY, 6),
    (BUSINESSES, 2),
    (None, 4),
]

# Some give a name, most do not. The key counts the guests from 0, in the order of `GUESTS`.
GUEST_NAMES = {
    0: "Oğuz",
    2: "Thảo Nguyễn",
    5: "Łukasz",
    9: "Noëlle Verstraeten",
    14: "Gerrit-Jan",
    19: "Fatoumata",
    24: "أحمد",
    27: "Siân",
    33: "Jürgen Kramer",
    38: "Mariëlle",
    43: "Øystein",
    48: "Ineke",
}

HEADS_COUNTED = 61
# The round on what was worded anew goes by other ballots than the rest.
METHOD_OF_REWORDED, LEVEL_OF_REWORDED = "gradients", "6"


@dataclass(frozen=True)
class ExampleProposal:
    """`group` and `member` say who sends it: the member-th participant of that group, counted from 0."""

    text: str
    group: str | None
    member: int
    supporters: int
    is_shown: bool = True


EVERYONE_BELONGS = "Iedereen hoort erbij, ook als u hier pas woont."
LONG_PROPOSAL = (
    "Ik woon hier nu elf jaar en ik ken drie buren. Dat ligt niet aan de buren en ook niet aan mij. Wij "
    "hebben gewoon geen plek waar wij elkaar tegenkomen zonder dat het iets kost of dat je lid moet "
    "worden. Vroeger was er een buurthuis met koffie en een biljart. Nu is er een loket met een "
    "nummertje. Geef ons een ruimte, een sleutel en een ketel water; de rest doen wij zelf wel, dat "
    "beloof ik."
)

PROPOSALS = [
    ExampleProposal(EVERYONE_BELONGS, RESIDENTS, 1, 17),
    ExampleProposal(
        "Help nieuwe buren om de taal te oefenen. Niet alleen op school, maar gewoon in de straat.",
        COMMUNITIES,
        4,
        11,
    ),
    ExampleProposal("نريد أن نلتقي بجيراننا، لا أن تبقى كل جماعة وحدها. الشاي علينا.", COMMUNITIES, 6, 8),
    ExampleProposal(
        "Samen eten werkt altijd 🍲 Zet de deuren open, ook voor wie nog niemand kent 👩‍👩‍👦‍👦🫶🏽",
        RESIDENTS,
        3,
        14,
    ),
    ExampleProposal("Praat met ons en niet over ons.", COMMUNITIES, 5, 19),
    ExampleProposal(LONG_PROPOSAL, RESIDENTS, 7, 12),
    ExampleProposal("Brieven van de gemeente zijn te moeilijk. Schrijf zoals u praat.", RESIDENTS, 9, 15),
    ExampleProposal("Bij elke grote bijeenkomst hoort een tolk.", ORGANISATIONS, 2, 7),
    ExampleProposal("Een plek in elke wijk waar u zonder afspraak naar binnen kunt.", ORGANISATIONS, 4, 13),
    ExampleProposal(
        "De sportkantine staat overdag leeg. Gebruik die als huiskamer van de wijk.",
        BUSINESSES,
        1,
        0,
        is_shown=False,
    ),
    ExampleProposal(
        "Zeg er iets van als iemand wordt uitgescholden. Stil zijn helpt niemand.", MUNICIPALITY, 2, 16
    ),
    ExampleProposal(
        "In elk bestuur horen mensen die zelf weten hoe het is om buitengesloten te zijn.", None, 1, 6
    ),
    ExampleProposal(
        "De buurman van nummer 12 zegt nooit iets terug. Doe daar eens wat aan.", RESIDENTS, 12, 0
    ),
]
HIDDEN_PROPOSAL = 12
HIDDEN_BECAUSE = "Dit gaat over één persoon. Wilt u het opschrijven zonder dat men weet wie het is?"

TABLE = "Tafel 4"
TABLE_PROPOSAL = "Laat jongeren meebeslissen, en geef hun ook geld om iets te beginnen."
LATE_PROPOSAL = "Begin elke vergadering met de vraag wie er vandaag niet aan tafel zit."


@dataclass(frozen=True)
class ExampleBallots:
    """How the room votes on one text: places in the room, counted from 0, each with a reason or none."""

    concerns: dict[int, str] = field(default_factory=dict)
    objections: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ExamplePrinciple:
    """`sources` counts the proposals from 0. `reworded` and `why` make a second version, if any."""

    text: str
    sources: list[int]
    ballots: ExampleBallots
    reworded: str = ""
    why: str = ""
    ballots_on_reworded: ExampleBallots = field(default_factory=ExampleBallots)


EVERY_FOURTH_OBJECTS = {place: "" for place in range(1, 60, 4)} | {
    5: "Onze club is al blij als er drie mensen in het bestuur willen.",
    13: "Zo wordt iemand gekozen om wat hij heeft meegemaakt, en niet om wat hij kan.",
    29: "Een vast getal werkt niet voor kleine verenigingen.",
}

PRINCIPLES = [
    ExamplePrinciple(
        "Iedereen in Merenveld hoort erbij, ook wie hier pas woont of de taal nog leert.",
        [0, 1, 2],
        ExampleBallots(concerns={17: "Erbij horen vraagt ook iets van wie er pas is."}),
    ),
    ExamplePrinciple(
        "Wij praten met mensen en niet over mensen: wie het aangaat, zit vanaf het begin aan tafel.",
        [4],
        ExampleBallots(
            concerns={
                11: "Overdag vergaderen sluit mensen met een baan uit. Kies ook avonden.",
                26: "",
                34: "Betaal mensen dan ook voor hun tijd.",
            }
        ),
    ),
    ExamplePrinciple(
        "Alle bijeenkomsten en brieven zijn in gewone taal, en er is altijd een tolk.",
        [6, 7],
        ExampleBallots(
            concerns={12: "Welke taal dan? Wij spreken er in onze straat al negen."},
            objections={
                5: "Een kleine vereniging kan niet bij elke avond een tolk betalen.",
                30: "Altijd een tolk is niet vol te houden. Dan gaan bijeenkomsten niet door.",
            },
        ),
        reworded=(
            "Wij schrijven en spreken in gewone taal. Wie een tolk nodig heeft, krijgt er een, "
            "en de partners delen de kosten."
        ),
        why="Niet altijd een tolk, maar als iemand er een nodig heeft. De kosten worden gedeeld.",
        ballots_on_reworded=ExampleBallots(concerns={5: "Spreek wel af hoe wij de kosten delen."}),
    ),
    ExamplePrinciple(
        "In elke wijk is een plek waar u zonder afspraak en zonder te betalen naar binnen kunt.",
        [3, 5, 8],
        ExampleBallots(
            concerns={22: "Wie houdt het schoon?", 40: ""},
            objections={8: "Zonder vaste beheerder wordt zo'n plek een hangplek."},
        ),
    ),
    ExamplePrinciple(
        "Wij spreken elkaar aan op uitsluiting en discriminatie, ook als dat ongemakkelijk is, "
        "en wij luisteren naar wie het meemaakt.",
        [10],
        ExampleBallots(
            concerns={3: "Doe het wel met respect, anders sluit u weer iemand uit.", 19: "", 44: ""},
        ),
    ),
    ExamplePrinciple(
        "Een kwart van elk bestuur bestaat voortaan uit mensen die zelf weten hoe het is "
        "om buitengesloten te zijn.",
        [11],
        ExampleBallots(
            concerns={2: "Goed idee, maar geef ons er twee jaar voor."}, objections=EVERY_FOURTH_OBJECTS
        ),
    ),
]


@dataclass(frozen=True)
class ExampleAgreement:
    """`due_in` counts days from today. `principles` and `depends_on` are numbers, as people read them."""

    what: str
    first_step: str
    due_in: int | None
    measure: str
    owner: str | None
    principles: list[int]
    depends_on: list[int] = field(default_factory=list)
    supporters: list[str] = field(default_factory=list)
    is_accepted: bool = True


AGREEMENTS = [
    ExampleAgreement(
        "Elke eerste zondag van de maand eten bewoners samen in de kantine van de sportclub.",
        "Zoë vraagt de sportclub om de sleutel en maakt een lijst van koks.",
        45,
        "Na drie keer was er elke keer iemand bij die nog niet eerder kwam.",
        ZOE,
        [1, 4],
        supporters=[POLISH_SCHOOL, EAST],
    ),
    ExampleAgreement(
        "De gemeente herschrijft de twintig brieven die het meest worden verstuurd, "
        "samen met een panel van bewoners.",
        "De gemeente kiest de twintig brieven en nodigt tien bewoners uit.",
        120,
        "Negen van de tien lezers van het panel begrijpen de nieuwe brief in één keer.",
        GEMEENTE,
        [2, 3],
        supporters=[BUURTGENOTEN],
    ),
    ExampleAgreement(
        "Er komt een lijst van tolken en vrijwilligers die kunnen vertalen. "
        "Alle partners mogen die gebruiken.",
        "Małgorzata vraagt alle partners wie welke taal spreekt.",
        60,
        "Er staan mensen voor ten minste twaalf talen op de lijst.",
        POLISH_SCHOOL,
        [3],
        supporters=[CHURCHES],
    ),
    ExampleAgreement(
        "De wijkraad zoekt tien gastheren en gastvrouwen voor de huiskamer.",
        "Een oproep in de wijkkrant, in vijf talen.",
        50,
        "Tien mensen staan op het rooster.",
        EAST,
        [4],
        supporters=[ZOE],
    ),
    ExampleAgreement(
        "Het kerkgebouw aan de Veerkade is op dinsdag en donderdag een huiskamer "
        "waar iedereen kan binnenlopen.",
        "Renée bespreekt met de beheerder welke zaal vrij is.",
        75,
        "Er komen gemiddeld twintig mensen per dag, uit ten minste drie groepen.",
        CHURCHES,
        [1, 4],
        depends_on=[4],
        supporters=[EAST],
    ),
    ExampleAgreement(
        "Winkeliers krijgen een korte training: wat doet u als u ziet dat iemand wordt buitengesloten?",
        "Een datum kiezen met tien winkeliers die als eerste meedoen.",
        150,
        "Na een half jaar hebben veertig winkeliers de training gevolgd.",
        SHOPKEEPERS,
        [5],
        is_accepted=False,
    ),
    ExampleAgreement(
        "Er komt één plek om uitsluiting te melden, ook zonder naam en in de eigen taal.",
        "De gemeente en Buurtgenoten schrijven samen op hoe een melding verder gaat.",
        165,
        "In het eerste jaar weet de helft van de bewoners waar zij kunnen melden.",
        GEMEENTE,
        [5],
        depends_on=[3],
        supporters=[BUURTGENOTEN],
    ),
    ExampleAgreement(
        "Elk half jaar bespreken alle partners wat er is gemeld over uitsluiting, en wat ermee is gedaan.",
        "Joël zoekt een datum en maakt een veilige opzet voor het gesprek.",
        210,
        "Van elke melding staat op papier wat ermee is gedaan.",
        BUURTGENOTEN,
        [2, 5],
        depends_on=[7],
        supporters=[GEMEENTE, CHURCHES],
    ),
    ExampleAgreement(
        "Jongeren krijgen een eigen budget om iets voor hun wijk te beginnen.",
        "",
        240,
        "",
        None,
        [2],
    ),
]

AGREEMENT_PROPOSALS = [
    ExampleProposal("Geef jongeren een eigen budget om iets te beginnen.", RESIDENTS, 15, 0),
    ExampleProposal(
        "Ik wil elke week een wandeling leiden voor nieuwe buren.", RESIDENTS, 17, 0, is_shown=False
    ),
]
AGREEMENT_FROM_PROPOSAL = 8

CONSENT = (
    "Ik heb deze tekst gelezen. Met mijn naam verbind ik mijzelf, of de organisatie of gemeenschap "
    "waarvoor ik teken, aan de afspraken die daar bij ons staan."
)


@dataclass(frozen=True)
class ExampleSignature:
    partner: str
    answer: Answer
    reservation: str = ""
    is_drawn: bool = False
    witness: str = ""


# The first five stand when the room is at signing; the Raad van Kerken has not answered when signing closes.
SIGNATURES = [
    ExampleSignature(BUURTGENOTEN, Answer.SIGNED, is_drawn=True),
    ExampleSignature(POLISH_SCHOOL, Answer.SIGNED, is_drawn=True),
    ExampleSignature(
        GEMEENTE, Answer.RESERVED, "Onder voorbehoud van besluit door bestuur of college.", is_drawn=True
    ),
    ExampleSignature(EAST, Answer.SIGNED),
    ExampleSignature(SHOPKEEPERS, Answer.DECLINED),
    ExampleSignature(ZOE, Answer.SIGNED, is_drawn=True, witness="Joël van der Meulen"),
    ExampleSignature(SYRIAN_HOUSE, Answer.SIGNED),
]
ANSWERS_WHILE_SIGNING = 5


@dataclass(frozen=True)
class ExampleReport:
    """How an agreement goes, in its owner's own words, so many days before today."""

    state: ProgressState
    sentence: str
    days_ago: int


# The example is looked at this long after its meeting, when it is at progress: one agreement is late by then.
MEETING_WAS_DAYS_AGO = 62

# By the agreement's number. Nobody has heard of 6 and 7 yet.
PROGRESS = {
    1: ExampleReport(
        ProgressState.BUSY, "De eerste keer waren wij met 34. De kok van de tweede keer is gevonden.", 39
    ),
    2: ExampleReport(
        ProgressState.STUCK, "Het panel is er, maar de leverancier past de brieven pas na de zomer aan.", 13
    ),
    3: ExampleReport(ProgressState.DONE, "De lijst telt 23 mensen en 14 talen.", 4),
    4: ExampleReport(ProgressState.DONE, "Elf mensen op het rooster, uit vijf landen.", 14),
    5: ExampleReport(
        ProgressState.BUSY, "De dinsdag loopt. Voor de donderdag zoeken wij nog een gastvrouw.", 6
    ),
    8: ExampleReport(ProgressState.TO_DO, "Wij beginnen als het plan voor het gesprek er ligt.", 23),
}

# How who leads reaches some of the partners.
CONTACTS = {
    SHOPKEEPERS: "06 00 00 01 23",
    ZOE: "06 00 00 04 56",
    GEMEENTE: "samen@merenveld.example",
}

# A call about this agreement that nobody answered.
CALLED, CALL = 6, "Voicemail ingesproken. Ik bel vrijdag nog eens."
CALLED_DAYS_AGO = 3
