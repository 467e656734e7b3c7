"""Starts programs with a given environment, waits until they're ready, stops them."""

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

PATIENCE = 90.0
"""Seconds that a program may take to start on a busy machine."""


class Program:
    """A running program; its output goes to a file."""

    def __init__(self, words: Sequence[object], folder: Path, environ: Mapping[str, str]) -> None:
        self.words = [str(word) for word in words]
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / f"{Path(self.words[0]).name}-{'-'.join(self.words[1:2])}.log"
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(
                self.words, cwd=folder, env=dict(environ), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait for a condition; fail if the program exits first, or if it takes too long."""
        pause, give_up_at = threading.Event(), time.monotonic() + PATIENCE
        while not is_so():
            assert self._child.poll() is None, f"{self.words} exited:\n{self.output}"
            assert time.monotonic() < give_up_at, f"{self.words} is not ready:\n{self.output}"
            pause.wait(0.05)

    def ask_to_stop(self, number: signal.Signals) -> None:
        self._child.send_signal(number)

    def ended(self, within: float) -> int:
        """Wait for its exit code."""
        return self._child.wait(within)

    def kill(self) -> None:
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()


@contextmanager
def programs() -> Iterator[Callable[..., Program]]:
    """A function that starts programs; those that still run at the end are killed."""
    with ExitStack() as stack:

        def start(words: Sequence[object], folder: Path, environ: Mapping[str, str]) -> Program:
            program = Program(words, folder, environ)
            stack.callback(program.kill)
            return program

        yield start


def free_port() -> int:
    """A port that is free just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def answers(url: str, **more: object) -> bool:
    """Whether a GET is answered with 200."""
    try:
        return requests.get(url, timeout=5, **more).status_code == 200  # type: ignore[arg-type]
    except requests.ConnectionError:
        return False
