"""Pages for everyone: the public copy, the check of a document, privacy, accessibility."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import offer_help, take_on
from models.basics.words import Step
from models.signing.agenda import answer_agenda
from models.signing.files import publish
from models.signing.sealing import complete_seals
from models.storage.writing import write
from models.tables import Agenda, AgendaFile
from models.who_may_see import COOKIES, Role
from phone.serving.limits import FREE_TRIES, FailedTries
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_agreement, make_workshop, rows_of
from tests.phone.partner_room import (
    STROKES,
    everything,
    name_representative,
    own_page,
    phone,
    public_page,
    small_files,
    text_hash,
)

SCHOOL, TOWN = "Polish school", "Municipality"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def client(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("phone.serving.errors.failed_tries", FailedTries())
    with phone() as browser:
        yield browser


@pytest.fixture
def room(client: TestClient) -> Room:
    """A frozen agenda that the school signed by hand; signing is open."""
    made = make_workshop(people=6, partners=[SCHOOL, TOWN], step=Step.SIGN)
    make_adopted(made)
    name_representative(made, SCHOOL, representative="Agnieszka Wójcik", role="coordinator")
    make_agreement(made, what="We eat together.", owner=SCHOOL)
    write(
        answer_agenda,
        agenda_id=make_agenda(made),
        partner_id=made.partners[SCHOOL],
        answer="signed",
        name="Agnieszka Wójcik",
        drawn=STROKES,
        consent="I agree.",
    )
    return made


@pytest.fixture
def closed(room: Room) -> Room:
    publish(rows_of(Agenda)[0]["id"], who=LEADER, build=small_files)
    return room


def kept(copy_for: str) -> bytes:
    [content] = [row["content"] for row in rows_of(AgendaFile) if row["copy_for"] == copy_for]
    return bytes(content)


def test_while_signing_is_open_there_is_no_public_copy_yet(client: TestClient, room: Room) -> None:
    page = client.get(public_page(room))

    assert page.status_code == 200
    assert "Signing is still open" in page.text
    assert "1 of 2 partners have answered." in page.text
    assert "We eat together." not in page.text
    assert client.get(public_page(room) + "/agenda.docx").status_code == 404


def test_the_public_page_holds_the_text_the_answers_and_the_fingerprint(
    client: TestClient, closed: Room
) -> None:
    page = client.get(public_page(closed)).text

    for words in (
        "Alliance agenda Together",
        "We eat together.",
        "Adopted in round 1.",
        "Polish school: signed",
        "Municipality: no answer yet",
        sha256(kept("public")).hexdigest(),
        text_hash(closed)[:8],
    ):
        assert words in page


def test_the_public_page_shows_no_representative_and_no_drawing(client: TestClient, closed: Room) -> None:
    frozen = rows_of(Agenda)[0]["content"]
    assert "Agnieszka Wójcik" in frozen

    page = client.get(public_page(closed)).text

    assert "Agnieszka" not in page
    assert "coordinator" not in page
    assert "signature" not in re.sub(r"drawn signatures", "", page)


def test_the_public_page_tells_residents_and_helpers_without_their_names(client: TestClient) -> None:
    room = make_workshop(people=6, partners=[SCHOOL], step=Step.SIGN)
    carried = make_agreement(room, what="We eat together.")
    write(show_agreements, who=LEADER, agreement_ids=[carried])
    write(take_on, participant_id=room.people[0], agreement_id=carried, name="Zoë Jansen")
    write(offer_help, participant_id=room.people[1], agreement_id=carried, name="Oğuz Yıldırım")
    publish(make_agenda(room), who=LEADER, build=small_files)
    frozen = rows_of(Agenda)[0]["content"]
    assert "Zoë Jansen" in frozen and "Oğuz Yıldırım" in frozen

    page = client.get(public_page(room)).text

    assert "Zoë" not in page and "Oğuz" not in page
    assert '<li dir="auto">A resident</li>' in page
    assert "A resident: no answer yet" in page
    assert "1 participant" in page


def test_everyone_downloads_the_kept_bytes_of_the_public_copy(client: TestClient, closed: Room) -> None:
    downloaded = client.get(public_page(closed) + "/agenda.docx")

    assert downloaded.content == kept("public")
    assert (
        downloaded.headers["content-disposition"]
        == 'attachment; filename="alliance-agenda-public-merenveld-1.docx"'
    )


def test_reading_and_checking_changes_nothing(client: TestClient, closed: Room) -> None:
    before = everything()

    client.get(public_page(closed))
    client.get(public_page(closed) + "/agenda.docx")
    client.get("/check", params={"code": text_hash(closed)[:8]})
    client.post("/check", files={"file": ("agenda.docx", kept("public"))})

    assert everything() == before


def test_an_unknown_public_link_is_not_found_and_counted(client: TestClient, closed: Room) -> None:
    answers = [client.get("/d/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code for _ in range(FREE_TRIES + 1)]

    assert answers == [404] * FREE_TRIES + [429]
    assert client.get("/d/aaaaaaaaaaaaaaaaaaaaaaaaaa/agenda.docx").status_code == 429
    assert client.get(public_page(closed)).status_code == 200


@pytest.mark.parametrize(
    ("copy_for", "words"), [("public", "the copy for everyone"), ("partners", "the copy for the partners")]
)
def test_a_kept_file_is_genuine(client: TestClient, closed: Room, copy_for: str, words: str) -> None:
    checked = client.post("/check", files={"file": ("agenda.docx", kept(copy_for))})

    assert checked.status_code == 200
    assert "Yes, this file is genuine" in checked.text
    assert "It is the agenda of Together, version 1." in unescape(checked.text).replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert words in checked.text


def test_a_file_with_one_other_byte_is_unknown(client: TestClient, closed: Room) -> None:
    changed = kept("public")[:-1] + b"!"

    checked = client.post("/check", files={"file": ("agenda.docx", changed)})

    assert checked.status_code == 200
    assert "We cannot check this file" in checked.text


@pytest.mark.parametrize("size", [0, 1, 8191, 300_000, 5_000_000])
def test_a_file_of_any_size_is_read_whole(client: TestClient, closed: Room, size: int) -> None:
    offered = bytes(place % 251 for place in range(1000)) * (size // 1000 + 1)

    checked = client.post(
        "/check", files={"file": ("x.docx", offered[:size])}, headers={"accept": "application/json"}
    )

    if size:
        assert (checked.json()["known"], checked.json()["verdict"]) == (False, "not readable")
    else:
        assert checked.status_code == 422


def test_more_than_twenty_megabytes_is_refused(client: TestClient, closed: Room) -> None:
    refused = client.post("/check", files={"file": ("x.docx", b"x" * (20 * 1024 * 1024 + 1))})

    assert refused.status_code == 413


def test_an_offered_file_is_never_written_to_disk(
    client: TestClient, closed: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("starlette.formparsers.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)

    checked = client.post("/check", files={"file": ("x.docx", b"x" * 3_000_000)})

    assert "It is no Word file (.docx) and no PDF." in checked.text


def test_no_more_is_taken_in_at_once_than_there_is_room_for(
    client: TestClient, closed: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.serving.offered.MOST_MEMORY", 1_000_000)

    refused = client.post("/check", files={"file": ("x.docx", b"x" * 1_200_000)})
    again = [client.post("/check", files={"file": ("x.docx", b"x" * 900_000)}) for _ in range(3)]

    assert refused.status_code == 503
    assert [each.status_code for each in again] == [200] * 3


@pytest.mark.parametrize("spelled", ["{0}", " {1} ", "{2}", "{3}"])
def test_a_code_is_known_however_it_is_spelled(client: TestClient, closed: Room, spelled: str) -> None:
    digits = text_hash(closed)
    code = spelled.format(
        digits[:8], digits, digits[:8].upper(), f"{digits[:4]} {digits[4:8]}-{digits[8:12]}"
    )

    checked = client.post("/check", data={"code": code})

    assert "We know this code" in checked.text
    assert "It belongs to this text: Alliance agenda Together, version 1." in checked.text
    assert "The code does not say whether your file was changed." in checked.text


def test_the_printed_link_asks_at_once(client: TestClient, closed: Room) -> None:
    checked = client.get("/check", params={"code": text_hash(closed)[:8]})

    assert "We know this code" in checked.text


def test_an_unknown_code_stays_in_the_field(client: TestClient, closed: Room) -> None:
    checked = client.post("/check", data={"code": "0badc0de"})

    assert "We do not know this code" in checked.text
    assert 'value="0badc0de"' in checked.text


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("", "There is nothing to check yet."),
        ("0badc0d", "This is not a whole code."),
        ("hello world", "This is not a whole code."),
    ],
)
def test_half_a_question_is_asked_back(client: TestClient, code: str, headline: str) -> None:
    refused = client.post("/check", data={"code": code})

    assert refused.status_code == 422
    assert headline in refused.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1000 + b"--x--\r\n",
        ),
    ],
)
def test_a_form_that_is_none_is_refused_in_words(client: TestClient, kind: str, body: bytes) -> None:
    refused = client.post("/check", content=body, headers={"content-type": kind})

    assert refused.status_code == 422
    assert "The file did not arrive whole." in refused.text or "nothing to check" in refused.text


def test_scripts_get_json(client: TestClient, closed: Room) -> None:
    accept = {"accept": "application/json"}

    known = client.post("/check", files={"file": ("a.docx", kept("public"))}, headers=accept).json()
    refused = client.post("/check", data={"code": "1"}, headers=accept)

    assert (known["known"], known["alliance"], known["version"], known["copy_for"]) == (
        True,
        "Together",
        1,
        "public",
    )
    assert (refused.status_code, refused.json()["error"]) == (422, "invalid_value")


@pytest.mark.parametrize("path", ["/check", "/privacy", "/accessibility"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_plain_pages_are_there_in_both_languages(client: TestClient, path: str, language: str) -> None:
    page = client.get(path, headers={"accept-language": language})

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert re.findall(r"<[^>]*\sstyle=|<script(?![^>]*\ssrc=)", page.text) == []


def test_the_privacy_page_names_every_cookie_that_is_set(client: TestClient) -> None:
    """Adding a cookie without telling people fails here."""
    source = (ROOT / "phone" / "serving" / "cookies.py").read_text(encoding="utf-8")
    named = set(re.findall(r'^([A-Z]+) = "', source, re.MULTILINE))

    told = unescape(client.get("/privacy").text)

    assert named == {"LANGUAGE", "FIELD", "MEDIATION"}
    assert set(COOKIES) == {Role.FACILITATOR, Role.TABLE_HOST, Role.PROJECTOR}
    for words in (
        "each meeting that you join",
        "the language",
        "facilitators who are signed in",
        "a screen in the room",
        "who helps at a table",
        "a phone that types an interview",
        "speaks with a mediator",
    ):
        assert words in told


def test_who_checks_a_document_reads_the_control_words_of_its_text(client: TestClient, closed: Room) -> None:
    words = rows_of(Agenda)[0]["control_words"].split()
    assert len(words) == 6
    listed = "".join(f"<li><b>{word}</b></li>" for word in words)
    file = {"file": ("agenda.docx", kept("public"))}

    by_file = client.post("/check", files=file)
    by_code = client.get("/check", params={"code": text_hash(closed)[:8]})
    public = client.get(public_page(closed))
    scripts = client.post("/check", files=file, headers={"accept": "application/json"}).json()

    for page in (by_file, by_code, public):
        assert f'<ol class="six" lang="nl" dir="ltr" translate="no">{listed}</ol>' in page.text
    assert scripts["control_words"] == words


def test_who_checks_an_unknown_document_reads_no_control_words(client: TestClient, closed: Room) -> None:
    page = client.post("/check", files={"file": ("a.docx", b"other")}).text

    assert 'class="six"' not in page
    assert 'class="six"' in client.post("/check", files={"file": ("a.docx", kept("public"))}).text


def test_the_page_that_computes_words_is_one_file_to_keep_and_runs_its_own_script_only(
    client: TestClient,
) -> None:
    page = client.get("/check/offline")

    assert page.headers["content-disposition"] == 'attachment; filename="handslag-control-words.html"'
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "'self'" not in policy
    assert "/check/offline" in client.get("/check").text


def test_the_shape_of_the_frozen_text_is_published(client: TestClient) -> None:
    assert client.get("/agenda.schema.json").json()["$id"] == "urn:handslag:agenda:1:schema"


def test_sealed_copies_are_given_once_they_are_made(client: TestClient, closed: Room) -> None:
    partner = own_page(closed, SCHOOL).page
    paths = [f"{public_page(closed)}/agenda.pdf", f"{partner}/agenda.pdf"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert "agenda.pdf" not in client.get(public_page(closed)).text + client.get(partner).text

    complete_seals(lambda given: [b"%PDF-1.7 " + each.copy_for.encode() for each in given])

    given = [client.get(path) for path in paths]
    assert [each.content for each in given] == [b"%PDF-1.7 public", b"%PDF-1.7 partners"]
    assert {each.headers["content-type"] for each in given} == {"application/pdf"}
    assert "agenda.pdf" in client.get(public_page(closed)).text
    assert "agenda.pdf" in client.get(partner).text
    checked = client.post("/check", files={"file": ("agenda.pdf", given[0].content)})
    assert "It is the sealed copy." in checked.text


def test_a_file_waits_for_its_turn_and_too_many_are_told_to_come_back(
    client: TestClient, closed: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phone.public.public.MOST_WAITING", 0)

    assert client.post("/check", files={"file": ("x.docx", b"x")}).status_code == 503
    assert client.get("/check", params={"code": text_hash(closed)[:8]}).status_code == 200
