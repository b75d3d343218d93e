"""Every agreement of an alliance as who leads follows it: who carries it, the last word, and where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.basics.words import AgreementState, CallOutcome, ProgressState, Stand
from models.progress.standing import Standing, Word, standing_of
from models.tables import Agreement, AgreementCall, AgreementOwner, Partner, Progress

URGENT_FIRST = {stand: place for place, stand in enumerate(Stand)}


@dataclass(frozen=True)
class Carrier:
    """Who was asked to carry an agreement, and how who leads reaches them; `is_accepted` once they said yes."""

    partner_id: int
    name: str
    kind: str
    representative: str
    role: str
    contact: str
    is_shown: bool
    is_accepted: bool
    asked_at: datetime | None

    @property
    def person(self) -> str:
        """Whom one speaks to: who speaks for the partner, else the partner itself."""
        return self.representative or self.name


@dataclass(frozen=True)
class Followed:
    """An agreement that stands, with the last word about it. `own_word` is the last that its owner sent in."""

    id: int
    number: int
    what: str
    first_step: str
    due_on: date | None
    is_shown: bool
    carrier: Carrier | None
    last_word: Word | None
    own_word: Word | None
    standing: Standing


@dataclass(frozen=True)
class LogEntry:
    """One thing in the log of an agreement; `call_id` where who leads noted it, which may be that nobody answered."""

    state: str
    sentence: str
    said_by: str
    said_at: datetime
    call_id: int | None = None


def read_followed(session: Session, alliance_id: int, today: date) -> list[Followed]:
    """Return the agreements of an alliance that stand, by number, as they stand on `today`.

    `today` is a day in the alliance's time zone. Asks the same few questions of the database for any number.
    """
    time_zone = read_alliance(session, alliance_id).time_zone
    rows = session.exec(
        select(Agreement, Partner)
        .join(Partner, col(Partner.id) == Agreement.owner_id, isouter=True)
        .where(Agreement.alliance_id == alliance_id, Agreement.state == AgreementState.OPEN)
        .order_by(col(Agreement.number))
    ).all()
    asked = dict(
        session.exec(
            select(AgreementOwner.agreement_id, AgreementOwner.asked_at)
            .join(Agreement, col(Agreement.id) == AgreementOwner.agreement_id)
            .where(Agreement.alliance_id == alliance_id, col(AgreementOwner.ended_at).is_(None))
        ).all()
    )
    own_words = _own_words(session, alliance_id)
    noted_words = _noted_words(session, alliance_id)
    followed = []
    for agreement, partner in rows:
        key = agreement.id
        own, noted = own_words.get(key), noted_words.get(key)
        last = max((word for word in (own, noted) if word), key=lambda word: word.said_at, default=None)
        followed.append(
            Followed(
                id=key,
                number=agreement.number,
                what=agreement.what,
                first_step=agreement.first_step,
                due_on=agreement.due_on,
                is_shown=agreement.shown_at is not None,
                carrier=_carrier(agreement, partner, asked.get(key)) if partner else None,
                last_word=last,
                own_word=own,
                standing=standing_of(
                    due_on=agreement.due_on,
                    has_owner=partner is not None,
                    asked_at=asked.get(key) or agreement.created_at,
                    last_word=last,
                    today=today,
                    time_zone=time_zone,
                ),
            )
        )
    return followed


def what_asks_first(followed: Iterable[Followed]) -> list[Followed]:
    """Return agreements in the order in which they ask attention: what is most late, then who is silent longest."""

    def urgency(agreement: Followed) -> tuple[int, int, date, int]:
        standing = agreement.standing
        return (
            URGENT_FIRST[standing.stand],
            -standing.days_late,
            standing.silent_since or date.max,
            agreement.number,
        )

    return sorted(followed, key=urgency)


def read_log(session: Session, agreement_id: int) -> list[LogEntry]:
    """Return all that was heard about an agreement and noted of calls, the newest first. For who leads only."""
    own = session.exec(select(Progress).where(Progress.agreement_id == agreement_id)).all()
    calls = session.exec(select(AgreementCall).where(AgreementCall.agreement_id == agreement_id)).all()
    entries = [LogEntry(word.state, word.sentence, word.reported_by, word.reported_at) for word in own] + [
        LogEntry(call.outcome, call.sentence, call.noted_by, call.noted_at, call.id) for call in calls
    ]
    return sorted(entries, key=lambda entry: entry.said_at, reverse=True)


def counted(followed: Sequence[Followed]) -> tuple[int, int]:
    """Return how many agreements are late, and how many are silent; one may be both."""
    return (
        sum(agreement.standing.is_late for agreement in followed),
        sum(agreement.standing.is_silent for agreement in followed),
    )


def _carrier(agreement: Agreement, partner: Partner, asked_at: datetime | None) -> Carrier:
    return Carrier(
        partner_id=partner.id,
        name=partner.name,
        kind=partner.kind,
        representative=partner.representative,
        role=partner.role,
        contact=partner.contact,
        is_shown=partner.shown_at is not None,
        is_accepted=agreement.owner_accepted_at is not None,
        asked_at=asked_at,
    )


def _own_words(session: Session, alliance_id: int) -> dict[int, Word]:
    """Return the last word that owners sent in about each agreement."""
    words = session.exec(
        select(Progress)
        .join(Agreement, col(Agreement.id) == Progress.agreement_id)
        .where(Agreement.alliance_id == alliance_id)
        .order_by(col(Progress.id))
    ).all()
    return {
        word.agreement_id: Word(ProgressState(word.state), word.sentence, word.reported_by, word.reported_at)
        for word in words
    }


def _noted_words(session: Session, alliance_id: int) -> dict[int, Word]:
    """Return the last word that who leads noted about each agreement; that nobody answered is no word."""
    calls = session.exec(
        select(AgreementCall)
        .join(Agreement, col(Agreement.id) == AgreementCall.agreement_id)
        .where(Agreement.alliance_id == alliance_id, AgreementCall.outcome != CallOutcome.NO_ANSWER)
        .order_by(col(AgreementCall.id))
    ).all()
    return {
        call.agreement_id: Word(
            ProgressState(call.outcome), call.sentence, call.noted_by, call.noted_at, is_noted=True
        )
        for call in calls
    }
