"""The pages of a mediation: what opens them, what never does, and that a GET tells and changes nothing."""

import re
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace

import docx
import pytest
from starlette.testclient import TestClient

from models.basics.words import MediationStep
from models.mediation import people
from models.mediation.opened import OPEN_SECONDS, open_keys
from models.storage.database import reading
from models.tables import MediationItem, MediationKey, MediationPerson
from phone.mediation.room import ACTS, DOOR
from phone.mediation.shared import FREE_TRIES, WordTries, cookie_of
from tests.builders import rows_of
from tests.builders.mediation import Mediated, make_mediated
from tests.phone.conftest import JSON, make_app
from tests.phone.mediation.visiting import Visitor, number_on

WRONG = "kachel rivier boterham lantaarn molen brug"
HERE = "http://localhost"


pytestmark = pytest.mark.usefixtures("unbraked")


def browser(address: str = HERE, peer: str = "127.0.0.1") -> TestClient:
    """Return a browser of its own, on this very machine unless it is said otherwise."""
    return TestClient(
        make_app(),
        base_url=address,
        client=(peer, 50_000),
        follow_redirects=True,
        headers={"accept-language": "en"},
    )


@pytest.fixture
def made(sqlite: str) -> Iterator[Mediated]:
    yield make_mediated(MediationStep.TOGETHER)


@pytest.fixture
def registered(sqlite: str) -> Mediated:
    return make_mediated(MediationStep.REGISTRATION)


def opened_page(made: Mediated, party: str, place: int = 0) -> tuple[TestClient, str, str]:
    """Return a browser in which somebody typed the six words, the path of their page, and the page."""
    person, client = made.person(party, place), browser()
    path = f"/m/{person.token}"
    answer = client.post(f"{path}/open", data={"words": person.words})
    assert answer.status_code == 200, answer.text
    return client, path, answer.text


class TestTheDoor:
    def test_three_gets_of_every_link_change_nothing_and_look_alike(self, registered: Mediated) -> None:
        before = rows_of(MediationPerson)
        tokens = [registered.person("").token, registered.person("A").token, "a" * 26]
        pages = []
        for token in tokens:
            for _ in range(3):
                answer = browser().get(f"/m/{token}")
                pages.append((answer.status_code, answer.text.replace(token, "TOKEN")))

        assert len(set(pages)) == 1
        assert pages[0][0] == 200 and "Type your six words" in pages[0][1]
        assert rows_of(MediationPerson) == before
        # Whom the link was sent to comes in as if nobody had looked.
        rinus = registered.person("A")
        assert 'class="six"' in browser().post(f"/m/{rinus.token}/code", data={"code": rinus.code}).text

    def test_by_plain_http_there_is_one_sentence_no_field_and_nothing_is_accepted(
        self, made: Mediated
    ) -> None:
        person = made.person("")
        for client in (browser("http://zaal.test"), browser(HERE, "192.0.2.7"), browser("http://192.0.2.2")):
            shown = client.get(f"/m/{person.token}")
            sent = client.post(f"/m/{person.token}/open", data={"words": person.words})

            for answer in (shown, sent):
                assert answer.status_code == 403
                assert "opens by https only" in answer.text
                assert not re.search("<(input|textarea|form|button)", answer.text)
                assert "set-cookie" not in answer.headers

    def test_no_act_is_taken_from_another_site_as_parts_or_by_plain_http(self, made: Mediated) -> None:
        client, path, _page = opened_page(made, "A")
        before = [rows_of(table) for table in (MediationPerson, MediationItem, MediationKey)]
        form = {"words": made.person("A").words, "code": "ACDEFGHJ", "kind": "story", "text": "Van elders."}
        open_here = dict(client.cookies)
        by_http = browser("http://zaal.test")
        by_http.cookies.update(open_here)

        for act in [*DOOR, *ACTS]:
            foreign = client.post(f"{path}/{act}", data=form, headers={"origin": "https://elders.example"})
            told = client.post(f"{path}/{act}", data=form, headers={"sec-fetch-site": "cross-site"})
            parts = client.post(f"{path}/{act}", files={"text": ("a.txt", b"Van elders.")})
            plain = by_http.post(f"{path}/{act}", data=form)
            assert [one.status_code for one in (foreign, told, parts, plain)] == [403, 403, 415, 403], act
            assert not [one for one in (foreign, told, parts, plain) if "set-cookie" in one.headers], act

        assert [rows_of(table) for table in (MediationPerson, MediationItem, MediationKey)] == before
        assert made.texts("A")[0] in client.get(path).text

    def test_an_unknown_link_is_answered_after_as_long_as_wrong_words_took(
        self, made: Mediated, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waited: list[float] = []

        async def sleeps(seconds: float) -> None:
            waited.append(seconds)

        monkeypatch.setattr("phone.mediation.door.asyncio", SimpleNamespace(sleep=sleeps))
        moments = iter([100.0, 107.5, 200.0])
        monkeypatch.setattr("phone.mediation.door.time", SimpleNamespace(monotonic=lambda: next(moments)))
        for token in (made.person("A").token, "a" * 26):
            answer = browser().post(f"/m/{token}/open", data={"words": WRONG})
            assert answer.status_code == 403

        assert waited == [7.5]

    def test_by_https_it_opens_with_a_strict_cookie_of_this_host_alone(self, made: Mediated) -> None:
        person = made.person("A")
        client = browser("https://merenveld.example", "192.0.2.7")
        client.follow_redirects = False

        answer = client.post(f"/m/{person.token}/open", data={"words": person.words})

        cookie = answer.headers["set-cookie"].lower()
        assert answer.status_code == 303
        assert cookie.startswith("__host-handslag_m_")
        assert {"httponly", "secure", "path=/", "samesite=strict"} <= {
            part.strip() for part in cookie.split(";")
        }
        assert "max-age" not in cookie and person.token not in cookie

    def test_wrong_words_and_unknown_links_are_answered_alike_with_growing_delay(
        self, made: Mediated, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        monkeypatch.setattr("phone.mediation.door.unlock", lambda token, words, is_spare: asked.append(token))
        known, unknown = made.person("A").token, "a" * 26
        answers = {}
        for token in (known, unknown):
            client = browser()
            tries = [client.post(f"/m/{token}/open", data={"words": WRONG}) for _ in range(FREE_TRIES + 3)]
            answers[token] = [
                (one.status_code, one.headers.get("retry-after"), one.text.replace(token, "TOKEN"))
                for one in tries
            ]

        assert answers[known] == answers[unknown]
        assert [status for status, _wait, _text in answers[known]] == [403, 403, 429, 429, 429, 429]
        assert "These are not the words." in answers[known][0][2]
        # Whoever waits costs nothing slow, and an unknown link never does.
        assert asked == [known] * FREE_TRIES

    def test_who_guesses_locks_out_nobody_but_themselves(self, made: Mediated) -> None:
        person = made.person("A")
        for _ in range(FREE_TRIES + 2):
            browser("https://merenveld.example", "192.0.2.9").post(
                f"/m/{person.token}/open", data={"words": WRONG}
            )

        opened_page(made, "A")

    def test_a_code_is_tried_twenty_times_and_nothing_tells_whether_there_is_a_mediation(
        self, registered: Mediated, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person, told = registered.person("A"), {}
        for token in (person.token, "a" * 26):
            pages = set()
            for _ in range(20):
                # As from twenty addresses.
                monkeypatch.setattr("phone.mediation.door.word_tries", WordTries())
                answer = browser().post(f"/m/{token}/code", data={"code": "ACDEFGHJ"})
                pages.add((answer.status_code, answer.text.replace(token, "TOKEN")))
            told[token] = pages
        right = browser().post(f"/m/{person.token}/code", data={"code": person.code})

        assert told[person.token] == told["a" * 26]
        assert len(told["a" * 26]) == 1
        assert "do not belong together" in right.text and 'class="six"' not in right.text

    def test_the_code_shows_six_words_and_only_words_that_are_typed_back_are_stored(
        self, registered: Mediated
    ) -> None:
        person, client = registered.person("A"), browser()
        path = f"/m/{person.token}"
        shown = client.post(f"{path}/code", data={"code": person.code})
        match = re.search(r'class="six"[^>]*>([^<]+)<', shown.text)
        assert match is not None
        words = match[1]

        wrong = client.post(f"{path}/words", data={"words": WRONG})
        with reading() as session:
            assert people.person_of(session, person.token).public_key is None  # type: ignore[union-attr]
        right = client.post(f"{path}/words", data={"words": words.upper()})

        assert wrong.status_code == 422 and words in wrong.text
        assert right.status_code == 200 and "The mediator opens the room" in right.text
        assert words not in right.text
        # In another browser the words are asked for, and the code is used up.
        assert "Type your six words" in browser().get(path).text
        assert "do not belong together" in browser().post(f"{path}/code", data={"code": person.code}).text

    def test_the_spare_key_opens_and_gives_other_words_at_once(self, registered: Mediated) -> None:
        person, client = registered.person(""), browser()
        path = f"/m/{person.token}"
        shown = client.post(f"{path}/open", data={"words": person.spare_words, "spare": "1"})
        words = re.findall(r'class="six[^"]*"[^>]*>([^<]+)<', shown.text)

        answer = client.post(f"{path}/words", data={"words": words[0]})

        # On the printed sheet stands the spare key alone: both on one paper would lie in the same envelope.
        on_screen = re.search(r'<div class="screen">.*?</div>', shown.text, re.DOTALL)
        assert on_screen is not None and words[0] in on_screen[0] and words[1] not in on_screen[0]
        assert "data-print hidden" in shown.text.split(words[1])[1]
        assert len(words) == 2 and "Before the first word" in answer.text
        assert browser().post(f"{path}/open", data={"words": person.words}).status_code == 403
        assert browser().post(f"{path}/open", data={"words": words[0]}).status_code == 200


class TestASession:
    def test_a_new_id_at_every_unlock_and_none_that_somebody_chose(self, made: Mediated) -> None:
        person = made.person("A")
        client = browser()
        client.cookies.set(cookie_of(person.token), "chosen-by-somebody")
        locked = client.get(f"/m/{person.token}")
        client.cookies.clear()
        client.post(f"/m/{person.token}/open", data={"words": person.words})
        first = client.cookies[cookie_of(person.token)]
        client.post(f"/m/{person.token}/open", data={"words": person.words})
        second = client.cookies[cookie_of(person.token)]

        assert "Type your six words" in locked.text
        assert first != second != "chosen-by-somebody"
        assert open_keys.tapped(first) is None

    def test_one_persons_session_does_not_open_anothers_page(self, made: Mediated) -> None:
        client, path, _page = opened_page(made, "A")
        other = made.person("B").token
        client.cookies.set(cookie_of(other), client.cookies[cookie_of(path.removeprefix("/m/"))])

        assert "Type your six words" in client.get(f"/m/{other}").text

    def test_a_lock_is_at_once_and_nothing_that_was_read_stands_in_a_cache(self, made: Mediated) -> None:
        client, path, page = opened_page(made, "A")
        shown = client.get(path)
        answer = client.post(f"{path}/lock")

        assert made.texts("A")[0] in page
        assert shown.headers["cache-control"] == "no-store"
        assert "Type your six words" in answer.text
        assert made.texts("A")[0] not in client.get(path).text

    def test_after_a_restart_the_words_are_asked_for_again(self, made: Mediated) -> None:
        client, path, _page = opened_page(made, "A")
        open_keys.lock_person(2)

        assert "Type your six words" in client.get(path).text
        refused = client.post(f"{path}/text", data={"kind": "story", "text": "Nog iets."}, headers=JSON)
        assert (refused.status_code, refused.json()["error"]) == (403, "mediation_locked")

    def test_another_site_and_another_kind_of_form_are_refused(self, made: Mediated) -> None:
        client, path, _page = opened_page(made, "A")
        said = {"kind": "story", "text": "Van elders."}

        foreign = client.post(f"{path}/text", data=said, headers={"origin": "https://elders.example"})
        parts = client.post(f"{path}/text", files={"text": ("a.txt", b"Van elders.")})

        assert (foreign.status_code, parts.status_code) == (403, 415)
        assert "Van elders." not in client.get(path).text


class TestWriting:
    def test_there_is_no_field_before_everything_is_accepted(self, registered: Mediated) -> None:
        mediator, path, _page = opened_page(registered, "")
        person, client = registered.person("A"), browser()
        own = f"/m/{person.token}"
        shown = client.post(f"{own}/code", data={"code": person.code}).text
        words = re.search(r'class="six"[^>]*>([^<]+)<', shown)
        assert words is not None
        waiting = client.post(f"{own}/words", data={"words": words[1]}).text
        number = number_on(mediator.get(path).text)
        mediator.post(f"{path}/admit", data={"person_id": "2", "number": number})
        accepting = client.get(own).text
        half = client.post(f"{own}/accept", data={"mediator": "1", "rules": "1", "mandate": "self"})
        band = mediator.get(f"{path}?band=a").text
        done = client.post(
            f"{own}/accept", data={"mediator": "1", "secrecy": "1", "rules": "1", "mandate": "self"}
        )

        for text in (waiting, accepting, half.text, band):
            assert "<textarea" not in text
        assert half.status_code == 422
        assert "Woo" in accepting and "I belong to" not in accepting
        assert "<textarea" in done.text and "Only your party and the mediator read this" in done.text

    def test_a_text_of_twenty_thousand_letters_is_kept_and_one_more_is_not(self, made: Mediated) -> None:
        client, path, _page = opened_page(made, "A")
        long = "سلام " * 3_999 + "سلام!"

        kept = client.post(f"{path}/text", data={"kind": "story", "text": long})
        refused = client.post(f"{path}/text", data={"kind": "story", "text": long + "!"})

        assert len(long) == 20_000
        assert kept.status_code == 200
        assert refused.status_code == 413 and long + "!" in refused.text

    def test_the_page_of_a_release_shows_exactly_the_text_and_who_will_read_it(self, made: Mediated) -> None:
        client, path, page = opened_page(made, "A")
        item = re.search(r"share=(\w+)", page)
        assert item is not None
        shown = client.get(f"{path}?share={item[1]}").text
        other, other_path, before = opened_page(made, "B")

        assert all(name in shown for name in ("Rinus Jansen", "Halima Çelik", "Marieke de Wit", "Hoekstra"))
        assert made.texts("A")[0] in shown
        # Only looking at it released nothing.
        assert "was released to you" not in other.get(other_path).text
        client.post(f"{path}/share", data={"item": item[1], "version": "1"})
        waiting = other.get(other_path).text
        assert "was released to you" in waiting and made.texts("A")[0] not in waiting
        assert made.texts("A")[0] in other.post(f"{other_path}/seen").text
        assert client.post(f"{path}/take-back", data={"item": item[1]}).status_code == 409
        assert before

    def test_while_text_stands_in_one_band_no_other_opens(self, made: Mediated) -> None:
        client, path, page = opened_page(made, "")
        elsewhere = client.get(f"{path}?band=b").text

        # The example's mediator was typing to party A.
        for text in (page, elsewhere):
            assert "Only you and party A read this" in text
            assert f'href="{path}?band=' not in text
        place = re.search(r'data-place="([^"]+)"', page)
        assert place is not None
        client.post(f"{path}/draft", data={"place": place[1], "text": "", "band": "a"})
        assert "Only you and party B read this" in client.get(f"{path}?band=b").text

    def test_what_is_typed_is_kept_sealed_and_counts_as_a_tap(self, made: Mediated) -> None:
        client, path, page = opened_page(made, "B")
        place = re.search(r'data-place="([^"]+)"', page)
        assert place is not None

        kept = client.post(f"{path}/draft", data={"place": place[1], "text": "Half getypt"}, headers=JSON)
        client.post(f"{path}/lock")

        assert kept.json()["seconds"] >= 890
        assert "Half getypt" in opened_page(made, "B")[2]

    def test_who_types_for_sixteen_minutes_loses_nothing_by_the_lock_that_follows(
        self, made: Mediated, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moment = [1_000.0]
        monkeypatch.setattr("models.mediation.opened.open_keys._clock", lambda: moment[0])
        client, path, page = opened_page(made, "A")
        place = re.search(r'data-place="([^"]+)"', page)
        assert place is not None

        for minute in range(1, 17):
            moment[0] += 60
            typed = " ".join(f"Zin {number} over de kastanje." for number in range(minute))
            kept = client.post(f"{path}/draft", data={"place": place[1], "text": typed}, headers=JSON)
            # Typing counts as a tap: it did not lock under one's hands.
            assert kept.status_code == 200, minute
        moment[0] += OPEN_SECONDS
        locked = client.get(path).text
        refused = client.post(f"{path}/draft", data={"place": place[1], "text": "te laat"}, headers=JSON)

        assert "Type your six words" in locked and "kastanje" not in locked
        assert refused.status_code == 403
        assert f"{typed}</textarea>" in opened_page(made, "A")[2]

    def test_two_windows_with_different_bands_never_mix(self, made: Mediated) -> None:
        client, path, page = opened_page(made, "")
        place = re.search(r'data-place="([^"]+)"', page)
        assert place is not None
        client.post(f"{path}/draft", data={"place": place[1], "text": ""})
        for band, _party_id in (("a", "1"), ("b", "2")):
            assert client.get(f"{path}?band={band}").status_code == 200
        client.post(f"{path}/text", data={"kind": "message", "party_id": "1", "text": "Voor A.", "band": "b"})
        client.post(f"{path}/text", data={"kind": "message", "party_id": "2", "text": "Voor B.", "band": "a"})

        assert "Voor A." in opened_page(made, "A")[2] and "Voor B." not in opened_page(made, "A")[2]
        assert "Voor B." in opened_page(made, "B")[2] and "Voor A." not in opened_page(made, "B")[2]

    def test_a_page_weighs_little_and_asks_for_little(self, made: Mediated) -> None:
        client, _path, page = opened_page(made, "A")
        files = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
        sizes = [
            int(client.get(file, headers={"accept-encoding": "gzip"}).headers["content-length"])
            for file in files
        ]

        assert len(files) + 1 <= 5
        assert sum(sizes) + len(page.encode()) <= 25_000


def test_a_party_reads_when_the_mediators_link_was_first_used(registered: Mediated) -> None:
    mediator, path, _page = opened_page(registered, "")
    person, client = registered.person("B"), browser()
    own = f"/m/{person.token}"
    words = re.search(
        r'class="six"[^>]*>([^<]+)<', client.post(f"{own}/code", data={"code": person.code}).text
    )
    assert words is not None
    client.post(f"{own}/words", data={"words": words[1]})
    number = number_on(mediator.get(path).text)
    mediator.post(f"{path}/admit", data={"person_id": "4", "number": number})

    assert "The mediator came in by the link on" in client.get(own).text


def test_a_stop_is_one_tap_and_the_same_sentence_for_all(made: Mediated) -> None:
    client, path, _page = opened_page(made, "A")
    stopped = client.post(f"{path}/stop").text
    others = [opened_page(made, "")[2], opened_page(made, "B")[2]]

    assert "You stopped this mediation." in stopped
    assert not any("stopped this" in page or "ended on" in page for page in others)
    assert "You stopped" not in client.post(f"{path}/go-on").text


def test_after_the_end_the_page_begins_with_that_and_offers_nothing_that_is_over(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path, _page = opened_page(made, "A")
    client.post(f"{path}/stop")
    monkeypatch.setattr("models.mediation.stopping.TAKE_BACK_MINUTES", 0)

    page = client.get(path).text

    assert re.findall("<h1[^>]*>([^<]+)<", page) == [re.findall("This mediation ended on [^<]+", page)[0]]
    assert "You can change or erase" not in page and "<textarea" not in page


class TestThePaper:
    def test_the_record_is_made_in_memory_for_who_is_in_it_and_of_what_all_approved(
        self, sqlite: str
    ) -> None:
        made = make_mediated(MediationStep.AGREEMENTS)
        client, path, _page = opened_page(made, "A")
        before = len(rows_of(MediationPerson))

        refused = client.post(f"{path}/record", data={})
        answer = client.post(f"{path}/record", data={"knows": "1"})
        stranger = browser().post(f"{path}/record", data={"knows": "1"})

        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
        assert (refused.status_code, answer.status_code, stranger.status_code) == (422, 200, 403)
        assert answer.headers["cache-control"] == "no-store"
        assert "Wij bellen eerst, en schrijven daarna." in text
        assert "Wij horen iets voordat het vaststaat, niet erna." in text
        # Not approved by all, and never said to all.
        assert "Elke vraag krijgt binnen een week antwoord." not in text
        assert not [said for said in made.texts("A") + made.texts("B") if said in text]
        assert len(rows_of(MediationPerson)) == before

    def test_a_sentence_is_released_and_taken_back_on_the_page(self, sqlite: str) -> None:
        made = make_mediated(MediationStep.AGREEMENTS)
        client, path, page = opened_page(made, "A")
        item = re.search(r'/release"[^>]*><input type="hidden" name="item" value="(\w+)"', page)
        assert item is not None

        released = client.post(f"{path}/release", data={"item": item[1], "version": "1"}).text
        back = client.post(f"{path}/keep-inside", data={"item": item[1]}).text

        assert "The alliance reads it once every party released it." in released
        assert "Released to the alliance" not in back


def test_nobody_says_yes_to_words_that_changed_since_they_were_read(registered: Mediated) -> None:
    rinus, mediator = registered.person("A"), Visitor(registered, "")
    client, path = browser(), f"/m/{rinus.token}"
    shown = client.post(f"{path}/code", data={"code": rinus.code}).text
    words = re.search(r'class="six"[^>]*>([^<]+)<', shown)
    assert words is not None
    client.post(f"{path}/words", data={"words": words[1]})
    person = re.search(r'/admit".*?name="person_id" value="(\d+)"', mediator.read(), re.DOTALL)
    assert person is not None
    mediator.do("admit", person_id=person[1], number=number_on(mediator.read()))
    page = client.get(path).text
    mark = re.search(r'name="shown" value="(\w+)"', page)
    assert mark is not None
    form = {"mediator": "1", "secrecy": "1", "rules": "1", "mandate": "self", "shown": mark[1]}
    mediator.do(
        "setup", direction="vertical", name="mr. Anneke Hoekstra", declaration="De gemeente betaalt mij."
    )

    refused = client.post(f"{path}/accept", data=form)

    assert refused.status_code == 409 and "De gemeente betaalt mij." in refused.text
    assert "Something had just changed." in refused.text
    assert 'name="mediator" value="1" required checked' not in refused.text
    again = re.search(r'name="shown" value="(\w+)"', refused.text)
    assert again is not None and again[1] != mark[1]
    assert "<textarea" in client.post(f"{path}/accept", data=form | {"shown": again[1]}).text
