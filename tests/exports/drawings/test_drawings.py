"""Drawings: one mark is one vote, colours come last, and nothing that people typed gets out of its label."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.drawings import (
    DOTS_IN_A_ROW,
    DOTS_UP_TO,
    LOOKS,
    MARKS_UP_TO,
    PAPER_COLOURS,
    choice_symbol,
    choice_symbol_once,
    consent_lane,
    counter,
    counter_columns,
    dots_lane,
    icon,
    mark_bar,
    mark_svg,
    on_paper,
    qr_svg,
    row_bar,
    shutter_svg,
    signature_svg,
)
from exports.icons import ICON_PATHS

NAMESPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script><svg onload="x" aria-label=\'y'
CHOICES = ("agree", "concern", "objection")
any_counts = st.fixed_dictionaries({look: st.integers(0, 2000) for look in LOOKS})


def _tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def _marks(svg: str) -> list[tuple[str, str]]:
    """Return the choice and the kind of shape of every mark, in drawing order."""
    return [
        (group.get("class", ""), _shape(mark))
        for group in _tree(svg).iter(f"{NAMESPACE}g")
        if group.get("class") in CHOICES
        for mark in group
    ]


def _shape(mark: ElementTree.Element) -> str:
    if mark.tag == f"{NAMESPACE}circle":
        return "circle"
    corners = len(re.findall("[MLH]", mark.get("d", "")))
    return {3: "triangle", 4: "diamond"}[corners]


def _segments(svg: str) -> list[tuple[str, float, float]]:
    """Return the choice, the left edge and the right edge of every bar, its outline included."""
    found = []
    for group in _tree(svg).iter(f"{NAMESPACE}g"):
        if group.get("class", "").replace("-", " ") in LOOKS:
            rectangle = group.findall(f"{NAMESPACE}rect")[-1]
            half = float(rectangle.get("stroke-width", "0")) / 2
            left = float(rectangle.get("x", "0")) - half
            found.append(
                (
                    group.get("class", "").replace("-", " "),
                    left,
                    left + float(rectangle.get("width", "0")) + 2 * half,
                )
            )
    return found


ALL_DRAWINGS = {
    "icon": icon("group", label=HOSTILE),
    "mark": mark_svg(label=HOSTILE),
    "symbol": choice_symbol("concern", label=HOSTILE),
    "lane": consent_lane("agree", 12, total=12, label=HOSTILE),
    "long lane": consent_lane("agree", 120, total=212, label=HOSTILE),
    "bar": mark_bar("objection", 3, total=9, width=300, height=30, label=HOSTILE),
    "dotted bar": mark_bar("neutral", 3, total=9, width=300, height=30, label=HOSTILE),
    "dots": dots_lane(66, most=66, label=HOSTILE),
    "row": row_bar(dict.fromkeys(LOOKS, 3), label=HOSTILE),
    "empty row": row_bar({}, label=HOSTILE),
    "counter": counter(4, 9, label=HOSTILE),
    "long counter": counter(4, 900, label=HOSTILE),
    "signature": signature_svg([[1, 2, 30, 40], [7, 7]], label=HOSTILE),
    "qr": qr_svg("https://merenveld.example/j/K7M4Q", label=HOSTILE),
}


@pytest.mark.parametrize("svg", ALL_DRAWINGS.values(), ids=ALL_DRAWINGS.keys())
def test_a_hostile_label_stays_a_label(svg: str) -> None:
    tree = _tree(svg)

    assert tree.get("aria-label") == HOSTILE
    assert tree.get("role") == "img"
    assert not any(element.tag.endswith("script") for element in tree.iter())
    assert not any(name.startswith("on") for element in tree.iter() for name in element.keys())  # noqa: SIM118


@pytest.mark.parametrize("svg", ALL_DRAWINGS.values(), ids=ALL_DRAWINGS.keys())
def test_a_drawing_obeys_the_phones_security_policy_and_stands_beside_another(svg: str) -> None:
    attributes = {name for element in _tree(svg).iter() for name in element.keys()}  # noqa: SIM118

    assert attributes.isdisjoint({"style", "id", "href"})
    assert "url(" not in svg


@pytest.mark.parametrize("svg", ALL_DRAWINGS.values(), ids=ALL_DRAWINGS.keys())
def test_on_paper_every_colour_is_written_out(svg: str) -> None:
    drawn = on_paper(svg)

    assert "var(" not in drawn
    assert "currentColor" not in drawn
    assert _tree(drawn).tag == f"{NAMESPACE}svg"


def test_a_drawing_without_a_label_is_hidden_from_screen_readers() -> None:
    tree = _tree(consent_lane("agree", 3, total=3))

    assert tree.get("aria-hidden") == "true"
    assert tree.get("role") is None


@pytest.mark.parametrize(
    ("choice", "shape", "colour"),
    [("agree", "circle", "agree"), ("concern", "triangle", "concern"), ("objection", "diamond", "object")],
)
def test_each_choice_has_a_shape_and_a_colour_of_its_own(choice: str, shape: str, colour: str) -> None:
    svg = choice_symbol(choice)

    assert _marks(svg) == [(choice, shape)]
    assert f'fill="var(--{colour})"' in svg


def test_a_mark_that_no_method_has_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of agree, neutral, concern, objection"):
        choice_symbol("abstain")


def test_neutral_is_a_square_with_dots_and_no_dots_are_hollow() -> None:
    square, points = _tree(choice_symbol("neutral")).iter(f"{NAMESPACE}path")

    assert len(re.findall("[Mhv]", square.get("d", ""))) == 4
    assert points.get("d", "").count("M") == 4
    assert 'fill="var(--paper)"' in choice_symbol("no dots")
    assert 'fill="var(--accent)"' in choice_symbol("dot")


def test_twenty_marks_stand_in_a_row() -> None:
    svg = consent_lane("agree", 39, total=50, mark=59)

    assert _marks(svg) == [("agree", "circle")] * 39
    assert (_tree(svg).get("width"), _tree(svg).get("height")) == ("1180", "118")


@given(choice=st.sampled_from(CHOICES), count=st.integers(0, MARKS_UP_TO), columns=st.integers(1, 30))
def test_a_lane_holds_one_kind_of_shape(choice: str, count: int, columns: int) -> None:
    marks = _marks(consent_lane(choice, count, total=MARKS_UP_TO, columns=columns))

    assert len(marks) == count
    assert len(set(marks)) <= 1


def test_a_lane_of_a_large_vote_is_a_bar_on_the_scale_of_the_total() -> None:
    (_, left, right), *others = _segments(consent_lane("agree", 150, total=300, mark=50))

    assert (left, round(right)) == (0, 500)
    assert others == []


@given(counts=any_counts, width=st.integers(200, 1200), height=st.integers(16, 80))
def test_a_groups_bar_is_as_long_as_every_other(counts: dict[str, int], width: int, height: int) -> None:
    segments = _segments(row_bar(counts, width=width, height=height))

    assert [look for look, _, _ in segments] == [look for look in LOOKS if counts[look]]
    if segments:
        assert segments[0][1] == pytest.approx(0, abs=0.02)
        assert segments[-1][2] == pytest.approx(width, abs=0.05)


@given(counts=any_counts)
@example(counts=dict(zip(LOOKS, (1, 1, 69, 744), strict=False)))
def test_one_vote_among_many_is_still_seen(counts: dict[str, int]) -> None:
    for _, left, right in _segments(row_bar(counts, height=70)):
        assert right - left >= 14.5


@given(counts=any_counts, width=st.integers(100, 1200), height=st.integers(16, 80))
def test_stripes_stay_inside_their_bar(counts: dict[str, int], width: int, height: int) -> None:
    for path in _tree(row_bar(counts, width=width, height=height)).iter(f"{NAMESPACE}path"):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path.get("d", ""))]

        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])


@given(dots=st.integers(0, DOTS_UP_TO), mark=st.integers(5, 40))
def test_every_dot_is_drawn_forty_in_a_row(dots: int, mark: int) -> None:
    svg = dots_lane(dots, most=DOTS_UP_TO, mark=mark)

    lengths = [float(length) for length in re.findall(r"h([\d.]+)", svg.split("<path", 1)[-1])]
    drawn = [1 + round(length / mark) for length in lengths]
    assert sum(drawn) == dots
    assert all(row == DOTS_IN_A_ROW for row in drawn[:-1])


def test_very_many_dots_are_a_bar_on_the_scale_of_the_longest() -> None:
    (_, left, right), *others = _segments(dots_lane(150, most=300, mark=10))

    assert (left, round(right)) == (0, 200)
    assert others == []


def test_a_phone_reads_little_for_very_many_dots() -> None:
    assert len(dots_lane(DOTS_UP_TO, most=DOTS_UP_TO, mark=8)) < 600


def test_neutral_is_dotted_on_paper_and_leaves_its_bar_nowhere() -> None:
    svg = mark_bar("neutral", 5, total=10, width=300, height=30)

    assert 'fill="var(--paper)"' in svg
    (points,) = _tree(svg).iter(f"{NAMESPACE}path")
    assert points.get("stroke-dasharray", "").startswith("0.01 ")
    ends = [float(end) for end in re.findall(r"L([\d.]+)", points.get("d", ""))]
    assert all(end + float(points.get("stroke-width", "0")) / 2 <= 150 for end in ends)


def test_concern_and_objection_have_stripes_that_lean_apart_and_agree_has_none() -> None:
    assert "<path" not in row_bar({"agree": 5})
    for choice, leans_right in (("concern", True), ("objection", False)):
        path = _tree(row_bar({choice: 5})).find(f".//{NAMESPACE}path")
        assert path is not None
        x1, _, x2, _ = (float(number) for number in re.findall(r"[\d.]+", path.get("d", ""))[-4:])
        assert (x1 > x2) is leans_right


@given(people=st.integers(1, MARKS_UP_TO), voted=st.integers(0, MARKS_UP_TO * 2))
def test_the_counter_has_a_circle_for_everybody_filled_from_the_left(people: int, voted: int) -> None:
    groups = {
        group.get("class"): list(group) for group in _tree(counter(voted, people)).iter(f"{NAMESPACE}g")
    }

    assert len(groups["voted"]) == min(voted, people)
    assert len(groups["voted"]) + len(groups["not-yet"]) == people
    places = [
        (float(circle.get("cy", "0")), float(circle.get("cx", "0")))
        for circle in groups["voted"] + groups["not-yet"]
    ]
    assert places == sorted(places)


def test_the_counter_never_tells_what_people_chose() -> None:
    colours = set(re.findall(r"var\(--([a-z-]+)\)", counter(3, 9)))

    assert colours == {"accent", "line"}


def test_above_a_hundred_people_the_counter_is_a_bar() -> None:
    full, half = (
        float(rectangle.get("width", "0"))
        for svg in (counter(400, 400), counter(200, 400))
        if (rectangle := _tree(svg).find(f".//{NAMESPACE}rect")) is not None
    )

    assert half == pytest.approx(full / 2, abs=0.01)


@given(people=st.integers(1, MARKS_UP_TO))
def test_the_counter_is_wider_than_high(people: int) -> None:
    assert counter_columns(people) >= people / counter_columns(people)


def test_a_counter_for_nobody_is_an_empty_drawing() -> None:
    assert "<circle" not in counter(0, 0)


def test_a_signature_is_drawn_as_it_was_written() -> None:
    path = _tree(signature_svg([[10, 20, 30, 40, 50, 60], [5, 5], [7, 8, 9], []])).find(f"{NAMESPACE}path")

    assert path is not None
    assert path.get("d") == "M10 20L30 40L50 60M5 5h0M7 8h0"


def test_a_qr_code_is_dark_on_white_with_a_quiet_zone_of_four_modules() -> None:
    svg = qr_svg("https://merenveld.example/j/K7M4Q", label="x")
    ground, modules = _tree(svg)

    assert (ground.get("fill"), modules.get("fill")) == ("#FFFFFF", "#12241D")
    starts = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", modules.get("d", ""))]
    assert min(x for x, _ in starts) == min(y for _, y in starts) == 4
    assert "var(" not in svg


@pytest.mark.parametrize("look", ["agree", "neutral", "concern", "objection", "dot"])
def test_a_mark_that_stands_many_times_on_a_page_is_drawn_once_and_the_same(look: str) -> None:
    once = choice_symbol_once(look, f"m-{look}")

    inside = re.fullmatch(rf'<symbol id="m-{look}" viewBox="0 0 30 30">(.*)</symbol>', once)
    assert inside is not None and inside[1] in choice_symbol(look, 30)


def test_every_icon_is_drawn_in_the_colour_of_its_text() -> None:
    for name in ICON_PATHS:
        assert 'fill="currentColor"' in icon(name)
    with pytest.raises(KeyError):
        icon("no such icon")


def test_the_mark_has_brick_only_where_it_is_asked_for() -> None:
    assert "brick" not in mark_svg()
    assert mark_svg(is_two_coloured=True).count("var(--brick)") == 1


def test_the_shutter_band_repeats_hourglasses_twice_as_wide_as_high() -> None:
    svg = on_paper(shutter_svg(600, 30))

    assert svg.count("M") == 1 + 2 * 10
    assert PAPER_COLOURS["brick"] in svg
