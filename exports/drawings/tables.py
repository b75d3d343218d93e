"""The sign of a table: a painted shutter in the table's colour, with a symbol in a white disc.

Number first, then its name, then the symbol, colour last. These colours mean a table, never a vote.
"""

from exports.drawings.svg import svg
from exports.icons import ICON_PATHS
from models.encounters.signs import sign_of

# The colour of the plate, whether what stands on it is white, and the symbol that goes with it at the first ten tables.
_PLATES = (
    ("#A31D16", True, "sunny"),
    ("#1F6140", True, "park"),
    ("#17508F", True, "sailing"),
    ("#F0C400", False, "pedal_bike"),
    ("#F29A4B", False, "cottage"),
    ("#6B3FA0", True, "key"),
    ("#EFA3C0", False, "local_florist"),
    ("#6B4226", True, "coffee"),
    ("#A9B3AC", False, "cloud"),
    ("#FFFFFF", False, "star"),
)
_INK = "#12241D"
_SIZE = 64


def _plate(number: int) -> tuple[str, str, str]:
    """Return a table's colour, the ink that can be read on it, and the name of its symbol."""
    sign = sign_of(number)
    plate, is_dark, _ = _PLATES[sign.colour]
    return plate, "#FFFFFF" if is_dark else _INK, ICON_PATHS[_PLATES[sign.symbol][2]]


def table_sign(number: int, *, size: int = 112, label: str | None = None) -> str:
    """Return the sign of a table as a drawing of `size` pixels."""
    plate, _, symbol = _plate(number)
    edge = (
        f'<rect x="1.5" y="1.5" width="61" height="61" rx="7" fill="{{}}" stroke="{_INK}" stroke-width="3"/>'
    )
    body = (
        edge.format(plate)
        + '<path d="M4 4H60L32 32ZM4 60H60L32 32Z" fill="#fff"/>'
        + f'<path d="M4 4L60 60M60 4L4 60" stroke="{_INK}" stroke-width="1.2"/>'
        + edge.format("none")
        + f'<circle cx="32" cy="32" r="20" fill="#fff" stroke="{_INK}" stroke-width="2.4"/>'
        + f'<svg x="18.5" y="18.5" width="27" height="27" viewBox="0 -960 960 960" fill="{_INK}">'
        + f'<path d="{symbol}"/></svg>'
    )
    return svg(
        body,
        view=f"0 0 {_SIZE} {_SIZE}",
        size=(str(size), str(size)),
        label=label,
        attributes=' class="table-sign"',
    )


def table_strip(number: int, *, label: str | None = None) -> str:
    """Return a strip of 96 by 48 in the table's colour with its symbol, for long lists."""
    plate, ink, symbol = _plate(number)
    return svg(
        f'<path d="M0 0H96V48H0Z" fill="{plate}"/>'
        f'<svg x="29" y="5" width="38" height="38" viewBox="0 -960 960 960" fill="{ink}"><path d="{symbol}"/></svg>',
        view="0 0 96 48",
        size=("96", "48"),
        label=label,
        attributes=' preserveAspectRatio="xMidYMid slice"',
    )
