"""What is still asked before a text is frozen. Nothing of it stands in the way: whoever freezes does so knowingly."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.agreeing.named_people import NamedPerson
from models.agreeing.views import AgreementView
from models.basics.words import PartnerKind, PrincipleStatus
from models.installation.address import is_lasting
from models.tables import Partner
from models.voting.principles import PrincipleView

# A quarter: long enough for first steps, and soon enough to be held to them.
WEEKS_UNTIL_THE_NEXT_MEETING = 13


class Thing(StrEnum):
    """What is asked, in the order in which one meets it."""

    NEXT_MEETING = "next meeting"
    OWNER = "owner"
    DAY = "day"
    RESULT = "result"
    ADDRESS = "address"
    PARTNERS = "partners"
    NAMES = "names"
    CARRIED = "carried"


# One may let these be as they are: the text then says so.
MAY_BE_LEFT = (Thing.OWNER, Thing.DAY, Thing.RESULT, Thing.ADDRESS, Thing.PARTNERS, Thing.NAMES)


@dataclass(frozen=True)
class Asked:
    """One thing, and whether it is open. `agreement` is which one it is about, where it is about one.

    `names` are the partners who signed by name of nobody yet; `named` the people whom texts name; `numbers` the
    principles without a result. An answered thing that another one tells of as well is `is_told_elsewhere`.
    """

    thing: Thing
    is_open: bool
    agreement: AgreementView | None = None
    day: date | None = None
    count: int = 0
    of: int = 0
    accepted: int = 0
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    named: tuple[NamedPerson, ...] = ()
    is_told_elsewhere: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return (
            f"{self.thing.replace(' ', '_')}_{self.agreement.id}"
            if self.agreement
            else self.thing.replace(" ", "_")
        )

    @property
    def may_be_left(self) -> bool:
        """Whether one may freeze while this is open."""
        return self.is_open and self.thing in MAY_BE_LEFT


def asked_before_freeze(
    *,
    next_meeting_on: date | None,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    address: str | None,
    named: Sequence[NamedPerson],
) -> list[Asked]:
    """Return everything that is asked before the freeze, open or answered, in its order.

    `named` are the people whose names the public copy would show inside texts.
    """
    standing = [agreement for agreement in agreements if agreement.is_open]
    return [
        Asked(Thing.NEXT_MEETING, next_meeting_on is None, day=next_meeting_on),
        *_about_agreements(standing),
        *_without_result(principles),
        Asked(Thing.ADDRESS, not is_lasting(address)),
        _who_sign(partners),
        *_named(named),
        *_carried(standing),
    ]


def still_asked(found: Sequence[Asked], left: Collection[str]) -> list[Asked]:
    """Return what is open and was not left as it is; `left` are the keys of what was."""
    return [one for one in found if one.is_open and one.key not in left]


def next_meeting_ready(held_on: date, today: date) -> date:
    """Return the day that is offered for the next meeting: a quarter on, on the same day of the week, and to come."""
    offered = held_on + timedelta(weeks=WEEKS_UNTIL_THE_NEXT_MEETING)
    while offered <= today:
        offered += timedelta(weeks=WEEKS_UNTIL_THE_NEXT_MEETING)
    return offered


def _about_agreements(standing: Sequence[AgreementView]) -> Iterator[Asked]:
    for agreement in standing:
        has_owner = agreement.owner is not None
        yield Asked(Thing.OWNER, not has_owner, agreement=agreement, is_told_elsewhere=has_owner)
    for agreement in standing:
        has_day = agreement.due_on is not None
        yield Asked(
            Thing.DAY, not has_day, agreement=agreement, day=agreement.due_on, is_told_elsewhere=has_day
        )


def _without_result(principles: Sequence[PrincipleView]) -> Iterator[Asked]:
    drafts = tuple(found.number for found in principles if found.status == PrincipleStatus.DRAFT)
    yield Asked(Thing.RESULT, bool(drafts), numbers=drafts, is_told_elsewhere=not drafts)


def _who_sign(partners: Sequence[Partner]) -> Asked:
    unknown = tuple(
        partner.name
        for partner in partners
        if partner.kind != PartnerKind.RESIDENT and not partner.representative
    )
    return Asked(
        Thing.PARTNERS, not partners, count=len(partners) - len(unknown), of=len(partners), names=unknown
    )


def _named(named: Sequence[NamedPerson]) -> Iterator[Asked]:
    yield Asked(Thing.NAMES, bool(named), count=len(named), named=tuple(named), is_told_elsewhere=not named)


def _carried(standing: Sequence[AgreementView]) -> Iterator[Asked]:
    if not standing:
        return
    owned = [agreement for agreement in standing if agreement.owner is not None]
    complete = [agreement for agreement in owned if agreement.due_on is not None]
    yield Asked(
        Thing.CARRIED,
        False,
        count=len(complete),
        of=len(standing),
        accepted=sum(agreement.owner_accepted for agreement in owned),
        numbers=tuple(agreement.number for agreement in owned if not agreement.owner_accepted),
    )
