"""Contact links, soft hyphens, brakes, addresses and icons: the small parts of a page."""

import asyncio
import base64
import re
from hashlib import sha256

import pytest
from markupsafe import escape
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from exports.hyphenation import SOFT_HYPHEN, in_little_room, with_soft_hyphens
from phone.serving.contact import contact_links
from phone.serving.limits import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    LONGEST_DELAY,
    POSTS_PER_SECOND,
    FailedTries,
    PostRate,
)
from phone.serving.rendering import TEMPLATES, Icons, environment, prepare_pages
from phone.serving.request import client_address, is_secure, language_of
from phone.serving.shell import GUARDS, PageShell, policy


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def request(peer: str = "203.0.113.9", **headers: str) -> Request:
    raw = Headers({name.replace("_", "-"): value for name, value in headers.items()}).raw
    return Request(
        {"type": "http", "method": "GET", "path": "/", "scheme": "http", "headers": raw, "client": (peer, 1)}
    )


@pytest.mark.parametrize(
    ("contact", "html"),
    [
        ("Bel Ada: 0900 0123", 'Bel Ada: <a class="link" href="tel:09000123">0900 0123</a>'),
        (
            "ada@merenveld.example",
            '<a class="link" href="mailto:ada@merenveld.example">ada@merenveld.example</a>',
        ),
        ("https://m.example/x", '<a class="link" href="https://m.example/x">https://m.example/x</a>'),
        ("Kamer 12, <b>1</b>", "Kamer 12, &lt;b&gt;1&lt;/b&gt;"),
    ],
)
def test_a_contact_can_be_called_mailed_or_opened(contact: str, html: str) -> None:
    assert contact_links(contact) == html


@pytest.mark.parametrize(
    ("contact", "targets"),
    [
        ("Bel (030) 123 45 67.", ["tel:0301234567"]),
        ("+31 (0)6 12 34 56 78", ["tel:+31612345678"]),
        ("0031 30 123 45 67", ["tel:+31301234567"]),
        ("+48 22 555 01 23, Agnieszka", ["tel:+48225550123"]),
        ("06-12345678 of 06 - 87 65 43 21", ["tel:0612345678", "tel:0687654321"]),
        ("030.123.45.67", ["tel:0301234567"]),
        ("Bel 14 030 of 140113", ["tel:14030", "tel:140113"]),
        ("0800-1234 (gratis)", ["tel:08001234"]),
        ("Kijk op https://m.example/a.b/c.html.", ["https://m.example/a.b/c.html"]),
        (
            "(zie https://m.example/x_(y), of www.merenveld.example/doe-mee)",
            ["https://m.example/x_(y)", "https://www.merenveld.example/doe-mee"],
        ),
        ("https://m.example/?a=1&b=2;", ["https://m.example/?a=1&amp;b=2"]),
        ("Mail ada@merenveld.example. Of loop binnen.", ["mailto:ada@merenveld.example"]),
        ("Op 01-02-2027 om 10.00 uur", []),
        ("01-02-2027 10:00 tot 12:00", []),
        ("2027-03-14", []),
        ("KvK 01234567, btw NL001234567B01", []),
        ("KvK-nummer: 0612345678", []),
        ("RSIN 001234567", []),
        ("IBAN NL91 ABNA 0417 1643 00", []),
        ("Kamer 0123, 1e etage, 09:00-17:00", []),
        ("Postbus 140, 3500 AC Utrecht", []),
        ("www.", []),
    ],
)
def test_only_what_one_can_dial_mail_or_open_becomes_a_link(contact: str, targets: list[str]) -> None:
    shown = str(contact_links(contact))

    assert re.findall(r'href="([^"]*)"', shown) == targets
    assert re.sub(r"<[^>]+>", "", shown) == str(escape(contact))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (
            "wijkverantwoordelijkheidscommissie",
            "wijk-ve-ran-twoor-de-lijk-heids-com-mis-sie",
        ),
        ("gemeenschap", "gemeenschap"),
        ("arbeidsvoorwaarden", "arbeidsvoorwaarden"),
        ("x" * 40, "x" * 40),
    ],
)
def test_only_words_over_eighteen_letters_get_soft_hyphens(word: str, parts: str) -> None:
    assert with_soft_hyphens(f"De {word}.") == f"De {parts.replace('-', SOFT_HYPHEN)}."


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ondernemers", "Onder-ne-mers"),
        ("Bedrijven", "Bedrij-ven"),
        ("Gemeenschappen", "Gemeen-schap-pen"),
        ("Bewoners", "Bewoners"),
    ],
)
def test_in_little_room_a_word_that_may_not_fit_breaks_between_syllables(name: str, parts: str) -> None:
    assert in_little_room(name) == parts.replace("-", SOFT_HYPHEN)


def test_soft_hyphens_add_nothing_else() -> None:
    text = "Het antidiscriminatievoorzieningenmedewerkersoverleg, Ünïcödeachtigewoordenreeks en meer."

    assert with_soft_hyphens(text).replace(SOFT_HYPHEN, "") == text


def test_the_wait_after_wrong_tries_doubles_up_to_five_minutes_and_is_forgotten() -> None:
    clock = Clock()
    tries = FailedTries(clock)

    free = [tries.failed("a") for _ in range(FREE_TRIES)]
    waits = []
    for _ in range(9):
        waits.append(tries.failed("a"))
        clock.now += waits[-1] + 0.1
    other = tries.failed("b")
    clock.now += FORGOTTEN_AFTER + 1
    later = tries.failed("a")

    assert free == [0] * FREE_TRIES
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, LONGEST_DELAY]
    assert (other, later) == (0, 0)


def test_tries_while_waiting_do_not_make_the_wait_longer() -> None:
    clock = Clock()
    tries = FailedTries(clock)
    for _ in range(FREE_TRIES + 1):
        tries.failed("a")
    clock.now += 1

    assert [tries.failed("a") for _ in range(5)] == [1] * 5


def test_twenty_posts_a_second_pass_and_the_next_one_waits() -> None:
    clock = Clock()
    rate = PostRate(clock)

    passed = [rate.allows("a") for _ in range(POSTS_PER_SECOND + 1)]
    clock.now += 1.1 / POSTS_PER_SECOND

    assert passed == [True] * POSTS_PER_SECOND + [False]
    assert rate.allows("a")
    assert rate.allows("b")


def test_a_forwarded_address_counts_only_from_a_trusted_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7")

    stranger = client_address(request(x_forwarded_for="198.51.100.1").scope)
    proxied = client_address(
        request("10.1.2.3", x_forwarded_for="198.51.100.66, 198.51.100.1, 10.9.9.9").scope
    )

    assert stranger == "203.0.113.9"
    assert proxied == "198.51.100.1"


def test_https_in_front_of_a_proxy_counts_only_when_the_proxy_is_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8")

    assert is_secure(request("10.1.2.3", x_forwarded_proto="https"))
    assert not is_secure(request("203.0.113.9", x_forwarded_proto="https"))


def test_the_cookie_decides_the_language_before_the_browser_does() -> None:
    assert language_of(request(cookie="language=en", accept_language="nl")) == "en"
    assert language_of(request(accept_language="en-GB,en;q=0.9")) == "en"
    assert language_of(request(accept_language="fr"), fallback="en") == "en"


def test_an_icon_is_drawn_once_however_often_it_is_used() -> None:
    icon = Icons()
    icon("check")
    icon("check")
    icon("lock")

    assert icon.sheet().count("<symbol") == 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_once_prepared_every_template_is_known(language: str) -> None:
    environment.cache_clear()

    prepare_pages()

    known = environment(language).cache
    assert known is not None
    assert {name for _, name in known} >= {path.name for path in TEMPLATES.glob("*.html")}


@pytest.mark.parametrize("accept", ["*/*", "text/html", "image/png", None])
@pytest.mark.parametrize("path", ["/lead/", "/lead", "/lead/vote", "/lead/no.such.file"])
def test_what_a_browser_shows_as_a_page_carries_the_policy_whatever_was_asked_for(
    accept: str | None, path: str
) -> None:
    sent: list[Message] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        is_squeezed = b"accept-encoding" in dict(scope["headers"])
        headers = [(b"content-type", b"text/html"), (b"cache-control", b"no-cache")]
        headers += [(b"content-encoding", b"gzip")] if is_squeezed else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'<html lang="en"><title>Streamlit</title>'})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    headers = [(b"accept-encoding", b"gzip"), *([(b"accept", accept.encode())] if accept else [])]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    asyncio.run(PageShell(streamlit)(scope, receive, send))

    answered = dict(sent[0]["headers"])
    assert answered[b"content-security-policy"].decode() == policy()
    assert answered[b"x-content-type-options"] == b"nosniff"
    is_page = path != "/lead/no.such.file" or accept == "text/html"
    assert (b"Handslag" in sent[-1]["body"]) == is_page
    assert sent[-1]["body"].count(b"<script>") == (len(GUARDS) if is_page else 0)


@pytest.mark.parametrize("guard", GUARDS)
def test_what_guards_the_clicks_of_a_page_stands_in_it_whole_and_may_run(guard: str) -> None:
    written = base64.b64encode(sha256(guard.encode()).digest()).decode()

    assert f"'sha256-{written}'" in policy()
    assert "</script" not in guard
