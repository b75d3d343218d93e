"""The example municipality with its mediations at a step, made by the real acts; their words and codes are printed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from models.basics.clock import today
from models.basics.errors import InvalidValue
from models.basics.words import BuildingBlock, Language, MediationStep, MediationText
from models.example.alliance import ExampleLoaded, loaded, make_alliance
from models.example.merenveld import TIME_ZONE
from models.example.merenveld_mediation import MEDIATIONS, ExampleMediation, ExampleParty
from models.example.startfoto import MEETS_AFTER
from models.mediation import accepting, acting, approving, arranging, own_texts, releasing
from models.mediation.coming_in import come_in, draw_words
from models.mediation.group import answer_group, ask_group, asked_otherwise, end_round
from models.mediation.mediation import begin_mediation
from models.mediation.opened import Opened, open_keys
from models.mediation.people import Invitation
from models.storage.writing import write

STEPS = tuple(MediationStep)
Accepting = Callable[[str, str, str], list[str]]


@dataclass(frozen=True)
class ExamplePerson:
    """An invented person, with link, code and words, which a real one keeps apart. `party` is empty for a mediator."""

    name: str
    party: str
    token: str
    code: str
    words: str
    spare_words: str


@dataclass(frozen=True)
class LoadedMediation:
    """One mediation: who is in it, and the sentences that stand in it, by who reads them: notes, A, B and all."""

    direction: str
    people: list[ExamplePerson]
    texts: dict[str, list[str]]


@dataclass
class _Making:
    of: ExampleMediation
    mediator: Opened
    accepting: Accepting
    people: list[ExamplePerson]
    texts: dict[str, list[str]] = field(default_factory=dict)
    parties: list[tuple[ExampleParty, int, str, list[Opened]]] = field(default_factory=list)

    def stands(self, readers: str, text: str) -> str:
        self.texts.setdefault(readers, []).append(text)
        return text


def load_mediations(
    step: str, *, accepting: Accepting, who: str = "Iris de Boer"
) -> tuple[ExampleLoaded, list[LoadedMediation]]:
    """Load the example with one mediation per direction at a step. `accepting` gives what each party accepts.

    Raises `InvalidValue`.
    """
    if step not in STEPS:
        raise InvalidValue("step", step)
    created = make_alliance(who, today(TIME_ZONE) + MEETS_AFTER, months={BuildingBlock.MEDIATION: (0, 6)})
    made = [
        make_mediation(created.alliance_id, one, step, accepting=accepting, who=who) for one in MEDIATIONS
    ]
    return loaded(created.alliance_id, created.workshop_id), made


def make_mediation(
    alliance_id: int, of: ExampleMediation, step: str, *, accepting: Accepting, who: str
) -> LoadedMediation:
    """Make one mediation and bring it to a step, as its people would; everything is locked again afterwards."""
    invited = write(begin_mediation, who=who, alliance_id=alliance_id)
    opened, mediator = _enter(invited, of.mediator, "")
    arranging.set_up(opened, direction=of.direction, name=of.mediator, declaration=of.declaration)
    making = _Making(of, opened, accepting, [mediator])
    own_texts.write_text(opened, kind=MediationText.NOTE, text=making.stands("notes", of.note))
    place = STEPS.index(MediationStep(step))
    for party in of.parties:
        _invite_party(making, party, comes_in=place > 0)
    for reached in STEPS[: place + 1]:
        if reached != MediationStep.REGISTRATION:
            arranging.move_to(opened, step=reached)
        HAPPENS[reached](making)
    for person in (opened, *(one for _party, _id, _letter, inside in making.parties for one in inside)):
        open_keys.lock_person(person.person_id)
    return LoadedMediation(of.direction, making.people, making.texts)


def _enter(invitation: Invitation, name: str, party: str) -> tuple[Opened, ExamplePerson]:
    drawn = draw_words(invitation.token, Language.DUTCH)
    opened = open_keys.tapped(come_in(invitation.token, drawn, drawn.words))
    assert opened is not None
    return opened, ExamplePerson(name, party, invitation.token, invitation.code, drawn.words, drawn.spare)


def _invite_party(making: _Making, party: ExampleParty, *, comes_in: bool) -> None:
    """Invite everybody of a party. Unless they come in now, their link and code stand ready for who tries."""
    first = arranging.add_party(making.mediator, name=party.name, kind=party.kind, person=party.people[0])
    found = acting.look(making.mediator).parties[-1]
    invitations = [first] + [
        arranging.add_person(making.mediator, party_id=found.id, person=person) for person in party.people[1:]
    ]
    inside = []
    for person, invitation in zip(party.people, invitations, strict=True):
        if not comes_in:
            making.people.append(
                ExamplePerson(person, found.letter, invitation.token, invitation.code, "", "")
            )
            continue
        opened, known = _enter(invitation, person, found.letter)
        number = acting.look(making.mediator).person(invitation.person_id).number
        arranging.admit(making.mediator, person_id=invitation.person_id, number=number)
        texts = making.accepting(making.of.direction, making.of.mediator, making.of.declaration)
        decides = "wethouder Bakker" if party.mandate == "other" else ""
        accepting.accept(opened, texts=texts, mandate=party.mandate, who_decides=decides)
        making.people.append(known)
        inside.append(opened)
    making.parties.append((party, found.id, found.letter, inside))


def _registered(_making: _Making) -> None:
    """Nothing more: links and codes stand ready."""


def _intakes(making: _Making) -> None:
    for (party, party_id, letter, inside), message in zip(making.parties, making.of.messages, strict=True):
        for place, story in enumerate(party.stories):
            writer = inside[place % len(inside)]
            own_texts.write_text(writer, kind=MediationText.STORY, text=making.stands(letter, story))
        for principle in party.principles:
            own_texts.write_text(
                inside[0], kind=MediationText.PRINCIPLE, text=making.stands(letter, principle)
            )
        own_texts.write_text(
            making.mediator,
            kind=MediationText.MESSAGE,
            text=making.stands(letter, message),
            party_id=party_id,
        )
    _party, party_id, letter, _inside = making.parties[0]
    own_texts.keep_draft(
        making.mediator,
        place=own_texts.place_of("party", party_id, MediationText.MESSAGE),
        text=making.stands("notes", making.of.typing),
    )


def _together(making: _Making) -> None:
    for _party, party_id, letter, inside in making.parties:
        for text in acting.look(inside[0]).between(party_id):
            if text.kind == MediationText.PRINCIPLE:
                releasing.share(inside[0], item=text.item, version=text.version)
                making.texts[letter].remove(text.text)
                making.stands("all", text.text)
    for party, _party_id, _letter, inside in making.parties:
        for person in inside:
            releasing.open_new(person)
        theirs = {principle.text.text: principle.text.item for principle in acting.look(inside[0]).principles}
        for other, _other_id, _other_letter, _other_inside in making.parties:
            if other is not party:
                releasing.mark(inside[0], item=theirs[other.principles[0]], is_on=True)


def _options(making: _Making) -> None:
    for place, option in enumerate(making.of.options):
        _party, _party_id, _letter, inside = making.parties[place % len(making.parties)]
        own_texts.write_text(inside[0], kind=MediationText.OPTION, text=making.stands("all", option))


def _agreements(making: _Making) -> None:
    for text, look_again in making.of.agreements:
        own_texts.write_text(
            making.mediator,
            kind=MediationText.AGREEMENT,
            text=making.stands("all", text),
            look_again=look_again,
        )
    _answer(making, 0, "yes", "yes")
    _answer(making, 1, "asks", "yes")


def _aftercare(making: _Making) -> None:
    _answer(making, 1, "yes", "yes")


def _answer(making: _Making, place: int, *answers: str) -> None:
    for (party, _party_id, letter, inside), answer in zip(making.parties, answers, strict=True):
        agreement = acting.look(inside[0]).agreements[place].text
        if answer == "yes" and party.kind == "group":
            _ask_the_group(making, inside, letter, agreement.item, agreement.version)
        approving.answer_agreement(inside[0], item=agreement.item, version=agreement.version, answer=answer)


def _ask_the_group(making: _Making, inside: list[Opened], letter: str, item: str, version: int) -> None:
    """Ask the people of a group on their own phones; of one who is in it alone it is said how else."""
    speaker, *others = inside
    alone = f"group {letter}"
    if not others:
        how = making.stands(alone, "Besproken bij het voetballen, met wie er was.")
        asked_otherwise(speaker, item=item, version=version, how=how, release=True)
        return
    ask_group(speaker, item=item, version=version, days=7, release=True)
    for person in others:
        line = making.stands(alone, "Goed, als het echt voor iedereen geldt.")
        answer_group(person, item=item, answer="yes", line=line)
    end_round(speaker, item=item)


HAPPENS: dict[MediationStep, Callable[[_Making], None]] = {
    MediationStep.REGISTRATION: _registered,
    MediationStep.INTAKES: _intakes,
    MediationStep.TOGETHER: _together,
    MediationStep.OPTIONS: _options,
    MediationStep.AGREEMENTS: _agreements,
    MediationStep.AFTERCARE: _aftercare,
}
