"""Runs web, worker and clock of one desk with the commands of a deployment."""

import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from store import keys
from tests.packaging.processes import Program, answers

GRACE = 15
"""Seconds that deployments give a process to stop."""


@contextmanager
def desk_of(
    start: Callable[..., Program],
    commands: Sequence[Sequence[object]],
    folder: Path,
    environ: Mapping[str, str],
) -> Iterator[None]:
    """Yield once web answers, the worker waits for jobs and the clock has swept; at the end, SIGTERM must make each
    process exit with 0 in time."""
    running = [start(words, folder, environ) for words in commands]
    with Redis.from_url(environ["REDIS_URL"]) as redis:
        is_up = (
            lambda: answers(f"http://127.0.0.1:{environ['PORT']}/readyz"),
            lambda: redis.scard("rq:workers"),
            lambda: redis.exists(keys.CLOCK_HEARTBEAT),
        )
        for program, is_so in zip(running, is_up, strict=True):
            program.until(is_so)
    yield
    for program in running:
        program.ask_to_stop(signal.SIGTERM)
    assert [program.ended(GRACE) for program in running] == [0] * len(running)


def succeeds(words: Sequence[object], environ: Mapping[str, str]) -> bool:
    """Whether a command exits with 0."""
    done = subprocess.run(
        [str(word) for word in words], env=dict(environ), capture_output=True, timeout=60, check=False
    )
    return done.returncode == 0
