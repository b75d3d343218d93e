"""What a participant sends: as a form that works without script, and as JSON."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import take_on
from models.agreeing.views import list_agreements
from models.basics.errors import Busy
from models.basics.words import Secrecy, Step
from models.drafting.proposal import MOST_IN_A_MINUTE, end_drafting, hide_proposal
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, Proposal
from phone.serving.limits import POSTS_PER_SECOND, PostRate
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    close,
    make_agenda,
    make_agreement,
    make_proposal,
    make_round,
    make_workshop,
    take_room,
)
from tests.phone.conftest import JSON, hold

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(client: TestClient) -> Room:
    """Six people who draft; `client` is the phone of the first."""
    made = make_workshop(people=6, step=Step.DRAFT)
    hold(client, made)
    return made


def ballot_form(vote: Vote, choice: str, **more: object) -> dict[str, object]:
    return {"round": vote.round_id, "item": vote.items[0], "choice": choice, **more}


def stored_choice(client: TestClient, room: Room) -> tuple[str | None, int]:
    item = client.get(f"/p/{room.code}/state").json()["round"]["items"][0]
    return item["choice"], item["sequence"]


def person(room: Room, number: int = 0) -> Participant:
    with reading() as session:
        found = session.get(Participant, room.people[number])
    assert found is not None
    return found


def proposals(room: Room) -> list[Proposal]:
    with reading() as session:
        return list(session.exec(select(Proposal).where(Proposal.workshop_id == room.workshop_id)).all())


def test_a_vote_by_plain_form_comes_back_to_its_own_question(client: TestClient, room: Room) -> None:
    vote = make_round(room)

    answer = client.post(f"/p/{room.code}/ballots", data=ballot_form(vote, "concern"))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}#item-{vote.items[0]}")
    assert stored_choice(client, room) == ("concern", 1)


def test_a_vote_as_json_names_what_is_stored(client: TestClient, room: Room) -> None:
    vote = make_round(room)

    answer = client.post(
        f"/p/{room.code}/ballots", data=ballot_form(vote, "objection", reason="Too fast"), headers=JSON
    )

    assert answer.json() == {
        "round": vote.round_id,
        "item": vote.items[0],
        "choice": "objection",
        "sequence": 1,
        "reason": "Too fast",
    }


def test_a_late_retry_never_undoes_a_newer_vote(client: TestClient, room: Room) -> None:
    vote = make_round(room)
    path = f"/p/{room.code}/ballots"
    client.post(path, data=ballot_form(vote, "agree", sequence=2, request_id="b"), headers=JSON)

    late = client.post(path, data=ballot_form(vote, "objection", sequence=1, request_id="a"), headers=JSON)

    assert (late.status_code, late.json()["choice"], late.json()["sequence"]) == (200, "agree", 2)


def test_a_request_id_again_with_another_choice_is_409_with_the_stored_one(
    client: TestClient, room: Room
) -> None:
    vote = make_round(room)
    path = f"/p/{room.code}/ballots"
    client.post(path, data=ballot_form(vote, "agree", request_id="a"), headers=JSON)

    same = client.post(path, data=ballot_form(vote, "agree", request_id="a"), headers=JSON)
    other = client.post(path, data=ballot_form(vote, "objection", request_id="a"), headers=JSON)

    assert same.json()["sequence"] == 1
    assert (other.status_code, other.json()["error"], other.json()["choice"]) == (
        409,
        "request_reused",
        "agree",
    )


def test_after_the_close_of_a_named_round_the_answer_is_409_with_the_stored_choice(
    client: TestClient, room: Room
) -> None:
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast(vote, room.people[0], "concern")
    close(vote)

    answer = client.post(f"/p/{room.code}/ballots", data=ballot_form(vote, "agree"), headers=JSON)

    assert answer.status_code == 409
    assert answer.json()["error"] == "round_closed"
    assert answer.json()["message"].startswith("The round is closed. Every vote we received counts.")
    assert answer.json()["choice"] == "concern"


def test_after_the_close_a_plain_form_gets_the_same_page_with_a_sentence(
    client: TestClient, room: Room
) -> None:
    vote = make_round(room)
    close(vote)

    page = client.post(
        f"/p/{room.code}/ballots", data=ballot_form(vote, "objection", reason="Too fast", **{"from": "vote"})
    )

    assert page.status_code == 409
    assert 'role="alert"' in page.text
    assert "The round is closed. Every vote we received counts." in page.text


@pytest.mark.parametrize(
    "wrong", [{"choice": "maybe"}, {"round": "x"}, {"item": ""}, {"sequence": "many"}, {"round": "9" * 30}]
)
def test_a_vote_that_makes_no_sense_is_422_and_changes_nothing(
    client: TestClient, room: Room, wrong: dict[str, str]
) -> None:
    vote = make_round(room)

    answer = client.post(
        f"/p/{room.code}/ballots", data={**ballot_form(vote, "agree"), **wrong}, headers=JSON
    )

    assert answer.status_code == 422
    assert stored_choice(client, room) == (None, 0)


def test_a_reason_that_is_too_long_stays_in_the_field(client: TestClient, room: Room) -> None:
    vote = make_round(room)
    cast(vote, room.people[0], "concern")

    page = client.post(f"/p/{room.code}/ballots", data=ballot_form(vote, "concern", reason="é" * 401))

    assert page.status_code == 413
    assert "é" * 401 in page.text
    assert "Take away 1 character." in page.text


def test_a_phone_that_never_joined_cannot_vote(client: TestClient, room: Room) -> None:
    vote = make_round(room)
    client.cookies.clear()

    as_json = client.post(f"/p/{room.code}/ballots", data=ballot_form(vote, "agree"), headers=JSON)
    as_page = client.post(f"/p/{room.code}/ballots", data=ballot_form(vote, "agree"))

    assert (as_json.status_code, as_json.json()["error"]) == (403, "not_admitted")
    assert as_page.status_code == 403
    assert f'href="/j/{room.code}"' in as_page.text


def test_a_proposal_is_received_and_stands_on_ones_own_page(client: TestClient, room: Room) -> None:
    answer = client.post(f"/p/{room.code}/proposals", data={"text": "Talk with us", "kind": "principle"})
    page = client.get(f"/p/{room.code}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}#own")
    assert "Talk with us" in page.text
    assert "Received. The facilitator reads it first." in page.text


def test_the_printed_request_id_makes_a_second_tap_harmless(client: TestClient, room: Room) -> None:
    printed = re.search(r'name="request_id" value="(\w+)"', client.get(f"/p/{room.code}").text)
    assert printed is not None
    form = {"text": "Talk with us", "kind": "principle", "request_id": printed[1]}

    first = client.post(f"/p/{room.code}/proposals", data=form, headers=JSON)
    second = client.post(f"/p/{room.code}/proposals", data=form, headers=JSON)
    other = client.post(f"/p/{room.code}/proposals", data={**form, "text": "Something else"})

    assert first.json() == second.json() == {"id": first.json()["id"], "state": "received"}
    assert other.status_code == 409
    assert ">Something else</textarea>" in other.text
    fresh = re.search(r'name="request_id" value="(\w+)"', other.text)
    assert fresh is not None and fresh[1] != printed[1]
    assert len(proposals(room)) == 1


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [(" \n", 422, "There is no text yet."), ("a" * 401, 413, "Your text is too long: 401 characters.")],
)
def test_a_refused_proposal_stays_in_the_field(
    client: TestClient, room: Room, text: str, status: int, sentence: str
) -> None:
    page = client.post(f"/p/{room.code}/proposals", data={"text": text, "kind": "principle"})

    assert page.status_code == status
    assert sentence in page.text
    assert f"{text.strip()}</textarea>" in page.text
    assert 'aria-invalid="true"' in page.text


def test_who_sends_more_than_others_can_read_gets_a_kind_sentence_and_keeps_the_text(
    client: TestClient, room: Room
) -> None:
    for place in range(MOST_IN_A_MINUTE):
        make_proposal(room, text=f"Meer groen, {place}", is_shown=False)
    form = {"text": "Nóg een idee", "kind": "principle"}

    page = client.post(f"/p/{room.code}/proposals", data=form)
    script = client.post(f"/p/{room.code}/proposals", data=form, headers=JSON)

    for answer in (page, script):
        assert answer.status_code == 429
        assert 50 < int(answer.headers["retry-after"]) <= 60
        assert "You have many ideas. The others need time to read them." in answer.text
    assert ">Nóg een idee</textarea>" in page.text
    assert script.json()["error"] == "too_many_proposals"
    assert len(proposals(room)) == MOST_IN_A_MINUTE


def test_text_typed_before_the_room_moved_on_is_not_lost_when_drafting_has_ended(
    client: TestClient, room: Room
) -> None:
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)
    take_room(room, Step.VOTE)

    page = client.post(
        f"/p/{room.code}/proposals", data={"text": "Too late", "kind": "principle", "from": "draft"}
    )

    assert page.status_code == 409
    assert "No proposals can be sent any more." in page.text
    assert ">Too late</textarea>" in page.text


def test_an_author_changes_and_withdraws_a_proposal_and_nobody_else_does(
    client: TestClient, room: Room
) -> None:
    own, others = make_proposal(room, author=0), make_proposal(room, author=1)

    changed = client.post(f"/p/{room.code}/proposals/{own}", data={"text": "Better"}, headers=JSON)
    withdrawn = client.post(f"/p/{room.code}/proposals/{own}", data={"withdraw": "1"}, headers=JSON)
    refused = client.post(f"/p/{room.code}/proposals/{others}", data={"withdraw": "1"}, headers=JSON)

    assert changed.json() == {"id": own, "state": "received"}
    assert withdrawn.json() == {"id": own, "state": "withdrawn"}
    assert (refused.status_code, refused.json()["error"]) == (403, "not_yours")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 10, "9" * 19, "9" * 5000])
def test_a_proposal_that_cannot_be_is_not_found(client: TestClient, room: Room, number: str) -> None:
    refused = client.post(f"/p/{room.code}/proposals/{number}", data={"text": "Better"}, headers=JSON)

    assert (refused.status_code, refused.json()["error"]) == (404, "not_found")


def test_the_author_of_a_hidden_proposal_sees_why(client: TestClient, room: Room) -> None:
    own = make_proposal(room, author=0)
    write(hide_proposal, who=LEADER, proposal_id=own, reason="It names a person.")

    page = client.get(f"/p/{room.code}").text

    assert "Not shown. It names a person." in page


def test_support_is_given_once_and_taken_back(client: TestClient, room: Room) -> None:
    proposal = make_proposal(room, author=1)
    path = f"/p/{room.code}/supports"

    first = client.post(path, data={"proposal": proposal, "on": "1"}, headers=JSON)
    again = client.post(path, data={"proposal": proposal, "on": "1"}, headers=JSON)
    back = client.post(path, data={"proposal": proposal, "on": "0"})

    assert first.json() == again.json() == {"proposal": proposal, "on": True, "count": 1}
    assert back.headers["location"] == f"/p/{room.code}#proposal-{proposal}"
    assert "0 people support this" in client.get(f"/p/{room.code}").text


def test_people_of_one_name_do_not_see_each_others_agreement_as_their_own(
    client: TestClient, room: Room
) -> None:
    take_room(room, Step.AGREE)
    hers, mine = make_agreement(room), make_agreement(room, what="We sing together.")
    write(show_agreements, who=LEADER, agreement_ids=[hers, mine])
    write(take_on, participant_id=room.people[1], agreement_id=hers, name="Fatima")
    client.post(f"/p/{room.code}/owners", data={"agreement": mine, "name": "Fatima"})

    page = client.get(f"/p/{room.code}").text

    assert page.count("You took this on.") == 1
    card = page[page.index(f'id="agreement-{hers}"') :].split("</article>")[0]
    assert "You took this on." not in card
    assert f'id="help-{hers}"' in card


def test_a_round_without_its_key_says_so_on_phones_and_takes_no_vote(
    client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = make_round(room)
    monkeypatch.setenv("HANDSLAG_KEY", "another key of another machine, long enough")
    post = {"round": vote.round_id, "item": vote.items[0], "choice": "agree"}

    page = client.get(f"/p/{room.code}").text
    state = client.get(f"/p/{room.code}/state").json()
    refused = client.post(f"/p/{room.code}/ballots", data=post, headers=JSON)

    assert "takes no votes any more" in page and 'class="vote"' not in page
    assert state["round"] is None
    assert (refused.status_code, refused.json()["error"]) == (409, "round_key_lost")
    assert "The facilitator closes the round, or begins it again" in refused.json()["message"]


def test_the_room_reads_a_resident_until_the_name_is_let_through(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGREE)
    agreement = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    write(take_on, participant_id=room.people[1], agreement_id=agreement, name="Gemeente Hellevoet")
    client.post(f"/p/{room.code}/offers", data={"agreement": agreement, "name": "Hellevoeter"})

    before = client.get(f"/p/{room.code}").text
    make_agenda(room)
    take_room(room, Step.SIGN)
    signing = client.get(f"/p/{room.code}").text
    take_room(room, Step.PROGRESS)
    progress = client.get(f"/p/{room.code}").text

    assert "ellevoet" not in before + signing + progress
    assert "a resident" in before and "1 resident" in before
    assert "a resident" in signing and "a resident" in progress


def test_who_takes_an_agreement_on_becomes_its_owner_with_an_own_page(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGREE)
    agreement = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])

    answer = client.post(f"/p/{room.code}/owners", data={"agreement": agreement, "name": "Ada"})
    page = client.get(f"/p/{room.code}").text

    assert answer.headers["location"] == f"/p/{room.code}#agreement-{agreement}"
    assert "You took this on." in page
    own_page = re.search(r'href="(/s/[a-z0-9]{26})"', page)
    assert own_page is not None
    assert client.get(own_page[1]).status_code == 200
    assert "<svg" in page[page.index('class="qr"') :]


def test_taking_on_without_a_name_asks_for_it(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGREE)
    agreement = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])

    page = client.post(f"/p/{room.code}/owners", data={"agreement": agreement, "name": " "})

    assert page.status_code == 422
    assert "Your name is missing." in page.text


def test_an_offer_of_help_stands_beside_the_agreement(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGREE)
    agreement = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[agreement])

    answer = client.post(f"/p/{room.code}/offers", data={"agreement": agreement, "name": "Ada"}, headers=JSON)

    assert answer.json() == {"agreement": agreement}
    with reading() as session:
        assert list_agreements(session, room.alliance_id)[0].supporters == ["Ada"]


def test_leaving_and_coming_back(client: TestClient, room: Room) -> None:
    client.post(f"/p/{room.code}/leave")
    left = person(room).left_at
    back = client.post(f"/p/{room.code}/leave", data={"back": "1"}, headers=JSON)

    assert left is not None
    assert back.json() == {"here": True}
    assert person(room).left_at is None


def test_a_vote_can_count_for_another_group_or_for_none(client: TestClient, room: Room) -> None:
    communities = room.groups["Communities"]

    chosen = client.post(f"/p/{room.code}/group", data={"group": communities}, headers=JSON)
    wrong = client.post(f"/p/{room.code}/group", data={"group": "999999"}, headers=JSON)
    stands = person(room).group_id
    client.post(f"/p/{room.code}/group", data={"group": ""})

    assert chosen.json() == {"group": communities}
    assert wrong.status_code == 422
    assert stands == communities
    assert person(room).group_id is None


def test_a_hand_is_raised_and_lowered(client: TestClient, room: Room) -> None:
    client.post(f"/p/{room.code}/hand")
    raised = person(room).hand_raised_at
    client.post(f"/p/{room.code}/hand", data={"on": "0"})

    assert raised is not None
    assert person(room).hand_raised_at is None


def test_a_first_step_is_counted_once_and_its_text_goes_nowhere(client: TestClient, room: Room) -> None:
    take_room(room, Step.AGENDA)

    client.post(f"/p/{room.code}/first-steps", headers=JSON)
    client.post(f"/p/{room.code}/first-steps", headers=JSON)
    page = client.get(f"/p/{room.code}").text

    assert "1 person wrote a first step." in page
    field = re.search(r'<textarea [^>]*id="first-step"[^>]*>', page)
    assert field is not None and "name=" not in field[0]


def test_more_than_twenty_posts_a_second_are_asked_to_wait(
    client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A slow machine would need more than a second for them.
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate(clock=lambda: 0.0))
    proposal = make_proposal(room, author=1)

    answers = [
        client.post(f"/p/{room.code}/supports", data={"proposal": proposal}, headers=JSON)
        for _ in range(POSTS_PER_SECOND * 3)
    ]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].headers["retry-after"] == "1"
    assert refused[0].json()["error"] == "too_many_posts"


def test_a_whole_room_behind_one_address_may_vote_at_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate(clock=lambda: 0.0))
    room = make_workshop(people=60)
    vote = make_round(room)
    answers = []
    for place in range(60):
        hold(client, room, place)
        fields = {"round": vote.round_id, "item": vote.items[0], "choice": "agree"}
        answers.append(client.post(f"/p/{room.code}/ballots", data=fields, headers=JSON))

    assert {answer.status_code for answer in answers} == {200}


def test_who_votes_more_than_twenty_times_a_second_is_asked_to_wait(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate(clock=lambda: 0.0))
    room = make_workshop(people=6)
    vote = make_round(room)
    hold(client, room)
    fields = {"round": vote.round_id, "item": vote.items[0], "choice": "agree"}

    answers = [
        client.post(f"/p/{room.code}/ballots", data=fields, headers=JSON) for _ in range(POSTS_PER_SECOND + 1)
    ]

    assert [answer.status_code for answer in answers] == [200] * POSTS_PER_SECOND + [429]


def test_a_full_queue_is_503_with_the_text_still_in_the_field(
    client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_action: object, **_arguments: object) -> None:
        raise Busy

    monkeypatch.setattr("phone.room.drafting_posts.post", busy)

    page = client.post(f"/p/{room.code}/proposals", data={"text": "Talk with us", "kind": "principle"})

    assert page.status_code == 503
    assert page.headers["retry-after"] == "2"
    assert ">Talk with us</textarea>" in page.text


@pytest.mark.parametrize(
    "path", ["ballots", "proposals", "supports", "owners", "offers", "leave", "group", "hand", "first-steps"]
)
def test_every_post_to_an_unknown_workshop_is_404(client: TestClient, path: str) -> None:
    answer = client.post(f"/p/XXXXX/{path}", headers=JSON)

    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
