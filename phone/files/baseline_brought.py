"""Files that are brought into a startfoto by who leads: the text of a note, and findings as a table.

They come by routes of ours: a page takes no more than a megabyte from a window at once, the fields that stand in it
included. What is offered is measured before it is opened.
"""

import os
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from models.baseline.findings_file import bring_findings, rows_of_file
from models.baseline.note_file import FILE_LIMIT, note_in
from models.baseline.sources import NOTE_LIMIT
from models.basics.codes import whole_number
from models.basics.errors import Busy, FileTooLarge, FileUnreadable, NotFound
from models.basics.text import optional_text
from models.storage.writing import write
from models.undoing.acting import act_and_note
from models.who_may_see import COOKIES
from phone.serving.offered import Offered, offered

MOST_WAITING = 10
_turns = CapacityLimiter(1)
_Read = TypeVar("_Read")


async def read_note(request: Request) -> Response:
    """POST /files/startfoto/note: answers by the text of `file`, a .txt or a .docx. Nothing is stored."""
    async with offered(request) as asked:
        text = await _read(asked, "note", lambda content: _note(content, asked.name))
    return JSONResponse({"text": text})


async def bring_table(request: Request) -> Response:
    """POST /files/startfoto/{baseline}/findings.csv: each row of `file` becomes a finding. Answers by how many."""
    async with offered(request) as asked:
        rows = await _read(asked, "csv", rows_of_file)
    baseline_id = whole_number(request.path_params["baseline"])
    if baseline_id is None:
        raise NotFound("baseline")
    done = await run_in_threadpool(
        write,
        act_and_note,
        tokens={role: request.cookies.get(name) for role, name in COOKIES.items()},
        action=bring_findings,
        arguments={"baseline_id": baseline_id, "rows": rows},
    )
    return JSONResponse({"count": done.result.findings})


async def _read(asked: Offered, kind: str, reader: Callable[[bytes], _Read]) -> _Read:
    """Return what is read in the file, one file after the other: a packed one can be much larger than it is."""
    if asked.file is None:
        raise FileUnreadable(kind)
    if os.fstat(asked.file.fileno()).st_size > FILE_LIMIT:
        raise FileTooLarge(FILE_LIMIT)
    if _turns.statistics().tasks_waiting >= MOST_WAITING:
        raise Busy
    return await to_thread.run_sync(reader, asked.file.read(), limiter=_turns)


def _note(content: bytes, file_name: str) -> str:
    return optional_text(note_in(content, file_name), field="note", limit=NOTE_LIMIT)


routes = [
    Route("/files/startfoto/note", read_note, methods=["POST"]),
    Route("/files/startfoto/{baseline}/findings.csv", bring_table, methods=["POST"]),
]
