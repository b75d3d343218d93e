"""Personal links, codes and the server key."""

import base64
import os
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet

from models.alliance.partner import find_partner, partner_token, read_partners, renew_partner_link
from models.basics import keys as links
from models.basics.words import Step
from models.server_key import link_can_be_shown
from models.signing.agenda import read_agenda, renew_public_link
from models.signing.files import find_public_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Partner
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_alliance, make_workshop, rows_of


def _partner(room: Room) -> Partner:
    with reading() as session:
        return read_partners(session, room.alliance_id)[0]


def test_a_partner_has_the_same_link_as_long_as_it_is_not_renewed(database: str) -> None:
    room = make_alliance(partners=["Selam"])

    token = partner_token(_partner(room))

    assert len(token) == 26
    assert partner_token(_partner(room)) == token
    with reading() as session:
        found = find_partner(session, token)
    assert found is not None
    assert found.name == "Selam"


@pytest.mark.both_databases
def test_a_renewed_link_withdraws_the_old_one(database: str) -> None:
    room = make_alliance(partners=["Selam"])
    old = partner_token(_partner(room))

    write(renew_partner_link, who=LEADER, partner_id=room.partners["Selam"])

    new = partner_token(_partner(room))
    with reading() as session:
        assert find_partner(session, old) is None
        assert find_partner(session, new) is not None


def test_the_database_knows_the_hash_of_a_link_only(database: str) -> None:
    room = make_alliance(partners=["Selam"])
    token = partner_token(_partner(room))

    row = rows_of(Partner)[0]

    assert row["token_hash"] == links.token_hash(token)
    assert token not in str(row)


def test_an_old_link_still_opens_after_a_restore_without_the_key(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_alliance(partners=["Selam"])
    token = partner_token(_partner(room))

    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")

    with reading() as session:
        assert find_partner(session, token) is not None


def test_links_of_different_kinds_and_things_differ() -> None:
    tokens = {
        links.personal_token(kind, identifier, serial)
        for kind in ("partner", "projector", "public copy")
        for identifier in (1, 11)
        for serial in (1, 11)
    }

    assert len(tokens) == 12


def test_random_tokens_differ_and_can_stand_in_an_address() -> None:
    tokens = {links.new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert all(len(token) == 26 and token.isalnum() and token == token.lower() for token in tokens)


@pytest.mark.parametrize(
    ("code", "length"), [(links.new_join_code(), 5), (links.new_personal_code(), 8)], ids=["join", "personal"]
)
def test_a_code_is_short_and_has_no_look_alikes(code: str, length: int) -> None:
    assert len(code) == length
    assert not set(code) & set("0O1IL5S2Z8BUV")


def test_a_server_key_is_made_once_and_nobody_else_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HANDSLAG_KEY", raising=False)
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "new"))

    first = links.server_key()

    path = tmp_path / "new" / "server.key"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert path.read_bytes() == first
    links._key_for.cache_clear()
    assert links.server_key() == first


def test_without_a_configured_folder_data_stands_beside_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDSLAG_DATA", raising=False)

    assert links.data_folder() == Path(links.__file__).resolve().parents[2] / "data"


def test_a_sealed_secret_opens_with_the_same_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = links.seal(b"round secret")

    assert b"round secret" not in sealed
    assert links.unseal(sealed) == b"round secret"
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")
    with pytest.raises(InvalidTag):
        links.unseal(sealed)


def test_what_an_earlier_version_sealed_opens_with_the_same_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = Fernet(base64.urlsafe_b64encode(links.keyed("seal"))).encrypt(b"round secret")
    assert links.unseal(sealed) == b"round secret"

    monkeypatch.setenv("HANDSLAG_KEY", "another key, long enough to be one")

    with pytest.raises(InvalidTag):
        links.unseal(sealed)


def test_no_link_is_shown_that_would_not_open_after_a_restore_without_the_key(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=6, partners=["Selam"], step=Step.SIGN)
    make_adopted(room)
    agenda_id = make_agenda(room)
    with reading() as session:
        assert link_can_be_shown(_partner(room))
        found = read_agenda(session, room.workshop_id)
        assert found is not None and found.public_token is not None
    old = found.public_token
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")

    with reading() as session:
        assert not link_can_be_shown(_partner(room))
        changed = read_agenda(session, room.workshop_id)
        assert changed is not None and changed.public_token is None
        assert find_public_agenda(session, old) is not None
    write(renew_partner_link, who=LEADER, partner_id=room.partners["Selam"])
    write(renew_public_link, who=LEADER, agenda_id=agenda_id)

    with reading() as session:
        assert link_can_be_shown(_partner(room))
        renewed = read_agenda(session, room.workshop_id)
        assert renewed is not None and renewed.public_token is not None
        assert find_public_agenda(session, renewed.public_token) is not None
