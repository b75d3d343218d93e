"""Threads: from a proposal by a principle and its round to an agreement, so that each can say where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.basics.words import Decision, Phase
from models.drafting.origins import NO_PROPOSAL, Came, Origin


@dataclass(frozen=True)
class ThreadRound:
    """The last round about a principle. `decision` is empty until it is revealed.

    `is_about_this_text` is false when the principle was reworded after it.
    """

    number: int
    phase: Phase
    decision: Decision | None
    is_about_this_text: bool


@dataclass(frozen=True)
class ThreadPrinciple:
    number: int
    text: str
    came: tuple[Came, ...]
    round: ThreadRound | None


@dataclass(frozen=True)
class ThreadAgreement:
    """`principles` are numbers; `origin` is that of the proposal it was made from, if any.

    `progress` is the state that was told last, empty while nobody told how it goes.
    """

    number: int
    what: str
    principles: tuple[int, ...]
    origin: Origin | None
    progress: str = ""


@dataclass(frozen=True)
class Thread:
    """One way through: from an origin by a principle to an agreement, as far as it has come.

    Without a principle the agreement came straight from its origin. `key` names the thread in an address.
    """

    key: str
    came: Came
    principle: ThreadPrinciple | None
    agreement: ThreadAgreement | None


def threads(principles: Sequence[ThreadPrinciple], agreements: Sequence[ThreadAgreement]) -> list[Thread]:
    """Return every thread: by principle, then by origin, then by agreement; those without a principle last."""
    known = {principle.number for principle in principles}
    found: list[Thread] = []
    for principle in principles:
        practised: list[ThreadAgreement | None] = [
            agreement for agreement in agreements if principle.number in agreement.principles
        ]
        for came in principle.came or (Came(NO_PROPOSAL, 0),):
            found += [_thread(came, principle, agreement) for agreement in practised or [None]]
    for agreement in agreements:
        has_principle = not known.isdisjoint(agreement.principles)
        if agreement.origin is not None:
            found.append(_thread(Came(agreement.origin, 1), None, agreement))
        elif not has_principle:
            found.append(_thread(Came(NO_PROPOSAL, 0), None, agreement))
    return found


def _thread(came: Came, principle: ThreadPrinciple | None, agreement: ThreadAgreement | None) -> Thread:
    parts = [
        f"{came.origin.kind}:{came.origin.name}" if came.origin.name else str(came.origin.kind),
        str(principle.number) if principle else "",
        str(agreement.number) if agreement else "",
    ]
    return Thread("~".join(parts), came, principle, agreement)
