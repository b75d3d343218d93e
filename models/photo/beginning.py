"""A new alliance that begins with a startfoto: it can collect at once, and its meeting has a day."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from models.alliance.alliance import AllianceCreated, create_alliance
from models.baseline.baseline import begin_baseline
from models.basics.words import BuildingBlock
from models.storage.finding import existing
from models.tables import Baseline


def create_alliance_with_startfoto(
    session: Session, *, who: str, themes: Sequence[str], **alliance: Any
) -> AllianceCreated:
    """Make an alliance whose first workshop is that of a startfoto, which begins with these themes.

    `alliance` are the other arguments of `create_alliance`, and it raises the same.
    """
    created = create_alliance(session, who=who, **{**alliance, "block": BuildingBlock.BASELINE})
    begun = begin_baseline(session, who=who, alliance_id=created.alliance_id, themes=themes)
    baseline = existing(session, Baseline, begun.baseline_id)
    baseline.workshop_id = created.workshop_id
    session.add(baseline)
    return created
