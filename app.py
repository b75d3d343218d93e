"""Handslag as one ASGI app: Streamlit's pages for who leads, light pages for the room."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.types import ASGIApp

from exports.agenda.build import build_files
from exports.charts import prepare_charts
from exports.sealing.seal_files import seal_files
from models.basics.closed_memory import close_memory
from models.installation.installation import prepare_installation
from models.room_state import read_state
from models.storage.database import migrate
from models.storage.feed import start_news, stop_news
from models.storage.writing import start_writer, stop_writer
from models.upkeep import destroy_what_came_back, keep_promises_by_themselves
from pages.parts.frame.runs import let_runs_follow_each_other
from phone.routes import exception_handlers, in_front_of, middleware, routes
from phone.serving.evenness import prepare_process, share_memory_between_threads, tidy_up_in_quiet_moments
from phone.serving.noticed import print_what_is_noted
from phone.serving.protocol import believe_no_forwarded_address, bound_heads
from phone.serving.rendering import prepare_pages
from phone.serving.start import (
    greet,
    look_before_anything_is_written,
    prepare_seal,
    refuse_a_weak_passphrase,
    refuse_a_wrong_address,
    refuse_an_unusable_template,
)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Prepare the database, start writing and telling, and let every stream end before the server waits for it."""
    await asyncio.to_thread(migrate)
    greet(await asyncio.to_thread(prepare_installation))
    await asyncio.to_thread(prepare_seal)
    await asyncio.to_thread(destroy_what_came_back)
    start_writer()
    start_news(asyncio.get_running_loop(), read_state)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            _end_streams_on(number)
    by_themselves = [
        asyncio.create_task(keep_promises_by_themselves(build_files, seal_files)),
        asyncio.create_task(tidy_up_in_quiet_moments()),
    ]
    await asyncio.to_thread(prepare_pages)
    await asyncio.to_thread(prepare_charts)
    prepare_process()
    yield
    for task in by_themselves:
        task.cancel()
    stop_news()
    await asyncio.to_thread(stop_writer)


def _end_streams_on(number: signal.Signals) -> None:
    """Chain the server's own handler: it waits for open streams, and they end only when they are told."""
    old = signal.getsignal(number)

    def handler(received: int, frame: Any) -> None:
        stop_news()
        if callable(old):
            old(received, frame)

    signal.signal(number, handler)


# Before anything secret is read.
close_memory()
# Before the server starts: what fails after that is told with a page of Python.
refuse_a_weak_passphrase()
print_what_is_noted()
refuse_a_wrong_address()
refuse_an_unusable_template()
look_before_anything_is_written()
bound_heads()
believe_no_forwarded_address()
share_memory_between_threads()
let_runs_follow_each_other()
# `streamlit run` looks for such a line to know that this is an app; it serves what bears this name in the end.
app: ASGIApp = st.App(
    "pages/navigation.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    exception_handlers=exception_handlers,
)
app = in_front_of(app)
