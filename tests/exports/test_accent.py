"""An alliance's own colour, corrected until it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.accent import CONTRAST, accent_css, contrast, corrected


@pytest.mark.parametrize(
    ("own", "becomes"),
    [
        ("#FFD100", "#5A4904"),
        ("#E2001A", "#872824"),
        ("#009FE3", "#004F74"),
        ("#8BC34A", "#335400"),
        ("#8A8A8A", "#4A4A4A"),
        ("#003366", "#003366"),
        ("#17513F", "#17513F"),
    ],
)
def test_only_the_lightness_moves_and_what_reads_already_stays(own: str, becomes: str) -> None:
    assert corrected(own).accent == becomes


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_every_colour_reads_at_seven_to_one_light_and_dark(number: int) -> None:
    own = corrected(f"#{number:06X}")

    assert (
        min(contrast(own.accent, background) for background in ("#FFFFFF", "#F1F4EF", own.tint)) >= CONTRAST
    )
    assert (
        min(contrast(own.dark_accent, background) for background in ("#17241E", "#0E1814", own.dark_tint))
        >= CONTRAST
    )


def test_the_style_sheet_replaces_accent_tint_and_bar_and_no_colour_of_a_vote() -> None:
    css = accent_css("#E2001A")

    assert "--accent:#872824" in css
    assert "--agree" not in css
    assert "--concern" not in css
    assert "--object" not in css


@pytest.mark.parametrize("text", ["red", "#12345", "#12345G", "17513F", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a colour looks like"):
        corrected(text)
