"""What the server beneath us does not bound by itself, set before it takes its first connection.

uvicorn has no setting for the first, and Streamlit starts it without the one for the second; so both are put into
its own classes, which were chosen before our app was imported. test_protocol.py asks the real server
whether they hold, since another uvicorn may name things otherwise.
"""

from typing import Any

import uvicorn.config
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The first line and all headers together. Ours are under 2 kB; browsers send a parent domain's cookies too.
HEAD_LIMIT = 32 * 1024
_SENTENCE = (
    b"The head of this request is too large. Nothing was stored. Delete this site's cookies and try again.\n"
)
_ANSWER = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"cache-control: no-store\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
    % (len(_SENTENCE), _SENTENCE)
)


class HeadTooLarge(Exception):
    """Raised inside the parser, which then takes nothing more of this connection."""


def bound_heads() -> None:
    """Let the server answer 431 to a request whose first line and headers are over 32 kB, and keep nothing of it.

    While a head is incomplete each piece of it is counted before the parser keeps it; a head that came in one piece
    (of 256 kB at most, as much as is read at a time) is measured when it is whole, before anybody is asked.
    """
    protocol: Any = HttpToolsProtocol
    if hasattr(protocol, "head_bytes"):
        return
    receive, begin = protocol.data_received, protocol.on_message_begin
    complete, refuse_unreadable = protocol.on_headers_complete, protocol.send_400_response
    # How much of an incomplete head has arrived after its first piece; None while there is none.
    protocol.head_bytes = None

    def data_received(self: Any, data: bytes) -> None:
        if self.head_bytes is not None:
            self.head_bytes += len(data)
            if self.head_bytes > HEAD_LIMIT and b"\r\n\r\n" not in data:
                _refuse(self)
                return
        receive(self, data)

    def on_message_begin(self: Any) -> None:
        self.head_bytes = 0
        begin(self)

    def on_headers_complete(self: Any) -> None:
        self.head_bytes = None
        if _is_too_large(self):
            raise HeadTooLarge
        complete(self)

    def send_400_response(self: Any, message: str) -> None:
        if _is_too_large(self):
            _refuse(self)
        else:
            refuse_unreadable(self, message)

    protocol.data_received, protocol.on_message_begin = data_received, on_message_begin
    protocol.on_headers_complete, protocol.send_400_response = on_headers_complete, send_400_response


def believe_no_forwarded_address() -> None:
    """Leave to `phone.serving.request` whose `X-Forwarded-*` is believed: that of TRUSTED_PROXIES, of nobody by itself.

    uvicorn believes everybody on this machine, and puts what they say in the place of who really asks.
    """
    as_it_came: Any = _as_it_came
    uvicorn.config.ProxyHeadersMiddleware = as_it_came  # type: ignore[misc]


def _as_it_came(app: ASGIApp, trusted_hosts: object) -> ASGIApp:
    return app


def _is_too_large(protocol: Any) -> bool:
    headers = protocol.headers or ()
    return (
        len(getattr(protocol, "url", b"")) + sum(len(name) + len(value) for name, value in headers)
        > HEAD_LIMIT
    )


def _refuse(protocol: Any) -> None:
    if not protocol.transport.is_closing():
        protocol.transport.write(_ANSWER)
        protocol.transport.close()
