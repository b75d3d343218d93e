"""How many voted per row while a round is open: never so few that it tells who they are."""

from collections.abc import Mapping

from models.workshop.rows import SMALLEST_SHOWN


def shown_turnout(voted: Mapping[str, int]) -> dict[str, int | None]:
    """Return how many voted per row, None where that stays hidden.

    Hidden are rows with fewer than 5 votes. The number of votes in all is known to everyone: where one row alone would
    be hidden, it could be worked out, so the smallest other one is hidden with it. A single row is the total itself.
    """
    if len(voted) < 2:
        return dict(voted)
    hidden = {key for key, count in voted.items() if count < SMALLEST_SHOWN}
    if len(hidden) == 1:
        hidden.add(min((key for key in voted if key not in hidden), key=lambda key: (voted[key], key)))
    return {key: None if key in hidden else count for key, count in voted.items()}
