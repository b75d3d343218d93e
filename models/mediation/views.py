"""What somebody with open keys reads: everybody and every text, put in order."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlmodel import Session, select

from models.basics.clock import now
from models.basics.errors import NotFound, NotYours
from models.basics.words import AudienceKind, MediationStep, MediationText
from models.mediation.destroying import AFTERCARE_DAYS, destroyed_on
from models.mediation.opened import Opened
from models.mediation.people import (
    MOST_CODE_TRIES,
    every_party,
    mediator_of,
    number_of,
    people_of,
    taking_part,
)
from models.mediation.sealing import Whose, public_of, spoken_number
from models.mediation.stopping import WARNED_DAYS, ended_moment, ends_quiet_on, has_left, takes_back_until
from models.mediation.texts import Text, load_keys, read_texts
from models.tables import Mediation, MediationOutcome, MediationParty, MediationPerson

STEPS = tuple(MediationStep)


@dataclass(frozen=True)
class Person:
    """Somebody in it. `name` is empty where nobody told it to who asks. `accepted_at` is of what they accepted last.

    `number` is that of their key; `has_other_key`: it is not the one with which they were let in, or were accepted.
    Who `is_on_paper` has no phone: the mediator types, and records on which day they signed (`signed_on`, of what they
    accepted).
    """

    id: int
    party_id: int | None
    name: str
    speaks: bool
    enrolled_at: datetime | None
    is_admitted: bool
    accepted_at: datetime | None
    is_code_dead: bool
    mandate: str = ""
    decides: str = ""
    is_on_paper: bool = False
    signed_on: str = ""
    number: str = ""
    has_other_key: bool = False

    @property
    def has_accepted(self) -> bool:
        """Whether mediator, secrecy and rules were accepted."""
        return self.accepted_at is not None


@dataclass(frozen=True)
class Party:
    """A party with its people; `kind` is person, group or municipality.

    `left_at` is of one that left. One that is `leaving` may take that back by who said so: nobody else is told.
    """

    id: int
    letter: str
    name: str
    kind: str
    people: list[Person]
    left_at: datetime | None = None
    leaving_at: datetime | None = field(default=None, repr=False)
    leaving_by: int | None = field(default=None, repr=False)

    @property
    def has_accepted(self) -> bool:
        """Whether somebody who speaks for it accepted everything."""
        return any(one.has_accepted and one.speaks for one in self.people)

    @property
    def on_paper(self) -> Person | None:
        """Who speaks for it without a phone; None where it has one."""
        return next((one for one in self.people if one.speaks and one.is_on_paper), None)


@dataclass(frozen=True)
class Principle:
    """A principle that all read; `marked_by` are the ids of the other parties that find it too."""

    text: Text
    party_id: int
    marked_by: frozenset[int]
    is_joint: bool


@dataclass(frozen=True)
class WorkingAgreement:
    """How to treat each other, and what each party says of it as it reads now: yes, asks, no or nothing yet."""

    text: Text
    answers: dict[int, str]
    look_again: int
    is_approved: bool


@dataclass(frozen=True)
class GroupRound:
    """A group is asked about a working agreement until a day. `counts` are of phones and of what was said aloud.

    `otherwise` says how it was done, where it was not done here. Nobody's name stands at a line.
    """

    text: Text
    ends_on: date
    is_over: bool
    asks_release: bool
    counts: dict[str, int]
    spoken: dict[str, int]
    lines: list[tuple[str, str]]
    mine: Text | None
    otherwise: str


@dataclass(frozen=True)
class Inside:
    """All of it, as one person may read it. Made for one answer, and never kept."""

    mediation_id: int
    number: int
    alliance_id: int
    me: Person
    is_mediator: bool
    mediator_id: int
    mediator_opened_at: datetime | None
    parties: list[Party]
    texts: list[Text]
    is_ended: bool
    ended_at: datetime | None
    ending_at: datetime | None
    ending_by: int | None
    destroyed_on: str
    quiet_since: date
    quiet_ends_on: date
    left: list[Party]
    going_on: frozenset[int]
    told_to_alliance: frozenset[str]
    is_another_asked: bool = False
    my_number: str = ""
    mediator_number: str = ""
    mediator_has_other_key: bool = False
    _by_item: dict[str, Text] = field(default_factory=dict)

    def text(self, item: str) -> Text:
        """Return a text that one can read. Raises `NotFound`."""
        if item not in self._by_item:
            raise NotFound("mediation text")
        return self._by_item[item]

    def person(self, person_id: int) -> Person:
        """Return somebody of a party. Raises `NotFound`."""
        for party in self.parties:
            for one in party.people:
                if one.id == person_id:
                    return one
        raise NotFound("mediation person")

    def party(self, party_id: int | None) -> Party:
        """Return a party, also one that left. Raises `NotFound`."""
        for one in (*self.parties, *self.left):
            if one.id == party_id:
                return one
        raise NotFound("mediation party")

    def written_by(self, text: Text) -> str:
        """Return which of several people of a party wrote a text; nothing where it has one, or who it was is gone."""
        people = self.party(text.content.party_id).people if text.content.party_id else []
        names = [one.name for one in people if one.id == text.content.person_id]
        return names[0] if names and len(people) > 1 else ""

    def as_party(self, party_id: int | None) -> "Inside":
        """Return what a party without a phone reads, by who types for it. Raises `NotYours`, `NotFound`."""
        party = self.party(party_id)
        if not self.is_mediator or party.on_paper is None:
            raise NotYours
        texts = [
            one
            for one in self.texts
            if one.audience == AudienceKind.ALL
            or (one.audience == AudienceKind.PARTY and one.audience_party_id == party_id)
        ]
        return replace(
            self,
            me=party.on_paper,
            is_mediator=False,
            texts=texts,
            _by_item={one.item: one for one in texts},
        )

    @property
    def nameless(self) -> list[Party]:
        """The parties whose names nobody can open any more, where who mediates now may type them again.

        The mediator before had the only key: nobody of them has a phone. Who comes in by phone shares that key.
        """
        has_phone = any(one.enrolled_at for party in self.parties for one in party.people)
        return [] if has_phone or not self.is_mediator else [one for one in self.parties if not one.name]

    @cached_property
    def has_accepted_another(self) -> bool:
        """Whether this person accepted a mediator in whose place another one came since."""
        return not self.is_mediator and any(
            one.content.person_id == self.me.id and one.content.more.get("mediator") != self.mediator_id
            for one in self.of_kind(MediationText.ACCEPTED)
        )

    @property
    def is_my_key_changed(self) -> bool:
        """Whether another key stands in the database than the one that this person has."""
        return bool(self.my_number) and self.my_number != (
            self.mediator_number if self.is_mediator else self.me.number
        )

    @cached_property
    def others_with_another_key(self) -> list[Person]:
        """Who of the others has another key now than when they were let in."""
        return [one for party in self.parties for one in party.people if one.has_other_key and one != self.me]

    @cached_property
    def on_paper(self) -> list[Party]:
        """The parties without a phone: another mediator could not open what they told."""
        return [one for one in self.parties if one.on_paper is not None]

    @cached_property
    def _leaving(self) -> Party | None:
        """The party of this person, where this person said that it leaves."""
        return next((one for one in self.parties if one.leaving_at and one.leaving_by == self.me.id), None)

    @property
    def stopped_by_me(self) -> bool:
        """Whether this person stopped it, and may take that back."""
        return not self.is_ended and (self.ending_by == self.me.id or self._leaving is not None)

    @property
    def stops_at(self) -> datetime | None:
        """Until when a stop of this person can be taken back; None where this person stopped nothing."""
        if not self.stopped_by_me:
            return None
        stopped_at = self.ending_at if self.ending_by == self.me.id else None
        stopped_at = stopped_at or (self._leaving.leaving_at if self._leaving else None)
        return takes_back_until(stopped_at) if stopped_at else None

    @property
    def others_go_on(self) -> bool:
        """Whether the others go on when the party of this person stops: at least two do then."""
        return not self.is_mediator and len(self.going_on - {self.me.party_id}) > 1

    @property
    def is_quiet(self) -> bool:
        """Whether nobody did anything for so long that it soon ends by itself."""
        return not self.is_ended and now().date() >= self.quiet_ends_on - timedelta(days=WARNED_DAYS)

    @cached_property
    def sides(self) -> list[Party]:
        """The parties whose principles stand side by side: those that left and released some, last."""
        told = {one.party_id for one in self.principles}
        return [*self.parties, *(one for one in self.left if one.id in told)]

    def is_told(self, agreement: Text) -> bool:
        """Return whether the alliance can read a working agreement now."""
        return agreement.item in self.told_to_alliance

    def of_kind(self, *kinds: str, audience: str = AudienceKind.ALL) -> list[Text]:
        """Return the texts of these kinds that this audience reads, oldest first."""
        return [one for one in self.texts if one.kind in kinds and one.audience == audience]

    def between(self, party_id: int | None) -> list[Text]:
        """Return what a party and the mediator wrote to each other, oldest first."""
        return [
            one
            for one in self.texts
            if one.audience == AudienceKind.PARTY and one.audience_party_id == party_id
        ]

    def said_between(self, party_id: int | None) -> list[Text]:
        """Return the same without what is no text to read: how it holds afterwards."""
        return [one for one in self.between(party_id) if one.kind != MediationText.HOLDS]

    @cached_property
    def setup(self) -> Text | None:
        """The mediator's own words about it: the last ones."""
        return next(reversed(self.of_kind(MediationText.SETUP)), None)

    @property
    def is_set_up(self) -> bool:
        """Whether the mediator that is there now has said who they are, and between whom it is."""
        return self.setup is not None and self.setup.content.person_id == self.mediator_id

    @property
    def mediator_name(self) -> str:
        """Who mediates; empty before that was said."""
        return str(self.setup.content.more["mediator"]) if self.setup else ""

    @property
    def declaration(self) -> str:
        """What the mediator declares."""
        return self.setup.text if self.setup else ""

    @property
    def direction(self) -> str:
        """Between groups, or between residents and a government."""
        return str(self.setup.content.more["direction"]) if self.setup else ""

    @property
    def step(self) -> str:
        """How far it is."""
        return str(self.setup.content.more["step"]) if self.setup else MediationStep.REGISTRATION

    def is_at_least(self, step: str) -> bool:
        """Return whether everyone was brought to a step, or further."""
        return STEPS.index(MediationStep(self.step)) >= STEPS.index(MediationStep(step))

    @cached_property
    def drafts(self) -> dict[str, Text]:
        """What one was typing, by the name of its field."""
        return {
            one.content.about: one for one in self.of_kind(MediationText.DRAFT, audience=AudienceKind.OWN)
        }

    @cached_property
    def marks(self) -> list[Text]:
        """Who finds which principle of another too."""
        return self.of_kind(MediationText.MARK)

    @cached_property
    def approvals(self) -> list[Text]:
        """What was said of working agreements."""
        return self.of_kind(MediationText.APPROVAL)

    @cached_property
    def released(self) -> list[Text]:
        """What parties released from their talk with the mediator."""
        return [
            one
            for one in self.of_kind(MediationText.PRINCIPLE, MediationText.STORY, MediationText.MESSAGE)
            if one.content.about
        ]

    def shared_copy(self, item: str) -> Text | None:
        """Return what all read of a text that was released, or None."""
        return next((one for one in self.released if one.content.about == item), None)

    def opened_at(self, copy: Text) -> datetime | None:
        """Return when another party opened what was released; None as long as it can be taken back."""
        opened = [
            one.content.at
            for one in self.of_kind(MediationText.SEEN)
            if one.content.about == copy.item and one.content.party_id != copy.content.party_id
        ]
        return datetime.fromisoformat(min(opened)) if opened else None

    @cached_property
    def _opened_by_me(self) -> set[str]:
        return {
            one.content.about
            for one in self.of_kind(MediationText.SEEN)
            if one.content.person_id == self.me.id
        }

    @cached_property
    def unopened(self) -> list[Text]:
        """What others released, and this person has not opened; the mediator read it before."""
        if self.is_mediator:
            return []
        return [
            one
            for one in self.released
            if one.content.party_id != (self.me.party_id or 0) and one.item not in self._opened_by_me
        ]

    @cached_property
    def principles(self) -> list[Principle]:
        """The principles that all read and this person has opened, those that every party finds first."""
        hidden = {one.item for one in self.unopened}
        standing = {party.id for party in self.parties}
        found = []
        for text in self.of_kind(MediationText.PRINCIPLE):
            if text.item in hidden:
                continue
            marked = frozenset(one.content.party_id for one in self.marks if one.content.about == text.item)
            is_joint = len(standing) > 1 and standing <= marked | {text.content.party_id}
            found.append(Principle(text, text.content.party_id, marked & standing, is_joint))
        return sorted(found, key=lambda one: not one.is_joint)

    @cached_property
    def told(self) -> list[Text]:
        """What else was released to all or written to all by the mediator, and this person has opened."""
        hidden = {one.item for one in self.unopened}
        return [
            one for one in self.of_kind(MediationText.STORY, MediationText.MESSAGE) if one.item not in hidden
        ]

    @cached_property
    def options(self) -> list[Text]:
        """The options, without an owner."""
        return self.of_kind(MediationText.OPTION)

    def released_by(self, agreement: Text) -> frozenset[int]:
        """Return the parties that released a working agreement to the alliance, as it reads now."""
        return frozenset(
            one.content.party_id
            for one in self.of_kind(MediationText.LEAVES)
            if one.content.about == agreement.item and one.content.more["version"] == agreement.version
        )

    @property
    def asks_group(self) -> bool:
        """Whether this person is of a group, which is asked before it approves or releases anything."""
        return not self.is_mediator and self.party(self.me.party_id).kind == "group"

    def round_about(self, agreement: Text) -> GroupRound | None:
        """Return the last round in which one's group is asked about an agreement as it reads now."""
        rounds = [
            one
            for one in self.of_kind(MediationText.ROUND, audience=AudienceKind.GROUP)
            if one.content.about == agreement.item and one.content.more["about_version"] == agreement.version
        ]
        return self._round(rounds[-1]) if rounds else None

    def is_group_asked(self, agreement: Text, *, releases: bool = False) -> bool:
        """Return whether the group was asked, or need not be: then it may approve, or release to the alliance."""
        if not self.asks_group:
            return True
        found = self.round_about(agreement)
        return found is not None and found.is_over and (found.asks_release or not releases)

    @cached_property
    def asked_of_me(self) -> list[WorkingAgreement]:
        """The agreements about which one's group is asked now, and this person has not answered."""
        if not self.asks_group or self.me.speaks or self.is_ended:
            return []
        found = [(one, self.round_about(one.text)) for one in self.agreements]
        return [one for one, asked in found if asked and not asked.is_over and asked.mine is None]

    def _round(self, text: Text) -> GroupRound:
        said = [
            one
            for one in self.of_kind(MediationText.FEEDBACK, audience=AudienceKind.GROUP)
            if one.content.about == text.item
        ]
        more = text.content.more
        spoken = {answer: int(more["spoken"].get(answer, 0)) for answer in ("yes", "asks", "no")}
        ends_on = date.fromisoformat(more["ends_on"])
        return GroupRound(
            text=text,
            ends_on=ends_on,
            is_over=bool(more["ended_at"]) or now().date() > ends_on,
            asks_release=bool(more["release"]),
            counts={
                answer: count + sum(one.content.more["answer"] == answer for one in said)
                for answer, count in spoken.items()
            },
            spoken=spoken,
            lines=[(str(one.content.more["answer"]), one.text) for one in said if one.text],
            mine=next((one for one in said if one.content.person_id == self.me.id), None),
            otherwise=str(more["otherwise"]),
        )

    def all_released(self, agreement: Text) -> bool:
        """Return whether every party that is in it released a working agreement to the alliance."""
        return {party.id for party in self.parties} <= self.released_by(agreement)

    def held(self, party_id: int) -> dict[int, str]:
        """Return how a party says that it holds, by how many days after the end it was asked."""
        return {
            int(one.content.more["after_days"]): str(one.content.more["answer"])
            for one in self.between(party_id)
            if one.kind == MediationText.HOLDS
        }

    @cached_property
    def asked_after(self) -> int:
        """After how many days this party is asked now how it holds; 0 where it is not."""
        if self.is_mediator or self.ended_at is None:
            return 0
        passed = (now() - self.ended_at).days
        held = self.held(self.me.party_id or 0)
        return next((days for days in reversed(AFTERCARE_DAYS) if passed >= days and days not in held), 0)

    @cached_property
    def agreements(self) -> list[WorkingAgreement]:
        """The working agreements with what each party says of them as they read now."""
        found = []
        for text in self.of_kind(MediationText.AGREEMENT):
            answers = {
                one.content.party_id: str(one.content.more["answer"])
                for one in self.approvals
                if one.content.about == text.item and one.content.more["version"] == text.version
            }
            approved = len(self.parties) > 1 and all(answers.get(party.id) == "yes" for party in self.parties)
            found.append(
                WorkingAgreement(text, answers, int(text.content.more.get("look_again", 42)), approved)
            )
        return found


def inside(session: Session, opened: Opened) -> Inside:
    """Return everything that these keys open. Raises `MediationLocked`."""
    mediation = load_keys(session, opened)
    texts = read_texts(session, opened, mediation)
    rows = people_of(session, mediation.id)
    mediator = mediator_of(session, mediation.id)
    accepted = {one.content.person_id: one for one in texts if one.kind == MediationText.ACCEPTED}
    names = {int(one.content.more["of"]): one for one in texts if one.kind == MediationText.PERSON}
    parties = {one.content.party_id: one for one in texts if one.kind == MediationText.PARTY}
    mediator_id = mediator.id if mediator else 0
    mediator_number = number_of(mediation, mediator) if mediator else ""
    let_in = {int(one.content.more["of"]): one for one in texts if one.kind == MediationText.KEY}
    known = {
        row.id: replace(
            _person(row, names.get(row.id), accepted.get(row.id), mediator_id),
            number=number_of(mediation, row),
            has_other_key=row.id in let_in
            and row.admitted_at is not None
            and let_in[row.id].content.more["number"] != number_of(mediation, row),
        )
        for row in rows
    }
    ended_at = ended_moment(mediation)

    def party(row: MediationParty) -> Party:
        named = parties.get(row.id)
        return Party(
            id=row.id,
            letter=row.letter,
            name=named.text if named else "",
            kind=str(named.content.more["kind"]) if named else "group",
            people=[one for one in known.values() if one.party_id == row.id],
            left_at=(row.left_at or row.leaving_at) if has_left(row) else None,
            leaving_at=row.leaving_at,
            leaving_by=row.leaving_person_id,
        )

    every = [party(row) for row in every_party(session, mediation.id)]
    outcomes = session.exec(
        select(MediationOutcome.item).where(MediationOutcome.mediation_id == mediation.id)
    ).all()
    return Inside(
        mediation_id=mediation.id,
        number=mediation.number,
        alliance_id=mediation.alliance_id,
        me=known[opened.person_id],
        is_mediator=known[opened.person_id].party_id is None,
        mediator_id=mediator_id,
        mediator_opened_at=mediator.enrolled_at if mediator else None,
        # In one that has ended nobody leaves any more.
        parties=[one for one in every if one.left_at is None or (ended_at is not None and one.people)],
        left=[one for one in every if one.left_at is not None and (ended_at is None or not one.people)],
        going_on=frozenset(one.id for one in taking_part(session, mediation.id)),
        texts=texts,
        is_ended=ended_at is not None,
        ended_at=ended_at,
        ending_at=mediation.ending_at,
        ending_by=mediation.ending_person_id,
        destroyed_on=_destroyed_on(mediation, ended_at) if ended_at else "",
        quiet_since=mediation.quiet_since,
        quiet_ends_on=ends_quiet_on(mediation),
        told_to_alliance=frozenset(outcomes),
        my_number=spoken_number(
            public_of(bytes(opened.private)), Whose(mediation.uid, opened.person_id, opened.pair)
        ),
        mediator_number=mediator_number,
        mediator_has_other_key=any(
            one.content.more.get("mediator") == mediator_id
            and one.content.more.get("mediator_number", mediator_number) != mediator_number
            for one in accepted.values()
        ),
        is_another_asked=any(row.party_id is None and row.public_key is None for row in rows),
        _by_item={one.item: one for one in texts},
    )


def _destroyed_on(mediation: Mediation, ended_at: datetime) -> str:
    return (mediation.destroy_on or destroyed_on(ended_at.date())).isoformat()


def _person(row: MediationPerson, named: Text | None, accepted: Text | None, mediator_id: int) -> Person:
    is_on_paper = named is not None and bool(named.content.more.get("on_paper"))
    accepted_at = row.accepted_at
    if is_on_paper and accepted and accepted.content.more.get("mediator") == mediator_id:
        accepted_at = datetime.fromisoformat(accepted.content.at)
    return Person(
        id=row.id,
        party_id=row.party_id,
        name=named.text if named else "",
        speaks=bool(named.content.more.get("speaks")) if named else False,
        enrolled_at=row.enrolled_at,
        is_admitted=row.admitted_at is not None,
        accepted_at=accepted_at,
        is_code_dead=row.public_key is None and row.code_tries >= MOST_CODE_TRIES,
        mandate=str(accepted.content.more.get("mandate", "")) if accepted else "",
        decides=str(accepted.content.more.get("decides", "")) if accepted else "",
        is_on_paper=is_on_paper,
        signed_on=str(accepted.content.more.get("signed_on", "")) if accepted else "",
    )
