"""A logo that anybody may have made: a clean PNG, or a sentence that says what to do. Nothing else comes through."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from exports.logo import apart
from exports.logo.apart import cleaned_logo
from exports.logo.cleaner import ACROSS, DOWN, LARGEST_FILE
from exports.sentences import error_sentence
from models.basics.errors import LogoNotUsable
from models.basics.words import LogoTrouble
from tests.exports.pictures import GREEN, LOGO_SVG, RED, Content, drawn, made, saved, svg, too_many_points


def _exif() -> Image.Exif:
    """Return what a telephone writes into a picture: which way is up, and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "bij Samira thuis"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 1.0)
    return exif


RED_SQUARE = '<rect width="300" height="100" fill="#C0392B"/>'
ENTITIES = '<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
FROM_ADOBE = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
)
BOMB = "".join(f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 10}</g>' for n in range(1, 12))
GOOD: dict[str, Content] = {
    "a PNG": saved(drawn()),
    "a PNG on nothing": saved(drawn("RGBA")),
    "a PNG of few colours": saved(drawn("P")),
    "a grey PNG": saved(drawn("L")),
    "a PNG of sixteen bits": saved(drawn("L").convert("I").point(lambda value: value * 256).convert("I;16")),
    "a moving PNG": saved(drawn(), save_all=True, append_images=[drawn(ink=RED)]),
    "a JPEG": saved(drawn(), "JPEG"),
    "a JPEG for a printer": saved(drawn("CMYK"), "JPEG"),
    "the largest": lambda: saved(drawn(size=(5_000, 5_000))),
    "an SVG": LOGO_SVG,
    "an SVG of Adobe": FROM_ADOBE.encode() + LOGO_SVG,
    "an SVG in millimetres": svg('<rect width="30" height="10"/>', view='width="20mm" height="10mm"'),
    "an SVG of 20,000 points": svg(
        '<circle r="9000" cx="9000" cy="9000"/>', view='viewBox="0 0 20000 20000"'
    ),
}
BAD: dict[str, tuple[Content, LogoTrouble]] = {
    "nothing": (b"", LogoTrouble.NO_PICTURE),
    "a text": ("Ons logo 🦓".encode(), LogoTrouble.NO_PICTURE),
    "a GIF": (saved(drawn("P"), "GIF"), LogoTrouble.NO_PICTURE),
    "a web page": (b"<!doctype html><p>logo", LogoTrouble.NO_PICTURE),
    "half of a PNG": (saved(drawn())[:300], LogoTrouble.BROKEN),
    "half of a JPEG": (saved(drawn(), "JPEG")[:2_000], LogoTrouble.BROKEN),
    "half of an SVG": (LOGO_SVG[:-20], LogoTrouble.BROKEN),
    "20,000 by 20,000 points": (too_many_points, LogoTrouble.TOO_MANY_POINTS),
    "more than 5 MB": (saved(drawn()) + bytes(LARGEST_FILE), LogoTrouble.HEAVY),
    "a dot": (saved(drawn(size=(60, 60))), LogoTrouble.TOO_SMALL),
    "a line": (saved(drawn(size=(4_500, 60))), LogoTrouble.TOO_OBLONG),
    "white on nothing": (saved(drawn("RGBA", ink=(255, 255, 255))), LogoTrouble.NOTHING_SEEN),
    "a script": (svg(RED_SQUARE + "<script>alert(1)</script>"), LogoTrouble.SCRIPT),
    "a script at a tap": (svg('<rect onclick="alert(1)"/>'), LogoTrouble.SCRIPT),
    "a script in a link": (svg('<a href="java&#10;script:alert(1)"><rect/></a>'), LogoTrouble.SCRIPT),
    "a piece of a web page": (svg("<foreignObject><p>x</p></foreignObject>"), LogoTrouble.SCRIPT),
    "a picture of the server": (svg('<image xlink:href="file:///etc/passwd"/>'), LogoTrouble.FROM_ELSEWHERE),
    "a picture of another site": (svg('<image href="https://x.example/a.png"/>'), LogoTrouble.FROM_ELSEWHERE),
    "a style of another site": (
        svg('<style>@import "https://x.example/a.css";</style>'),
        LogoTrouble.FROM_ELSEWHERE,
    ),
    "a filling of another site": (svg('<rect fill="url(https://x.example/a)"/>'), LogoTrouble.FROM_ELSEWHERE),
    "a style sheet": (b'<?xml-stylesheet href="a.css"?>' + LOGO_SVG, LogoTrouble.FROM_ELSEWHERE),
    "entities": (ENTITIES.encode() + svg("<desc>&c;</desc>"), LogoTrouble.ENTITIES),
    "letters": (svg("<text>Samen Merenveld</text>"), LogoTrouble.LETTERS),
    "itself a thousand million times": (svg(f'<g id="g0">{RED_SQUARE}</g>{BOMB}'), LogoTrouble.BROKEN),
}


def _cleaned(content: Content, folder: Path) -> Image.Image:
    file = folder / "offered"
    file.write_bytes(made(content))
    with file.open("rb") as offered:
        return Image.open(BytesIO(cleaned_logo(offered)))


@pytest.mark.parametrize("kind", GOOD)
def test_a_picture_becomes_a_small_png_of_what_one_sees(kind: str, tmp_path: Path) -> None:
    logo = _cleaned(GOOD[kind], tmp_path)

    assert logo.format == "PNG" and logo.mode in ("RGB", "RGBA")
    assert logo.info == {} and getattr(logo, "n_frames", 1) == 1
    width, height = logo.size
    assert 100 < width <= ACROSS and 50 < height <= DOWN
    # The empty room around it is gone.
    middle = logo.convert("RGB").getpixel((width // 2, height // 2))
    assert isinstance(middle, tuple) and max(middle) < 250


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_logo_is_told_in_a_sentence(kind: str, tmp_path: Path) -> None:
    content, trouble = BAD[kind]

    with pytest.raises(LogoNotUsable) as refused:
        _cleaned(content, tmp_path)

    assert refused.value.trouble is trouble
    for language in ("nl", "en"):
        assert all(sentence.endswith(".") for sentence in error_sentence(refused.value, language))


def test_the_size_of_what_is_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(LogoNotUsable) as refused:
        _cleaned(BAD["20,000 by 20,000 points"][0], tmp_path)

    assert "20000 by 20000" in error_sentence(refused.value, "en")[0]


def test_a_picture_of_a_telephone_stands_upright_and_does_not_say_where_it_was_taken(tmp_path: Path) -> None:
    file = saved(drawn(size=(900, 300)), "JPEG", exif=_exif())
    assert b"Samira" in file

    logo = _cleaned(file, tmp_path)

    assert logo.height > 2 * logo.width
    assert b"Samira" not in saved(logo) and logo.info == {}


def test_what_was_meant_is_what_one_sees_whatever_the_colours_were_made_for(tmp_path: Path) -> None:
    for kind in ("a PNG", "a PNG on nothing", "a JPEG", "an SVG", "an SVG of Adobe"):
        logo = _cleaned(GOOD[kind], tmp_path).convert("RGB")

        seen = logo.getpixel((logo.width // 2, logo.height // 2))

        assert isinstance(seen, tuple)
        assert max(abs(one - other) for one, other in zip(seen, GREEN, strict=True)) < 28, kind


def test_nothing_of_a_drawing_is_read_from_the_servers_disk(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(svg(RED_SQUARE))

    with pytest.raises(LogoNotUsable):
        _cleaned(svg(f'<use href="{secret.as_uri()}#x"/>{RED_SQUARE}'), tmp_path)


def test_a_cleaner_that_falls_is_an_answer_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CLEANER", "exports.logo.no_such_cleaner")

    with pytest.raises(LogoNotUsable) as refused:
        _cleaned(LOGO_SVG, tmp_path)

    assert refused.value.trouble is LogoTrouble.TOO_MUCH
