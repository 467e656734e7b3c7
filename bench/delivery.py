"""Measures how soon replies leave: `python bench/delivery.py [--only NAME …] [--seconds N]`.

A full desk on this machine, with stand-in providers that take as long as real ones (see delivery_provider.py).
Customers write at a steady rate, whether or not the desk keeps up; a reply counts from the customer's post to the
provider's answer to our call. The floor is a bare async client that makes the same calls at the same pace. Exit code 1
if an aim is missed.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

import aiohttp  # noqa: E402 - after the path is set

from bench.delivery_desk import DeliveryDesk  # noqa: E402
from bench.delivery_load import post_line  # noqa: E402
from sandbox import credentials  # noqa: E402

WORDS = ("hello, the till does not work", "Ana", "Acme", "it says error 3", "since this morning")
"""What each customer writes, one line after another: each is a turn with a reply."""

PAUSE = 6.0
"""Seconds at least between two lines of a customer."""

DRAIN_TIMEOUT = 40.0
"""Seconds after the last line within which replies count."""


@dataclass(frozen=True)
class Load:
    """One measurement: how the providers behave, what customers do, and what must come out."""

    name: str
    title: str
    per_second: dict[str, float]
    behaviour: dict[str, dict[str, float | bool]]
    aims: Callable[["Outcome"], Iterable[tuple[bool, str]]]
    workers: int = 1
    at_once: int = 0  # customers who write at the same moment, instead of a rate
    beside: str = ""  # the name of the measurement to compare with


@dataclass
class Outcome:
    """Seconds from each line to its reply, by channel; None if no reply came."""

    delays: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: int = 0
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    floor: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    most_in_a_second: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def at(self, share: float, channel: str = "whatsapp") -> float:
        return _percentile(self.delays[channel], share)

    def rate(self, channel: str) -> float:
        return self.calls[channel] / self.seconds


_QUICK = {"latency": 0.1}
_SLOW = {"latency": 0.2}


def _prompt(p50: float, p99: float, channel: str = "whatsapp") -> Callable[[Outcome], list[tuple[bool, str]]]:
    return lambda found: [
        (not found.missing, f"{found.missing} replies missing"),
        (found.at(0.5, channel) <= p50, f"p50 above {p50:g} s"),
        (found.at(0.99, channel) <= p99, f"p99 above {p99:g} s"),
    ]


def _last_within(seconds: float) -> Callable[[Outcome], list[tuple[bool, str]]]:
    return lambda found: [
        (not found.missing, f"{found.missing} replies missing"),
        (found.at(1.0) <= seconds, f"last reply after {seconds:g} s"),
    ]


def _others_p99(seconds: float, channel: str) -> Callable[[Outcome], list[tuple[bool, str]]]:
    return lambda found: [(found.at(0.99, channel) <= seconds, f"p99 of the others above {seconds:g} s")]


_BOTH = {"whatsapp": 10.0, "telegram": 10.0}
LOADS = (
    Load("whatsapp", "WhatsApp 200 ms, 40 turns/s", {"whatsapp": 40}, {"whatsapp": _SLOW}, _prompt(0.35, 1.2)),
    Load(
        "limit", "WhatsApp 20 ms, 75 turns/s, two workers", {"whatsapp": 75}, {"whatsapp": {"latency": 0.02}},
        _prompt(0.35, 1.0), workers=2,
    ),
    Load(
        "telegram", "Telegram 100 ms, 25 turns/s", {"telegram": 25}, {"telegram": _QUICK},
        _prompt(0.35, 1.0, "telegram"),
    ),
    Load(
        "quiet", "WhatsApp 200 ms and Telegram 100 ms, 10 turns/s each", _BOTH,
        {"whatsapp": _SLOW, "telegram": _QUICK}, _prompt(0.35, 1.2),
    ),
    Load(
        "hanging", "the same, 5 % of WhatsApp’s calls hang for 10 s", _BOTH,
        {"whatsapp": {**_SLOW, "hang": 0.05}, "telegram": _QUICK}, _others_p99(1.2, "whatsapp"), beside="quiet",
    ),
    Load(
        "dead", "the same, Twilio dead", _BOTH, {"whatsapp": {"dead": True}, "telegram": _QUICK},
        _others_p99(1.0, "telegram"), beside="quiet",
    ),
    Load(
        "burst", "300 customers at once, WhatsApp 200 ms", {"whatsapp": 0}, {"whatsapp": _SLOW}, _last_within(5.0),
        at_once=300,
    ),
)  # fmt: skip


def main() -> int:
    options = _options()
    wanted = [load for load in LOADS if not options.only or load.name in options.only]
    known: dict[str, Outcome] = {}
    print(
        f"{os.cpu_count()} cores; {options.seconds} s each; reply p50 and p99 in seconds, and × the floor\n"
    )
    return max([_measure(load, options, known) for load in wanted])


def _measure(load: Load, options: argparse.Namespace, known: dict[str, Outcome]) -> int:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        DeliveryDesk(Path(name), load.workers) as desk,
    ):
        asyncio.run(_run(desk, load, options.seconds, is_warm_up=True))
        desk.order(json.dumps({"whatsapp": _SLOW, "telegram": _QUICK} | load.behaviour).encode())
        before = desk.cpu_seconds()
        found = asyncio.run(_run(desk, load, options.seconds))
        found.cpu = {name: seconds - before[name] for name, seconds in desk.cpu_seconds().items()}
        found.memory = desk.memory()
        found.floor = asyncio.run(_floor(desk, load, options.seconds))
    known[load.name] = found
    _print(load, found, known)
    missed = [problem for is_met, problem in load.aims(found) if not is_met]
    if missed:
        print(f"  MISSED: {'; '.join(missed)}")
    return int(bool(missed))


async def _run(desk: DeliveryDesk, load: Load, seconds: int, *, is_warm_up: bool = False) -> Outcome:
    found = Outcome()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30)) as session:
        posted: dict[tuple[str, str], list[float]] = defaultdict(list)
        lines = _warm_up_lines(load) if is_warm_up else _lines(load, seconds)
        started, tasks = time.monotonic(), []
        for number, (at, channel, person, words) in enumerate(lines):
            await asyncio.sleep(max(0.0, started + at - time.monotonic()))
            posted[channel, person].append(time.monotonic())
            tasks.append(asyncio.create_task(post_line(session, desk.url, channel, person, number, words)))
        await asyncio.gather(*tasks)
        wanted = {key: len(times) for key, times in posted.items()}
        calls = await _calls(session, desk, wanted, 10 if is_warm_up else DRAIN_TIMEOUT)
    found.seconds = max((call[2] for call in calls), default=started) - started
    _count(found, posted, calls, {name: each.get("latency", 0.0) for name, each in load.behaviour.items()})
    return found


def _warm_up_lines(load: Load) -> list[tuple[float, str, str, str]]:
    return [(n * 0.1, channel, f"9{n:06}", WORDS[0]) for n in range(20) for channel in load.per_second]


def _lines(load: Load, seconds: int) -> list[tuple[float, str, str, str]]:
    """(when, channel, person, words), in order: each person writes a few lines, `PAUSE` seconds apart."""
    if load.at_once:
        return [(0.0, "whatsapp", f"{n:07}", WORDS[0]) for n in range(load.at_once)]
    lines = []
    for channel, rate in load.per_second.items():
        people = int(rate * PAUSE)
        for number in range(int(rate * seconds)):
            turn, person = divmod(number, people)
            block, line = divmod(turn, len(WORDS))
            lines.append((number / rate, channel, f"{block * people + person:07}", WORDS[line]))
    return sorted(lines)


async def _calls(
    session: aiohttp.ClientSession, desk: DeliveryDesk, wanted: dict[tuple[str, str], int], within: float
) -> list[tuple[str, str, float, bool]]:
    """The provider's calls, once everybody has their replies, or after a while."""
    found: list[tuple[str, str, float, bool]] = []
    give_up_at = time.monotonic() + within
    while time.monotonic() < give_up_at:
        async with session.get(f"{desk.provider}/calls") as answer:
            found += [tuple(each) for each in await answer.json()]
        got: dict[tuple[str, str], int] = defaultdict(int)
        for channel, person, _, _ in found:
            got[channel, _person(channel, person)] += 1
        if all(got[key] >= count for key, count in wanted.items()):
            break
        await asyncio.sleep(0.5)
    return found


def _count(
    found: Outcome,
    posted: dict[tuple[str, str], list[float]],
    calls: list[tuple[str, str, float, bool]],
    latency: dict[str, float],
) -> None:
    """The delay of each line until its first reply; those of people whose call hung aren't counted."""
    replies, hung = defaultdict(list), set()
    moments: dict[str, list[float]] = defaultdict(list)
    for channel, name, at, hangs in calls:
        key = (channel, _person(channel, name))
        replies[key].append(at)
        moments[channel].append(at)
        found.calls[channel] += 1
        if hangs:
            hung.add(key)
    for key, times in posted.items():
        if key in hung:
            continue
        for posted_at, until in zip(times, [*times[1:], float("inf")], strict=True):
            first = next((at for at in sorted(replies[key]) if posted_at <= at < until), None)
            if first is None:
                found.missing += 1
            else:
                found.delays[key[0]].append(first - posted_at + float(latency.get(key[0], 0)))
    for channel, times in moments.items():
        times.sort()
        found.most_in_a_second[channel] = max(
            sum(1 for other in times[n : n + 400] if other < at + 1) for n, at in enumerate(times)
        )


async def _floor(desk: DeliveryDesk, load: Load, seconds: int) -> list[float]:
    """The same first calls by a bare client at the same pace, without the faults: seconds until each answer."""
    delays: list[float] = []
    behaviour = {name: {**each, "hang": 0.0, "dead": False} for name, each in load.behaviour.items()}
    desk.order(json.dumps(behaviour).encode())
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        started, tasks = time.monotonic(), []
        for at, channel, person, words in _lines(load, min(seconds, 10)):
            await asyncio.sleep(max(0.0, started + at - time.monotonic()))
            tasks.append(asyncio.create_task(_bare_call(session, desk, channel, person, words, delays)))
        await asyncio.gather(*tasks)
    return delays


async def _bare_call(
    session: aiohttp.ClientSession,
    desk: DeliveryDesk,
    channel: str,
    person: str,
    words: str,
    delays: list[float],
) -> None:
    began = time.monotonic()
    if channel == "whatsapp":
        path, form = (
            f"/2010-04-01/Accounts/{credentials.TWILIO_ACCOUNT_SID}/Messages.json",
            {"To": f"whatsapp:+{person}"},
        )
    else:
        path, form = f"/bot{credentials.TELEGRAM_BOT_TOKEN}/sendMessage", {"chat_id": str(int(person))}
    async with session.post(f"{desk.provider}{path}", data={**form, "Body": words}) as answer:
        await answer.read()
    delays.append(time.monotonic() - began)


def _print(load: Load, found: Outcome, known: dict[str, Outcome]) -> None:
    print(load.title)
    for channel in found.delays:
        p50, p99, last = (found.at(share, channel) for share in (0.5, 0.99, 1.0))
        floor = _percentile(found.floor, 0.5) if len(load.per_second) == 1 else 0.0
        print(
            f"  {channel:9}{found.rate(channel):6.1f} messages/s, most in a second {found.most_in_a_second[channel]}; "
            f"p50 {p50:.2f}" + (f" (× {p50 / floor:.2f} the floor)" if floor else "") + f", p99 {p99:.2f}, "
            f"last {last:.2f}; missing {found.missing}"
        )
        if load.beside in known:
            print(f"           p99 × {p99 / known[load.beside].at(0.99, channel):.2f} of “{load.beside}”")
    turns = sum(map(len, found.delays.values())) or 1
    ours = [name for name in found.cpu if name != "provider"]
    each = {name: found.cpu[name] * 1000 / turns for name in ours}
    print(
        f"  CPU a turn {sum(each.values()):.1f} ms: " + ", ".join(f"{name} {each[name]:.1f}" for name in ours)
        + "; memory, MB: " + ", ".join(f"{name} {found.memory[name]}" for name in ours)
    )  # fmt: skip


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def _person(channel: str, name: str) -> str:
    return f"{int(name) % 10_000_000:07}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", choices=[load.name for load in LOADS], default=[])
    parser.add_argument("--seconds", type=int, default=30)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
