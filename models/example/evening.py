"""The example municipality with an evening at mixed tables, in the step one asks for. Made by the real actions."""

from models.alliance.groups import read_groups
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.example.alliance import ExampleLoaded, loaded, make_alliance
from models.example.earlier_evening import hold_earlier
from models.example.merenveld import TIME_ZONE
from models.example.steps_of_encounters import STEPS, THEME, ExampleEvening, who_was_there
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.programme import ENCOUNTERS


def load_evening(step: str, *, who: str = "Iris de Boer") -> ExampleLoaded:
    """Load an evening and lead its room to `step`, through all steps before it. Raises `InvalidValue`."""
    number = ENCOUNTERS.number(step)
    day = today(TIME_ZONE)
    created = make_alliance(who, day, months={BuildingBlock.ENCOUNTERS: (0, 2)})
    with reading() as session:
        groups = {group.name: group.id for group in read_groups(session, created.alliance_id)}
    earlier = write(
        hold_earlier,
        who=who,
        alliance_id=created.alliance_id,
        day=day,
        theme=THEME,
        people=who_was_there(groups),
    )
    added = earlier.following
    evening = ExampleEvening(who, added.workshop_id, added.code, groups, codes=earlier.codes)
    for reached in ENCOUNTERS.steps:
        if ENCOUNTERS.number(reached.name) <= number:
            STEPS[reached.name](evening)
    return loaded(created.alliance_id, added.workshop_id)
