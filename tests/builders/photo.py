"""A startfoto whose statements are asked: a meeting of its own, people who come by link, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.baseline.statements import write_statement
from models.basics.keys import new_token
from models.joining.joining import join
from models.photo.answers import Answers, Spread, StatementAnswers, read_answers
from models.photo.meeting import open_statements, plan_startfoto
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import read_round
from tests.builders.startfoto import Startfoto, make_startfoto
from tests.builders.voting import Vote, cast_all
from tests.builders.workshop import HELD_ON, LEADER, Room, make_alliance

STATEMENTS = ("Ik voel mij thuis waar ik woon.", "Ik begrijp de brieven niet. مرحبا", "Éénieder telt mee 🙂")


@dataclass(frozen=True)
class Photo:
    """A startfoto with its meeting, in which `vote` is the round of its statements."""

    startfoto: Startfoto
    room: Room
    statements: list[int]
    vote: Vote

    @property
    def baseline_id(self) -> int:
        return self.startfoto.baseline_id


def make_photo(
    *,
    texts: Sequence[str] = STATEMENTS,
    groups: Sequence[str] = ("Bewoners", "Gemeente"),
    until: date | None = None,
    reversed_ones: Sequence[int] = (1,),
) -> Photo:
    """Return a startfoto whose statements are open, about each theme in turn; nobody has come yet."""
    startfoto = make_startfoto(make_alliance(groups=groups))
    themes = list(startfoto.themes.values())
    statements = [
        write(
            write_statement,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            theme_id=themes[place % len(themes)],
            text=text,
            is_reversed=place in reversed_ones,
        )
        for place, text in enumerate(texts)
    ]
    planned = write(
        plan_startfoto, who=LEADER, alliance_id=startfoto.room.alliance_id, venue="", held_on=HELD_ON
    )
    opened = write(open_statements, who=LEADER, baseline_id=startfoto.baseline_id, until=until)
    room = replace(startfoto.room, workshop_id=planned.workshop_id, code=planned.code, people=[], phones=[])
    with reading() as session:
        items = {item.about.id: item.id for item in read_round(session, opened.round_id).items}
    return Photo(startfoto, room, statements, Vote(opened.round_id, [items[one] for one in statements], []))


def come(photo: Photo, groups: Mapping[str | None, int]) -> list[int]:
    """Let people of groups come by link, and return their ids."""
    before = len(photo.room.people)
    write(_come, photo=photo, groups=[group for group, count in groups.items() for _ in range(count)])
    return photo.room.people[before:]


def _come(session: Session, *, photo: Photo, groups: Sequence[str | None]) -> None:
    for group in groups:
        token = new_token()
        joined = join(
            session,
            code=photo.room.code,
            phone_token=token,
            group_id=photo.room.groups[group] if group else None,
        )
        photo.room.people.append(joined.participant_id)
        photo.room.phones.append(token)


def answer(photo: Photo, people: Sequence[int], choice: str = "agree", *, items: Sequence[int] = ()) -> None:
    """Let people give this answer on these statements, or on all."""
    for item in items or range(len(photo.vote.items)):
        cast_all(photo.vote, [(person, choice) for person in people], item=item)


def answers_of(photo: Photo) -> Answers:
    with reading() as session:
        found = read_answers(session, photo.baseline_id)
    assert found is not None
    return found


def said(spread: Spread) -> int:
    """Return how many of them have an opinion."""
    return spread.people - spread.counts["unknown"]


def agreed(spread: Spread) -> int:
    """Return how many of them agree with the words as they stand."""
    return spread.counts["agree"] + spread.counts["strongly agree"]


def positive(statement: StatementAnswers, spread: Spread) -> int:
    """Return how many of them say that the place is inclusive: of a reversed statement, who disagrees."""
    if statement.is_reversed:
        return spread.counts["disagree"] + spread.counts["strongly disagree"]
    return agreed(spread)
