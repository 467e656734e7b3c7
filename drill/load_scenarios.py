"""Scenarios with many customers at the same time, and a provider that takes as long as a real one, or longer."""

import time

from drill.actors import CHANNELS, Actors
from drill.crowd import LINES, Crowd
from drill.desk import DrillDesk
from drill.process_scenarios import SEND_TIMEOUT
from drill.provider_scenarios import METHODS
from drill.result import Result

USUAL = 0.2
"""Seconds that a provider usually takes for a call."""

PROMPT = 10.0
"""Seconds within which every reply must leave, also on a small machine that runs the whole drill."""


def steady_load(desk: DrillDesk, people: Actors) -> Result:
    """40 customers write a line a second each: 40 turns a second, each call to the provider takes 200 ms."""
    result, crowd = Result(), Crowd(desk, 40)
    _slow_down(desk)
    for line in LINES:
        crowd.write(line, per_second=40)
    took = crowd.wait_for_replies(len(LINES), 60)
    _expect_replies(result, took, len(crowd.phones))
    result.expect(not crowd.doubled(), "replies were doubled")
    return result


def crowd_at_once(desk: DrillDesk, people: Actors) -> Result:
    """300 customers write at the same moment."""
    result, crowd = Result(), Crowd(desk, 300)
    _slow_down(desk)
    started = time.monotonic()
    crowd.write(LINES[0])
    result.note(**{"written within, s": round(time.monotonic() - started, 1)})
    _expect_replies(result, crowd.wait_for_replies(1, 60), len(crowd.phones))
    result.expect(not crowd.doubled(), "replies were doubled")
    return result


def some_calls_hang(desk: DrillDesk, people: Actors) -> Result:
    """One call in twenty hangs for ten seconds: those customers wait, the others don’t."""
    result, crowd = Result(), Crowd(desk, 100)
    desk.sandbox.fault(
        "hang", channel="whatsapp", method=METHODS["whatsapp"], count=5, probability=0.05, seconds=14
    )
    _slow_down(desk)
    crowd.write(LINES[0], per_second=20)
    took = crowd.wait_for_replies(1, 60)
    result.note(replies=f"{len(took)} of {len(crowd.phones)}", **{"9 of 10 after, s": _after(took, 0.9)})
    result.expect(len(took) == len(crowd.phones), f"{len(crowd.phones) - len(took)} got no reply")
    result.expect(_after(took, 0.9) <= PROMPT / 2, "the others were held up")
    result.expect(not crowd.doubled(), "replies were doubled")
    return result


def kill_worker_in_the_air(desk: DrillDesk, people: Actors) -> Result:
    """kill -9 of the worker while 50 messages are in the air: the provider has some of them, and nobody knows which."""
    result, crowd = Result(), Crowd(desk, 50)
    desk.sandbox.fault("slow", channel="whatsapp", method=METHODS["whatsapp"], count=50, seconds=4)
    crowd.write(LINES[0])
    desk.let_time_pass(2.0)
    desk.kill("worker")
    killed_at = time.monotonic()
    took = crowd.wait_for_replies(1, 60)
    _expect_replies(result, took, len(crowd.phones), SEND_TIMEOUT)
    result.note(**{"all sent after, s": round(time.monotonic() - killed_at, 1)})
    result.expect(not crowd.doubled(), f"{crowd.doubled()} replies were doubled")
    return result


def _slow_down(desk: DrillDesk) -> None:
    for channel in CHANNELS:
        desk.sandbox.fault("slow", channel=channel, method=METHODS[channel], count=None, seconds=USUAL)


def _expect_replies(result: Result, took: list[float], wanted: int, within: float = PROMPT) -> None:
    result.note(replies=f"{len(took)} of {wanted}", **{"last after, s": _after(took, 1.0)})
    result.expect(len(took) == wanted, f"{wanted - len(took)} got no reply")
    result.expect(_after(took, 1.0) <= within, f"the last reply left after {_after(took, 1.0)} s")


def _after(took: list[float], share: float) -> float:
    """After how many seconds that share had their reply."""
    return round(sorted(took)[min(len(took) - 1, int(len(took) * share))], 1) if took else 0.0
