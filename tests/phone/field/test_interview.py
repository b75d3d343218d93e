"""An interview by its links: what is sent is stored once and never shown again; who spoke chooses what is shared."""

import secrets
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from models.baseline.field import renew_field_link
from models.baseline.sources import field_token, speaker_token
from models.basics.words import Consent
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource
from phone.serving.limits import FREE_TRIES, FailedTries, PostRate
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_interview,
    make_quote,
    make_startfoto,
    read_note,
    rows_of,
)
from tests.builders.startfoto import LETTER
from tests.phone.conftest import JSON, open_phone
from tests.phone.weighing import MOST_BYTES, MOST_REQUESTS, first_load

SAID = "De brief was vier bladzijden. Zoon van elf vertaalt. شكراً 🤝"


@pytest.fixture(autouse=True)
def unbraked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phone.field.shared.post_rate", PostRate())
    monkeypatch.setattr("phone.serving.errors.failed_tries", FailedTries())


@pytest.fixture
def startfoto(client: TestClient) -> Startfoto:
    return make_startfoto()


@pytest.fixture
def another(client: TestClient) -> Iterator[TestClient]:
    """A second phone, while the first one's writer runs."""
    with open_phone() as browser:
        yield browser


def field_page(source_id: int) -> str:
    with reading() as session:
        return f"/i/{field_token(session.get_one(BaselineSource, source_id))}"


def own_page(source_id: int) -> str:
    with reading() as session:
        return f"/c/{speaker_token(session.get_one(BaselineSource, source_id))}"


def typed(**more: object) -> dict[str, object]:
    return {"note": secrets.token_hex(12), "sequence": 1, "question": 3, "text": SAID, "go": 4, **more}


@pytest.mark.both_databases
def test_a_plain_form_stores_a_note_and_goes_on_and_the_link_never_shows_it_again(
    client: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto, "")
    page = field_page(source)
    client.get(page)

    answer = client.post(page, data=typed(theme=[startfoto.themes["Taal"], startfoto.themes["Meedoen"]]))
    after = client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?question=4")
    assert "1 note kept" in after.text
    assert SAID not in after.text
    assert SAID in read_note(source).note
    assert len(read_note(source).findings[0].theme_ids) == 2


def test_reading_the_page_of_an_interview_changes_nothing(client: TestClient, startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    before = rows_of(BaselineSource)

    assert [
        client.get(f"{field_page(source)}{query}").status_code for query in ("", "?question=9", "?question=x")
    ] == [200] * 3
    assert client.get(own_page(source)).status_code == 200

    assert rows_of(BaselineSource) == before


def test_the_same_note_sent_twice_is_stored_once_also_by_a_script(
    client: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto, "")
    page, note = field_page(source), typed()
    client.get(page)

    answers = [client.post(page, data=note, headers=JSON).json() for _again in range(2)]

    assert answers[0] == answers[1]
    assert (answers[0]["finished"], answers[0]["stored"], answers[0]["phones"]) == (True, 1, "")
    assert read_note(source).note.count(SAID) == 1


def test_a_second_phone_is_told_and_so_is_the_first_and_both_notes_stand(
    client: TestClient, another: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto, "")
    page = field_page(source)
    for phone in (client, another):
        phone.get(page)
    client.post(page, data=typed(), headers=JSON)

    told = another.post(page, data=typed(text="Zij was bang voor de brief."), headers=JSON).json()

    assert told["phones"].startswith("2 phones type in this interview.")
    assert "2 phones type in this interview." in client.get(page).text
    note = read_note(source).note
    assert note.index(SAID) < note.index("Telefoon 2: Wanneer had u hulp nodig") < note.index("Zij was bang")


def test_what_cannot_be_stored_still_stands_in_its_field(client: TestClient, startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")
    long = "Brief. " * 600

    answer = client.post(field_page(source), data=typed(text=long))

    assert answer.status_code == 413
    assert "Your text is too long" in answer.text
    assert long.strip() in answer.text
    assert read_note(source).note == ""


def test_an_empty_note_only_goes_on(client: TestClient, startfoto: Startfoto) -> None:
    source = make_interview(startfoto, "")

    answer = client.post(field_page(source), data=typed(text="  \n", go=9))

    assert answer.headers["location"].endswith("?question=9")
    assert read_note(source).note == ""


def test_what_was_explained_is_noted_and_leads_to_the_first_question(
    client: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto, "")
    page = field_page(source)
    assert "Read this aloud first." in client.get(page).text

    answer = client.post(f"{page}/explained")

    assert answer.headers["location"] == f"{page}?question=1"
    assert read_note(source).is_guide_handed_over


def test_a_withdrawn_link_and_a_guessed_one_open_nothing_and_guessing_is_braked(
    client: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto, "")
    page = field_page(source)
    write(renew_field_link, who=LEADER, source_id=source)

    assert client.get(page).status_code == 404
    assert client.post(page, data=typed(), headers=JSON).json()["error"] == "not_found"
    tried = [client.get(f"/{where}/{'a' * 26}").status_code for where in "ic" for _try in range(FREE_TRIES)]

    assert tried[0] == 404
    assert tried[-1] == 429
    assert client.get(field_page(source)).status_code == 200


def test_the_page_and_all_that_it_loads_weigh_at_most_25_kilobytes_in_5_requests(
    client: TestClient, startfoto: Startfoto
) -> None:
    page = field_page(make_interview(startfoto, ""))

    weights = first_load(client, page, "/i/worker.js")

    assert len(weights) <= MOST_REQUESTS
    assert sum(weights.values()) <= MOST_BYTES


@pytest.mark.parametrize("query", ["", "?question=3", "?question=9"])
def test_it_is_read_in_dutch_and_in_english(client: TestClient, startfoto: Startfoto, query: str) -> None:
    page = field_page(make_interview(startfoto, "", side="residents"))

    english = client.get(page + query).text
    dutch = client.get(page + query, headers={"accept-language": "nl"}).text

    assert "<b>Interview with resident\N{NO-BREAK SPACE}1</b>" in english
    assert "Gesprek met bewoner\N{NO-BREAK SPACE}1" in dutch
    assert "When did you need help of the municipality?" in english
    assert "Wanneer had u hulp nodig van de gemeente?" in dutch


@pytest.mark.both_databases
def test_who_was_interviewed_withdraws_a_quote_and_it_is_gone_everywhere(
    client: TestClient, startfoto: Startfoto
) -> None:
    source = make_interview(startfoto)
    quote = make_quote(source, LETTER)
    allow(quote, Consent.WITH_ROLE)
    page = own_page(source)
    shown = client.get(page).text
    assert LETTER in shown
    assert 'value="with name"' not in shown

    answer = client.post(page, data={"finding": quote, "consent": "none"})

    assert answer.headers["location"] == f"{page}?stored={quote}#said-{quote}"
    (finding,) = read_note(source).findings
    assert (finding.consent, finding.released_at, finding.consent_by_speaker) == ("none", None, True)
    assert "You withdrew this on" in client.get(page).text


def test_who_was_interviewed_cannot_widen_and_chooses_nothing_of_another(
    client: TestClient, startfoto: Startfoto
) -> None:
    source, other = make_interview(startfoto), make_interview(startfoto)
    quote, theirs = make_quote(source, LETTER), make_quote(other, LETTER)
    allow(quote, Consent.WITHOUT_ATTRIBUTION)
    page = own_page(source)

    wider = client.post(page, data={"finding": quote, "consent": "with name", "name": "Nadia el Idrissi"})
    stranger = client.post(page, data={"finding": theirs, "consent": "none"}, headers=JSON)
    nonsense = client.post(page, data={"finding": "x", "consent": "none"}, headers=JSON)

    assert (wider.status_code, stranger.status_code, nonsense.status_code) == (409, 404, 404)
    assert [finding.consent for finding in read_note(source).findings] == ["without attribution"]
    assert "Nadia" not in str(rows_of(BaselineSource))


def test_the_worker_may_keep_interviews_and_nothing_else(client: TestClient) -> None:
    answer = client.get("/i/worker.js")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
