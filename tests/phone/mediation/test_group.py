"""The page on which a group is asked: who reads it, what its people answer, and that its speaker waits for it."""

import re

import pytest
from sqlmodel import Session

from models.basics.clock import now
from models.basics.words import MediationStep, MediationText
from models.mediation import acting, arranging, own_texts
from models.mediation.coming_in import come_in, draw_words
from models.mediation.sealing import new_pair
from models.storage.database import engine
from models.tables import MediationPerson
from tests.builders.mediation import Mediated, let_in, make_mediated
from tests.phone.mediation.visiting import Visitor

AGREEMENT, LINE = "Wij groeten elkaar, ook na een moeilijk gesprek.", "Alleen als zij ook groeten. ❤️"
STORY = "Op het plein riep iemand mijn naam verkeerd, en niemand zei iets."
PRINCIPLE = "Wij willen het eerst van u horen, niet uit de krant."


pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.fixture
def made(sqlite: str) -> Mediated:
    made = make_mediated(MediationStep.AGREEMENTS)
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text=AGREEMENT)
    return made


def item_of(made: Mediated) -> str:
    return acting.look(made.open_as("")).agreements[-1].text.item


def approves(page: str, item: str) -> bool:
    """Whether an agreement can be approved on a page."""
    (part,) = re.findall(rf'<li class="said" id="{item}">.*?</li>', page, re.S)
    return "We approve" in part


def test_a_group_is_asked_answers_and_only_then_its_speaker_approves(made: Mediated) -> None:
    rinus, halima, item = Visitor(made, "A"), Visitor(made, "A", 1), item_of(made)
    page = f"?group={item}"

    assert not approves(rinus.read(), item) and "You can approve once your group was asked." in rinus.read()
    assert "The group has not been asked yet." in rinus.do("answer", 409, item=item, version=1, answer="yes")
    shown = rinus.read(page)
    assert AGREEMENT in shown and "Only your own group reads this" in shown
    assert "Your group asks what you think" not in halima.read()
    rinus.do("ask-group", group=item, version=1, days=7)
    assert "Your group asks what you think" in halima.read()
    answered = halima.do("say", group=item, answer="asks", line=LINE)
    assert "Your answer stands." in answered and "End it now" not in answered
    counted = rinus.do("spoken", group=item, yes=12, asks=0, no="")
    assert "<b>12</b> agree" in counted and "<b>1</b> have a question" in counted and LINE in counted
    assert not approves(rinus.read(), item)
    assert "Your group was asked." in rinus.do("end-round", group=item)
    assert approves(rinus.do("answer", item=item, version=1, answer="yes"), item)


def test_the_mediator_reads_the_numbers_once_they_are_written_there_and_never_the_lines(
    made: Mediated,
) -> None:
    rinus, halima, item = Visitor(made, "A"), Visitor(made, "A", 1), item_of(made)
    mediator, marieke = Visitor(made, ""), Visitor(made, "B")
    rinus.do("ask-group", group=item, version=1, days=3, release=1)
    halima.do("say", group=item, answer="no", line=LINE)
    rinus.do("end-round", group=item)

    for other in (mediator, marieke):
        assert LINE not in other.read("?band=a") + other.read(f"?group={item}")
    assert "Wij vroegen onze groep" not in mediator.read("?band=a")
    rinus.do("tell", group=item)
    told = mediator.read("?band=a")
    assert f"Wij vroegen onze groep over “{AGREEMENT}”. Eens: 0. Een vraag: 0. Niet eens: 1." in told
    assert LINE not in told and "Wij vroegen onze groep" not in marieke.read()


def test_who_is_asked_twice_changes_the_answer_and_a_look_changes_nothing(made: Mediated) -> None:
    rinus, halima, item = Visitor(made, "A"), Visitor(made, "A", 1), item_of(made)
    rinus.do("ask-group", group=item, version=1, days=14)
    rinus.do("ask-group", group=item, version=1, days=14)
    for _ in range(3):
        assert "<b>0</b> agree" in halima.read(f"?group={item}")
    halima.do("say", group=item, answer="no", line=LINE)

    changed = halima.do("say", group=item, answer="yes", line="")
    assert "<b>1</b> agree" in changed and "<b>0</b> do not agree" in changed and LINE not in changed


def test_a_line_that_is_too_long_stands_in_its_field_again(made: Mediated) -> None:
    rinus, halima, item = Visitor(made, "A"), Visitor(made, "A", 1), item_of(made)
    rinus.do("ask-group", group=item, version=1, days=14)
    long = "é" * 401

    assert long in halima.do("say", 413, group=item, answer="yes", line=long)


def test_a_principle_bears_the_name_of_who_wrote_it_and_is_marked_by_who_speaks(sqlite: str) -> None:
    """It is released in one's own words without asking the group; so nobody may take it for what all of them find."""
    made = make_mediated(MediationStep.TOGETHER)
    halima, marieke = Visitor(made, "A", 1), Visitor(made, "B")
    halima.do("text", kind="principle", text=PRINCIPLE)
    written = acting.look(made.open_as("A", 1)).between(1)[-1]

    asked = halima.read(f"?share={written.item}")
    assert "Your group is not asked first" in asked
    halima.do("share", item=written.item, version=written.version)
    marieke.do("seen")
    for page in (marieke.read(), Visitor(made, "").read("?band=a"), Visitor(made, "A").read()):
        assert re.search(rf"{PRINCIPLE}.*?Halima Çelik", page, re.DOTALL)

    # Who reads along does not say what the party finds.
    theirs = next(one.text.item for one in acting.look(made.open_as("A", 1)).principles if one.party_id == 2)
    assert 'name="item" value="' + theirs in Visitor(made, "A").read()
    assert 'name="item" value="' + theirs not in halima.read()
    halima.do("mark", 403, item=theirs, on="1")


def test_a_story_of_one_of_a_group_does_not_stand_there_as_what_the_group_says(sqlite: str) -> None:
    """On the page of the other party, on that of the mediator, and on the sheet of a party without a phone."""
    made = make_mediated(MediationStep.TOGETHER)
    mediator, halima, marieke = Visitor(made, ""), Visitor(made, "A", 1), Visitor(made, "B")
    arranging.add_party_on_paper(made.open_as(""), name="Koffieclub", kind="person", person="Ayşe Öztürk")
    mediator.do("accept", paper=3, mediator=1, secrecy=1, rules=1, mandate="self", signed_on=now().date())
    halima.do("text", kind="story", text=STORY)
    written = acting.look(made.open_as("A", 1)).between(1)[-1]
    halima.do("share", item=written.item, version=written.version)
    marieke.do("seen")
    name = acting.look(made.open_as("A")).party(1).name

    for page in (marieke.read(), mediator.read("?band=all"), mediator.read("?paper=3&sheet=read")):
        assert STORY in page
        assert f"<bdi>Halima Çelik</bdi> · <bdi>{name}</bdi>" in page
    # Of a party of one person its name tells enough.
    marieke.do("text", kind="story", text="Ik had eerder moeten bellen.")
    told = acting.look(made.open_as("B")).between(2)[-1]
    marieke.do("share", item=told.item, version=told.version)
    halima.do("seen")
    assert re.search(r"<b><bdi>[^<]+</bdi></b></p><span[^>]*>Ik had eerder", halima.read())


def test_who_was_let_into_a_group_stands_on_the_page_before_it_is_asked(made: Mediated) -> None:
    """A mediator who lets a stranger into a group would read there what no mediator reads: the group sees who is in."""
    item, mediator = item_of(made), made.open_as("")
    invited = arranging.add_person(mediator, party_id=1, person="Een onbekende 🕵️")
    asking = Visitor(made, "A").read(f"?group={item}")
    assert "Rinus Jansen and Halima Çelik" in asking and "Een onbekende" not in asking
    drawn = draw_words(invited.token, "nl")
    come_in(invited.token, drawn, drawn.words)
    let_in(mediator, invited.person_id)

    asking = Visitor(made, "A").read(f"?group={item}")
    assert "Rinus Jansen, Halima Çelik, and Een onbekende 🕵️" in asking and "do you know them all?" in asking


def test_who_was_put_into_a_group_by_another_way_stands_there_without_a_name(made: Mediated) -> None:
    """Who administers the database can add a person with a key of their own, and no name: no seal opens for them."""
    with Session(engine()) as session:
        row = session.get_one(MediationPerson, made.open_as("A", 1).person_id)
        pair = new_pair()
        session.add(
            MediationPerson(
                mediation_id=row.mediation_id,
                party_id=row.party_id,
                link_hash="0" * 64,
                code_hash="",
                invited_at=row.invited_at,
                enrolled_at=row.enrolled_at,
                admitted_at=row.admitted_at,
                pair=1,
                public_key=pair.public,
                salt=b"s" * 16,
                sealed_private=b"s" * 60,
            )
        )
        session.commit()

    assert "Halima Çelik, and somebody without a name" in Visitor(made, "A").read(f"?group={item_of(made)}")
