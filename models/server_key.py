"""What a start looks at before it writes anything: is the server key there, and is it the one that all was made with?

With another key some links cannot be shown again, and some open rounds cannot go on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import LargeBinary, inspect, literal_column
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from models.alliance.partner import partner_token
from models.baseline.sources import field_token, speaker_token
from models.basics.errors import ServerKeyMissing
from models.basics.keys import has_server_key, key_file, token_hash
from models.basics.words import Secrecy
from models.signing.agenda import public_copy_token
from models.storage.database import looking, refuse_a_newer_one
from models.tables import Agenda, Alliance, BaselineSource, Partner, Round, RoundSecret, Workshop
from models.voting.ballot import is_key_lost
from models.workshop.workshop import projector_token, table_host_token


@dataclass(frozen=True)
class AnotherKey:
    """`has_changed`: links were made with another key. `rounds`: alliance, code and number of those that are stuck."""

    has_changed: bool
    rounds: list[tuple[str, str, int]]


Row = TypeVar("Row", Partner, Workshop, Agenda)
SAME_KEY = AnotherKey(False, [])


def look_before_writing() -> AnotherKey:
    """Return what the server key of now means for what the database holds. Nothing is written, no key is made.

    The tables may be those of an earlier version. Raises `NewerDatabase`, and `ServerKeyMissing` where a key was used
    and there is none: a new one would go unnoticed until links do not open.
    """
    with looking() as session:
        if session is None:
            return SAME_KEY
        refuse_a_newer_one(session)
        if not _holds_what_a_key_made(session):
            return SAME_KEY
        if not has_server_key():
            raise ServerKeyMissing(str(key_file()))
        return another_key(session)


def _holds_what_a_key_made(session: Session) -> bool:
    """Every link, cookie and secret belongs to a partner, or to a workshop."""
    return any(
        _has_table(session, table.__tablename__)
        and session.connection().execute(select(table.id).limit(1)).first() is not None
        for table in (Partner, Workshop)
    )


def _has_table(session: Session, name: str) -> bool:
    return inspect(session.connection()).has_table(name)


def another_key(session: Session) -> AnotherKey:
    """Return whether what the database holds was made with another key than that of now.

    It asks for columns that were there from the first version on, since a start asks before it migrates.
    """
    partner = _first(session, Partner, "serial", "token_hash")
    workshop = _first(session, Workshop, "projector_serial", "projector_token_hash")
    agenda = _first(session, Agenda, "public_serial", "public_token_hash")
    has_changed = (
        (partner is not None and not link_can_be_shown(partner))
        or (workshop is not None and not projector_link_can_be_shown(workshop))
        or (agenda is not None and token_hash(public_copy_token(agenda)) != agenda.public_token_hash)
    )
    stuck = [
        (alliance, code, number)
        for alliance, code, number, sealed in _secrets_of_open_rounds(session)
        # A copy holds no secret: that says nothing of the key.
        if sealed and is_key_lost(Secrecy.ANONYMOUS, sealed)
    ]
    return AnotherKey(has_changed or bool(stuck), stuck)


def _first(session: Session, table: type[Row], *columns: str) -> Row | None:
    """Return the first row of a table with these columns and its id, and no other."""
    wanted = load_only(*(getattr(table, name) for name in ("id", *columns)))
    return session.exec(select(table).options(wanted).order_by(col(table.id)).limit(1)).first()


def _secrets_of_open_rounds(session: Session) -> Iterable[Any]:
    """Yield alliance, code, number and sealed secret of every open anonymous round."""
    # Until migration 0007 the secret stood in the round itself.
    is_apart = _has_table(session, "round_secret")
    sealed = RoundSecret.sealed if is_apart else literal_column("round.secret", LargeBinary)
    asked = (
        select(Alliance.name, Workshop.code, Round.number, sealed)
        .join(Workshop, col(Workshop.alliance_id) == Alliance.id)
        .join(Round, col(Round.workshop_id) == Workshop.id)
        .where(col(Round.closed_at).is_(None), Round.secrecy == Secrecy.ANONYMOUS)
        .order_by(col(Round.id))
    )
    if is_apart:
        asked = asked.join(RoundSecret, col(RoundSecret.round_id) == Round.id)
    return session.exec(asked).all()


def link_can_be_shown(partner: Partner) -> bool:
    """Return whether the link that we would show opens this partner's page: not after a start with another key.

    The link that was given out before still opens it.
    """
    return token_hash(partner_token(partner)) == partner.token_hash


def projector_link_can_be_shown(workshop: Workshop) -> bool:
    """Return the same for a workshop's projector."""
    return token_hash(projector_token(workshop)) == workshop.projector_token_hash


def table_host_link_can_be_shown(workshop: Workshop) -> bool:
    """Return the same for a workshop's table hosts."""
    return token_hash(table_host_token(workshop)) == workshop.table_host_token_hash


def speaker_link_can_be_shown(source: BaselineSource) -> bool:
    """Return the same for who was interviewed, of the link where they narrow their consent."""
    return token_hash(speaker_token(source)) == source.token_hash


def field_link_can_be_shown(source: BaselineSource) -> bool:
    """Return the same for the link with which an interview is typed on a phone."""
    return token_hash(field_token(source)) == source.field_token_hash
