"""The picture of a startfoto, drawn: marks that differ without colour, and what lies where."""

import re

import pytest

from exports.drawings import on_paper
from exports.drawings.gaps import difference_strip, gap_strip, one_reach, people_dots, radar, spoke_end
from exports.drawings.sides import mark_at, marks_of_rows, side_mark
from models.alliance.groups import side_of_group
from models.basics.words import Side
from models.picture.intervals import Interval
from models.picture.picture import PictureTheme, ThemeRow


def _row(key: str, agree: int, people: int) -> ThemeRow:
    return ThemeRow(key, agree, people, people)


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Gemeente", Side.MUNICIPALITY),
        ("De gemeente Merenveld", Side.MUNICIPALITY),
        ("Ambtenaren", Side.MUNICIPALITY),
        ("Gemeenschappen", Side.COMMUNITIES),
        ("Kerkelijke gemeente", None),
        ("Inwoners", Side.RESIDENTS),
        ("Maatschappelijke organisaties", Side.ORGANISATIONS),
        ("Ondernemers", None),
        ("", None),
    ],
)
def test_a_group_stands_on_the_side_that_its_name_says(name: str, side: Side | None) -> None:
    assert side_of_group(name) is side


def test_groups_of_another_name_take_the_next_free_mark_and_no_mark_is_given_twice() -> None:
    marks = marks_of_rows(
        {
            "1": "Gemeente",
            "2": "Ondernemers",
            "3": "Gemeenteraad",
            "4": "Bewoners",
            "other": "Overige groepen",
        }
    )

    assert marks == {
        "1": Side.MUNICIPALITY,
        "2": "diamond",
        "3": "hexagon",
        "4": Side.RESIDENTS,
        "other": "cross",
    }
    assert len({side_mark(mark) for mark in marks.values()}) == 5


def test_with_more_rows_than_marks_the_last_one_is_drawn_again() -> None:
    marks = marks_of_rows({str(number): f"Groep {number}" for number in range(9)})

    assert [marks["5"], marks["8"]] == ["bar", "bar"]


def test_a_strip_has_a_mark_per_share_the_municipality_on_top_and_two_intervals() -> None:
    theme = PictureTheme(1, (), (_row("1", 17, 20), _row("2", 9, 40), _row("3", 20, 40), _row("4", 1, 6)))
    marks = {"1": str(Side.MUNICIPALITY), "2": str(Side.RESIDENTS), "3": "diamond", "4": "hexagon"}

    drawn = gap_strip(theme, marks)

    assert drawn.count("<g transform") == 3
    assert drawn.rindex("<g transform") == drawn.index(mark_at(Side.MUNICIPALITY, 445.8, 25))
    assert len(re.findall(r'stroke-width="1.6"', drawn)) == 2
    assert "style=" not in drawn
    assert "var(" not in on_paper(drawn)


def test_one_share_alone_has_one_interval_and_people_alone_have_none() -> None:
    alone = gap_strip(PictureTheme(1, (), (_row("1", 17, 20),)), {"1": "diamond"})
    few = gap_strip(PictureTheme(1, (), (_row("1", 7, 9),)), {"1": "diamond"})

    assert [drawn.count('stroke-width="1.6"') for drawn in (alone, few)] == [1, 0]


def test_people_are_circles_who_agree_first_and_at_most_forty_in_a_row() -> None:
    drawn = people_dots(5, 45)

    assert drawn.count("<circle") == 45
    assert drawn.count('fill="var(--accent)"') == 5
    assert 'viewBox="0 0 680 34"' in drawn


def test_a_radar_has_two_shapes_at_most_with_a_mark_on_every_spoke() -> None:
    rows = [_row("2", share, 20) for share in (2, 10, 18)]

    both, alone = radar(("diamond", rows), (Side.MUNICIPALITY, rows)), radar(("diamond", rows), None)

    assert both.count("<g transform") == 6
    assert both.count("stroke-dasharray") == 1
    assert alone.count("stroke-dasharray") == 0
    assert spoke_end(0, 4)[1] < 0.1 < spoke_end(2, 4)[1]


def test_the_dashed_line_of_a_radar_is_broken_at_a_spoke_without_a_share() -> None:
    rows = [_row("2", share, 20) for share in (2, 10, 18, 12)]

    whole = radar(("diamond", rows), (Side.MUNICIPALITY, rows))
    broken = radar(("diamond", rows), (Side.MUNICIPALITY, [rows[0], None, *rows[2:]]))

    line_of_whole, line = (
        drawn.partition("stroke-dasharray")[0].rpartition('d="')[2] for drawn in (whole, broken)
    )
    assert (line_of_whole.count("M"), line_of_whole.count("L")) == (1, 3)
    assert (line.count("M"), line.count("L")) == (2, 2)
    assert broken.count("<g transform") == whole.count("<g transform") - 1


def test_strips_beside_each_other_end_where_the_widest_interval_of_all_does() -> None:
    wide, narrow = Interval(0.23, 0.65), Interval(-0.17, 0.26)

    assert one_reach([narrow, None, wide]) == one_reach([wide, narrow]) == 0.65
    assert one_reach([narrow]) == one_reach([]) == 0.3


def test_a_difference_is_filled_only_when_it_is_more_than_chance() -> None:
    sure = difference_strip(0.19, Interval(0.05, 0.32), reach=0.45)
    chance = difference_strip(-0.01, Interval(-0.13, 0.1), reach=0.45)

    assert 'fill="var(--ink)"' in sure
    assert 'fill="var(--ink)"' not in chance
    assert [drawn.count("<rect") for drawn in (sure, chance)] == [1, 0]
