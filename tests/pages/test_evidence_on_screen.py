"""The evidence of a point, one tap away where one drafts and agrees, and on the projector."""

import pytest

from models.baseline.findings import narrow_consent
from models.baseline.improvements import make_proposal_of, write_improvement
from models.baseline.on_screen import show_evidence
from models.baseline.sources import speaker_token
from models.basics.errors import NotFound
from models.basics.words import Consent, Step
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource
from models.workshop.workshop import read_workshop, take_room_to
from pages.parts.projector.now import screen_now
from tests.builders import (
    LEADER,
    Room,
    allow,
    close,
    make_agreement,
    make_conclusion,
    make_interview,
    make_quote,
    make_round,
    make_startfoto,
    make_workshop,
    take_room,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.pages.opened import html, opened, sign_in_as

pytestmark = pytest.mark.usefixtures("sqlite")
WHOLE = "“Ik heb hem drie keer gelezen en toen weggelegd.” Resident 1"


def _proposed(room: Room) -> tuple[int, int, int, int]:
    """Return an interview, its released quote, the point that rests on it, and the proposal made of that."""
    startfoto = make_startfoto(room)
    source = make_interview(startfoto)
    released, opposing, hidden = make_quote(source, LETTER), make_quote(source, "Kortere brieven."), 0
    hidden = make_quote(source, DRAWS)
    allow(released)
    allow(opposing)
    conclusion = make_conclusion(
        startfoto, "Brieven zijn te lang.", supporting=[released, hidden], opposing=[opposing]
    )
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Brieven passen op één bladzijde.",
        conclusion_ids=[conclusion],
    ).improvement_id
    return source, released, point, write(make_proposal_of, who=LEADER, improvement_id=point).proposal_id


def _on_screen(room: Room) -> str:
    with reading() as session:
        return screen_now(session, room.workshop_id, own_address="", language="en").html


def test_the_room_reads_the_evidence_after_one_tap_and_what_is_withdrawn_is_gone() -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    source, released, point, _proposal = _proposed(room)
    assert WHOLE not in _on_screen(room)

    write(show_evidence, who=LEADER, workshop_id=room.workshop_id, improvement_id=point)

    shown = _on_screen(room)
    assert "Brieven passen op één bladzijde." in shown
    assert "Brieven zijn te lang." in shown
    assert WHOLE in shown
    assert "Says the opposite: “Kortere brieven.” Resident 1" in shown
    assert "Samira" not in shown
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))
    write(narrow_consent, token=token, finding_id=released, consent=Consent.NONE)
    assert WHOLE not in _on_screen(room)


@pytest.mark.parametrize("by", ["another step", "a tap"])
def test_what_stood_there_comes_back(by: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    *_rest, point, _proposal = _proposed(room)
    write(show_evidence, who=LEADER, workshop_id=room.workshop_id, improvement_id=point)

    if by == "another step":
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.AGREE)
    else:
        write(show_evidence, who=LEADER, workshop_id=room.workshop_id, improvement_id=None)

    with reading() as session:
        assert read_workshop(session, room.workshop_id).point_on_screen is None


def test_the_evidence_of_another_place_comes_on_no_screen() -> None:
    room, other = make_workshop(people=1), make_workshop(people=1)
    *_rest, point, _proposal = _proposed(other)

    with pytest.raises(NotFound):
        write(show_evidence, who=LEADER, workshop_id=room.workshop_id, improvement_id=point)


def test_who_leads_reads_it_beside_the_proposal_and_lets_it_through(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    *_rest, point, _proposal = _proposed(room)
    sign_in_as("Iris", monkeypatch)
    app = opened("draft.py", workshop=room.code)
    assert WHOLE not in html(app)

    app.button(key=f"evidence_proposal_{point}_button").click().run()
    assert WHOLE in html(app)
    app.button(key=f"evidence_proposal_{point}_on").click().run()

    assert not app.exception
    with reading() as session:
        assert read_workshop(session, room.workshop_id).point_on_screen == point
    app.button(key=f"evidence_proposal_{point}_off").click().run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).point_on_screen is None


def test_an_agreement_shows_on_which_evidence_it_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    *_rest, point, proposal = _proposed(room)
    principle = write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Wij schrijven kort.",
        proposal_ids=[proposal],
    ).principle_id
    take_room(room, Step.AGREE)
    make_agreement(room, what="Elke brief langs een testpanel.", principle_ids=[principle])
    make_agreement(room, what="Wij eten samen.")
    sign_in_as("Iris", monkeypatch)

    app = opened("agree.py", workshop=room.code, agreement="1")
    app.button(key=f"evidence_agreement_{point}_button").click().run()

    assert WHOLE in html(app)
    other = opened("agree.py", workshop=room.code, agreement="2")
    assert not [button for button in other.button if str(button.key).startswith("evidence_")]


def test_a_text_that_is_voted_on_shows_its_evidence_until_the_round_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    *_rest, point, proposal = _proposed(room)
    made = {"who": LEADER, "workshop_id": room.workshop_id}
    principle = write(
        word_principle, text="Wij schrijven kort.", proposal_ids=[proposal], **made
    ).principle_id
    take_room(room, Step.VOTE)
    sign_in_as("Iris", monkeypatch)
    waiting = opened("vote.py", workshop=room.code)
    assert f"evidence_vote_{point}_button" in [button.key for button in waiting.button]
    vote = make_round(room, principles=[principle])

    app = opened("vote.py", workshop=room.code)
    app.button(key=f"evidence_vote_{point}_button").click().run()
    assert WHOLE in html(app)
    app.button(key=f"evidence_vote_{point}_on").click().run()

    assert not app.exception
    assert WHOLE in _on_screen(room)
    close(vote)
    assert WHOLE not in _on_screen(room)
