"""How a party stands to what is planned, as a mark: a filled circle carries it, a hollow one waits, a striped square
doubts.
"""

from exports.drawings.svg import svg
from models.basics.words import Attitude

_MARKS: dict[str, str] = {
    Attitude.CARRIES: '<circle r="9" fill="var(--accent)" stroke="var(--edge)" stroke-width="2.2"/>',
    Attitude.WAITS: '<circle r="9" fill="var(--paper)" stroke="var(--edge)" stroke-width="2.8"/>',
    Attitude.DOUBTS: (
        '<rect x="-8.5" y="-8.5" width="17" height="17" fill="var(--paper)" stroke="var(--edge)" stroke-width="2.2"/>'
        '<path d="M-8.5 0L0-8.5M-8.5 8.5L8.5-8.5M0 8.5L8.5 0" stroke="var(--edge)" stroke-width="2" fill="none"/>'
    ),
}


def attitude_mark(attitude: str, *, size: int = 20) -> str:
    """Return the mark of an attitude, for beside its word."""
    return svg(_MARKS[attitude], view="-12 -12 24 24", size=(str(size), str(size)))
