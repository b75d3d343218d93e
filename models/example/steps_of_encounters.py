"""What the people of the example do in each step of an evening at mixed tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models.basics.keys import new_token
from models.basics.words import Condition, Mixing, Step, WishStrength
from models.encounters.answers import AFTER, BEFORE, close_answers, send_answer
from models.encounters.conditions import change_condition
from models.encounters.contacts import wish_contacts
from models.encounters.evening import change_evening, set_wish
from models.encounters.ideas import IdeaView, last_table, list_ideas, send_idea, show_idea, support_idea
from models.encounters.plan import asked_now, keep_plan
from models.encounters.rounds import begin_round, show_card
from models.encounters.seating.seat import seat
from models.example.merenveld import BUSINESSES, COMMUNITIES, MUNICIPALITY, ORGANISATIONS, RESIDENTS
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Seat
from models.workshop.participant import leave
from models.workshop.workshop import count_heads, take_room_to

THEME = "Thuis in Merenveld"
# How many of each group come: they are dealt through each other, as people come in.
COME = {RESIDENTS: 21, COMMUNITIES: 16, ORGANISATIONS: 10, MUNICIPALITY: 8, BUSINESSES: 4}
NAMES = {
    0: "Anna Visser",
    4: "Fatma Yıldız",
    9: "Yohannes Tesfay",
    15: "أحمد",
    22: "Renée",
    31: "Łukasz",
    47: "Joke",
}
TOGETHER, APART = (9, 31), (0, 47)
LEAVES_EARLY = 40
# So many of those who come first were at the earlier evening too, of whom these forgot their code.
WERE_THERE = 6
FORGOT = (2, 5)
# What is looked after beforehand, in the ready words or in their own; one of the four is not.
CONDITIONS = {
    Condition.EQUAL: "",
    Condition.GOAL: "",
    Condition.BACKING: "Wethouder Van Dijk en imam Yılmaz openen samen.",
}
# What tables take along: the idea, its first step, and who takes it where somebody does.
IDEAS = (
    (
        "Eén straattafel per maand, elke keer voor een andere deur.",
        "Drie buren vragen, voor 1 maart.",
        "Anna Visser",
    ),
    (
        "Wie hier nieuw is, krijgt een jaar lang een buur die belt.",
        "Opschrijven wat ik zelf miste.",
        "Yohannes",
    ),
    (
        "De sportclub traint één avond met mensen die nog nooit lid waren.",
        "De trainer vragen welke avond kan.",
        "",
    ),
    ("Een bankje bij de moskee waar iedereen mag zitten.", "", ""),
    ("Kinderen van twee scholen koken samen voor hun grootouders.", "De twee directeuren bellen.", "Joke"),
)


@dataclass
class ExampleEvening:
    """What the example remembers of an evening while it is made. `people` are participants by place, `codes` those of
    who was at the earlier evening.
    """

    who: str
    workshop_id: int
    code: str
    groups: dict[str, int]
    people: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def _welcome(evening: ExampleEvening) -> None:
    write(take_room_to, who=evening.who, workshop_id=evening.workshop_id, step=Step.WELCOME)
    write(
        change_evening,
        who=evening.who,
        workshop_id=evening.workshop_id,
        theme=THEME,
        table_size=6,
        rounds=4,
        minutes=15,
        groups_mixing=Mixing.MIX,
        bubbles_mixing=Mixing.MIX,
    )
    for condition, how in CONDITIONS.items():
        write(
            change_condition,
            who=evening.who,
            workshop_id=evening.workshop_id,
            condition=condition,
            is_met=True,
            how=how,
        )
    write(_come_in, evening=evening, groups=_dealt())
    write(count_heads, who=evening.who, workshop_id=evening.workshop_id, heads=len(evening.people))
    write(_say_whom_they_know, evening=evening, asked=BEFORE)


def _say_whom_they_know(session: Session, *, evening: ExampleEvening, asked: str) -> None:
    """Let people say how many they know here, or would greet now; every eighth skips, who left says nothing more."""
    for place, person in enumerate(evening.people):
        if asked == AFTER and place == LEAVES_EARLY:
            continue
        known = place * 5 % 18
        if asked == AFTER and place % 5:
            known += 2 + place % 11
        send_answer(session, participant_id=person, asked=asked, known=None if place % 8 == 7 else known)


def who_was_there(groups: dict[str, int]) -> list[tuple[str | None, int]]:
    """Return name and group of who was at the earlier evening."""
    return [(NAMES.get(place), groups[group]) for place, group in enumerate(_dealt()[:WERE_THERE])]


def _dealt() -> list[str]:
    """Return the groups as people come in: through each other, each as evenly as its size allows."""
    total = sum(COME.values())
    places = [
        ((number + 0.5) * total / count, group) for group, count in COME.items() for number in range(count)
    ]
    return [group for _, group in sorted(places)]


def _come_in(session: Session, *, evening: ExampleEvening, groups: list[str]) -> None:
    for group in groups:
        place = len(evening.people)
        elsewhere = list(COME)[place % len(COME)]
        joined = join(
            session,
            code=evening.code,
            phone_token=new_token(),
            name=NAMES.get(place),
            group_id=evening.groups[group],
            bubbles=[evening.groups[elsewhere]] if place % 4 == 0 and elsewhere != group else [],
            personal_code=evening.codes[place]
            if place < len(evening.codes) and place not in FORGOT
            else None,
        )
        evening.people.append(joined.participant_id)


def _tables(evening: ExampleEvening) -> None:
    for pair, strength in ((TOGETHER, WishStrength.MUST), (APART, WishStrength.MUST_NOT)):
        write(
            set_wish,
            who=evening.who,
            workshop_id=evening.workshop_id,
            one_id=evening.people[pair[0]],
            other_id=evening.people[pair[1]],
            strength=strength,
        )
    write(take_room_to, who=evening.who, workshop_id=evening.workshop_id, step=Step.TABLES)
    _divide(evening)
    write(begin_round, who=evening.who, workshop_id=evening.workshop_id, number=1)
    write(leave, participant_id=evening.people[LEAVES_EARLY])
    write(_come_in, evening=evening, groups=[RESIDENTS, COMMUNITIES])
    _divide(evening)
    write(begin_round, who=evening.who, workshop_id=evening.workshop_id, number=2)
    write(show_card, who=evening.who, workshop_id=evening.workshop_id, number=2, card=2)


def _divide(evening: ExampleEvening) -> None:
    with reading() as session:
        asked = asked_now(session, evening.workshop_id)
    plan = seat(asked.wanted, seed=1, tries=(100_000,), planned=asked.planned)
    write(keep_plan, who=evening.who, workshop_id=evening.workshop_id, asked=asked, plan=plan)


def _harvest(evening: ExampleEvening) -> None:
    for number in (3, 4):
        write(begin_round, who=evening.who, workshop_id=evening.workshop_id, number=number)
    write(take_room_to, who=evening.who, workshop_id=evening.workshop_id, step=Step.HARVEST)
    write(_tables_send, evening=evening)
    with reading() as session:
        ideas = list_ideas(session, evening.workshop_id)
    # One waits to be let through: always the same, at whichever table its people sit.
    shown = [idea for idea in ideas if idea.text != IDEAS[-1][0]]
    for idea in shown:
        write(show_idea, who=evening.who, idea_id=idea.id, is_shown=True)
    write(_support, evening=evening, ideas=shown)
    write(_wish_again, evening=evening)


def _tables_send(session: Session, *, evening: ExampleEvening) -> None:
    sent: set[int] = set()
    for person in evening.people:
        table = last_table(session, evening.workshop_id, person)
        if (
            table is not None
            and table not in sent
            and len(sent) < len(IDEAS)
            and person != evening.people[LEAVES_EARLY]
        ):
            text, step, taker = IDEAS[len(sent)]
            send_idea(session, participant_id=person, text=text, first_step=step, taker=taker, version=0)
            sent.add(table)


def _support(session: Session, *, evening: ExampleEvening, ideas: Sequence[IdeaView]) -> None:
    """Let some people support an idea of another table: the first least, each next one more."""
    for place, person in enumerate(evening.people[:LEAVES_EARLY:3]):
        table = last_table(session, evening.workshop_id, person)
        for idea in ideas[place % len(ideas) :]:
            if table is not None and idea.table != table:
                support_idea(session, participant_id=person, idea_id=idea.id, on=True)


def _wish_again(session: Session, *, evening: ExampleEvening) -> None:
    """Let neighbours of the last two tables choose each other, and at each last table one choose who does not."""
    seats = {
        (seat.round, seat.table_number, seat.chair): seat.participant_id
        for seat in session.exec(
            select(Seat).where(Seat.workshop_id == evening.workshop_id, col(Seat.round).in_((3, 4)))
        ).all()
    }
    chosen: dict[int, list[str]] = {}
    for (number, table, chair), person in sorted(seats.items()):
        neighbour = chair + 1 if chair % 2 else chair - 1
        if (chair <= 4 or (number == 4 and chair == 5)) and (number, table, neighbour) in seats:
            chosen.setdefault(person, []).append(f"{number}-{neighbour}")
    for place, (person, places) in enumerate(chosen.items()):
        contact = f"deelnemer{place + 1}@example.org" if place % 4 else ""
        wish_contacts(session, participant_id=person, places=places, contact=contact)


def _end(evening: ExampleEvening) -> None:
    write(_say_whom_they_know, evening=evening, asked=AFTER)
    write(close_answers, who=evening.who, workshop_id=evening.workshop_id)
    write(take_room_to, who=evening.who, workshop_id=evening.workshop_id, step=Step.END)


STEPS: dict[str, Callable[[ExampleEvening], None]] = {
    Step.WELCOME: _welcome,
    Step.TABLES: _tables,
    Step.HARVEST: _harvest,
    Step.END: _end,
}
