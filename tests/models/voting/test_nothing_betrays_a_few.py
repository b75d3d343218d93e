"""Nothing that is shown lets anyone compute the choices of fewer than five people, unanimity apart.

Everything that leaves the domain is gathered at every moment: what all phones hear, the rounds as pages read them, the
results of the command line, the text of the agenda. Each number about choices is traced to the people behind it, which
only this test knows. Sums and differences of such numbers can tell of no smaller set than the atoms, the finest parts
into which the sets divide the voters: so each atom must hold five people or none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.words import RuleKind
from models.room_state import read_state
from models.signing.content import agenda_content
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, RoundItem, Workshop
from models.voting.methods import METHODS
from models.voting.results import results
from models.voting.round_views import list_rounds
from models.workshop.participant import change_group, leave
from models.workshop.presence import is_here
from models.workshop.rows import OTHER
from tests.builders import (
    Room,
    Vote,
    cast_all,
    close,
    close_and_reveal,
    make_people,
    make_round,
    make_workshop,
    row_of,
)

FIVE = 5
GROUPS = ("Bewoners", "Gemeenschappen", "Gemeente", None)
LIFELIKE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Afternoon:
    """What happens in a room: who is there, two rounds, who comes late, leaves or changes group in between."""

    sizes: dict[str | None, int]
    methods: tuple[str, str]
    by_every_group: bool
    votes: list[tuple[bool, bool, int, int]]
    late: list[str | None]
    leaves: list[int]
    changes: list[tuple[int, str | None]]


AFTERNOONS = st.builds(
    Afternoon,
    sizes=st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 11), min_size=1),
    methods=st.tuples(st.sampled_from(list(METHODS)), st.sampled_from(list(METHODS))),
    by_every_group=st.booleans(),
    votes=st.lists(
        st.tuples(st.booleans(), st.booleans(), st.integers(0, 9), st.integers(0, 9)),
        min_size=60,
        max_size=60,
    ),
    late=st.lists(st.sampled_from(GROUPS), max_size=6),
    leaves=st.lists(st.integers(0, 40), max_size=4),
    changes=st.lists(st.tuples(st.integers(0, 40), st.sampled_from(GROUPS)), max_size=6),
)


@dataclass
class Known:
    """What only this test knows of a round: in which row everyone voted, and on which items."""

    rows: dict[int, str] = field(default_factory=dict)
    voters: dict[int, set[int]] = field(default_factory=dict)

    def atoms(self, item_id: int, published: Iterable[set[int]]) -> list[set[int]]:
        """Return the finest parts into which published sets of voters divide those who voted on an item."""
        sets = list(published)
        parts: dict[tuple[bool, ...], set[int]] = {}
        for person in self.voters.get(item_id, set()):
            parts.setdefault(tuple(person in one for one in sets), set()).add(person)
        # Who stands in no set at all is told of by nothing.
        return [people for inside, people in parts.items() if any(inside)]


@pytest.mark.slow
@LIFELIKE
@given(AFTERNOONS)
def test_of_a_whole_afternoon_of_rounds_nothing_tells_of_fewer_than_five(
    sqlite: str, afternoon: Afternoon
) -> None:
    room = make_workshop(people={group: afternoon.sizes.get(group, 0) for group in GROUPS})
    for method in afternoon.methods:
        vote, known = _vote(room, method, afternoon)
        close(vote)
        _holds(room, vote, known)
        close_and_reveal(vote)
        _holds(room, vote, known)
        _move_about(room, afternoon)


def _vote(room: Room, method: str, afternoon: Afternoon) -> tuple[Vote, Known]:
    vote = make_round(room, items=2, **_terms(method, afternoon))
    late = [make_people(room, count=1, group=group)[0] for group in afternoon.late]
    with reading() as session:
        known = Known(rows={person: row_of(session, vote.round_id, person) or "" for person in room.people})
        values = [choice.value for choice in list_rounds(session, room.workshop_id)[-1].choices]
    # One dot at most on each item, so that no budget is in the way.
    values = values[:2] if method == "dots" else values
    here = [
        (person, votes)
        for person, votes in zip(room.people, afternoon.votes, strict=False)
        if known.rows[person] or person in late
    ]
    for item, item_id in enumerate(vote.items):
        chosen = {person: values[votes[2 + item] % len(values)] for person, votes in here if votes[item]}
        cast_all(vote, chosen.items(), item=item)
        known.voters[item_id] = set(chosen)
    _nothing_about_choices(room, vote)
    if method == "dots":
        # Who put a dot anywhere gave 0 to what was left empty.
        everyone = set().union(*known.voters.values())
        known.voters = {item: everyone for item in vote.items}
    return vote, known


def _terms(method: str, afternoon: Afternoon) -> dict[str, Any]:
    rules = METHODS[method].rules
    rule = RuleKind.EVERY_GROUP if afternoon.by_every_group and RuleKind.EVERY_GROUP in rules else rules[0]
    return {"method": method, "rule": rule, "share": 50, "level": "3", "tolerated": 1, "top": 1, "budget": 5}


def _move_about(room: Room, afternoon: Afternoon) -> None:
    """Some change group, and some leave."""
    with reading() as session:
        here = [person for person in room.people if is_here(session.get_one(Participant, person))]
    for place, group in afternoon.changes:
        if place < len(here):
            write(
                change_group,
                participant_id=here[place],
                group_id=room.groups[group] if group else None,
            )
    for place in set(afternoon.leaves):
        if place < len(here):
            write(leave, participant_id=here[place])


def _nothing_about_choices(room: Room, vote: Vote) -> None:
    """While a round is open, nothing that is told has a word about its choices."""
    with reading() as session:
        told = read_state(session, room.workshop_id)
        current = results(session, room.code)[-1]
        (view,) = [found for found in list_rounds(session, room.workshop_id) if found.id == vote.round_id]
    assert told is not None and "result" not in told
    assert [item["decision"] for item in current["items"]] == [None, None]
    assert [item.result for item in view.items] == [None, None]
    assert all(item.reasons == [] for item in view.items)


def _holds(room: Room, vote: Vote, known: Known) -> None:
    with reading() as session:
        told = read_state(session, room.workshop_id)
        shown = results(session, room.code)[-1]
        (view,) = [found for found in list_rounds(session, room.workshop_id) if found.id == vote.round_id]
        stored = {item_id: session.get_one(RoundItem, item_id).tally or {} for item_id in vote.items}
        workshop = session.get_one(Workshop, room.workshop_id)
        frozen = agenda_content(session, workshop, version=1, address=None)
    for item in view.items:
        members = {row["key"]: set(row["members"]) for row in stored[item.id]["rows"]}
        published = list(
            _published(item.id, known, members, [asdict(item.result) if item.result else {}, *shown["items"]])
        )
        if told is not None and told.get("result"):
            [heard] = [one for one in told["result"] if one["item"] == item.id]
            assert set(heard) == {"item", "decision", "cast", "counts", "dots"}
            if any(heard[number] is not None for number in ("cast", "counts", "dots")):
                published.append(known.voters[item.id])
        for people in published:
            assert len(people) >= FIVE
        assert all(len(atom) >= FIVE for atom in known.atoms(item.id, published))
        assert item.result is not None
        if item.result.numbers is not None and item.result.rows:
            assert sum(row.cast for row in item.result.rows) == item.result.numbers.cast
    for counts in _counts_in(frozen):
        assert sum(counts.values()) >= FIVE


def _published(
    item_id: int, known: Known, members: dict[str, set[str]], surfaces: list[dict[str, Any]]
) -> Iterator[set[int]]:
    """Yield the people behind each number about choices on an item, on each surface."""
    for surface in surfaces:
        if surface.get("item", item_id) != item_id:
            continue
        if surface.get("numbers"):
            yield known.voters[item_id]
        for row in surface.get("rows") or []:
            yield {
                person
                for person in known.voters[item_id]
                if (known.rows[person] or OTHER) in members[row["key"]]
            }


def _counts_in(content: Any) -> Iterator[dict[str, int]]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "counts":
                yield value
            else:
                yield from _counts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from _counts_in(value)
