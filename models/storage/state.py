"""The state of a room as everyone who listens gets it; what stands in it is read by models/room_state.py."""

import json
from functools import cached_property
from typing import Any

COUNTS = ("voted", "people", "ballots")


# Only who leads sees how many voted on each text.
FOR_WHO_LEADS = "ballots"


class RoomState(dict[str, Any]):
    """What everyone in a room may know. `text` is its JSON, made once however many listen.

    For who leads it also holds how many ballots stand: who has voted already may vote on another text. `sent_away` are
    the participants who were removed: it is told to nobody, and says which phones hear nothing from now on.
    """

    sent_away: frozenset[int] = frozenset()

    @cached_property
    def of_everyone(self) -> "RoomState":
        """The same as phones and the projector hear it."""
        told = RoomState({key: value for key, value in self.items() if key != FOR_WHO_LEADS})
        told.sent_away = self.sent_away
        return told

    @cached_property
    def text(self) -> str:
        """The state as JSON, as it is sent."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    def differs_in_more_than_counts(self, other: "RoomState | None") -> bool:
        """Return whether anything but a count is another than in `other`."""
        if other is None:
            return True
        return any(self[key] != other.get(key) for key in self if key not in COUNTS)
