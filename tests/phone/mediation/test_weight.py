"""Every page of a mediation weighs at most 25 kB in 5 requests, and each tells how it works."""

import pytest

from models.basics.clock import now
from models.basics.words import MediationStep
from models.example.merenveld_mediation import HORIZONTAL, VERTICAL, ExampleMediation
from models.mediation import accepting, acting, arranging, own_texts, releasing
from models.mediation.acting import OnPaper
from tests.builders.mediation import make_mediated
from tests.phone.mediation.visiting import Visitor

MOST_BYTES, MOST_REQUESTS = 25_000, 5


pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.mark.parametrize("of", [HORIZONTAL, VERTICAL], ids=lambda of: str(of.direction))
@pytest.mark.parametrize("step", [MediationStep.INTAKES, MediationStep.AGREEMENTS, MediationStep.AFTERCARE])
def test_each_page_is_light_in_both_languages(sqlite: str, step: str, of: ExampleMediation) -> None:
    made = make_mediated(step, of)
    mediator = Visitor(made, "")
    arranging.add_party_on_paper(made.open_as(""), name="Mevrouw Öztürk", kind="person", person="Ayşe Öztürk")
    pages = [(mediator, where) for where in ("?band=a", "?band=all", "?parties=1", "?help=1", "?paper=3")]
    pages += [(Visitor(made, "A"), where) for where in ("", "?help=1")] + [(Visitor(made, "B"), "")]
    if step != MediationStep.INTAKES:
        agreement = acting.look(made.open_as("")).agreements[0].text.item
        pages += [(mediator, "?add=option"), (mediator, "?add=agreement")]
        pages += [(pages[5][0], "?add=agreement"), (pages[5][0], f"?group={agreement}")]
    heavy = []
    for visitor, where in pages:
        for language in ("nl", "en"):
            visitor.client.headers["accept-language"] = language
            requests, size = visitor.weight(where)
            if requests > MOST_REQUESTS or size > MOST_BYTES:
                heavy.append((visitor.path, where, language, requests, size))

    assert heavy == []


def test_the_page_of_a_party_on_paper_is_light_with_everything_on_it(sqlite: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    mediator = made.open_as("")
    arranging.add_party_on_paper(mediator, name="Koffieclub", kind="group", person="Ayşe Öztürk")
    paper = OnPaper(3, now().date())
    accepting.accept(mediator, texts=["alles"], mandate="self", who_decides="", paper=paper)
    for kind, text in (("story", "Ik weet nog wat er gezegd is."), ("principle", "Noem ons bij onze naam.")):
        own_texts.write_text(mediator, kind=kind, text=text, paper=paper)
    releasing.open_new(mediator, paper=paper)

    requests, size = Visitor(made, "").weight("?paper=3")

    assert requests <= MOST_REQUESTS and size <= MOST_BYTES


def test_each_page_leads_to_how_it_works_for_who_reads_it(sqlite: str) -> None:
    made = make_mediated()
    told = {}
    for party in ("", "A"):
        visitor = Visitor(made, party)
        assert "How this works" in visitor.read()
        told[party] = visitor.read("?help=1")

    for said in ("Your key", "Who reads what", "What is destroyed, and when", "it ends by itself on"):
        assert all(said in page for page in told.values())
    assert "spare key" in told[""] and "step by step" in told[""]
    assert "spare key" not in told["A"] and "step by step" not in told["A"]
    # Nothing that somebody wrote stands there.
    assert not [text for text in made.texts("A") + made.texts("notes") if text in told[""] + told["A"]]
