"""A network that can die without a word: what is sent stays on the way, and no connection is closed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class DeadSpot:
    """A doorway at `port` of the loopback address to the server at another port, while `is_open`."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._open = threading.Event()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._door]
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
                for one, other in ((phone, server), (server, phone)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def dead_spot(server_port: int) -> Iterator[DeadSpot]:
    """Yield a way to the server that dies and revives when told to."""
    way = DeadSpot(server_port)
    try:
        yield way
    finally:
        way.close()
