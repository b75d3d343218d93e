"""What the pages say when a party leaves, and when nobody does anything: the same sentence for all, and never who."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models.basics.clock import now
from models.mediation import accepting, arranging
from models.mediation.acting import OnPaper
from models.mediation.stopping import TAKE_BACK_MINUTES
from models.storage.writing import write
from models.tables import Mediation
from tests.builders.mediation import Mediated, make_mediated
from tests.phone.mediation.visiting import Visitor

pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.fixture
def made(sqlite: str) -> Mediated:
    return make_mediated()


def with_a_third(made: Mediated) -> Mediated:
    mediator = made.open_as("")
    arranging.add_party_on_paper(mediator, name="Mevrouw Öztürk", kind="person", person="Ayşe Öztürk")
    paper = OnPaper(3, now().date())
    accepting.accept(mediator, texts=["alles"], mandate="self", who_decides="", paper=paper)
    return made


def test_with_three_the_button_says_that_the_others_go_on_and_they_read_it_after_ten_minutes(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "I stop this mediation" in Visitor(made, "A").read()
    with_a_third(made)
    marieke = Visitor(made, "B")
    assert "My party stops" in marieke.read() and "The others go on." in marieke.read()
    stopped = marieke.do("stop")
    others = [Visitor(made, "A"), Visitor(made, "")]

    assert "Your party leaves this mediation." in stopped
    assert not any("no longer takes part" in other.read() for other in others)
    monkeypatch.setattr(
        "models.mediation.stopping.now", lambda: now() + timedelta(minutes=TAKE_BACK_MINUTES + 1)
    )
    assert all("Party B no longer takes part, since" in other.read() for other in others)
    # What the party that left had released still stands on the others' pages, by its name.
    assert all("Gemeente Merenveld" in other.read() for other in others)
    assert "Type your six words" in marieke.read()


def test_what_it_takes_to_go_on_stands_there_from_the_first_day_and_a_month_before_it_ends(
    made: Mediated,
) -> None:
    rinus = Visitor(made, "A")
    assert "it ends by itself on" in rinus.read() and "It is still needed" not in rinus.read()
    write(_quiet)

    assert all("It is still needed" in Visitor(made, party).read() for party in ("", "A", "B"))
    assert "It is still needed" not in rinus.do("needed")


def _quiet(session: Session) -> None:
    mediation = session.exec(select(Mediation)).one()
    mediation.quiet_since = now().date() - timedelta(days=340)
    session.add(mediation)
