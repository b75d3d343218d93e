"""Closing an anonymous round destroys the link between a voter and a ballot."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url, text
from sqlmodel import Session, select

from models.basics.clock import now
from models.basics.errors import RoundClosed, RoundKeyLost
from models.basics.keys import new_token, unseal
from models.basics.words import Secrecy, Source
from models.joining.voice import add_voice
from models.server_key import AnotherKey, another_key
from models.storage.database import ROOT, back_up, engine, reading
from models.storage.forgetting import forget_deleted
from models.storage.overwriting import overwrite_erased
from models.storage.writing import write
from models.tables import (
    Ballot,
    BallotRequest,
    Event,
    PaperSheet,
    Reason,
    Round,
    RoundParticipant,
    RoundSecret,
    Workshop,
)
from models.voting.ballot import sealed_secret, voter_key
from models.voting.paper import enter_paper_ballots
from models.voting.round import forget_old_names, start_over
from models.voting.round_views import ballots_of, last_round, named_ballots, read_round, who_has_not_voted
from models.workshop.workshop import end_workshop
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    close,
    close_and_reveal,
    give_names,
    make_round,
    make_workshop,
    row_of,
    rows_of,
)
from tests.postgresql import Cluster

pytestmark = pytest.mark.both_databases


def _voted(people: int = 20, secrecy: Secrecy = Secrecy.ANONYMOUS) -> tuple[Room, Vote, list[str]]:
    """Return a room in which everybody voted, changed and voted again, with the request ids that were used."""
    room = make_workshop(people=people)
    vote = make_round(room, secrecy=secrecy)
    requests = []
    for place, person in enumerate(room.people):
        for choice in ("agree", "objection" if place == 3 else "concern"):
            requests.append(f"request-{new_token()}")
            reason = f"Reason of place {place}" if choice != "agree" else None
            cast(vote, person, choice, reason=reason, request_id=requests[-1])
    return room, vote, requests


def _keys(vote: Vote, people: list[int]) -> list[str]:
    with reading() as session:
        found = session.get_one(Round, vote.round_id)
        return [voter_key(session, found, person) for person in people]


def _bytes_of(url: str) -> bytes:
    """Return every byte that SQLite keeps: the file and what has not been moved into it yet."""
    path = Path(str(make_url(url).database))
    return b"".join(
        Path(f"{path}{end}").read_bytes() for end in ("", "-wal") if Path(f"{path}{end}").exists()
    )


def _found(words: Sequence[str | bytes], stored: bytes) -> int:
    """Return how many of the words, or of the bytes, stand in what is stored."""
    return sum((word.encode() if isinstance(word, str) else word) in stored for word in words)


def _traces(url: str, words: Sequence[str | bytes]) -> int:
    return _found(words, _bytes_of(url))


@contextmanager
def _reader(url: str) -> Iterator[None]:
    """Hold a snapshot of the database, as a slow page does."""
    connection = sqlite3.connect(str(make_url(url).database), isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM ballot").fetchone()
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def test_no_key_request_or_secret_is_left_in_the_file_after_the_close(sqlite: str) -> None:
    room, vote, requests = _voted()
    keys = _keys(vote, room.people)
    (row,) = rows_of(RoundSecret)
    sealed = row["sealed"]
    assert _traces(sqlite, keys) == 20
    assert _traces(sqlite, requests) == 40
    assert _traces(sqlite, [sealed]) == 1

    close(vote)

    assert _traces(sqlite, keys) == 0
    assert _traces(sqlite, requests) == 0
    assert _traces(sqlite, [sealed]) == 0


def test_nothing_links_in_free_pages_or_in_a_backup_made_after_the_close_by_whatever_one_voted(
    sqlite: str, tmp_path: Path
) -> None:
    room, vote, requests = _voted()
    voice = write(add_voice, phone_token=room.phones[0], code=room.code, name="Zoë", group_id=None)
    cast(vote, voice.participant_id, "objection", reason="Te duur.", source=Source.SHARED)
    sheet = write(
        enter_paper_ballots,
        who=LEADER,
        round_id=vote.round_id,
        choices={vote.items[0]: "concern"},
        request_id=f"sheet-{new_token()}",
    )
    keys = _keys(vote, [*room.people, voice.participant_id, sheet.participant_id])
    words = [*keys, *requests, rows_of(RoundSecret)[0]["sealed"]]
    while_open, after = tmp_path / "while-open.db", tmp_path / "after.db"
    back_up(while_open)
    # All but the secret, which no copy holds.
    assert _found(words, while_open.read_bytes()) == len(words) - 1
    assert _found(words[-1:], while_open.read_bytes()) == 0

    close(vote)
    # Whatever was left would now lie in pages that nobody uses.
    with engine().connect() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar_one() > 0
    back_up(after)

    assert _traces(sqlite, words) == 0
    assert _found(words, after.read_bytes()) == 0
    assert (rows_of(PaperSheet), len(rows_of(Ballot))) == ([], 22)


def test_a_slow_reader_only_delays_that(sqlite: str) -> None:
    room, vote, requests = _voted()
    keys = _keys(vote, room.people)

    with _reader(sqlite):
        close(vote)
        assert forget_deleted(rounds=1) is False
        time.sleep(1)

    ends_at = time.monotonic() + 20
    while _traces(sqlite, keys + requests) and time.monotonic() < ends_at:
        time.sleep(0.1)
    assert _traces(sqlite, keys + requests) == 0


def test_no_row_is_left_that_links_on_either_database(database: str) -> None:
    room, vote, _requests = _voted()
    keys = _keys(vote, room.people)
    assert {row["voter_key"] for row in rows_of(Ballot)} == set(keys)
    assert len(rows_of(BallotRequest)) == 40
    assert all(row["row"] for row in rows_of(RoundParticipant))

    close(vote)

    ballots = rows_of(Ballot)
    assert len(ballots) == 20
    assert not {row["voter_key"] for row in ballots} & set(keys)
    assert {row["sequence"] for row in ballots} == {None}
    assert {row["may_name"] for row in ballots} == {False}
    assert rows_of(BallotRequest) == []
    assert rows_of(RoundSecret) == []
    assert {row["row"] for row in rows_of(RoundParticipant)} == {None}


def test_nobody_finds_a_ballot_again_the_author_included(database: str) -> None:
    room, vote, _requests = _voted()
    with reading() as session:
        assert len(ballots_of(session, vote.round_id, room.people[3])) == 1

    close(vote)

    with reading() as session:
        assert ballots_of(session, vote.round_id, room.people[3]) == {}
        assert row_of(session, vote.round_id, room.people[3]) is None
        with pytest.raises(RoundClosed):
            voter_key(session, session.get_one(Round, vote.round_id), room.people[3])


def test_the_new_keys_tell_neither_the_order_nor_the_person(database: str) -> None:
    _room, vote, _requests = _voted(people=40)

    close(vote)

    stored = [row for row in rows_of(Ballot)]
    assert len({row["voter_key"] for row in stored}) == 40
    assert all(len(row["voter_key"]) == 64 for row in stored)
    in_key_order = [row["reason"] for row in sorted(stored, key=lambda row: row["voter_key"])]
    assert in_key_order != [f"Reason of place {place}" for place in range(40)]


def test_reasons_are_kept_in_no_order_and_beside_nobody(database: str) -> None:
    _room, vote, _requests = _voted(people=40)

    close(vote)

    reasons = rows_of(Reason)
    in_order = [f"Reason of place {place}" for place in range(40)]
    assert sorted(row["text"] for row in reasons) == sorted(in_order)
    assert [row["text"] for row in sorted(reasons, key=lambda row: row["id"])] != in_order
    assert {row["name"] for row in reasons} == {None}


def test_a_tick_for_ones_name_means_nothing_in_an_anonymous_round(database: str) -> None:
    room = make_workshop(people=5)
    names = give_names(room)
    vote = make_round(room)
    for person in room.people:
        cast(vote, person, "concern", reason="Who pays?", may_name=True)
    assert {row["may_name"] for row in rows_of(Ballot)} == {False}

    close_and_reveal(vote)

    with reading() as session:
        assert {reason.name for reason in read_round(session, vote.round_id).items[0].reasons} == {None}
    assert not [name for name in names if name in str(rows_of(Reason)) + str(rows_of(Ballot))]


def test_while_it_is_open_a_ballot_stands_under_a_key_that_only_the_server_can_make(database: str) -> None:
    room, vote, _requests = _voted(people=5)

    with reading() as session:
        sealed = sealed_secret(session, session.get_one(Round, vote.round_id))
    assert sealed is not None
    assert unseal(sealed) not in sealed
    assert len(unseal(sealed)) == 32
    assert not {row["voter_key"] for row in rows_of(Ballot)} & {str(person) for person in room.people}


def test_two_rounds_give_the_same_person_different_keys(database: str) -> None:
    room = make_workshop(people=5)
    first = make_round(room)
    before = _keys(first, room.people)
    close(first)

    assert not set(_keys(make_round(room), room.people)) & set(before)


def test_events_tell_nothing_of_anybodys_vote(database: str) -> None:
    room, vote, requests = _voted()
    keys = _keys(vote, room.people)
    close_and_reveal(vote)
    events = str(rows_of(Event))

    assert "round closed" in events
    for word in (*keys, *requests, "concern", "'objection'", "Reason of place"):
        assert word not in events


def test_deleted_rows_are_overwritten_because_the_database_is_told_so_at_once(sqlite: str) -> None:
    with engine().connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("secure_delete", "temp_store", "journal_mode", "synchronous", "foreign_keys")
        }

    assert pragmas == {
        "secure_delete": 1,
        "temp_store": 2,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
    }


def test_a_ballot_has_no_rowid_that_would_tell_the_order(sqlite: str) -> None:
    with engine().connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    tables = {name: statement for name, statement in found}

    for table in ("ballot", "ballot_request"):
        assert "WITHOUT ROWID" in tables[table]


def test_deleted_rows_are_vacuumed(postgresql: str) -> None:
    _room, vote, _requests = _voted(people=5)

    close(vote)

    assert forget_deleted() is True
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
        dead = connection.execute(
            text("SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE relname LIKE 'ballot%'")
        ).scalar_one()
    assert dead == 0


class TestInPostgresqlsFiles:
    """A closed round's secret stands nowhere in them; for some hours in the write-ahead log, see docs/security.md."""

    def _is_kept(self, cluster: Cluster, sealed: bytes, *, beside: str = "pg_wal") -> bool:
        with engine().connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        return any(
            sealed in path.read_bytes()
            for path in cluster.folder.rglob("*")
            if path.is_file() and beside not in path.parts
        )

    def test_the_secret_is_gone_after_the_close(self, postgresql: str, postgresql_cluster: Cluster) -> None:
        _room, vote, _requests = _voted()
        [kept] = rows_of(RoundSecret)
        while_open = self._is_kept(postgresql_cluster, kept["sealed"])

        close(vote)

        assert while_open
        assert not self._is_kept(postgresql_cluster, kept["sealed"])
        assert self._is_kept(postgresql_cluster, kept["sealed"], beside="")
        assert overwrite_erased(patience=timedelta()) is None
        assert not self._is_kept(postgresql_cluster, kept["sealed"], beside="")

    def test_the_secrets_of_other_rooms_stay(self, postgresql: str, postgresql_cluster: Cluster) -> None:
        _room, vote, _requests = _voted(people=5)
        _other, still_open, _requests = _voted(people=5)

        close(vote)

        [kept] = rows_of(RoundSecret)
        assert kept["round_id"] == still_open.round_id
        assert self._is_kept(postgresql_cluster, kept["sealed"])

    def test_who_still_looks_at_an_older_state_is_waited_for(
        self, postgresql: str, postgresql_cluster: Cluster
    ) -> None:
        _room, vote, _requests = _voted(people=5)
        [kept] = rows_of(RoundSecret)
        with engine().connect().execution_options(isolation_level="REPEATABLE READ") as slow_page:
            slow_page.execute(text("SELECT count(*) FROM ballot"))
            close(vote)
            at_once = forget_deleted(rounds=2)
            while_looking = self._is_kept(postgresql_cluster, kept["sealed"])
            slow_page.rollback()

        assert (at_once, while_looking) == (False, True)
        ends_at = time.monotonic() + 20
        while self._is_kept(postgresql_cluster, kept["sealed"]) and time.monotonic() < ends_at:
            time.sleep(0.1)
        assert not self._is_kept(postgresql_cluster, kept["sealed"])

    def test_whoever_votes_is_not_made_to_wait(self, postgresql: str) -> None:
        _room, vote, _requests = _voted(people=5)
        close(vote)

        with engine().connect() as voting:
            voting.execute(text("SELECT count(*) FROM round_secret"))
            held_up = forget_deleted(rounds=2)

        assert held_up is False
        assert forget_deleted(rounds=1) is True

    def test_an_update_from_before_takes_the_secrets_of_closed_rounds_along(
        self, postgresql: str, postgresql_cluster: Cluster
    ) -> None:
        settings = Config()
        settings.set_main_option("script_location", str(ROOT / "migrations"))
        _voted(people=5)
        [kept] = rows_of(RoundSecret)
        command.downgrade(settings, "0006")
        with engine().begin() as connection:
            # As the earlier version closed: the secret was emptied, its old row stayed.
            connection.execute(text("UPDATE round SET secret = NULL, closed_at = now()"))
        before = self._is_kept(postgresql_cluster, kept["sealed"])

        command.upgrade(settings, "head")

        assert before
        assert not self._is_kept(postgresql_cluster, kept["sealed"])

    def test_no_statistics_are_kept_of_secrets(self, postgresql: str) -> None:
        _voted(people=5)
        with engine().connect() as connection:
            connection.execute(text("ANALYZE round_secret"))
            columns = connection.execute(
                text("SELECT attname FROM pg_stats WHERE tablename = 'round_secret'")
            ).scalars()

            assert "sealed" not in set(columns)


class TestNamedRounds:
    def _end_days_ago(self, session: Session, *, days: int) -> None:
        for workshop in session.exec(select(Workshop)).all():
            workshop.over_at = now() - timedelta(days=days)
            session.add(workshop)

    def test_names_are_kept_for_thirty_days_after_the_workshop(self, database: str) -> None:
        room, vote, _requests = _voted(people=5, secrecy=Secrecy.NAMED)
        close_and_reveal(vote)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        write(self._end_days_ago, days=29)

        assert write(forget_old_names) == 0

        with reading() as session:
            assert len(named_ballots(session, vote.round_id)) == 5

    def test_then_it_is_as_after_an_anonymous_close(self, database: str) -> None:
        room, vote, _requests = _voted(people=5, secrecy=Secrecy.NAMED)
        close_and_reveal(vote)
        with reading() as session:
            before = read_round(session, vote.round_id)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        write(self._end_days_ago, days=31)

        assert write(forget_old_names) == 1
        assert write(forget_old_names) == 0

        with reading() as session:
            assert named_ballots(session, vote.round_id) == []
            assert who_has_not_voted(session, vote.round_id) == []
            assert ballots_of(session, vote.round_id, room.people[0]) == {}
            assert read_round(session, vote.round_id) == before
        assert not {row["voter_key"] for row in rows_of(Ballot)} & {str(person) for person in room.people}

    def test_pages_that_were_kept_with_names_are_made_anew(self, database: str) -> None:
        room, vote, _requests = _voted(people=5, secrecy=Secrecy.NAMED)
        close_and_reveal(vote)
        write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
        write(self._end_days_ago, days=31)
        (before,) = rows_of(Workshop)

        write(forget_old_names)

        (after,) = rows_of(Workshop)
        assert after["revision"] > before["revision"]

    def test_a_name_goes_along_with_a_reason_only_when_its_author_ticked_so(self, database: str) -> None:
        room = make_workshop(people=5)
        names_given = give_names(room)
        vote = make_round(room, secrecy=Secrecy.NAMED)
        for place, person in enumerate(room.people):
            cast(vote, person, "concern", reason=f"Reason {place}", may_name=place == 0)

        close_and_reveal(vote)

        with reading() as session:
            names = {
                reason.text: reason.name for reason in read_round(session, vote.round_id).items[0].reasons
            }
        assert [names[f"Reason {place}"] for place in range(5)] == [names_given[0], None, None, None, None]

    def test_who_taps_the_same_choice_again_keeps_the_words_and_the_name_beside_them(
        self, database: str
    ) -> None:
        room = make_workshop(people=5)
        names = give_names(room)
        vote = make_round(room, secrecy=Secrecy.NAMED)
        cast(vote, room.people[0], "objection", reason="Zo niet.", may_name=True)
        cast(vote, room.people[0], "objection")
        cast(vote, room.people[1], "objection", reason="Zo niet.", may_name=True)
        cast(vote, room.people[1], "concern")
        cast(vote, room.people[2], "objection", reason="Zo niet.", may_name=True)
        cast(vote, room.people[2], "objection", reason="Zo niet.", may_name=False)
        for person in room.people[3:]:
            cast(vote, person)

        close_and_reveal(vote)

        with reading() as session:
            [item] = read_round(session, vote.round_id).items
        assert sorted((reason.text, reason.name or "") for reason in item.reasons) == [
            ("Zo niet.", ""),
            ("Zo niet.", names[0]),
        ]


def test_a_round_closes_also_after_a_restore_without_the_key(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _room, vote, _requests = _voted(people=6)
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")

    close(vote)

    with reading() as session:
        assert read_round(session, vote.round_id).phase == "closed"


def test_an_open_round_without_its_key_says_so_takes_no_vote_and_can_begin_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, vote, _requests = _voted(people=6)
    with reading() as session:
        assert not read_round(session, vote.round_id).is_key_lost
        assert another_key(session) == AnotherKey(False, [])
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")

    with pytest.raises(RoundKeyLost):
        cast(vote, room.people[0], "agree")
    with reading() as session:
        stuck = read_round(session, vote.round_id)
        told = another_key(session)
    write(start_over, who=LEADER, round_id=vote.round_id)

    assert (stuck.phase, stuck.is_key_lost, stuck.voted) == ("open", True, 6)
    assert (told.has_changed, [(code, number) for _name, code, number in told.rounds]) == (
        True,
        [(room.code, 1)],
    )
    with reading() as session:
        again = last_round(session, room.workshop_id)
        assert again is not None
        assert (again.phase, again.is_key_lost, again.voted) == ("open", False, 0)
        assert another_key(session).rounds == []
