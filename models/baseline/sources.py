"""Sources of a startfoto: added, changed, and what was typed of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.baseline.releasing import ask_anew, settle
from models.baseline.removed import forget_removed
from models.baseline.spans import Span, moved, replaced, whole_word
from models.basics.clock import now
from models.basics.errors import InUse, InvalidValue, NoteErased, TextMissing
from models.basics.keys import personal_token, token_hash
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT, one_line, optional_text
from models.basics.words import Side, SourceKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo
from models.tables import (
    Baseline,
    BaselineSource,
    ConclusionEvidence,
    FieldNote,
    Finding,
    FindingTheme,
    GivenAlias,
    KeptWord,
    Replacement,
)

TITLE_LIMIT = 200
NOTE_LIMIT = 40_000
WORD_LIMIT = 200
VAGUER_LIMIT = 80
# Where a word stood that stands in no note.
IN_OWN_WORDS, IN_ROLE = -1, -2


@dataclass(frozen=True)
class SourceAdded:
    """`alias_number` names who was interviewed within their side; None for other kinds."""

    source_id: int
    number: int
    alias_number: int | None


@dataclass(frozen=True)
class NoteStored:
    """`lost` are the numbers of findings that are no quotes any more: their words stand in the note no more."""

    revision: int
    lost: tuple[int, ...]


@dataclass(frozen=True)
class WordReplaced:
    """How often a word was replaced in a note and its findings."""

    times: int


def add_source(
    session: Session,
    *,
    who: str,
    baseline_id: int,
    kind: str,
    side: str = "",
    title: str = "",
    reference: str = "",
    link: str = "",
    role: str = "",
    held_on: date | None = None,
    is_guide_handed_over: bool = False,
    note: str = "",
) -> SourceAdded:
    """Add a source. Who was interviewed gets an alias, which stays theirs; any other source needs a title.

    Raises `InvalidValue` for a kind or side that there is not, `TextMissing`, `TextTooLong`.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    source = BaselineSource(
        baseline_id=baseline_id,
        number=_next_number(session, baseline_id),
        kind=kind,
        added_by=who[:NAME_LIMIT],
        added_at=now(),
    )
    _describe(
        source,
        kind=kind,
        side=side,
        title=title,
        reference=reference,
        link=link,
        role=role,
        held_on=held_on,
        is_guide_handed_over=is_guide_handed_over,
    )
    if kind == SourceKind.INTERVIEW:
        source.alias_number = _next_alias(session, baseline_id, side)
    source.note = optional_text(note, field="note", limit=NOTE_LIMIT)
    session.add(source)
    session.flush()
    if kind == SourceKind.INTERVIEW:
        source.serial = source.field_serial = 1
        source.token_hash = token_hash(speaker_token(source))
        source.field_token_hash = token_hash(field_token(source))
        session.add(source)
    record(session, alliance_id=baseline.alliance_id, who=who, what="source added", number=source.number)
    return SourceAdded(source.id, source.number, source.alias_number)


def change_source(
    session: Session,
    *,
    who: str,
    source_id: int,
    side: str = "",
    title: str = "",
    reference: str = "",
    link: str = "",
    role: str = "",
    held_on: date | None = None,
    is_guide_handed_over: bool = False,
) -> None:
    """Change what is known of a source. On another side somebody gets another alias. Raises like `add_source`."""
    source = existing(session, BaselineSource, source_id)
    baseline = existing(session, Baseline, source.baseline_id, lock=True)
    side_before = source.side
    _describe(
        source,
        kind=source.kind,
        side=side,
        title=title,
        reference=reference,
        link=link,
        role=role,
        held_on=held_on,
        is_guide_handed_over=is_guide_handed_over,
    )
    if source.kind == SourceKind.INTERVIEW and source.side != side_before:
        with session.no_autoflush:
            source.alias_number = _next_alias(session, source.baseline_id, source.side)
    session.add(source)
    if source.kind == SourceKind.INTERVIEW:
        # Another role may tell who somebody is.
        settle(session, source)
        alliance_changed(session, baseline.alliance_id, content=True)
    record(session, alliance_id=baseline.alliance_id, who=who, what="source changed", number=source.number)


def remove_source(session: Session, *, who: str, source_id: int) -> None:
    """Remove a source with its note and all that was found in it. Raises `InUse` while a conclusion rests on it."""
    source = existing(session, BaselineSource, source_id)
    baseline = existing(session, Baseline, source.baseline_id)
    findings = select(Finding.id).where(Finding.source_id == source_id)
    used = select(ConclusionEvidence.id).where(col(ConclusionEvidence.finding_id).in_(findings)).limit(1)
    if session.exec(used).first() is not None:
        raise InUse
    connection = session.connection()
    for table in (FindingTheme, KeptWord):
        connection.execute(delete(table).where(col(table.finding_id).in_(findings)))
    connection.execute(delete(Finding).where(col(Finding.source_id) == source_id))
    for of_source in (FieldNote, Replacement):
        connection.execute(delete(of_source).where(col(of_source.source_id) == source_id))
    forget_removed(session, source_id)
    session.delete(source)
    session.flush()
    record(session, alliance_id=baseline.alliance_id, who=who, what="source removed", number=source.number)


def type_note(
    session: Session, *, who: str, source_id: int, note: str, seen: str | None = None
) -> NoteStored:
    """Store the text of a note. Quotes move with their words; whose words stand there no more is no quote.

    `seen` is the note as it stood when one began to change it: what came in from a phone since then stays, at the end.

    Such a finding stays as own words, and nobody but who collects reads it until there is consent for it anew.

    Raises `TextTooLong`, `NoteErased`.
    """
    source = _with_note(session, source_id)
    text = optional_text(note, field="note", limit=NOTE_LIMIT)
    if seen is not None and source.note != seen and source.note.startswith(seen):
        text = optional_text(f"{text}\n\n{source.note[len(seen) :]}", field="note", limit=NOTE_LIMIT)
    if text == source.note:
        return NoteStored(source.note_revision, ())
    quotes = quotes_of(session, source_id)
    places = moved([_span(quote) for quote in quotes], source.note, text)
    source.note = text
    source.note_revision += 1
    session.add(source)
    lost = []
    for quote, place in zip(quotes, places, strict=True):
        if place is None:
            quote.starts = quote.ends = None
            if source.kind == SourceKind.INTERVIEW:
                ask_anew(quote)
            lost.append(quote.number)
        else:
            quote.starts, quote.ends = place.starts, place.ends
        session.add(quote)
    settle(session, source)
    baseline = existing(session, Baseline, source.baseline_id)
    record(session, alliance_id=baseline.alliance_id, who=who, what="note changed", number=source.number)
    return NoteStored(source.note_revision, tuple(lost))


def replace_word(session: Session, *, who: str, source_id: int, word: str, became: str) -> WordReplaced:
    """Put a vaguer word, in brackets, wherever `word` stands in a note, its findings and the role of who spoke.

    What it was is kept apart.

    Raises `TextMissing`, `TextTooLong`, `NoteErased`, and `InvalidValue` when the word stands nowhere there.
    """
    source = _with_note(session, source_id)
    wanted = one_line(word, field="word", limit=WORD_LIMIT)
    vaguer = one_line(became.strip().strip("[]"), field="became", limit=VAGUER_LIMIT - 2)
    bracketed = f"[{vaguer}]"
    if bracketed == wanted:
        return WordReplaced(0)
    quotes = quotes_of(session, source_id)
    made = replaced(source.note, [_span(quote) for quote in quotes], wanted, bracketed)
    times = len(made.places)
    if times:
        optional_text(made.note, field="note", limit=NOTE_LIMIT)
        source.note = made.note
        source.note_revision += 1
        session.add(source)
        for quote, span in zip(quotes, made.spans, strict=True):
            quote.starts, quote.ends = span.starts, span.ends
            quote.text = span.words(made.note)
            session.add(quote)
        _log(session, who, source, made.places, wanted, bracketed)
    role, count = whole_word(wanted).subn(lambda _found: bracketed, source.role)
    if count and len(role) <= NAME_LIMIT:
        source.role = role
        session.add(source)
        _log(session, who, source, [IN_ROLE] * count, wanted, bracketed)
        times += count
    for finding in _own_words_of(session, source_id):
        text, count = whole_word(wanted).subn(lambda _found: bracketed, finding.text)
        if count:
            finding.text = text
            session.add(finding)
            _log(session, who, source, [IN_OWN_WORDS] * count, wanted, bracketed)
            times += count
    if not times:
        raise InvalidValue("word", wanted)
    settle(session, source)
    # What was removed a moment ago still has the word in it.
    forget_removed(session, source_id)
    baseline = existing(session, Baseline, source.baseline_id)
    event_id = record(
        session, alliance_id=baseline.alliance_id, who=who, what="word replaced", number=source.number
    )
    # Never the word itself: that stands in its own log, which goes with the note.
    keep_for_undo(session, event_id, f"{bracketed} in source {source_id}", source=source_id, became=bracketed)
    return WordReplaced(times)


def may_be_put_back(session: Session, source_id: int, became: str) -> bool:
    """Return whether one word became this in a note that stands, so that it can stand there again."""
    source = session.get(BaselineSource, source_id)
    words = session.exec(
        select(Replacement.was)
        .where(Replacement.source_id == source_id, Replacement.became == became)
        .distinct()
    ).all()
    return source is not None and source.note_erased_at is None and len(words) == 1


def put_back(session: Session, source_id: int, became: str) -> None:
    """Undo a replacement: where [became] stands, the word that it was stands again.

    The event is that of undoing. Raises `InvalidValue` when nothing became that, and `InUse` when different words did.
    """
    source = _with_note(session, source_id)
    log = session.exec(
        select(Replacement).where(Replacement.source_id == source_id, Replacement.became == became)
    ).all()
    words = {row.was for row in log}
    if not words:
        raise InvalidValue("word", became)
    if len(words) > 1:
        raise InUse
    (word,) = words
    quotes = quotes_of(session, source_id)
    made = replaced(source.note, [_span(quote) for quote in quotes], became, word)
    source.note, source.note_revision = made.note, source.note_revision + 1
    session.add(source)
    for quote, span in zip(quotes, made.spans, strict=True):
        quote.starts, quote.ends = span.starts, span.ends
        quote.text = span.words(made.note)
        session.add(quote)
    if any(row.place == IN_ROLE for row in log):
        source.role = source.role.replace(became, word)[:NAME_LIMIT]
    for finding in _own_words_of(session, source_id):
        finding.text = finding.text.replace(became, word)
        session.add(finding)
    for row in log:
        session.delete(row)
    session.flush()
    settle(session, source)


def speaker_token(source: BaselineSource) -> str:
    """Return the token of the link by which who was interviewed sees and narrows their consent."""
    return personal_token("speaker", source.id, source.serial)


def field_token(source: BaselineSource) -> str:
    """Return the token of the link with which an interview is typed on a phone."""
    return personal_token("interview", source.id, source.field_serial)


def renew_speaker_link(session: Session, *, who: str, source_id: int) -> None:
    """Withdraw the speaker's link by a new one."""
    source = existing(session, BaselineSource, source_id, lock=True)
    source.serial += 1
    source.token_hash = token_hash(speaker_token(source))
    session.add(source)
    baseline = existing(session, Baseline, source.baseline_id)
    record(
        session, alliance_id=baseline.alliance_id, who=who, what="speaker link renewed", number=source.number
    )


def quotes_of(session: Session, source_id: int) -> Sequence[Finding]:
    """Return the findings that are spans of this source's note."""
    return session.exec(
        select(Finding)
        .where(Finding.source_id == source_id, col(Finding.starts).is_not(None))
        .order_by(col(Finding.number))
    ).all()


def _own_words_of(session: Session, source_id: int) -> Sequence[Finding]:
    return session.exec(
        select(Finding).where(Finding.source_id == source_id, col(Finding.starts).is_(None))
    ).all()


def _with_note(session: Session, source_id: int) -> BaselineSource:
    source = existing(session, BaselineSource, source_id, lock=True)
    if source.note_erased_at is not None:
        raise NoteErased
    return source


def _span(quote: Finding) -> Span:
    if quote.starts is None or quote.ends is None:
        raise InvalidValue("span", quote.number)
    return Span(quote.starts, quote.ends)


def _log(
    session: Session, who: str, source: BaselineSource, places: Sequence[int], was: str, became: str
) -> None:
    """Keep what a word was, and where it stood: a place in the note, `IN_OWN_WORDS` or `IN_ROLE`."""
    for place in places:
        session.add(
            Replacement(
                source_id=source.id,
                place=place,
                was=was,
                became=became,
                replaced_by=who[:NAME_LIMIT],
                replaced_at=now(),
            )
        )
    session.flush()


def _describe(
    source: BaselineSource,
    *,
    kind: str,
    side: str,
    title: str,
    reference: str,
    link: str,
    role: str,
    held_on: date | None,
    is_guide_handed_over: bool,
) -> None:
    if kind not in set(SourceKind):
        raise InvalidValue("kind", kind)
    if (kind == SourceKind.LITERATURE) != (side == "") or side not in {"", *Side}:
        raise InvalidValue("side", side)
    is_interview = kind == SourceKind.INTERVIEW
    source.side = side
    source.title = one_line(title, field="title", limit=TITLE_LIMIT, is_required=False)
    if not is_interview and not source.title:
        raise TextMissing("title")
    if is_interview:
        # What somebody is called by is their alias.
        source.title = ""
    source.reference = one_line(reference, field="reference", limit=STATEMENT_LIMIT, is_required=False)
    source.link = one_line(link, field="link", limit=STATEMENT_LIMIT, is_required=False)
    if source.link and not source.link.startswith(("https://", "http://")):
        raise InvalidValue("link", source.link)
    source.role = one_line(role, field="role", limit=NAME_LIMIT, is_required=False) if is_interview else ""
    source.held_on = held_on
    source.is_guide_handed_over = is_guide_handed_over and is_interview


def _next_number(session: Session, baseline_id: int) -> int:
    highest = session.exec(
        select(func.max(BaselineSource.number)).where(BaselineSource.baseline_id == baseline_id)
    ).one()
    return (highest or 0) + 1


def _next_alias(session: Session, baseline_id: int, side: str) -> int:
    """Return the next alias of a side. Who was removed, or moved to another side, keeps theirs for good."""
    given = session.get(GivenAlias, (baseline_id, side)) or GivenAlias(
        baseline_id=baseline_id, side=side, highest=0
    )
    given.highest += 1
    session.add(given)
    return given.highest
