"""The stakeholder groups of an alliance, as people name themselves."""

import re

from sqlmodel import Session, col, select

from models.basics.errors import InUse, InvalidValue
from models.basics.text import one_line
from models.basics.words import Side
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Bubble, Group, Participant, Partner, Round, Workshop

GROUP_LIMIT = 60
# In English, as message ids; a face offers them in the alliance's language.
GROUP_PRESETS = ("Residents", "Communities", "Organisations", "Municipality", "Businesses")
# Stems of words that tell belief, origin, health or orientation (GDPR, article 9), Dutch and English.
_SENSITIVE = re.compile(
    r"\b(moslim|muslim|islam|christ|kerk|church|joods|joden|jewish|hindoe|hindu|boeddh|buddh|gelovig|"
    r"atheis|katholi|catholic|protestant|turk|marok|moroc|surina|antill|pools|polen|polish|oekra|"
    r"ukrain|syri|vluchteling|refugee|asiel|asylum|migrant|allochto|zwart|black|roma|sinti|ziek|"
    r"patient|patiënt|gehandicap|beperking|disab|ggz|psychi|autis|doven|deaf|blind|homo|lesb|lhbt|"
    r"lgbt|queer|transg|transpers|vakbond|union)",
    re.IGNORECASE,
)


# How groups of a side are called, Dutch and English: a name that begins like this. "Kerkelijke gemeente" does not.
_SIDES = {
    Side.MUNICIPALITY: r"gemeente|municipality|stadhuis|town hall|ambtena|civil servants|college\b",
    Side.COMMUNITIES: r"gemeenschap|communit",
    Side.RESIDENTS: r"bewoner|inwoner|resident|inhabitant",
    Side.ORGANISATIONS: r"(maatschappelijke )?organisati|organizati|instelling",
}


def side_of_group(name: str) -> Side | None:
    """Return on which side a group stands, as far as its name says so: for the mark with which it is drawn."""
    said = re.sub(r"^(de|het|the)\s+", "", name.strip(), flags=re.IGNORECASE)
    return next((side for side, words in _SIDES.items() if re.match(words, said, re.IGNORECASE)), None)


def group_name_is_sensitive(name: str) -> bool:
    """Return whether a group's name may tell belief, origin, health or orientation. For a hint, never a block."""
    return _SENSITIVE.search(name) is not None


def add_group(session: Session, *, who: str, alliance_id: int, name: str) -> int:
    """Add a stakeholder group and return its id. Raises `InvalidValue` when the name is taken."""
    group = new_group(session, alliance_id, name)
    record(session, alliance_id=alliance_id, who=who, what="group added", group=group.name)
    alliance_changed(session, alliance_id, content=True)
    return group.id


def rename_group(session: Session, *, who: str, group_id: int, name: str) -> None:
    """Give a group another name. Raises `InvalidValue` when the name is taken."""
    group = existing(session, Group, group_id)
    wanted = one_line(name, field="group", limit=GROUP_LIMIT)
    _refuse_taken_name(session, group.alliance_id, wanted, except_id=group_id)
    was, group.name = group.name, wanted
    session.add(group)
    record(session, alliance_id=group.alliance_id, who=who, what="group renamed", group=wanted, was=was)
    alliance_changed(session, group.alliance_id, content=True)


def remove_group(session: Session, *, who: str, group_id: int) -> None:
    """Remove a group. Raises `InUse` when someone belongs to it, or a round counted it."""
    group = existing(session, Group, group_id)
    for column in (Participant.group_id, Partner.group_id, Bubble.group_id):
        if session.exec(select(column).where(column == group_id).limit(1)).first() is not None:
            raise InUse
    # A kept result names the groups of its rows.
    for rows in session.exec(
        select(Round.rows)
        .join(Workshop, col(Workshop.id) == Round.workshop_id)
        .where(Workshop.alliance_id == group.alliance_id)
    ).all():
        if any(str(group_id) in row["members"] for row in rows):
            raise InUse
    session.delete(group)
    record(session, alliance_id=group.alliance_id, who=who, what="group removed", group=group.name)
    alliance_changed(session, group.alliance_id, content=True)


def read_groups(session: Session, alliance_id: int) -> list[Group]:
    """Return the groups of an alliance, in order."""
    found = session.exec(select(Group).where(Group.alliance_id == alliance_id).order_by(col(Group.position)))
    return list(found.all())


def _refuse_taken_name(
    session: Session, alliance_id: int, name: str, *, except_id: int | None = None
) -> None:
    for other in read_groups(session, alliance_id):
        if other.id != except_id and other.name.casefold() == name.casefold():
            raise InvalidValue("group", name)


def new_group(session: Session, alliance_id: int, raw: str) -> Group:
    """Return one more group of an alliance, the last in order. Raises `InvalidValue` when the name is taken."""
    name = one_line(raw, field="group", limit=GROUP_LIMIT)
    _refuse_taken_name(session, alliance_id, name)
    positions = [group.position for group in read_groups(session, alliance_id)]
    group = Group(alliance_id=alliance_id, name=name, position=max(positions, default=0) + 1)
    session.add(group)
    session.flush()
    return group
