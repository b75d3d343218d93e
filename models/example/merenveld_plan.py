"""What the example municipality plans, and who matters there: invented, in Dutch as one would write it. Only data."""

from dataclasses import dataclass

from models.basics.words import Attitude, BuildingBlock, StakeholderKind
from models.example.merenveld import EAST, GEMEENTE, POLISH_SCHOOL, SYRIAN_HOUSE

DYNAMICS = (
    "De basisschool in Oost ging dicht, en daarmee de plek waar ouders elkaar zagen. Twee gemeenschappen koken al "
    "samen in het kerkgebouw aan de Veerkade. De gemeente kreeg vorig jaar klachten over brieven die niemand begrijpt."
)


@dataclass(frozen=True)
class ExamplePlanned:
    """`months` are the first and the last, counted from that of the alliance's meeting; `is_needed` False says so."""

    block: BuildingBlock
    why: str
    others: str
    known_first: str
    months: tuple[int, int] | None = None
    partners: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    is_needed: bool = True


YOUTH, NEWCOMERS = "Jongeren Oost", "Nieuwe bewoners"

PLANNED = (
    ExamplePlanned(
        BuildingBlock.BASELINE,
        "Wij willen eerst weten hoe nieuwe en oude bewoners hun wijk ervaren.",
        "bewoners, drie gemeenschappen",
        "Wie spreken wij niet vanzelf?",
        (-8, -6),
        partners=(GEMEENTE,),
        stakeholders=(YOUTH,),
    ),
    ExamplePlanned(
        BuildingBlock.ENCOUNTERS,
        "Bewoners kennen hun straat, maar niet hun wijk.",
        "sportclub, bibliotheek",
        "Welke zaal is voor iedereen gewoon?",
        (3, 5),
        partners=(EAST, SYRIAN_HOUSE),
        stakeholders=(YOUTH, NEWCOMERS),
    ),
    ExamplePlanned(
        BuildingBlock.ALLIANCE,
        "Er gebeurt al veel, maar los van elkaar. Afspraken in samenhang ontbreken.",
        "zestig bewoners",
        "Wie mag namens een gemeenschap tekenen?",
        (0, 0),
        partners=(GEMEENTE, POLISH_SCHOOL, EAST, SYRIAN_HOUSE),
    ),
    ExamplePlanned(
        BuildingBlock.MEDIATION,
        "Er is nu geen spanning die vastzit.",
        "",
        "Wie is voor iedereen onafhankelijk?",
        is_needed=False,
    ),
)


@dataclass(frozen=True)
class ExampleStakeholder:
    name: str
    kind: StakeholderKind
    influence: int
    touched: int
    attitude: Attitude
    contact_by: str = ""


STAKEHOLDERS = (
    ExampleStakeholder(
        "Gemeenschap aan de Veerkade", StakeholderKind.COMMUNITY, 2, 5, Attitude.CARRIES, "Iris"
    ),
    ExampleStakeholder(YOUTH, StakeholderKind.RESIDENTS, 1, 5, Attitude.WAITS),
    ExampleStakeholder("Poolse School Jaskółka", StakeholderKind.COMMUNITY, 2, 4, Attitude.CARRIES, "Iris"),
    ExampleStakeholder(NEWCOMERS, StakeholderKind.RESIDENTS, 1, 4, Attitude.WAITS),
    ExampleStakeholder("Wethouder", StakeholderKind.MUNICIPALITY, 5, 2, Attitude.CARRIES, "Iris"),
    ExampleStakeholder("Team dienstverlening", StakeholderKind.MUNICIPALITY, 4, 3, Attitude.DOUBTS, "Karim"),
    ExampleStakeholder("Wijkraad Oost", StakeholderKind.COMMUNITY, 3, 4, Attitude.CARRIES, "Karim"),
    ExampleStakeholder("Sportclub", StakeholderKind.ORGANISATION, 3, 3, Attitude.WAITS, "Zoë"),
    ExampleStakeholder("Winkeliers", StakeholderKind.BUSINESS, 3, 1, Attitude.DOUBTS, "Zoë"),
)
