"""More voices than heads: who opens a round or shows its result then has seen it, and that stands with the round."""

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import MoreVoices
from models.basics.words import Phase
from models.tables import Round, RoundParticipant, Workshop
from models.voting.round_steps import record_of_round
from models.voting.round_views import RoundView
from models.workshop.people import count_people
from models.workshop.voices import Acknowledged, Moment, exceeds, is_seen, stored


def check_at_opening(session: Session, workshop: Workshop, voices_seen: int | None) -> int | None:
    """Return how many voices an opening has to be acknowledged with; None where they do not exceed the heads.

    Raises `MoreVoices` where whoever opens has not seen so many.
    """
    return _checked(count_people(session, workshop.id), workshop.heads_counted, voices_seen)


def check_at_reveal(
    session: Session, revealed: Round, workshop: Workshop, voices_seen: int | None
) -> tuple[int, int] | None:
    """Return the voices and heads that a reveal has to be acknowledged with, or None. Raises `MoreVoices`."""
    heads = heads_of(revealed, workshop)
    voices = _checked(count_electorate(session, revealed.id), heads, voices_seen)
    return None if voices is None else (voices, heads or 0)


def heads_of(of: Round | RoundView, workshop: Workshop) -> int | None:
    """Return the heads a round is measured by: those at its close, else those counted since."""
    return of.heads_counted if of.heads_counted is not None else workshop.heads_counted


def count_electorate(session: Session, round_id: int) -> int:
    """Return how many voices may vote, or could, in a round."""
    return session.exec(
        select(func.count()).select_from(RoundParticipant).where(col(RoundParticipant.round_id) == round_id)
    ).one()


def acknowledge(session: Session, of: Round, *, who: str, moment: Moment, voices: int, heads: int) -> None:
    """Write down with the round, and in the events, that somebody saw the difference and went on."""
    seen = Acknowledged(moment, who, now(), voices, heads)
    of.acknowledged = [*(of.acknowledged or []), stored(seen)]
    session.add(of)
    record_of_round(session, of, who, "more voices seen", voices=voices, heads=heads)


def _checked(voices: int, heads: int | None, voices_seen: int | None) -> int | None:
    if not exceeds(voices, heads):
        return None
    if not is_seen(voices, voices_seen):
        raise MoreVoices(voices, heads or 0)
    return voices


def more_voices_now(here: int, workshop: Workshop, last: RoundView | None) -> tuple[int, int] | None:
    """Return how many voices against how many heads whoever leads has to see before the next round or result.

    `here` is how many voices are in the room, `last` the round that was last. None where neither exceeds the heads.
    """
    compared = [(here, workshop.heads_counted)]
    if last is not None and last.phase in (Phase.OPEN, Phase.CLOSED):
        compared.append((last.electorate, heads_of(last, workshop)))
    return max(
        ((voices, heads) for voices, heads in compared if heads is not None and exceeds(voices, heads)),
        default=None,
    )
