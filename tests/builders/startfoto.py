"""What a startfoto asks about: statements and points for improvement; and what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlmodel import Session, select

from models.baseline.baseline import begin_baseline, read_themes
from models.baseline.conclusions import lay_evidence, write_conclusion
from models.baseline.findings import mark_quote, set_consent, type_finding
from models.baseline.sources import add_source
from models.baseline.views import CollectView, NoteView, collect_view, note_view
from models.basics.words import Consent, RuleKind, Side, SourceKind, Stance
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Baseline, Improvement, Statement, Theme
from models.voting.asked import Subject, about_improvements, about_statements
from tests.builders.voting import Vote, cast_all, close, make_round
from tests.builders.workshop import LEADER, Room, groups_of, make_alliance

THEMES = ("Thuis voelen", "Meedoen", "Gehoord worden", "Taal")
NOTE = (
    "Wanneer had u hulp nodig van de gemeente?\n\n"
    "Ik kreeg een brief van vier bladzijden. Ik heb hem drie keer gelezen en toen weggelegd. "
    "Aan het loket praten ze harder als je het niet begrijpt. Alleen Samira tekent het dan voor mij.\n\n"
    "Wat zou u als eerste veranderen?\n\nKortere brieven."
)
LETTER = "Ik heb hem drie keer gelezen en toen weggelegd."
DRAWS = "Alleen Samira tekent het dan voor mij."


def make_statements(room: Room, texts: Sequence[str]) -> list[Subject]:
    """Return statements of a baseline of their own, to ask about."""
    return about_statements(write(_make_statements, alliance_id=room.alliance_id, texts=texts))


def _make_statements(session: Session, *, alliance_id: int, texts: Sequence[str]) -> list[int]:
    baseline = _new_baseline(session, alliance_id)
    theme = Theme(alliance_id=alliance_id, position=baseline.number, name="Je thuis voelen")
    session.add(theme)
    session.flush()
    made = [
        Statement(baseline_id=baseline.id, theme_id=theme.id, number=number, text=text)
        for number, text in enumerate(texts, start=1)
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def make_improvements(room: Room, texts: Sequence[str]) -> list[Subject]:
    """Return points for improvement of a baseline of their own, to ask about."""
    return about_improvements(write(_make_improvements, alliance_id=room.alliance_id, texts=texts))


def _make_improvements(session: Session, *, alliance_id: int, texts: Sequence[str]) -> list[int]:
    baseline = _new_baseline(session, alliance_id)
    made = [
        Improvement(baseline_id=baseline.id, number=number, text=text)
        for number, text in enumerate(texts, start=1)
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def _new_baseline(session: Session, alliance_id: int) -> Baseline:
    before = session.exec(select(Baseline).where(Baseline.alliance_id == alliance_id)).all()
    made = Baseline(alliance_id=alliance_id, number=len(before) + 1, title="Startfoto Merenveld")
    session.add(made)
    session.flush()
    return made


@dataclass(frozen=True)
class Startfoto:
    """A startfoto that has begun, with ids of its themes by name."""

    room: Room
    baseline_id: int
    themes: dict[str, int]


def make_startfoto(room: Room | None = None) -> Startfoto:
    """Return a startfoto with four themes, and nothing in it."""
    room = room or make_alliance()
    begun = write(begin_baseline, who=LEADER, alliance_id=room.alliance_id, themes=THEMES)
    with reading() as session:
        themes = {theme.name: theme.id for theme in read_themes(session, room.alliance_id)}
    return Startfoto(room, begun.baseline_id, themes)


@dataclass(frozen=True)
class Photo:
    """A startfoto whose statements were asked: its round, and ids of the statements in order."""

    startfoto: Startfoto
    vote: Vote
    statements: list[int]


def make_photo(
    startfoto: Startfoto,
    statements: Sequence[tuple[str, str]],
    agree: Mapping[str | None, Sequence[int]],
    *,
    same_as: Sequence[int | None] = (),
    reversed_ones: Sequence[int] = (),
    first_number: int = 1,
    is_closed: bool = True,
    unknown: Mapping[str | None, Sequence[int]] = MappingProxyType({}),
) -> Photo:
    """Return a startfoto whose round of statements is closed. `statements` are (theme, text).

    `agree` says per group how many agree with each statement, the first ones in the order of joining; all others of the
    group disagree, and a group that is not named answers nothing. `unknown` says how many, the last ones, do not know.
    """
    ids = write(
        _write_statements,
        startfoto=startfoto,
        statements=statements,
        same_as=same_as,
        reversed_ones=reversed_ones,
        first_number=first_number,
    )
    room = startfoto.room
    vote = make_round(room, about=about_statements(ids), method="statement", rule=RuleKind.DECIDES_NOTHING)
    by_group: dict[int | None, list[int]] = {}
    for person, group in zip(room.people, groups_of(room), strict=True):
        by_group.setdefault(group, []).append(person)
    for item in range(len(ids)):
        choices = []
        for name, counts in agree.items():
            people = by_group.get(room.groups[name] if name is not None else None, [])
            sure = len(people) - (unknown[name][item] if name in unknown else 0)
            choices += [
                (person, "unknown" if place >= sure else "agree" if place < counts[item] else "disagree")
                for place, person in enumerate(people)
            ]
        cast_all(vote, choices, item=item)
    if is_closed:
        close(vote)
    return Photo(startfoto, vote, ids)


def _write_statements(
    session: Session,
    *,
    startfoto: Startfoto,
    statements: Sequence[tuple[str, str]],
    same_as: Sequence[int | None],
    reversed_ones: Sequence[int],
    first_number: int,
) -> list[int]:
    made = [
        Statement(
            baseline_id=startfoto.baseline_id,
            theme_id=startfoto.themes[theme],
            number=number,
            text=text,
            is_reversed=number in reversed_ones,
            same_as_id=same_as[number - first_number] if same_as else None,
        )
        for number, (theme, text) in enumerate(statements, start=first_number)
    ]
    session.add_all(made)
    session.get_one(Baseline, startfoto.baseline_id).workshop_id = startfoto.room.workshop_id
    session.flush()
    return [one.id for one in made]


def make_interview(
    startfoto: Startfoto,
    note: str = NOTE,
    *,
    side: str = Side.RESIDENTS,
    held_on: date | None = None,
    role: str = "",
) -> int:
    """Return the id of an interview with a note."""
    return write(
        add_source,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        kind=SourceKind.INTERVIEW,
        side=side,
        note=note,
        held_on=held_on,
        role=role,
    ).source_id


def make_document(
    startfoto: Startfoto, title: str, *, kind: str = SourceKind.LITERATURE, side: str = ""
) -> int:
    """Return the id of a source that is no interview."""
    return write(
        add_source, who=LEADER, baseline_id=startfoto.baseline_id, kind=kind, side=side, title=title
    ).source_id


def make_quote(
    source_id: int, words: str, *, themes: Sequence[int] = (), request_id: str | None = None
) -> int:
    """Return the id of a quote: the first place where these words stand in the note."""
    note = read_note(source_id).note
    starts = note.index(words)
    return write(
        mark_quote,
        who=LEADER,
        source_id=source_id,
        starts=starts,
        ends=starts + len(words),
        words=words,
        theme_ids=themes,
        request_id=request_id,
    ).finding_id


def make_finding(source_id: int, text: str, *, themes: Sequence[int] = ()) -> int:
    """Return the id of a finding in own words."""
    return write(type_finding, who=LEADER, source_id=source_id, text=text, theme_ids=themes).finding_id


def allow(finding_id: int, consent: str = Consent.WITH_ROLE) -> None:
    """Let the speaker of a finding allow it to be shared."""
    write(set_consent, who=LEADER, finding_ids=[finding_id], consent=consent)


def make_conclusion(
    startfoto: Startfoto, text: str, *, supporting: Sequence[int] = (), opposing: Sequence[int] = ()
) -> int:
    """Return the id of a conclusion with findings for it and against it."""
    made = write(write_conclusion, who=LEADER, baseline_id=startfoto.baseline_id, text=text).conclusion_id
    for stance, findings in ((Stance.FOR, supporting), (Stance.AGAINST, opposing)):
        if findings:
            write(lay_evidence, who=LEADER, conclusion_id=made, finding_ids=list(findings), stance=stance)
    return int(made)


def read_note(source_id: int) -> NoteView:
    with reading() as session:
        return note_view(session, source_id)


def read_collected(startfoto: Startfoto) -> CollectView:
    with reading() as session:
        return collect_view(session, startfoto.baseline_id)
