"""What a meeting goes through: the building blocks that have one, each with its steps in order, as data.

A workshop belongs to a block and stands in one of the block's steps. What a step looks like is not said here: each face
(words, phone, projector, the facilitator's pages, the example) keeps one entry for it in a `Face` of its own. So a new
step is one line here and one entry in each face; `tests/test_programme.py` names the face that lacks one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from models.basics.errors import InvalidValue
from models.basics.words import BuildingBlock, Step, SubjectKind

Entry = TypeVar("Entry")


class Part(Enum):
    """In which part of a meeting a step is."""

    COMING_IN = auto()
    MEETING = auto()
    AFTERWARDS = auto()


@dataclass(frozen=True)
class ProgrammeStep:
    """A step. `name` stands in the database, in addresses, and in what phones are told; it never changes.

    `takes_proposals`: what phones propose for the vote is on time as long as the room has not gone past this step.
    `takes_votes`: a round may be open while the room is here; opening one takes the room here. `asks_about` is what
    it may be about, where that differs between the steps of a block; empty for anything. `is_by_link`: its round is
    open to who comes by link too, for weeks, so that nobody knows at its opening which groups will come.
    """

    name: str
    part: Part = Part.MEETING
    takes_proposals: bool = False
    takes_votes: bool = False
    asks_about: frozenset[str] = frozenset()
    is_by_link: bool = False

    def takes_votes_on(self, kind: str | None) -> bool:
        """Return whether a round about this kind of things may be open here; None where any will do."""
        return self.takes_votes and (kind is None or not self.asks_about or kind in self.asks_about)


@dataclass(frozen=True)
class Block:
    """A building block with the steps of its meetings, in order."""

    name: str
    steps: tuple[ProgrammeStep, ...]

    @property
    def first(self) -> str:
        """The step with which a meeting begins."""
        return self.steps[0].name

    @property
    def count(self) -> int:
        """Return the number of the last step: as many as there are, without the one in which people come in."""
        return self._first_number + len(self.steps) - 1

    @property
    def ending(self) -> str:
        """Return the last step of the meeting itself, which the room keeps seeing once the meeting is over."""
        return [step.name for step in self.steps if step.part is Part.MEETING][-1]

    @property
    def _first_number(self) -> int:
        return 0 if self.steps[0].part is Part.COMING_IN else 1

    def step(self, name: str) -> ProgrammeStep:
        """Return a step. Raises `InvalidValue` when the block has none of this name."""
        return self.steps[self._place(name)]

    def has(self, name: str | None) -> bool:
        """Return whether the block has a step of this name."""
        return any(step.name == name for step in self.steps)

    def number(self, name: str) -> int:
        """Return a step's number as people read it: from 1, and 0 for the step in which people come in."""
        return self._first_number + self._place(name)

    def next(self, name: str) -> str | None:
        """Return the step after this one, None after the last."""
        following = self.steps[self._place(name) + 1 :]
        return following[0].name if following else None

    def before(self, name: str) -> list[str]:
        """Return the steps before this one that one can look back at: all but the one in which people come in."""
        return [step.name for step in self.steps[: self._place(name)] if step.part is not Part.COMING_IN]

    def may_look_back(self, name: str, at: str) -> bool:
        """Return whether the step `name` was before the step `at`."""
        return self.has(name) and self._place(name) < self._place(at)

    def ahead(self) -> list[str]:
        """Return what people who come in are told that they will do."""
        return [step.name for step in self.steps if step.part is Part.MEETING]

    def when_over(self, name: str) -> str:
        """Return which step the room sees once a meeting is over that ended in the step `name`."""
        return name if self.step(name).part is Part.AFTERWARDS else self.ending

    def is_late_for_proposals(self, name: str) -> bool:
        """Return whether the room has gone past the last step in which phones propose what is voted on."""
        places = [place for place, step in enumerate(self.steps) if step.takes_proposals]
        return bool(places) and self._place(name) > places[-1]

    def voting_step(self, name: str, kind: str | None = None) -> str:
        """Return where a round about `kind` that opens takes a room that is at `name`: it stays where one votes on it.

        Raises `InvalidValue` when nobody votes on that in this block.
        """
        if self.step(name).takes_votes_on(kind):
            return name
        found = next((step.name for step in self.steps if step.takes_votes_on(kind)), None)
        if found is None:
            raise InvalidValue("block", self.name)
        return found

    def _place(self, name: str) -> int:
        for place, step in enumerate(self.steps):
            if step.name == name:
                return place
        raise InvalidValue("step", name)


ALLIANCE = Block(
    BuildingBlock.ALLIANCE,
    (
        ProgrammeStep(Step.WELCOME, Part.COMING_IN),
        ProgrammeStep(Step.DRAFT, takes_proposals=True),
        ProgrammeStep(Step.VOTE, takes_votes=True),
        ProgrammeStep(Step.AGREE),
        ProgrammeStep(Step.SIGN),
        ProgrammeStep(Step.AGENDA),
        ProgrammeStep(Step.PROGRESS, Part.AFTERWARDS),
    ),
)

STARTFOTO = Block(
    BuildingBlock.BASELINE,
    (
        ProgrammeStep(Step.WELCOME, Part.COMING_IN),
        ProgrammeStep(
            Step.STATEMENTS,
            takes_votes=True,
            asks_about=frozenset({SubjectKind.STATEMENT}),
            is_by_link=True,
        ),
        ProgrammeStep(Step.PICTURE),
        ProgrammeStep(Step.CONCLUSIONS, takes_votes=True, asks_about=frozenset({SubjectKind.IMPROVEMENT})),
        ProgrammeStep(Step.END),
    ),
)

ENCOUNTERS = Block(
    BuildingBlock.ENCOUNTERS,
    (
        ProgrammeStep(Step.WELCOME, Part.COMING_IN),
        ProgrammeStep(Step.TABLES),
        ProgrammeStep(Step.HARVEST),
        ProgrammeStep(Step.END),
    ),
)

# The blocks that have meetings. Mediation has no room.
BLOCKS: dict[str, Block] = {block.name: block for block in (ALLIANCE, STARTFOTO, ENCOUNTERS)}


def programme(block: str) -> Block:
    """Return a block with its steps. Raises `InvalidValue` for one that has no meetings."""
    if block not in BLOCKS:
        raise InvalidValue("block", block)
    return BLOCKS[block]


def is_step(name: str | None) -> bool:
    """Return whether some block has a step of this name."""
    return any(block.has(name) for block in BLOCKS.values())


class Face(dict[str, Mapping[str, Entry]], Generic[Entry]):
    """What one face keeps about each step: `FACE[block] = {step: entry, …}`."""

    def of(self, block: str, step: str) -> Entry:
        """Return the entry of a step. Raises `InvalidValue` for a step that the block does not have."""
        return self[block][programme(block).step(step).name]

    def missing(self) -> list[str]:
        """Return the steps, as "block: step", of which this face knows nothing."""
        return [
            f"{block.name}: {step.name}"
            for block in BLOCKS.values()
            for step in block.steps
            if step.name not in self.get(block.name, {})
        ]
