"""Ten people open a mediation at the same moment: their words are tried two at a time, with those of who signs in."""

import asyncio
import threading
import time

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
