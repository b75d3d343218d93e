"""What a page draws without a tag is said to be decoration, and nothing else changes."""

import pytest

from exports.sealing.decoration import with_marked_decoration

LINE = b"70.9 46.289 m\n532.95 46.289 l S"
MARKED_LINE = b"/Artifact BMC\n" + LINE + b"\nEMC"


@pytest.mark.parametrize(
    ("drawn", "marked"),
    [
        # As LibreOffice ends a page.
        (b"/P<</MCID 0>>BDC\nEMC\nq 3 w 0 J\n%s\nQ\nQ ", b"/P<</MCID 0>>BDC\nEMC\nq 3 w 0 J\n%s\nQ\nQ "),
        # A text in brackets that names what would draw; a comment that does.
        (rb"(EMC \) (BDC S) \\) pop %% 1 2 m S" + b"\n%s", rb"(EMC \) (BDC S) \\) pop %% 1 2 m S" + b"\n%s"),
        # What limits where is drawn stays where it was.
        (b"0 0 9 9 re W* n %s", b"0 0 9 9 re W* n %s"),
        (b"%s\n%s", b"%s\n%s"),
    ],
)
def test_a_line_without_a_tag_is_marked_and_what_stands_around_it_stays(drawn: bytes, marked: bytes) -> None:
    times = drawn.count(b"%s")

    assert with_marked_decoration(drawn % ((LINE,) * times)) == marked % ((MARKED_LINE,) * times)


@pytest.mark.parametrize(
    "paint", [b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"W n 0 0 9 9 re f"]
)
def test_every_way_to_paint_a_ground_is_marked(paint: bytes) -> None:
    clip, _, last = paint.rpartition(b" n ")
    before = b"0 0 5 5 re " + clip + b" n " if clip else b""
    path = last if clip else b"1 .5 -3 4e re h " + paint

    assert with_marked_decoration(before + path) == before + b"/Artifact BMC\n" + path + b"\nEMC"


def test_a_flow_of_colours_is_marked_with_its_name() -> None:
    assert with_marked_decoration(b"q /Sh1 sh Q") == b"q /Artifact BMC\n/Sh1 sh\nEMC Q"


@pytest.mark.parametrize(
    "drawn",
    [
        b"",
        # It has a mark already, also one inside another.
        b"/Artifact BMC\n" + LINE + b"\nEMC",
        b"/P<</MCID 0>>BDC\n/Span<</ActualText<FEFF0020>>>\nBDC EMC\n" + LINE + b"\nEMC",
        # A text and a picture are never decoration because nobody marked them.
        b"BT /F1 11 Tf (Wij doen mee) Tj ET q 1 0 0 1 0 0 cm /Im5 Do Q",
        # What is not read is not touched: a picture between the lines, marks that stand crosswise, a torn text.
        LINE + b"\nBI /W 1 /H 1 ID S 1 2 m S EI\n" + LINE,
        LINE + b"\nEMC /P BMC",
        LINE + b"\n/P BMC",
        b"1 2 m /P BMC 3 4 l S EMC",
        LINE + b" (torn \\)",
        LINE + b" } ",
    ],
)
def test_all_else_stays_as_it_was(drawn: bytes) -> None:
    assert with_marked_decoration(drawn) == drawn


def test_what_is_marked_once_is_not_marked_again() -> None:
    once = with_marked_decoration(b"q " + LINE + b" Q " + LINE)

    assert with_marked_decoration(once) == once
