"""The plan of approach of the example municipality, with its map of who matters. Made by the real actions."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from models.alliance.partner import read_partners
from models.alliance.plan import (
    choose_parties,
    decide_block,
    describe_block,
    finish_block,
    plan_months,
    tell_dynamics,
)
from models.alliance.stakeholders import add_stakeholder
from models.example.merenveld_plan import DYNAMICS, PLANNED, STAKEHOLDERS
from models.planning.standing import month_after


def plan_example(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    meets_on: date,
    done: Collection[str] = (),
    months: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Fill in the plan of an alliance that meets on a day. `done` are the blocks that were done outside Handslag;
    `months` are those of blocks that are planned otherwise, counted from that of the meeting.
    """
    by_name = {partner.name: partner.id for partner in read_partners(session, alliance_id)}
    on_map = {
        one.name: add_stakeholder(
            session,
            who=who,
            alliance_id=alliance_id,
            name=one.name,
            kind=one.kind,
            influence=one.influence,
            touched=one.touched,
            attitude=one.attitude,
            contact_by=one.contact_by,
        )
        for one in STAKEHOLDERS
    }
    for planned in PLANNED:
        of_block: dict[str, Any] = {"alliance_id": alliance_id, "block": planned.block.value}
        decide_block(session, who=who, is_needed=planned.is_needed, **of_block)
        for field in ("why", "others", "known_first"):
            describe_block(session, who=who, field=field, text=getattr(planned, field), **of_block)
        choose_parties(
            session,
            who=who,
            partner_ids=[by_name[name] for name in planned.partners if name in by_name],
            stakeholder_ids=[on_map[name] for name in planned.stakeholders],
            **of_block,
        )
        in_months = (months or {}).get(planned.block, planned.months)
        if in_months is not None:
            first, last = (month_after(meets_on.replace(day=1), count) for count in in_months)
            plan_months(session, who=who, starts_on=first, ends_on=last, **of_block)
            if planned.block in done:
                finish_block(session, who=who, done_on=last, **of_block)
    tell_dynamics(session, who=who, alliance_id=alliance_id, text=DYNAMICS)
