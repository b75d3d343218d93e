"""The plan of approach of an alliance: which building blocks it chose, and why."""

from sqlmodel import Session

from models.alliance.alliance import read_alliance
from models.basics.errors import InvalidValue
from models.basics.text import NOTE_LIMIT, optional_text
from models.basics.words import BuildingBlock
from models.storage.chain import record
from models.storage.changes import alliance_changed


def choose_blocks(session: Session, *, who: str, alliance_id: int, blocks: list[dict[str, str]]) -> None:
    """Set the plan of approach: `[{"block": …, "reason": …}]`. Raises `InvalidValue` for an unknown block."""
    alliance = read_alliance(session, alliance_id)
    chosen = []
    for entry in blocks:
        if entry.get("block") not in set(BuildingBlock):
            raise InvalidValue("block", entry.get("block"))
        reason = optional_text(entry.get("reason"), field="reason", limit=NOTE_LIMIT)
        chosen.append({"block": entry["block"], "reason": reason})
    alliance.blocks = chosen
    session.add(alliance)
    record(session, alliance_id=alliance_id, who=who, what="plan of approach changed")
    alliance_changed(session, alliance_id)
