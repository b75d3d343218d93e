"""An interview typed on a phone: what is typed is kept here while it is typed, and stands in the note once finished."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.baseline.baseline import read_themes
from models.baseline.findings import mark_quote
from models.baseline.sources import NOTE_LIMIT, field_token
from models.basics.clock import now
from models.basics.errors import InvalidValue, NoteErased, NotFound, RequestReused, TextTooLong
from models.basics.keys import keyed, token_hash
from models.basics.text import one_line, request_name, required_text
from models.basics.words import SourceKind
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Alliance, Baseline, BaselineSource, FieldNote, Theme
from models.tables.finding import LONGEST_FINDING

FIELD_NOTE_LIMIT = 4_000
HEADING_LIMIT = 300
# A sheet of sent post may have been lying on a phone for days: so far may a number of a note lie above the stored one.
MOST_AHEAD = 100_000
# A phone whose battery is empty does not finish what it began: after this long what came of it is taken in.
LEFT_AFTER = timedelta(hours=12)
BY_PHONE = "Handslag"


@dataclass(frozen=True)
class FieldPage:
    """What the page of an interview shows: never a word of what was sent.

    `stored` counts the finished notes of this phone, `phones` the phones that sent any, this one included.
    """

    source_id: int
    alliance: Alliance
    side: str
    alias_number: int
    themes: list[Theme]
    stored: int
    phones: int
    is_explained: bool
    is_erased: bool


@dataclass(frozen=True)
class FieldNoteStored:
    """What is stored of a note, by its number; `stored` and `phones` as in `FieldPage`."""

    sequence: int
    is_finished: bool
    stored: int
    phones: int


@dataclass(frozen=True)
class FieldStanding:
    """What came in from phones of one interview. `typing` are notes that a phone has begun and not finished."""

    notes: int
    typing: int
    phones: int
    last_at: datetime


def source_in_field(session: Session, token: str, *, lock: bool = False) -> BaselineSource:
    """Return the interview that may be typed by this link, with `lock` locked until the end of the transaction.

    Raises `NotFound`, also for a link that was withdrawn.
    """
    asked = select(BaselineSource).where(BaselineSource.field_token_hash == token_hash(token))
    found = session.exec(asked.with_for_update() if lock else asked).first()
    if not token or found is None:
        raise NotFound("link")
    return found


def field_page(session: Session, token: str, phone: str) -> FieldPage:
    """Return what the page of an interview shows on this phone. Raises `NotFound`."""
    source = source_in_field(session, token)
    baseline = existing(session, Baseline, source.baseline_id)
    stored, phones = _counts(session, source.id, phone)
    return FieldPage(
        source_id=source.id,
        alliance=existing(session, Alliance, baseline.alliance_id),
        side=source.side,
        alias_number=source.alias_number or 0,
        themes=read_themes(session, baseline.alliance_id),
        stored=stored,
        phones=phones,
        is_explained=source.is_guide_handed_over,
        is_erased=source.note_erased_at is not None,
    )


def type_in_field(
    session: Session,
    *,
    token: str,
    phone: str,
    note: str,
    sequence: int,
    text: str,
    question: int = 0,
    heading: str = "",
    heading_of_another: str = "",
    theme_ids: Sequence[int] = (),
    is_finished: bool = True,
) -> FieldNoteStored:
    """Store what a phone sends of a note, under the phone's own name for it: once, however often it comes.

    A number that is not higher than the stored one changes nothing. What is finished stands in the interview's note,
    below `heading` (the question); of a second phone below `heading_of_another`, where `{phone}` becomes its number, so
    that nobody takes two who typed the same talk for one. With themes it is a quote, or several where it is long.

    What was taken in without its phone, and was gone on with there, is taken in as far as it is new.

    Raises `NotFound`, `TextMissing`, `TextTooLong`, `InvalidValue`, `NoteErased`, and `RequestReused` when something
    else was finished under the same name.
    """
    source = source_in_field(session, token, lock=True)
    if source.kind != SourceKind.INTERVIEW:
        raise NotFound("link")
    if source.note_erased_at is not None:
        raise NoteErased
    name = request_name(note)
    if name is None:
        raise InvalidValue("note", note)
    said = required_text(text, field="note", limit=FIELD_NOTE_LIMIT)
    digest = keyed("field note", name, said).hex()
    before = session.exec(
        select(FieldNote).where(FieldNote.source_id == source.id, FieldNote.note_key == name)
    ).first()
    if before is not None and before.finished_at is not None:
        if is_finished and digest != before.digest:
            _go_on(session, source, before, said, theme_ids)
            before.digest = digest
            session.add(before)
        return _stored(session, before, phone)
    if before is not None and sequence <= before.sequence and not is_finished:
        return _stored(session, before, phone)
    if not 0 <= sequence <= (before.sequence if before else 0) + MOST_AHEAD:
        raise InvalidValue("sequence", sequence)
    own = {theme.id for theme in _themes(session, source)}
    kept = before or FieldNote(
        source_id=source.id,
        note_key=name,
        phone=phone[:64],
        question=question,
        sequence=sequence,
        received_at=now(),
    )
    kept.heading = one_line(
        heading_of_another.replace("{phone}", str(_phone_number(session, source.id, phone)))
        if _is_another(session, source.id, phone)
        else heading,
        field="heading",
        limit=HEADING_LIMIT,
        is_required=False,
    )
    kept.text, kept.sequence, kept.question, kept.received_at = said, sequence, question, now()
    # A theme that was merged or removed while a phone was away is left out; the words stay.
    kept.themes = ",".join(str(theme_id) for theme_id in dict.fromkeys(theme_ids) if theme_id in own)
    session.add(kept)
    session.flush()
    if is_finished:
        kept.digest = digest
        _take_in(session, source, kept)
    return _stored(session, kept, phone)


def explain_in_field(session: Session, *, token: str) -> None:
    """Note that who is interviewed heard what it is for, before the first question. Raises `NotFound`."""
    source = source_in_field(session, token, lock=True)
    source.is_guide_handed_over = True
    session.add(source)


def renew_field_link(session: Session, *, who: str, source_id: int) -> None:
    """Withdraw the link with which an interview is typed, by a new one. What a phone had begun is taken in first."""
    source = existing(session, BaselineSource, source_id, lock=True)
    _take_in_all(session, source, before=now())
    source.field_serial += 1
    source.field_token_hash = token_hash(field_token(source))
    session.add(source)
    baseline = existing(session, Baseline, source.baseline_id)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="interview link renewed",
        number=source.number,
    )


def take_in_left(session: Session) -> int:
    """Take in what phones began long ago and never finished; return of how many notes. Harmless when repeated."""
    latest = now() - LEFT_AFTER
    sources = session.exec(
        select(FieldNote.source_id)
        .where(col(FieldNote.finished_at).is_(None), col(FieldNote.received_at) < latest)
        .distinct()
    ).all()
    return sum(
        _take_in_all(session, existing(session, BaselineSource, source_id, lock=True), before=latest)
        for source_id in sources
    )


def field_standings(session: Session, baseline_id: int) -> dict[int, FieldStanding]:
    """Return what came in from phones, by the id of the interview; those of which nothing came are not in it."""
    rows: dict[int, list[tuple[str, datetime | None, datetime]]] = defaultdict(list)
    for source_id, phone, finished_at, received_at in session.exec(
        select(FieldNote.source_id, FieldNote.phone, FieldNote.finished_at, FieldNote.received_at)
        .join(BaselineSource, col(BaselineSource.id) == FieldNote.source_id)
        .where(BaselineSource.baseline_id == baseline_id)
    ).all():
        rows[source_id].append((phone, finished_at, received_at))
    return {
        source_id: FieldStanding(
            notes=sum(finished_at is not None for _phone, finished_at, _at in notes),
            typing=sum(finished_at is None for _phone, finished_at, _at in notes),
            phones=len({phone for phone, _finished, _at in notes}),
            last_at=max(received_at for _phone, _finished, received_at in notes),
        )
        for source_id, notes in rows.items()
    }


def _themes(session: Session, source: BaselineSource) -> list[Theme]:
    return read_themes(session, existing(session, Baseline, source.baseline_id).alliance_id)


def _take_in_all(session: Session, source: BaselineSource, *, before: datetime) -> int:
    if source.note_erased_at is not None:
        return 0
    begun = session.exec(
        select(FieldNote)
        .where(
            FieldNote.source_id == source.id,
            col(FieldNote.finished_at).is_(None),
            col(FieldNote.received_at) < before,
        )
        .order_by(col(FieldNote.id))
    ).all()
    for kept in begun:
        kept.digest = keyed("field note", kept.note_key, kept.text).hex()
        kept.left_length = len(kept.text)
        _take_in(session, source, kept)
    return len(begun)


def _go_on(
    session: Session, source: BaselineSource, kept: FieldNote, said: str, theme_ids: Sequence[int]
) -> None:
    """Take in what a phone added to a note that was taken in without it. Raises `RequestReused` for other words."""
    begun = said[: kept.left_length or 0]
    if not begun or keyed("field note", kept.note_key, begun).hex() != kept.digest:
        raise RequestReused(said)
    kept.left_length = None
    if source.note.endswith(begun):
        # Nobody changed it since: the sentence goes on where it broke off.
        _lengthen(session, source, source.note + said[len(begun) :], len(source.note), theme_ids)
    elif rest := said[len(begun) :].strip():
        above = f"{source.note}\n\n" if source.note else ""
        _lengthen(session, source, above + rest, len(above), theme_ids)
    session.add(kept)
    _note_received(session, source)


def _take_in(session: Session, source: BaselineSource, kept: FieldNote) -> None:
    """Put a finished note at the end of the interview's note, and mark it where it has themes."""
    last = session.exec(
        select(FieldNote)
        .where(FieldNote.source_id == source.id, col(FieldNote.finished_at).is_not(None))
        .order_by(col(FieldNote.finished_at).desc(), col(FieldNote.id).desc())
        .limit(1)
    ).first()
    goes_on = last is not None and last.heading == kept.heading and last.phone == kept.phone
    above = [part for part in (source.note, "" if goes_on else kept.heading) if part]
    starts = len("\n\n".join([*above, ""])) if above else 0
    theme_ids = [int(theme_id) for theme_id in kept.themes.split(",") if theme_id]
    _lengthen(session, source, "\n\n".join([*above, kept.text]), starts, theme_ids)
    # From here on the words stand in the note alone: whoever makes one vaguer makes it vaguer everywhere.
    kept.text, kept.finished_at = "", now()
    session.add(kept)
    session.flush()
    _note_received(session, source)


def _lengthen(
    session: Session, source: BaselineSource, note: str, starts: int, theme_ids: Sequence[int]
) -> None:
    """Store a note that goes on from `starts`, and mark what is new in it where it has themes."""
    if len(note) > NOTE_LIMIT:
        raise TextTooLong("note", NOTE_LIMIT, len(note))
    source.note = note
    source.note_revision += 1
    session.add(source)
    standing = {theme.id for theme in _themes(session, source)} if theme_ids else set()
    wanted = [theme_id for theme_id in dict.fromkeys(theme_ids) if theme_id in standing]
    for piece in _pieces(note[starts:]) if wanted else []:
        place = note.index(piece, starts)
        starts = place + len(piece)
        mark_quote(
            session,
            who=BY_PHONE,
            source_id=source.id,
            starts=place,
            ends=starts,
            words=piece,
            theme_ids=wanted,
        )


def _note_received(session: Session, source: BaselineSource) -> None:
    baseline = existing(session, Baseline, source.baseline_id)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=BY_PHONE,
        what="interview note received",
        number=source.number,
    )


def _pieces(text: str) -> list[str]:
    """Return a text in as few pieces as a quote may be long, each cut where a line or a word ends."""
    pieces = []
    rest = text.strip()
    while len(rest) > LONGEST_FINDING:
        cut = max(rest.rfind("\n", 1, LONGEST_FINDING), rest.rfind(". ", 1, LONGEST_FINDING) + 1)
        if cut <= 0:
            cut = rest.rfind(" ", 1, LONGEST_FINDING)
        if cut <= 0:
            cut = LONGEST_FINDING
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [piece for piece in [*pieces, rest] if piece]


def _phones(session: Session, source_id: int) -> list[str]:
    """Return the phones that sent something, in the order of their first note."""
    return list(
        dict.fromkeys(
            session.exec(
                select(FieldNote.phone).where(FieldNote.source_id == source_id).order_by(col(FieldNote.id))
            ).all()
        )
    )


def _phone_number(session: Session, source_id: int, phone: str) -> int:
    known = _phones(session, source_id)
    return known.index(phone) + 1 if phone in known else len(known) + 1


def _is_another(session: Session, source_id: int, phone: str) -> bool:
    return _phone_number(session, source_id, phone) > 1


def _counts(session: Session, source_id: int, phone: str) -> tuple[int, int]:
    stored = session.exec(
        select(func.count())
        .select_from(FieldNote)
        .where(
            FieldNote.source_id == source_id,
            FieldNote.phone == phone,
            col(FieldNote.finished_at).is_not(None),
        )
    ).one()
    return stored, len({*_phones(session, source_id), phone})


def _stored(session: Session, kept: FieldNote, phone: str) -> FieldNoteStored:
    stored, phones = _counts(session, kept.source_id, phone)
    return FieldNoteStored(kept.sequence, kept.finished_at is not None, stored, phones)
