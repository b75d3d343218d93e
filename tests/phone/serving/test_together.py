"""What many phones ask at the same moment is answered in groups, and makes way for the news."""

import asyncio
from collections.abc import Sequence

import pytest

from phone.serving import together
from phone.serving.together import MOST_TOGETHER, Together, _Desk

PATIENCE = 10


def test_questions_of_the_same_moment_are_answered_in_groups_each_with_its_own_answer(sqlite: str) -> None:
    groups: list[int] = []

    def answer(questions: Sequence[int]) -> list[int | Exception]:
        groups.append(len(questions))
        return [KeyError(question) if question == 13 else question * 2 for question in questions]

    async def ask() -> list[int | BaseException]:
        desk = Together(answer)
        asked = [desk.ask(question) for question in range(60)]
        return await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), PATIENCE)

    answers = asyncio.run(ask())

    assert [found for place, found in enumerate(answers) if place != 13] == [
        place * 2 for place in range(60) if place != 13
    ]
    assert isinstance(answers[13], KeyError)
    assert max(groups) <= MOST_TOGETHER < len(answers)


def test_who_asks_at_the_moment_that_the_last_answer_is_given_is_answered_too(sqlite: str) -> None:
    async def ask() -> list[str]:
        desk: _Desk[str, str] = _Desk(list)
        second: asyncio.Future[asyncio.Future[str]] = asyncio.get_running_loop().create_future()
        first = desk.ask("first")
        first.add_done_callback(lambda _given: second.set_result(desk.ask("second")))
        return [await first, await asyncio.wait_for(await second, PATIENCE)]

    assert asyncio.run(ask()) == ["first", "second"]


def test_pages_wait_until_everybody_has_heard_of_a_change(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_round = True
    monkeypatch.setattr(together, "tells_urgently", lambda: goes_round)

    async def ask() -> tuple[bool, str]:
        nonlocal goes_round
        desk: Together[str, str] = Together(list)
        asked = asyncio.create_task(desk.ask("page"))
        await asyncio.sleep(10 * together.GIVE_WAY_SECONDS)
        was_answered = asked.done()
        goes_round = False
        return was_answered, await asyncio.wait_for(asked, PATIENCE)

    assert asyncio.run(ask()) == (False, "page")
