"""The alliance of the example municipality, with its plan: what every example begins with and ends in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.alliance.alliance import AllianceCreated, PartnerInput, create_alliance
from models.alliance.partner import partner_token, read_partners
from models.basics.words import Language
from models.example.merenveld import ALLIANCE_NAME, CONTACT, GROUPS, PLACE, PURPOSE, TIME_ZONE, VENUE
from models.example.plan import plan_example
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import read_round
from models.workshop.workshop import projector_token, read_workshop


@dataclass(frozen=True)
class ExampleLoaded:
    """What one needs to look at the example.

    `round_id` and `item_ids` are those of the last round, None and empty before there is one. `partners`
    holds each partner's name and the token of the own link.
    """

    code: str
    workshop_id: int
    alliance_id: int
    round_id: int | None
    item_ids: list[int]
    partners: list[tuple[str, str]]
    projector_token: str


def make_alliance(
    who: str,
    meets_on: date,
    *,
    partners: Sequence[PartnerInput] = (),
    done: Collection[str] = (),
    months: Mapping[str, tuple[int, int]] | None = None,
) -> AllianceCreated:
    """Make the alliance that meets on a day, with its plan; `done` and `months` are those of `plan_example`."""
    created: AllianceCreated = write(
        create_alliance,
        who=who,
        name=ALLIANCE_NAME,
        place=PLACE,
        purpose=PURPOSE,
        language=Language.DUTCH,
        time_zone=TIME_ZONE,
        contact=CONTACT,
        groups=list(GROUPS),
        partners=list(partners),
        venue=VENUE,
        held_on=meets_on,
    )
    write(plan_example, who=who, alliance_id=created.alliance_id, meets_on=meets_on, done=done, months=months)
    return created


def loaded(alliance_id: int, workshop_id: int, round_id: int | None = None) -> ExampleLoaded:
    """Return where to find what was made."""
    with reading() as session:
        workshop = read_workshop(session, workshop_id)
        return ExampleLoaded(
            code=workshop.code,
            workshop_id=workshop.id,
            alliance_id=alliance_id,
            round_id=round_id,
            item_ids=[item.id for item in read_round(session, round_id).items]
            if round_id is not None
            else [],
            partners=[
                (partner.name, partner_token(partner)) for partner in read_partners(session, alliance_id)
            ],
            projector_token=projector_token(workshop),
        )
