"""Icons on a coarser grid: the same shapes in fewer digits, and what is rounded off never adds up."""

import io
import re

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from exports.drawings.coarse import on_grid
from exports.icons import ICON_PATHS
from phone.serving.rendering import ICON_CELL, ICON_SIDE

LARGEST_ON_A_PHONE = 36
# The greys at the edges of a shape that lies a third of a pixel aside, as a share of all pixels.
MOST_DIFFERENT = 0.03


def _picture(path: str, side: int) -> Image.Image:
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -{side} {side} {side}"><path d="{path}"/></svg>'
    )
    image = resvg_py.svg_to_bytes(svg_string=drawn, width=LARGEST_ON_A_PHONE, background="white")
    return Image.open(io.BytesIO(bytes(image))).convert("L")


@pytest.mark.parametrize("name", ICON_PATHS)
def test_an_icon_looks_the_same_in_less_than_half_the_digits(name: str) -> None:
    path = ICON_PATHS[name]

    coarse = on_grid(path, ICON_CELL)

    differing = ImageChops.difference(_picture(path, ICON_SIDE), _picture(coarse, ICON_SIDE // ICON_CELL))
    assert ImageStat.Stat(differing).mean[0] / 255 < MOST_DIFFERENT
    assert set(coarse) <= set("mlhvqtz -0123456789")
    assert len(coarse) < len(path) / 2


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=3, max_size=40))
def test_no_corner_is_ever_more_than_half_a_cell_aside(corners: list[tuple[int, int]]) -> None:
    path = "M" + "L".join(f"{across} {down}" for across, down in corners) + "Z"

    at, found = (0, 0), set()
    for command, told in re.findall(r"([mlhv])([^a-z]*)", on_grid(path, 8)):
        numbers = [int(number) for number in re.findall(r"-?\d+", told)]
        steps = (
            [(number, 0) if command == "h" else (0, number) for number in numbers]
            if command in "hv"
            else list(zip(numbers[::2], numbers[1::2], strict=True))
        )
        for right, down in steps:
            at = at[0] + right, at[1] + down
            found.add(at)

    expected = {(round(across / 8), round(down / 8)) for across, down in corners}
    is_flat = len({across for across, _ in expected}) == 1 or len({down for _, down in expected}) == 1
    assert found == (set() if is_flat else expected)


def test_what_encloses_nothing_is_left_out() -> None:
    assert on_grid("M0 0h80v80h-80Zm40 40ZM240 240v-80V240Z", 8) == "m0 0h10v10h-10z"


def test_a_curve_goes_on_as_the_one_before_it_ended() -> None:
    assert on_grid("M0 0q0 80 80 80t80 -80Z", 8) == "m0 0q0 10 10 10t10-10z"
    assert on_grid("M0 0q0 80 80 80q80 0 80 -80Z", 8) == "m0 0q0 10 10 10t10-10z"
    assert on_grid("M0 0q0 80 80 80Q160 160 160 0Z", 8) == "m0 0q0 10 10 10 10 10 10-10z"


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="not known in a path: 'a'"):
        on_grid("M0 0a5 5 0 0 1 10 10Z", 8)
