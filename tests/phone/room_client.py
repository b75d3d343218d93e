"""One browser's worth of plain HTTP, for the real server, and what a stream tells it."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode

from tests.serving import Server

HTML = {"Accept": "text/html"}


class Client:
    """One browser's worth of plain HTTP."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, *, form: str | None = None, headers: dict[str, str] | None = None, wait: float = 10
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=wait)
        sent = dict(headers or {})
        sent["Cookie"] = sent.get("Cookie", self.cookie_header())
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, form, sent)
        answer = connection.getresponse()
        for header in answer.headers.get_all("set-cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return connection, answer

    def cookie_header(self) -> str:
        """Return what this browser says of its cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_in(
        self, name: str = "Iris", *, to: str = ""
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """Become a facilitator, who wants to go on to `to`."""
        fields = {"name": name, "passphrase": self.server.passphrase, "to": to}
        return self.ask("/sign-in", form=urlencode(fields))


def next_event(answer: http.client.HTTPResponse) -> dict[str, Any]:
    while True:
        line = answer.readline().decode()
        assert line, "the stream ended"
        if line.startswith("data: "):
            found: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return found
