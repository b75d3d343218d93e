"""What was not adopted is worded anew and asked again, with the terms of the round before."""

from sqlmodel import Session

from models.basics.words import FollowUp, ObjectionAnswer
from models.drafting.wording import reword_principle
from models.storage.finding import existing
from models.tables import RoundItem
from models.voting.after_reveal import answer_objection, choose_follow_up
from models.voting.decision import Rule
from models.voting.methods import USUAL, description
from models.voting.methods.method import Mark
from models.voting.round import RoundOpened, open_round
from models.voting.round_views import ItemView, RoundView, read_round
from models.voting.terms import Terms


def terms_again(before: RoundView) -> Terms:
    """Return the terms under which a reworded text is asked again: those of the round before.

    A budget of dots says nothing about one text by itself, so that is asked in the usual way.
    """
    if description(before.method).has_budget:
        return Terms(USUAL.name, Rule(USUAL.rules[0], quorum=before.rule.quorum), before.secrecy)
    return before.terms


def reword_and_vote_again(
    session: Session,
    *,
    who: str,
    item_id: int,
    text: str,
    why: str,
    voices_seen: int | None = None,
    terms: Terms | None = None,
    minutes: int | None = None,
) -> RoundOpened:
    """Reword the principle of an item that did not carry, and open a round on it, in one transaction.

    Without `terms` those of the round before hold. Objections that had no answer yet are answered by it. Raises what
    `choose_follow_up`, `reword_principle` and `open_round` raise.
    """
    before, item = _round_and_item(session, item_id)
    choose_follow_up(session, who=who, item_id=item_id, follow_up=FollowUp.REWORD)
    for reason_id in open_objections(before, item):
        answer_objection(session, who=who, reason_id=reason_id, answer=ObjectionAnswer.REWORDED)
    reword_principle(session, who=who, principle_id=item.about.id, text=text, why=why)
    return open_round(
        session,
        who=who,
        workshop_id=before.workshop_id,
        about=[item.about],
        terms=terms or terms_again(before),
        minutes=minutes,
        voices_seen=voices_seen,
    )


def is_objection(method: str, choice: str) -> bool:
    """Return whether a choice of this method has to be answered when it is given with a reason."""
    return any(
        known.value == choice and known.mark is Mark.OBJECTION for known in description(method).choices
    )


def open_objections(of: RoundView, item: ItemView) -> list[int]:
    """Return the reasons of an item that object and have no answer yet; hidden ones are left alone.

    None where nothing was to be adopted: who disagrees with a statement stands in nobody's way.
    """
    if not of.rule.decides:
        return []
    return [
        reason.id
        for reason in item.reasons
        if reason.answer is None and is_objection(of.method, reason.choice)
    ]


def _round_and_item(session: Session, item_id: int) -> tuple[RoundView, ItemView]:
    before = read_round(session, existing(session, RoundItem, item_id).round_id)
    return before, next(item for item in before.items if item.id == item_id)
