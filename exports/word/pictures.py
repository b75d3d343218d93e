"""The few pictures of the document, drawn as on the screens and laid down as PNG with a description."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import resvg_py
import segno
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart
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


class Pictures:
    """The pictures of one document: each PNG is kept in it once, however often it is shown.

    python-docx asks the whole document for a free number at every picture, and every picture whether it is this one:
    sixty ballot sheets took 23 seconds. Here both are counted.
    """

    def __init__(self, part: DocumentPart) -> None:
        self._part = part
        self._kept: dict[bytes, tuple[str, Image]] = {}
        self._shown = 0

    def place(self, paragraph: Paragraph, picture: Picture) -> None:
        """Add `picture` to `paragraph`, with its description as the text alternative."""
        relation, image = self._keep(picture.png)
        width, height = image.scaled_dimensions(width=Mm(picture.width))
        self._shown += 1
        inline = CT_Inline.new_pic_inline(self._shown, relation, f"{relation}.png", width, height)
        inline.docPr.set("descr", printable(picture.description))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        paragraph.add_run()._r.add_drawing(inline)

    def _keep(self, png: bytes) -> tuple[str, Image]:
        """Return by which name the document knows `png`, and its sizes."""
        if png not in self._kept:
            number = len(self._kept) + 1
            image = Image.from_blob(png)
            kept = ImagePart.from_image(image, PackURI(f"/word/media/image{number}.png"))
            relation = f"picture{number}"
            self._part.load_rel(RELATIONSHIP_TYPE.IMAGE, kept, relation)
            self._kept[png] = relation, image
        return self._kept[png]
