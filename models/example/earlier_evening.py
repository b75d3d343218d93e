"""The example's first evening of a series, four weeks ago: one table, of which most come again. In one write."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.basics.keys import new_token
from models.basics.words import BuildingBlock, Mixing
from models.encounters.evening import change_evening
from models.encounters.plan import asked_now, keep_plan
from models.encounters.rounds import begin_round
from models.encounters.seating.seat import seat
from models.encounters.series import plan_next_evening
from models.example.merenveld import VENUE
from models.joining.joining import join
from models.tables import Participant, Workshop
from models.workshop.meetings import WorkshopAdded, add_workshop
from models.workshop.workshop import end_workshop

AGO = timedelta(weeks=4)
ROUNDS = 1
# The evening that follows takes it over.
TABLE_SIZE = 6


@dataclass(frozen=True)
class EarlierEvening:
    """The evening that follows, and the codes of who was at the first one, in the order in which they came in."""

    following: WorkshopAdded
    codes: list[str]


def hold_earlier(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    day: date,
    theme: str,
    people: list[tuple[str | None, int]],
) -> EarlierEvening:
    """Let an evening have been, with these people (name and group), and plan the one of today in its series."""
    first = add_workshop(
        session,
        who=who,
        alliance_id=alliance_id,
        venue=VENUE,
        held_on=day - AGO,
        block=BuildingBlock.ENCOUNTERS,
    )
    change_evening(
        session,
        who=who,
        workshop_id=first.workshop_id,
        theme=theme,
        table_size=TABLE_SIZE,
        rounds=ROUNDS,
        minutes=15,
        groups_mixing=Mixing.MIX,
        bubbles_mixing=Mixing.MIX,
    )
    for name, group_id in people:
        join(session, code=first.code, phone_token=new_token(), name=name, group_id=group_id)
    session.flush()
    asked = asked_now(session, first.workshop_id)
    plan = seat(asked.wanted, seed=1, tries=(1_000,))
    keep_plan(session, who=who, workshop_id=first.workshop_id, asked=asked, plan=plan)
    for number in range(1, ROUNDS + 1):
        begin_round(session, who=who, workshop_id=first.workshop_id, number=number)
    end_workshop(session, who=who, workshop_id=first.workshop_id)
    # Time is what no action can bring.
    was = session.get_one(Workshop, first.workshop_id)
    assert was.over_at is not None
    was.over_at -= AGO
    session.add(was)
    codes = session.exec(
        select(Participant.personal_code)
        .where(Participant.workshop_id == first.workshop_id)
        .order_by(col(Participant.number))
    ).all()
    following = plan_next_evening(session, who=who, workshop_id=first.workshop_id, held_on=day)
    return EarlierEvening(following, list(codes))
