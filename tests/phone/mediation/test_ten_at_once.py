"""Ten people open a mediation at the same moment: their words are tried two at a time, with those of who signs in."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from models.mediation.sealing import Whose, new_pair, open_private, seal_private
from phone.serving.passphrases import Checking


def test_never_more_than_two_words_are_tried_at_a_time() -> None:
    lock, running, most = threading.Lock(), [0], [0]

    def work() -> int:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.01)
        with lock:
            running[0] -= 1
        return threading.get_ident()

    async def all_at_once() -> list[int]:
        checking = Checking()
        return await asyncio.gather(*(checking.slowly(f"person {place}", work) for place in range(10)))

    threads = asyncio.run(all_at_once())

    assert most[0] == 2
    assert len(threads) == 10 and len(set(threads)) == 2


def test_everybody_who_types_the_right_words_at_the_same_moment_gets_in() -> None:
    """OpenSSL has so many threads for all: who came while another's words were tried was told of too little memory."""
    whose, private = Whose("a" * 32, 1, 1), new_pair().private
    stored = [seal_private(private, f"woorden van {place}", whose) for place in range(10)]
    ready = threading.Barrier(10)

    def opens(place: int) -> bytes:
        ready.wait()
        return open_private(stored[place], f"woorden van {place}", whose)

    with ThreadPoolExecutor(10) as people:
        assert list(people.map(opens, range(10))) == [private] * 10
