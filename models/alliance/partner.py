"""Partners: organisations, communities and residents that own agreements and sign, each with a personal link."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from models.alliance.plan import leave_out_party, name_party_again
from models.basics.clock import now
from models.basics.errors import InUse, InvalidValue
from models.basics.keys import personal_token, token_hash
from models.basics.text import LINE_LIMIT, NAME_LIMIT, one_line
from models.basics.words import PartnerKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.frozen import read_frozen
from models.storage.undoable import as_moment, as_text, keep_for_undo, note_again
from models.tables import (
    Agenda,
    Agreement,
    AgreementOwner,
    AgreementSupporter,
    Alliance,
    Group,
    Participant,
    Partner,
    Signature,
)


def add_partner(
    session: Session,
    *,
    who: str,
    alliance_id: int,
    kind: str,
    name: str,
    representative: str = "",
    role: str = "",
    group_id: int | None = None,
) -> int:
    """Add a partner with a personal link and return its id. Raises `TextMissing`, `TextTooLong`, `InvalidValue`."""
    existing(session, Alliance, alliance_id)
    partner = make_partner(
        session,
        alliance_id=alliance_id,
        kind=kind,
        name=name,
        representative=representative,
        role=role,
        group_id=group_id,
    )
    record(session, alliance_id=alliance_id, who=who, what="partner added", partner=partner.name)
    alliance_changed(session, alliance_id, content=True)
    return partner.id


def change_partner(
    session: Session,
    *,
    who: str,
    partner_id: int,
    kind: str,
    name: str,
    representative: str,
    role: str,
    group_id: int | None,
) -> None:
    """Change a partner. What was frozen or signed before keeps the old words."""
    partner = existing(session, Partner, partner_id)
    partner.kind = _kind(kind)
    partner.name = one_line(name, field="name", limit=LINE_LIMIT)
    partner.representative = one_line(
        representative, field="representative", limit=NAME_LIMIT, is_required=False
    )
    partner.role = one_line(role, field="role", limit=NAME_LIMIT, is_required=False)
    partner.group_id = _own_group(session, partner.alliance_id, group_id)
    # What who leads has read and stored is no stranger's word any more.
    partner.shown_at = partner.shown_at or now()
    session.add(partner)
    record(session, alliance_id=partner.alliance_id, who=who, what="partner changed", partner=partner.name)
    alliance_changed(session, partner.alliance_id, content=True)


def remove_partner(session: Session, *, who: str, partner_id: int) -> None:
    """Remove a partner. Raises `InUse` when an agreement, a meeting or a frozen agenda names it."""
    partner = existing(session, Partner, partner_id, lock=True)
    for column in (
        Agreement.owner_id,
        AgreementOwner.partner_id,
        AgreementSupporter.partner_id,
        Signature.partner_id,
        Participant.partner_id,
    ):
        if session.exec(select(column).where(column == partner_id).limit(1)).first() is not None:
            raise InUse
    for frozen in session.exec(select(Agenda.content).where(Agenda.alliance_id == partner.alliance_id)).all():
        if any(named["id"] == partner_id for named in read_frozen(frozen)["partners"]):
            raise InUse
    named = leave_out_party(session, partner_id=partner_id)
    session.delete(partner)
    event_id = record(
        session, alliance_id=partner.alliance_id, who=who, what="partner removed", partner=partner.name
    )
    keep_for_undo(session, event_id, f"partner {partner_id}", **_as_kept(partner), named_with=named)
    alliance_changed(session, partner.alliance_id, content=True)


def _as_kept(partner: Partner) -> dict[str, Any]:
    """Return all that is stored of a partner, as plain values."""
    return {
        **partner.model_dump(exclude={"created_at", "shown_at"}),
        "created_at": as_text(partner.created_at),
        "shown_at": as_text(partner.shown_at),
    }


def put_partner_back(session: Session, kept: Mapping[str, Any]) -> None:
    """Make a partner as it was before it was removed, with its link; without its group where that is gone."""
    group_id = kept["group_id"]
    is_there = group_id is not None and session.get(Group, group_id) is not None
    partner = Partner(
        **{
            **{name: kept[name] for name in Partner.model_fields},
            "group_id": group_id if is_there else None,
            "created_at": as_moment(kept["created_at"]),
            "shown_at": as_moment(kept["shown_at"]),
        }
    )
    session.add(partner)
    # What an earlier edition kept of a partner knows of no plan.
    name_party_again(session, kept.get("named_with", ()), partner_id=kept["id"])
    alliance_changed(session, partner.alliance_id, content=True)


def renew_partner_link(session: Session, *, who: str, partner_id: int, serial: int | None = None) -> None:
    """Withdraw a partner's personal link and make a new one.

    `serial` is that of the link which one wants to withdraw: withdrawn twice, by whoever, it is withdrawn once.
    """
    partner = existing(session, Partner, partner_id, lock=True)
    about = f"link of partner {partner_id}"
    if serial not in (None, partner.serial):
        note_again(session, about)
        return
    before = {"serial": partner.serial, "token_hash": partner.token_hash}
    # Never a number that was given before, also where that was taken back: its link may be in somebody's hands.
    partner.links_made += 1
    partner.serial = partner.links_made
    partner.token_hash = token_hash(partner_token(partner))
    session.add(partner)
    event_id = record(
        session, alliance_id=partner.alliance_id, who=who, what="partner link renewed", partner=partner.name
    )
    keep_for_undo(session, event_id, about, partner=partner_id, new=partner.serial, **before)
    alliance_changed(session, partner.alliance_id)


def new_partner(
    session: Session, *, alliance_id: int, kind: str, name: str, group_id: int | None = None, is_shown: bool
) -> Partner:
    """Make a partner inside another action, such as a resident who takes an agreement on.

    `is_shown` tells whether the room may read the name at once.
    """
    return make_partner(
        session,
        alliance_id=alliance_id,
        kind=kind,
        name=name,
        representative=name,
        role="",
        group_id=group_id,
        is_shown=is_shown,
    )


def read_partners(session: Session, alliance_id: int) -> list[Partner]:
    """Return the partners of an alliance, in the order in which they came."""
    found = session.exec(select(Partner).where(Partner.alliance_id == alliance_id).order_by(col(Partner.id)))
    return list(found.all())


def find_partner(session: Session, token: str) -> Partner | None:
    """Return the partner behind a personal link, or None when the link is unknown or withdrawn."""
    return session.exec(select(Partner).where(Partner.token_hash == token_hash(token))).first()


def partner_token(partner: Partner) -> str:
    """Return the token of a partner's own page."""
    return personal_token("partner", partner.id, partner.serial)


def _kind(kind: str) -> str:
    if kind not in set(PartnerKind):
        raise InvalidValue("kind", kind)
    return kind


def _own_group(session: Session, alliance_id: int, group_id: int | None) -> int | None:
    """Return `group_id` when it is a group of this alliance. Raises `InvalidValue`."""
    if group_id is None:
        return None
    found = session.get(Group, group_id)
    if found is None or found.alliance_id != alliance_id:
        raise InvalidValue("group", group_id)
    return group_id


def make_partner(
    session: Session,
    *,
    alliance_id: int,
    kind: str,
    name: str,
    representative: str,
    role: str,
    group_id: int | None,
    is_shown: bool = True,
) -> Partner:
    """Return one more partner of an alliance, with a personal link. Raises like `add_partner`."""
    partner = Partner(
        alliance_id=alliance_id,
        kind=_kind(kind),
        name=one_line(name, field="name", limit=LINE_LIMIT),
        representative=one_line(representative, field="representative", limit=NAME_LIMIT, is_required=False),
        role=one_line(role, field="role", limit=NAME_LIMIT, is_required=False),
        group_id=_own_group(session, alliance_id, group_id),
        created_at=now(),
        shown_at=now() if is_shown else None,
    )
    session.add(partner)
    session.flush()
    partner.token_hash = token_hash(partner_token(partner))
    session.add(partner)
    return partner
