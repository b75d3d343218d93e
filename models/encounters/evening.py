"""How an evening at mixed tables goes: theme, tables, rounds, questions, and the wishes about who sits with whom."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.basics.errors import InvalidValue
from models.basics.text import LINE_LIMIT, NOTE_LIMIT, one_line
from models.basics.words import BuildingBlock, Mixing, WishStrength
from models.encounters.script import CARDS_IN_A_ROUND, script_of
from models.encounters.seating.tables import MOST_ROUNDS
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Encounter, Participant, QuestionCard, SeatWish, Workshop
from models.workshop.workshop import read_workshop

SIZES = range(2, 13)
MINUTES = range(1, 91)
# What the chain of events says when a round begins.
ROUND_BEGUN = "table round begun"
MIXINGS = ("groups_mixing", "bubbles_mixing", "question_mixing")


def read_evening(session: Session, workshop_id: int) -> Encounter:
    """Return how the evening of a workshop goes; as it is usual where nobody said otherwise."""
    return session.get(Encounter, workshop_id) or Encounter(workshop_id=workshop_id)


def evening_of(session: Session, workshop_id: int) -> tuple[Workshop, Encounter]:
    """Return a workshop and its evening for an action that changes it. Raises `InvalidValue` for another block's."""
    workshop = existing(session, Workshop, workshop_id, lock=True)
    if workshop.block != BuildingBlock.ENCOUNTERS:
        raise InvalidValue("block", workshop.block)
    evening = read_evening(session, workshop_id)
    session.add(evening)
    return workshop, evening


def change_evening(
    session: Session,
    *,
    who: str,
    workshop_id: int,
    theme: str,
    table_size: int,
    rounds: int,
    minutes: int,
    groups_mixing: str,
    bubbles_mixing: str,
    question_mixing: str = Mixing.MIX,
) -> None:
    """Change how the evening goes. What has begun stays: there are never fewer rounds than have begun."""
    workshop, evening = evening_of(session, workshop_id)
    if table_size not in SIZES:
        raise InvalidValue("table_size", table_size, offered=(SIZES[0], SIZES[-1]))
    fewest = max(evening.round_now, 1)
    if not fewest <= rounds <= MOST_ROUNDS:
        raise InvalidValue("rounds", rounds, offered=(fewest, MOST_ROUNDS))
    if minutes not in MINUTES:
        raise InvalidValue("minutes", minutes, offered=(MINUTES[0], MINUTES[-1]))
    for mixing in (groups_mixing, bubbles_mixing, question_mixing):
        if mixing not in set(Mixing):
            raise InvalidValue("mixing", mixing)
    evening.theme = one_line(theme, field="theme", limit=LINE_LIMIT, is_required=False)
    evening.table_size, evening.rounds, evening.minutes = table_size, rounds, minutes
    evening.groups_mixing, evening.bubbles_mixing = groups_mixing, bubbles_mixing
    evening.question_mixing = question_mixing
    record(session, alliance_id=workshop.alliance_id, who=who, what="evening changed", workshop=workshop.code)
    page_changed(session, workshop_id, content=True)


def read_cards(session: Session, workshop_id: int) -> dict[int, list[str]]:
    """Return the questions of each round: as they were changed, else those of the ready script."""
    workshop = read_workshop(session, workshop_id)
    evening = read_evening(session, workshop_id)
    language = read_alliance(session, workshop.alliance_id).language
    found: dict[int, list[str]] = {}
    for card in session.exec(
        select(QuestionCard)
        .where(QuestionCard.workshop_id == workshop_id)
        .order_by(col(QuestionCard.round), col(QuestionCard.place))
    ).all():
        found.setdefault(card.round, []).append(card.text)
    return {
        number: found.get(number) or script_of(language, number) for number in range(1, evening.rounds + 1)
    }


def change_cards(session: Session, *, who: str, workshop_id: int, number: int, texts: Sequence[str]) -> None:
    """Change the questions of a round. Those left empty fall away; with none left the ready ones come back."""
    workshop, evening = evening_of(session, workshop_id)
    if not 1 <= number <= evening.rounds or len(texts) > CARDS_IN_A_ROUND:
        raise InvalidValue("round", number)
    given = [one_line(text, field="question", limit=NOTE_LIMIT, is_required=False) for text in texts]
    for card in session.exec(
        select(QuestionCard).where(QuestionCard.workshop_id == workshop_id, QuestionCard.round == number)
    ).all():
        session.delete(card)
    session.flush()
    kept = [text for text in given if text]
    for place, text in enumerate(kept, start=1):
        session.add(QuestionCard(workshop_id=workshop_id, round=number, place=place, text=text))
    if number == evening.round_now and kept:
        evening.card_now = min(evening.card_now, len(kept))
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="questions changed",
        workshop=workshop.code,
        number=number,
    )
    page_changed(session, workshop_id, content=True)


def set_wish(
    session: Session, *, who: str, workshop_id: int, one_id: int, other_id: int, strength: str
) -> None:
    """Note what is wished of two people; a pair has one wish, the newest. Raises `InvalidValue`."""
    evening_of(session, workshop_id)
    if strength not in set(WishStrength):
        raise InvalidValue("strength", strength)
    first, second = sorted((one_id, other_id))
    people = [existing(session, Participant, person_id) for person_id in (first, second)]
    if first == second or any(person.workshop_id != workshop_id for person in people):
        raise InvalidValue("people", (one_id, other_id))
    wish = session.exec(
        select(SeatWish).where(SeatWish.one_id == first, SeatWish.other_id == second)
    ).first() or SeatWish(workshop_id=workshop_id, one_id=first, other_id=second, strength=strength)
    wish.strength = strength
    session.add(wish)
    page_changed(session, workshop_id)


def drop_wish(session: Session, *, who: str, workshop_id: int, one_id: int, other_id: int) -> None:
    """Let a wish fall. Harmless when repeated."""
    evening_of(session, workshop_id)
    first, second = sorted((one_id, other_id))
    wish = session.exec(
        select(SeatWish).where(
            SeatWish.workshop_id == workshop_id, SeatWish.one_id == first, SeatWish.other_id == second
        )
    ).first()
    if wish is not None:
        session.delete(wish)
        page_changed(session, workshop_id)
