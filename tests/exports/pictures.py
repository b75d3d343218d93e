"""Pictures as people bring them as a logo: good ones, and all that comes instead."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

Content = bytes | Callable[[], bytes]
GREEN, RED = (23, 81, 63), (192, 57, 43)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def drawn(mode: str = "RGB", size: tuple[int, int] = (900, 300), *, ink: Any = GREEN) -> Image.Image:
    """Return a mark that fills a third of a picture in its middle, on white or on nothing."""
    has_ground = mode != "RGBA"
    image = Image.new("RGBA", size, (255, 255, 255, 255 if has_ground else 0))
    width, height = size
    ImageDraw.Draw(image).rectangle(
        (width // 3, height // 3, 2 * width // 3, 2 * height // 3), fill=(*ink, 255)
    )
    return image.convert("RGB").convert(mode) if has_ground else image


def saved(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


@cache
def too_many_points() -> bytes:
    """Return a PNG of 20,000 by 20,000 points. It takes a second, and only who tests with it makes it."""
    return saved(Image.new("L", (20_000, 20_000), 0))


def made(content: Content) -> bytes:
    """Return a picture that may have waited until somebody tests with it."""
    return content() if callable(content) else content


def svg(inside: str, *, view: str = 'viewBox="0 0 300 100"') -> bytes:
    return SVG.format(view, inside).encode()


LOGO_SVG = svg('<title>Samen Merenveld</title><rect width="300" height="100" fill="#17513F"/>')
