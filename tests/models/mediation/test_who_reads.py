"""Who can open what: with everything that stands on the disk and one person's words, only what that person reads."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import (
    AcceptedAlready,
    AlreadyEnrolled,
    ChangedMeanwhile,
    InvitedAlready,
    MediationEnded,
    MediationLocked,
    NothingAcceptedYet,
    NotYours,
    SeenAlready,
    StepNotReached,
    TooFewParties,
)
from models.basics.words import AudienceKind, MediationStep, MediationText
from models.example.merenveld_mediation import HORIZONTAL
from models.mediation import accepting, acting, approving, arranging, memory, own_texts, people, releasing
from models.mediation.coming_in import come_in, draw_words, unlock
from models.mediation.destroying import (
    destroy_again,
    destroy_due,
    destroyed_on,
    keep_destroyed,
    known_destroyed,
)
from models.mediation.mediation import begin_mediation, list_mediations, name_another_mediator
from models.mediation.opened import OPEN_SECONDS, Opened, OpenKeys, open_keys
from models.mediation.stopping import end_stopped, stop_mediation, take_back_stop
from models.storage.chain import list_events
from models.storage.database import back_up, dispose, reading
from models.storage.writing import write
from models.tables import Mediation, MediationAudience, MediationItem, MediationKey, MediationPerson
from tests.builders import LEADER, make_alliance, rows_of
from tests.builders.mediation import Mediated, let_in, make_mediated


def _read(opened: Opened) -> list[str]:
    return [text.text for text in acting.look(opened).texts]


@pytest.mark.both_databases
def test_one_persons_words_open_what_that_person_reads_and_nothing_else(database: str) -> None:
    made = make_mediated()
    texts = {readers: set(made.texts(readers)) for readers in ("notes", "A", "B", "all")}

    assert all(texts.values())
    mediator, rinus, marieke = made.open_as(""), made.open_as("A"), made.open_as("B")
    assert texts["A"] | texts["all"] <= set(_read(rinus))
    assert not (texts["B"] | texts["notes"]) & set(_read(rinus))
    assert texts["B"] | texts["all"] <= set(_read(marieke))
    assert not (texts["A"] | texts["notes"]) & set(_read(marieke))
    assert set().union(*texts.values()) <= set(_read(mediator))


def test_two_mediations_beside_each_other_open_nothing_of_each_other(sqlite: str) -> None:
    one = make_mediated()
    other = make_mediated(alliance_id=one.alliance_id)
    opened = one.open_as("A")

    assert unlock(other.person("A").token, one.person("A").words) is None
    assert {text.audience_id for text in acting.look(opened).texts} <= set(opened.keys)
    assert not set(opened.keys) & set(other.open_as("A").keys)


@pytest.mark.parametrize("column", ["mediation_id", "item", "version", "audience_id"])
def test_a_row_that_is_copied_elsewhere_does_not_open(sqlite: str, column: str) -> None:
    made = make_mediated(MediationStep.INTAKES)
    other = make_mediated(MediationStep.INTAKES, HORIZONTAL, made.alliance_id)
    opened = made.open_as("")
    before = len(_read(opened))
    copied = _move(column)

    assert copied
    assert len(_read(opened)) == before - 1
    assert not set(made.texts("A")) & set(_read(other.open_as("")))


def _move(column: str) -> bool:
    with reading() as session:
        item = session.exec(select(MediationItem).where(MediationItem.mediation_id == 1)).all()[-1]
        elsewhere = session.exec(select(MediationAudience).where(MediationAudience.mediation_id == 2)).first()
        in_this_one = session.exec(
            select(MediationAudience).where(
                MediationAudience.mediation_id == 1, MediationAudience.id != item.audience_id
            )
        ).first()
    assert elsewhere is not None and in_this_one is not None
    changes: dict[str, dict[str, object]] = {
        "mediation_id": {"mediation_id": 2},
        "item": {"item": "f" * 32},
        "version": {"version": item.version + 1},
        "audience_id": {"audience_id": in_this_one.id},
    }

    def change(session: Session) -> bool:
        row = session.get_one(MediationItem, item.id)
        for name, value in changes[column].items():
            setattr(row, name, value)
        session.add(row)
        return True

    return bool(write(change))


def test_nothing_that_was_said_stands_in_the_file_its_journal_or_a_copy(sqlite: str, tmp_path: Path) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    copy = tmp_path / "copy.db"
    back_up(copy)
    dispose()
    planted = [text for texts in made.loaded.texts.values() for text in texts]
    names = [person.name for person in made.loaded.people] + ["Lindelaan", "vertical", "Akkoord"]
    words = [word for person in made.loaded.people for word in (person.words, person.code) if word]

    found = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    # What is searched for stands where it must: the search would find it.
    assert set(planted) <= {text for one in (made.open_as(""), made.open_as("A")) for text in _read(one)}
    assert b"mediation_item" in found
    for said in [*planted, *names, *words]:
        assert said.encode() not in found, said


def test_events_tell_that_it_began_and_ended_and_no_more(sqlite: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    with reading() as session:
        told = [
            (event.what, event.details)
            for event in list_events(session, made.alliance_id)
            if "mediation" in event.what or "mediator" in event.what
        ]
        rows = list_mediations(session, made.alliance_id)

    assert told == [("mediation begun", {"number": 1})]
    assert [(row.number, row.is_ended) for row in rows] == [(1, False)]


def test_words_are_tried_in_the_same_time_whether_they_are_right(sqlite: str) -> None:
    """The first step of both is the same: Argon2 of what was typed, before anything is opened."""
    made = make_mediated(MediationStep.REGISTRATION)
    mediator = made.person("")

    assert unlock(mediator.token, "kachel rivier boterham lantaarn molen brug") is None
    assert unlock(mediator.token, mediator.spare_words) is None
    assert unlock(mediator.token, mediator.words, is_spare=True) is None
    assert unlock(mediator.token, mediator.spare_words, is_spare=True) is not None
    assert unlock("a" * 26, mediator.words) is None


def test_a_link_opens_nothing_without_its_code_and_a_code_dies_after_ten_wrong_ones(sqlite: str) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    rinus, marieke = made.person("A"), made.person("B")

    def fits(token: str, code: str) -> bool:
        return bool(write(people.code_fits, token=token, code=code))

    assert not fits(rinus.token, marieke.code)
    assert fits(rinus.token, f" {rinus.code[:4].lower()}-{rinus.code[4:]} ")
    assert not any(fits(rinus.token, "ACDEFGHJ") for _ in range(people.MOST_CODE_TRIES))
    assert not fits(rinus.token, rinus.code)
    assert not fits("a" * 26, rinus.code)
    assert fits(marieke.token, marieke.code)


@pytest.mark.both_databases
def test_half_a_set_of_keys_can_never_stand_there(database: str) -> None:
    make_mediated(MediationStep.REGISTRATION)

    def halve(session: Session, column: str) -> None:
        person = session.exec(select(MediationPerson).order_by(col(MediationPerson.id))).first()
        assert person is not None
        setattr(person, column, None)
        session.add(person)
        session.flush()

    for column in ("salt", "sealed_private", "public_key", "enrolled_at", "spare_salt"):
        with pytest.raises(Exception, match="mediation_"):
            write(halve, column=column)


def test_who_comes_in_twice_by_one_link_finds_it_taken(sqlite: str) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    token = made.person("A").token
    one, other = draw_words(token, "nl"), draw_words(token, "nl")
    come_in(token, one, one.words)

    with pytest.raises(AlreadyEnrolled):
        come_in(token, other, other.words)
    assert unlock(token, one.words) is not None


def test_nobody_writes_before_everything_was_accepted(sqlite: str) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    mediator = made.open_as("")
    rinus = made.person("A")
    drawn = draw_words(rinus.token, "nl")
    opened = open_keys.tapped(come_in(rinus.token, drawn, drawn.words))
    assert opened is not None

    def says() -> None:
        own_texts.write_text(opened, kind=MediationText.STORY, text="Ik begin vast.")

    with pytest.raises(NothingAcceptedYet):
        says()
    let_in(mediator, opened.person_id)
    with pytest.raises(NothingAcceptedYet):
        says()
    with pytest.raises(NothingAcceptedYet):
        own_texts.write_text(mediator, kind=MediationText.MESSAGE, text="Dag", party_id=1)
    with pytest.raises(TooFewParties):
        arranging.move_to(mediator, step=MediationStep.TOGETHER)
    accepting.accept(opened, texts=["alles"], mandate="self", who_decides="")
    says()

    assert [text.text for text in acting.look(mediator).between(1)] == ["Ik begin vast."]


def test_what_a_party_accepted_is_not_changed_behind_it(sqlite: str) -> None:
    registered, accepted = make_mediated(MediationStep.REGISTRATION), make_mediated(MediationStep.INTAKES)
    words = {"direction": "horizontal", "name": "Anneke Hoekstra", "declaration": "Ik hoor bij niemand."}

    arranging.set_up(registered.open_as(""), **words)
    with pytest.raises(AcceptedAlready):
        arranging.set_up(accepted.open_as(""), **words)

    assert acting.look(registered.open_as("")).direction == "horizontal"
    assert acting.look(accepted.open_as("")).direction == "vertical"


def test_the_same_person_or_party_is_not_invited_twice(sqlite: str) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    mediator = made.open_as("")

    with pytest.raises(InvitedAlready):
        arranging.add_person(mediator, party_id=2, person="rinus jansen")
    with pytest.raises(InvitedAlready):
        arranging.add_party(mediator, name="gemeente merenveld", kind="group", person="Iemand anders")


def test_five_parties_and_one_that_never_answers(sqlite: str) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    mediator = made.open_as("")
    for name in ("Winkeliers", "Scouting", "Woningcorporatie"):
        arranging.add_party(mediator, name=name, kind="group", person=f"Iemand van {name}")

    seen = acting.look(mediator)

    assert [party.letter for party in seen.parties] == ["A", "B", "C", "D", "E"]
    assert [party.has_accepted for party in seen.parties] == [True, True, False, False, False]
    # What two parties found is not found by all any more.
    assert not any(principle.is_joint for principle in seen.principles)
    arranging.move_to(mediator, step=MediationStep.OPTIONS)


class TestRelease:
    """A text that is released shows to nobody before its author's tap, and can be taken back until it is opened."""

    @pytest.fixture
    def made(self, sqlite: str) -> Mediated:
        made = make_mediated(MediationStep.TOGETHER)
        own_texts.write_text(made.open_as("A"), kind=MediationText.PRINCIPLE, text="Eerst luisteren.")
        return made

    def _item(self, made: Mediated) -> tuple[str, int]:
        seen = acting.look(made.open_as("A"))
        found = next(text for text in seen.between(1) if text.text == "Eerst luisteren.")
        return found.item, found.version

    def test_only_its_author_releases_it_and_only_as_it_reads_now(self, made: Mediated) -> None:
        item, version = self._item(made)

        with pytest.raises(NotYours):
            releasing.share(made.open_as(""), item=item, version=version)
        with pytest.raises(NotYours):
            releasing.share(made.open_as("A", 1), item=item, version=version)
        own_texts.write_text(made.open_as("A"), kind=MediationText.PRINCIPLE, text="Eerst vragen.", item=item)
        with pytest.raises(ChangedMeanwhile):
            releasing.share(made.open_as("A"), item=item, version=version)

        assert "Eerst luisteren." not in _read(made.open_as("B"))

    def test_it_is_taken_back_until_the_other_has_opened_it(self, made: Mediated) -> None:
        item, version = self._item(made)
        rinus, marieke = made.open_as("A"), made.open_as("B")
        releasing.share(rinus, item=item, version=version)

        assert [text.text for text in acting.look(marieke).unopened] == ["Eerst luisteren."]
        assert "Eerst luisteren." not in [one.text.text for one in acting.look(marieke).principles]
        releasing.take_back(rinus, item=item)
        assert acting.look(marieke).unopened == []
        releasing.share(rinus, item=item, version=version)
        releasing.open_new(marieke)
        with pytest.raises(SeenAlready):
            releasing.take_back(rinus, item=item)
        with pytest.raises(SeenAlready):
            own_texts.delete_text(rinus, item=item)

    def test_nothing_is_released_before_everyone_is_together(self, sqlite: str) -> None:
        made = make_mediated(MediationStep.INTAKES)
        rinus = made.open_as("A")
        text = acting.look(rinus).between(1)[0]

        with pytest.raises(StepNotReached):
            releasing.share(rinus, item=text.item, version=text.version)


def test_options_have_no_owner_in_the_seal_either(sqlite: str) -> None:
    made = make_mediated(MediationStep.OPTIONS)

    options = acting.look(made.open_as("")).options

    assert [text.text for text in options] == made.texts("all")[-3:]
    assert {(text.content.person_id, text.content.party_id) for text in options} == {(0, 0)}


def test_an_agreement_that_is_changed_asks_every_party_again(sqlite: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    mediator, halima = made.open_as(""), made.open_as("A", 1)
    first = acting.look(mediator).agreements[0]

    with pytest.raises(NotYours):
        approving.answer_agreement(halima, item=first.text.item, version=1, answer="yes")
    own_texts.write_text(
        mediator, kind=MediationText.AGREEMENT, text="Wij bellen eerst.", item=first.text.item, look_again=91
    )

    assert first.is_approved
    changed = acting.look(mediator).agreements[0]
    assert (changed.is_approved, changed.answers, changed.look_again) == (False, {}, 91)
    with pytest.raises(ChangedMeanwhile):
        approving.answer_agreement(made.open_as("A"), item=first.text.item, version=1, answer="yes")


@pytest.mark.both_databases
def test_what_is_written_after_somebody_left_they_could_not_open_with_a_copy(database: str) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    halima = made.open_as("A", 1)
    kept = Opened(halima.person_id, halima.pair, bytearray(halima.private), dict(halima.keys))
    arranging.remove(made.open_as(""), person_id=halima.person_id)
    own_texts.write_text(made.open_as("A"), kind=MediationText.STORY, text="Nu zij weg is.")
    own_texts.write_text(made.open_as(""), kind=MediationText.MESSAGE, text="Voor allen, daarna.")

    written = sorted(rows_of(MediationItem), key=lambda row: row["id"])
    new = [row["audience_id"] for row in written][-2:]

    assert not set(new) & set(kept.keys)
    assert {row["person_id"] for row in rows_of(MediationKey)} & {halima.person_id} == set()
    assert {"Nu zij weg is.", *made.texts("A"), *made.texts("all")} <= set(_read(made.open_as("A")))
    with pytest.raises(MediationLocked):
        acting.look(halima)
    assert unlock(made.person("A", 1).token, made.person("A", 1).words) is None


def test_another_mediator_reads_nothing_until_the_parties_accept(sqlite: str) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    before = made.open_as("")
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    assert _read(before)
    drawn = draw_words(invited.token, "nl")
    newcomer = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert newcomer is not None

    assert _read(newcomer) == []
    with pytest.raises(MediationLocked):
        acting.look(before)
    rinus, marieke = made.open_as("A"), made.open_as("B")
    with pytest.raises(NothingAcceptedYet):
        own_texts.write_text(rinus, kind=MediationText.STORY, text="Wie bent u?")
    arranging.set_up(newcomer, direction="vertical", name="Karim Aziz", declaration="Ik hoor bij niemand.")
    accepting.accept(rinus, texts=["alles"], mandate="self", who_decides="")
    assert set(made.texts("A")) | set(made.texts("all")) <= set(_read(newcomer))
    assert not set(made.texts("B")) & set(_read(newcomer))
    accepting.accept(marieke, texts=["alles"], mandate="self", who_decides="")
    assert set(made.texts("B")) <= set(_read(newcomer))
    assert not set(made.texts("notes")) & set(_read(newcomer))


def test_who_lost_the_words_reads_again_once_the_mediator_lets_them_in(sqlite: str) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    mediator, old = made.open_as(""), made.open_as("A")
    invited = arranging.invite_again(mediator, person_id=old.person_id)
    with pytest.raises(MediationLocked):
        acting.look(old)
    drawn = draw_words(invited.token, "nl")
    opened = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert opened is not None

    assert _read(opened) == []
    let_in(mediator, old.person_id)
    assert set(made.texts("A")) | set(made.texts("all")) <= set(_read(opened))


class TestEnd:
    """It ends with one tap, which is taken back for ten minutes; then its keys have a day."""

    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
        def later(minutes: int) -> None:
            monkeypatch.setattr("models.mediation.stopping.now", lambda: now() + timedelta(minutes=minutes))

        return later

    def test_a_stop_is_taken_back_for_ten_minutes_and_nobody_hears_of_it(
        self, sqlite: str, clock: Callable[[int], None]
    ) -> None:
        made = make_mediated()
        rinus, marieke = made.open_as("A"), made.open_as("B")
        write(stop_mediation, person_id=rinus.person_id)
        clock(9)

        assert not acting.look(marieke).is_ended
        assert not acting.look(marieke).stopped_by_me
        assert write(end_stopped) == 0
        write(take_back_stop, person_id=marieke.person_id)
        assert acting.look(rinus).stops_at is not None
        write(take_back_stop, person_id=rinus.person_id)
        assert acting.look(rinus).stops_at is None

    @pytest.mark.both_databases
    def test_after_ten_minutes_it_has_ended_for_all_and_who_stopped_is_forgotten(
        self, database: str, clock: Callable[[int], None]
    ) -> None:
        made = make_mediated()
        rinus, marieke = made.open_as("A"), made.open_as("B")
        write(stop_mediation, person_id=rinus.person_id)
        clock(11)

        with pytest.raises(MediationEnded):
            write(take_back_stop, person_id=rinus.person_id)
        with pytest.raises(MediationEnded):
            own_texts.write_text(marieke, kind=MediationText.STORY, text="Nog iets.")
        assert write(end_stopped) == 1
        assert acting.look(marieke).is_ended
        (row,) = rows_of(Mediation)
        assert (row["ending_person_id"], row["destroy_on"]) == (None, destroyed_on(row["ended_at"].date()))

    @pytest.mark.both_databases
    def test_what_is_destroyed_is_gone_and_an_older_copy_does_not_bring_it_back(
        self, database: str, clock: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
        made = make_mediated()
        opened = made.open_as("A")
        write(stop_mediation, person_id=opened.person_id)
        clock(11)
        write(end_stopped)
        ended = rows_of(Mediation)[0]["ended_at"].date()

        assert write(destroy_due, on=ended) == []
        uids = write(destroy_due, on=destroyed_on(ended))
        keep_destroyed(uids)

        for table in (MediationItem, MediationKey, MediationAudience, MediationPerson):
            assert rows_of(table) == []
        with pytest.raises(MediationLocked):
            acting.look(opened)
        with reading() as session:
            assert [row.is_ended for row in list_mediations(session, made.alliance_id)] == [True]
        assert known_destroyed() == uids
        # As if an older copy were put back.
        write(_put_back)
        assert write(destroy_again, uids=known_destroyed()) == 1
        assert write(destroy_again, uids=known_destroyed()) == 0


def _put_back(session: Session) -> None:
    mediation = session.exec(select(Mediation)).one()
    mediation.destroyed_at = mediation.ended_at = mediation.destroy_on = None
    session.add(mediation)


def test_a_mediation_that_nobody_came_into_begins_with_the_next_number(sqlite: str) -> None:
    alliance = make_alliance().alliance_id
    for _ in range(2):
        write(begin_mediation, who=LEADER, alliance_id=alliance)

    with reading() as session:
        assert [row.number for row in list_mediations(session, alliance)] == [1, 2]


def test_an_error_that_prints_what_it_holds_prints_no_secret(sqlite: str) -> None:
    made = make_mediated(MediationStep.INTAKES)
    opened = made.open_as("A")
    seen = acting.look(opened)

    assert not [text for text in made.texts("A") if text in repr(seen)]
    assert repr(bytes(opened.private))[2:-1] not in repr(opened)


class TestOpenKeys:
    """Keys are open for 15 minutes after the last tap, and are overwritten then."""

    def test_they_lock_by_themselves_and_by_a_tap(self) -> None:
        moment = [0.0]
        keys = OpenKeys(lambda: moment[0])
        opened = Opened(1, 1, bytearray(b"x" * 32), {7: bytearray(b"y" * 32)})
        held = opened.keys[7]
        session_id = keys.open(opened)

        moment[0] = OPEN_SECONDS - 1
        assert keys.tapped(session_id) is opened
        moment[0] += OPEN_SECONDS - 1
        assert keys.seconds_left(opened) == 1
        assert keys.tapped(session_id) is opened
        moment[0] += OPEN_SECONDS
        assert keys.tapped(session_id) is None
        assert (bytes(opened.private), bytes(held), opened.keys) == (bytes(32), bytes(32), {})

    def test_a_session_id_that_we_did_not_give_opens_nothing(self) -> None:
        keys = OpenKeys()
        one = keys.open(Opened(1, 1, bytearray(32)))
        other = keys.open(Opened(2, 1, bytearray(32)))

        assert one != other
        assert keys.tapped("chosen-by-somebody") is None
        keys.lock(one)
        assert keys.tapped(one) is None
        assert keys.tapped(other) is not None
        keys.lock_person(2)
        assert keys.tapped(other) is None

    def test_what_is_freed_is_overwritten_as_long_as_somebody_has_something_open(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[bool] = []
        monkeypatch.setattr("models.mediation.opened.overwrite_what_is_freed", told.append)
        keys = OpenKeys()
        one, other = keys.open(Opened(1, 1, bytearray(32))), keys.open(Opened(2, 1, bytearray(32)))
        keys.lock(one)
        keys.spare_others()
        assert told == [True, True]
        keys.lock(other)
        keys.spare_others()

        assert told == [True, True, False]
        # On whatever system: where the C library knows none of it, nothing is done.
        memory.overwrite_what_is_freed(False)
        memory.overwrite_in_this_thread()
        memory.give_back()


def test_a_draft_is_sealed_for_who_types_it_alone_and_goes_when_it_is_placed(sqlite: str) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    rinus, halima = made.open_as("A"), made.open_as("A", 1)
    place = own_texts.place_of(AudienceKind.PARTY, 1, MediationText.STORY)
    own_texts.keep_draft(rinus, place=place, text="Half getypt")
    own_texts.keep_draft(rinus, place=place, text="Half getypt, en meer")

    assert [text.text for text in acting.look(made.open_as("A")).drafts.values()] == ["Half getypt, en meer"]
    for other in (halima, made.open_as(""), made.open_as("B")):
        assert "Half getypt, en meer" not in _read(other)
    own_texts.write_text(rinus, kind=MediationText.STORY, text="Half getypt, en meer dan dat.")
    assert acting.look(rinus).drafts == {}


def test_a_draft_goes_with_a_principle_from_the_same_field_and_stays_when_an_earlier_text_is_changed(
    sqlite: str,
) -> None:
    made = make_mediated(MediationStep.TOGETHER)
    rinus = made.open_as("A")
    place = own_texts.place_of(AudienceKind.PARTY, 1, MediationText.STORY)
    earlier = next(
        text
        for text in acting.look(rinus).between(1)
        if text.kind == MediationText.STORY and text.content.person_id == rinus.person_id
    )
    own_texts.keep_draft(rinus, place=place, text="Eerst vragen.")
    own_texts.write_text(rinus, kind=MediationText.STORY, text="Anders gezegd.", item=earlier.item)
    assert [text.text for text in acting.look(rinus).drafts.values()] == ["Eerst vragen."]

    own_texts.write_text(rinus, kind=MediationText.PRINCIPLE, text="Eerst vragen.")

    assert acting.look(rinus).drafts == {}


def test_the_file_itself_names_nobody(sqlite: str) -> None:
    """The columns that are not sealed hold letters, times and numbers only."""
    make_mediated(MediationStep.AGREEMENTS)
    with sqlite3.connect(sqlite.removeprefix("sqlite:///")) as connection:
        for table in ("mediation_party", "mediation_audience", "mediation"):
            for row in connection.execute(f"SELECT * FROM {table}"):
                assert not [value for value in row if isinstance(value, str) and "indelaan" in value]
