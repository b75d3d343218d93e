"""The public address: where phones reach this server."""

import socket
from typing import Any

import pytest

from models.basics.errors import InvalidValue, NotFound
from models.installation import address
from models.installation.installation import prepare_installation
from models.storage.database import reading
from models.storage.writing import write


def _public_address() -> str | None:
    with reading() as session:
        return address.public_address(session)


def test_a_chosen_address_is_kept_without_a_slash(database: str) -> None:
    prepare_installation()
    assert _public_address() is None

    write(address.choose_address, who="Iris", address=" http://192.168.1.20:8501/ ")

    assert _public_address() == "http://192.168.1.20:8501"
    assert address.is_fixed() is False


def test_a_configured_address_goes_before_a_chosen_one(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_installation()
    write(address.choose_address, who="Iris", address="http://192.168.1.20:8501")
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example/")

    assert address.is_fixed() is True
    assert _public_address() == "https://merenveld.example"


def test_without_an_installation_there_is_no_address(database: str) -> None:
    assert _public_address() is None
    with pytest.raises(NotFound):
        write(address.choose_address, who="Iris", address="http://merenveld.example")
    with reading() as session:
        assert address.read_reached(session) is None
    home = "http://merenveld.example"
    assert write(address.record_reached, key=address.address_key(home), address=home) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("merenveld.example", "http://merenveld.example"),
        ("192.168.1.20:8501", "http://192.168.1.20:8501"),
        ("https://[fd00::1]:8501", "https://[fd00::1]:8501"),
        ("HTTP://Merenveld.Example", "http://merenveld.example"),
    ],
)
def test_an_address_may_be_typed_in_short(database: str, typed: str, stored: str) -> None:
    prepare_installation()

    write(address.choose_address, who="Iris", address=typed)

    assert _public_address() == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ftp://merenveld.example",
        "https://merenveld.example/path",
        "https://merenveld.example?x=1",
        "https://iris@merenveld.example",
        "https://merenveld.example:99999",
        "https://merenveld.example:port",
        "http://[::1",
        "http://twee woorden.example",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_refused(database: str, typed: str) -> None:
    prepare_installation()

    with pytest.raises(InvalidValue):
        write(address.choose_address, who="Iris", address=typed)


@pytest.mark.parametrize(
    ("given", "lasts"),
    [
        ("https://merenveld.example", True),
        ("https://handslag.merenveld.nl:8443", True),
        ("http://192.168.1.20:8501", False),
        ("http://[fd00::1]:8501", False),
        ("http://localhost:8501", False),
        ("http://zaal.local", False),
        ("http://zaal.test", False),
        ("http://laptop", False),
        (None, False),
    ],
)
def test_an_address_lasts_when_it_is_the_name_of_a_host(given: str | None, lasts: bool) -> None:
    assert address.is_lasting(given) is lasts


@pytest.mark.both_databases
def test_a_phone_proves_by_which_address_it_reached_us(database: str) -> None:
    prepare_installation()
    wired, wireless = "http://10.0.0.5:8501", "http://192.168.1.20:8501"
    key = address.address_key(wireless)

    assert write(address.record_reached, key="0000000000", address=wireless) is None
    assert write(address.record_reached, key=key, address=wired) is None
    assert write(address.record_reached, key=key, address=f"{wireless}/") == wireless

    with reading() as session:
        reached = address.read_reached(session)
    assert reached is not None
    assert reached[0] == wireless
    assert reached[1].tzinfo is not None
    assert key != address.address_key(wired)


def test_this_machines_addresses_can_be_reached_by_others() -> None:
    found = address.machine_addresses(8501)

    assert all(
        one.startswith("http://") and one.endswith(":8501") and "127.0.0.1" not in one for one in found
    )
    assert len(found) == len(set(found))


def test_a_machine_without_a_network_has_no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_given: Any, **_more: Any) -> Any:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", nothing)
    monkeypatch.setattr(socket, "getaddrinfo", nothing)

    assert address.machine_addresses(8501) == []


def test_addresses_of_pages_are_made_in_one_place() -> None:
    home = "https://merenveld.example"

    assert address.join_url(home, "ACDEF") == "https://merenveld.example/j/ACDEF"
    assert address.join_url(home, "ACDEF", "AACCDDEE") == "https://merenveld.example/j/ACDEF/AACCDDEE"
    assert address.partner_url(home, "t") == "https://merenveld.example/s/t"
    assert address.public_copy_url(home, "t") == "https://merenveld.example/d/t"
    assert address.projector_url(home, "t") == "https://merenveld.example/projector/t"
    assert address.check_url(home, "c0de") == "https://merenveld.example/check?code=c0de"
    assert address.reach_url(home) == f"https://merenveld.example/here/{address.address_key(home)}"
    assert address.short_address("http://192.168.1.20:8501") == "192.168.1.20:8501"


@pytest.mark.parametrize(
    ("given", "reaches"),
    [
        ("http://127.0.0.1:8501", False),
        ("http://localhost:8501", False),
        ("http://handslag.localhost", False),
        ("http://[::1]:8501", False),
        ("http://0.0.0.0:8501", False),
        ("", False),
        (None, False),
        ("http://192.168.1.20:8501", True),
        ("http://zaal.local:8501", True),
        ("https://merenveld.example", True),
    ],
)
def test_an_address_that_leads_a_phone_to_itself_reaches_none(given: str | None, reaches: bool) -> None:
    assert address.reaches_phones(given) is reaches
