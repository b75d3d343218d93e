"""What every screen after the reveal shares: an item with its outcome, and the sentence that says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exports.results.tables_of_results import PastRound
from exports.sentences import more_voices_sentence, outcome_sentence, sources_sentence
from models.basics.words import Decision
from models.voting.decision import Result
from pages.parts.projector.screen import Room, lines_of

VERDICT_ICONS = {
    Decision.ADOPTED: "check_circle",
    Decision.NOT_ADOPTED: "forum",
    Decision.NO_QUORUM: "group",
    Decision.NO_VOTES: "info",
    Decision.TOO_FEW: "visibility_off",
    Decision.RANKED: "how_to_vote",
    Decision.ANSWERED: "how_to_vote",
}
# The height in pixels without band, foot, margins and gaps, and a little to spare.
HEIGHT = 768
SENTENCE_WIDTH = 1500
LARGE, SMALL, FOLLOWS, KICK = 60, 50, 44, 40
LINE, GAP = 1.12, 30
MOST_LINES = 3


@dataclass(frozen=True)
class ShownReason:
    """`choice` is what its author voted; `name` only where they ticked "my name may be with it"."""

    choice: str
    text: str
    name: str | None = None


@dataclass(frozen=True)
class Outcome:
    """One item after the reveal. `reasons` are those that the facilitator shows; `sources` counts voters by what they
    voted; `rounds` are all those about this text up to now, oldest first.
    """

    text: str
    result: Result
    reasons: Sequence[ShownReason] = ()
    sources: Mapping[str, int] = field(default_factory=dict)
    rounds: Sequence[PastRound] = ()


@dataclass(frozen=True)
class Verdict:
    """The outcome in words, the size of its headline, and about how high the box around it is."""

    headline: str
    follow_on: str
    icon: str
    size: int
    height: int


@dataclass(frozen=True)
class Answered:
    """What stands around a text that nothing was decided about: above it, below it, and about how high both are."""

    kick: str
    said: str
    height: int


def voices_line(room: Room, result: Result) -> str:
    """Return how many voices stood against how many heads, where whoever led was asked about it; else nothing."""
    if not result.acknowledged:
        return ""
    seen = result.acknowledged[-1]
    return more_voices_sentence(seen.voices, seen.heads, room.language)


def is_answered(result: Result) -> bool:
    """Return whether the answers are all that it came to, and may be shown: then nothing is announced above them."""
    return result.decision == Decision.ANSWERED and result.numbers is not None


def answered(room: Room, result: Result, sources: Mapping[str, int] | None = None) -> Answered:
    """Return what is said of answers that decided nothing: what they are, how many gave them, and by what."""
    headline, follow_on = outcome_sentence(result, room.language)
    by_what = sources_sentence(sources or {}, room.language)
    said = " ".join(filter(None, (follow_on, voices_line(room, result), by_what)))
    height = round(lines_of(said, FOLLOWS) * FOLLOWS * LINE) + round(KICK * LINE) + GAP
    return Answered(headline, said, height)


def verdict_of(room: Room, result: Result, sources: Mapping[str, int] | None = None) -> Verdict:
    """Return the outcome as it is told to the room: large, and smaller where it names many groups.

    More voices than heads stand behind it. So does by what people voted, where `sources` are given and numbers shown.
    """
    headline, follow_on = outcome_sentence(result, room.language)
    by_what = sources_sentence(sources or {}, room.language) if result.numbers is not None else ""
    follow_on = " ".join(filter(None, (follow_on, voices_line(room, result), by_what)))
    size = LARGE if lines_of(headline, LARGE, SENTENCE_WIDTH) == 1 else SMALL
    lines = min(MOST_LINES, lines_of(headline, size, SENTENCE_WIDTH))
    follows = lines_of(follow_on, FOLLOWS, SENTENCE_WIDTH)
    height = round(lines * size * LINE + follows * FOLLOWS * LINE) + 46
    return Verdict(headline, follow_on, VERDICT_ICONS[Decision(result.decision)], size, height)
