"""An alliance's own colour, corrected until text on it and in it reads at 7:1.

The hue stays, the chroma is capped at 0.13 (OKLCH, Björn Ottosson, "A perceptual color space for image
processing", 2020); only the lightness moves. Contrast is the ratio of WCAG 2.2, "relative luminance".
It may replace only accent, tint and bar, never the colour of a vote.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_ACCENT = "#17513F"
CONTRAST = 7.0
LIGHT_PAPER, LIGHT_GROUND = "#FFFFFF", "#F1F4EF"
DARK_PAPER, DARK_GROUND = "#17241E", "#0E1814"
STEP = 0.005


@dataclass(frozen=True)
class Accent:
    """Colours as `#RRGGBB`. `accent` and `tint` are for light pages, `dark_…` for dark ones."""

    accent: str
    tint: str
    dark_accent: str
    dark_tint: str
    dark_band: str


def is_colour(text: str) -> bool:
    """Return whether `text` is a colour as `#RRGGBB`."""
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is not None


@lru_cache
def corrected(colour: str) -> Accent:
    """Return the colours that `colour` (`#RRGGBB`) becomes on our pages. Raises ValueError on anything else."""
    if not is_colour(colour):
        raise ValueError(f"a colour looks like #17513F, got {colour!r}")
    lightness, chroma, hue = _oklch(colour)
    chroma = min(chroma, 0.13)
    tint = _hex(0.925, min(chroma, 0.025), hue)
    dark_tint = _hex(0.295, min(chroma, 0.035), hue)
    return Accent(
        accent=_moved(lightness, -STEP, chroma, hue, (LIGHT_PAPER, LIGHT_GROUND, tint)),
        tint=tint,
        dark_accent=_moved(max(lightness, 0.7), STEP, chroma, hue, (DARK_PAPER, DARK_GROUND, dark_tint)),
        dark_tint=dark_tint,
        dark_band=_hex(0.58, min(chroma, 0.08), hue),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def accent_css(colour: str) -> str:
    """Return the style sheet that puts the corrected `colour` in place of ours, light and dark."""
    own = corrected(colour)
    light = f"--accent:{own.accent};--tint:{own.tint};--bar:{own.accent};--band-a:{own.accent}"
    dark = f"--accent:{own.dark_accent};--tint:{own.dark_tint};--bar:{own.dark_tint};--band-a:{own.dark_band}"
    return (
        f":root{{{light}}}:root[data-mode=dark]{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-mode]){{{dark}}}}}\n"
    )


def _moved(lightness: float, step: float, chroma: float, hue: float, backgrounds: tuple[str, ...]) -> str:
    colour = _hex(lightness, chroma, hue)
    while min(contrast(colour, background) for background in backgrounds) < CONTRAST:
        lightness += step
        colour = _hex(lightness, chroma, hue)
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    """Linear red, green and blue, 0 to 1."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour as `#RRGGBB`; chroma shrinks until a screen can show it."""
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
        )
        if all(-0.0005 <= channel <= 1.0005 for channel in channels) or chroma < 0.001:
            break
        chroma -= 0.004
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, channel)))):02X}" for channel in channels)
