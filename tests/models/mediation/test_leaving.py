"""With three parties or more who stops leaves, and the others go on; and what nobody ends, ends by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from exports.sentences.mediation import to_accept
from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, MediationEnded, MediationLocked
from models.basics.words import Language, MediationStep, MediationText
from models.mediation import accepting, acting, approving, arranging, ending, own_texts, releasing
from models.mediation.coming_in import come_in, draw_words, unlock
from models.mediation.destroying import destroy_due, destroyed_on, keep_destroyed, known_destroyed
from models.mediation.mediation import begin_mediation, list_mediations
from models.mediation.opened import Opened, open_keys
from models.mediation.outcomes import list_outcomes
from models.mediation.stopping import QUIET_DAYS, end_stopped
from models.mediation.texts import store_texts
from models.storage.database import back_up, dispose, reading
from models.storage.writing import write
from models.tables import Mediation, MediationItem, MediationKey, MediationParty, MediationPerson
from models.upkeep import destroy_what_came_back
from tests.builders import LEADER, make_alliance, rows_of
from tests.builders.mediation import Mediated, let_in, make_mediated

STORY, PRINCIPLE = "Wij staan elke zaterdag alleen op het plein.", "De markt is van iedereen. 🧺"
C = 3
Later = Callable[[int], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    def moves(minutes: int) -> None:
        monkeypatch.setattr("models.mediation.stopping.now", lambda: now() + timedelta(minutes=minutes))

    return moves


class Three:
    """A mediation between three parties; the third wrote a story and released a principle."""

    def __init__(self, step: str = MediationStep.TOGETHER) -> None:
        self.made: Mediated = make_mediated(step)
        mediator = self.made.open_as("")
        invited = arranging.add_party(mediator, name="Marktlui", kind="person", person="Bram Vos")
        drawn = draw_words(invited.token, "nl")
        opened = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
        assert opened is not None
        self.bram, self.token, self.words = opened, invited.token, drawn.words
        let_in(mediator, opened.person_id)
        texts = [one.whole for one in to_accept("vertical", "A", "B", Language.DUTCH)]
        accepting.accept(opened, texts=texts, mandate="self", who_decides="")
        own_texts.write_text(opened, kind=MediationText.STORY, text=STORY)
        own_texts.write_text(opened, kind=MediationText.PRINCIPLE, text=PRINCIPLE)
        principle = acting.look(opened).between(C)[-1]
        releasing.share(opened, item=principle.item, version=principle.version)

    def open_as(self, party: str) -> Opened:
        return self.made.open_as(party)


def texts_of(opened: Opened) -> list[str]:
    return [text.text for text in acting.look(opened).texts]


@pytest.mark.both_databases
def test_of_three_parties_the_one_that_stops_leaves_and_the_others_go_on(database: str, later: Later) -> None:
    three = Three()
    rinus, marieke, mediator = three.open_as("A"), three.open_as("B"), three.open_as("")
    kept = Opened(three.bram.person_id, three.bram.pair, bytearray(three.bram.private), dict(three.bram.keys))
    ending.stop(three.bram)
    later(11)
    own_texts.write_text(rinus, kind=MediationText.PRINCIPLE, text="Nu wij met twee zijn.")
    told = acting.look(rinus).between(1)[-1]
    releasing.share(rinus, item=told.item, version=1)

    for opened in (rinus, marieke, mediator):
        seen = acting.look(opened)
        assert not seen.is_ended
        assert [party.letter for party in seen.parties] == ["A", "B"]
        assert [party.letter for party in seen.left] == ["C"]
        # What it released stays, and what it told the mediator is nowhere.
        assert PRINCIPLE in texts_of(opened) and STORY not in texts_of(opened)
        assert seen.party(C).name == "Marktlui"
    with pytest.raises(MediationLocked):
        acting.look(three.bram)
    assert unlock(three.token, three.words) is None
    written = max(row["audience_id"] for row in rows_of(MediationItem))
    assert written not in kept.keys
    assert three.bram.person_id not in {row["person_id"] for row in rows_of(MediationKey)}
    with reading() as session:
        assert [row.is_ended for row in list_mediations(session, three.made.alliance_id)] == [False]


def test_nobody_hears_of_it_for_ten_minutes_and_it_is_taken_back(sqlite: str, later: Later) -> None:
    three = Three()
    ending.stop(three.bram)
    later(9)

    assert acting.look(three.bram).stopped_by_me and acting.look(three.bram).stops_at is not None
    for party in ("", "A", "B"):
        seen = acting.look(three.open_as(party))
        assert (len(seen.parties), seen.left, seen.stopped_by_me, seen.stops_at) == (3, [], False, None)
    assert write(end_stopped) == 0
    ending.go_on(three.bram)
    later(20)
    assert write(end_stopped) == 0
    assert STORY in texts_of(three.bram) and not acting.look(three.bram).stopped_by_me


def test_after_ten_minutes_it_is_closed_for_who_left_before_anybody_looks_after_it(
    sqlite: str, later: Later
) -> None:
    three = Three()
    ending.stop(three.bram)
    later(11)

    with pytest.raises(MediationLocked):
        acting.look(three.bram)
    with pytest.raises(MediationLocked):
        ending.go_on(three.bram)
    assert [party.letter for party in acting.look(three.open_as("A")).left] == ["C"]


def test_nothing_is_stored_under_keys_that_a_party_takes_along(sqlite: str, later: Later) -> None:
    three = Three()
    rinus = three.open_as("A")
    ending.stop(three.bram)
    later(11)

    with pytest.raises(ChangedMeanwhile):
        write(store_texts, person_id=rinus.person_id, pair=rinus.pair, texts=[], kind=MediationText.STORY)
    own_texts.write_text(rinus, kind=MediationText.STORY, text="Nog iets.")
    assert "Nog iets." in texts_of(rinus)


def test_when_the_second_of_three_stops_too_it_ends_for_all(sqlite: str, later: Later) -> None:
    three = Three()
    marieke = three.open_as("B")
    ending.stop(three.bram)
    ending.stop(marieke)
    later(11)

    assert write(end_stopped) == 1
    assert acting.look(three.open_as("A")).is_ended
    row = rows_of(Mediation)[0]
    assert row["destroy_on"] == destroyed_on(row["ended_at"].date())
    assert [one["leaving_person_id"] for one in rows_of(MediationParty)] == [None] * 3


def test_when_who_stopped_first_stays_after_all_only_the_second_leaves(sqlite: str, later: Later) -> None:
    three = Three()
    marieke = three.open_as("B")
    ending.stop(three.bram)
    ending.stop(marieke)
    ending.go_on(three.bram)
    later(11)

    assert write(end_stopped) == 0
    assert [party.letter for party in acting.look(three.bram).parties] == ["A", "C"]


def test_a_third_that_never_accepted_does_not_keep_it_going(sqlite: str, later: Later) -> None:
    made = make_mediated()
    arranging.add_party(made.open_as(""), name="Scouting", kind="group", person="Iemand anders")
    ending.stop(made.open_as("A"))
    later(11)

    assert write(end_stopped) == 1


def test_the_mediators_stop_ends_it_for_all(sqlite: str, later: Later) -> None:
    three = Three()
    ending.stop(three.open_as(""))
    later(11)

    assert write(end_stopped) == 1
    with pytest.raises(MediationEnded):
        own_texts.write_text(three.bram, kind=MediationText.STORY, text="Nog iets.")


def test_the_last_that_had_not_released_a_sentence_leaves_and_the_others_let_it_out(
    sqlite: str, later: Later
) -> None:
    three = Three(MediationStep.AGREEMENTS)
    agreement = acting.look(three.bram).agreements[0].text
    approving.answer_agreement(three.bram, item=agreement.item, version=1, answer="yes")
    for party in ("A", "B"):
        approving.release_to_alliance(three.open_as(party), item=agreement.item, version=1)
    ending.stop(three.bram)
    later(11)
    rinus = three.open_as("A")
    seen = acting.look(rinus)

    assert seen.all_released(agreement) and not seen.is_told(agreement)
    approving.release_to_alliance(rinus, item=agreement.item, version=1)
    with reading() as session:
        assert [one.text for one in list_outcomes(session, three.made.alliance_id)] == [agreement.text]


def test_a_party_that_its_mediator_lets_go_leaves_nothing_that_was_not_released(sqlite: str) -> None:
    three = Three()
    mediator = three.open_as("")
    arranging.remove(mediator, person_id=three.bram.person_id)

    assert PRINCIPLE in texts_of(mediator) and STORY not in texts_of(mediator)
    assert acting.look(mediator).principles[-1].text.text == PRINCIPLE
    assert acting.look(mediator).sides[-1].letter == "C"


def _quiet_since(session: Session, *, day: date) -> None:
    mediation = session.exec(select(Mediation)).one()
    mediation.quiet_since = day
    session.add(mediation)


class TestQuiet:
    """Quiet for a year it ends by itself; in the last month everybody reads so, and one tap keeps it going."""

    def test_it_says_so_from_eleven_months_on_and_goes_on_by_one_tap(self, sqlite: str) -> None:
        made = make_mediated()
        write(_quiet_since, day=now().date() - timedelta(days=333))
        assert not acting.look(made.open_as("A")).is_quiet
        write(_quiet_since, day=now().date() - timedelta(days=334))

        for party in ("", "A", "B"):
            assert acting.look(made.open_as(party)).is_quiet
        ending.still_needed(made.open_as("B"))
        assert not acting.look(made.open_as("A")).is_quiet
        assert rows_of(Mediation)[0]["quiet_since"] == now().date()

    def test_every_text_makes_its_year_begin_anew_and_a_look_does_not(self, sqlite: str) -> None:
        made = make_mediated()
        long_ago = now().date() - timedelta(days=200)
        write(_quiet_since, day=long_ago)
        acting.look(made.open_as("A"))
        assert rows_of(Mediation)[0]["quiet_since"] == long_ago

        own_texts.keep_draft(made.open_as("A"), place="party 1 story", text="Half getypt")
        assert rows_of(Mediation)[0]["quiet_since"] == now().date()

    @pytest.mark.both_databases
    def test_after_a_year_it_ends_and_is_destroyed_in_a_copy_that_is_put_back_too(
        self, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: Later
    ) -> None:
        monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
        made = make_mediated()
        opened = made.open_as("A")
        ends = now().date() + timedelta(days=QUIET_DAYS)

        later((QUIET_DAYS - 1) * 24 * 60 - 1)
        assert write(end_stopped) == 0
        later((QUIET_DAYS + 1) * 24 * 60)
        # Before anything looks after it, it has ended already.
        with pytest.raises(MediationEnded):
            own_texts.write_text(opened, kind=MediationText.STORY, text="Nog iets.")
        with pytest.raises(MediationEnded):
            ending.still_needed(opened)
        assert write(end_stopped) == 1
        seen = acting.look(opened)
        assert (seen.is_ended, seen.ended_at and seen.ended_at.date()) == (True, ends)
        assert rows_of(Mediation)[0]["destroy_on"] == destroyed_on(ends)

        assert write(destroy_due, on=destroyed_on(ends) - timedelta(days=1)) == []
        uids = write(destroy_due, on=destroyed_on(ends))
        keep_destroyed(uids)
        for table in (MediationItem, MediationKey, MediationPerson, MediationParty):
            assert rows_of(table) == []
        assert known_destroyed() == uids

    def test_a_copy_of_before_is_destroyed_again_before_it_is_served(
        self, sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: Later
    ) -> None:
        monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
        make_mediated()
        copy = tmp_path / "copy.db"
        back_up(copy)
        later((QUIET_DAYS + 1) * 24 * 60)
        write(end_stopped)
        keep_destroyed(write(destroy_due, on=date(2100, 1, 1)))
        dispose()
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
        assert rows_of(MediationItem)

        destroy_what_came_back()

        assert rows_of(MediationItem) == []

    def test_one_that_nobody_ever_came_into_ends_too(self, sqlite: str, later: Later) -> None:
        alliance = make_alliance().alliance_id
        write(begin_mediation, who=LEADER, alliance_id=alliance)
        later((QUIET_DAYS + 1) * 24 * 60)

        assert write(end_stopped) == 1
