"""What time itself brings: names, notes and cancelled votes that are forgotten, signing that closes on its date.

And what a fall of the server left undone: an answer after the close whose edition was not made yet, a version without
control words.
"""

import asyncio
import logging

from models.baseline.erasing import erase_notes
from models.reports.freezing import complete_words
from models.signing.files import Build, agendas_to_close, agendas_without_edition, publish
from models.signing.words_kept import complete_control_words
from models.storage.database import reading
from models.storage.forgetting import forget_deleted, forget_notes
from models.storage.writing import write
from models.voting.cancelling import forget_cancelled
from models.voting.round import forget_old_names

EVERY_SECONDS = 600
BY_ITSELF = "Handslag"
log = logging.getLogger("handslag.upkeep")


def keep_promises(build: Build) -> None:
    """Forget old names, close what is due, finish what was begun. Harmless when done twice or by two processes."""
    write(forget_old_names)
    write(forget_cancelled)
    if write(erase_notes) and not forget_notes():
        log.warning("erased notes may still stand in free room of the database: somebody kept reading")
    complete_control_words()
    complete_words()
    with reading() as session:
        due = [*agendas_to_close(session), *agendas_without_edition(session)]
    for agenda_id in due:
        publish(agenda_id, who=BY_ITSELF, build=build)
    # A close whose overwriting was held up by a long reader, or by a kill, is finished here.
    forget_deleted(rounds=1)


async def keep_promises_by_themselves(build: Build) -> None:
    """Keep promises at the start and every ten minutes, until cancelled; a failure is logged and tried again."""
    while True:
        try:
            await asyncio.to_thread(keep_promises, build)
        except Exception:
            log.exception("upkeep failed; tried again in %s seconds", EVERY_SECONDS)
        await asyncio.sleep(EVERY_SECONDS)
