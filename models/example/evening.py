"""The example municipality with an evening at mixed tables, in the step one asks for. Made by the real actions."""

from models.alliance.alliance import create_alliance
from models.alliance.groups import read_groups
from models.basics.clock import today
from models.basics.words import BuildingBlock, Language
from models.example.merenveld import ALLIANCE_NAME, CONTACT, GROUPS, PLACE, PURPOSE, TIME_ZONE, VENUE
from models.example.plan import plan_example
from models.example.steps_of_encounters import STEPS, ExampleEvening
from models.example.workshop import ExampleLoaded
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.meetings import add_workshop
from models.workshop.programme import ENCOUNTERS
from models.workshop.workshop import projector_token, read_workshop


def load_evening(step: str, *, who: str = "Iris de Boer") -> ExampleLoaded:
    """Load an evening and lead its room to `step`, through all steps before it. Raises `InvalidValue`."""
    number = ENCOUNTERS.number(step)
    day = today(TIME_ZONE)
    created = write(
        create_alliance,
        who=who,
        name=ALLIANCE_NAME,
        place=PLACE,
        purpose=PURPOSE,
        language=Language.DUTCH,
        time_zone=TIME_ZONE,
        contact=CONTACT,
        groups=list(GROUPS),
        partners=[],
        venue=VENUE,
        held_on=day,
    )
    write(
        plan_example,
        who=who,
        alliance_id=created.alliance_id,
        meets_on=day,
        months={BuildingBlock.ENCOUNTERS: (0, 2)},
    )
    added = write(
        add_workshop,
        who=who,
        alliance_id=created.alliance_id,
        venue=VENUE,
        held_on=day,
        block=BuildingBlock.ENCOUNTERS,
    )
    with reading() as session:
        groups = {group.name: group.id for group in read_groups(session, created.alliance_id)}
    evening = ExampleEvening(who, added.workshop_id, added.code, groups)
    for reached in ENCOUNTERS.steps:
        if ENCOUNTERS.number(reached.name) <= number:
            STEPS[reached.name](evening)
    with reading() as session:
        workshop = read_workshop(session, added.workshop_id)
        return ExampleLoaded(
            code=workshop.code,
            workshop_id=workshop.id,
            alliance_id=created.alliance_id,
            round_id=None,
            item_ids=[],
            partners=[],
            projector_token=projector_token(workshop),
        )
