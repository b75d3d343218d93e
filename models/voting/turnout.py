"""How far an open round is: how many have voted per item and per row, and never what."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.errors import RoundClosed
from models.basics.words import Secrecy
from models.storage.finding import existing
from models.tables import Ballot, Group, Round, RoundItem, RoundParticipant
from models.voting.ballot import sealed_secret, voter_keys
from models.workshop.electorate import rows_of
from models.workshop.rows import SMALLEST_SHOWN


@dataclass(frozen=True)
class RowTurnout:
    """A row of an open round; `name` is a group's, None for the keys `none` and `other`.

    `voted` is None where it stays hidden, see `shown_turnout`.
    """

    key: str
    name: str | None
    may_vote: int
    voted: int | None


@dataclass(frozen=True)
class Turnout:
    """How many voted per item (by its id), and per row in the order of the round."""

    per_item: dict[int, int]
    rows: list[RowTurnout]


def turnout(session: Session, round_id: int) -> Turnout:
    """Return how many have voted so far in a round that is open. Raises `RoundClosed`, `NotFound`.

    In a named round facilitators know who voted: there nothing is hidden.
    """
    found = existing(session, Round, round_id)
    if found.closed_at is not None:
        raise RoundClosed
    of_people = {
        participant_id: row
        for participant_id, row in session.exec(
            select(RoundParticipant.participant_id, RoundParticipant.row).where(
                RoundParticipant.round_id == round_id, col(RoundParticipant.row).is_not(None)
            )
        ).all()
    }
    voters = set(
        session.exec(
            select(Ballot.voter_key)
            .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
            .where(RoundItem.round_id == round_id)
            .distinct()
        ).all()
    )
    per_item = dict(
        session.exec(
            select(Ballot.round_item_id, func.count())
            .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
            .where(RoundItem.round_id == round_id)
            .group_by(col(Ballot.round_item_id))
        ).all()
    )
    may_vote = Counter(row for row in of_people.values() if row is not None)
    keys = list(dict.fromkeys([*(row.key for row in rows_of(found)), *may_vote]))
    voted: dict[str, int | None] = {}
    # Under another server key nobody can tell any more in which row the votes were cast.
    with suppress(RoundClosed):
        of_keys = voter_keys(found.secrecy, sealed_secret(session, found), of_people)
        counted = Counter(of_people[person] for person, key in of_keys.items() if key in voters)
        exact = {key: counted[key] for key in keys}
        voted = dict(exact) if found.secrecy == Secrecy.NAMED else shown_turnout(exact)
    names = {
        str(group_id): name
        for group_id, name in session.exec(
            select(Group.id, Group.name).where(
                col(Group.id).in_([int(key) for key in keys if key.isdecimal()])
            )
        ).all()
    }
    return Turnout(
        per_item=per_item,
        rows=[RowTurnout(key, names.get(key), may_vote[key], voted.get(key)) for key in keys],
    )


def shown_turnout(voted: Mapping[str, int]) -> dict[str, int | None]:
    """Return how many voted per row, None where that stays hidden.

    Hidden are rows with fewer than 5 votes. The number of votes in all is known to everyone: where one row alone would
    be hidden, it could be worked out, so the smallest other one is hidden with it. A single row is the total itself.
    """
    if len(voted) < 2:
        return dict(voted)
    hidden = {key for key, count in voted.items() if count < SMALLEST_SHOWN}
    if len(hidden) == 1:
        hidden.add(min((key for key in voted if key not in hidden), key=lambda key: (voted[key], key)))
    return {key: None if key in hidden else count for key, count in voted.items()}
