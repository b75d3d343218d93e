"""The page of each step, looking back, the preview, and the same as JSON."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from exports.accent import corrected
from models.agreeing.agreement import show_agreements
from models.alliance.alliance import change_alliance
from models.alliance.groups import rename_group
from models.basics.words import Answer, Step
from models.drafting.proposal import end_drafting
from models.drafting.wording import reword_principle
from models.signing.agenda import answer_agenda
from models.signing.files import publish
from models.signing.words_kept import complete_control_words
from models.storage.writing import write
from models.tables import Agenda
from models.voting.after_reveal import show_reasons
from models.voting.cancelling import cancel_round
from models.voting.round import reveal_round
from models.workshop.participant import leave, remove
from models.workshop.workshop import end_workshop
from tests.builders import (
    CONSENT,
    LEADER,
    Room,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_adopted,
    make_agenda,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import hold, lead
from tests.phone.partner_room import small_files
from tests.questions import questions_asked


def page_of(client: TestClient, room: Room, person: int = 0, query: str = "") -> str:
    hold(client, room, person)
    answer = client.get(f"/p/{room.code.lower()}{query}")
    assert answer.status_code == 200
    return answer.text


def test_who_has_not_joined_is_sent_to_the_form(client: TestClient) -> None:
    room = make_workshop()

    answer = client.get(f"/p/{room.code}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/j/{room.code}")


def test_the_lobby_says_for_which_group_the_vote_counts(client: TestClient) -> None:
    room = make_workshop(people={"Residents": 3})

    page = page_of(client, room)

    assert "Your vote counts for: Residents." in page
    assert "3 people here" in page
    assert f'http-equiv="refresh" content="10;url=/p/{room.code}"' in page


def test_every_page_ends_with_contact_privacy_accessibility_and_the_own_code(client: TestClient) -> None:
    page = page_of(client, make_workshop(people=1))

    assert re.search(r"Your personal code: [A-Z0-9]{8}\.", page)
    assert 'href="tel:09000123"' in page
    assert 'href="/privacy"' in page
    assert 'href="/accessibility"' in page
    assert "You are participant 1." in page


def test_the_language_of_the_page_is_that_of_the_reader(client: TestClient) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    client.headers["accept-language"] = "nl-NL,nl;q=0.9"

    page = page_of(client, room)

    assert '<html lang="nl">' in page
    assert "Uw voorstel voor een uitgangspunt" in page


@pytest.mark.parametrize("step", [Step.DRAFT, Step.VOTE])
def test_each_reads_a_language_of_their_own_whoever_asked_first(client: TestClient, step: Step) -> None:
    room = make_workshop(people=3, step=step)
    if step == Step.VOTE:
        make_round(room)
    pages = {}
    for place, language in enumerate(["nl-NL", "en-GB", "nl-NL"]):
        client.headers["accept-language"] = language
        pages[place] = page_of(client, room, place)

    words = {
        Step.DRAFT: ("Uw voorstel", "Your proposal"),
        Step.VOTE: ("Kunt u hiermee leven?", "Can you live with"),
    }
    dutch, english = words[step]
    assert [dutch in pages[place] for place in range(3)] == [True, False, True]
    assert [english in pages[place] for place in range(3)] == [False, True, False]


def test_drafting_shows_what_others_sent_and_what_became_of_ones_own(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, text="Shown by the other", author=1)
    make_proposal(room, text="Mine, not shown yet", author=0, is_shown=False)
    make_proposal(room, text="Waits at the facilitator", author=1, is_shown=False)

    page = page_of(client, room)

    assert "Shown by the other" in page
    assert "Mine, not shown yet" in page
    assert "Received. The facilitator reads it first." in page
    assert "Waits at the facilitator" not in page


def test_what_people_type_is_text_and_never_markup(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, text="<script>alert(1)</script>", author=1)

    page = page_of(client, room)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_once_drafting_has_ended_there_is_no_form_but_still_support(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, author=1)
    write(end_drafting, who=LEADER, workshop_id=room.workshop_id)

    page = page_of(client, room)

    assert "Proposing has ended" in page
    assert 'id="propose"' not in page
    assert "I support this" in page


def test_a_vote_shows_secrecy_and_rule_before_the_three_choices(client: TestClient) -> None:
    room = make_workshop(people=6)
    make_round(room)

    page = page_of(client, room)

    assert page.index("Anonymous.") < page.index("Rule: adopted") < page.index('value="agree"')
    assert re.findall(r'class="vote" name="choice" value="(\w+)"', page) == ["agree", "concern", "objection"]
    # Only the form that adds a person carries one: it makes a participant.
    assert "request_id" not in page.split('id="somebody"')[0]
    assert 'http-equiv="refresh"' not in page


@pytest.mark.parametrize("person", [7, 12], ids=["of a small group", "without a group"])
def test_who_counts_in_other_groups_is_told_before_the_first_tap(client: TestClient, person: int) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 2, "Town": 3, None: 2})
    make_round(room)

    assert "This vote counts in" in page_of(client, room, person=person)
    assert "Small groups" not in page_of(client, room, person=person)
    assert "This vote counts in" not in page_of(client, room, person=0)


def test_a_stored_vote_stands_on_the_page_with_its_reason(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast(vote, room.people[0], "objection", reason="Too fast")

    mine, others = page_of(client, room, 0), page_of(client, room, 1)

    assert 'data-choice="objection" data-state="stored" data-sequence="1"' in mine
    assert ">Too fast</textarea>" in mine
    assert 'data-choice="" data-state=""' in others
    assert "Too fast" not in others


def test_several_items_stand_on_one_page(client: TestClient) -> None:
    room = make_workshop(people=6)
    make_round(room, items=3)

    page = page_of(client, room)

    assert page.count('class="ask"') == 3
    assert page.count("<h1") == 1


def test_a_closed_round_shows_no_number_before_the_reveal(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close(vote)

    before = page_of(client, room)
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    after = page_of(client, room)

    assert "The round is closed" in before
    assert "<h1>Adopted." not in before
    assert "6 votes" not in before
    assert "<h1>Adopted." in after
    assert "6 votes" in after


def test_a_closed_round_looks_the_same_whatever_was_voted(client: TestClient) -> None:
    pages = []
    for choices in (["agree"] * 6, ["objection"] * 3 + ["agree"] * 3):
        room = make_workshop(people=7)
        vote = make_round(room)
        cast_all(vote, list(zip(room.people[1:], choices, strict=True)))
        close(vote)
        page = page_of(client, room)
        pages.append(re.sub(r'="[^"]*"|\b[A-Z0-9]{8}\b', "", page).replace(room.code, ""))

    assert pages[0] == pages[1]


def test_what_people_voted_on_and_their_reasons_are_text_and_never_markup(client: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>"
    room = make_workshop(people=6)
    vote = make_round(room, principles=[make_principle(room, text=evil)])
    open_page = page_of(client, room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason=evil)
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

    for page in (open_page, page_of(client, room)):
        assert "&lt;img" in page
        assert "<img src=x" not in page


def test_the_outcome_shows_only_reasons_that_were_shown(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Too fast")
    close_and_reveal(vote)

    before = page_of(client, room)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    after = page_of(client, room)

    assert "Not adopted yet: there is 1 objection." in before
    assert "Too fast" not in before
    assert "Too fast" in after


def test_fewer_than_five_votes_show_no_numbers(client: TestClient) -> None:
    room = make_workshop(people=4)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    page = page_of(client, room)

    assert "fewer than five people voted." in page
    assert "Adopted" not in page
    assert "This is how we voted" not in page


def test_agreements_can_be_taken_on_only_when_they_are_shown(client: TestClient) -> None:
    room = make_workshop(people=6, partners=["School"], step=Step.AGREE)
    shown = make_agreement(room, what="We eat together.", owner="School")
    make_agreement(room, what="Still a draft of the facilitator.")
    write(show_agreements, who=LEADER, agreement_ids=[shown])

    page = page_of(client, room)

    assert "We eat together." in page
    # In the folded line and among the facts, in the words of the projector.
    assert page.count("School (asked, not accepted yet)") == 2
    assert "looks for an owner" not in page
    assert "I take this on" in page
    assert "Still a draft of the facilitator." not in page


def test_the_frozen_text_and_who_answered_stand_on_the_sign_page(client: TestClient) -> None:
    room = make_workshop(people=6, partners=["School", "Town"])
    make_adopted(room)
    take_room(room, Step.SIGN)
    empty = page_of(client, room)
    agenda = make_agenda(room)
    write(
        answer_agenda,
        agenda_id=agenda,
        partner_id=room.partners["School"],
        answer=Answer.SIGNED,
        name="Ada",
        role="",
        consent=CONSENT,
    )

    page = page_of(client, room)

    assert "The text is being made ready." in empty
    assert "version 1" in page
    assert "1 of 2 partners have answered." in page
    assert "Ada" not in page


@pytest.mark.parametrize("step", [Step.SIGN, Step.AGENDA])
def test_every_phone_shows_the_control_words_of_the_frozen_text(client: TestClient, step: Step) -> None:
    room = make_workshop(people=6, partners=["School", "Town"])
    make_adopted(room)
    take_room(room, step)
    agenda = make_agenda(room)
    assert "control words" not in page_of(client, room)

    complete_control_words(agenda)

    listed = "".join(f"<li><b>{word}</b></li>" for word in rows_of(Agenda)[0]["control_words"].split())
    assert f'<ol class="six" lang="nl" dir="ltr" translate="no">{listed}</ol>' in page_of(client, room)


def test_the_public_copy_is_linked_once_signing_is_closed(client: TestClient) -> None:
    room = make_workshop(people=6, partners=["School"])
    make_adopted(room)
    take_room(room, Step.AGENDA)
    agenda = make_agenda(room)
    before = page_of(client, room)
    publish(agenda, who=LEADER, build=small_files)

    after = page_of(client, room)

    assert 'href="/d/' not in before
    assert 'href="/d/' in after
    assert "My first step" in after


def test_what_became_of_it_lists_the_agreements(client: TestClient) -> None:
    room = make_workshop(people=1, step=Step.PROGRESS)
    agreement = make_agreement(room, what="We eat together.")
    write(show_agreements, who=LEADER, agreement_ids=[agreement])

    page = page_of(client, room)

    assert "We eat together." in page
    assert "nothing reported yet" in page


def test_an_earlier_step_can_be_read_back_and_a_later_one_cannot(client: TestClient) -> None:
    room = make_workshop(people=2, step=Step.AGREE)
    make_proposal(room, text="From the first half hour", author=1)

    back = page_of(client, room, query="?step=draft")
    ahead = page_of(client, room, query="?step=agenda")

    assert "You look back. The room is at: make agreements." in back
    assert "From the first half hour" in back
    assert "What are we going to do?" in ahead


def test_who_left_can_come_back_and_who_was_removed_waits(client: TestClient) -> None:
    room = make_workshop(people=2)
    write(leave, participant_id=room.people[0])
    write(remove, who=LEADER, participant_id=room.people[1])

    assert "You left the meeting" in page_of(client, room, 0)
    assert "Please wait" in page_of(client, room, 1)


def test_a_workshop_that_is_over_says_where_the_document_is(client: TestClient) -> None:
    room = make_workshop(people=6, partners=["School"])
    make_adopted(room)
    publish(make_agenda(room), who=LEADER, build=small_files)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    page = page_of(client, room)

    assert "Thank you" in page
    assert 'href="/d/' in page
    assert "0900 0123" in page


@pytest.mark.both_databases
def test_the_alliances_colour_is_in_the_style_sheet(client: TestClient) -> None:
    room = make_workshop(people=1)
    write(
        change_alliance,
        who=LEADER,
        alliance_id=room.alliance_id,
        name="Together",
        place="Merenveld",
        purpose="To live together",
        language="nl",
        time_zone="Europe/Amsterdam",
        contact="0900 0123",
        accent="#E2001A",
    )

    page = page_of(client, room)
    address = re.search(r'href="(/assets/\w+/accent-e2001a\.css)"', page)

    assert address is not None
    assert corrected("#E2001A").accent in client.get(address[1]).text
    assert " style=" not in page


def _vote_page() -> Room:
    room = make_workshop(people=6)
    make_round(room)
    return room


def _draft_page() -> Room:
    return make_workshop(people=6, step=Step.DRAFT)


@pytest.mark.parametrize("make", [_vote_page, _draft_page])
def test_the_preview_is_for_facilitators_inert_and_without_script(
    client: TestClient, make: Callable[[], Room]
) -> None:
    room = make()

    refused = client.get(f"/p/{room.code}/preview")
    lead(client)
    page = client.get(f"/p/{room.code}/preview?seen=1")

    assert refused.headers.get("location") == "/sign-in"
    assert page.status_code == 200
    assert "<script" not in page.text
    assert " inert" in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


def test_state_names_the_open_round_and_this_phones_choices(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast(vote, room.people[0], "concern")
    hold(client, room)

    state = client.get(f"/p/{room.code}/state").json()

    assert state["step"] == "vote"
    assert state["round"] == {
        "id": vote.round_id,
        "method": "consent",
        "secrecy": "anonymous",
        "budget": None,
        "ends_at": None,
        "shown_position": None,
        "choices": [
            {"value": "agree", "label": "Agree"},
            {"value": "concern", "label": "Agree, with a concern"},
            {"value": "objection", "label": "Objection"},
        ],
        "items": [{"id": vote.items[0], "text": "Principle 1.", "choice": "concern", "sequence": 1}],
    }


def test_state_has_no_round_for_strangers_and_none_when_none_is_open(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)

    stranger = client.get(f"/p/{room.code}/state").json()
    close(vote)
    hold(client, room)
    member = client.get(f"/p/{room.code}/state").json()

    assert stranger["round"] is None
    assert member["round"] is None


def test_thirty_proposals_take_as_many_queries_as_one(client: TestClient) -> None:
    room = make_workshop(people=4, step=Step.DRAFT)
    make_proposal(room, text="One", author=1)
    counts = []
    for extra in (0, 29):
        for number in range(extra):
            make_proposal(room, text=f"Another {number}", author=1 + number % 3)
        with questions_asked() as asked:
            page_of(client, room)
        counts.append(len(asked))

    assert counts[0] == counts[1] > 0


def test_a_principle_that_was_reworded_shows_what_was_voted_on_before(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_adopted(room)
    make_round(room, principles=[make_principle(room, text="The next one.")])

    page = page_of(client, room)

    assert vote.principles
    assert "The next one." in page


def test_what_all_phones_read_alike_is_read_once_until_the_room_changes(client: TestClient) -> None:
    room = make_workshop(people=6)
    make_round(room)
    page_of(client, room, 0)
    with questions_asked() as asked:
        page_of(client, room, 1)
        page_of(client, room, 2)
    group_id = room.groups["Residents"]
    write(rename_group, who=LEADER, group_id=group_id, name="Neighbours")

    assert asked
    assert not [question for question in asked if "FROM reason" in question]
    assert "Neighbours" in page_of(client, room, 1)


def test_a_text_that_is_asked_again_shows_what_is_gone_and_what_is_new_and_is_read_aloud_whole(
    client: TestClient,
) -> None:
    room = make_workshop(people=6)
    principle = make_principle(room, text="Er is altijd een tolk.")
    vote = make_round(room, principles=[principle])
    cast_all(vote, [(person, "objection") for person in room.people])
    close_and_reveal(vote)
    write(
        reword_principle,
        who=LEADER,
        principle_id=principle,
        text="Er is een tolk & soep.",
        why="",
        proposal_ids=[],
    )
    make_round(room, principles=[principle])

    page = page_of(client, room)

    assert '<span class="say">Er is een tolk &amp; soep.</span>' in page
    assert "Er is <del>altijd </del>een tolk<ins> &amp; soep</ins>." in page


def test_a_phone_says_that_a_round_was_cancelled_and_refuses_its_votes_with_the_reason(
    client: TestClient,
) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast(vote, room.people[0])
    write(cancel_round, who=LEADER, round_id=vote.round_id)

    page = page_of(client, room)
    answer = client.post(
        f"/p/{room.code}/ballots",
        data={"round": vote.round_id, "item": vote.items[0], "choice": "agree"},
        headers={"accept": "application/json"},
    )

    assert "This round was cancelled" in page
    assert "Every vote we received counts" not in page
    assert answer.status_code == 409
    assert "No vote in it counts" in answer.json()["message"]


def test_a_phone_reads_why_so_few_votes_have_no_outcome(client: TestClient) -> None:
    room = make_workshop(people=3, step=Step.VOTE)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)

    page = page_of(client, room)

    assert "Not decided: fewer than five people voted." in page
    assert "We can vote again, with names." in page
