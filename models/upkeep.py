"""What time itself brings: names, notes and cancelled votes that are forgotten, signing that closes on its date.

And what a fall of the server left undone: an answer after the close whose edition was not made yet, a version without
control words, an edition without its sealed copies.
"""

import asyncio
import logging
from contextlib import suppress
from functools import partial

from models.alliance.logo import forget_unused_logos
from models.baseline.erased import erase_again, keep_erased, known_erased, names_to_keep
from models.baseline.erasing import erase_notes
from models.baseline.field import take_in_left
from models.basics.errors import OfficeFailed, OfficeMissing, SealNotUsable
from models.encounters.answers import close_answers_that_are_due
from models.encounters.forgetting import forget_contacts, forget_evenings
from models.mediation.destroying import (
    destroy_again,
    destroy_due,
    due_to_destroy,
    keep_destroyed,
    known_destroyed,
)
from models.mediation.stopping import end_stopped
from models.photo.meeting import close_statements_that_are_due
from models.reports.freezing import complete_words
from models.signing.files import Build, agendas_to_close, agendas_without_edition, publish
from models.signing.sealing import Seal, complete_seals
from models.signing.words_kept import complete_control_words
from models.storage.database import reading, remove_old_copies
from models.storage.overwriting import let_overwrite, overwrite_erased, stop_overwriting
from models.storage.writing import write
from models.undoing.undo import forget_what_was_kept
from models.voting.cancelling import forget_cancelled
from models.voting.round import forget_old_names

EVERY_SECONDS = 600
BY_ITSELF = "Handslag"
log = logging.getLogger("handslag.upkeep")
_waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []


def keep_promises(build: Build) -> None:
    """Forget old names, close what is due, finish what was begun. Harmless when done twice or by two processes.

    What takes longest comes apart from it: see `seal_editions`.
    """
    write(forget_old_names)
    write(forget_cancelled)
    write(forget_contacts)
    write(close_answers_that_are_due, who=BY_ITSELF)
    write(forget_evenings)
    write(take_in_left)
    write(close_statements_that_are_due, who=BY_ITSELF)
    # Named first, so that a kill in between loses nothing.
    with reading() as session:
        keep_erased(names_to_keep(session))
    write(erase_notes)
    write(forget_what_was_kept)
    _end_mediations()
    write(forget_unused_logos)
    complete_control_words()
    complete_words()
    with reading() as session:
        due = [*agendas_to_close(session), *agendas_without_edition(session)]
    for agenda_id in due:
        publish(agenda_id, who=BY_ITSELF, build=build)
    remove_old_copies()
    # Also what was held up by a long reader, or by a kill.
    overwrite_erased()


def _end_mediations() -> None:
    """End what was stopped, and destroy what is due. Names are kept first, so that a kill in between loses nothing."""
    write(end_stopped)
    with reading() as session:
        keep_destroyed(sorted(set(due_to_destroy(session)) - set(known_destroyed())))
    write(destroy_due)
    write(destroy_again, uids=known_destroyed())


def destroy_what_came_back() -> None:
    """Destroy and erase again, before anything is served, what an older copy of the database brought back."""
    write(destroy_again, uids=known_destroyed())
    write(erase_again, names=known_erased())
    # Their day stands in the copy itself.
    write(forget_contacts)
    write(forget_evenings)
    overwrite_erased(rounds=1, writes_over_journal=False)


def seal_editions(seal: Seal) -> None:
    """Make the sealed copies that are missing. Where the program for it is missing too, pages say so."""
    try:
        complete_seals(seal)
    except OfficeMissing:
        return
    except (OfficeFailed, SealNotUsable) as error:
        log.error("no sealed copy could be made: %s %s", type(error).__name__, error)


def hurry() -> None:
    """Let what is kept by itself be looked at now: an edition was made. Nothing happens where no server runs."""
    for loop, wanted in _waiting:
        loop.call_soon_threadsafe(wanted.set)


async def keep_promises_by_themselves(build: Build, seal: Seal) -> None:
    """Keep promises at the start, every ten minutes and when somebody says so, until cancelled.

    A failure is logged and tried again.
    """
    wanted = asyncio.Event()
    here = (asyncio.get_running_loop(), wanted)
    _waiting.append(here)
    let_overwrite()
    try:
        while True:
            wanted.clear()
            for promise in (partial(keep_promises, build), partial(seal_editions, seal)):
                try:
                    await asyncio.to_thread(promise)
                except Exception:
                    log.exception("upkeep failed; tried again in %s seconds", EVERY_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(wanted.wait(), EVERY_SECONDS)
    finally:
        stop_overwriting()
        _waiting.remove(here)
