"""A meeting with people in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.alliance.alliance import PartnerInput, create_alliance
from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.basics.keys import new_token
from models.basics.words import PartnerKind, Step
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.workshop.meetings import add_workshop
from models.workshop.workshop import take_room_to

LEADER = "Iris"
HELD_ON = date(2027, 3, 14)


@dataclass(frozen=True)
class Room:
    """A workshop with people in it. `people` are participant ids in the order of joining, `phones` their tokens."""

    alliance_id: int
    workshop_id: int
    code: str
    groups: dict[str, int]
    partners: dict[str, int]
    people: list[int] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


def make_alliance(
    *,
    groups: Sequence[str] = ("Residents", "Communities"),
    partners: Sequence[str] = (),
    name: str = "Together",
) -> Room:
    """Return an alliance with an empty, prepared workshop. Partners are organisations."""
    created = write(
        create_alliance,
        who=LEADER,
        name=name,
        place="Merenveld",
        purpose="To live together",
        language="nl",
        time_zone="Europe/Amsterdam",
        contact="0900 0123",
        groups=list(groups),
        partners=[PartnerInput(kind=PartnerKind.ORGANISATION, name=partner) for partner in partners],
        venue="Town hall",
        held_on=HELD_ON,
    )
    with reading() as session:
        return Room(
            alliance_id=created.alliance_id,
            workshop_id=created.workshop_id,
            code=created.code,
            groups={group.name: group.id for group in read_groups(session, created.alliance_id)},
            partners={partner.name: partner.id for partner in read_partners(session, created.alliance_id)},
        )


def make_workshop(
    *,
    people: int | Mapping[str | None, int] = 0,
    partners: Sequence[str] = (),
    step: Step = Step.WELCOME,
    name: str = "Together",
) -> Room:
    """Return an open workshop in `step`. `people` is a number without a group, or a number per group's name."""
    by_group: Mapping[str | None, int] = {None: people} if isinstance(people, int) else people
    groups = [group for group in by_group if group is not None] or ["Residents", "Communities"]
    room = make_alliance(groups=groups, partners=partners, name=name)
    take_room(room, Step.WELCOME)
    write(_people_join, room=room, groups=[group for group, count in by_group.items() for _ in range(count)])
    if step is not Step.WELCOME:
        take_room(room, step)
    return room


def _people_join(session: Session, *, room: Room, groups: Iterable[str | None]) -> None:
    for group in groups:
        token = new_token()
        joined = join(
            session,
            code=room.code,
            phone_token=token,
            name=None,
            group_id=room.groups[group] if group else None,
        )
        room.people.append(joined.participant_id)
        room.phones.append(token)


def make_people(room: Room, *, count: int, group: str | None = None) -> list[int]:
    """Let more people join, and return their ids."""
    write(_people_join, room=room, groups=[group] * count)
    return room.people[-count:]


def give_names(room: Room) -> list[str]:
    """Let everybody in the room say a name, and return the names in the order of `room.people`."""
    given = ["Fatma Yılmaz", "Renée d'Hondt", "عمر", "Bożena Łuczak", "Piet 🙂"]
    names = [f"{given[place % len(given)]} {place + 1}" for place in range(len(room.people))]
    write(_say_names, names=dict(zip(room.people, names, strict=True)))
    return names


def _say_names(session: Session, *, names: dict[int, str]) -> None:
    for person, name in names.items():
        session.get_one(Participant, person).name = name


def take_room(room: Room, step: Step) -> None:
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=step)


def groups_of(room: Room) -> list[int | None]:
    """Return the group of each of the room's people, in the order of joining."""
    with reading() as session:
        return [session.get_one(Participant, person).group_id for person in room.people]


def make_next_workshop(room: Room, *, people: Mapping[str | None, int]) -> Room:
    """Return another open meeting of the same alliance, with other people in it."""
    added = write(add_workshop, who=LEADER, alliance_id=room.alliance_id, venue="", held_on=HELD_ON)
    following = Room(room.alliance_id, added.workshop_id, added.code, room.groups, room.partners)
    take_room(following, Step.WELCOME)
    groups = [group for group, count in people.items() for _ in range(count)]
    write(_people_join, room=following, groups=groups)
    return following
