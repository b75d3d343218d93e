"""Paper ballot sheets: typed in by who leads or hosts a table, one sheet at a time, each one participant's.

A sheet is a participant: the one whose code or number stands on it, or a new one. It counts once, as paper. While the
round is open a sheet can be typed again or taken back; what stands on it is nowhere to be read, only in the ballots.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import (
    DomainError,
    InvalidValue,
    NotAdmitted,
    NotFound,
    RoundClosed,
    SheetEmpty,
    SheetKnown,
    VotedByPhone,
)
from models.basics.text import request_name
from models.basics.words import Source
from models.storage.chain import record
from models.storage.changes import counts_changed, page_changed
from models.storage.transaction import Transaction
from models.tables import (
    Ballot,
    Group,
    PaperSheet,
    Participant,
    PhoneParticipant,
    Round,
    RoundItem,
    RoundParticipant,
    Workshop,
)
from models.voting.ballot import ParticipantBallot, cast_ballots, voter_key
from models.workshop.electorate import place_anew, place_latecomer
from models.workshop.participant import check_groups, new_participant, participant_on_paper
from models.workshop.presence import is_here, was_removed
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class SheetEntered:
    """Whose sheet was stored. `is_newcomer` says that this participant came in by this sheet."""

    participant_id: int
    number: int
    personal_code: str
    is_newcomer: bool


@dataclass(frozen=True)
class SheetView:
    """A sheet that was typed in, without what stands on it."""

    participant_id: int
    number: int
    name: str | None
    group: str | None
    personal_code: str
    entered_by: str
    entered_at: datetime


def enter_paper_ballots(
    session: Session,
    *,
    who: str,
    round_id: int,
    choices: Mapping[int, str],
    request_id: str,
    code: str = "",
    group_id: int | None = None,
    reasons: Mapping[int, str] | None = None,
    replaces: bool = False,
) -> SheetEntered:
    """Store one sheet of an open round: a choice per item's id, all or nothing.

    `code` is the personal code on the sheet, or the number of somebody who votes on paper; empty for a sheet without
    one, which makes a new participant. `group_id` is that of somebody who comes in by this sheet, where the code was
    not made for a group. Items without a choice are left out. The same `request_id` again
    changes nothing. `replaces` types a sheet again that was typed before: then only what is on it now counts.

    Raises `NotFound`, `RoundClosed`, `SheetEmpty`, `SheetKnown` (typed before, and `replaces` is not set),
    `VotedByPhone`, `NotAdmitted` (removed from the room), `PersonalCodeUnknown`, `InvalidValue`, `TextTooLong`.
    """
    found = _open_round(session, round_id)
    workshop = read_workshop(session, found.workshop_id)
    if request_name(request_id) is None:
        raise InvalidValue("request_id", request_id)
    sent_before = session.exec(
        select(PaperSheet).where(PaperSheet.round_id == round_id, PaperSheet.request_id == request_id)
    ).first()
    if sent_before is not None:
        return _entered(session.get_one(Participant, sent_before.participant_id), sent_before)
    chosen = {item_id: choice for item_id, choice in choices.items() if choice}
    if not chosen:
        raise SheetEmpty
    participant = _whose(session, workshop, code, group_id)
    sheet = session.get(PaperSheet, (round_id, participant.id))
    if sheet is not None and not replaces:
        raise SheetKnown(participant.id, participant.number, sheet.entered_by)
    _refuse_after_a_phone(session, found, participant, sheet)
    if sheet is None:
        # The group that was printed with a code stands.
        says_group = participant.joined_at is None and participant.group_id is None
        if says_group:
            participant.group_id = group_id
        sheet = PaperSheet(
            round_id=round_id,
            participant_id=participant.id,
            request_id=request_id,
            entered_by=who,
            entered_at=now(),
            is_newcomer=_bring_in(session, participant),
            says_group=says_group,
        )
    else:
        _remove_ballots(session, found, participant)
        sheet.request_id, sheet.entered_by, sheet.entered_at = request_id, who, now()
        if sheet.says_group and group_id is not None and participant.group_id != group_id:
            participant.group_id = group_id
            session.add(participant)
            place_anew(session, found, participant)
            page_changed(session, found.workshop_id)
    session.add(sheet)
    _cast(session, found, participant, chosen, reasons or {})
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="paper sheet typed again" if replaces else "paper sheet typed",
        round=found.number,
        number=participant.number,
        workshop=workshop.code,
    )
    return _entered(participant, sheet)


def take_back_sheet(session: Session, *, who: str, round_id: int, participant_id: int) -> None:
    """Undo a sheet while its round is open: its choices do not count, and who came in by it goes.

    Raises `NotFound`, `RoundClosed`, `VotedByPhone` when that participant voted by phone since.
    """
    found = _open_round(session, round_id)
    sheet = session.get(PaperSheet, (round_id, participant_id))
    participant = session.get(Participant, participant_id)
    if sheet is None or participant is None:
        raise NotFound("sheet")
    _refuse_after_a_phone(session, found, participant, sheet)
    _remove_ballots(session, found, participant)
    session.delete(sheet)
    workshop = read_workshop(session, found.workshop_id)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="paper sheet taken back",
        round=found.number,
        number=participant.number,
        workshop=workshop.code,
    )
    if sheet.is_newcomer and not _has_a_phone(session, participant):
        _take_out(session, found, participant, sheet)
    counts_changed(session, found.workshop_id)


def sheets_of(session: Session, round_id: int) -> list[SheetView]:
    """Return the sheets typed in for an open round, the last one first; none once it is closed."""
    found = session.exec(
        select(PaperSheet, Participant, Group.name)
        .join(Participant, col(Participant.id) == PaperSheet.participant_id)
        .join(Group, col(Group.id) == Participant.group_id, isouter=True)
        .where(PaperSheet.round_id == round_id)
        .order_by(col(PaperSheet.entered_at).desc(), col(Participant.number).desc())
    ).all()
    return [
        SheetView(
            participant_id=person.id,
            number=person.number,
            name=person.name,
            group=group,
            personal_code=person.personal_code,
            entered_by=sheet.entered_by,
            entered_at=sheet.entered_at,
        )
        for sheet, person, group in found
    ]


def forget_sheets(session: Session, closing: Round) -> None:
    """Remove who handed in a sheet, in a round that closes. How many they were stays in its sources."""
    session.connection().execute(delete(PaperSheet).where(col(PaperSheet.round_id) == closing.id))


def _open_round(session: Session, round_id: int) -> Round:
    # PostgreSQL: the close takes this row FOR UPDATE, so no sheet slips in behind it.
    found = session.exec(select(Round).where(Round.id == round_id).with_for_update(read=True)).first()
    if found is None:
        raise NotFound("round")
    if found.closed_at is not None:
        raise RoundClosed
    return found


def _whose(session: Session, workshop: Workshop, code: str, group_id: int | None) -> Participant:
    """Return whose sheet it is: by code, by number where that person never used a phone, or somebody new."""
    check_groups(session, workshop, [group_id])
    if not code.strip():
        return new_participant(session, workshop, Source.PAPER)
    return participant_on_paper(session, workshop, code)


def _refuse_after_a_phone(
    session: Session, found: Round, participant: Participant, sheet: PaperSheet | None
) -> None:
    """Raise `VotedByPhone` when the newest vote of this participant in this round did not come from paper."""
    if not _has_ballots(session, found, participant):
        return
    voting = session.get(RoundParticipant, (found.id, participant.id))
    if sheet is None or voting is None or voting.source != Source.PAPER:
        raise VotedByPhone(participant.number)


def _bring_in(session: Session, participant: Participant) -> bool:
    """Let who handed in a sheet take part, and return whether they were not in the room before.

    Raises `NotAdmitted` for somebody whom the facilitator removed.
    """
    if was_removed(participant):
        raise NotAdmitted
    is_newcomer = participant.joined_at is None
    if is_newcomer:
        participant.source = Source.PAPER
    if not is_here(participant):
        moment = now()
        participant.joined_at = participant.joined_at or moment
        participant.admitted_at = participant.admitted_at or moment
        participant.left_at = None
    session.add(participant)
    session.flush()
    place_latecomer(session, participant)
    return is_newcomer


def _cast(
    session: Session,
    found: Round,
    participant: Participant,
    choices: Mapping[int, str],
    reasons: Mapping[int, str],
) -> None:
    session.flush()
    for answer in cast_ballots(
        Transaction.of(session),
        [
            {
                "ballot": ParticipantBallot(
                    participant_id=participant.id,
                    round_id=found.id,
                    item_id=item_id,
                    choice=choice,
                    reason=reasons.get(item_id, ""),
                    source=Source.PAPER,
                )
            }
            for item_id, choice in choices.items()
        ],
    ):
        if isinstance(answer, DomainError):
            raise answer


def _has_ballots(session: Session, found: Round, participant: Participant) -> bool:
    return (
        session.exec(
            select(Ballot.choice)
            .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
            .where(
                RoundItem.round_id == found.id,
                Ballot.voter_key == voter_key(session, found, participant.id),
            )
            .limit(1)
        ).first()
        is not None
    )


def _remove_ballots(session: Session, found: Round, participant: Participant) -> None:
    session.flush()
    items = select(RoundItem.id).where(RoundItem.round_id == found.id)
    session.connection().execute(
        delete(Ballot).where(
            col(Ballot.round_item_id).in_(items),
            col(Ballot.voter_key) == voter_key(session, found, participant.id),
        )
    )


def _has_a_phone(session: Session, participant: Participant) -> bool:
    return (
        session.exec(
            select(PhoneParticipant.phone_id)
            .where(PhoneParticipant.participant_id == participant.id)
            .limit(1)
        ).first()
        is not None
    )


def _take_out(session: Session, found: Round, participant: Participant, sheet: PaperSheet) -> None:
    """Let who came in by a sheet be as before it: their code is unused again, and they do not count as present."""
    voting = session.get(RoundParticipant, (found.id, participant.id))
    if voting is not None:
        session.delete(voting)
    participant.joined_at = participant.admitted_at = participant.left_at = None
    participant.source = Source.PHONE
    if sheet.says_group:
        participant.group_id = None
    session.add(participant)


def _entered(participant: Participant, sheet: PaperSheet) -> SheetEntered:
    return SheetEntered(participant.id, participant.number, participant.personal_code, sheet.is_newcomer)
