"""Where each block of a plan stands, the one thing that comes next, and the plan as a line of months."""

from dataclasses import replace
from datetime import date

import pytest

from exports.sentences.plan import block_on_the_line, months_told, plan_explained, plan_headline, with_whom
from models.alliance.plan import Party, PlannedBlock
from models.basics.words import BuildingBlock
from models.planning.standing import (
    MOST_COLUMNS,
    PlanAsks,
    PlanStand,
    PlanStanding,
    Seen,
    Unit,
    month_after,
    month_line,
    plan_step,
    standings,
)

TODAY = date(2026, 11, 24)
PHOTO, TABLES, TOGETHER, MEDIATION = BuildingBlock


def needed(block: BuildingBlock, starts_on: date | None = None, ends_on: date | None = None) -> PlannedBlock:
    return PlannedBlock(block, True, "Omdat.", starts_on=starts_on, ends_on=ends_on or starts_on)


def stand(planned: PlannedBlock, seen: Seen | None = None) -> PlanStanding:
    [found] = standings([planned], {planned.block: seen or Seen()}, TODAY)
    return found


def headline(*planned: PlannedBlock, **seen: Seen) -> str:
    return plan_headline(plan_step(standings(planned, seen, TODAY)), "nl")


def test_what_nobody_chose_is_open_and_what_is_not_needed_stays_so_whatever_was_done() -> None:
    assert stand(PlannedBlock(MEDIATION)).stand is PlanStand.OPEN
    done = PlannedBlock(MEDIATION, False, done_on=TODAY)
    assert stand(done, Seen(began_on=TODAY)).stand is PlanStand.NOT_NEEDED


def test_what_was_begun_or_has_a_day_is_needed_though_nobody_chose_it() -> None:
    begun = stand(PlannedBlock(PHOTO), Seen(began_on=TODAY))
    ahead = stand(PlannedBlock(TABLES), Seen(ahead_on=date(2027, 1, 20)))

    assert (begun.stand, begun.planned.is_needed) == (PlanStand.BUSY, True)
    assert (ahead.stand, ahead.starts_on) == (PlanStand.LATER, date(2027, 1, 1))
    assert headline(PlannedBlock(PHOTO), startfoto=Seen(began_on=TODAY)) == "Ga verder met de startfoto."


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (None, None, PlanStand.WITHOUT_MONTH),
        (date(2026, 12, 1), date(2027, 2, 1), PlanStand.LATER),
        (date(2026, 11, 1), date(2026, 11, 1), PlanStand.DUE),
        (date(2026, 9, 1), date(2026, 12, 1), PlanStand.DUE),
        (date(2026, 9, 1), date(2026, 10, 1), PlanStand.PASSED),
    ],
)
def test_a_block_that_was_not_begun_stands_where_its_months_say(
    starts_on: date | None, ends_on: date | None, expected: PlanStand
) -> None:
    found = stand(needed(TABLES, starts_on, ends_on))

    assert found.stand is expected
    assert (found.starts_on, found.ends_on) == (starts_on, ends_on)


def test_what_was_begun_is_busy_and_runs_at_least_until_now() -> None:
    late = stand(needed(PHOTO, date(2026, 3, 1), date(2026, 5, 1)), Seen(began_on=date(2026, 4, 9)))
    early = stand(needed(PHOTO, date(2027, 1, 1), date(2027, 2, 1)), Seen(began_on=date(2026, 11, 2)))

    assert (late.stand, late.starts_on, late.ends_on) == (
        PlanStand.BUSY, date(2026, 3, 1), date(2026, 11, 1)
    )  # fmt: skip
    assert (early.stand, early.starts_on, early.ends_on) == (
        PlanStand.BUSY, date(2026, 11, 1), date(2027, 2, 1)
    )  # fmt: skip


def test_what_is_done_ends_in_its_month_whether_handslag_saw_it_or_somebody_said_so() -> None:
    seen = stand(needed(PHOTO, date(2026, 3, 1), date(2026, 9, 1)), Seen(date(2026, 3, 9), date(2026, 5, 20)))
    said = stand(replace(needed(MEDIATION), done_on=date(2026, 5, 20)))

    assert (seen.stand, seen.starts_on, seen.ends_on) == (
        PlanStand.DONE, date(2026, 3, 1), date(2026, 5, 1)
    )  # fmt: skip
    assert (said.stand, said.starts_on, said.ends_on) == (
        PlanStand.DONE, date(2026, 5, 1), date(2026, 5, 1)
    )  # fmt: skip


def test_a_meeting_that_is_planned_gives_its_month_to_a_block_without_one() -> None:
    found = stand(needed(TOGETHER), Seen(ahead_on=date(2027, 1, 12)))

    assert (found.stand, found.starts_on, found.ahead_on) == (
        PlanStand.LATER, date(2027, 1, 1), date(2027, 1, 12)
    )  # fmt: skip


def test_the_plan_asks_first_what_is_due_then_what_has_passed_is_busy_has_no_month_and_is_ahead() -> None:
    nothing = [PlannedBlock(block) for block in BuildingBlock]
    ahead = needed(TOGETHER, date(2027, 1, 1))
    without = needed(TOGETHER)
    passed = needed(TABLES, date(2026, 5, 1))
    due = needed(MEDIATION, TODAY.replace(day=1))
    photo = needed(PHOTO, date(2026, 3, 1))
    busy = {PHOTO.value: Seen(began_on=date(2026, 3, 1))}

    assert headline(*nothing) == "Kies welke bouwstenen u nodig hebt."
    assert headline(ahead, PlannedBlock(MEDIATION)) == "De volgende stap is de alliantie, in januari 2027."
    assert headline(without, needed(TABLES, date(2027, 1, 1))) == "Kies de maanden van de alliantie."
    assert headline(photo, without, **busy) == "Ga verder met de startfoto."
    assert (
        headline(photo, passed, **busy)
        == "Mei 2026 is voorbij. Verplaats re-bubbelen, of zeg dat het klaar is."
    )
    assert headline(photo, passed, due, **busy) == "Begin met de mediation."
    assert (
        headline(replace(photo, done_on=TODAY), PlannedBlock(TABLES)) == "Kies of u re-bubbelen nodig hebt."
    )
    assert (
        headline(replace(photo, done_on=TODAY), PlannedBlock(TABLES, False)) == "Alles uit het plan is klaar."
    )
    assert headline(PlannedBlock(TABLES, False)) == "Alles uit het plan is klaar."


def test_of_two_blocks_that_ask_the_same_the_first_in_time_comes_first() -> None:
    found = plan_step(
        standings(
            [needed(PHOTO, date(2027, 3, 1)), needed(TABLES, date(2027, 1, 1), date(2027, 9, 1))], {}, TODAY
        )
    )

    assert found.standing is not None
    assert (found.asks, found.standing.block) == (PlanAsks.WAITING, TABLES)


def test_the_sentence_goes_with_its_months_and_with_what_must_be_known_first() -> None:
    due = replace(needed(TABLES, date(2026, 11, 1), date(2027, 1, 1)), known_first="Welke zaal?")

    said = plan_explained(plan_step(standings([due], {}, TODAY)), "nl")

    assert said == "In het plan: november 2026 – januari 2027. Eerst weten: Welke zaal?"


def test_months_are_told_as_one_writes_them() -> None:
    assert months_told(date(2026, 5, 1), date(2026, 5, 1), "nl") == "mei 2026"
    assert months_told(date(2026, 3, 1), date(2026, 5, 1), "nl") == "maart – mei 2026"
    assert months_told(date(2026, 3, 1), date(2027, 5, 1), "en") == "March 2026 – May 2027"
    assert months_told(None, None, "nl") == ""


def test_parties_of_the_map_are_named_to_who_leads_and_counted_to_others() -> None:
    planned = PlannedBlock(
        TABLES,
        True,
        partners=(Party(1, "Wijkraad Oost"),),
        stakeholders=(Party(4, "Jongeren"), Party(5, "Jan")),
    )

    assert with_whom(planned, "nl", names_stakeholders=True) == "Wijkraad Oost, Jongeren en Jan"
    assert with_whom(planned, "nl", names_stakeholders=False) == "Wijkraad Oost en twee andere partijen"
    typed = replace(planned, others="sportclub, bibliotheek")
    assert with_whom(typed, "nl", names_stakeholders=True).endswith("Jongeren, Jan, sportclub, bibliotheek")
    assert with_whom(PlannedBlock(TABLES, True), "nl", names_stakeholders=True) == "nog niemand"


def line_of(*planned: PlannedBlock) -> tuple[Unit, list[date], int, list[tuple[int, int]]]:
    line = month_line(standings(planned, {}, TODAY), TODAY)
    return line.unit, list(line.columns), line.now, [(bar.first, bar.last) for bar in line.bars]


def test_a_line_of_months_is_a_year_long_at_least_and_holds_today() -> None:
    unit, columns, now, bars = line_of(
        PlannedBlock(PHOTO), needed(TABLES, date(2026, 9, 1), date(2026, 12, 1))
    )

    assert unit is Unit.MONTH
    assert (columns[0], columns[-1], len(columns)) == (date(2026, 9, 1), date(2027, 8, 1), 12)
    assert (now, bars) == (2, [(0, 3)])
    assert month_line((), TODAY).bars == ()


def test_more_than_eighteen_months_are_quarters_and_more_still_are_years() -> None:
    unit, columns, now, bars = line_of(needed(PHOTO, date(2025, 5, 1)), needed(TABLES, date(2026, 12, 1)))
    assert (unit, columns[0], now, bars) == (Unit.QUARTER, date(2025, 4, 1), 6, [(0, 0), (6, 6)])
    unit, columns, now, bars = line_of(needed(PHOTO, date(2015, 5, 1)), needed(TABLES, date(2036, 12, 1)))
    assert (unit, columns[0], columns[-1], bars) == (
        Unit.YEAR, date(2015, 1, 1), date(2036, 1, 1), [(0, 0), (21, 21)]
    )  # fmt: skip


@pytest.mark.parametrize("months", [1, 11, 12, 17, 18, 19, 53, 54, 55, 120])
def test_every_bar_stands_on_its_line_however_long_it_is(months: int) -> None:
    last = month_after(TODAY.replace(day=1), months)

    line = month_line(standings([needed(TABLES, TODAY.replace(day=1), last)], {}, TODAY), TODAY)

    [bar] = line.bars
    assert bar.last < len(line.columns)
    assert len(line.columns) <= MOST_COLUMNS + 1
    assert 0 <= line.now_share < 1


def test_a_block_on_the_line_is_one_sentence_for_who_does_not_see_it() -> None:
    found = stand(needed(TABLES, date(2026, 9, 1), date(2026, 12, 1)), Seen(began_on=date(2026, 9, 9)))

    assert block_on_the_line(found, TODAY, "nl") == "Re-bubbelen: nodig, bezig, september – december 2026"
    assert block_on_the_line(stand(PlannedBlock(MEDIATION, False)), TODAY, "nl") == "Mediation: nu niet nodig"
