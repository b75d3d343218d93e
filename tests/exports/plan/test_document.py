"""The plan of approach in Word: two pages, and nothing of the map unless somebody asked for it."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports.plan.document import build_plan
from exports.sealing.office import converted
from models.alliance.alliance import read_alliance
from models.alliance.plan import (
    DYNAMICS_LIMIT,
    TEXTS,
    choose_parties,
    decide_block,
    describe_block,
    plan_months,
    tell_dynamics,
)
from models.alliance.stakeholders import add_stakeholder
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.example.startfoto import load_startfoto
from models.mediation.mediation import begin_mediation
from models.planning.document import PlanDocument, plan_document
from models.planning.reading import plan_as_it_stands
from models.planning.standing import PlanStand, month_after
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, Room, make_alliance
from tests.exports.words_in_word import words_of
from tests.laid_ready import laid_ready

pytestmark = pytest.mark.usefixtures("sqlite")

TODAY = date(2026, 11, 24)


def _read(alliance_id: int, *, with_map: bool = False, on: date | None = None) -> PlanDocument:
    with reading() as session:
        return plan_document(session, alliance_id, on or today("Europe/Amsterdam"), with_map=with_map)


def _of_block(room: Room, block: str) -> dict[str, Any]:
    return {"who": LEADER, "alliance_id": room.alliance_id, "block": block}


def test_the_plan_says_what_is_next_its_months_each_block_and_what_plays_here() -> None:
    loaded = laid_ready(load_startfoto, "collect")

    text = words_of(build_plan(_read(loaded.alliance_id)))

    for part in (
        "Plan van aanpak",
        "Ga verder met de startfoto.",
        "● bezig",
        "Bewoners kennen hun straat, maar niet hun wijk.",
        "sportclub, bibliotheek, twee andere partijen",
        "Er is nu geen spanning die vastzit.",
        "Welke zaal is voor iedereen gewoon?",
        "De basisschool in Oost ging dicht",
        "Annelies Dijkgraaf, telefoon 0900 0123",
    ):
        assert part in text


def test_nothing_of_the_map_stands_in_it_unless_it_was_asked_for() -> None:
    loaded = laid_ready(load_startfoto, "collect")
    of_the_map = ("Jongeren Oost", "Nieuwe bewoners", "Winkeliers", "draagt het", "Karim", "Wie doet ertoe")

    without, asked = (_read(loaded.alliance_id, with_map=asked) for asked in (False, True))

    assert without.stakeholders is None
    assert not [word for word in of_the_map if word in words_of(build_plan(without))]
    assert not [word for word in of_the_map if word not in words_of(build_plan(asked))]


def test_a_mediation_that_goes_on_is_told_to_who_leads_and_in_no_file() -> None:
    room = make_alliance()
    write(decide_block, **_of_block(room, "mediation"), is_needed=True)
    write(begin_mediation, who=LEADER, alliance_id=room.alliance_id)
    with reading() as session:
        alliance = read_alliance(session, room.alliance_id)
        seen = plan_as_it_stands(session, alliance, today("Europe/Amsterdam")).of("mediation")

    told = _read(room.alliance_id).plan.of("mediation")

    assert (seen.stand, told.stand) == (PlanStand.BUSY, PlanStand.WITHOUT_MONTH)


def test_the_same_plan_on_the_same_day_is_the_same_bytes() -> None:
    loaded = laid_ready(load_startfoto, "collect")

    assert build_plan(_read(loaded.alliance_id)) == build_plan(_read(loaded.alliance_id))


def test_an_empty_plan_says_what_it_does_not_say_yet() -> None:
    room = make_alliance()
    write(decide_block, **_of_block(room, "mediation"), is_needed=False)
    write(decide_block, **_of_block(room, "re-bubbelen"), is_needed=True)

    text = words_of(build_plan(_read(room.alliance_id)))

    for part in (
        "Startfoto: of die nodig is",
        "Re-bubbelen: waarom",
        "Re-bubbelen: wanneer",
        "Re-bubbelen: met wie",
        "Mediation: waarom",
        "nog niet gezegd",
        "Hierover staat nog niets.",
    ):
        assert part in text


def _longest(room: Room) -> None:
    for place, block in enumerate(BuildingBlock):
        write(decide_block, **_of_block(room, block), is_needed=True)
        for field, limit in TEXTS.items():
            write(
                describe_block,
                **_of_block(room, block),
                field=field,
                text=("Wij weten dit nog niet. " * 20)[:limit],
            )
        write(choose_parties, **_of_block(room, block), partner_ids=list(room.partners.values()))
        first = month_after(TODAY.replace(day=1), place * 4)
        write(plan_months, **_of_block(room, block), starts_on=first, ends_on=month_after(first, 3))
    write(
        tell_dynamics,
        who=LEADER,
        alliance_id=room.alliance_id,
        text=("De school ging dicht, en daarmee de plek. " * 40)[:DYNAMICS_LIMIT],
    )


@pytest.mark.slow
def test_the_longest_plan_has_two_pages_and_the_map_comes_after_them(tmp_path: Path) -> None:
    room = make_alliance(partners=["Wijkraad Oost", "Poolse School Jaskółka", "Syrisch Huis Merenveld"])
    _longest(room)
    for place in range(60):
        write(
            add_stakeholder,
            who=LEADER,
            alliance_id=room.alliance_id,
            name=f"Bewoners van de {place}e straat <b>",
            kind="residents",
            influence=1,
            touched=5,
            attitude="doubts",
        )

    without, with_map = (_pages(tmp_path, pdf) for pdf in _as_pdf(room))

    assert len(without) == 2
    assert "Wat hier speelt" in without[1]
    assert len(with_map) == 4
    assert "Wie doet ertoe" in with_map[2]


def _as_pdf(room: Room) -> list[bytes]:
    return converted(
        [build_plan(_read(room.alliance_id, with_map=asked, on=TODAY)) for asked in (False, True)], "pdf"
    )


def _pages(folder: Path, pdf: bytes) -> list[str]:
    file = folder / "plan.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\f").split("\f")
