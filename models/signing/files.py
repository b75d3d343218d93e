"""The files of an agenda: made once when signing closes, kept as bytes, recognised later."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from models.alliance.alliance import read_alliance
from models.alliance.logo import logo_png
from models.basics.clock import now, today
from models.basics.errors import AnswersChanged
from models.basics.keys import token_hash
from models.basics.words import Answer, Copy
from models.installation.address import check_url, public_copy_url
from models.signing.agenda import answers_to, editions_of, shown_public_token
from models.signing.words_kept import complete_control_words, words_in_document, words_of
from models.storage.chain import BEGINNING, chain_holds, last_hash, record
from models.storage.changes import alliance_changed
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.frozen import read_frozen
from models.storage.writing import write
from models.tables import Agenda, AgendaFile, Signature

TRIES = 5
CHECK_CODE_LENGTH = 8
MOST_ORIGINALS = 12
WORD, SEALED = "docx", "pdf"
_PRINTED = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def version_label(version: int, edition: int) -> str:
    """Return a version as the document names it: `1`, or `1.2` where a later answer made another edition."""
    return f"{version}.{edition}" if edition > 1 else str(version)


@dataclass(frozen=True)
class FileToGive:
    """A Word file of an agenda for who asks for it; `is_kept` when it is one of those that the close made."""

    content: bytes
    edition: int
    is_kept: bool


@dataclass(frozen=True)
class SignatureData:
    """A partner's line in the document; `answer` is None while there is none."""

    partner_name: str
    partner_kind: str
    answer: Answer | None
    name: str = ""
    role: str = ""
    reservation: str = ""
    consent: str = ""
    drawn: list[list[int]] = field(default_factory=list)
    witness: str = ""
    signed_at: datetime | None = None
    partner_id: int | None = None


@dataclass(frozen=True)
class AgendaDocument:
    """Everything that a file of the agenda is made from. Times are UTC; links are None without a lasting address.

    `control_words` are those that the file carries: none in what was frozen before files did. `frozen_text` is the
    content as it was signed, byte for byte. `edition_before` (the SHA-256 of the partners' file before this one) and
    `chain_head` (the hash of the newest event) are what an edition vouches for; empty while signing is open. `logo` is
    the alliance's, as PNG, that was frozen with the content.
    """

    content: dict[str, Any]
    version: int
    edition: int
    sha256: str
    frozen_at: datetime
    closed_at: datetime | None
    signatures: list[SignatureData]
    public_url: str | None
    check_url: str | None
    control_words: tuple[str, ...] = ()
    frozen_text: str = ""
    edition_before: str = ""
    chain_head: str = ""
    logo: bytes | None = None

    @property
    def label(self) -> str:
        """The version as the document names it."""
        return version_label(self.version, self.edition)


@dataclass(frozen=True)
class BuiltFile:
    copy_for: Copy
    format: str
    content: bytes


@dataclass(frozen=True)
class DocumentCheck:
    """What is known of a document. `control_words` are in `language`, that of the text.

    `sha256` is of the file where one was offered, else of the text. `history_holds` is whether what this edition
    vouches for is still here, None where it vouches for nothing. Of an edition of a startfoto's report `report_of` is
    the number of that startfoto; its id then stands in the place of an agenda's.
    """

    alliance: str
    version: int
    edition: int | None
    copy_for: str | None
    closed_at: datetime | None
    sha256: str
    control_words: tuple[str, ...]
    language: str
    agenda_id: int
    time_zone: str
    format: str = ""
    history_holds: bool | None = None
    report_of: int | None = None


@dataclass(frozen=True)
class Original:
    """A kept Word file, with which an offered one is compared."""

    edition: int
    copy_for: str
    content: bytes


Build = Callable[[AgendaDocument], Sequence[BuiltFile]]


def store_edition(
    session: Session, *, who: str, agenda_id: int, files: Sequence[BuiltFile], edition: int, seen: int
) -> int:
    """Close signing with these files, or add an edition to a closed version. `seen` is the newest answer in them.

    Raises `AnswersChanged` when an answer came in between: then the files must be made again.
    """
    agenda = existing(session, Agenda, agenda_id, lock=True)
    if _last_answer(session, agenda_id) != seen or _next_edition(session, agenda_id) != edition:
        raise AnswersChanged
    moment = now()
    if agenda.closed_at is None:
        agenda.closed_at = moment
        session.add(agenda)
    for built in files:
        session.add(
            AgendaFile(
                agenda_id=agenda_id,
                edition=edition,
                copy_for=built.copy_for,
                format=built.format,
                content=built.content,
                sha256=hashlib.sha256(built.content).hexdigest(),
                made_at=moment,
            )
        )
    record(
        session,
        alliance_id=agenda.alliance_id,
        who=who,
        what="agenda closed" if edition == 1 else "edition added",
        version=agenda.version,
        edition=edition,
        files={
            f"{built.copy_for}.{built.format}": hashlib.sha256(built.content).hexdigest() for built in files
        },
    )
    alliance_changed(session, agenda.alliance_id, content=True)
    return edition


def publish(agenda_id: int, *, who: str, build: Build) -> int:
    """Close signing and keep the files that `build` makes, or add an edition when an answer came after the close.

    Not an action: the files are made outside the writer, and made again when an answer came in between. Returns the
    edition; when nothing changed since the last one, that one. Raises `AnswersChanged` when it keeps changing.
    """
    complete_control_words(agenda_id)
    for _ in range(TRIES):
        with reading() as session:
            agenda = existing(session, Agenda, agenda_id, lock=True)
            edition = _next_edition(session, agenda_id)
            seen = _last_answer(session, agenda_id)
            if edition > 1 and not _answered_since_last_edition(session, agenda_id):
                return edition - 1
            document = _document(session, agenda, edition=edition, closed_at=agenda.closed_at or now())
        files = build(document)
        try:
            stored: int = write(
                store_edition, who=who, agenda_id=agenda_id, files=files, edition=edition, seen=seen
            )
        except AnswersChanged:
            continue
        return stored
    raise AnswersChanged


def agendas_to_close(session: Session) -> list[int]:
    """Return the versions whose closing date has passed in the alliance's time zone, to be published."""
    due = []
    for agenda in session.exec(
        select(Agenda).where(col(Agenda.closed_at).is_(None), col(Agenda.closes_on).is_not(None))
    ).all():
        zone = read_alliance(session, agenda.alliance_id).time_zone
        if agenda.closes_on is not None and agenda.closes_on < today(zone):
            due.append(agenda.id)
    return due


def agendas_without_edition(session: Session) -> list[int]:
    """Return the closed versions that were answered after their last edition was made, to be published."""
    closed = session.exec(select(Agenda.id).where(col(Agenda.closed_at).is_not(None))).all()
    return [
        agenda_id for agenda_id in closed if agenda_id and _answered_since_last_edition(session, agenda_id)
    ]


def agenda_document(session: Session, agenda_id: int) -> AgendaDocument:
    """Return what a file made now is made from, also while signing is open. Raises `NotFound`."""
    agenda = existing(session, Agenda, agenda_id, lock=True)
    edition = max(editions_of(session, agenda_id), default=1)
    return _document(session, agenda, edition=edition, closed_at=agenda.closed_at)


def agenda_file(
    session: Session, agenda_id: int, copy_for: str, format: str = "docx", edition: int | None = None
) -> AgendaFile | None:
    """Return the kept bytes of an edition (the newest when None), or None before the close."""
    wanted = select(AgendaFile).where(
        AgendaFile.agenda_id == agenda_id, AgendaFile.copy_for == copy_for, AgendaFile.format == format
    )
    if edition is not None:
        wanted = wanted.where(AgendaFile.edition == edition)
    return session.exec(wanted.order_by(col(AgendaFile.edition).desc()).limit(1)).first()


def file_to_give(
    session: Session, agenda_id: int, copy_for: Copy, build: Callable[[AgendaDocument, Copy], bytes]
) -> FileToGive:
    """Return the newest kept file of a version; while signing is open one that `build` makes now, which says so.

    Raises `NotFound`.
    """
    stored = agenda_file(session, agenda_id, copy_for)
    if stored is not None:
        return FileToGive(stored.content, stored.edition, is_kept=True)
    document = agenda_document(session, agenda_id)
    return FileToGive(build(document, copy_for), document.edition, is_kept=False)


def list_files(session: Session, agenda_id: int) -> list[AgendaFile]:
    """Return every kept file of a version, newest edition first."""
    return list(
        session.exec(
            select(AgendaFile)
            .where(AgendaFile.agenda_id == agenda_id)
            .order_by(col(AgendaFile.edition).desc(), col(AgendaFile.copy_for), col(AgendaFile.format))
        ).all()
    )


def find_public_agenda(session: Session, token: str) -> Agenda | None:
    """Return the version behind a public copy's link, or None."""
    return session.exec(select(Agenda).where(Agenda.public_token_hash == token_hash(token))).first()


def find_public_copy(session: Session, token: str, format: str = "docx") -> AgendaFile | None:
    """Return the newest kept public copy behind a link, or None before the close or for an unknown link."""
    agenda = find_public_agenda(session, token)
    return agenda_file(session, agenda.id, Copy.PUBLIC, format) if agenda else None


def check_document(
    session: Session, *, sha256_of_bytes: str | None = None, code: str | None = None
) -> DocumentCheck | None:
    """Return what is known of a document by the SHA-256 of its bytes, or by the check code printed in it, or None.

    The check code is the beginning of the SHA-256 of the text, at least 8 characters.
    """
    if sha256_of_bytes:
        found = session.exec(
            select(AgendaFile, Agenda)
            .join(Agenda, col(Agenda.id) == AgendaFile.agenda_id)
            .where(AgendaFile.sha256 == sha256_of_bytes.lower())
        ).first()
        if found is not None:
            file, agenda = found
            return _check(session, agenda, file.edition, file.copy_for, file.sha256, file.format)
    typed = "".join((code or "").split()).lower()
    if len(typed) >= CHECK_CODE_LENGTH and all(letter in "0123456789abcdef" for letter in typed):
        agenda_found = session.exec(select(Agenda).where(col(Agenda.sha256).startswith(typed))).first()
        if agenda_found is not None:
            return _check(session, agenda_found, None, None, agenda_found.sha256)
    return None


def originals_of(session: Session, agenda_id: int) -> list[Original]:
    """Return the kept Word files of a version, newest first, at most those of the last editions."""
    found = session.exec(
        select(AgendaFile)
        .where(AgendaFile.agenda_id == agenda_id, AgendaFile.format == WORD)
        .order_by(col(AgendaFile.edition).desc(), col(AgendaFile.copy_for))
        .limit(MOST_ORIGINALS)
    ).all()
    return [Original(file.edition, file.copy_for, file.content) for file in found]


def text_in_print(texts: Iterable[str]) -> str | None:
    """Return the fingerprint of a text (64 hexadecimal digits) that a document prints, or None."""
    for text in texts:
        if found := _PRINTED.search(text.replace(" ", "")):
            return found[0]
    return None


def history_holds(session: Session, agenda_id: int, *, edition_before: str, chain_head: str) -> bool | None:
    """Return whether what an edition vouches for is still here: the edition before it, and all events until then.

    None where it vouches for nothing: it was made before editions did.
    """
    if not chain_head:
        return None
    agenda = existing(session, Agenda, agenda_id)
    is_kept = (
        not edition_before
        or session.exec(select(AgendaFile.id).where(AgendaFile.sha256 == edition_before)).first() is not None
    )
    return is_kept and chain_holds(session, agenda.alliance_id, chain_head)


def _check(
    session: Session,
    agenda: Agenda,
    edition: int | None,
    copy_for: str | None,
    sha256: str,
    format: str = "",
) -> DocumentCheck:
    alliance = read_frozen(agenda.content)["alliance"]
    name = read_alliance(session, agenda.alliance_id).name
    return DocumentCheck(
        name,
        agenda.version,
        edition,
        copy_for,
        agenda.closed_at,
        sha256,
        words_of(agenda),
        alliance["language"],
        agenda.id,
        alliance["time_zone"],
        format,
    )


def _document(
    session: Session, agenda: Agenda, *, edition: int, closed_at: datetime | None
) -> AgendaDocument:
    content = read_frozen(agenda.content)
    address, public_token = content["address"], shown_public_token(agenda)
    # A later edition of the same text keeps the names that it was signed under.
    frozen = {partner["id"]: partner for partner in content["partners"]}
    return AgendaDocument(
        content=content,
        version=agenda.version,
        edition=edition,
        sha256=agenda.sha256,
        frozen_at=agenda.frozen_at,
        closed_at=closed_at,
        signatures=[
            SignatureData(
                partner_name=frozen.get(given.partner.id, {}).get("name", given.partner.name),
                partner_kind=frozen.get(given.partner.id, {}).get("kind", given.partner.kind),
                answer=given.answer,
                name=given.name,
                role=given.role,
                reservation=given.reservation,
                consent=given.consent,
                drawn=given.drawn,
                witness=given.witness,
                signed_at=given.signed_at,
                partner_id=given.partner.id,
            )
            for given in answers_to(session, agenda)
            if given.partner.id in frozen or given.answer is not None
        ],
        public_url=public_copy_url(address, public_token) if address and public_token else None,
        check_url=check_url(address, agenda.sha256[:CHECK_CODE_LENGTH]) if address else None,
        control_words=words_in_document(agenda),
        frozen_text=agenda.content,
        edition_before=_edition_before(session, agenda, edition) if closed_at is not None else "",
        chain_head=last_hash(session, agenda.alliance_id) or BEGINNING if closed_at is not None else "",
        logo=logo_png(session, agenda.alliance_id, content.get("look", {}).get("logo")),
    )


def _edition_before(session: Session, agenda: Agenda, edition: int) -> str:
    """Return the SHA-256 of the partners' file made before this edition: of this version, or of the one before."""
    return (
        session.exec(
            select(AgendaFile.sha256)
            .join(Agenda, col(Agenda.id) == AgendaFile.agenda_id)
            .where(
                Agenda.alliance_id == agenda.alliance_id,
                AgendaFile.copy_for == Copy.PARTNERS,
                AgendaFile.format == WORD,
                (col(Agenda.version) < agenda.version)
                | ((col(Agenda.id) == agenda.id) & (col(AgendaFile.edition) < edition)),
            )
            .order_by(col(Agenda.version).desc(), col(AgendaFile.edition).desc())
            .limit(1)
        ).first()
        or ""
    )


def _next_edition(session: Session, agenda_id: int) -> int:
    return max(editions_of(session, agenda_id), default=0) + 1


def _last_answer(session: Session, agenda_id: int) -> int:
    return session.exec(select(func.max(Signature.id)).where(Signature.agenda_id == agenda_id)).one() or 0


def _answered_since_last_edition(session: Session, agenda_id: int) -> bool:
    # A sealed copy is made later, of what was answered before.
    made = session.exec(
        select(func.max(AgendaFile.made_at)).where(
            AgendaFile.agenda_id == agenda_id, AgendaFile.format == WORD
        )
    ).one()
    answered = session.exec(
        select(func.max(Signature.signed_at)).where(Signature.agenda_id == agenda_id)
    ).one()
    return made is None or (answered is not None and answered > made)
