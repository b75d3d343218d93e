"""What owners report about their agreements."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.agreeing.agreement_steps import partner_name, store_agreement
from models.agreeing.ownership import asked_agreement
from models.basics.clock import now
from models.basics.errors import InvalidValue, NotYours
from models.basics.text import STATEMENT_LIMIT, optional_text
from models.basics.words import ProgressState
from models.tables import Progress

# Longer ago the same words are a new word: it still goes like that, and the owner is not silent.
SAME_REPORT = timedelta(hours=12)


def report_progress(
    session: Session, *, partner_id: int, agreement_id: int, state: str, sentence: str
) -> None:
    """Report how an agreement goes, by its owner. Raises `NotYours`.

    The same report sent again at once changes nothing; half a day later it is a new word.
    """
    agreement = asked_agreement(session, partner_id, agreement_id)
    if agreement.owner_accepted_at is None:
        raise NotYours
    if state not in set(ProgressState):
        raise InvalidValue("state", state)
    said = optional_text(sentence, field="sentence", limit=STATEMENT_LIMIT)
    last = session.exec(
        select(Progress)
        .where(Progress.agreement_id == agreement_id)
        .order_by(col(Progress.id).desc())
        .limit(1)
    ).first()
    moment = now()
    if (
        last is not None
        and moment - last.reported_at < SAME_REPORT
        and (last.state, last.sentence) == (state, said)
    ):
        return
    name = partner_name(session, partner_id)
    session.add(
        Progress(agreement_id=agreement_id, state=state, sentence=said, reported_by=name, reported_at=moment)
    )
    store_agreement(session, agreement, name, "progress reported")
