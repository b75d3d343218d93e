"""How the runs of a page follow each other: what one did and drew is done and sent before the next one.

Streamlit ends a callback where the next run was asked for, and throws away what it had not sent yet. It has no setting
for this, so two of its own doings are put right here, once, before the first page opens. `tests/pages/test_runs.py`
fails where one of them is not, or not any more.
"""

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState


def let_runs_follow_each_other() -> None:
    """Let what a run does for a tap come to its end, and what it drew reach the window. Call it once, at the start."""
    _end_no_callback()
    _keep_what_was_not_sent()


def _end_no_callback() -> None:
    """What a field or a button asked for is done, also where the next tap comes in that moment.

    Streamlit ended it at its next touch of the session's state and took it for done. On bad Wi-Fi a field that was left
    and the click behind it come together: what was typed was stored nowhere. The drawing behind it still makes way.
    """
    make_way = ScriptRunner._maybe_handle_execution_control_request

    def make_way_between_callbacks(self: ScriptRunner) -> None:
        if not (self._is_in_script_thread() and ThreadState.get().run_location is RunLocation.CALLBACK):
            make_way(self)

    ScriptRunner._maybe_handle_execution_control_request = make_way_between_callbacks  # type: ignore[method-assign]


def _keep_what_was_not_sent() -> None:
    """A part that is drawn again takes back nothing of the whole drawing before it.

    Streamlit dropped what that had still to send of the part, and told the window all the same that the whole was
    drawn. So the window took the part off the page, and what came for it then stood in the place of another, or in
    none: a white page.
    """
    clear = AppSession._clear_queue

    def clear_for_the_whole(self: AppSession, fragment_ids_this_run: list[str] | None = None) -> None:
        if not fragment_ids_this_run:
            clear(self, fragment_ids_this_run)
        else:
            # What is drawn from now on belongs to the run that begins, and takes the place of nothing before it.
            self._browser_queue._delta_index_map = {}

    AppSession._clear_queue = clear_for_the_whole  # type: ignore[method-assign]
