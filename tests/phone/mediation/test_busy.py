"""Where many open at once: nobody is told of wrong words that were not tried, nor loses anything by pressing twice."""

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.testclient import TestClient

from models.basics.errors import Busy
from models.basics.words import MediationStep
from models.mediation.coming_in import unlock
from models.mediation.opened import open_keys
from phone.mediation import door
from phone.mediation.shared import cookie_of
from phone.serving.passphrases import MOST_WAITING_BRAKED, Checking
from tests.builders.mediation import Mediated, make_mediated
from tests.phone.conftest import make_app
from tests.phone.mediation.visiting import HERE

UNKNOWN = "a" * 26
NOT_TRIED, WRONG = "It is very busy. Your words were not tried.", "These are not the words."


pytestmark = pytest.mark.usefixtures("unbraked")


@pytest.fixture
def made(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Mediated:
    monkeypatch.setattr("phone.mediation.door.checking", Checking())
    monkeypatch.setattr("phone.mediation.door._last", door._LastCheck(0.0))
    return make_mediated(MediationStep.TOGETHER)


def browser() -> TestClient:
    return TestClient(
        make_app(),
        base_url=HERE,
        client=("127.0.0.1", 50_000),
        follow_redirects=True,
        headers={"accept-language": "en"},
    )


def busy(*_asked: object, **_more: object) -> str:
    raise Busy


def test_words_that_were_not_tried_are_not_called_wrong_and_count_for_nothing(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, told = made.person("A"), {}
    with monkeypatch.context() as patched:
        patched.setattr("phone.mediation.door.unlock", busy)
        for token in (person.token, UNKNOWN):
            answers = [browser().post(f"/m/{token}/open", data={"words": person.words}) for _ in range(6)]
            told[token] = {(one.status_code, one.text.replace(token, "TOKEN")) for one in answers}

    # Nor does it tell whether there is such a mediation.
    assert told[person.token] == told[UNKNOWN]
    ((status, page),) = told[person.token]
    assert status == 503 and NOT_TRIED in page and WRONG not in page and "Six words" in page
    assert browser().post(f"/m/{person.token}/open", data={"words": person.words}).status_code == 200


@pytest.mark.parametrize("is_known", [True, False])
def test_who_presses_again_and_again_is_told_to_wait_and_gets_in(
    made: Mediated, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    person, goes_on, begun = made.person("A"), threading.Event(), threading.Semaphore(0)
    token = person.token if is_known else UNKNOWN

    def slowly(token: str, words: str, *, is_spare: bool) -> str | None:
        begun.release()
        assert goes_on.wait(60)
        return unlock(token, words, is_spare=is_spare)

    async def as_slowly(_seconds: float) -> None:
        begun.release()
        await asyncio.to_thread(goes_on.wait, 60)

    monkeypatch.setattr("phone.mediation.door.unlock", slowly)
    monkeypatch.setattr("phone.mediation.door._slept", as_slowly)

    def press() -> str:
        return browser().post(f"/m/{token}/open", data={"words": person.words}).text

    with ThreadPoolExecutor(MOST_WAITING_BRAKED) as fingers:
        pressed = [fingers.submit(press) for _ in range(MOST_WAITING_BRAKED)]
        for _ in pressed:
            assert begun.acquire(timeout=60)
        third = press()
        goes_on.set()
        pages = [one.result() for one in pressed]

    assert NOT_TRIED in third and WRONG not in third
    assert all((made.texts("A")[0] in page) == is_known for page in pages)
    assert not door._trying


def test_nobody_waits_for_a_turn_longer_than_what_stands_before_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("phone.serving.passphrases.LONGEST_WAIT_SECONDS", 0.01)
    goes_on, done = threading.Event(), []

    async def three() -> list[object]:
        checking = Checking()
        first = [
            asyncio.ensure_future(checking.slowly(f"person {place}", lambda: goes_on.wait(60)))
            for place in range(2)
        ]
        await asyncio.sleep(0)
        third = await asyncio.gather(checking.slowly("late", lambda: done.append(1)), return_exceptions=True)
        goes_on.set()
        return [*third, *await asyncio.gather(*first)]

    late, *others = asyncio.run(three())

    # Whose turn it is already is waited for, however long it takes.
    assert isinstance(late, Busy) and others == [True, True] and done == []


def test_what_was_opened_for_who_no_longer_waits_is_locked_again(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, opened = made.person("A"), []

    def noted(token: str, words: str, *, is_spare: bool) -> str | None:
        opened.append(unlock(token, words, is_spare=is_spare))
        return opened[0]

    async def hangs_up() -> dict[str, str]:
        return {"type": "http.disconnect"}

    monkeypatch.setattr("phone.mediation.door.unlock", noted)
    request = Request(
        {
            "type": "http",
            "method": "POST",
            "path": f"/m/{person.token}/open",
            "path_params": {"token": person.token},
            "headers": [],
            "query_string": b"",
            "client": ("127.0.0.1", 1),
        },
        hangs_up,
    )
    answer = asyncio.run(door.open_with_words(request, FormData({"words": person.words})))

    assert opened[0] and open_keys.tapped(opened[0]) is None
    assert "set-cookie" not in answer.headers


class TestTheFirstTime:
    @pytest.fixture
    def shown(self, made: Mediated) -> tuple[TestClient, str, str]:
        """Somebody who was just shown six words: the browser, the path and the words."""
        registered = make_mediated(MediationStep.REGISTRATION, alliance_id=made.alliance_id)
        person, client = registered.person("A"), browser()
        path = f"/m/{person.token}"
        page = client.post(f"{path}/code", data={"code": person.code}).text
        (words,) = re.findall(r'class="six"[^>]*>([^<]+)<', page)
        return client, path, words

    def test_where_it_is_busy_the_same_six_words_stand_there_again(
        self, shown: tuple[TestClient, str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, path, words = shown
        with monkeypatch.context() as patched:
            patched.setattr("phone.mediation.door.come_in", busy)
            answer = client.post(f"{path}/words", data={"words": words})
        again = client.post(f"{path}/words", data={"words": words})

        assert answer.status_code == 503 and words in answer.text and "not stored yet" in answer.text
        assert "The mediator opens the room" in again.text

    def test_a_second_press_goes_in_as_the_first_one(
        self, shown: tuple[TestClient, str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, path, words = shown
        second = browser()
        name = cookie_of(path.removeprefix("/m/"))
        second.cookies.set(name, client.cookies[name])
        # As when both are under way.
        monkeypatch.setattr(door.drawn_words, "forget", lambda _name: None)
        client.post(f"{path}/words", data={"words": words})

        assert "The mediator opens the room" in second.post(f"{path}/words", data={"words": words}).text

    def test_who_comes_after_it_reads_what_to_do_whatever_the_link(
        self, shown: tuple[TestClient, str, str]
    ) -> None:
        client, path, words = shown
        client.post(f"{path}/words", data={"words": words})
        pages = {
            browser().post(f"{where}/words", data={"words": words}).text.replace(where, "HERE")
            for where in (path, f"/m/{UNKNOWN}")
        }

        (page,) = pages
        assert "Did you press twice? Then your six words open the page now." in page
