"""Killed in the middle of enrolling or of new keys: all of it stands there, or nothing."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from models.basics.words import MediationStep
from models.mediation import acting, arranging, people
from models.mediation.coming_in import come_in, draw_words, unlock
from models.mediation.destroying import destroyed_file, keep_destroyed, known_destroyed
from models.mediation.opened import open_keys
from models.tables import Mediation, MediationAudience, MediationItem, MediationKey, MediationPerson
from models.upkeep import destroy_what_came_back
from tests.builders import rows_of
from tests.builders.mediation import make_mediated

TABLES = (MediationPerson, MediationAudience, MediationKey, MediationItem)


class Killed(Exception):
    """Stands for the end of the process: nothing after it happens, and nothing is committed."""


def _all() -> list[object]:
    return [rows_of(table) for table in TABLES]


@pytest.mark.both_databases
@pytest.mark.parametrize("after", [0, 1])
def test_half_an_enrolment_leaves_nothing_and_is_done_again(
    database: str, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    token, before, made_so_far = made.person("A").token, _all(), [0]
    new_audience = people._new_audience

    def breaks(*given: Any, **more: Any) -> None:
        if made_so_far[0] >= after:
            raise Killed
        made_so_far[0] += 1
        new_audience(*given, **more)
        raise Killed

    drawn = draw_words(token, "nl")
    with monkeypatch.context() as patch:
        patch.setattr(people, "_new_audience", breaks)
        with pytest.raises(Killed):
            come_in(token, drawn, drawn.words)

    assert _all() == before
    assert unlock(token, drawn.words) is None
    assert open_keys.tapped(come_in(token, drawn, drawn.words)) is not None


@pytest.mark.both_databases
def test_half_a_change_of_keys_leaves_the_keys_of_before(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    halima, before = made.open_as("A", 1), _all()

    def breaks(session: Session, *given: object, **more: object) -> None:
        session.flush()
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(people, "_new_audience", breaks)
        with pytest.raises(Killed):
            arranging.remove(made.open_as(""), person_id=halima.person_id)

    assert _all() == before
    assert set(made.texts("A")) <= {text.text for text in acting.look(halima).texts}
    arranging.remove(made.open_as(""), person_id=halima.person_id)
    assert set(made.texts("A")) <= {text.text for text in acting.look(made.open_as("A")).texts}


def test_what_was_to_be_destroyed_is_destroyed_at_the_next_look(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names are kept before the rows go, so that whoever is killed in between loses neither."""
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
    make_mediated(MediationStep.TOGETHER)
    uids = [row["uid"] for row in rows_of(Mediation)]
    keep_destroyed(uids)
    destroy_what_came_back()

    assert [rows_of(table) for table in TABLES] == [[], [], [], []]


def test_a_name_that_a_power_cut_left_half_spoils_none_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path))
    keep_destroyed(["a" * 32, "b" * 32])
    destroyed_file().write_bytes(destroyed_file().read_bytes()[:-9])

    keep_destroyed(["b" * 32, "c" * 32])

    assert {"a" * 32, "b" * 32, "c" * 32} <= set(known_destroyed())
