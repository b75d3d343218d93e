"""What a startfoto asks about: statements and points for improvement."""

from collections.abc import Sequence

from sqlmodel import Session, select

from models.storage.writing import write
from models.tables import Baseline, Improvement, Statement, Theme
from models.voting.asked import Subject, about_improvements, about_statements
from tests.builders.workshop import Room


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
