"""A mark per side, always the same: residents a filled circle, communities a square, organisations a hollow triangle,
the municipality a stepped gable with a door. Groups of another name take the next free mark, always in this order."""

from collections.abc import Mapping

from exports.drawings.svg import coordinate, svg
from models.alliance.groups import side_of_group
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
_FREE: dict[str, str] = {
    name: f'<path d="{path}" fill="var(--paper)" stroke="var(--edge)" stroke-width="2" stroke-linejoin="round"/>'
    for name, path in (
        ("diamond", "M0-10.4L10.4 0L0 10.4L-10.4 0Z"),
        ("hexagon", "M-5-8.7H5L10 0L5 8.7H-5L-10 0Z"),
        ("cross", "M-3.4-9.6H3.4V-3.4H9.6V3.4H3.4V9.6H-3.4V3.4H-9.6V-3.4H-3.4Z"),
        ("triangle down", "M0 9.6L9.8-7.6H-9.8Z"),
        ("house", "M-8 9V-2L0-9.6L8-2V9Z"),
        ("bar", "M-10-4H10V4H-10Z"),
    )
}
_ALL = _MARKS | _FREE


def marks_of_rows(names: Mapping[str, str]) -> dict[str, str]:
    """Return the name of the mark of each row, by its key: of its side where the group's name says one, else the next.

    `names` are the rows in order with their names; with more rows than marks the last one is drawn again.
    """
    marks: dict[str, str] = {}
    free = list(_FREE)
    for key, name in names.items():
        side = side_of_group(name)
        if side is not None and side not in marks.values():
            marks[key] = side
        else:
            marks[key] = free.pop(0) if len(free) > 1 else free[0]
    return marks


def mark_at(mark: str, x: float, y: float, scale: float = 1) -> str:
    """Return a mark around a place, as part of a drawing: 16 to 20 wide at scale 1."""
    return f'<g transform="translate({coordinate(x)} {coordinate(y)}) scale({coordinate(scale)})">{_ALL[mark]}</g>'


def side_mark(side: str, *, size: int = 20) -> str:
    """Return the mark of a side or of a row, for beside its word; nothing for a source without one."""
    if side not in _ALL:
        return ""
    return svg(_ALL[side], view="-12 -12 24 24", size=(str(size), str(size)), attributes=' class="side-mark"')
