"""Who may see what: each role, how it is known, and which pages, routes and acts are its own. Nothing else decides it.

A page or a route that names no role opens for nobody. What a participant or a partner may see within theirs is asked
where their own code or token is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from models.basics.errors import DraftingEnded, NotForThisRole, SignInEnded
from models.basics.keys import token_hash
from models.basics.words import ProposalKind
from models.drafting.proposal import type_for_table
from models.installation.installation import signed_in
from models.storage.finding import existing
from models.tables import Round, Workshop
from models.voting.paper import enter_paper_ballots, take_back_sheet
from models.workshop.workshop import find_projector, find_table_host


class Role(StrEnum):
    """Who one is to Handslag."""

    FACILITATOR = "facilitator"
    TABLE_HOST = "table host"
    PROJECTOR = "projector"
    PARTNER = "partner"
    MEDIATOR = "mediator"
    PARTY = "party"
    PARTICIPANT = "participant"
    ANYBODY = "anybody"


LEADS = frozenset({Role.FACILITATOR})
HOSTS = frozenset({Role.FACILITATOR, Role.TABLE_HOST})
SHOWS = frozenset({Role.FACILITATOR, Role.PROJECTOR})
SIGNS = frozenset({Role.PARTNER})
TAKES_PART = frozenset({Role.PARTICIPANT})
MEDIATES = frozenset({Role.MEDIATOR, Role.PARTY})
EVERYBODY = frozenset({Role.ANYBODY})

# The pages below /lead, by their address.
PAGES: Mapping[str, frozenset[Role]] = {
    "": LEADS,
    "plan": LEADS,
    "startfoto": LEADS,
    "statements": LEADS,
    "conclusions": LEADS,
    "picture": LEADS,
    "second_photo": LEADS,
    "prepare": LEADS,
    "room": LEADS,
    "draft": LEADS,
    "vote": LEADS,
    "tables": LEADS,
    "harvest": LEADS,
    "evening": LEADS,
    "agree": LEADS,
    "sign": LEADS,
    "agenda": LEADS,
    "progress": LEADS,
    "mediation": LEADS,
    "events": LEADS,
    "table": HOSTS,
    "paper": HOSTS,
    "projector": SHOWS,
}
# Everything else that answers, by its path. A link of a public copy, or one that lets somebody in, is for anybody.
ROUTES: Mapping[str, frozenset[Role]] = {
    "/": EVERYBODY,
    "/sign-in": EVERYBODY,
    "/sign-out": EVERYBODY,
    "/language": EVERYBODY,
    "/projector/{token}": EVERYBODY,
    "/table/{token}": EVERYBODY,
    "/here/{key}": EVERYBODY,
    "/healthz": EVERYBODY,
    "/assets/{hash}/{name}": EVERYBODY,
    "/check": EVERYBODY,
    "/check/offline": EVERYBODY,
    "/agenda.schema.json": EVERYBODY,
    "/privacy": EVERYBODY,
    "/accessibility": EVERYBODY,
    "/d/{token}": EVERYBODY,
    "/d/{token}/agenda.docx": EVERYBODY,
    "/d/{token}/agenda.pdf": EVERYBODY,
    "/j/{code}": EVERYBODY,
    "/j/{code}/{personal_code}": EVERYBODY,
    "/p/{code}": TAKES_PART,
    "/p/{code}/preview": LEADS,
    "/p/{code}/bar": LEADS,
    "/p/{code}/live": TAKES_PART | HOSTS | SHOWS,
    "/p/{code}/state": TAKES_PART,
    "/p/{code}/ballots": TAKES_PART,
    "/p/{code}/ideas": TAKES_PART,
    "/p/{code}/known": TAKES_PART,
    "/p/{code}/again": TAKES_PART,
    "/p/{code}/table-card": TAKES_PART,
    "/p/{code}/table-host": TAKES_PART,
    "/p/{code}/bubbles": TAKES_PART,
    "/p/{code}/mixing": TAKES_PART,
    "/p/{code}/proposals": TAKES_PART,
    "/p/{code}/proposals/{proposal}": TAKES_PART,
    "/p/{code}/supports": TAKES_PART,
    "/p/{code}/owners": TAKES_PART,
    "/p/{code}/offers": TAKES_PART,
    "/p/{code}/voices": TAKES_PART,
    "/p/{code}/leave": TAKES_PART,
    "/p/{code}/group": TAKES_PART,
    "/p/{code}/hand": TAKES_PART,
    "/p/{code}/first-steps": TAKES_PART,
    "/p/{code}/late-words": TAKES_PART,
    "/p/{code}/phones": TAKES_PART,
    "/p/{code}/mine": TAKES_PART,
    "/p/{code}/mine.json": TAKES_PART,
    "/p/{code}/forget-name": TAKES_PART,
    "/p/{code}/mediation": TAKES_PART,
    "/s/{token}": SIGNS,
    "/s/{token}/state": SIGNS,
    "/s/{token}/mediation": SIGNS,
    "/s/{token}/join": SIGNS,
    "/s/{token}/accept": SIGNS,
    "/s/{token}/progress": SIGNS,
    "/s/{token}/sign": SIGNS,
    "/s/{token}/decline": SIGNS,
    "/s/{token}/agenda.docx": SIGNS,
    "/s/{token}/agenda.pdf": SIGNS,
    "/files/{code}/agenda.{format}": LEADS,
    "/files/plan/{alliance}/plan.docx": LEADS,
    "/i/worker.js": EVERYBODY,
    "/i/{token}": EVERYBODY,
    "/i/{token}/explained": EVERYBODY,
    "/c/{token}": EVERYBODY,
    "/m/{token}": MEDIATES,
    "/m/{token}/{act}": MEDIATES,
    "/files/{code}/logo.png": LEADS,
    "/files/{code}/badges.docx": LEADS,
    "/files/{code}/partner-links.docx": LEADS,
    "/files/{code}/ballot-sheets.docx": LEADS,
    "/files/{code}/seats.docx": LEADS,
    "/files/{code}/evening.docx": LEADS,
    "/files/startfoto/{baseline}/findings.xlsx": LEADS,
    "/files/startfoto/{baseline}/findings.csv": LEADS,
    "/files/startfoto/{baseline}/report.docx": LEADS,
    "/files/startfoto/note": LEADS,
}
LIVE = "/p/{code}/live"
# The cookie that holds each one's token.
COOKIES: Mapping[Role, str] = {
    Role.FACILITATOR: "handslag_lead",
    Role.TABLE_HOST: "handslag_table",
    Role.PROJECTOR: "handslag_projector",
}
# Where each of them begins.
FIRST_PAGES: Mapping[Role, str] = {
    Role.FACILITATOR: "",
    Role.TABLE_HOST: "table",
    Role.PROJECTOR: "projector",
}


@dataclass(frozen=True)
class Visitor:
    """Who asks, by a token that stands. `workshop_id` is the only meeting that is theirs; None for all of them."""

    role: Role
    name: str
    token_hash: str
    workshop_id: int | None = None

    def may_enter(self, workshop_id: int) -> bool:
        """Return whether this meeting is theirs."""
        return self.workshop_id in (None, workshop_id)


def visitors(session: Session, tokens: Mapping[Role, str | None]) -> list[Visitor]:
    """Return as whom a browser with these tokens may come, who may most first; asked at every question anew."""
    found = (_visitor(session, role, token) for role in COOKIES if (token := tokens.get(role)))
    return [one for one in found if one is not None]


def visitor_to(
    session: Session,
    tokens: Mapping[Role, str | None],
    roles: frozenset[Role],
    *,
    workshop_id: int | None = None,
) -> Visitor:
    """Return as whom one may come where these roles may, in a meeting where one is named.

    Raises `SignInEnded` where nothing that was given out stands, and `NotForThisRole`.
    """
    standing = visitors(session, tokens)
    for one in standing:
        if one.role in roles and (workshop_id is None or one.may_enter(workshop_id)):
            return one
    if not standing:
        raise SignInEnded
    raise NotForThisRole(standing[0].role)


def roles_of_page(path: str) -> frozenset[Role]:
    """Return who may open a page below /lead, by its address without slashes; an unknown one shows the first page."""
    return PAGES.get(path, PAGES[""])


def act_as_visitor(
    session: Session,
    *,
    tokens: Mapping[Role, str | None],
    action: Callable[..., Any],
    arguments: dict[str, Any],
) -> Any:
    """Run `action` as who leads, or hosts a table; it gets their name as `who`.

    The token is looked up in the same transaction: an open window keeps an old cookie. Raises `SignInEnded`, and
    `NotForThisRole` for what a table host may not do, or not in that meeting.
    """
    one = visitor_to(session, {role: tokens.get(role) for role in HOSTS}, HOSTS)
    if one.role is Role.TABLE_HOST:
        _check_host(session, one, action, arguments)
    return action(session, who=one.name, **arguments)


def _visitor(session: Session, role: Role, token: str) -> Visitor | None:
    if role is Role.FACILITATOR:
        leader = signed_in(session, token)
        return None if leader is None else Visitor(role, leader.name, token_hash(token))
    find = find_table_host if role is Role.TABLE_HOST else find_projector
    workshop = find(session, token)
    return None if workshop is None else Visitor(role, role.value, token_hash(token), workshop.id)


def _check_host(
    session: Session, host: Visitor, action: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    types_proposals = action is type_for_table
    if types_proposals:
        workshop = existing(session, Workshop, arguments["workshop_id"])
    elif action in (enter_paper_ballots, take_back_sheet):
        workshop = existing(session, Workshop, existing(session, Round, arguments["round_id"]).workshop_id)
    else:
        raise NotForThisRole(host.role)
    if not host.may_enter(workshop.id):
        raise NotForThisRole(host.role)
    # Who leads may still add one then; what comes from the tables has ended.
    if types_proposals and arguments["kind"] == ProposalKind.PRINCIPLE and workshop.drafting_ended_at:
        raise DraftingEnded
