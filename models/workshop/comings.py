"""What else happens when somebody comes in or goes: a building block that stands above this says what it does then."""

from collections.abc import Callable

from sqlmodel import Session

from models.tables import Participant

Follow = Callable[[Session, Participant], None]
_follows: list[Follow] = []


def follows_comings(follow: Follow) -> Follow:
    """Let `follow` be called, in the same transaction, after somebody came in or went. Each must be harmless twice."""
    _follows.append(follow)
    return follow


def somebody_came_or_went(session: Session, participant: Participant) -> None:
    """Tell whoever follows that somebody came in, came back, left or was sent away."""
    session.flush()
    for follow in _follows:
        follow(session, participant)
