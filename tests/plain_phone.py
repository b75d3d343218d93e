"""A phone without a browser: a plain client of the HTTP contract, for the many in a room."""

import json
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any


class PlainPhone:
    """One participant's phone with a cookie jar of its own. Joins when it is made."""

    def __init__(self, address: str, code: str, *, group: str = "", name: str = "") -> None:
        self._address, self._code = address, code
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.number: int = self.post(f"/j/{code}", group=group, name=name)["number"]
        # A phone counts once it comes back with its cookie.
        self.state()

    def post(self, path: str, **fields: str) -> dict[str, Any]:
        """Send a form and return the JSON answer. Raises `urllib.error.HTTPError`."""
        request = urllib.request.Request(
            self._address + path,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": "application/json"},
        )
        with self._opener.open(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def state(self) -> dict[str, Any]:
        """Return what the room does now, as `GET /p/{code}/state` tells."""
        with self._opener.open(f"{self._address}/p/{self._code}/state", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def vote(self, choice: str, *, reason: str = "", round_id: int = 0, item_id: int = 0) -> dict[str, Any]:
        """Vote on one item, or on every item of the open round; return the last answer."""
        if item_id:
            places = [(round_id, item_id)]
        else:
            opened = self.state()["round"]
            places = [(opened["id"], item["id"]) for item in opened["items"]]
        stored: dict[str, Any] = {}
        for round_, item in places:
            stored = self.post(
                f"/p/{self._code}/ballots", round=str(round_), item=str(item), choice=choice, reason=reason
            )
        return stored
