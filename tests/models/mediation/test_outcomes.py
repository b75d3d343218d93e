"""What leaves a mediation: only what every party released, to be taken back until a freeze; and how it holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exports.sentences.methods import words_to_freeze
from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, NotFound, NotYours, OutcomeFrozen, StepNotReached
from models.basics.words import MediationStep, MediationText
from models.mediation import acting, approving, ending, own_texts
from models.mediation.group import asked_otherwise
from models.mediation.outcomes import aftercare_counts, list_outcomes, make_agreement
from models.mediation.stopping import end_stopped, stop_mediation
from models.signing.agenda import freeze_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Agreement, AgreementVersion, MediationOutcome
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, make_mediated

SENTENCE, INSTEAD = "Wij bellen eerst, en schrijven daarna.", "Teruggenomen."


@pytest.fixture
def made(sqlite: str) -> Mediated:
    return make_mediated(MediationStep.AGREEMENTS)


def _release(made: Mediated, *parties: str) -> str:
    item = ""
    for party in parties:
        opened = made.open_as(party)
        text = acting.look(opened).agreements[0].text
        item = text.item
        approving.release_to_alliance(opened, item=item, version=text.version)
    return item


def _outcomes(made: Mediated) -> list[tuple[str, int | None]]:
    with reading() as session:
        return [(one.text, one.agreement_number) for one in list_outcomes(session, made.alliance_id)]


@pytest.mark.both_databases
def test_only_what_every_party_released_can_be_read(database: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    _release(made, "A")
    assert _outcomes(made) == []
    assert SENTENCE not in repr(rows_of(MediationOutcome))

    _release(made, "B", "B")

    assert _outcomes(made) == [(SENTENCE, None)]


def test_only_who_speaks_for_a_party_releases_and_only_what_all_approved(made: Mediated) -> None:
    first, second = acting.look(made.open_as("A")).agreements

    for opened in (made.open_as(""), made.open_as("A", 1)):
        with pytest.raises(NotYours):
            approving.release_to_alliance(opened, item=first.text.item, version=1)
    with pytest.raises(NotFound):
        approving.release_to_alliance(made.open_as("A"), item=second.text.item, version=1)


def test_a_changed_agreement_is_released_anew(made: Mediated) -> None:
    item = _release(made, "A")
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text="Wij bellen.", item=item)
    asked_otherwise(made.open_as("A"), item=item, version=2, how="Nog eens gevraagd.", release=True)
    for party in ("A", "B"):
        approving.answer_agreement(made.open_as(party), item=item, version=2, answer="yes")
    _release(made, "B")

    assert _outcomes(made) == []
    assert acting.look(made.open_as("")).released_by(acting.look(made.open_as("")).text(item)) == {2}


def test_it_becomes_an_agreement_once_and_the_agenda_says_only_that_it_comes_from_a_mediation(
    made: Mediated,
) -> None:
    _release(made, "A", "B")
    for _ in range(2):
        write(make_agreement, who=LEADER, outcome_id=1)

    (agreement,) = rows_of(Agreement)
    frozen = write(freeze_agenda, who=LEADER, workshop_id=1, words=words_to_freeze())
    assert frozen
    assert (agreement["what"], agreement["mediation_id"]) == (SENTENCE, 1)
    assert _outcomes(made) == [(SENTENCE, 1)]
    with pytest.raises(OutcomeFrozen):
        approving.take_back_from_alliance(made.open_as("B"), item=_item(made), instead=INSTEAD)


def _item(made: Mediated) -> str:
    return acting.look(made.open_as("A")).agreements[0].text.item


def test_it_is_taken_back_with_its_words_until_the_freeze(made: Mediated) -> None:
    item = _release(made, "A", "B")
    write(make_agreement, who=LEADER, outcome_id=1)

    approving.take_back_from_alliance(made.open_as("B"), item=item, instead=INSTEAD)

    assert _outcomes(made) == []
    for table in (Agreement, AgreementVersion, MediationOutcome):
        assert SENTENCE not in repr(rows_of(table))
    assert rows_of(Agreement)[0]["state"] == "dropped"
    _release(made, "B")
    assert _outcomes(made) == [(SENTENCE, None)]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def at(days: int) -> None:
        for place in ("models.mediation.stopping.now", "models.mediation.views.now"):
            monkeypatch.setattr(place, lambda: now() + timedelta(days=days, minutes=11))

    return at


def test_six_weeks_and_three_months_later_a_party_says_how_it_goes_and_the_mediator_reads_it(
    made: Mediated, later: Callable[[int], None]
) -> None:
    rinus, marieke, mediator = made.open_as("A"), made.open_as("B"), made.open_as("")
    write(stop_mediation, person_id=rinus.person_id)
    later(0)
    write(end_stopped)

    with pytest.raises(StepNotReached):
        ending.say_how_it_holds(rinus, answer="better")
    later(43)
    ending.say_how_it_holds(rinus, answer="better")
    with pytest.raises(StepNotReached):
        ending.say_how_it_holds(rinus, answer="worse")
    later(92)
    ending.say_how_it_holds(rinus, answer="same")

    assert acting.look(mediator).held(1) == {42: "better", 91: "same"}
    assert acting.look(marieke).held(1) == {}
    with reading() as session:
        assert aftercare_counts(session, made.alliance_id) == {}


def test_the_alliance_reads_a_count_from_five_mediations_on(
    made: Mediated, later: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.mediation.outcomes.LEAST_TOLD", 1)
    rinus = made.open_as("A")
    write(stop_mediation, person_id=rinus.person_id)
    later(43)
    write(end_stopped)
    ending.say_how_it_holds(rinus, answer="better")

    with reading() as session:
        assert aftercare_counts(session, made.alliance_id) == {"better": 1}


def test_who_takes_a_word_back_while_the_last_one_releases_is_heard(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the transaction of the last one another party's tap may fall: then nothing leaves."""
    item = _release(made, "A")
    rinus, marieke = made.open_as("A"), made.open_as("B")
    taken_back: list[str] = []

    def write_after_another(action: Callable[..., object], **arguments: object) -> object:
        if not taken_back:
            taken_back.append(item)
            approving.take_back_from_alliance(rinus, item=item, instead=INSTEAD)
        return write(action, **arguments)

    with monkeypatch.context() as at_once, pytest.raises(ChangedMeanwhile):
        at_once.setattr(approving, "write", write_after_another)
        approving.release_to_alliance(marieke, item=item, version=1)

    assert taken_back and _outcomes(made) == []
    assert acting.look(marieke).released_by(acting.look(marieke).text(item)) == frozenset()


def test_whoever_changes_an_agreement_takes_nobodys_say_over_what_the_alliance_reads(made: Mediated) -> None:
    item = _release(made, "A", "B")
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text="Wij bellen.", item=item)
    assert not acting.look(made.open_as("A")).agreements[0].is_approved
    assert _outcomes(made) == [(SENTENCE, None)]
    for opened in (made.open_as(""), made.open_as("A", 1)):
        with pytest.raises(NotYours):
            approving.take_back_from_alliance(opened, item=item, instead=INSTEAD)

    approving.take_back_from_alliance(made.open_as("A"), item=item, instead=INSTEAD)

    assert _outcomes(made) == []


def test_a_changed_agreement_that_all_release_anew_is_what_the_alliance_reads(made: Mediated) -> None:
    item = _release(made, "A", "B")
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text="Wij bellen.", item=item)
    asked_otherwise(made.open_as("A"), item=item, version=2, how="Nog eens gevraagd.", release=True)
    for party in ("A", "B"):
        approving.answer_agreement(made.open_as(party), item=item, version=2, answer="yes")
    _release(made, "A")
    assert _outcomes(made) == [(SENTENCE, None)]

    _release(made, "B")

    assert _outcomes(made) == [("Wij bellen.", None)]
