"""What a phone fetches when it opens a page for the first time, counted as `bench.page_weight` does in a browser."""

import gzip
import re

from starlette.testclient import TestClient

MOST_BYTES, MOST_REQUESTS = 25_000, 5
# The line of the status, the server's name, the time and the empty line: on top of the headers that are ours.
_SERVER_SAYS = 80
# Streamlit's server compresses what comes to it uncompressed, with this level.
_LEVEL = 5


def first_load(client: TestClient, path: str, *also: str) -> dict[str, int]:
    """Return the bytes of a page and of all that it loads, every header counted, by address.

    `also` are requests that its script makes by itself. A page that follows the room holds a stream open besides.
    """
    page = client.get(path).text
    loaded = dict.fromkeys((path, *re.findall(r'(?:href|src)="(/assets/[^"]+)"', page), *also))
    return {each: _weight(client, each) for each in loaded}


def _weight(client: TestClient, path: str) -> int:
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        head = _SERVER_SAYS + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        body = b"".join(answer.iter_raw())
        if "content-encoding" not in answer.headers:
            head += len("Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n")
            body = gzip.compress(body, _LEVEL)
    return head + len(body)
