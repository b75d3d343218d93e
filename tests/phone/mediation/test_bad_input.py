"""What goes wrong in a mediation, through its pages: a clear sentence, and nothing opened that should not be."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session

from models.basics.clock import now
from models.basics.words import MediationStep, MediationText
from models.mediation import acting
from models.mediation.destroying import destroy_due
from models.mediation.mediation import list_mediations, name_another_mediator
from models.mediation.sealing import new_pair
from models.mediation.stopping import end_stopped
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import (
    MediationAudience,
    MediationItem,
    MediationKey,
    MediationOutcome,
    MediationParty,
    MediationPerson,
)
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, make_mediated
from tests.phone.mediation.visiting import Visitor, number_on, person_on

pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.fixture
def made(sqlite: str) -> Mediated:
    return make_mediated()


def come_in(visitor: Visitor, token: str, code: str) -> str:
    """Come in by a link and a code on the browser of a visitor; return the six words."""
    path = f"/m/{token}"
    shown = visitor.client.post(f"{path}/code", data={"code": code}).text
    words = re.search(r'class="six"[^>]*>([^<]+)<', shown)
    assert words is not None
    assert visitor.client.post(f"{path}/words", data={"words": words[1]}).status_code == 200
    return words[1]


def invited(page: str) -> tuple[str, str]:
    """Return the link's token and the code that a page shows once."""
    link = re.search(r"/m/(\w{26})</p>", page)
    code = re.search(r'class="six">([^<]+)<', page)
    assert link is not None and code is not None
    return link[1], code[1]


def test_with_one_party_nobody_is_brought_together(sqlite: str) -> None:
    made = make_mediated(MediationStep.INTAKES)
    mediator = Visitor(made, "")
    for person in acting.look(made.open_as("")).parties[1].people:
        mediator.do("remove", person_id=person.id)

    assert "two parties at least" in mediator.do("step", 409, step="together")


def test_a_ninth_party_is_one_too_many_and_five_stand_side_by_side(made: Mediated) -> None:
    mediator = Visitor(made, "")
    for place in range(6):
        mediator.do("party", party=f"Groep {place}", kind="group", person=f"Iemand {place}")
    assert all(f"Groep {place}" in mediator.read() for place in range(6))

    refused = mediator.do("party", 422, party="Nog een", kind="group", person="Nog iemand")
    assert 'role="alert"' in refused and "Nog een" in refused


def test_a_party_that_never_comes_in_holds_up_nobody(made: Mediated) -> None:
    mediator = Visitor(made, "")
    mediator.do("party", party="Scouting", kind="group", person="Iemand anders")

    mediator.do("step", step="options")
    assert "Eén nummer" in Visitor(made, "A").do("text", kind="option", text="Eén nummer dat iemand opneemt.")


def test_the_same_person_is_not_invited_twice_however_it_is_typed(made: Mediated) -> None:
    mediator = Visitor(made, "")

    assert "is in this mediation already" in mediator.do("person", 409, party_id=2, person=" RINUS  Jansen ")
    assert "is in this mediation already" in mediator.do(
        "party", 409, party="gemeente merenveld", kind="group", person="Iemand", on_paper="1"
    )


def test_a_party_that_forgot_its_words_gets_others_from_who_sees_it(made: Mediated) -> None:
    mediator, rinus = Visitor(made, ""), made.person("A")
    person_id = acting.look(made.open_as("")).parties[0].people[0].id
    token, code = invited(mediator.do("again", person_id=person_id))
    gone = Visitor(made, "B").client.post(f"/m/{rinus.token}/open", data={"words": rinus.words})
    assert "These are not the words." in gone.text

    newcomer = Visitor(made, "B")
    come_in(newcomer, token, code)
    path = f"/m/{token}"
    assert made.texts("A")[0] not in newcomer.client.get(path).text
    mediator.do("admit", person_id=person_id, number=number_on(mediator.read()))
    assert "First three times yes" in newcomer.client.get(path).text


def test_where_everybody_forgot_the_words_the_page_says_that_the_text_is_gone(made: Mediated) -> None:
    mediator = made.person("")
    page = Visitor(made, "B").client.post(
        f"/m/{mediator.token}/open", data={"words": "al mijn woorden zijn weg ja"}
    )

    assert page.status_code == 403 and "Then the text is gone." in page.text
    assert not [text for text in made.texts("all") if text in page.text]


def test_another_mediator_reads_only_what_each_party_that_accepts_hands_over(made: Mediated) -> None:
    before, marieke, rinus = Visitor(made, ""), Visitor(made, "B"), Visitor(made, "A")
    asked = write(name_another_mediator, who=LEADER, mediation_id=1)
    newcomer = Visitor(made, "B")
    come_in(newcomer, asked.token, asked.code)
    newcomer.path = f"/m/{asked.token}"

    assert "Type your six words" in before.read()
    assert "The mediator opens the room" in rinus.read()
    newcomer.do("setup", name="Karim Aziz", direction="vertical", declaration="Ik hoor bij niemand.")
    assert "Karim Aziz declares" in rinus.read()
    rinus.do("accept", mediator=1, secrecy=1, rules=1, mandate="self")
    bands = newcomer.read("?band=a") + newcomer.read("?band=b")
    assert made.texts("A")[0] in bands and made.texts("B")[0] not in bands
    marieke.do("accept", mediator=1, secrecy=1, rules=1, mandate="self")
    assert made.texts("B")[0] in newcomer.read("?band=b")


def test_nobody_accepts_another_mediator_without_reading_that_it_is_another(made: Mediated) -> None:
    """Whoever names mediators could come in as one, and take the name of the one before."""
    rinus, told = Visitor(made, "A"), "Another mediator took over."
    name, declaration = acting.look(made.open_as("A")).mediator_name, "Ik hoor bij niemand."
    assert told not in rinus.read()
    asked = write(name_another_mediator, who=LEADER, mediation_id=1)
    newcomer = Visitor(made, "B")
    come_in(newcomer, asked.token, asked.code)
    newcomer.path = f"/m/{asked.token}"
    waiting = rinus.read()
    newcomer.do("setup", name=name, direction="vertical", declaration=declaration)
    accepting = rinus.read()

    # Who told something stops with ten minutes to come back, and does not lose it by one tap.
    for page in (waiting, accepting):
        assert told in page and "I stop this mediation" in page and "/decline" not in page
    rinus.do("decline", 403)
    assert "Go on after all" in rinus.do("stop")
    assert "Go on after all" not in rinus.do("go-on")
    rinus.do("accept", mediator=1, secrecy=1, rules=1, mandate="self")
    assert told not in rinus.read() and made.texts("A")[0] in rinus.read()
    # Who comes in for the first time reads of no other one.
    token, code = invited(newcomer.do("person", party_id=1, person="Sjaak de Groot"))
    sjaak = Visitor(made, "B")
    come_in(sjaak, token, code)
    newcomer.do("admit", person_id=person_on(newcomer.read()), number=number_on(newcomer.read()))
    first = sjaak.client.get(f"/m/{token}").text
    assert "First three times yes" in first and told not in first and "/decline" in first


def test_one_browser_with_two_links_reads_each_by_its_own_words(made: Mediated) -> None:
    """A party who is also the facilitator, or in two mediations: no page opens another."""
    other = make_mediated(alliance_id=made.alliance_id)
    rinus, theirs = Visitor(made, "A"), other.person("B")
    path = f"/m/{theirs.token}"

    assert "Type your six words" in rinus.client.get(path).text
    rinus.client.post(f"{path}/open", data={"words": theirs.words})
    assert made.texts("B")[0] in rinus.client.get(path).text
    assert made.texts("A")[0] in rinus.read()
    rinus.client.post(f"{path}/lock")
    assert made.texts("A")[0] in rinus.read()


def test_after_its_destruction_every_link_is_as_one_that_never_was(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    rinus, person = Visitor(made, "A"), made.person("A")
    rinus.do("stop")
    for place in ("models.mediation.stopping.now", "models.mediation.destroying.now"):
        monkeypatch.setattr(place, lambda: now() + timedelta(days=400))
    write(end_stopped)
    write(destroy_due)

    shown = rinus.client.get(rinus.path)
    assert "Type your six words" in shown.text
    unknown = "a" * 26
    assert shown.text.replace(person.token, unknown) == rinus.client.get(f"/m/{unknown}").text
    refused = rinus.client.post(f"{rinus.path}/text", data={"kind": MediationText.STORY, "text": "Nog iets."})
    assert refused.status_code == 403
    opened = rinus.client.post(f"{rinus.path}/open", data={"words": person.words})
    assert (opened.status_code, "These are not the words." in opened.text) == (403, True)
    with reading() as session:
        assert [row.is_ended for row in list_mediations(session, made.alliance_id)] == [True]


def test_arabic_stands_beside_dutch_each_in_its_own_direction(made: Mediated) -> None:
    arabic, dutch = "أريد أن أسلّم عليهم بأسمائهم.", "Ik wil hen bij naam groeten."
    rinus, mediator = Visitor(made, "A"), Visitor(made, "")
    for text in (arabic, dutch):
        rinus.do("text", kind="story", text=text)

    for page in (rinus.read(), mediator.read("?band=a")):
        for text in (arabic, dutch):
            assert f'dir="auto">{text}<' in page


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("text", {"kind": "story", "text": "  "}),
        ("text", {"kind": "wish", "text": "Iets."}),
        ("share", {"item": "f" * 32, "version": 1}),
        ("answer", {"item": "f" * 32, "version": 1, "answer": "yes"}),
        ("ask-group", {"group": "f" * 32, "version": 1, "days": 7}),
        ("say", {"group": "f" * 32, "answer": "yes"}),
        ("confirm", {"item": "f" * 32}),
        ("step", {"step": "elsewhere"}),
        ("share", {"item": "f" * 32, "version": 1, "paper": 2, "signed_on": "vandaag"}),
    ],
)
def test_what_no_page_offers_is_told_in_a_sentence(made: Mediated, act: str, form: dict[str, object]) -> None:
    for party in ("A", ""):
        visitor = Visitor(made, party)
        sent = {name: str(value) for name, value in form.items()}
        answer = visitor.client.post(f"{visitor.path}/{act}", data=sent)

        assert 400 <= answer.status_code < 500
        assert 'role="alert"' in answer.text


def test_nobody_does_by_hand_what_is_for_others_to_do(sqlite: str) -> None:
    """Each act that no page offers to somebody, with the real names and numbers of what is there: nothing changes."""
    made = make_mediated(MediationStep.AGREEMENTS)
    rinus = made.open_as("A")
    seen = acting.look(rinus)
    story = seen.between(1)[0]
    released = next(text for text in seen.between(1) if seen.shared_copy(text.item))
    agreement, halima = seen.agreements[0].text, made.open_as("A", 1).person_id
    of_b = next(one.text.item for one in seen.principles if one.party_id == 2)
    of_a: dict[str, object] = {"item": story.item, "version": story.version}
    about: dict[str, object] = {"item": agreement.item, "version": agreement.version}
    group: dict[str, object] = {"group": agreement.item, "version": agreement.version}
    mediators: list[tuple[str, dict[str, object]]] = [
        ("setup", {"direction": "horizontal", "name": "Ik", "declaration": "Ik bemiddel nu."}),
        ("party", {"party": "Een derde", "kind": "group", "person": "Iemand"}),
        ("person", {"party_id": 1, "person": "Iemand"}),
        ("name-again", {"party_id": 2, "party": "Anders", "kind": "group", "person": "Iemand"}),
        ("again", {"person_id": halima}),
        ("admit", {"person_id": halima}),
        ("remove", {"person_id": halima}),
        ("step", {"step": "aftercare"}),
        ("text", {"kind": "note", "text": "Iets."}),
        ("text", {"kind": "message", "party_id": 1, "text": "Iets."}),
    ]
    authors: list[tuple[str, dict[str, object]]] = [
        ("text", {"kind": "story", "text": "Iets.", **of_a}),
        ("share", of_a),
        ("delete", of_a),
        ("take-back", {"item": released.item}),
        ("confirm", {**of_a, "paper": 1, "signed_on": now().date().isoformat()}),
    ]
    speakers: list[tuple[str, dict[str, object]]] = [
        *(("answer", {**about, "answer": answer}) for answer in ("yes", "no")),
        ("release", about),
        ("keep-inside", about),
        ("mark", {"item": of_b, "on": 0}),
        ("mark", {"item": of_b, "on": 1}),
        ("ask-group", {**group, "days": 7}),
        ("otherwise", {**group, "how": "Zo."}),
        ("spoken", {**group, "yes": 40}),
        *((act, group) for act in ("end-round", "tell")),
    ]
    tables = (
        MediationPerson,
        MediationParty,
        MediationAudience,
        MediationKey,
        MediationItem,
        MediationOutcome,
    )
    visitors = {name: Visitor(made, *name) for name in (("", 0), ("A", 1), ("B", 0))}
    before = [rows_of(table) for table in tables]

    for who, acts in (
        (("B", 0), mediators + authors),
        (("A", 1), mediators + authors + speakers),
        (("", 0), authors + speakers),
    ):
        for act, form in acts:
            sent = {name: str(value) for name, value in form.items()}
            answer = visitors[who].client.post(f"{visitors[who].path}/{act}", data=sent)
            assert answer.status_code in (200, 403, 404, 409, 413, 422), (who, act)
            assert [rows_of(table) for table in tables] == before, (who, act)


def test_a_key_that_takes_anothers_place_is_heard_before_and_told_to_everybody_afterwards(
    made: Mediated,
) -> None:
    mediator, rinus = Visitor(made, ""), Visitor(made, "A")
    token, code = invited(mediator.do("person", party_id=1, person="Sjaak de Groot"))
    newcomer = Visitor(made, "B")
    come_in(newcomer, token, code)
    path = f"/m/{token}"
    waiting = newcomer.client.get(path).text.replace("\u00a0", " ")
    number = number_on(mediator.read())
    assert number in waiting and "Your six words you say to nobody." in waiting
    refused = mediator.do("admit", 409, person_id=person_on(mediator.read()), number="0000 0000")
    assert "Something had just changed." in refused
    mediator.do("admit", person_id=person_on(mediator.read()), number=number)
    accepting = newcomer.client.get(path).text
    # On one line, as one reads it aloud.
    own = re.search(r"Your own number, which a party asks for: ((?:\d{4}\u00a0){4}\d{4})\.", mediator.read())
    assert own is not None and f"The number of the mediator's key: {own[1]}." in accepting
    pages = (mediator.read(), mediator.read("?parties=1"), rinus.read(), accepting)
    assert not any('role="alert"' in page for page in pages)

    with Session(engine()) as session:
        session.get_one(MediationPerson, made.open_as("A", 1).person_id).public_key = new_pair().public
        session.commit()

    for page in (mediator.read(), mediator.read("?parties=1"), rinus.read(), newcomer.client.get(path).text):
        assert "This is not the key with which they were let in: Halima Çelik." in page
    assert "Let these persons go" in mediator.read() and "Let these persons go" not in rinus.read()
