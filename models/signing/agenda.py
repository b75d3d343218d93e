"""The alliance agenda: frozen, answered, closed; its files kept as they were made.

Freeze makes version n from what stands; while it is open each partner gives one answer; closing builds the files once.
A changed text is version n+1; an answer after the close makes edition n.2 of the same text.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from rfc8785 import dumps as canonical_json
from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.alliance.partner import read_partners
from models.basics.clock import now
from models.basics.errors import (
    AgendaClosed,
    AgendaFrozen,
    InvalidValue,
    NotFound,
    NothingToFreeze,
    RoundStillOpen,
)
from models.basics.keys import personal_token, token_hash
from models.basics.text import NAME_LIMIT, REASON_LIMIT, one_line, optional_text, required_text
from models.basics.words import Answer
from models.installation.address import is_lasting, public_address
from models.signing.content import WordsOfMethods, agenda_content, methods_as_frozen
from models.signing.shape import Content
from models.signing.words_kept import kept_words
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.database import database_url
from models.storage.finding import existing
from models.storage.frozen import read_frozen, says_the_same
from models.storage.undoable import keep_for_undo, note_again
from models.tables import Agenda, AgendaFile, Partner, Signature, Workshop
from models.workshop.workshop import open_round_of, read_workshop

DRAWN_WIDTH, DRAWN_HEIGHT = 600, 200
DRAWN_NUMBERS_LIMIT = 20_000
DRAWN_TEXT_LIMIT = 120_000
MOST_ANSWERS = 200

_answered: dict[tuple[str, int], tuple[tuple[int, ...], bool]] = {}


@dataclass(frozen=True)
class AgendaFrozenAs:
    agenda_id: int
    version: int


@dataclass(frozen=True)
class AnswerStored:
    """An answer that stands now. After the close it waits for the next edition."""

    answer: Answer
    signed_at: datetime
    is_after_close: bool


@dataclass(frozen=True)
class PartnerAnswer:
    """A partner and the answer that stands; the fields after `answer` are empty while there is none."""

    partner: Partner
    answer: Answer | None
    name: str = ""
    role: str = ""
    reservation: str = ""
    drawn: list[list[int]] = field(default_factory=list)
    signed_at: datetime | None = None
    witness: str = ""
    consent: str = ""


@dataclass(frozen=True)
class AgendaView:
    """The newest version of a workshop's agenda, with every partner's answer. `sealed` are the sealed editions."""

    id: int
    version: int
    sha256: str
    frozen_at: datetime
    frozen_by: str
    closes_on: date | None
    closed_at: datetime | None
    content: dict[str, Any]
    partners: list[PartnerAnswer]
    editions: list[int]
    control_words: tuple[str, ...]
    previous: dict[str, Any] | None
    public_token: str | None
    public_serial: int
    sealed: list[int] = field(default_factory=list)


def freeze_agenda(
    session: Session, *, who: str, workshop_id: int, words: WordsOfMethods, closes_on: date | None = None
) -> AgendaFrozenAs:
    """Freeze what stands as the next version and ask every partner to answer it.

    The agenda keeps what its methods look like and their `words`: no later version tells it otherwise. Its
    control words come after it: see `complete_control_words`.

    Raises `RoundStillOpen`, `NothingToFreeze`, and `AgendaFrozen` when an open version has this very text.
    """
    workshop = read_workshop(session, workshop_id)
    alliance = read_alliance(session, workshop.alliance_id)
    if open_round_of(session, workshop_id) is not None:
        raise RoundStillOpen
    last = _newest(session, workshop.alliance_id)
    content = agenda_as_it_would_be(session, workshop_id)
    version = content["version"]
    if not content["principles"] and not content["agreements"]:
        raise NothingToFreeze
    if last is not None and last.closed_at is None and _same_text(read_frozen(last.content), content):
        raise AgendaFrozen
    content["methods"] = methods_as_frozen(content, words)
    canonical = canonical_json(cast(dict[str, Any], content))
    agenda = Agenda(
        alliance_id=alliance.id,
        workshop_id=workshop_id,
        version=version,
        content=canonical.decode(),
        sha256=hashlib.sha256(canonical).hexdigest(),
        frozen_by=who,
        frozen_at=now(),
        closes_on=closes_on,
    )
    session.add(agenda)
    session.flush()
    agenda.public_token_hash = token_hash(public_copy_token(agenda))
    session.add(agenda)
    record(
        session,
        alliance_id=alliance.id,
        who=who,
        what="agenda frozen",
        version=version,
        sha256=agenda.sha256,
    )
    alliance_changed(session, alliance.id, content=True)
    return AgendaFrozenAs(agenda.id, version)


def set_closing_date(session: Session, *, who: str, agenda_id: int, closes_on: date | None) -> None:
    """Set on which day signing closes by itself. Raises `AgendaClosed`."""
    agenda = existing(session, Agenda, agenda_id, lock=True)
    if agenda.closed_at is not None:
        raise AgendaClosed
    agenda.closes_on = closes_on
    session.add(agenda)
    record(session, alliance_id=agenda.alliance_id, who=who, what="closing date set", version=agenda.version)
    alliance_changed(session, agenda.alliance_id)


def answer_agenda(
    session: Session,
    *,
    agenda_id: int,
    partner_id: int,
    answer: str,
    name: str,
    role: str = "",
    reservation: str = "",
    drawn: str | None = None,
    consent: str = "",
    witness: str = "",
) -> AnswerStored:
    """Store a partner's answer to a version. An earlier one is kept, and stands no more; the same changes nothing.

    `drawn` is JSON of strokes, whole numbers in a box of 600 × 200. Raises `NotFound`, `AgendaClosed` when a newer
    version was frozen, `InvalidValue` for `answer` or `drawn`, `TextMissing` for `name` or `reservation`.
    """
    agenda = existing(session, Agenda, agenda_id, lock=True)
    partner = session.get(Partner, partner_id)
    if partner is None or partner.alliance_id != agenda.alliance_id:
        raise NotFound("partner")
    newest = _newest(session, agenda.alliance_id)
    if newest is not None and newest.id != agenda_id:
        raise AgendaClosed
    if answer not in set(Answer):
        raise InvalidValue("answer", answer)
    given: dict[str, Any] = {
        "answer": answer,
        "name": one_line(name, field="name", limit=NAME_LIMIT),
        "role": one_line(role, field="role", limit=NAME_LIMIT, is_required=False),
        "reservation": _reservation(answer, reservation),
        "drawn": "" if answer == Answer.DECLINED else _checked_strokes(drawn),
        "consent": ""
        if answer == Answer.DECLINED
        else optional_text(consent, field="consent", limit=REASON_LIMIT),
        "witness": one_line(witness, field="witness", limit=NAME_LIMIT, is_required=False),
    }
    standing = session.exec(
        select(Signature).where(
            Signature.agenda_id == agenda_id,
            Signature.partner_id == partner_id,
            col(Signature.replaced_at).is_(None),
        )
    ).first()
    is_after_close = agenda.closed_at is not None
    if standing is not None:
        if all(getattr(standing, key) == value for key, value in given.items()):
            return AnswerStored(Answer(answer), standing.signed_at, is_after_close)
        standing.replaced_at = now()
        session.add(standing)
        session.flush()
    moment = now()
    session.add(Signature(agenda_id=agenda_id, partner_id=partner_id, signed_at=moment, **given))
    record(
        session,
        alliance_id=agenda.alliance_id,
        who=partner.name,
        what="agenda answered",
        answer=answer,
        version=agenda.version,
        sha256=agenda.sha256,
    )
    alliance_changed(session, agenda.alliance_id, content=True)
    return AnswerStored(Answer(answer), moment, is_after_close)


def read_agenda(session: Session, workshop_id: int) -> AgendaView | None:
    """Return the newest version of the agenda of a workshop's alliance, or None before the first freeze."""
    workshop = read_workshop(session, workshop_id)
    agenda = _newest(session, workshop.alliance_id)
    if agenda is None:
        return None
    before = session.exec(
        select(Agenda.content).where(
            Agenda.alliance_id == agenda.alliance_id, Agenda.version == agenda.version - 1
        )
    ).first()
    return AgendaView(
        id=agenda.id,
        version=agenda.version,
        sha256=agenda.sha256,
        frozen_at=agenda.frozen_at,
        frozen_by=agenda.frozen_by,
        closes_on=agenda.closes_on,
        closed_at=agenda.closed_at,
        content=read_frozen(agenda.content),
        partners=answers_to(session, agenda),
        editions=editions_of(session, agenda.id),
        control_words=kept_words(agenda),
        previous=read_frozen(before) if before else None,
        # After a start with another key the link that was given out still opens; the one that we would show does not.
        public_token=shown_public_token(agenda),
        public_serial=agenda.public_serial,
        sealed=editions_of(session, agenda.id, "pdf") if agenda.closed_at is not None else [],
    )


def has_changed_since(session: Session, agenda_id: int) -> bool:
    """Return whether a freeze would say something else now than this version does. Raises `NotFound`.

    Composed once for each revision of the alliance's meetings: whatever an agenda says raises one of them when it
    changes. They are read first, so that no older answer stands under a newer revision.
    """
    agenda = existing(session, Agenda, agenda_id)
    revisions = tuple(
        session.exec(
            select(Workshop.revision)
            .where(Workshop.alliance_id == agenda.alliance_id)
            .order_by(col(Workshop.id))
        ).all()
    )
    key = (database_url(), agenda_id)
    known = _answered.get(key)
    if known is not None and known[0] == revisions:
        return known[1]
    fresh = agenda_content(session, _workshop_of(session, agenda), version=agenda.version, address=None)
    has_changed = not _same_text(read_frozen(agenda.content), fresh)
    if len(_answered) >= MOST_ANSWERS:
        _answered.clear()
    _answered[key] = (revisions, has_changed)
    return has_changed


def renew_public_link(session: Session, *, who: str, agenda_id: int, serial: int | None = None) -> None:
    """Withdraw the link of the public copy and make a new one.

    `serial` is that of the link which one wants to withdraw: withdrawn twice, by whoever, it is withdrawn once.
    """
    agenda = existing(session, Agenda, agenda_id, lock=True)
    about = f"public link of agenda {agenda_id}"
    if serial not in (None, agenda.public_serial):
        note_again(session, about)
        return
    before = {"serial": agenda.public_serial, "token_hash": agenda.public_token_hash}
    # Never a number that was given before, also where that was taken back.
    agenda.public_links_made += 1
    agenda.public_serial = agenda.public_links_made
    agenda.public_token_hash = token_hash(public_copy_token(agenda))
    session.add(agenda)
    event_id = record(session, alliance_id=agenda.alliance_id, who=who, what="public link renewed")
    keep_for_undo(session, event_id, about, agenda=agenda_id, new=agenda.public_serial, **before)
    alliance_changed(session, agenda.alliance_id, content=True)


def public_copy_token(agenda: Agenda) -> str:
    """Return the token of an agenda's public copy."""
    return personal_token("public copy", agenda.id, agenda.public_serial)


def shown_public_token(agenda: Agenda) -> str | None:
    """Return the token of the public copy; None after a start with another key, when it would open nothing."""
    token = public_copy_token(agenda)
    return token if token_hash(token) == agenda.public_token_hash else None


def agenda_as_it_would_be(session: Session, workshop_id: int) -> Content:
    """Return the content of the version that a freeze would make now."""
    workshop = read_workshop(session, workshop_id)
    newest = _newest(session, workshop.alliance_id)
    address = public_address(session)
    return agenda_content(
        session,
        workshop,
        version=(newest.version if newest else 0) + 1,
        address=address if is_lasting(address) else None,
    )


def is_frozen(session: Session, alliance_id: int) -> bool:
    """Return whether a text of this alliance was ever frozen."""
    found = session.exec(select(Agenda.id).where(Agenda.alliance_id == alliance_id).limit(1)).first()
    return found is not None


def _newest(session: Session, alliance_id: int) -> Agenda | None:
    return session.exec(
        select(Agenda).where(Agenda.alliance_id == alliance_id).order_by(col(Agenda.version).desc()).limit(1)
    ).first()


def _workshop_of(session: Session, agenda: Agenda) -> Workshop:
    return read_workshop(session, agenda.workshop_id)


def _same_text(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether a frozen content says what would be frozen now, whatever the version number and the address.

    Who came, went home or gave support since does not change what partners sign, nor does another colour, nor another
    version of the program, which tells it by the words that it was frozen with.
    """
    return says_the_same(_words(frozen), _words(now))


_ABOUT_IT = ("format", "version", "address", "participants", "methods", "look")
_NO_WORDS = ("support", "came", "owner_id", "supporter_ids", "partner_id", "partner_ids")


def _words(content: Any) -> Any:
    """Return a content without its counts of people, and without what was not frozen at first."""
    if isinstance(content, dict):
        apart = _ABOUT_IT if "alliance" in content else _NO_WORDS
        return {key: _words(value) for key, value in content.items() if key not in apart}
    if isinstance(content, list):
        return [_words(value) for value in content]
    return content


def answers_to(session: Session, agenda: Agenda) -> list[PartnerAnswer]:
    """Return the answer of every partner to this text, also of those that gave none yet."""
    standing = {
        found.partner_id: found
        for found in session.exec(
            select(Signature).where(Signature.agenda_id == agenda.id, col(Signature.replaced_at).is_(None))
        ).all()
    }
    answers = []
    for partner in read_partners(session, agenda.alliance_id):
        found = standing.get(partner.id)
        if found is None:
            answers.append(PartnerAnswer(partner, None))
            continue
        answers.append(
            PartnerAnswer(
                partner=partner,
                answer=Answer(found.answer),
                name=found.name,
                role=found.role,
                reservation=found.reservation,
                drawn=json.loads(found.drawn) if found.drawn else [],
                signed_at=found.signed_at,
                witness=found.witness,
                consent=found.consent,
            )
        )
    return answers


def editions_of(session: Session, agenda_id: int, format: str = "docx") -> list[int]:
    """Return the editions of which a file of this kind is kept, oldest first."""
    return list(
        session.exec(
            select(AgendaFile.edition)
            .where(AgendaFile.agenda_id == agenda_id, AgendaFile.format == format)
            .distinct()
            .order_by(col(AgendaFile.edition))
        ).all()
    )


def _reservation(answer: str, given: str) -> str:
    """Return under what reservation one signs, or, optionally, why one declines."""
    if answer == Answer.RESERVED:
        return required_text(given, field="reservation", limit=REASON_LIMIT)
    if answer == Answer.DECLINED:
        return optional_text(given, field="reservation", limit=REASON_LIMIT)
    return ""


def _checked_strokes(drawn: str | None) -> str:
    """Return strokes as compact JSON, or nothing. Raises `InvalidValue` for what is no drawing."""
    if not drawn or drawn.strip() in ("", "[]"):
        return ""
    if len(drawn) > DRAWN_TEXT_LIMIT:
        raise InvalidValue("drawn")
    try:
        strokes = json.loads(drawn)
    except (ValueError, RecursionError):
        raise InvalidValue("drawn") from None
    if not isinstance(strokes, list) or not all(_is_stroke(stroke) for stroke in strokes):
        raise InvalidValue("drawn")
    if sum(len(stroke) for stroke in strokes) > DRAWN_NUMBERS_LIMIT:
        raise InvalidValue("drawn")
    return json.dumps(strokes, separators=(",", ":"))


def _is_stroke(stroke: object) -> bool:
    if not isinstance(stroke, list) or len(stroke) < 2 or len(stroke) % 2:
        return False
    if not all(type(number) is int for number in stroke):
        return False
    return all(0 <= x <= DRAWN_WIDTH for x in stroke[::2]) and all(
        0 <= y <= DRAWN_HEIGHT for y in stroke[1::2]
    )
