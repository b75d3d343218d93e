"""The alliance's logo: chosen, replaced, taken away; what was frozen with one keeps it."""

import hashlib
from datetime import timedelta

import pytest

from models.alliance.alliance import read_alliance
from models.alliance.logo import choose_logo, forget_unused_logos, logo_png, read_logo, remove_logo
from models.basics.clock import now
from models.basics.errors import NotFound
from models.signing.agenda import has_changed_since, read_agenda
from models.signing.files import agenda_document
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Alliance, AllianceLogo
from models.undoing.undo import forget_what_was_kept
from tests.builders import LEADER, Room, make_agenda, make_agreement, make_workshop, rows_of, undo_last

pytestmark = pytest.mark.both_databases
ONE, OTHER = b"\x89PNG one", b"\x89PNG other"


def _choose(room: Room, png: bytes) -> str:
    write(choose_logo, who=LEADER, alliance_id=room.alliance_id, png=png)
    return hashlib.sha256(png).hexdigest()


def _kept() -> list[bytes]:
    return sorted(bytes(row["png"]) for row in rows_of(AllianceLogo))


def test_the_last_one_chosen_is_the_logo_and_the_one_before_can_be_brought_back(database: str) -> None:
    room = make_workshop()
    _choose(room, ONE)
    _choose(room, OTHER)
    with reading() as session:
        assert read_logo(session, room.alliance_id) == OTHER

    undo_last()

    with reading() as session:
        assert read_logo(session, room.alliance_id) == ONE
    assert _kept() == [ONE]


def test_a_third_one_takes_the_first_away_for_good(database: str) -> None:
    room = make_workshop()
    for png in (ONE, OTHER, b"\x89PNG third"):
        _choose(room, png)

    assert _kept() == [OTHER, b"\x89PNG third"]


def test_the_same_one_again_changes_nothing(database: str) -> None:
    room = make_workshop()
    _choose(room, ONE)
    before = rows_of(AllianceLogo)

    _choose(room, ONE)

    assert rows_of(AllianceLogo) == before


def test_what_was_taken_away_is_gone_and_forgotten_with_what_undoing_kept(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop()
    _choose(room, ONE)
    write(remove_logo, who=LEADER, alliance_id=room.alliance_id)

    with reading() as session, pytest.raises(NotFound):
        read_logo(session, room.alliance_id)
    write(forget_unused_logos)
    assert _kept() == [ONE]

    later = now() + timedelta(days=2)
    monkeypatch.setattr("models.undoing.undo.now", lambda: later)
    write(forget_what_was_kept)
    assert write(forget_unused_logos) == 1
    assert _kept() == []


def test_a_frozen_text_keeps_the_logo_that_it_had(database: str) -> None:
    room = make_workshop(partners=["Selam"])
    make_agreement(room, owner="Selam")
    frozen_with = _choose(room, ONE)
    agenda = make_agenda(room)
    for png in (OTHER, b"\x89PNG third"):
        _choose(room, png)
    write(remove_logo, who=LEADER, alliance_id=room.alliance_id)
    write(forget_unused_logos)

    with reading() as session:
        found = read_agenda(session, room.workshop_id)
        assert found is not None and found.content["look"]["logo"] == frozen_with
        assert agenda_document(session, agenda).logo == ONE
        # Another logo is no other text: nobody is asked to sign again.
        assert not has_changed_since(session, agenda)


def test_a_text_that_was_frozen_without_a_logo_never_gets_one(database: str) -> None:
    room = make_workshop(partners=["Selam"])
    make_agreement(room, owner="Selam")
    agenda = make_agenda(room)

    _choose(room, ONE)

    with reading() as session:
        assert agenda_document(session, agenda).logo is None


def test_each_alliance_has_its_own(database: str) -> None:
    room, other = make_workshop(), make_workshop()
    logo = _choose(room, ONE)

    with reading() as session:
        assert logo_png(session, other.alliance_id, logo) is None
        assert read_alliance(session, other.alliance_id).logo is None
    assert len([row for row in rows_of(Alliance) if row["logo"] == logo]) == 1
