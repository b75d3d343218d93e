"""The vote page as one would write it in Streamlit today: what our phone page is compared with.

Votes go durably into SQLite, and a fragment follows the count every other second. STREAMLIT_VOTES names the file.
"""

import os
import secrets
import sqlite3
import threading

import streamlit as st

ITEMS = [
    "Wij nemen geen besluit over een groep zonder die groep aan tafel.",
    "Elk besluit staat binnen een week in gewone taal op papier.",
    "Wie meedoet, krijgt reiskosten en tijd vergoed.",
    "Een afspraak heeft één trekker en een datum.",
    "Wij spreken af waar iedereen binnen kan.",
    "Klachten komen bij iemand die niet oordeelt.",
    "Wij beginnen met wie het minst gehoord wordt.",
    "Elk half jaar kijken wij samen terug.",
]
CHOICES = {"agree": "Akkoord", "concern": "Akkoord, met een zorg", "objection": "Bezwaar"}
TABLE = "CREATE TABLE IF NOT EXISTS vote (item INTEGER, voter TEXT, choice TEXT, PRIMARY KEY (item, voter))"
STORE = "INSERT INTO vote VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET choice = excluded.choice"
FOLLOW_SECONDS = 2


@st.cache_resource
def database() -> tuple[sqlite3.Connection, threading.Lock]:
    connection = sqlite3.connect(
        os.environ.get("STREAMLIT_VOTES", ":memory:"), check_same_thread=False, isolation_level=None
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE)
    return connection, threading.Lock()


def vote(item: int, choice: str) -> None:
    connection, lock = database()
    with lock:
        connection.execute(STORE, (item, st.session_state.voter, choice))
    st.session_state.chosen[item] = choice


@st.fragment(run_every=FOLLOW_SECONDS)
def progress() -> None:
    connection, lock = database()
    with lock:
        voted = connection.execute("SELECT COUNT(DISTINCT voter) FROM vote").fetchone()[0]
    st.caption(f"{voted} mensen hebben gestemd")


st.set_page_config(page_title="Stemmen")
st.session_state.setdefault("voter", secrets.token_hex(16))
st.session_state.setdefault("chosen", {})
st.header("Kunt u hiermee leven?")
for number, text in enumerate(ITEMS):
    st.markdown(f"### {text}")
    for value, label in CHOICES.items():
        is_chosen = st.session_state.chosen.get(number) == value
        st.button(
            label,
            key=f"{number}-{value}",
            type="primary" if is_chosen else "secondary",
            width="stretch",
            on_click=vote,
            args=(number, value),
        )
progress()
