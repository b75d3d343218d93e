"""Makes a clean PNG of a picture that anybody may have made, in a process of its own.

`python -m exports.logo.cleaner < FILE` prints one JSON object: the PNG in base64, or what stands in the way. Nothing of
the file goes along but what one sees: no place where it was taken, no second picture, no script, no colour profile.
"""

import base64
import binascii
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import resvg_py
from lxml import etree
from PIL import Image, ImageChops, ImageCms, ImageOps

from exports.apart import bound_this_process
from models.basics.errors import LogoNotUsable
from models.basics.words import LogoTrouble

SECONDS = 5
# A picture of the most points, four bytes for each, twice: as it came, and as it is turned into ours.
MORE_MEMORY = 320 * 1024 * 1024
LARGEST_FILE = 5 * 1024 * 1024
MOST_POINTS = 25_000_000
# Twelve points for each millimetre of the room that a document has for it: more, nobody sees on paper.
ACROSS, DOWN = 744, 288
_DRAWN = 2_400
_SMALLEST, _THINNEST, _MOST_OBLONG = 48, 8, 16
# By how much a point differs from white paper to be something, and to be seen.
_SOMETHING, _SEEN = 12, 48
# How many points a picture may have is said here, in our own words.
Image.MAX_IMAGE_PIXELS = None
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"

_SVG = "{http://www.w3.org/2000/svg}svg"
_MOST_ELEMENTS = 100_000
_PAGES_OF_THEIR_OWN = {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler"}
_LETTERS = {"text", "flowRoot"}
_OUR_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|jpg);base64,)", re.IGNORECASE)
_STYLED_WITH = re.compile(r"url\(\s*[\"']?(?P<address>[^)]{0,40})|(?P<import>@import)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?\d+)?)\s*(?:px|pt|pc|mm|cm|in)?\s*")
_NUMBERS = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?\d+)?")


@dataclass
class Cleaned:
    """The PNG in base64; `trouble` is empty when there is one."""

    png: str = ""
    trouble: str = ""
    width: int = 0
    height: int = 0


def clean(content: bytes) -> Cleaned:
    """Return the picture in a file as a clean PNG, or what stands in the way, whatever the file is."""
    try:
        if len(content) > LARGEST_FILE:
            raise LogoNotUsable(LogoTrouble.HEAVY)
        if content.startswith((_JPEG, _PNG)):
            png = _laid_down(_opened(content))
        elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in content:
            png = _laid_down(_opened(_drawn(content)))
        else:
            raise LogoNotUsable(LogoTrouble.NO_PICTURE)
        return Cleaned(png=base64.b64encode(png).decode())
    except LogoNotUsable as error:
        return Cleaned(trouble=error.trouble, width=error.width, height=error.height)
    except MemoryError:
        return Cleaned(trouble=LogoTrouble.TOO_MUCH)
    except Exception:
        # A picture can be broken in as many ways as there are bytes in it; none of them tells people more.
        return Cleaned(trouble=LogoTrouble.BROKEN)


def _opened(content: bytes) -> Image.Image:
    """Return the picture, upright, small enough to work with, as red, green, blue and how solid each point is.

    How large it is stands at its beginning, and is read before any of its points.
    """
    image: Image.Image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
    _measured(*image.size)
    image.draft("RGB", (_DRAWN, _DRAWN))
    image.load()
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    image = image.convert("RGBA") if image.mode != "CMYK" else image
    image.thumbnail((_DRAWN, _DRAWN), reducing_gap=2.0)
    return _as_screens_show_it(image, profile)


def _measured(width: int, height: int) -> None:
    if width * height > MOST_POINTS:
        raise LogoNotUsable(LogoTrouble.TOO_MANY_POINTS, width, height)


def _as_screens_show_it(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in the colours that its own profile means, which every screen and printer takes for granted."""
    if profile:
        solid = image.getchannel("A") if image.mode == "RGBA" else None
        try:
            shown = ImageCms.profileToProfile(
                image.convert("RGB") if solid else image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            shown = None
        if shown is not None:
            image = shown.convert("RGBA")
            if solid:
                image.putalpha(solid)
    return image.convert("RGB" if image.mode == "CMYK" else image.mode).convert("RGBA")


def _laid_down(image: Image.Image) -> bytes:
    """Return a picture as PNG without the empty room around it, as large as paper has room for."""
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    beside_white = ImageChops.difference(paper.convert("RGB"), Image.new("RGB", image.size, "white"))
    box = beside_white.point(lambda value: 255 * (value > _SOMETHING)).getbbox()
    seen = beside_white.point(lambda value: 255 * (value >= _SEEN)).getbbox()
    if box is None or seen is None:
        raise LogoNotUsable(LogoTrouble.NOTHING_SEEN)
    image = image.crop(box)
    long, short = max(image.size), min(image.size)
    if long < _SMALLEST or short < _THINNEST:
        raise LogoNotUsable(LogoTrouble.TOO_SMALL, *image.size)
    if long > _MOST_OBLONG * short:
        raise LogoNotUsable(LogoTrouble.TOO_OBLONG)
    image.thumbnail((ACROSS, DOWN), reducing_gap=2.0)
    image.info.clear()
    is_solid = image.getchannel("A").getextrema()[0] == 255
    stream = BytesIO()
    (image.convert("RGB") if is_solid else image).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _drawn(content: bytes) -> bytes:
    """Return an SVG as PNG: what it draws itself, and nothing else. It is drawn as large as we may need it."""
    root = _drawing(content)
    _check(root)
    across, down = _size_of(root)
    if max(across, down) > 4 * _MOST_OBLONG * min(across, down):
        raise LogoNotUsable(LogoTrouble.TOO_OBLONG)
    if root.get("viewBox"):
        root.set("width", f"{across:g}")
        root.set("height", f"{down:g}")
    scale = _DRAWN / max(across, down)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode"),
            width=max(1, round(across * scale)),
            height=max(1, round(down * scale)),
            # For who counts in millimetres.
            dpi=96,
            skip_system_fonts=True,
        )
    )


def _drawing(content: bytes) -> etree._Element:
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(content, reader)
    said = root.getroottree().docinfo.internalDTD
    if said is not None and next(said.iterentities(), None) is not None:
        raise LogoNotUsable(LogoTrouble.ENTITIES)
    if root.tag != _SVG:
        raise LogoNotUsable(LogoTrouble.NO_PICTURE)
    return root


def _check(root: etree._Element) -> None:
    """Refuse what a drawing has no need of: scripts, pieces of web pages, anything that lies elsewhere, letters."""
    if any(isinstance(node, etree._ProcessingInstruction) for node in root.getroottree().xpath("//node()")):
        raise LogoNotUsable(LogoTrouble.FROM_ELSEWHERE)
    points = 0
    for number, element in enumerate(root.iter()):
        if number > _MOST_ELEMENTS:
            raise LogoNotUsable(LogoTrouble.TOO_MUCH)
        if not isinstance(element.tag, str):
            raise LogoNotUsable(LogoTrouble.ENTITIES)
        name = etree.QName(element).localname
        if name in _PAGES_OF_THEIR_OWN:
            raise LogoNotUsable(LogoTrouble.SCRIPT)
        if name in _LETTERS and "".join(element.itertext()).strip():
            raise LogoNotUsable(LogoTrouble.LETTERS)
        if name == "style":
            _check_style("".join(element.itertext()))
        for attribute, value in element.attrib.items():
            points += _check_attribute(name, etree.QName(attribute).localname, str(value))
    if points > MOST_POINTS:
        raise LogoNotUsable(LogoTrouble.TOO_MUCH)


def _check_attribute(element: str, name: str, value: str) -> int:
    """Refuse what an attribute may not say; return how many points the picture has that it holds, if it does."""
    if name.lower().startswith("on") or "javascript:" in re.sub(r"\s", "", value).lower():
        raise LogoNotUsable(LogoTrouble.SCRIPT)
    if name in ("href", "src"):
        # Where somebody would go by a click does not matter to a picture.
        if element != "a" and not _OUR_OWN.match(value):
            raise LogoNotUsable(LogoTrouble.FROM_ELSEWHERE)
        return _points_in(value) if value.lstrip().lower().startswith("data:") else 0
    _check_style(value)
    return 0


def _check_style(text: str) -> None:
    for found in _STYLED_WITH.finditer(text):
        if found["import"] or not _OUR_OWN.match(found["address"]):
            raise LogoNotUsable(LogoTrouble.FROM_ELSEWHERE)


def _points_in(address: str) -> int:
    """Return how many points a picture has that lies inside a drawing, read from its beginning."""
    try:
        held = base64.b64decode(address.partition(",")[2], validate=False)
        width, height = Image.open(BytesIO(held), formats=("PNG", "JPEG")).size
    except (binascii.Error, OSError, ValueError):
        raise LogoNotUsable(LogoTrouble.BROKEN) from None
    _measured(width, height)
    return int(width * height)


def _size_of(root: etree._Element) -> tuple[float, float]:
    """Return how wide and high a drawing is, in whatever it counts by."""
    view = [float(number) for number in _NUMBERS.findall(root.get("viewBox", ""))]
    size = (view[2], view[3]) if len(view) == 4 else tuple(_lengths(root))
    if len(size) != 2 or min(size) <= 0 or max(size) > 1e7:
        raise LogoNotUsable(LogoTrouble.BROKEN)
    return size[0], size[1]


def _lengths(root: etree._Element) -> Iterator[float]:
    for name in ("width", "height"):
        if found := _LENGTH.fullmatch(root.get(name, "")):
            yield float(found[1])


def main() -> None:
    """Read a file from standard input, and print what was made of it."""
    bound_this_process(more_memory=MORE_MEMORY, seconds=SECONDS)
    told: dict[str, Any] = asdict(clean(sys.stdin.buffer.read(LARGEST_FILE + 1)))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
