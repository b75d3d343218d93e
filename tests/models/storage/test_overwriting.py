"""What was erased is overwritten in the end: after a kill, by a role that may little, and whoever holds it up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlmodel import Session

from exports.agenda.build import build_files
from models.basics.clock import now
from models.basics.words import Erased
from models.encounters.forgetting import KEPT_DAYS, forget_contacts
from models.storage.database import dispose, engine
from models.storage.forgetting import TABLES
from models.storage.journal import Holder, rights
from models.storage.overwriting import let_overwrite, overwrite_erased, stop_overwriting
from models.storage.writing import write
from models.tables import Contact, Participant, ToOverwrite
from models.upkeep import destroy_what_came_back, keep_promises
from tests.builders import bytes_on_disk, make_workshop, rows_of
from tests.postgresql import MIGRATED, Cluster

CONTACT = "Zoë Yıldız, 06-4837 بيت"
ORDINARY = "ordinary"
PATIENCE = 60.0
TIDYING = """SELECT count(*) FROM pg_stat_activity
    WHERE query LIKE 'autovacuum:%to_tidy%' AND backend_xmin IS NOT NULL"""


def _plant(session: Session, *, person: int) -> None:
    workshop = session.get_one(Participant, person).workshop_id
    session.add(
        Contact(
            participant_id=person,
            workshop_id=workshop,
            text=CONTACT,
            sent_at=now() - timedelta(days=KEPT_DAYS, minutes=1),
        )
    )


def _planted() -> None:
    """Let a contact stand there whose day has come."""
    write(_plant, person=make_workshop(people=3).people[0])


@pytest.mark.both_databases
def test_what_was_erased_before_a_kill_is_overwritten_by_who_comes_next(database: str) -> None:
    _planted()
    assert write(forget_contacts) == 1
    # Here it was killed: what follows knows of the erasing by the database alone.
    assert CONTACT.encode() in bytes_on_disk(database)
    assert [row["what"] for row in rows_of(ToOverwrite)] == [Erased.CONTACTS]

    destroy_what_came_back()
    keep_promises(build_files)

    assert CONTACT.encode() not in bytes_on_disk(database)
    assert rows_of(ToOverwrite) == []


@pytest.mark.both_databases
def test_at_the_stop_of_the_server_it_is_left_to_the_next_start(postgresql: str) -> None:
    _planted()
    write(forget_contacts)
    stop_overwriting()
    try:
        left = overwrite_erased()
    finally:
        let_overwrite()

    assert left is not None and not left.in_journal
    assert overwrite_erased() is None
    assert CONTACT.encode() not in bytes_on_disk(postgresql)


@pytest.mark.both_databases
def test_what_many_erase_in_a_day_is_written_over_in_the_journal_together(postgresql: str) -> None:
    write(_note, what=Erased.BALLOTS, hours_ago=5)

    left = overwrite_erased()
    assert left is not None and (left.in_journal, left.holder) == (True, None)

    write(_note, what=Erased.BALLOTS, hours_ago=6.1)
    assert overwrite_erased() is None


def _note(session: Session, *, what: Erased, hours_ago: float, until: int | None = None) -> None:
    session.add(ToOverwrite(what=what, erased_at=now() - timedelta(hours=hours_ago), journal_until=until))


@pytest.mark.both_databases
def test_a_mark_that_a_dump_brought_from_another_server_is_not_followed_for_years(postgresql: str) -> None:
    write(_note, what=Erased.NOTES, hours_ago=0, until=2**60)

    assert overwrite_erased() is None


@pytest.mark.both_databases
def test_a_replica_that_fell_behind_is_named_and_waited_for(
    postgresql: str, caplog: pytest.LogCaptureFixture
) -> None:
    _planted()
    write(_note, what=Erased.NOTES, hours_ago=30)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SELECT pg_create_physical_replication_slot('behind', true)")
        try:
            write(forget_contacts)
            left = overwrite_erased()
            held = CONTACT.encode() in bytes_on_disk(postgresql)
        finally:
            connection.exec_driver_sql("SELECT pg_drop_replication_slot('behind')")

    assert left is not None and (left.in_journal, left.holder) == (True, Holder.SLOT)
    assert held
    assert "held by a replication slot" in caplog.text
    assert overwrite_erased() is None
    assert CONTACT.encode() not in bytes_on_disk(postgresql)


@contextmanager
def _tidied_slowly() -> Iterator[None]:
    """PostgreSQL tidies a table of its own accord, as long as this lasts."""
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE TABLE to_tidy AS SELECT generate_series(1, 20000) AS number")
        connection.exec_driver_sql(
            "ALTER TABLE to_tidy SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,"
            " autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)"
        )
        connection.exec_driver_sql("DELETE FROM to_tidy")
        connection.exec_driver_sql("ALTER SYSTEM SET autovacuum_naptime = 1")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        try:
            deadline = time.monotonic() + PATIENCE
            while connection.execute(text(TIDYING)).scalar_one() == 0:
                assert time.monotonic() < deadline, "it tidies nothing"
                time.sleep(0.05)
            yield
            assert connection.execute(text(TIDYING)).scalar_one() == 1
        finally:
            connection.exec_driver_sql("ALTER SYSTEM RESET autovacuum_naptime")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.execute(text(TIDYING.replace("count(*)", "pg_terminate_backend(pid)")))
            connection.exec_driver_sql("DROP TABLE to_tidy")


@pytest.mark.both_databases
def test_postgresql_that_tidies_meanwhile_holds_nothing_up(postgresql: str) -> None:
    _planted()
    write(forget_contacts)

    with _tidied_slowly():
        assert overwrite_erased(rounds=1) is None

    assert CONTACT.encode() not in bytes_on_disk(postgresql)


class TestByAnOrdinaryRole:
    """It owns its database, and no more: it asks for no checkpoint, sees no files of the journal, and nobody else."""

    @pytest.fixture(autouse=True)
    def ordinary(self, postgresql_cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr("models.storage.journal.PAUSE_SECONDS", 0)
        url = postgresql_cluster.create(ORDINARY, template=MIGRATED)
        self.cluster, self.master = postgresql_cluster, url.replace("+psycopg", "")
        with self._as_master() as master:
            role = sql.Identifier(ORDINARY)
            master.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, postgresql_cluster.password)
            )
            master.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(role, role))
            master.execute("""DO $$ DECLARE one record; BEGIN
                FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                    EXECUTE format('ALTER TABLE public.%I OWNER TO ordinary', one.tablename);
                END LOOP; END $$""")
        monkeypatch.setenv("DATABASE_URL", url.replace("//postgres:", f"//{ORDINARY}:"))
        yield
        dispose()
        postgresql_cluster.drop(ORDINARY)
        with psycopg.connect(self.master.replace(f"/{ORDINARY}", "/postgres"), autocommit=True) as master:
            master.execute(sql.SQL("DROP ROLE {}").format(role))

    @contextmanager
    def _as_master(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.master, autocommit=True) as connection:
            yield connection

    def _is_kept(self) -> bool:
        with self._as_master() as master:
            master.execute("CHECKPOINT")
        return any(
            CONTACT.encode() in path.read_bytes() for path in self.cluster.folder.rglob("*") if path.is_file()
        )

    @pytest.mark.both_databases
    def test_the_journal_is_written_over_after_the_next_checkpoint(self) -> None:
        with engine().connect() as connection:
            may = rights(connection)
        assert not (may.may_checkpoint or may.may_list_journal or may.sees_everybody)
        _planted()
        # Some files of it are set aside to be used again.
        with self._as_master() as master:
            for _ in range(6):
                master.execute("SELECT pg_switch_wal(), pg_logical_emit_message(true, '', '')")
            master.execute("CHECKPOINT")
        write(forget_contacts)

        left = overwrite_erased()
        assert left is not None and (left.in_journal, left.holder) == (True, Holder.CHECKPOINT)
        assert self._is_kept()

        # It looked, and so there was a checkpoint.
        assert overwrite_erased() is None
        assert not self._is_kept()

    @pytest.mark.both_databases
    def test_where_a_replica_may_hold_files_that_it_does_not_see_it_claims_nothing(self) -> None:
        write(_note, what=Erased.CONTACTS, hours_ago=0)
        with self._as_master() as master:
            master.execute("SELECT pg_create_physical_replication_slot('follows', true)")
            try:
                left = overwrite_erased()
                master.execute("GRANT pg_monitor TO ordinary")
                seen = overwrite_erased()
            finally:
                master.execute("SELECT pg_drop_replication_slot('follows')")

        assert left is not None and (left.in_journal, left.holder) == (True, Holder.UNSEEN)
        assert seen is not None and seen.holder == Holder.SLOT

    @pytest.mark.both_databases
    def test_a_copy_that_another_role_is_making_holds_it_up(self) -> None:
        _planted()
        with psycopg.connect(self.master) as copying:
            copying.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            copying.execute("SELECT count(*) FROM participant")
            write(forget_contacts)

            left = overwrite_erased(rounds=2)

            assert left is not None and not left.in_journal
            assert self._is_kept()
        overwrite_erased()
        self._is_kept()
        assert overwrite_erased() is None
        assert not self._is_kept()


@pytest.mark.both_databases
def test_postgresql_keeps_no_words_of_what_is_erased_to_plan_with(postgresql: str) -> None:
    """It would keep them when the table is empty, and a copy of its catalogue is what an erased row leaves."""
    tables = [table for what, named in TABLES.items() if what != Erased.STATISTICS for table in named]
    with engine().connect() as connection:
        counted = connection.execute(
            text("""SELECT relname || '.' || attname FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
                WHERE relname = ANY(:tables) AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
                AND (typcategory = 'S' OR typname IN ('bytea', 'json')) AND coalesce(attstattarget, -1) <> 0"""),
            {"tables": tables},
        ).scalars()
        assert list(counted) == []


@pytest.mark.both_databases
def test_what_an_earlier_version_let_postgresql_keep_goes_too(postgresql: str) -> None:
    _planted()
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in ("SET STATISTICS -1", "TYPE varchar(120)"):
            connection.exec_driver_sql(f"ALTER TABLE contact ALTER COLUMN text {statement}")
        for person in make_workshop(people=3).people:
            write(_plant, person=person)
        connection.exec_driver_sql("ANALYZE contact")
        kept = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stats WHERE tablename = 'contact'"
        ).scalar()
        connection.exec_driver_sql("ALTER TABLE contact ALTER COLUMN text SET STATISTICS 0")
        connection.exec_driver_sql("ALTER TABLE contact ALTER COLUMN text TYPE varchar(120)")
    assert kept
    write(forget_contacts)
    write(_note, what=Erased.STATISTICS, hours_ago=0)

    assert overwrite_erased() is None

    assert CONTACT.encode() not in bytes_on_disk(postgresql)
