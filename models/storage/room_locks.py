"""In which order a group of posts locks the rooms that it changes: one order, in every process."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from models.basics import codes
from models.storage.transaction import Transaction
from models.tables import Participant, Workshop


def lock_rooms(transaction: Transaction, posts: Sequence[Mapping[str, Any]]) -> None:
    """Lock the rooms of several posts, lowest number first, before the first of them changes one (PostgreSQL).

    Each post locks its own room when its turn comes. Two processes whose posts come in another order would each hold
    what the other waits for; PostgreSQL notices after a second, and ends one of them. `posts` are the arguments of the
    actions: they name their room by its join `code` or by a `participant_id`. SQLite has one writer, and no such wait.
    """
    if transaction.connection.dialect.name != "postgresql":
        return
    found = [codes.join_code(str(post["code"])) for post in posts if post.get("code")]
    people = [int(post["participant_id"]) for post in posts if post.get("participant_id")]
    if len(set(found)) + len(set(people)) < 2:
        return
    theirs = select(col(Participant.workshop_id)).where(col(Participant.id).in_(people))
    transaction.connection.execute(
        select(col(Workshop.id))
        .where(or_(col(Workshop.code).in_(found), col(Workshop.id).in_(theirs)))
        .order_by(col(Workshop.id))
        .with_for_update(key_share=True)
    ).all()
