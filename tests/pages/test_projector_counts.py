"""The facilitator's page counts the projector's pages without drawing one, and counts right."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any, NoReturn

import pytest
from jinja2 import DictLoader, Environment

from exports.sentences.methods import words_to_freeze
from models.example.alliance import ExampleLoaded
from models.example.evening import load_evening
from models.example.startfoto import load_startfoto
from models.example.workshop import load_example
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round import close_and_reveal
from models.workshop.programme import ALLIANCE, ENCOUNTERS, STARTFOTO, Block
from models.workshop.workshop import turn_wall
from pages.parts.projector import coherence, end, reveal, screen, signatures, voting, welcome
from pages.parts.projector.now import screen_now
from pages.parts.projector.screen import Screen
from pages.parts.projector.whole import whole_pages
from tests.builders import LEADER

DRAWN_WITH = [
    (end, "qr_svg"), (welcome, "qr_svg"), (voting, "counter"), (reveal, "distribution"), (signatures, "signature_svg"),
    (coherence, "render"), (screen, "mark_svg"),
]  # fmt: skip


def _now(workshop_id: int) -> Screen:
    with reading() as session:
        return screen_now(session, workshop_id, own_address="https://merenveld.example", language="nl")


def _words(drawn: Screen) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", drawn.html)).split())


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    raise AssertionError("something was drawn")


LOADED: dict[Block, Callable[[str], ExampleLoaded]] = {
    ALLIANCE: lambda step: load_example(step, words=words_to_freeze()),
    STARTFOTO: load_startfoto,
    ENCOUNTERS: load_evening,
}


@pytest.mark.parametrize(
    ("block", "step"),
    [
        *[
            pytest.param(each, step.name, id=f"{each.name} {step.name}")
            for each in LOADED
            for step in each.steps
        ],
        pytest.param(ALLIANCE, "the result of a round", id="the result of a round"),
    ],
)
def test_pages_are_counted_without_drawing_and_there_are_so_many(
    block: Block, step: str, sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = LOADED[block](step if block.has(step) else "vote")
    if not block.has(step):
        write(close_and_reveal, who=LEADER, round_id=example.round_id)
    with monkeypatch.context() as without:
        without.setattr(screen, "_environment", Environment(loader=DictLoader({})))
        for module, name in DRAWN_WITH:
            without.setattr(module, name, _refuse)
        pages = _now(example.workshop_id).pages

    drawn = []
    for page in range(pages + 1):
        write(turn_wall, who=LEADER, workshop_id=example.workshop_id, page=page)
        drawn.append(_words(_now(example.workshop_id)))

    assert len(set(drawn[:pages])) == pages
    assert drawn[pages] == drawn[pages - 1]
    if pages > 1:
        assert f"1 van {pages}" in drawn[0]


def test_how_large_letters_can_be_is_measured_for_the_page_that_is_drawn_only() -> None:
    measured: list[tuple[int, int]] = []

    def height(item: int, size: int) -> float:
        measured.append((item, size))
        return 300 * size / 56

    pages = whole_pages(list(range(8)), height)
    counted = len(measured)
    assert (len(pages), {size for _, size in measured}) == (4, {56})

    assert pages[1].size == 60

    assert {item for item, _ in measured[counted:]} == set(pages[1].items)
