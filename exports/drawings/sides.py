"""A mark per side, always the same: residents a filled circle, communities a square, organisations a hollow triangle,
the municipality a stepped gable with a door."""

from exports.drawings.svg import svg
from models.basics.words import Side

_MARKS: dict[str, str] = {
    Side.MUNICIPALITY: (
        '<path d="M-9.8 10.3V1.4h2.6v-3.3h2.6v-3.3h2.5v-2.9h4.2v2.9h2.5v3.3h2.6v3.3h2.6v8.9Z" fill="var(--ink)"'
        ' stroke="var(--edge)" stroke-width="1" stroke-linejoin="round"/>'
        '<path d="M-2.2 10.5V5.4a2.2 2.2 0 0 1 4.4 0v5.1Z" fill="var(--paper)"/>'
    ),
    Side.COMMUNITIES: (
        '<rect x="-8" y="-8" width="16" height="16" fill="var(--heat-3)" stroke="var(--edge)"'
        ' stroke-width="2" stroke-linejoin="round"/>'
    ),
    Side.RESIDENTS: '<circle r="8.6" fill="var(--accent)" stroke="var(--edge)" stroke-width="2"/>',
    Side.ORGANISATIONS: (
        '<path d="M0-9.6L9.8 7.6H-9.8Z" fill="var(--paper)" stroke="var(--edge)" stroke-width="2"'
        ' stroke-linejoin="round"/>'
    ),
}


def side_mark(side: str, *, size: int = 20) -> str:
    """Return the mark of a side, for beside its word; nothing for a source without one."""
    if side not in _MARKS:
        return ""
    return svg(
        _MARKS[side], view="-12 -12 24 24", size=(str(size), str(size)), attributes=' class="side-mark"'
    )
