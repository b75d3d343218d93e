"""A proposal that was made of a point for improvement says so on the phone, with its evidence one tap away."""

from starlette.testclient import TestClient

from models.baseline.findings import narrow_consent
from models.baseline.improvements import make_proposal_of, write_improvement
from models.baseline.sources import speaker_token
from models.basics.words import Consent, Step
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource
from tests.builders import (
    LEADER,
    allow,
    make_conclusion,
    make_interview,
    make_proposal,
    make_quote,
    make_startfoto,
    make_workshop,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.phone.conftest import hold


def test_the_evidence_is_one_tap_away_and_what_is_withdrawn_is_gone(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    startfoto = make_startfoto(room)
    source = make_interview(startfoto, role="vrijwilliger")
    quote, hidden = make_quote(source, LETTER), make_quote(source, DRAWS)
    allow(quote)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote, hidden])
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Brieven passen op één bladzijde.",
        conclusion_ids=[conclusion],
    ).improvement_id
    write(make_proposal_of, who=LEADER, improvement_id=point)
    hold(client, room)

    page = client.get(f"/p/{room.code}").text

    assert "Where this comes from: point 1 of the baseline" in page
    assert "2 findings · 1 kind of source · nobody says the opposite" in page
    assert f"“{LETTER}” Resident 1, vrijwilliger" in page
    assert "Samira" not in page
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))
    write(narrow_consent, token=token, finding_id=quote, consent=Consent.NONE)
    after = client.get(f"/p/{room.code}").text
    assert LETTER not in after
    assert "1 finding · 1 kind of source" in after


def test_any_other_proposal_says_nothing_of_a_startfoto(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, author=1, text="Wij groeten elkaar.")
    hold(client, room)

    assert "<details><summary>Where" not in client.get(f"/p/{room.code}").text


def test_who_sent_a_proposal_and_who_said_it_both_see_what_became_of_it(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    startfoto = make_startfoto(room)
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER)
    allow(quote)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Brieven passen op één bladzijde.",
        conclusion_ids=[conclusion],
    ).improvement_id
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))
    assert "Nobody took it up yet." in client.get(f"/c/{token}").text
    made = write(make_proposal_of, who=LEADER, improvement_id=point).proposal_id
    assert "It is a proposal for the meeting." in client.get(f"/c/{token}").text
    own = make_proposal(room, author=0, text="Schrijf korter.")
    hold(client, room)
    assert "It stands in principle" not in client.get(f"/p/{room.code}").text

    write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Wij schrijven kort.",
        proposal_ids=[own, made],
    )

    assert "It stands in principle 1." in client.get(f"/p/{room.code}").text
    said = client.get(f"/c/{token}").text
    assert "This conclusion rests on it:" in said
    assert "Brieven zijn te lang." in said
    assert "It stands in principle 1." in said
