"""Findings: marked in a note or typed, given themes, and shared as far as the speaker allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.baseline.names import known_names
from models.baseline.releasing import ask_anew, open_hints_of, settle
from models.baseline.removed import as_kept, keep_removed
from models.baseline.spans import Span, marked
from models.basics.clock import now
from models.basics.errors import (
    ConsentNarrower,
    InUse,
    InvalidValue,
    NoteChanged,
    NoteErased,
    NotFound,
    NotYours,
    RequestReused,
)
from models.basics.keys import token_hash
from models.basics.text import NAME_LIMIT, one_line, request_name, required_text
from models.basics.words import Consent, Effect, SourceKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import (
    Baseline,
    BaselineSource,
    ConclusionEvidence,
    Finding,
    FindingTheme,
    KeptWord,
    Theme,
)
from models.tables.finding import LONGEST_FINDING

WIDTH = list(Consent)


@dataclass(frozen=True)
class FindingAdded:
    finding_id: int
    number: int


def mark_quote(
    session: Session,
    *,
    who: str,
    source_id: int,
    starts: int,
    ends: int,
    words: str,
    theme_ids: Sequence[int] = (),
    effect: str = "",
    request_id: str | None = None,
) -> FindingAdded:
    """Make a quote of what was selected in a note. `words` are those that whoever marked it saw there.

    The same request id with the same place changes nothing. Raises `NoteChanged` when other words stand there now,
    `TextMissing`, `TextTooLong`, `InvalidValue`, `NoteErased`, and `RequestReused`.
    """
    source = existing(session, BaselineSource, source_id)
    if source.note_erased_at is not None:
        raise NoteErased
    if source.note[starts:ends] != words:
        raise NoteChanged
    span = marked(source.note, starts, ends)
    before = _sent_before(session, source_id, request_id)
    if before is not None:
        if (before.starts, before.ends) != (span.starts, span.ends):
            raise RequestReused(before.text)
        return FindingAdded(before.id, before.number)
    added = _add(
        session,
        who,
        source,
        text=span.words(source.note),
        theme_ids=theme_ids,
        effect=effect,
        span=span,
        request_id=request_id,
    )
    if source.kind != SourceKind.INTERVIEW:
        settle(session, source)
    return added


def type_finding(
    session: Session,
    *,
    who: str,
    source_id: int,
    text: str,
    theme_ids: Sequence[int] = (),
    effect: str = "",
    request_id: str | None = None,
) -> FindingAdded:
    """Add a finding in own words. The same request id with the same words changes nothing.

    Raises `TextMissing`, `TextTooLong`, `InvalidValue`, and `RequestReused`.
    """
    source = existing(session, BaselineSource, source_id)
    said = required_text(text, field="finding", limit=LONGEST_FINDING)
    before = _sent_before(session, source_id, request_id)
    if before is not None:
        if before.text != said:
            raise RequestReused(before.text)
        return FindingAdded(before.id, before.number)
    added = _add(session, who, source, text=said, theme_ids=theme_ids, effect=effect, request_id=request_id)
    settle(session, source)
    return added


def add_own_words(
    session: Session, *, who: str, source: BaselineSource, text: str, theme_ids: Sequence[int], effect: str
) -> None:
    """Add one of many findings; whoever adds them settles their source at the end. Raises like `type_finding`."""
    said = required_text(text, field="finding", limit=LONGEST_FINDING)
    _add(session, who, source, text=said, theme_ids=theme_ids, effect=effect)


def change_finding(
    session: Session,
    *,
    who: str,
    finding_id: int,
    text: str | None = None,
    theme_ids: Sequence[int] | None = None,
    effect: str | None = None,
) -> None:
    """Change what is said about a finding; None leaves it as it is. The words of a quote are those of its note.

    Other words ask for consent anew where somebody said them. Raises `NotYours` for the words of a quote,
    `TextMissing`, `TextTooLong`, `InvalidValue`.
    """
    finding = existing(session, Finding, finding_id, lock=True)
    source = existing(session, BaselineSource, finding.source_id)
    if text is not None:
        said = required_text(text, field="finding", limit=LONGEST_FINDING)
        if said != finding.text:
            if finding.starts is not None:
                raise NotYours
            finding.text = said
            if source.kind == SourceKind.INTERVIEW:
                ask_anew(finding)
    if effect is not None:
        finding.effect = _effect(effect)
    session.add(finding)
    if theme_ids is not None:
        _set_themes(session, finding, source, theme_ids)
    if text is not None:
        settle(session, source)
        _shown_changed(session, source)


def remove_finding(session: Session, *, who: str, finding_id: int) -> None:
    """Remove a finding, or the mark that made it; for a day that can be undone. Raises `InUse` while a conclusion rests
    on it.
    """
    finding = existing(session, Finding, finding_id)
    if (
        session.exec(
            select(ConclusionEvidence.id).where(ConclusionEvidence.finding_id == finding_id).limit(1)
        ).first()
        is not None
    ):
        raise InUse
    baseline = existing(session, Baseline, finding.baseline_id)
    source = existing(session, BaselineSource, finding.source_id)
    number, kept = finding.number, as_kept(session, finding)
    _delete(session, [finding_id])
    _forget_unused_name(session, source)
    event_id = record(
        session, alliance_id=baseline.alliance_id, who=who, what="finding removed", number=number
    )
    keep_removed(session, event_id, kept)


def set_consent(
    session: Session, *, who: str, finding_ids: Sequence[int], consent: str, name: str = ""
) -> None:
    """Store what a speaker allows, as told to who leads. All are of one source; `name` stands beside what is with it.

    Raises `ConsentNarrower` where the speaker said by their own link that they allow less, `InvalidValue`, and
    `TextMissing` for a quote with a name and none known.
    """
    if consent not in set(Consent):
        raise InvalidValue("consent", consent)
    if not finding_ids:
        return
    found = [existing(session, Finding, finding_id, lock=True) for finding_id in finding_ids]
    source = existing(session, BaselineSource, found[0].source_id, lock=True)
    if any(finding.source_id != source.id for finding in found) or source.kind != SourceKind.INTERVIEW:
        raise InvalidValue("consent", consent)
    _keep_name(source, consent, name)
    for finding in found:
        if finding.consent_by_speaker and _is_wider(consent, finding.consent):
            raise ConsentNarrower(finding.consent)
        if finding.consent_by_speaker and consent == finding.consent:
            continue
        _say_consent(finding, consent, who, by_speaker=False)
        session.add(finding)
    _forget_unused_name(session, source)
    settle(session, source)
    _shown_changed(session, source)
    baseline = existing(session, Baseline, source.baseline_id)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="consent noted",
        number=source.number,
        findings=[finding.number for finding in found],
    )


def source_of_speaker(session: Session, token: str) -> BaselineSource:
    """Return the source that somebody may see by their own link. Raises `NotFound`, also for one that was withdrawn."""
    found = session.exec(select(BaselineSource).where(BaselineSource.token_hash == token_hash(token))).first()
    if not token or found is None:
        raise NotFound("link")
    return found


def narrow_consent(session: Session, *, token: str, finding_id: int, consent: str, name: str = "") -> None:
    """Store what the speaker allows themselves, by their own link: as wide as it is, or narrower.

    What nobody has asked for yet they may allow as they like. Nothing at all is a withdrawal: it is gone everywhere at
    once. Raises `NotFound`, `InvalidValue`, and `ConsentNarrower`.
    """
    source = source_of_speaker(session, token)
    finding = existing(session, Finding, finding_id, lock=True)
    if finding.source_id != source.id:
        raise NotFound("finding")
    if consent not in set(Consent):
        raise InvalidValue("consent", consent)
    is_new = finding.consent_at is None and finding.withdrawn_at is None
    if _is_wider(consent, finding.consent) and not is_new:
        raise ConsentNarrower(finding.consent)
    _keep_name(source, consent, name)
    _say_consent(finding, consent, "", by_speaker=True)
    finding.withdrawn_at = now() if consent == Consent.NONE else None
    session.add(finding)
    _forget_unused_name(session, source)
    settle(session, source)
    baseline = existing(session, Baseline, source.baseline_id)
    alliance_changed(session, baseline.alliance_id, content=True)
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=f"{source.side} {source.alias_number}",
        what="consent withdrawn" if consent == Consent.NONE else "consent given",
        number=source.number,
        finding=finding.number,
    )


def keep_words(session: Session, *, who: str, finding_id: int, words: Sequence[str] | None = None) -> None:
    """Answer hints of a finding: these words, or all that are asked about (None), may stay. Raises `InvalidValue`."""
    finding = existing(session, Finding, finding_id, lock=True)
    source = existing(session, BaselineSource, finding.source_id)
    baseline = existing(session, Baseline, source.baseline_id)
    known = known_names(session, baseline.alliance_id)
    asked = {
        hint.word.casefold(): hint.word
        for hint in open_hints_of(session, source, [finding], known)[finding.id]
    }
    wanted = asked.keys() if words is None else [word.casefold() for word in words]
    for word in wanted:
        if word not in asked:
            raise InvalidValue("word", word)
        session.add(
            KeptWord(finding_id=finding_id, word=asked[word], kept_by=who[:NAME_LIMIT], kept_at=now())
        )
    settle(session, source)
    _shown_changed(session, source)


def _sent_before(session: Session, source_id: int, request_id: str | None) -> Finding | None:
    name = request_name(request_id)
    if name is None:
        return None
    return session.exec(
        select(Finding).where(Finding.source_id == source_id, Finding.request_id == name)
    ).first()


def _add(
    session: Session,
    who: str,
    source: BaselineSource,
    *,
    text: str,
    theme_ids: Sequence[int],
    effect: str,
    span: Span | None = None,
    request_id: str | None = None,
) -> FindingAdded:
    # Numbers are given one by one: the startfoto's row is the lock.
    baseline = existing(session, Baseline, source.baseline_id, lock=True)
    highest = session.exec(select(func.max(Finding.number)).where(Finding.baseline_id == baseline.id)).one()
    finding = Finding(
        baseline_id=baseline.id,
        source_id=source.id,
        number=(highest or 0) + 1,
        text=text,
        starts=span.starts if span else None,
        ends=span.ends if span else None,
        effect=_effect(effect),
        # What is written, counted or seen asks nobody's consent; its source is named.
        consent=Consent.NONE if source.kind == SourceKind.INTERVIEW else Consent.WITH_NAME,
        request_id=request_name(request_id),
        added_by=who[:NAME_LIMIT],
        added_at=now(),
    )
    session.add(finding)
    session.flush()
    _set_themes(session, finding, source, theme_ids)
    return FindingAdded(finding.id, finding.number)


def _set_themes(session: Session, finding: Finding, source: BaselineSource, theme_ids: Sequence[int]) -> None:
    baseline = existing(session, Baseline, source.baseline_id)
    own = set(session.exec(select(Theme.id).where(Theme.alliance_id == baseline.alliance_id)).all())
    if not set(theme_ids) <= own:
        raise InvalidValue("theme", list(theme_ids))
    session.connection().execute(delete(FindingTheme).where(col(FindingTheme.finding_id) == finding.id))
    for theme_id in dict.fromkeys(theme_ids):
        session.add(FindingTheme(finding_id=finding.id, theme_id=theme_id))
    session.flush()


def _effect(effect: str) -> str:
    if effect not in {"", *Effect}:
        raise InvalidValue("effect", effect)
    return effect


def _is_wider(consent: str, than: str) -> bool:
    return WIDTH.index(Consent(consent)) > WIDTH.index(Consent(than))


def _say_consent(finding: Finding, consent: str, by: str, *, by_speaker: bool) -> None:
    finding.consent = Consent(consent)
    finding.consent_by, finding.consent_by_speaker = by[:NAME_LIMIT], by_speaker
    finding.consent_at = now()
    if finding.consent == Consent.NONE:
        finding.released_at = None


def _keep_name(source: BaselineSource, consent: str, name: str) -> None:
    if consent != Consent.WITH_NAME:
        return
    if name.strip() or not source.name:
        source.name = one_line(name, field="name", limit=NAME_LIMIT)


def _forget_unused_name(session: Session, source: BaselineSource) -> None:
    """A name stands in the database as long as something is shared with it."""
    session.flush()
    if source.name and (
        session.exec(
            select(Finding.id)
            .where(Finding.source_id == source.id, Finding.consent == Consent.WITH_NAME)
            .limit(1)
        ).first()
        is None
    ):
        source.name = ""
        session.add(source)


def _shown_changed(session: Session, source: BaselineSource) -> None:
    """Whatever the room reads of a finding, along the thread, is read anew."""
    baseline = existing(session, Baseline, source.baseline_id)
    alliance_changed(session, baseline.alliance_id, content=True)


def _delete(session: Session, finding_ids: Sequence[int]) -> None:
    connection = session.connection()
    for table in (FindingTheme, KeptWord, ConclusionEvidence):
        connection.execute(delete(table).where(col(table.finding_id).in_(finding_ids)))
    connection.execute(delete(Finding).where(col(Finding.id).in_(finding_ids)))
    session.flush()


def delete_findings(session: Session, finding_ids: Sequence[int]) -> None:
    """Delete findings with all that hangs on them, also as evidence."""
    if finding_ids:
        _delete(session, finding_ids)
