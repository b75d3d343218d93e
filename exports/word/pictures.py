"""The few pictures of the document, drawn as on the screens and laid down as PNG with a description."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import resvg_py
import segno
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from exports.drawings import on_paper
from exports.word.text import printable


@dataclass(frozen=True)
class Picture:
    """A PNG, how wide it stands on the paper (mm), and what a person hears who does not see it."""

    png: bytes
    width: float
    description: str


@lru_cache(maxsize=32)
def png_of(drawing: str, width: int) -> bytes:
    """Return an SVG of `exports.drawings` as PNG, `width` pixels wide, in the light colours."""
    return bytes(resvg_py.svg_to_bytes(svg_string=on_paper(drawing), width=width, skip_system_fonts=True))


def qr_png(address: str) -> bytes:
    """Return a QR code with its quiet zone, dark on white."""
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="png", scale=8, dark="#12241D", light="#FFFFFF"
    )
    return stream.getvalue()


def place_picture(paragraph: Paragraph, picture: Picture) -> None:
    """Add `picture` to `paragraph`, with its description as the text alternative."""
    shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Mm(picture.width))
    shape._inline.docPr.set("descr", printable(picture.description))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")
