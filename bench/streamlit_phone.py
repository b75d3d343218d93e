"""A phone that votes on the Streamlit page, without a browser: it speaks the page's own WebSocket.

It does what the page's script does and no more: it sends a click, and reads until the run that the click started has
ended. It asks again for the part that follows the room when the server says so. Without an answer in ten seconds it
gives up, as a person would.
"""

import asyncio
import time
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.crowd import Outcome

OPENING_PATIENCE, PATIENCE = 30, 10


class StreamlitPhone:
    """One session of the comparison page on the server at `port`."""

    def __init__(self, port: int) -> None:
        self._address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self._socket: ClientConnection | None = None
        self._buttons: dict[str, str] = {}
        self._runs = 0
        self._has_given_up = False
        self._has_run = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._follows: set[str] = set()

    async def open(self) -> None:
        """Open the page, and return when it was drawn, or after half a minute."""
        self._socket = await connect(
            self._address,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            open_timeout=OPENING_PATIENCE,
        )
        self._tasks.append(asyncio.create_task(self._read()))
        await self._run(BackMsg(), OPENING_PATIENCE)

    async def vote(self, round_id: int, item: int, choice: str) -> Outcome:
        """Tap a choice, and wait until the page has been drawn with it."""
        if self._has_given_up or f"{item}-{choice}" not in self._buttons:
            return Outcome(time.perf_counter(), time.perf_counter(), False)
        click = BackMsg()
        state = click.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = self._buttons[f"{item}-{choice}"], True
        sent_at = time.perf_counter()
        has_run = await self._run(click, PATIENCE)
        self._has_given_up = not has_run
        return Outcome(sent_at, time.perf_counter(), has_run)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def _run(self, asked: BackMsg, patience: float) -> bool:
        """Return whether a run that began after this ended in time."""
        assert self._socket is not None
        asked.rerun_script.query_string = ""
        wanted = self._runs + 1
        await self._socket.send(asked.SerializeToString())
        try:
            async with asyncio.timeout(patience), self._has_run:
                await self._has_run.wait_for(lambda: self._runs >= wanted)
        except TimeoutError:
            return False
        return True

    async def _read(self) -> None:
        assert self._socket is not None
        async for data in self._socket:
            if not isinstance(data, bytes):
                continue
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
                button = message.delta.new_element.button.id
                self._buttons[button.rsplit("-", 2)[-2] + "-" + button.rsplit("-", 1)[-1]] = button
            elif kind == "auto_rerun" and message.auto_rerun.fragment_id not in self._follows:
                self._follows.add(message.auto_rerun.fragment_id)
                self._tasks.append(
                    asyncio.create_task(
                        self._follow(message.auto_rerun.fragment_id, message.auto_rerun.interval)
                    )
                )
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                async with self._has_run:
                    self._runs += 1
                    self._has_run.notify_all()

    async def _follow(self, fragment: str, seconds: float) -> None:
        assert self._socket is not None
        again = BackMsg()
        again.rerun_script.fragment_id = fragment
        again.rerun_script.is_auto_rerun = True
        with suppress(ConnectionError):
            while True:
                await asyncio.sleep(seconds)
                await self._socket.send(again.SerializeToString())
