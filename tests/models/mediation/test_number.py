"""A key that takes another's place is heard before somebody is let in or accepted, and seen by all afterwards."""

import pytest
from sqlmodel import Session

from models.basics.errors import ChangedMeanwhile
from models.basics.words import MediationStep
from models.mediation import accepting, acting, arranging
from models.mediation.coming_in import choose_new_words, come_in, draw_words, draw_words_again
from models.mediation.mediation import name_another_mediator
from models.mediation.opened import Opened, open_keys
from models.mediation.sealing import Whose, new_pair, public_of, spoken_number
from models.storage.database import engine
from models.storage.writing import write
from models.tables import MediationKey, MediationPerson
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, let_in, make_mediated


@pytest.fixture
def made(sqlite: str) -> Mediated:
    return make_mediated(MediationStep.TOGETHER)


def comes_in(token: str) -> Opened:
    drawn = draw_words(token, "nl")
    opened = open_keys.tapped(come_in(token, drawn, drawn.words))
    assert opened is not None
    return opened


def puts_another_key(person_id: int) -> None:
    """Whoever may write in the database puts a key of their own there."""
    with Session(engine()) as session:
        session.get_one(MediationPerson, person_id).public_key = new_pair().public
        session.commit()


def warned(opened: Opened) -> tuple[bool, list[str], bool]:
    """What somebody is warned of: their own key, those of others, and that of the mediator."""
    seen = acting.look(opened)
    others = [one.name for one in seen.others_with_another_key]
    return seen.is_my_key_changed, others, seen.mediator_has_other_key


NOTHING: tuple[bool, list[str], bool] = (False, [], False)


def test_two_who_speak_with_each_other_read_the_same_number(made: Mediated) -> None:
    mediator = made.open_as("")
    invited = arranging.add_person(mediator, party_id=1, person="Sjaak de Groot")
    sjaak = comes_in(invited.token)

    number = acting.look(sjaak).my_number

    assert acting.look(mediator).person(invited.person_id).number == number
    assert acting.look(sjaak).mediator_number == acting.look(mediator).my_number != number
    assert [len(part) for part in number.split()] == [4] * 5 and number.replace(" ", "").isdigit()


def test_a_number_belongs_to_one_key_of_one_person_in_one_mediation() -> None:
    public = public_of(b"\1" * 32)
    places = [Whose("a" * 32, 1, 1), Whose("b" * 32, 1, 1), Whose("a" * 32, 2, 1), Whose("a" * 32, 1, 2)]

    numbers = {spoken_number(public, place) for place in places}

    assert len(numbers) == len(places)
    assert spoken_number(public_of(b"\2" * 32), places[0]) not in numbers
    # What was once read aloud stays the same number in a later version.
    assert spoken_number(public, places[0]) == "6121 5541 5874 0489 9151"


def test_nobody_is_let_in_by_a_number_that_was_not_shown(made: Mediated) -> None:
    mediator = made.open_as("")
    invited = arranging.add_person(mediator, party_id=1, person="Sjaak de Groot")
    sjaak = comes_in(invited.token)
    heard = acting.look(sjaak).my_number
    puts_another_key(invited.person_id)
    before = rows_of(MediationKey)

    with pytest.raises(ChangedMeanwhile):
        arranging.admit(mediator, person_id=invited.person_id, number=heard)

    assert acting.look(mediator).person(invited.person_id).number != heard
    assert rows_of(MediationKey) == before
    assert warned(sjaak)[0]


def test_a_key_that_changes_afterwards_is_seen_by_everybody(made: Mediated) -> None:
    mediator, rinus, halima, marieke = (
        made.open_as(""),
        made.open_as("A"),
        made.open_as("A", 1),
        made.open_as("B"),
    )
    everybody = (mediator, rinus, halima, marieke)
    assert [warned(one) for one in everybody] == [NOTHING] * 4

    puts_another_key(halima.person_id)

    told = (False, ["Halima Çelik"], False)
    assert [warned(one) for one in (mediator, rinus, marieke)] == [told] * 3
    assert warned(halima)[0]
    # Let go and invited anew, everybody else has new keys, and nobody is warned of anything.
    arranging.remove(mediator, person_id=halima.person_id)
    assert [warned(one) for one in (mediator, rinus, marieke)] == [NOTHING] * 3


def test_a_mediators_key_that_changes_is_seen_by_the_mediator_and_by_who_accepted(made: Mediated) -> None:
    mediator, rinus = made.open_as(""), made.open_as("A")

    puts_another_key(mediator.person_id)

    assert warned(mediator)[0]
    assert warned(rinus) == (False, [], True)


def test_a_party_hands_its_keys_to_the_very_mediator_whose_number_it_read(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    rinus = made.open_as("A")
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    newcomer = comes_in(invited.token)
    arranging.set_up(newcomer, direction="vertical", name="Joris", declaration="Ik hoor bij niemand.")
    read = acting.look(rinus)
    puts_another_key(newcomer.person_id)
    before = rows_of(MediationKey)

    monkeypatch.setattr("models.mediation.accepting.look_as", lambda *_: read)
    with pytest.raises(ChangedMeanwhile):
        accepting.accept(rinus, texts=["alles"], mandate="self", who_decides="")

    assert rows_of(MediationKey) == before


def test_nobody_is_warned_of_new_words_another_pair_or_another_mediator(made: Mediated) -> None:
    mediator, rinus, halima = made.open_as(""), made.open_as("A"), made.open_as("A", 1)
    invited = arranging.invite_again(mediator, person_id=halima.person_id)
    again = comes_in(invited.token)
    assert warned(rinus) == NOTHING and warned(again) == NOTHING
    let_in(mediator, halima.person_id)
    accepting.accept(again, texts=["alles"], mandate="self", who_decides="")
    drawn = draw_words_again("nl", is_mediator=True)
    choose_new_words(mediator, drawn, drawn.words)
    assert [warned(one) for one in (mediator, rinus, again)] == [NOTHING] * 3

    newcomer = comes_in(write(name_another_mediator, who=LEADER, mediation_id=1).token)
    arranging.set_up(newcomer, direction="vertical", name="Joris", declaration="Ik hoor bij niemand.")
    assert [warned(one) for one in (newcomer, rinus, again)] == [NOTHING] * 3
    for one in (rinus, again):
        accepting.accept(one, texts=["alles"], mandate="self", who_decides="")
    assert [warned(one) for one in (newcomer, rinus, again)] == [NOTHING] * 3
