"""A finding that was removed is kept for a day, so that it can stand again. Its words go before that with its note."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.baseline.releasing import settle
from models.baseline.spans import Span, nearest
from models.storage.finding import existing
from models.storage.undoable import as_moment, as_text, keep_for_undo
from models.tables import (
    Baseline,
    BaselineSource,
    Finding,
    FindingTheme,
    KeptWord,
    Theme,
    Undoable,
)

Kept = Mapping[str, Any]
KEPT_FOR = timedelta(days=1)
_AS_IT_WAS = (
    "id",
    "number",
    "text",
    "starts",
    "ends",
    "effect",
    "consent",
    "consent_by",
    "consent_by_speaker",
    "request_id",
    "added_by",
)
_MOMENTS = ("consent_at", "withdrawn_at", "released_at", "added_at")


def as_kept(session: Session, finding: Finding) -> dict[str, Any]:
    """Return a finding that is about to go, with its themes, the answers to its hints, and its speaker's name."""
    source = existing(session, BaselineSource, finding.source_id)
    words = session.exec(select(KeptWord).where(KeptWord.finding_id == finding.id)).all()
    themes = session.exec(
        select(FindingTheme.theme_id)
        .where(FindingTheme.finding_id == finding.id)
        .order_by(col(FindingTheme.theme_id))
    ).all()
    return {
        "baseline": finding.baseline_id,
        "source": finding.source_id,
        "fields": {name: getattr(finding, name) for name in _AS_IT_WAS},
        "moments": {name: as_text(getattr(finding, name)) for name in _MOMENTS},
        "themes": list(themes),
        "words": [[one.word, one.kept_by, as_text(one.kept_at)] for one in words],
        "name": source.name,
    }


def keep_removed(session: Session, event_id: int, kept: dict[str, Any]) -> None:
    """Keep what `as_kept` returned with the event of its removal."""
    # Its id is given again: named by its event, no later removal takes the place of this one.
    keep_for_undo(session, event_id, f"finding removed by {event_id} of source {kept['source']}", **kept)


def forget_removed(session: Session, source_id: int) -> None:
    """Forget the words of all that was removed of a source: they are not to be brought back any more."""
    session.connection().execute(
        delete(Undoable).where(col(Undoable.about).like(f"finding removed by % of source {source_id}"))
    )


def place_again(source: BaselineSource, kept: Kept) -> Span | None:
    """Return where the words of a removed quote stand in the note now; None where they do not."""
    return nearest(source.note, kept["fields"]["text"], kept["fields"]["starts"])


def put_finding_back(session: Session, kept: Kept) -> int:
    """Let a removed finding stand again; return how many of its themes are gone. Another may have its number now."""
    baseline = existing(session, Baseline, kept["baseline"], lock=True)
    source = existing(session, BaselineSource, kept["source"])
    fields = dict(kept["fields"])
    numbers = select(Finding.number).where(Finding.baseline_id == baseline.id)
    if session.exec(numbers.where(Finding.number == fields["number"])).first() is not None:
        highest = session.exec(
            select(func.max(Finding.number)).where(Finding.baseline_id == baseline.id)
        ).one()
        fields["number"] = (highest or 0) + 1
    if session.get(Finding, fields["id"]) is not None:
        del fields["id"]
    if _is_sent_again(session, source.id, fields["request_id"]):
        fields["request_id"] = None
    if fields["starts"] is not None:
        place = place_again(source, kept)
        fields["starts"], fields["ends"] = (place.starts, place.ends) if place else (None, None)
    fields |= {name: as_moment(moment) for name, moment in kept["moments"].items()}
    finding = Finding(baseline_id=baseline.id, source_id=source.id, **fields)
    session.add(finding)
    session.flush()
    themes = session.exec(
        select(Theme.id).where(Theme.alliance_id == baseline.alliance_id, col(Theme.id).in_(kept["themes"]))
    ).all()
    session.add_all(FindingTheme(finding_id=finding.id, theme_id=theme_id) for theme_id in themes)
    session.add_all(
        KeptWord(finding_id=finding.id, word=word, kept_by=by, kept_at=datetime.fromisoformat(moment))
        for word, by, moment in kept["words"]
    )
    if kept["name"] and not source.name:
        source.name = kept["name"]
        session.add(source)
    settle(session, source)
    return len(kept["themes"]) - len(themes)


def _is_sent_again(session: Session, source_id: int, request_id: str | None) -> bool:
    found = select(Finding.id).where(Finding.source_id == source_id, Finding.request_id == request_id)
    return request_id is not None and session.exec(found).first() is not None
