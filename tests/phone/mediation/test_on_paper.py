"""The pages of a party without a phone: what its mediator types, prints and records, and what a look never does."""

import re

import pytest
from starlette.testclient import TestClient

from models.basics.clock import today
from models.basics.words import MediationStep
from models.example.merenveld import TIME_ZONE
from models.mediation import acting
from models.mediation.mediation import name_another_mediator
from models.storage.writing import write
from models.tables import MediationPerson
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, make_mediated
from tests.phone.conftest import make_app
from tests.phone.mediation.visiting import HERE, Visitor

STORY = "Ik lees niet graag, maar weet nog precies wat er gezegd is. أتذكر كل شيء"
PAPER = 3


pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.fixture
def made(sqlite: str) -> Mediated:
    return make_mediated(MediationStep.TOGETHER)


@pytest.fixture
def mediator(made: Mediated) -> Visitor:
    """Who has just added a neighbour without a phone as party C."""
    visitor = Visitor(made, "")
    place = re.search(r'data-place="([^"]+)"', visitor.read())
    assert place is not None
    visitor.do("draft", place=place[1], text="")
    shown = visitor.do(
        "party", party="Mevrouw Öztürk", kind="person", person="Ayşe Öztürk", on_paper="1", band="all"
    )
    assert "Party C, on paper" in shown and "The code, to say aloud" not in shown
    return visitor


def signed() -> str:
    return today(TIME_ZONE).isoformat()


def accepts(mediator: Visitor) -> str:
    return mediator.do(
        "accept", paper=PAPER, signed_on=signed(), mediator="1", secrecy="1", rules="1", mandate="self"
    )


def item_of(made: Mediated) -> tuple[str, int]:
    text = acting.look(made.open_as("")).between(PAPER)[-1]
    return text.item, text.version


def test_there_is_no_field_for_it_before_it_signed(made: Mediated, mediator: Visitor) -> None:
    band = mediator.read("?band=c")
    sheet = mediator.read(f"?paper={PAPER}&sheet=accept")
    refused = mediator.do(
        "accept", 422, paper=PAPER, mediator="1", secrecy="1", rules="1", mandate="self", signed_on=""
    )

    assert "For party C, read back" in band and "<textarea" not in band
    for said in ("Hoekstra declares", "Woo", "I keep secret what I read here", "Signature", "☐ I do myself"):
        assert said in sheet
    assert "Say on which day the party signed." in refused
    assert "signed on" in accepts(mediator)
    assert "<textarea" in mediator.read("?band=c")


def test_what_it_says_is_typed_printed_signed_and_then_released(made: Mediated, mediator: Visitor) -> None:
    accepts(mediator)
    mediator.do("text", paper=PAPER, kind="story", text=STORY, band="c")
    item, version = item_of(made)
    page = mediator.read(f"?paper={PAPER}")
    sheet = mediator.read(f"?paper={PAPER}&sheet=text&item={item}")

    assert "Not signed yet." in page and "Release to all" not in page
    assert STORY in sheet and "Only you and the mediator read it." in sheet and "Signature" in sheet
    assert "has not confirmed this text" in mediator.do(
        "share", 409, paper=PAPER, item=item, version=version, signed_on=signed()
    )
    mediator.do("confirm", paper=PAPER, item=item, version=version, signed_on=signed())
    shares = mediator.read(f"?paper={PAPER}&sheet=share&item={item}")
    assert STORY in shares and "Marieke de Wit" in shares and "Woo" in shares
    # Nothing of all these looks and signatures has shown it to another party.
    assert "was released to you" not in Visitor(made, "A").read()
    mediator.do("share", paper=PAPER, item=item, version=version + 1, signed_on=signed())
    other = Visitor(made, "B")
    assert "was released to you" in other.read()
    assert STORY in other.do("seen")


def test_its_sheets_and_its_page_are_its_mediators_alone(made: Mediated, mediator: Visitor) -> None:
    accepts(mediator)
    mediator.do("text", paper=PAPER, kind="story", text=STORY, band="c")
    item, _version = item_of(made)
    rinus = Visitor(made, "A")

    for where in (f"?paper={PAPER}", f"?paper={PAPER}&sheet=text&item={item}"):
        assert STORY not in rinus.read(where)
    # Of a party that has a phone there is no such page, and no sheet of another's text.
    own = acting.look(made.open_as("A")).between(1)[0]
    for where in ("?paper=1", f"?paper={PAPER}&sheet=text&item={own.item}"):
        assert own.text not in mediator.read(where)
    rinus.do("share", 403, paper=PAPER, item=item, version=1, signed_on=signed())


def test_the_band_keeps_what_is_being_typed_for_it_and_lets_go_once_it_is_kept(
    made: Mediated, mediator: Visitor
) -> None:
    accepts(mediator)
    mediator.do("draft", place=f"party {PAPER} story", text="Half getypt")

    assert "Half getypt" in mediator.read("?band=a")
    mediator.do("text", paper=PAPER, kind="principle", text="Half getypt, en af.", band="c")
    assert "Text stands here" not in mediator.read("?band=a").split("data-held")[0]
    assert "Half getypt" not in mediator.read("?band=a")


def test_a_refused_text_stands_in_its_field_again(made: Mediated, mediator: Visitor) -> None:
    accepts(mediator)
    long = "é" * 20_001

    assert long in mediator.do("text", 413, paper=PAPER, kind="story", text=long, band="c")


def test_it_stops_by_its_word_and_goes_on_after_all(made: Mediated, mediator: Visitor) -> None:
    accepts(mediator)

    assert "Party C stops." in mediator.do("stop", paper=PAPER)
    assert "Party C stops." not in mediator.do("go-on", paper=PAPER)


def test_a_mediator_is_told_before_another_takes_over_and_who_does_types_lost_names_again(
    sqlite: str,
) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    mediator = Visitor(made, "")
    for row in rows_of(MediationPerson):
        if row["party_id"]:
            mediator.do("remove", person_id=row["id"])
    for name in ("Mevrouw Öztürk", "أصدقاء الحديقة"):
        mediator.do("party", party=name, kind="group", person=f"{name}, zelf", on_paper="1")
    assert "Another mediator was asked." not in mediator.read()
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    told = mediator.read()
    assert "Another mediator was asked." in told
    assert "Nobody but you can open what these parties told: Mevrouw Öztürk and أصدقاء الحديقة." in told

    newcomer = TestClient(
        make_app(), base_url=HERE, client=("127.0.0.1", 50_000), headers={"accept-language": "en"}
    )
    path = f"/m/{invited.token}"
    shown = newcomer.post(f"{path}/code", data={"code": invited.code}).text
    words = re.search(r'class="six"[^>]*>([^<]+)<', shown)
    assert words is not None
    newcomer.post(f"{path}/words", data={"words": words[1]})
    form = {"direction": "horizontal", "name": "Karim Aziz", "declaration": "Ik hoor bij niemand."}
    page = newcomer.post(f"{path}/setup", data=form).text
    assert "The names of the parties cannot be opened any more." in page and "Party C" in page
    people = newcomer.get(f"{path}?parties=1").text
    party = re.search(r'/name-again".*?name="party_id" value="(\d+)"', people, re.DOTALL)
    assert party is not None
    again = {"party_id": party[1], "party": "Mevrouw Öztürk", "kind": "person", "person": ""}
    refused = newcomer.post(f"{path}/name-again", data=again)
    assert refused.status_code == 422 and 'value="Mevrouw Öztürk"' in refused.text
    paper = newcomer.post(f"{path}/name-again", data=again | {"person": "Ayşe Öztürk"}).text

    assert "Party C, on paper" in paper and "Mevrouw Öztürk has no phone." in paper
    assert "Mevrouw Öztürk" in newcomer.get(path).text
