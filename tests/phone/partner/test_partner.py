"""A partner's own page: reading, joining, taking on, telling, signing."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from exports.sentences import consent_sentence, reservation_ready
from models.agreeing.agreement import change_agreement, show_agreements
from models.agreeing.ownership import accept_ownership, take_on
from models.basics.keys import new_token
from models.basics.words import PartnerKind, ProgressState, Step
from models.installation.installation import sign_in
from models.signing.agenda import answer_agenda
from models.signing.files import publish
from models.signing.words_kept import complete_control_words
from models.storage.writing import write
from models.tables import Agenda, AgendaFile, Agreement, Participant, Progress, Signature
from models.workshop.workshop import end_workshop
from phone.serving.limits import FREE_TRIES, FailedTries, PostRate
from tests.builders import (
    LEADER,
    Room,
    make_adopted,
    make_agenda,
    make_agreement,
    make_workshop,
    rows_of,
)
from tests.phone.partner_room import (
    STROKES,
    Own,
    everything,
    name_representative,
    own_page,
    phone,
    small_files,
    text_hash,
)
from tests.questions import questions_asked

SCHOOL, TOWN = "Polish school", "Municipality"


@pytest.fixture
def client(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("phone.serving.errors.failed_tries", FailedTries())
    monkeypatch.setattr("phone.partner.routes.post_rate", PostRate())
    with phone() as browser:
        yield browser


@pytest.fixture
def room(client: TestClient) -> Room:
    """Two partners; the school carries agreement 1 and is asked for agreement 2."""
    made = make_workshop(people=6, partners=[SCHOOL, TOWN], step=Step.AGREE)
    make_adopted(made)
    name_representative(made, SCHOOL, representative="Agnieszka Wójcik", role="coordinator")
    first = make_agreement(made, what="We eat together.", owner=SCHOOL, due_on=date(2027, 1, 15))
    make_agreement(
        made, what="Letters come in five languages.", owner=SCHOOL, supporter_ids=[made.partners[TOWN]]
    )
    write(accept_ownership, partner_id=made.partners[SCHOOL], agreement_id=first)
    return made


@pytest.fixture
def school(room: Room) -> Own:
    return own_page(room, SCHOOL)


def asked_agreement() -> int:
    return next(row["id"] for row in rows_of(Agreement) if row["owner_accepted_at"] is None)


def carried_agreement() -> int:
    return next(row["id"] for row in rows_of(Agreement) if row["owner_accepted_at"] is not None)


def standing(partner: Own) -> list[dict[str, Any]]:
    return [
        row for row in rows_of(Signature) if row["partner_id"] == partner.id and row["replaced_at"] is None
    ]


def test_a_partner_reads_for_whom_they_speak_and_whom_to_ask(client: TestClient, school: Own) -> None:
    page = client.get(school.page)

    assert page.status_code == 200
    assert "You speak for Polish school, as coordinator." in page.text
    assert 'href="tel:09000123"' in page.text


def test_what_is_typed_is_kept_under_a_name_that_opens_nothing(client: TestClient, school: Own) -> None:
    page = client.get(school.page).text

    [drafts] = re.findall(r'data-drafts="(\w+)"', page)
    assert len(drafts) == 12
    assert drafts not in school.page
    assert client.get(f"/s/{drafts}").status_code == 404


def test_a_resident_is_there_for_themselves(client: TestClient, room: Room) -> None:
    agreement = asked_agreement()
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    write(take_on, participant_id=room.people[0], agreement_id=agreement, name="Zoë Hermans")
    resident = own_page(room, "Zoë Hermans")

    page = client.get(resident.page).text

    assert "You are here for yourself: Zoë Hermans." in page
    assert "You carry this" in page


def test_reading_changes_nothing(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)
    before = everything()
    assert before["Agenda"]

    for path in ("", "/agenda.docx"):
        client.get(school.page + path)
        client.head(school.page + path)

    assert everything() == before


def test_an_unknown_link_is_not_found_and_counted(client: TestClient, school: Own) -> None:
    answers = [client.get("/s/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code for _ in range(FREE_TRIES + 1)]

    assert answers == [404] * FREE_TRIES + [429]
    assert client.get(school.page).status_code == 200


@pytest.mark.parametrize("path", ["/join", "/accept", "/progress", "/sign", "/decline"])
def test_a_post_to_an_unknown_link_is_not_found(client: TestClient, school: Own, path: str) -> None:
    assert client.post("/s/aaaaaaaaaaaaaaaaaaaaaaaaaa" + path).status_code == 404


def test_one_tap_joins_the_meeting_and_two_taps_join_it_once(
    client: TestClient, room: Room, school: Own
) -> None:
    first = client.post(school.page + "/join")
    second = client.post(school.page + "/join")

    assert (first.status_code, first.headers["location"]) == (303, f"/p/{room.code}")
    assert second.status_code == 303
    assert f"handslag_{room.code.lower()}" in client.cookies
    mine = [row for row in rows_of(Participant) if row["partner_id"] == school.id]
    assert [row["name"] for row in mine] == ["Agnieszka Wójcik"]
    assert "Go to the meeting" in client.get(school.page).text


def test_another_phone_of_the_same_partner_is_the_same_voice(client: TestClient, school: Own) -> None:
    accept = {"accept": "application/json"}
    first = client.post(school.page + "/join", headers=accept).json()
    client.cookies.clear()

    second = client.post(school.page + "/join", headers=accept).json()

    assert first == second
    assert first["number"] == 7


def test_nobody_joins_a_meeting_that_is_over(client: TestClient, room: Room, school: Own) -> None:
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    refused = client.post(school.page + "/join")

    assert refused.status_code == 409
    assert "This meeting is over." in refused.text
    assert "is over. Thank you for taking part." in client.get(school.page).text


def test_who_was_asked_takes_an_agreement_on(client: TestClient, school: Own) -> None:
    agreement = asked_agreement()
    assert "You are asked to carry this" in client.get(school.page).text

    for _ in range(2):
        taken = client.post(school.page + "/accept", data={"agreement": agreement, "answer": "accept"})
        assert taken.status_code == 303

    assert all(row["owner_accepted_at"] for row in rows_of(Agreement))
    assert "You are asked to carry this" not in client.get(school.page).text


def test_not_now_leaves_an_agreement_without_an_owner(client: TestClient, school: Own) -> None:
    agreement = asked_agreement()

    for _ in range(2):
        answer = client.post(school.page + "/accept", data={"agreement": agreement, "answer": "decline"})
        assert answer.status_code == 303

    assert [row["owner_id"] for row in rows_of(Agreement) if row["id"] == agreement] == [None]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"answer": "accept"}, 404),
        ({"answer": "accept", "agreement": "9999"}, 404),
        ({"answer": "maybe", "agreement": "1"}, 422),
        ({"agreement": "1"}, 422),
    ],
)
def test_an_answer_to_nothing_is_refused(
    client: TestClient, school: Own, fields: dict[str, str], status: int
) -> None:
    assert client.post(school.page + "/accept", data=fields).status_code == status


def test_nobody_takes_on_what_another_was_asked(client: TestClient, room: Room) -> None:
    town = own_page(room, TOWN)
    agreement = asked_agreement()

    refused = client.post(town.page + "/accept", data={"agreement": agreement, "answer": "accept"})

    assert refused.status_code == 403
    assert [row["owner_accepted_at"] for row in rows_of(Agreement) if row["id"] == agreement] == [None]


def test_who_helps_sees_the_agreement_without_buttons(client: TestClient, room: Room) -> None:
    page = client.get(own_page(room, TOWN).page).text

    assert "You help with this" in page
    assert "Letters come in five languages." in page
    assert "/accept" not in page


def test_an_owner_tells_how_it_goes_once(client: TestClient, school: Own) -> None:
    told = {"agreement": carried_agreement(), "state": ProgressState.BUSY, "sentence": "The cook was found."}

    for _ in range(2):
        assert client.post(school.page + "/progress", data=told).status_code == 303

    assert [(row["state"], row["sentence"]) for row in rows_of(Progress)] == [("busy", "The cook was found.")]
    assert "The cook was found." in client.get(school.page).text


def test_a_report_without_a_choice_comes_back_with_its_words(client: TestClient, school: Own) -> None:
    told = {"agreement": carried_agreement(), "sentence": "The cook was found."}

    refused = client.post(school.page + "/progress", data=told)

    assert refused.status_code == 422
    assert ">The cook was found.</textarea>" in refused.text
    assert rows_of(Progress) == []


def test_a_report_that_is_too_long_comes_back_whole(client: TestClient, school: Own) -> None:
    words = "word " * 100
    told = {"agreement": carried_agreement(), "state": "busy", "sentence": words}

    refused = client.post(school.page + "/progress", data=told)

    assert refused.status_code == 413
    assert words in refused.text


def test_nobody_tells_about_an_agreement_of_another(client: TestClient, room: Room) -> None:
    town = own_page(room, TOWN)

    refused = client.post(town.page + "/progress", data={"agreement": carried_agreement(), "state": "done"})

    assert refused.status_code == 404
    assert rows_of(Progress) == []


def test_before_the_freeze_there_is_nothing_to_sign(client: TestClient, school: Own) -> None:
    assert "There is no alliance agenda yet." in client.get(school.page).text

    refused = client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})

    assert refused.status_code == 404
    assert client.get(school.page + "/agenda.docx").status_code == 404
    assert rows_of(Signature) == []


def test_the_whole_frozen_text_can_be_read(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    page = client.get(school.page).text

    for words in (
        "Alliance agenda Together",
        "To live together",
        "Principle 1.",
        "Adopted in round 1.",
        "We eat together.",
        "Letters come in five languages.",
        "Friday, 15 January 2027",
        "6 participants",
        "Polish school (organisation): Agnieszka Wójcik · coordinator",
    ):
        assert words in page


def test_each_signer_reads_the_control_words_of_the_text(client: TestClient, room: Room, school: Own) -> None:
    complete_control_words(make_agenda(room))
    words = rows_of(Agenda)[0]["control_words"].split()
    assert len(words) == 6

    page = client.get(school.page).text

    assert "".join(f"<li><b>{word}</b></li>" for word in words) in page


def test_the_form_is_filled_in_for_who_was_named(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    page = client.get(school.page).text

    assert 'value="Agnieszka Wójcik"' in page
    assert 'value="coordinator"' in page
    assert reservation_ready("en") in page
    assert consent_sentence(SCHOOL, PartnerKind.ORGANISATION, "en") in page
    assert "eIDAS, article 3, paragraph 10" in page


def test_a_signature_is_stored_with_its_name_strokes_and_consent(
    client: TestClient, room: Room, school: Own
) -> None:
    make_agenda(room)
    fields = {
        "answer": "signed",
        "text": text_hash(room),
        "language": "nl",
        "name": "Agnieszka Wójcik",
        "role": "chair",
        "drawn": STROKES,
        "reservation": reservation_ready("en"),
    }

    signed = client.post(school.page + "/sign", data=fields)

    assert (signed.status_code, signed.headers["location"]) == (303, school.page + "#answer")
    [row] = standing(school)
    assert {key: row[key] for key in ("answer", "name", "role", "drawn", "reservation", "consent")} == {
        "answer": "signed",
        "name": "Agnieszka Wójcik",
        "role": "chair",
        "drawn": STROKES,
        "reservation": "",
        "consent": consent_sentence(SCHOOL, PartnerKind.ORGANISATION, "nl"),
    }
    page = client.get(school.page).text
    assert "You have signed. Thank you." in page
    assert 'class="drawn"' in page


def test_on_a_facilitators_screen_who_is_signed_in_stands_by_it_as_witness(
    client: TestClient, room: Room, school: Own
) -> None:
    make_agenda(room)
    token = new_token()
    write(sign_in, name="Sanne de Boer", token=token)
    client.cookies.set("handslag_lead", token)
    assert "Witness: Sanne de Boer" in client.get(school.page + "?witness=1").text

    client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka", "witness": "1"})

    assert [row["witness"] for row in standing(school)] == ["Sanne de Boer"]


def test_nobody_makes_a_witness_up(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka", "witness": "Sanne"})

    assert "Witness" not in client.get(school.page + "?witness=1").text
    assert [row["witness"] for row in standing(school)] == [""]


def test_signing_twice_is_signing_once(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    for _ in range(2):
        client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})

    assert len(rows_of(Signature)) == 1


def test_a_typed_name_is_enough(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})

    assert [(row["name"], row["drawn"]) for row in standing(school)] == [("Agnieszka", "")]


def test_a_reservation_is_kept_in_its_own_words(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)
    words = "Only when the board agrees on Monday"

    client.post(school.page + "/sign", data={"answer": "reserved", "name": "Agnieszka", "reservation": words})

    assert [row["reservation"] for row in standing(school)] == [words]
    assert f"Your reservation: {words}" in client.get(school.page).text


@pytest.mark.parametrize(
    ("changed", "headline", "status"),
    [
        ({"name": " "}, "Your name is missing.", 422),
        ({"answer": "reserved", "reservation": ""}, "Your reservation is missing.", 422),
        ({"name": "n" * 81}, "Your text is too long", 413),
        ({"answer": "perhaps"}, "You have not chosen yet.", 422),
        ({"text": "0" * 64}, "The text has changed since you opened this page.", 409),
    ],
)
def test_a_refused_signature_comes_back_with_all_that_was_typed(
    client: TestClient, room: Room, school: Own, changed: dict[str, str], headline: str, status: int
) -> None:
    make_agenda(room)
    fields = {"answer": "signed", "name": "Agnieszka", "role": "the chair of now", "drawn": STROKES} | changed

    refused = client.post(school.page + "/sign", data=fields)

    assert refused.status_code == status
    assert headline in refused.text
    assert 'value="the chair of now"' in refused.text
    assert f'name="drawn" value="{STROKES}"' in refused.text
    assert rows_of(Signature) == []


def test_a_drawing_that_cannot_be_read_does_not_come_back(
    client: TestClient, room: Room, school: Own
) -> None:
    make_agenda(room)

    refused = client.post(
        school.page + "/sign", data={"answer": "signed", "name": "Agnieszka", "drawn": "[[1,2,9999,4]]"}
    )

    assert refused.status_code == 422
    assert "We could not read the drawing." in refused.text
    assert 'name="drawn" value=""' in refused.text
    assert 'value="Agnieszka"' in refused.text


def test_declining_asks_for_nothing_more(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    assert client.post(school.page + "/decline").status_code == 303

    [row] = standing(school)
    assert (row["answer"], row["name"], row["drawn"], row["consent"]) == (
        "declined",
        "Agnieszka Wójcik",
        "",
        "",
    )
    assert "You do not sign. Thank you for your answer." in client.get(school.page).text


def test_an_answer_may_change_until_the_close_and_each_is_kept(
    client: TestClient, room: Room, school: Own
) -> None:
    make_agenda(room)

    client.post(school.page + "/sign", data={"answer": "declined", "name": "Agnieszka"})
    client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})

    assert [row["answer"] for row in rows_of(Signature)] == ["declined", "signed"]
    assert [row["answer"] for row in standing(school)] == ["signed"]


def test_who_is_asked_again_sees_what_changed(client: TestClient, room: Room, school: Own) -> None:
    agenda = make_agenda(room)
    write(
        answer_agenda,
        agenda_id=agenda,
        partner_id=school.id,
        answer="signed",
        name="Agnieszka",
        consent="I agree.",
    )
    write(
        change_agreement,
        who=LEADER,
        agreement_id=carried_agreement(),
        what="We cook and eat together.",
        first_step="",
        due_on=date(2027, 1, 15),
        measure="",
        principle_ids=[],
        depends_on=[],
        supporter_ids=[],
    )
    make_agenda(room)

    page = client.get(school.page).text

    assert "we ask every partner again" in page
    assert re.search(r"<del[^>]*>We eat together.</del>", page)
    assert re.search(r"<ins[^>]*>We cook and eat together.</ins>", page)
    assert "How do you want to sign?" in page
    assert "You have signed" not in page


def test_an_old_page_cannot_sign_a_new_text(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)
    read = text_hash(room)
    make_agreement(room, what="We sing.")
    make_agenda(room)

    refused = client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka", "text": read})

    assert refused.status_code == 409
    assert rows_of(Signature) == []


def test_after_the_close_the_partners_get_the_bytes_that_were_kept(
    client: TestClient, room: Room, school: Own
) -> None:
    agenda = make_agenda(room)
    publish(agenda, who=LEADER, build=small_files)

    downloaded = client.get(school.page + "/agenda.docx")

    assert downloaded.content == b"partners 1.1: 0"
    assert (
        downloaded.headers["content-disposition"] == 'attachment; filename="alliance-agenda-merenveld-1.docx"'
    )
    assert "Signing is closed." in client.get(school.page).text


def test_while_signing_is_open_the_file_says_how_many_answered(
    client: TestClient, room: Room, school: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agenda(room)
    client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})
    monkeypatch.setattr(
        "phone.partner.routes.build_agenda", lambda document, copy: small_files(document)[0].content
    )

    assert client.get(school.page + "/agenda.docx").content == b"partners 1.1: 1"
    assert "The file says that signing is not closed yet: 1 of 2." in client.get(school.page).text


def test_the_file_of_now_is_a_word_file(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)

    downloaded = client.get(school.page + "/agenda.docx")

    assert downloaded.status_code == 200
    assert downloaded.content.startswith(b"PK")


def test_an_answer_after_the_close_becomes_a_later_edition_once(
    client: TestClient, room: Room, school: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.partner.routes.build_files", small_files)
    publish(make_agenda(room), who=LEADER, build=small_files)
    assert "then we make a new edition" in client.get(school.page).text

    for _ in range(2):
        client.post(school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"})

    assert sorted({row["edition"] for row in rows_of(AgendaFile)}) == [1, 2]
    downloaded = client.get(school.page + "/agenda.docx")
    assert downloaded.content == b"partners 1.2: 1"
    assert (
        downloaded.headers["content-disposition"]
        == 'attachment; filename="alliance-agenda-merenveld-1.2.docx"'
    )
    assert "Alliance agenda Together, version 1.2" in client.get(school.page).text


def test_scripts_get_json(client: TestClient, room: Room, school: Own) -> None:
    make_agenda(room)
    accept = {"accept": "application/json"}

    signed = client.post(
        school.page + "/sign", data={"answer": "signed", "name": "Agnieszka"}, headers=accept
    )
    refused = client.post(school.page + "/sign", data={"answer": "signed"}, headers=accept)
    outdated = client.post(
        school.page + "/sign", data={"answer": "signed", "name": "A", "text": "old"}, headers=accept
    )

    assert signed.json()["answer"] == "signed"
    assert (refused.status_code, refused.json()["error"]) == (422, "text_missing")
    assert (outdated.status_code, outdated.json()["error"]) == (409, "text_changed")


def test_a_machine_that_posts_without_end_is_slowed_down(
    client: TestClient, school: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.partner.routes.post_rate", PostRate(clock=lambda: 0.0))

    answers = [client.post(school.page + "/accept", data={"answer": "?"}).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]


def test_the_page_needs_no_script_and_no_style_of_its_own(
    client: TestClient, room: Room, school: Own
) -> None:
    make_agenda(room)

    page = client.get(school.page).text

    assert re.findall(r"<[^>]*\sstyle=", page) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"<[^>]*\son\w+=", page) == []
    assert "sign.js" in page


def test_thirty_agreements_ask_the_database_as_often_as_one(
    client: TestClient, room: Room, school: Own
) -> None:
    with questions_asked() as with_few:
        client.get(school.page)
    for _ in range(30):
        make_agreement(room, owner=SCHOOL)
    with questions_asked() as with_many:
        client.get(school.page)

    assert with_few
    assert len(with_many) == len(with_few)


def test_the_pages_mark_changes_with_what_it_shows_and_a_wrong_link_has_none(database: str) -> None:
    room = make_workshop(partners=[SCHOOL, TOWN], step=Step.SIGN)
    make_adopted(room)
    own = own_page(room, SCHOOL)
    with phone() as browser:
        first = browser.get(f"{own.page}/state").json()
        again = browser.get(f"{own.page}/state").json()
        make_agreement(room, what="We sing.", owner=SCHOOL)
        asked = browser.get(f"{own.page}/state").json()
        make_agenda(room)
        frozen = browser.get(f"{own.page}/state").json()
        wrong = browser.get(f"{own.page}x/state", headers={"accept": "application/json"})

    assert first == again
    assert len({told["mark"] for told in (first, asked, frozen)}) == 3
    assert [told["version"] for told in (first, asked, frozen)] == [None, None, 1]
    assert wrong.status_code == 404
