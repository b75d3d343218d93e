"""What the real server refuses before any of our code is asked: large heads, and addresses that anybody may claim."""

import http.client
import socket
from collections.abc import Iterator

import pytest

from phone.serving.cookies import LANGUAGE
from phone.serving.protocol import HEAD_LIMIT
from tests.phone.room_client import HTML, Client
from tests.serving import Server, running

ENGLISH = {**HTML, "Accept-Language": "en"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("protocol")) as started:
        yield started


def _status(server: Server, head: bytes, *, pieces: int = 1) -> int:
    """Return the status of the answer to a request that arrives in so many pieces; 0 where it is cut off."""
    length = -(-len(head) // pieces)
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        try:
            for start in range(0, len(head), length):
                connection.sendall(head[start : start + length])
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return answer.status
        except (ConnectionError, http.client.HTTPException):
            return 0


def _memory_in_use(server: Server) -> int:
    """Return the kilobytes that the server holds."""
    assert server.process is not None
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@pytest.mark.parametrize("path", [b"/", b"/lead/", b"/p/ABCDE/live"])
@pytest.mark.parametrize("pieces", [1, 7])
def test_a_head_over_the_limit_is_refused_however_it_arrives(
    server: Server, path: bytes, pieces: int
) -> None:
    cookies = b"a=" + b"x" * 1000 + b"; "
    head = b"GET %s HTTP/1.1\r\nHost: room\r\nCookie: %s\r\n\r\n" % (path, cookies * (HEAD_LIMIT // 1000 + 1))

    assert _status(server, head, pieces=pieces) == 431


def test_a_long_address_is_a_large_head_too(server: Server) -> None:
    assert _status(server, b"GET /?code=%s HTTP/1.1\r\nHost: room\r\n\r\n" % (b"9" * HEAD_LIMIT)) == 431


def test_a_head_of_thirty_kilobytes_is_answered(server: Server) -> None:
    head = b"GET / HTTP/1.1\r\nHost: room\r\nCookie: a=%s\r\n\r\n" % (b"x" * 30_000)

    assert _status(server, head) == 200
    assert _status(server, head, pieces=9) == 200


def test_a_body_after_a_small_head_is_not_counted_as_one(server: Server) -> None:
    body = b"language=nl&back=%2F&more=" + b"x" * 60_000
    head = b"POST /language HTTP/1.1\r\nHost: room\r\nContent-Length: %d\r\n" % len(body)
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"

    assert _status(server, head + body, pieces=11) == 303


def test_a_hundred_megabytes_of_head_are_not_kept(server: Server) -> None:
    before = _memory_in_use(server)

    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: room\r\nCookie: a=")
        with pytest.raises(ConnectionError):
            for _ in range(1600):
                connection.sendall(b"x" * 65536)

    assert _memory_in_use(server) < before + 20_000


@pytest.mark.parametrize("cookie", ["a@b=1", "a=1; {}=2; language=nl", "=; ;;", 'x="; language=nl'])
def test_a_cookie_of_another_site_does_not_break_the_pages_of_who_leads(server: Server, cookie: str) -> None:
    client = Client(server)
    client.sign_in()

    _, answer = client.ask("/lead/", headers={**ENGLISH, "Cookie": f"{cookie}; {client.cookie_header()}"})

    assert answer.status == 200
    assert ('lang="nl"' in answer.read().decode()) == (f"{LANGUAGE}=nl" in cookie)


def test_nobody_on_this_machine_is_believed_about_the_address_that_asks(server: Server) -> None:
    client = Client(server)

    statuses = [
        client.ask("/?code=ZZZZZ", headers={**HTML, "X-Forwarded-For": f"203.0.113.{number}"})[1].status
        for number in range(12)
    ]
    _, https = client.ask(
        "/language", form="language=nl&back=/", headers={"X-Forwarded-Proto": "https", **HTML}
    )

    assert statuses[-1] == 429
    assert "secure" not in https.headers["set-cookie"].lower()
