"""The few pictures of the document, drawn as on the screens and laid down as PNG with a description."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO

import resvg_py
import segno
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.image import ImagePart

from exports.drawings import on_paper
from exports.word.text import printable

_UNITS = 36_000
# What tells Word that a picture says nothing; programs that do not know it read the description.
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Picture:
    """A PNG, how wide it stands on the paper (mm), and what a person hears who does not see it.

    One that `is_decoration` says what stands beside it in words: a screen reader may pass it over.
    """

    png: bytes
    width: float
    description: str
    is_decoration: bool = False

    @property
    def height(self) -> float:
        """How high it stands on the paper, in mm."""
        across, down = size_of(self.png)
        return self.width * down / across


def size_of(png: bytes) -> tuple[int, int]:
    """Return how many pixels wide and high a PNG is (its header chunk, PNG specification 11.2.2)."""
    across, down = struct.unpack(">II", png[16:24])
    return int(across), int(down)


@lru_cache(maxsize=64)
def png_of(drawing: str, width: int, accent: str | None = None) -> bytes:
    """Return an SVG of `exports.drawings` as PNG, `width` pixels wide, in the light colours or in another `accent`."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=on_paper(drawing, accent), width=width, skip_system_fonts=True)
    )


def qr_png(address: str) -> bytes:
    """Return a QR code with its quiet zone, dark on white."""
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="png", scale=8, dark="#12241D", light="#FFFFFF"
    )
    return stream.getvalue()


class Pictures:
    """The pictures of one part of a document: each PNG is kept in it once, however often it is shown.

    `numbers` gives each its number, one row of them for the whole document; `kept` are the PNGs of the whole document.
    """

    def __init__(self, part: Part, numbers: Iterator[int], kept: dict[bytes, ImagePart]) -> None:
        self._part = part
        self._numbers = numbers
        self._kept = kept
        self._relations: dict[bytes, str] = {}

    def run_xml(self, picture: Picture) -> str:
        """Return a run that shows `picture`, with its description as the text alternative."""
        relation = self._keep(picture.png)
        number = next(self._numbers)
        size = f'cx="{round(picture.width * _UNITS)}" cy="{round(picture.height * _UNITS)}"'
        said = escape(printable(picture.description).replace("\n", " "))
        decoration = _DECORATION if picture.is_decoration else ""
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="Picture {number}" descr="{said}">{decoration}</wp:docPr>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{relation}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _keep(self, png: bytes) -> str:
        """Return by which name this part knows `png`."""
        if png not in self._relations:
            if png not in self._kept:
                name = PackURI(f"/word/media/handslag{len(self._kept) + 1}.png")
                self._kept[png] = ImagePart(name, CONTENT_TYPE.PNG, png)
            relation = f"picture{len(self._relations) + 1}"
            self._part.load_rel(RELATIONSHIP_TYPE.IMAGE, self._kept[png], relation)
            self._relations[png] = relation
        return self._relations[png]
