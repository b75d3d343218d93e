"""Who may vote in a round, and in which row: fixed when the round opens, or when one comes in later."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.tables import Participant, Round, RoundParticipant
from models.workshop.people import People
from models.workshop.presence import is_here
from models.workshop.rows import NONE, OTHER, Row, joined, row_at_opening, row_key
from models.workshop.workshop import open_round_of


def rows_of(found: Round) -> list[Row]:
    """Return the rows of a round as they were fixed at its opening."""
    return [Row(row["key"], tuple(row["members"])) for row in found.rows]


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a round.

    `may_vote` is false for who came in after it closed. `row` is where their vote counts, None when that cannot be
    known (any more). `counts_elsewhere` says that they chose another group since, which counts from the next round on.
    """

    may_vote: bool
    row: str | None
    counts_elsewhere: bool


# Written once: a room asks for its pages all at once, and composing a question costs as much as asking it.
_ROWS = select(RoundParticipant.participant_id, RoundParticipant.row).where(
    col(RoundParticipant.round_id) == bindparam("round_id"),
    col(RoundParticipant.participant_id).in_(bindparam("people", expanding=True)),
)


def standings_in(session: Session, round_id: int, groups: Mapping[int, int | None]) -> dict[int, Standing]:
    """Return where participants stand in a round. `groups` names the group that each belongs to now, or None."""
    found = dict(session.exec(_ROWS, params={"round_id": round_id, "people": list(groups)}).all())
    rows = rows_of(session.get_one(Round, round_id)) if found else []
    return {
        participant_id: _standing(participant_id in found, found.get(participant_id), group_id, rows)
        for participant_id, group_id in groups.items()
    }


def _standing(may_vote: bool, row: str | None, group_id: int | None, rows: list[Row]) -> Standing:
    if row is None:
        return Standing(may_vote=may_vote, row=None, counts_elsewhere=False)
    return Standing(may_vote, row, counts_elsewhere=row_at_opening(row_key(group_id), rows) != row)


def fix_rows(
    session: Session, opened: Round, people: Iterable[Participant], *, to_come: Iterable[int] = ()
) -> None:
    """Fix the rows of a round that opens now, and put everyone who is here in one.

    `to_come` are groups of which nobody can tell yet how many will come: they, and the people without a group, begin
    with a row each, and only the close joins what stayed small.
    """
    here = list(people)
    sizes = Counter(row_key(person.group_id) for person in here)
    if expected := [row_key(group_id) for group_id in to_come]:
        rows = [Row(key, (key,)) for key in sorted({*expected, *sizes, NONE}, key=_in_order)]
    else:
        rows = joined({key: sizes[key] for key in sorted(sizes, key=_in_order)})
    opened.rows = [{"key": row.key, "members": list(row.members)} for row in rows]
    session.add(opened)
    session.flush()
    for person in here:
        _place(session, opened, rows, person)


def place_latecomer(session: Session, participant: Participant) -> None:
    """Let someone who came in while a round is open vote in it, in an existing row or in `other`."""
    if not is_here(participant):
        return
    opened = open_round_of(session, participant.workshop_id)
    if opened is None or session.get(RoundParticipant, (opened.id, participant.id)) is not None:
        return
    _place(session, opened, rows_of(opened), participant)


def place_anew(session: Session, opened: Round, participant: Participant) -> None:
    """Let the votes of somebody in an open round count in the row of the group that they have now."""
    voting = session.get_one(RoundParticipant, (opened.id, participant.id))
    voting.row = row_at_opening(row_key(participant.group_id), rows_of(opened))
    session.add(voting)


def _in_order(key: str) -> tuple[bool, int]:
    """Groups in the order in which they were made, those without a group last."""
    return (True, 0) if key == NONE else (False, int(key))


def _place(session: Session, opened: Round, rows: list[Row], person: Participant) -> None:
    session.add(
        RoundParticipant(
            round_id=opened.id,
            participant_id=person.id,
            row=row_at_opening(row_key(person.group_id), rows),
            source=person.source,
        )
    )


@dataclass(frozen=True)
class CountsTogether:
    """The rows of a round that would open now.

    `apart` names the groups that count by themselves; `joined_groups` those that count together as other groups, with
    the people without a group where `joins_people_without_group`.
    """

    apart: list[str]
    joined_groups: list[str]
    joins_people_without_group: bool


def counts_together(people: People) -> CountsTogether:
    """Return how the people who are here now would count in a round."""
    sizes = {row_key(group.group_id): group.count for group in people.groups}
    rows = joined({**sizes, NONE: people.without_group})
    together = next((row.members for row in rows if row.key == OTHER), ())
    alone = {row.key for row in rows}
    return CountsTogether(
        apart=[group.name for group in people.groups if row_key(group.group_id) in alone],
        joined_groups=[group.name for group in people.groups if row_key(group.group_id) in together],
        joins_people_without_group=NONE in together,
    )
