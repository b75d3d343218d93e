"""How far an open round is: how many have voted per item and per row, and never what."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.errors import RoundClosed
from models.basics.words import Secrecy
from models.tables import Ballot, Group, RoundItem, RoundParticipant
from models.voting.ballot import sealed_secret, voter_keys
from models.voting.round_views import stored_round
from models.voting.turnout_rule import shown_turnout
from models.workshop.electorate import rows_of


@dataclass(frozen=True)
class RowTurnout:
    """A row of an open round; `name` is a group's, None for the keys `none` and `other`.

    `voted` is None where it stays hidden, see `models.voting.turnout_rule`.
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
    found = stored_round(session, round_id)
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
