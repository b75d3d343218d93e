"""The installation's passphrase, and who is signed in to lead."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models.basics.clock import now
from models.basics.errors import NotFound, PassphraseTooShort, SignInEnded, TextMissing
from models.basics.keys import new_token, token_hash
from models.installation.installation import (
    SignedIn,
    end_sign_in,
    hash_passphrase,
    list_sign_ins,
    new_passphrase,
    passphrase_fits,
    prepare_installation,
    read_passphrase_hash,
    remember_workshop,
    renew_passphrase,
    sign_in,
    sign_out,
    signed_in,
)
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Installation, SignIn, Workshop
from models.who_may_see import Role, act_as_visitor
from models.workshop.workshop import set_door
from tests.builders import make_alliance, rows_of


def _signed_in(token: str | None) -> SignedIn | None:
    with reading() as session:
        return signed_in(session, token)


def _end_all_sign_ins(session: Session) -> None:
    for row in session.exec(select(SignIn)).all():
        row.ends_at = now() - timedelta(seconds=1)
        session.add(row)


def test_a_passphrase_fits_its_own_hash_only() -> None:
    hashed = hash_passphrase("molen brug haven klok")

    assert "molen" not in hashed
    assert passphrase_fits(hashed, "molen brug haven klok")
    assert not passphrase_fits(hashed, "molen brug haven kloK")
    assert not passphrase_fits("no hash at all", "molen")


def test_a_new_passphrase_is_long_enough_and_easy_to_type() -> None:
    first, second = new_passphrase(), new_passphrase()

    assert first != second
    assert [len(group) for group in first.split("-")] == [4, 4, 4, 4]


def test_the_first_start_tells_a_passphrase_once(database: str) -> None:
    fresh = prepare_installation()

    assert fresh is not None
    with reading() as session:
        stored = read_passphrase_hash(session)
    assert stored is not None
    assert passphrase_fits(stored, fresh)
    assert prepare_installation() is None


@pytest.mark.both_databases
def test_a_configured_passphrase_is_used_and_not_told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_installation()
    monkeypatch.setenv("HANDSLAG_PASSPHRASE", "molen brug haven klok")

    assert prepare_installation() is None
    assert prepare_installation() is None

    with reading() as session:
        stored = read_passphrase_hash(session)
    assert stored is not None
    assert passphrase_fits(stored, "molen brug haven klok")


@pytest.mark.parametrize("configured", ["welkom", "elf tekens ", "  \t kort   \n   "])
def test_a_configured_passphrase_that_can_be_guessed_is_refused(
    database: str, monkeypatch: pytest.MonkeyPatch, configured: str
) -> None:
    monkeypatch.setenv("HANDSLAG_PASSPHRASE", configured)

    with pytest.raises(PassphraseTooShort):
        prepare_installation()

    assert rows_of(Installation) == []


def test_spaces_around_a_configured_passphrase_do_not_count(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_PASSPHRASE", " molen brug haven klok\n")
    prepare_installation()

    with reading() as session:
        stored = read_passphrase_hash(session)

    assert stored is not None
    assert passphrase_fits(stored, "molen brug haven klok")


def test_an_empty_setting_means_that_one_is_made(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_PASSPHRASE", "")

    assert prepare_installation() is not None


def test_a_passphrase_can_be_renewed(database: str) -> None:
    with reading() as session:
        assert read_passphrase_hash(session) is None

    for passphrase in ("first", "second"):
        write(renew_passphrase, passphrase_hash=hash_passphrase(passphrase))

    with reading() as session:
        stored = read_passphrase_hash(session)
    assert stored is not None
    assert passphrase_fits(stored, "second")


def test_a_sign_in_stands_for_twelve_hours(database: str) -> None:
    token = new_token()

    write(sign_in, name="  Iris de Wit ", token=token)

    found = _signed_in(token)
    assert found is not None
    assert (found.name, found.workshop_id) == ("Iris de Wit", None)
    (row,) = rows_of(SignIn)
    assert row["ends_at"] - row["created_at"] == timedelta(hours=12)
    assert row["token_hash"] == token_hash(token)
    assert _signed_in(new_token()) is None
    assert _signed_in(None) is None


def test_a_facilitator_gives_a_name(database: str) -> None:
    with pytest.raises(TextMissing):
        write(sign_in, name=" ", token=new_token())


@pytest.mark.both_databases
def test_a_sign_in_ends_by_itself_and_is_then_forgotten(database: str) -> None:
    token = new_token()
    write(sign_in, name="Iris", token=token)

    write(_end_all_sign_ins)

    assert _signed_in(token) is None
    write(sign_in, name="Sam", token=new_token())
    assert [row["name"] for row in rows_of(SignIn)] == ["Sam"]


@pytest.mark.both_databases
def test_a_sign_out_ends_it_in_every_window(database: str) -> None:
    token = new_token()
    write(sign_in, name="Iris", token=token)

    write(sign_out, token=token)
    write(sign_out, token=token)

    assert _signed_in(token) is None


def test_a_facilitators_action_carries_the_name_and_stops_with_the_sign_in(database: str) -> None:
    room = make_alliance()
    token = new_token()
    write(sign_in, name="Iris", token=token)
    shut = {"workshop_id": room.workshop_id, "door": "shut"}

    write(act_as_visitor, tokens={Role.FACILITATOR: token}, action=set_door, arguments=shut)
    write(sign_out, token=token)
    for ended in (token, None, "nonsense"):
        with pytest.raises(SignInEnded):
            write(
                act_as_visitor,
                tokens={Role.FACILITATOR: ended},
                action=set_door,
                arguments={**shut, "door": "open"},
            )

    assert [row["door"] for row in rows_of(Workshop)] == ["shut"]


@pytest.mark.both_databases
def test_the_workshop_that_was_chosen_last_is_remembered(database: str) -> None:
    room = make_alliance()
    token = new_token()
    write(sign_in, name="Iris", token=token)
    found = _signed_in(token)
    assert found is not None

    write(remember_workshop, who="Iris", sign_in_id=found.id, workshop_id=room.workshop_id)

    again = _signed_in(token)
    assert again is not None
    assert again.workshop_id == room.workshop_id
    with pytest.raises(NotFound):
        write(remember_workshop, who="Iris", sign_in_id=found.id, workshop_id=4711)
    with pytest.raises(SignInEnded):
        write(remember_workshop, who="Iris", sign_in_id=4711, workshop_id=room.workshop_id)


def test_a_facilitator_sees_who_is_signed_in_and_ends_what_should_not_stand(database: str) -> None:
    own, left_behind = new_token(), new_token()
    write(sign_in, name="Iris", token=own)
    write(sign_in, name="Zoë", token=left_behind)
    with reading() as session:
        standing = list_sign_ins(session)

    write(
        act_as_visitor,
        tokens={Role.FACILITATOR: own},
        action=end_sign_in,
        arguments={"sign_in_id": next(one.id for one in standing if one.name == "Zoë")},
    )

    assert sorted(one.name for one in standing) == ["Iris", "Zoë"]
    assert _signed_in(left_behind) is None
    assert _signed_in(own) is not None


def test_a_new_passphrase_can_sign_everybody_out(database: str) -> None:
    prepare_installation()
    token = new_token()
    write(sign_in, name="Iris", token=token)

    write(renew_passphrase, passphrase_hash=hash_passphrase("molen brug haven klok"))
    stays = _signed_in(token)
    write(
        renew_passphrase,
        passphrase_hash=hash_passphrase("haven klok molen brug"),
        signs_everybody_out=True,
    )

    assert stays is not None
    assert _signed_in(token) is None
