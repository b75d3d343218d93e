"""What strangers do to a server that is open to everyone, one kind after another, each bounded in count and time.

Started as a process of its own, so that what it takes is not taken from whoever measures: `python -m bench.strangers
PORT CODE KIND SECONDS`. It prints how often each status came.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count
from urllib.parse import urlencode

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake

PLAIN = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
HEAP = "a" + "\u0300" * 62_000 + "\u0316" * 62_000
AT_ONCE, PAUSE_SECONDS, PATIENCE = 4, 0.05, 30
_turns = count()


class Stranger:
    """Somebody who may know the code of a room that stands on the wall, and nothing else."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.statuses: Counter[str] = Counter()

    async def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = PLAIN, head: bytes = b""
    ) -> None:
        """Ask once, and note the status; 0 where the server hung up."""
        lines = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
        lines += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nAccept: application/json\r\n"
        status = "0"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(lines.encode() + head + b"\r\n" + body)
                await writer.drain()
                status = (await reader.readline()).decode("latin-1").split(" ")[1]
            finally:
                writer.close()
        except (OSError, IndexError):
            pass
        self.statuses[status] += 1

    async def heap_of_marks(self) -> None:
        text = f'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n{HEAP}\r\n--x--\r\n'
        await self.ask("POST", f"/j/{self.code}", text.encode(), FILES)
        await self.ask("POST", f"/j/{self.code}", urlencode({"name": HEAP[:10_000]}).encode())

    async def slow_codec(self) -> None:
        text = f'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\n{"ab-" * 20_000}\r\n--x--\r\n'
        await self.ask("POST", "/language", text.encode(), f"{FILES}; charset=punycode")

    async def windows(self) -> None:
        try:
            async with connect(f"ws://127.0.0.1:{self.port}/lead/_stcore/stream") as window:
                await window.send(b"x" * 1_000_000)
                self.statuses["101"] += 1
        except (InvalidHandshake, OSError):
            self.statuses["403"] += 1

    async def guessed_voices(self) -> None:
        fields = {"group": "", "personal_code": f"{next(_turns):08d}"}
        await self.ask("POST", f"/j/{self.code}", urlencode(fields).encode())

    async def holes(self) -> None:
        await self.ask("GET", "/?code=%00")
        await self.ask("GET", "/p/A%00B/live")
        fields = {"personal_code": "A\x00B", "group": "\ud800"}
        await self.ask("POST", f"/j/{self.code}", urlencode(fields, errors="surrogatepass").encode())

    async def taking_on(self) -> None:
        fields = {"agreement": str(next(_turns) % 50), "name": "Gemeente Merenveld"}
        await self.ask("POST", f"/p/{self.code}/owners", urlencode(fields).encode())

    async def passphrases(self) -> None:
        fields = {"name": "Eva", "passphrase": f"geraden wachtzin {next(_turns)}"}
        await self.ask("POST", "/sign-in", urlencode(fields).encode())

    async def foreign_cookies(self) -> None:
        await self.ask("GET", "/lead/", head=b"Cookie: a@b=1; =; {}=2\r\n")

    async def large_heads(self) -> None:
        await self.ask("GET", "/lead/", head=b"Cookie: a=" + b"x" * 5_000_000 + b"\r\n")

    async def many_proposals(self) -> None:
        fields = {"text": f"Koop nu {next(_turns)}", "kind": "principle"}
        await self.ask("POST", f"/p/{self.code}/proposals", urlencode(fields).encode())

    async def many_voices(self) -> None:
        if next(_turns) < 200:
            await self.ask("POST", f"/j/{self.code}", urlencode({"group": ""}).encode())

    async def guessed_codes(self) -> None:
        await self.ask("GET", f"/j/X{next(_turns):04d}")

    async def claimed_addresses(self) -> None:
        number = next(_turns)
        head = f"X-Forwarded-For: 203.0.{number // 256 % 256}.{number % 256}\r\n".encode()
        await self.ask("GET", "/?code=ZZZZZ", head=head)

    async def large_checks(self) -> None:
        await self.ask("POST", "/check", b"&" * 19_000_000)

    async def forged_cookies(self) -> None:
        cookie = f"Cookie: handslag_{self.code.lower()}=chosen-by-a-stranger\r\n".encode()
        await self.ask("POST", f"/j/{self.code}", b"personal_code=00000000", head=cookie)
        await self.ask("GET", f"/p/{self.code}/live", head=cookie)


KINDS: dict[str, Callable[[Stranger], Awaitable[None]]] = {
    name: getattr(Stranger, name)
    for name in (
        "heap_of_marks",
        "slow_codec",
        "windows",
        "guessed_voices",
        "holes",
        "taking_on",
        "passphrases",
        "foreign_cookies",
        "large_heads",
        "many_proposals",
        "many_voices",
        "guessed_codes",
        "claimed_addresses",
        "large_checks",
        "forged_cookies",
    )
}


async def attack(port: int, code: str, kind: str, seconds: float) -> Counter[str]:
    """Let strangers of one kind ask for so many seconds, a few at a time. Return the statuses that they got."""
    stranger, ends_at = Stranger(port, code), time.monotonic() + seconds

    async def again_and_again() -> None:
        while time.monotonic() < ends_at:
            try:
                await asyncio.wait_for(KINDS[kind](stranger), PATIENCE)
            except TimeoutError:
                stranger.statuses["no answer"] += 1
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(*(again_and_again() for _ in range(AT_ONCE)))
    return stranger.statuses


if __name__ == "__main__":
    print(json.dumps(asyncio.run(attack(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])))))
