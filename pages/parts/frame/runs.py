"""How the runs of a page follow each other: what one drew is sent before a part of it is drawn again.

Streamlit throws away what it had not sent yet, and has no setting for this: so one of its own doings is put right here,
once, before the first page opens. `tests/pages/test_runs.py` fails where it is not, or not any more.
"""

from streamlit.runtime.app_session import AppSession


def let_runs_follow_each_other() -> None:
    """Let a part that is drawn again take back nothing of the whole drawing before it. Call it at the start.

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
