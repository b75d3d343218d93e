"""Runs of a page that come together: what one did is done, and what it drew is sent. Busy servers and Wi-Fi do it."""

import threading
from types import SimpleNamespace
from typing import cast

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

from pages.parts.frame.runs import let_runs_follow_each_other

HEAD, VOTE = "head", "vote"


def _drawn(*path: int, part: str, words: str) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = path
    message.delta.fragment_id = part
    message.delta.new_element.markdown.body = words
    return message


def _told(message: ForwardMsg) -> str:
    if message.HasField("delta"):
        return message.delta.new_element.markdown.body
    return str(message.WhichOneof("type"))


class _Page:
    """A page that was drawn as a whole, of which nothing is sent yet."""

    def __init__(self, *drawn: ForwardMsg) -> None:
        self._browser_queue = ForwardMsgQueue()
        is_whole = ForwardMsg()
        is_whole.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        for message in (*drawn, is_whole):
            self._browser_queue.enqueue(message)

    def begin(self, *parts: str) -> None:
        """Begin to draw some parts anew, the whole where none is named."""
        AppSession._clear_queue(cast(AppSession, self), list(parts) or None)

    def draw(self, message: ForwardMsg) -> None:
        self._browser_queue.enqueue(message)

    def sent(self) -> list[str]:
        return [_told(message) for message in self._browser_queue.flush()]


def test_a_part_that_is_drawn_again_takes_nothing_back_of_the_whole_before_it() -> None:
    let_runs_follow_each_other()
    page = _Page(
        _drawn(0, 4, 0, part=HEAD, words="Stemmen"), _drawn(0, 5, 0, part=VOTE, words="12 mensen stemden")
    )

    page.begin(HEAD, VOTE)
    page.draw(_drawn(0, 5, 0, part=VOTE, words="13 mensen stemden"))

    assert page.sent() == ["Stemmen", "12 mensen stemden", "script_finished", "13 mensen stemden"]


def test_the_whole_that_is_drawn_again_takes_the_place_of_what_was_not_sent() -> None:
    let_runs_follow_each_other()
    page = _Page(_drawn(0, 4, 0, part=HEAD, words="Stemmen"))

    page.begin()

    assert page.sent() == ["script_finished"]


def _asked_for_again_while_it_runs() -> ScriptRunner:
    requests = ScriptRequests()
    requests.request_rerun(RerunData())
    running = SimpleNamespace(_execing=True, _requests=requests, _is_in_script_thread=lambda: True)
    return cast(ScriptRunner, running)


def test_what_a_field_asked_for_is_done_where_a_click_comes_in_the_same_moment() -> None:
    let_runs_follow_each_other()
    running, done = _asked_for_again_while_it_runs(), []

    def callback() -> None:
        ThreadState.initialize(run_location=RunLocation.CALLBACK)
        # What every touch of the session's state does first.
        ScriptRunner._maybe_handle_execution_control_request(running)
        done.append("stored")

    on_its_thread = threading.Thread(target=callback)
    on_its_thread.start()
    on_its_thread.join()

    assert done == ["stored"]


def test_the_drawing_behind_it_makes_way_for_the_click() -> None:
    let_runs_follow_each_other()
    ThreadState.initialize(run_location=RunLocation.MAIN_SCRIPT)

    with pytest.raises(RerunException):
        ScriptRunner._maybe_handle_execution_control_request(_asked_for_again_while_it_runs())
