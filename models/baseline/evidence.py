"""On what a conclusion rests, counted: it is a concept until it rests on something."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.basics.words import Side, Stance


class Lacking(StrEnum):
    """Why a conclusion is a concept: it has no finding, one voice only, or nobody looked for the opposite."""

    FINDING = "finding"
    SECOND_VOICE = "second voice"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Piece:
    """A finding as evidence: what it says, and who said it. A statement stands elsewhere: it is asked of everybody."""

    stance: Stance
    source_id: int
    source_kind: str
    side: str


@dataclass(frozen=True)
class Standing:
    """What can be counted of a conclusion's evidence.

    `heard` says for every side how many of its sources speak, for it or against it. Everybody scores `statements`.
    """

    findings: int
    kinds: int
    heard: tuple[tuple[Side, int], ...]
    against: int
    statements: int
    lacks: tuple[Lacking, ...]

    @property
    def is_concept(self) -> bool:
        """Whether it lacks something to be a conclusion."""
        return bool(self.lacks)

    @property
    def not_heard(self) -> list[Side]:
        """The sides that nobody was heard of."""
        return [side for side, count in self.heard if count == 0]


def standing(
    pieces: Sequence[Piece],
    *,
    statements: int = 0,
    statements_against: int = 0,
    opposite_sought: bool = False,
) -> Standing:
    """Return what a conclusion rests on. What was withdrawn is no piece any more.

    Of its `statements` so many say the opposite: those support nothing, and the opposite was found by them.
    """
    supporting = [piece for piece in pieces if piece.stance is Stance.FOR]
    against = len(pieces) - len(supporting)
    voices = {piece.source_id for piece in supporting}
    speaking = Counter(side for side, _source in {(piece.side, piece.source_id) for piece in pieces})
    lacks: list[Lacking] = []
    if not supporting:
        lacks.append(Lacking.FINDING)
    elif len(voices) == 1 and statements == statements_against:
        lacks.append(Lacking.SECOND_VOICE)
    if not against and not statements_against and not opposite_sought:
        lacks.append(Lacking.OPPOSITE)
    return Standing(
        findings=len(supporting),
        kinds=len({piece.source_kind for piece in supporting}),
        heard=tuple((side, speaking[side]) for side in Side),
        against=against,
        statements=statements,
        lacks=tuple(lacks),
    )
