"""News from other processes that work on the same database: a file that was written, or a message of PostgreSQL."""

import json
import logging
import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import Engine, make_url

from models.storage.changes import CHANNEL
from models.storage.database import database_url

LOOK_SECONDS = 0.25

# Wakes the listeners of these workshops, or of all (None).
Wake = Callable[[set[int] | None], None]
log = logging.getLogger("handslag.news")


def watch_file(
    watched: Engine, wake: Wake, is_anybody_listening: Callable[[], bool], stopped: threading.Event
) -> None:
    """Notice what other processes wrote to the SQLite file: a moved data_version only means "look"."""
    raw = watched.raw_connection()
    try:
        cursor = raw.cursor()
        seen = cursor.execute("PRAGMA data_version").fetchone()[0]
        while not stopped.wait(LOOK_SECONDS):
            if not is_anybody_listening():
                continue
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                seen = version
                wake(None)
    finally:
        raw.close()


def watch_postgres(wake: Wake, stopped: threading.Event) -> None:
    """Hear other processes through LISTEN, on a connection of its own; after a loss everybody looks."""
    address = make_url(database_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    while not stopped.is_set():
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                wake(None)
                while not stopped.is_set():
                    for notification in connection.notifies(timeout=1):
                        wake(set(json.loads(notification.payload)))
        except psycopg.OperationalError:
            log.warning("the connection that carries the news was lost; connecting again")
            stopped.wait(1)
