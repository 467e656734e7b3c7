"""A wire to the store that can be cut at a chosen moment, as a crash or a network would cut it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Wire:
    """Passes bytes between clients and the store; `url` is where clients connect."""

    def __init__(self, redis_url: str) -> None:
        parts = urlsplit(redis_url)
        self._store = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        login = parts.netloc.rpartition("@")[0]
        self.url = f"redis://{login}@127.0.0.1:{self._listener.getsockname()[1]}{parts.path}"
        self._swallowing: bytes | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def swallow_answer_to(self, word: bytes) -> None:
        """The next request with this word reaches the store; its answer never comes, the connection breaks."""
        self._swallowing = word

    def close(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._store) as store:
            back = threading.Thread(target=_copy, args=(store, client), daemon=True)
            back.start()
            while data := client.recv(1 << 16):
                if self._swallowing and self._swallowing in data:
                    self._swallowing = None
                    client.shutdown(socket.SHUT_RDWR)
                    store.sendall(data)
                    store.shutdown(socket.SHUT_WR)  # the store still carries out what it was sent
                    back.join(5)
                    return
                store.sendall(data)
            store.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
    except OSError:
        with suppress(OSError):  # the test may be over, and both ends closed
            while source.recv(1 << 16):
                pass


@contextmanager
def wire_to(redis_url: str) -> Iterator[Wire]:
    wire = Wire(redis_url)
    yield wire
    wire.close()
