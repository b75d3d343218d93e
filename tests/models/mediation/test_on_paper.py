"""A party without a phone: the mediator types, the party signs on paper, and nothing goes further before."""

from datetime import timedelta

import pytest

from models.basics.clock import today
from models.basics.errors import (
    ChangedMeanwhile,
    InvalidValue,
    InvitedAlready,
    NotConfirmed,
    NotFound,
    NothingAcceptedYet,
    NotYours,
    SignedWhen,
)
from models.basics.words import MediationStep, MediationText
from models.example.merenveld import TIME_ZONE
from models.mediation import accepting, acting, approving, arranging, ending, own_texts, releasing
from models.mediation.acting import OnPaper
from models.mediation.coming_in import come_in, draw_words
from models.mediation.mediation import name_another_mediator
from models.mediation.opened import Opened, open_keys
from models.mediation.outcomes import list_outcomes
from models.mediation.views import Inside
from models.storage.database import reading
from models.storage.writing import write
from models.tables import MediationKey, MediationPerson
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, let_in, make_mediated

STORY, PRINCIPLE = (
    "Ik lees niet graag, maar ik weet nog precies wat er gezegd is. 🌳",
    "Noem ons bij onze naam.",
)
C = 3


@pytest.fixture
def made(sqlite: str) -> Mediated:
    """Party C, an elderly neighbour, comes in beside two that have phones."""
    made = make_mediated(MediationStep.TOGETHER)
    arranging.add_party_on_paper(made.open_as(""), name="Mevrouw Öztürk", kind="person", person="Ayşe Öztürk")
    return made


def signed(days: int = 0) -> OnPaper:
    return OnPaper(C, today(TIME_ZONE) - timedelta(days=days))


def accepted(made: Mediated) -> Opened:
    mediator = made.open_as("")
    accepting.accept(mediator, texts=["alles"], mandate="self", who_decides="", paper=signed())
    return mediator


def typed(mediator: Opened, text: str = PRINCIPLE, kind: str = MediationText.PRINCIPLE) -> str:
    """Type for party C what it says; return the name of the text."""
    own_texts.write_text(mediator, kind=kind, text=text, paper=OnPaper(C))
    return acting.look(mediator).between(C)[-1].item


def confirmed(mediator: Opened, text: str = PRINCIPLE) -> tuple[str, int]:
    item = typed(mediator, text)
    own_texts.confirm_text(mediator, item=item, version=1, paper=signed())
    return item, 2


def texts_of(opened: Opened) -> list[str]:
    return [text.text for text in acting.look(opened).texts]


def as_c(mediator: Opened) -> Inside:
    return acting.look(mediator).as_party(C)


def test_nothing_is_typed_for_a_party_before_it_signed_what_it_accepts(made: Mediated) -> None:
    mediator = made.open_as("")

    with pytest.raises(NothingAcceptedYet):
        typed(mediator)
    with pytest.raises(SignedWhen):
        accepting.accept(mediator, texts=["alles"], mandate="self", who_decides="", paper=OnPaper(C))
    assert not acting.look(mediator).party(C).has_accepted
    accepting.accept(mediator, texts=["alles"], mandate="self", who_decides="", paper=signed())

    person = acting.look(made.open_as("A")).party(C).people[0]
    assert (person.has_accepted, person.is_on_paper, person.mandate) == (True, True, "self")
    assert person.signed_on == today(TIME_ZONE).isoformat()


@pytest.mark.parametrize("days", [1, -2])
def test_the_day_of_a_signature_lies_between_the_text_and_today(made: Mediated, days: int) -> None:
    mediator = accepted(made)
    item = typed(mediator)

    with pytest.raises(SignedWhen):
        own_texts.confirm_text(mediator, item=item, version=1, paper=signed(days))


def test_what_is_typed_for_a_party_only_its_mediator_can_open(made: Mediated) -> None:
    mediator = accepted(made)
    typed(mediator, STORY, MediationText.STORY)
    audience = acting.look(mediator).between(C)[0].audience_id

    assert STORY not in texts_of(made.open_as("A")) + texts_of(made.open_as("B"))
    assert [row["person_id"] for row in rows_of(MediationKey) if row["audience_id"] == audience] == [
        mediator.person_id
    ]
    # Nobody came in for it: there is no key that could be guessed at.
    assert [row["public_key"] for row in rows_of(MediationPerson) if row["party_id"] == C] == [None]


def test_a_text_is_released_only_after_it_and_its_release_were_signed(made: Mediated) -> None:
    mediator, marieke = accepted(made), made.open_as("B")
    item = typed(mediator)

    with pytest.raises(NotConfirmed):
        releasing.share(mediator, item=item, version=1, paper=signed())
    own_texts.confirm_text(mediator, item=item, version=1, paper=signed())
    with pytest.raises(SignedWhen):
        releasing.share(mediator, item=item, version=2, paper=OnPaper(C))
    assert PRINCIPLE not in texts_of(marieke)
    releasing.share(mediator, item=item, version=2, paper=signed())

    assert [text.text for text in acting.look(marieke).unopened] == [PRINCIPLE]
    releasing.take_back(mediator, item=item, paper=OnPaper(C))
    assert PRINCIPLE not in texts_of(marieke)


def test_a_text_that_changes_after_it_was_signed_is_signed_again(made: Mediated) -> None:
    mediator = accepted(made)
    item, version = confirmed(mediator)
    own_texts.write_text(
        mediator, kind=MediationText.PRINCIPLE, text="Anders gezegd.", item=item, paper=OnPaper(C)
    )

    with pytest.raises(ChangedMeanwhile):
        own_texts.confirm_text(mediator, item=item, version=version, paper=signed())
    with pytest.raises(NotConfirmed):
        releasing.share(mediator, item=item, version=3, paper=signed())


def test_nothing_that_all_read_is_typed_for_a_party(made: Mediated) -> None:
    mediator = accepted(made)
    arranging.move_to(mediator, step=MediationStep.AGREEMENTS)

    for kind in (MediationText.OPTION, MediationText.AGREEMENT, MediationText.MESSAGE):
        with pytest.raises(InvalidValue):
            own_texts.write_text(mediator, kind=kind, text="Voor allen.", paper=OnPaper(C))


def test_nobody_acts_for_a_party_that_has_a_phone_nor_anybody_but_the_mediator(made: Mediated) -> None:
    mediator = accepted(made)
    item, version = confirmed(mediator)

    with pytest.raises(NotYours):
        own_texts.write_text(mediator, kind=MediationText.STORY, text="Namens A.", paper=OnPaper(1))
    with pytest.raises(NotYours):
        releasing.share(made.open_as("A"), item=item, version=version, paper=signed())
    with pytest.raises(NotYours):
        releasing.share(mediator, item=item, version=version)


def test_what_others_release_is_theirs_to_take_back_until_it_was_read_to_the_party(made: Mediated) -> None:
    mediator, rinus = accepted(made), made.open_as("A")
    story = acting.look(rinus).between(1)[0]
    releasing.share(rinus, item=story.item, version=story.version)

    assert story.text in [text.text for text in as_c(mediator).unopened]
    releasing.take_back(rinus, item=story.item)
    releasing.share(rinus, item=story.item, version=story.version)
    releasing.open_new(mediator, paper=OnPaper(C))
    assert as_c(mediator).unopened == []
    copy = acting.look(rinus).shared_copy(story.item)
    assert copy is not None and acting.look(rinus).opened_at(copy) is not None


def test_it_marks_approves_and_releases_to_the_alliance_on_paper(sqlite: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    mediator = made.open_as("")
    arranging.add_party_on_paper(mediator, name="Mevrouw Öztürk", kind="person", person="Ayşe Öztürk")
    accepted(made)
    releasing.open_new(mediator, paper=OnPaper(C))
    agreement = acting.look(mediator).agreements[0].text
    principle = as_c(mediator).principles[0].text
    item, version = agreement.item, agreement.version

    assert not acting.look(mediator).agreements[0].is_approved
    for attempt in (
        lambda: releasing.mark(mediator, item=principle.item, is_on=True, paper=OnPaper(C)),
        lambda: approving.answer_agreement(
            mediator, answer="yes", paper=OnPaper(C), item=item, version=version
        ),
    ):
        with pytest.raises(SignedWhen):
            attempt()
    releasing.mark(mediator, item=principle.item, is_on=True, paper=signed())
    approving.answer_agreement(mediator, answer="yes", paper=signed(), item=item, version=version)
    assert C in acting.look(made.open_as("B")).principles[0].marked_by
    assert acting.look(mediator).agreements[0].is_approved

    for party in ("A", "B"):
        approving.release_to_alliance(made.open_as(party), item=item, version=version)
    with reading() as session:
        assert list_outcomes(session, made.alliance_id) == []
    approving.release_to_alliance(mediator, paper=signed(), item=item, version=version)
    with reading() as session:
        assert [one.text for one in list_outcomes(session, made.alliance_id)] == [agreement.text]
    approving.take_back_from_alliance(
        mediator, item=agreement.item, instead="Teruggenomen.", paper=OnPaper(C)
    )
    with reading() as session:
        assert list_outcomes(session, made.alliance_id) == []


def test_who_gets_a_phone_after_all_accepts_on_it_and_reads_what_was_typed(made: Mediated) -> None:
    mediator = accepted(made)
    item, _version = confirmed(mediator)
    person_id = acting.look(mediator).party(C).people[0].id
    invited = arranging.invite_again(mediator, person_id=person_id)
    drawn = draw_words(invited.token, "nl")
    ayse = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert ayse is not None
    let_in(mediator, person_id)

    assert not acting.look(ayse).me.has_accepted
    with pytest.raises(NotYours):
        releasing.share(mediator, item=item, version=2, paper=signed())
    accepting.accept(ayse, texts=["alles"], mandate="self", who_decides="")
    releasing.share(ayse, item=item, version=2)
    assert PRINCIPLE in texts_of(made.open_as("B"))


def test_another_mediator_begins_anew_with_a_party_without_a_phone(made: Mediated) -> None:
    """Nobody else had its key: the party has its signed sheets, and signs for the newcomer."""
    typed(accepted(made))
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    drawn = draw_words(invited.token, "nl")
    newcomer = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert newcomer is not None
    arranging.set_up(newcomer, direction="vertical", name="Karim Aziz", declaration="Ik hoor bij niemand.")
    accepting.accept(made.open_as("A"), texts=["alles"], mandate="self", who_decides="")

    assert PRINCIPLE not in texts_of(newcomer)
    party = acting.look(newcomer).party(C)
    assert (party.name, party.has_accepted) == ("Mevrouw Öztürk", False)
    accepting.accept(newcomer, texts=["alles"], mandate="self", who_decides="", paper=signed())
    typed(newcomer)
    assert PRINCIPLE in texts_of(newcomer)


def test_another_mediator_of_parties_that_are_all_on_paper_names_them_again(sqlite: str) -> None:
    """Who mediated before had the only key: the names went with it, and nobody may lose them without being told."""
    made = make_mediated(MediationStep.REGISTRATION)
    mediator = made.open_as("")
    for person in [one.id for party in acting.look(mediator).parties for one in party.people]:
        arranging.remove(mediator, person_id=person)
    for name in ("Mevrouw Öztürk", "Buurtgroep Lindehof"):
        arranging.add_party_on_paper(mediator, name=name, kind="group", person=f"{name} zelf")
    seen = acting.look(mediator)
    assert (seen.is_another_asked, seen.nameless) == (False, [])
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    seen = acting.look(mediator)
    assert seen.is_another_asked
    assert [party.name for party in seen.on_paper] == ["Mevrouw Öztürk", "Buurtgroep Lindehof"]

    drawn = draw_words(invited.token, "nl")
    newcomer = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert newcomer is not None
    again = {"name": "Mevrouw Öztürk", "kind": "person", "person": "Ayşe Öztürk"}
    nameless = [one.id for one in acting.look(newcomer).nameless]
    assert len(nameless) == 2
    with pytest.raises(NothingAcceptedYet):
        arranging.name_again(newcomer, party_id=nameless[0], **again)
    arranging.set_up(newcomer, direction="vertical", name="Karim Aziz", declaration="Ik hoor bij niemand.")
    arranging.name_again(newcomer, party_id=nameless[0], **again)
    with pytest.raises(InvitedAlready):
        arranging.name_again(newcomer, party_id=nameless[1], **again)
    with pytest.raises(NotFound):
        arranging.name_again(newcomer, party_id=nameless[0], **again)

    party = acting.look(newcomer).party(nameless[0])
    assert party.on_paper is not None
    assert (party.name, party.on_paper.name, party.has_accepted) == ("Mevrouw Öztürk", "Ayşe Öztürk", False)
    paper = OnPaper(nameless[0], today(TIME_ZONE))
    accepting.accept(newcomer, texts=["alles"], mandate="self", who_decides="", paper=paper)
    own_texts.write_text(newcomer, kind=MediationText.STORY, text=STORY, paper=OnPaper(nameless[0]))
    assert STORY in texts_of(newcomer)


def test_no_name_is_typed_again_that_somebody_with_a_phone_brings_back(made: Mediated) -> None:
    accepted(made)
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    drawn = draw_words(invited.token, "nl")
    newcomer = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert newcomer is not None
    arranging.set_up(newcomer, direction="vertical", name="Karim Aziz", declaration="Ik hoor bij niemand.")

    assert acting.look(newcomer).party(C).name == ""
    with pytest.raises(NotFound):
        arranging.name_again(newcomer, party_id=C, name="Een ander", kind="person", person="Iemand")
    accepting.accept(made.open_as("A"), texts=["alles"], mandate="self", who_decides="")
    assert acting.look(newcomer).party(C).name == "Mevrouw Öztürk"


def test_its_stop_is_a_spoken_word_and_can_be_taken_back(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    mediator = accepted(made)
    ending.stop(mediator, paper=OnPaper(C))

    assert as_c(mediator).stopped_by_me and not acting.look(made.open_as("A")).stopped_by_me
    ending.go_on(mediator, paper=OnPaper(C))
    assert as_c(mediator).stops_at is None
