"""A partner's phone, as a test holds it: the real routes and guard, with a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel
from starlette.testclient import TestClient

from models.alliance.partner import change_partner, partner_token, read_partners
from models.basics.words import Copy, PartnerKind
from models.signing.agenda import read_agenda
from models.signing.files import AgendaDocument, BuiltFile
from models.storage.database import reading
from models.storage.writing import start_writer, stop_writer, write
from tests.builders import LEADER, Room, rows_of
from tests.phone.conftest import make_app

STROKES = "[[10,150,60,40,90,150],[20,160,300,140]]"


@contextmanager
def phone(language: str = "en") -> Iterator[TestClient]:
    """Yield a browser without cookies, while the writer runs."""
    start_writer()
    try:
        with TestClient(make_app(), follow_redirects=False, headers={"accept-language": language}) as client:
            yield client
    finally:
        stop_writer()


@dataclass(frozen=True)
class Own:
    """A partner and the address of the own page."""

    id: int
    page: str


def own_page(room: Room, partner: str) -> Own:
    with reading() as session:
        found = {each.name: each for each in read_partners(session, room.alliance_id)}[partner]
        return Own(found.id, f"/s/{partner_token(found)}")


def name_representative(room: Room, partner: str, *, representative: str, role: str) -> None:
    write(
        change_partner,
        who=LEADER,
        partner_id=room.partners[partner],
        kind=PartnerKind.ORGANISATION,
        name=partner,
        representative=representative,
        role=role,
        group_id=None,
    )


def text_hash(room: Room) -> str:
    with reading() as session:
        agenda = read_agenda(session, room.workshop_id)
    assert agenda is not None
    return agenda.sha256


def public_page(room: Room) -> str:
    with reading() as session:
        agenda = read_agenda(session, room.workshop_id)
    assert agenda is not None
    return f"/d/{agenda.public_token}"


def small_files(document: AgendaDocument) -> list[BuiltFile]:
    """Files that are made at once and say what is in them."""
    given = sum(1 for signature in document.signatures if signature.answer)
    return [
        BuiltFile(copy, "docx", f"{copy} {document.version}.{document.edition}: {given}".encode())
        for copy in Copy
    ]


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    return {
        table.__name__: rows_of(table) for table in SQLModel.__subclasses__() if hasattr(table, "__table__")
    }
