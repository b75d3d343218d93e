"""Stopping, going on after all, and how it holds afterwards."""

from models.basics.errors import InvalidValue, StepNotReached
from models.basics.words import AudienceKind, HowItHolds, MediationText
from models.mediation import outcomes
from models.mediation.acting import OnPaper, content_of, look_as, look_to_act, name_of, sealed_text
from models.mediation.opened import Opened
from models.mediation.stopping import keep_going, stop_mediation, take_back_stop
from models.storage.writing import write


def still_needed(opened: Opened) -> None:
    """Say that a mediation in which nobody did anything for long is still needed."""
    write(keep_going, person_id=look_to_act(opened).me.id)


def stop(opened: Opened, *, paper: OnPaper | None = None) -> None:
    """Stop, without a reason. Of a party without a phone the spoken word counts: it waits for no paper."""
    write(stop_mediation, person_id=look_as(opened, paper).me.id)


def go_on(opened: Opened, *, paper: OnPaper | None = None) -> None:
    """Take one's own stop back, within ten minutes. Raises `MediationEnded`."""
    write(take_back_stop, person_id=look_as(opened, paper).me.id)


def say_how_it_holds(opened: Opened, *, answer: str, paper: OnPaper | None = None) -> None:
    """Say how the working relation goes, six weeks or three months after the end. The mediator reads it."""
    seen = look_as(opened, paper)
    if answer not in set(HowItHolds):
        raise InvalidValue("answer", answer)
    if not seen.asked_after:
        raise StepNotReached
    content = content_of(seen, MediationText.HOLDS, "", after_days=seen.asked_after, answer=answer)
    write(
        outcomes.count_aftercare,
        person_id=opened.person_id,
        pair=opened.pair,
        sealed=sealed_text(
            opened,
            seen,
            AudienceKind.PARTY,
            content,
            # Of two of a party who answer at once, one counts.
            item=name_of(opened, seen, "holds", str(seen.me.party_id), str(seen.asked_after)),
            party_id=seen.me.party_id,
        ),
        after_days=seen.asked_after,
        answer=answer,
    )
