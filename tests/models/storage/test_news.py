"""What changed, told to who listens."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session

from models.basics.keys import new_token
from models.basics.words import Phase, Step
from models.drafting.proposal import hide_proposal
from models.joining.joining import join
from models.room_state import read_state
from models.storage import feed as news
from models.storage.database import ROOT, reading
from models.storage.feed import Kind, ReadState, listen, start_news, stop_news, tells_urgently
from models.storage.state import RoomState
from models.storage.writing import post, start_writer, stop_writer, write
from models.voting.ballot import cast_ballot
from models.voting.round import show_item
from models.voting.round_steps import phase_of
from models.workshop.participant import change_group
from models.workshop.workshop import set_projector_dark, take_room_to
from tests.builders import (
    LEADER,
    Room,
    ballot,
    cast_all,
    close,
    close_and_reveal,
    make_proposal,
    make_round,
    make_workshop,
)

pytestmark = pytest.mark.both_databases

PATIENCE = 15


def _state(room: Room) -> RoomState:
    with reading() as session:
        found = read_state(session, room.workshop_id)
    assert found is not None
    return found


def _with_news(talk: Callable[[], Awaitable[None]], read: ReadState = read_state) -> None:
    """Run `talk` on an event loop with news and a writer, as the server does."""

    async def serve() -> None:
        start_news(asyncio.get_running_loop(), read)
        try:
            await asyncio.wait_for(talk(), 4 * PATIENCE)
        finally:
            stop_news()

    start_writer()
    try:
        asyncio.run(serve())
    finally:
        stop_writer()


async def _until(stream: AsyncIterator[RoomState | None], is_it: Callable[[RoomState], bool]) -> RoomState:
    """Return the first state for which `is_it` holds."""
    while True:
        state = await asyncio.wait_for(anext(stream), PATIENCE)
        if state is not None and is_it(state):
            return state


async def _write(action: Any, **arguments: Any) -> Any:
    return await asyncio.to_thread(write, action, **arguments)


async def _phones_at_rest(room: Room, count: int) -> list[AsyncIterator[RoomState | None]]:
    """Return phones that listen, when each has heard what there was to hear."""
    streams: list[AsyncIterator[RoomState | None]] = [listen(room.workshop_id, "phone") for _ in range(count)]
    await asyncio.wait_for(asyncio.gather(*(anext(stream) for stream in streams)), PATIENCE)
    await _write(set_projector_dark, who=LEADER, workshop_id=room.workshop_id, is_dark=True)
    newest = _state(room)["revision"]
    await asyncio.gather(*(_until(stream, lambda state: state["revision"] == newest) for stream in streams))
    while tells_urgently():
        await asyncio.sleep(0)
    return streams


def test_a_state_tells_what_everyone_may_know(database: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    hidden = make_proposal(room)
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="It names somebody.")
    before = _state(room)
    vote = make_round(room)
    cast_all(vote, [(person, "objection") for person in room.people[:5]])

    state = _state(room)

    assert (before["step"], before["round"], before["phase"], before["voted"]) == ("draft", None, "none", 0)
    assert (state["step"], state["round"], state["phase"]) == ("vote", vote.round_id, "open")
    assert (state["voted"], state["people"], state["hidden"]) == (5, 6, [hidden])
    assert "objection" not in state.text


@pytest.mark.parametrize("voters", [1, 4])
def test_after_a_reveal_phones_hear_no_number_of_fewer_than_five(database: str, voters: int) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:voters]])
    cast_all(vote, [(room.people[0], "objection")])

    close_and_reveal(vote)

    [told] = _state(room)["result"]
    decision = told.pop("decision")
    assert decision == "too few"
    assert told == {"item": vote.items[0], "cast": None, "counts": None, "dots": None}


def test_the_counter_stays_right_after_the_close(database: str) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[:5]])

    close(vote)

    assert (_state(room)["phase"], _state(room)["voted"]) == ("closed", 5)


def test_phases_follow_each_other(database: str) -> None:
    room = make_workshop(people=5)
    assert phase_of(None) == Phase.NONE
    vote = make_round(room)
    phases = [_state(room)["phase"]]

    close_and_reveal(vote)

    assert [*phases, _state(room)["phase"]] == [Phase.OPEN, Phase.REVEALED]


def test_votes_and_joins_do_not_raise_the_revision(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    before = _state(room)

    cast_all(vote, [(person, "agree") for person in room.people])
    write(join, code=room.code, phone_token=new_token(), name=None, group_id=None)

    after = _state(room)
    assert (after["revision"], after["content"]) == (before["revision"], before["content"])
    assert not after.differs_in_more_than_counts(before)
    assert after.differs_in_more_than_counts(None)


def test_a_workshop_that_does_not_exist_has_no_state(database: str) -> None:
    with reading() as session:
        assert read_state(session, 4711) is None


@pytest.mark.parametrize("kind", ["phone", "page", "projector"])
def test_who_listens_hears_the_state_now_and_every_change(database: str, kind: Kind) -> None:
    room = make_workshop(people=5, step=Step.DRAFT)

    async def talk() -> None:
        stream = listen(room.workshop_id, kind)
        first = await asyncio.wait_for(anext(stream), PATIENCE)
        assert first is not None
        assert first["step"] == "draft"

        await _write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.AGREE)

        changed = await _until(stream, lambda state: state["step"] == "agree")
        assert changed["content"] > first["content"]
        await stream.aclose()

    _with_news(talk)


def test_a_vote_is_told_as_a_count(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)

    async def talk() -> None:
        stream = listen(room.workshop_id, "projector")
        await asyncio.wait_for(anext(stream), PATIENCE)
        for person in room.people[:3]:
            await post(cast_ballot, ballot=ballot(vote, person))

        state = await _until(stream, lambda state: state["voted"] == 3)

        assert state["people"] == 5

    _with_news(talk)


def test_where_one_text_is_shown_at_a_time_the_votes_on_that_one_are_counted(database: str) -> None:
    room = make_workshop(people=8)
    vote = make_round(room, items=2, is_one_at_a_time=True)
    cast_all(vote, [(person, "agree") for person in room.people])
    on_the_first = _state(room)["voted"]

    write(show_item, who=LEADER, round_id=vote.round_id, position=2)
    on_the_second = _state(room)["voted"]
    cast_all(vote, [(person, "agree") for person in room.people[:5]], item=1)

    assert (on_the_first, on_the_second, _state(room)["voted"]) == (8, 0, 5)
    close(vote)
    assert _state(room)["voted"] == 8


def test_who_leads_hears_that_somebody_voted_on_one_more_text_and_phones_do_not(database: str) -> None:
    room = make_workshop(people=6)
    vote = make_round(room, items=2)
    cast_all(vote, [(person, "agree") for person in room.people])

    async def talk() -> None:
        page, phone = listen(room.workshop_id, "page"), listen(room.workshop_id, "phone")
        assert (await _until(page, lambda state: True))["ballots"] == 6
        first = await _until(phone, lambda state: True)
        assert "ballots" not in first

        await post(cast_ballot, ballot=ballot(vote, room.people[0], item=1))

        assert (await _until(page, lambda state: state["ballots"] == 7))["voted"] == 6
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(_until(phone, lambda state: state != first), 2 * news.PHONE_COUNTS_GAP)

    _with_news(talk)


def test_who_changes_group_is_news_for_the_walls_that_count_groups(database: str) -> None:
    room = make_workshop(people={"Residents": 5, "Communities": 5})
    before = _state(room)

    write(change_group, participant_id=room.people[0], group_id=room.groups["Communities"])

    assert _state(room)["revision"] != before["revision"]


def test_what_was_read_earlier_never_takes_the_place_of_what_was_read_later(
    sqlite: str,
) -> None:
    room = make_workshop(people=6)
    has_read, may_end, first = threading.Event(), threading.Event(), threading.Lock()

    def held_up(session: Session, workshop_id: int) -> RoomState | None:
        found = read_state(session, workshop_id)
        # What is written here is read by another thread before this one has told that it has read.
        if first.acquire(blocking=False):
            write(set_projector_dark, who=LEADER, workshop_id=workshop_id, is_dark=True)
            has_read.set()
            may_end.wait(PATIENCE)
        return found

    async def talk() -> None:
        early = listen(room.workshop_id, "page")
        hearing = asyncio.create_task(anext(early))
        await asyncio.to_thread(has_read.wait, PATIENCE)
        late = listen(room.workshop_id, "page")
        newest = (await _until(late, lambda state: True))["revision"]
        may_end.set()
        await hearing
        newcomer = listen(room.workshop_id, "page")
        assert (await _until(newcomer, lambda state: True))["revision"] == newest == _state(room)["revision"]

    _with_news(talk, held_up)


def test_other_rooms_hear_nothing(database: str) -> None:
    room, other = make_workshop(), make_workshop()

    async def talk() -> None:
        stream = listen(other.workshop_id, "projector")
        await asyncio.wait_for(anext(stream), PATIENCE)
        heard: list[RoomState | None] = []

        async def hear() -> None:
            async for state in stream:
                heard.append(state)

        hearing = asyncio.create_task(hear())
        for is_dark in (True, False, True):
            await _write(set_projector_dark, who=LEADER, workshop_id=room.workshop_id, is_dark=is_dark)
        await asyncio.sleep(0.5)
        hearing.cancel()

        assert {None if state is None else state["revision"] for state in heard} <= {
            _state(other)["revision"]
        }

    _with_news(talk)


@pytest.mark.slow
def test_what_another_process_wrote_is_noticed(database: str) -> None:
    room = make_workshop(step=Step.DRAFT)

    async def talk() -> None:
        stream = listen(room.workshop_id, "projector")
        await asyncio.wait_for(anext(stream), PATIENCE)
        # On PostgreSQL the listening connection may still be on its way; everybody looks once it stands.
        await asyncio.sleep(0.5)

        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from models.workshop.workshop import take_room_to; from models.storage.writing import write;"
            f"write(take_room_to, who='x', workshop_id={room.workshop_id}, step='sign')",
            cwd=ROOT,
        )
        assert await process.wait() == 0

        await _until(stream, lambda state: state["step"] == "sign")

    _with_news(talk)


def test_a_stream_ends_when_the_server_stops(database: str) -> None:
    room = make_workshop()

    async def talk() -> None:
        stream = listen(room.workshop_id, "phone")
        await asyncio.wait_for(anext(stream), PATIENCE)
        stop_news()

        async def rest() -> None:
            async for _state in stream:
                pass

        await asyncio.wait_for(rest(), PATIENCE)

    _with_news(talk)


def test_a_quiet_room_still_gets_a_heartbeat(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "HEARTBEAT_SECONDS", 0.1)
    room = make_workshop()

    async def talk() -> None:
        stream = listen(room.workshop_id, "phone")
        await asyncio.wait_for(anext(stream), PATIENCE)
        while await asyncio.wait_for(anext(stream), PATIENCE) is not None:
            pass

    _with_news(talk)


def test_a_hundred_phones_hear_of_a_close(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)

    async def talk() -> None:
        streams = [listen(room.workshop_id, "phone") for _ in range(100)]
        for stream in streams:
            await asyncio.wait_for(anext(stream), PATIENCE)

        await asyncio.to_thread(close, vote)

        heard = await asyncio.gather(
            *(_until(stream, lambda state: state["phase"] == "closed") for stream in streams)
        )
        assert len({state.text for state in heard}) == 1

    _with_news(talk)


def test_phones_hear_of_mere_counts_once_a_second(database: str) -> None:
    times = _moments_of_counts(1)

    assert all(later - earlier >= 0.9 for earlier, later in pairwise(times))


def test_the_more_phones_listen_the_less_often_they_hear_of_mere_counts(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "PHONES_A_SECOND", 4)

    times = _moments_of_counts(8)

    assert all(later - earlier >= 1.9 for earlier, later in pairwise(times))


def _moments_of_counts(phones: int) -> list[float]:
    """Let eight people vote, one after another, and return when one of so many phones heard of a count, in seconds."""
    room = make_workshop(people=8)
    vote = make_round(room)
    heard: list[tuple[float, int]] = []

    async def talk() -> None:
        streams = [listen(room.workshop_id, "phone") for _ in range(phones)]
        for stream in streams:
            await asyncio.wait_for(anext(stream), PATIENCE)

        async def hear() -> None:
            async for state in streams[0]:
                if state is not None:
                    heard.append((asyncio.get_running_loop().time(), state["voted"]))

        hearing = asyncio.create_task(hear())
        for person in room.people:
            await post(cast_ballot, ballot=ballot(vote, person))
            await asyncio.sleep(0.1)
        async with asyncio.timeout(PATIENCE):
            while heard[-1][1] < len(room.people):
                await asyncio.sleep(0.05)
        hearing.cancel()

    _with_news(talk)
    return [moment for moment, voted in heard if voted]


def test_a_close_does_not_wait_until_everybody_knows_a_count(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a room of ten thousand, whose counts take seconds to go round.
    monkeypatch.setattr(news, "LARGEST_SLICE_OF_COUNTS", 1)
    monkeypatch.setattr(news, "SLICE_RESTS", 5_000)
    room = make_workshop(people=6)
    vote = make_round(room)

    async def talk() -> None:
        streams = await _phones_at_rest(room, 200)
        await post(cast_ballot, ballot=ballot(vote, room.people[0]))
        hearing = [
            asyncio.create_task(_until(stream, lambda state: state["voted"] == 1)) for stream in streams
        ]
        _, waiting = await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
        assert waiting

        await asyncio.to_thread(close, vote)

        # All hear the newest: a count that nobody waits for any more is left out.
        await asyncio.wait_for(asyncio.gather(*hearing), PATIENCE / 3)

    _with_news(talk)


def test_a_room_that_votes_is_read_as_often_as_somebody_may_be_told(
    sqlite: str,
) -> None:
    room = make_workshop(people=40)
    vote = make_round(room)
    reads = 0

    def counted(session: Session, workshop_id: int) -> RoomState | None:
        nonlocal reads
        reads += 1
        return read_state(session, workshop_id)

    async def talk() -> None:
        nonlocal reads
        loop = asyncio.get_running_loop()
        stream = listen(room.workshop_id, "phone")
        await asyncio.wait_for(anext(stream), PATIENCE)
        reads, began = 0, loop.time()
        for person in room.people:
            await post(cast_ballot, ballot=ballot(vote, person))
            await asyncio.sleep(0.02)
        allowed = (loop.time() - began) / news.GAPS["phone"] + 2

        assert 0 < reads <= allowed
        await _until(stream, lambda state: state["voted"] == len(room.people))

    _with_news(talk, counted)


def test_without_a_server_there_is_nothing_to_listen_to(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "_feed", None)
    room = make_workshop()

    async def talk() -> list[RoomState | None]:
        return [state async for state in listen(room.workshop_id, "phone")]

    assert asyncio.run(talk()) == []


def test_a_room_that_cannot_be_read_is_tried_again(database: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    is_broken = False

    def sometimes(session: Session, workshop_id: int) -> RoomState | None:
        if is_broken:
            raise RuntimeError("no answer")
        return read_state(session, workshop_id)

    async def talk() -> None:
        nonlocal is_broken
        stream = listen(room.workshop_id, "projector")
        await asyncio.wait_for(anext(stream), PATIENCE)
        is_broken = True
        await _write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.AGREE)
        await asyncio.sleep(0.3)
        is_broken = False

        await _until(stream, lambda state: state["step"] == "agree")

    _with_news(talk, sometimes)


@pytest.mark.parametrize("kind", ["projector", "page"])
def test_the_phones_hear_of_a_close_before_the_windows_are_drawn(
    database: str, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    monkeypatch.setattr(news, "PHONES_FIRST_SECONDS", PATIENCE)

    assert _phones_that_knew_before_a_window(monkeypatch, kind) == 200


def test_the_projector_does_not_wait_long_for_a_room_of_thousands(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "PHONES_FIRST_SECONDS", 0)

    assert _phones_that_knew_before_a_window(monkeypatch, "projector") < 200


def _phones_that_knew_before_a_window(monkeypatch: pytest.MonkeyPatch, kind: Kind) -> int:
    """Return how many of 200 phones, told one by one, were told of a close before a window of this kind was."""
    monkeypatch.setattr(news, "LARGEST_SLICE", 1)
    for each in news.KINDS:
        monkeypatch.setitem(news.GAPS, each, 0.0)
    told: list[Kind] = []
    tell = news.Listener.tell

    def noted(listener: news.Listener, state: RoomState | None) -> None:
        if state is not None and _is_closed(state):
            told.append(listener.kind)
        tell(listener, state)

    room = make_workshop(people=6)
    vote = make_round(room)

    async def talk() -> None:
        window = listen(room.workshop_id, kind)
        streams = await _phones_at_rest(room, 200)
        # Who hears nothing before the close begins with it.
        await asyncio.wait_for(_until(window, lambda state: not _is_closed(state)), PATIENCE)
        monkeypatch.setattr(news.Listener, "tell", noted)

        await asyncio.to_thread(close, vote)

        await asyncio.gather(*(_until(stream, _is_closed) for stream in [window, *streams]))

    _with_news(talk)
    return told[: told.index(kind)].count("phone")


def _is_closed(state: RoomState) -> bool:
    return state["phase"] == Phase.CLOSED


def test_it_is_known_while_more_than_counts_goes_round(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "LARGEST_SLICE", 1)
    room = make_workshop(people=6)
    vote = make_round(room)
    known: list[bool] = []

    async def talk() -> None:
        streams = await _phones_at_rest(room, 200)
        await post(cast_ballot, ballot=ballot(vote, room.people[0]))
        await asyncio.wait_for(anext(streams[0]), PATIENCE)
        known.append(tells_urgently())

        closing = asyncio.create_task(asyncio.to_thread(close, vote))
        hearing = [asyncio.create_task(_until(stream, _is_closed)) for stream in streams]
        await asyncio.wait(hearing, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        known.append(tells_urgently())
        await closing
        await asyncio.wait_for(asyncio.gather(*hearing), PATIENCE)
        await asyncio.sleep(0.05)
        known.append(tells_urgently())

    _with_news(talk)

    assert known == [False, True, False]
