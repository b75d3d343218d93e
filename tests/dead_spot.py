"""A network that can die without a word: what is sent stays on the way, and no connection is closed.

And a proxy that holds back an answer until it is whole, which a stream never is.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class DeadSpot:
    """A doorway at `port` of the loopback address to the server at another port, while `is_open`.

    Answers to a request that has `holds_back` in its address are kept.
    """

    def __init__(self, server_port: int, holds_back: bytes | None = None) -> None:
        self._server_port = server_port
        self._holds_back = holds_back
        self._open = threading.Event()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._door]
        # What went on to the server, connection by connection.
        self.asked: list[bytearray] = []
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._welcome, daemon=True).start()

    def die(self) -> None:
        self._open.clear()

    def revive(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.set()
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                self._sockets += [phone, server]
                is_kept = threading.Event()
                self.asked.append(asked := bytearray())
                for ends in ((phone, server, asked), (server, phone, None)):
                    threading.Thread(target=self._carry, args=(*ends, is_kept), daemon=True).start()

    def _carry(
        self, one: socket.socket, other: socket.socket, asked: bytearray | None, is_kept: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                is_asking = asked is not None
                if is_asking and self._holds_back and self._holds_back in data.split(b"\r\n", 1)[0]:
                    is_kept.set()
                if is_asking or not is_kept.is_set():
                    other.sendall(data)
                if asked is not None:
                    asked += data
            other.shutdown(socket.SHUT_WR)


@contextmanager
def dead_spot(server_port: int, holds_back: bytes | None = None) -> Iterator[DeadSpot]:
    """Yield a way to the server that dies and revives when told to, and holds back what it was told to."""
    way = DeadSpot(server_port, holds_back)
    try:
        yield way
    finally:
        way.close()
