"""How the runs of a page follow each other: each to its end, and all that it drew is sent.

Streamlit ends a run where the next one was asked for, and throws away what it had not sent yet. It has no setting for
this, so two of its own doings are put right here, once, before the first page opens. `tests/pages/test_runs.py` and
`tests/browser/test_voting_live.py` fail where one of them is not, or not any more.
"""

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)


def let_runs_follow_each_other() -> None:
    """Let every run of every page come to its end, and reach the window, before the next one. Call it at the start."""
    _end_no_run_for_another()
    _keep_what_was_not_sent()


class _Requests(ScriptRequests):
    """What a page is asked for while it runs: what a browser asks waits, what the page asks of itself does not.

    Streamlit ends a run at the next touch of the session's state where the browser asks for the whole page: also the
    callback of a tap, which it then takes for done. On bad Wi-Fi a field that was left and the click behind it come in
    the same moment, and what was typed was stored nowhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_own = False

    def request_rerun(self, new_data: RerunData) -> bool:
        self._is_own = True
        return super().request_rerun(new_data)

    def request_rerun_batch(self, rerun_batch: list[RerunData]) -> bool:
        self._is_own = True
        return super().request_rerun_batch(rerun_batch)

    def request_from_a_browser(self, new_data: RerunData) -> bool:
        return super().request_rerun(new_data)

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        if self._state is ScriptRequestType.RERUN and not self._is_own:
            return None
        request = super().on_scriptrunner_yield()
        self._is_own = self._is_own and request is None
        return request

    def on_scriptrunner_ready(self) -> ScriptRequest:
        self._is_own = False
        return super().on_scriptrunner_ready()


def _end_no_run_for_another() -> None:
    def request_rerun(self: ScriptRunner, rerun_data: RerunData) -> bool:
        requests = self._requests
        assert isinstance(requests, _Requests)
        return requests.request_from_a_browser(rerun_data)

    script_runner.ScriptRequests = _Requests  # type: ignore[misc]
    ScriptRunner.request_rerun = request_rerun  # type: ignore[method-assign]


def _keep_what_was_not_sent() -> None:
    """A part that is drawn again does not take back what the whole drawing before it had still to send of that part.

    The window was told all the same that the whole was drawn. So it took the part off the page, and what came for it
    then stood in the place of another, or in none: a white page.
    """
    clear = AppSession._clear_queue

    def clear_for_the_whole(self: AppSession, fragment_ids_this_run: list[str] | None = None) -> None:
        if not fragment_ids_this_run:
            clear(self, fragment_ids_this_run)
        else:
            # What is drawn from now on belongs to the run that begins, and takes the place of nothing before it.
            self._browser_queue._delta_index_map = {}

    AppSession._clear_queue = clear_for_the_whole  # type: ignore[method-assign]
