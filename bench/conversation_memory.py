"""Measures the memory that the reading layer takes, and how much of it a forked process shares."""

import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.policy.policy import Policy, load_policy
from i18n.language import detect_language

POLICY = Path(__file__).parent.parent / "policies" / "demo.toml"
MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB: this process before and after loading the reading layer, and what a fork that reads doesn't share."""

    before: float
    after: float
    own_after_fork: float

    @property
    def loaded(self) -> float:
        return self.after - self.before

    @property
    def shared(self) -> float:
        """The share of what was loaded that a forked process uses without a copy, at least."""
        return max(0.0, 1 - self.own_after_fork / self.loaded) if self.loaded > 0 else 1.0


def measure_memory(texts: Sequence[str]) -> Memory | None:
    """Load the reading layer, fork, and let the fork read some messages; None where the system doesn't tell."""
    policy = load_policy(POLICY)
    detect_language("hello")  # its word tables aren't part of the reading layer
    gc.collect()
    try:
        before = _memory("Rss")
        _load(policy)
        gc.collect()
        after = _memory("Rss")
        return Memory(before, after, _own_after_fork(texts[:MESSAGES], policy))
    except OSError:
        return None


def _load(policy: Policy) -> None:
    """Load the reading layer, as `guichet web` does before it forks."""
    from bot.reading.people.find_who import find_who  # noqa: PLC0415 — loading it is what we measure
    from bot.reading.warm_up import warm_up  # noqa: PLC0415

    warm_up(policy)
    find_who("hello")


def _read(text: str, policy: Policy) -> None:
    """Read everything that's in a message."""
    from bot.reading.choices import category_meant, priority_meant  # noqa: PLC0415
    from bot.reading.people.find_who import find_who  # noqa: PLC0415
    from bot.reading.read import read  # noqa: PLC0415
    from bot.reading.situations import Situation  # noqa: PLC0415

    reading = read(text, Situation.START, policy)
    category_meant(text, policy)
    priority_meant(reading.parts, policy)
    find_who(text)


def _own_after_fork(texts: Sequence[str], policy: Policy) -> float:
    """MB that a forked process has for itself alone after reading the texts."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            for text in texts:
                _read(text, policy)
            os.write(writer, str(_memory("Private_Clean") + _memory("Private_Dirty")).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    if not told:
        raise RuntimeError("the forked process ended without an answer")
    return float(told)


def _memory(kind: str) -> float:
    """This process's memory of that kind, in MB (Linux only)."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError(f"no {kind} in /proc/self/smaps_rollup")
