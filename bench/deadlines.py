"""Measures how late deadlines are noticed and a sweep's cost: `python bench/deadlines.py [--deadlines N]`.

First the cost of a sweep with 1,000 and with 100,000 open tickets, with nothing and with something due. Then a burst
in real time: N deadlines fall due at random moments within some minutes, on top of the open tickets, with two clocks
and real workers, alerts delivered to the sandbox. It's compared with a floor on the same machine and store: a sorted
set swept every half second into empty RQ jobs. Exit code 1 if an aim is missed.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from threading import Event, Thread

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from redis import Redis  # noqa: E402 — after the path is set

from bench import deadlines_floor as floor  # noqa: E402
from bench.deadlines_desk import ALLOWED, open_tickets, policy_of, processes  # noqa: E402
from bot.messages.thread import OutboxEntry  # noqa: E402
from bot.model.ticket import Ticket  # noqa: E402
from bot.model.ticket_events import TicketEventKind  # noqa: E402
from jobs.clock import Clock  # noqa: E402
from runtime.embedded_valkey import EmbeddedValkey  # noqa: E402
from sandbox.server import start as start_sandbox  # noqa: E402
from store import keys  # noqa: E402
from store.codec import load  # noqa: E402
from store.outbox.job_queue import JobQueue  # noqa: E402

AIM_RATIO, AIM_P50, AIM_P99 = 1.2, 1.0, 2.0
DUE_AT_ONCE = 50


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedValkey(Path(folder))
        url = server.start()
        redis = Redis.from_url(url)
        try:
            is_flat = _sweeps(url, options.open)
            is_punctual = _burst(redis, url, folder, options)
        finally:
            server.stop()
    return 0 if is_flat and is_punctual else 1


def _sweeps(url: str, most: int) -> bool:
    """Cost per sweep by number of open tickets, measured in turns; whether it stays the same."""
    desks = {size: _desk_of(url, number, size) for number, size in enumerate((1_000, most))}
    ping = median(_clocked(desks[most].ping) for _ in range(300))
    print(f"floor: one round trip {ping * 1e3:.3f} ms")
    worst = 0.0
    for due, rounds in ((0, 400), (DUE_AT_ONCE, 100)):
        times: dict[int, list[float]] = {size: [] for size in desks}
        for _ in range(rounds):
            for size, redis in desks.items():
                times[size].append(_sweep(redis, due))
        costs = [median(found) for found in times.values()]
        worst = max(worst, costs[1] / costs[0])
        told = f"{costs[0] * 1e3:.2f} ms with 1,000 open, {costs[1] * 1e3:.2f} ms with {most:,}"
        print(f"a sweep with {due:>2} due: {told}: ratio {costs[1] / costs[0]:.2f} (aim ≤ {AIM_RATIO})")
    return worst <= AIM_RATIO


def _desk_of(url: str, number: int, size: int) -> Redis:
    """A desk with that many open tickets, in its own database."""
    redis, now = Redis.from_url(url.rsplit("/", 1)[0] + f"/{number + 1}"), datetime.now(UTC)
    open_tickets(redis, policy_of("weekday-desk.toml"), (now for _ in range(size)), "low")
    return redis


def _sweep(redis: Redis, due: int) -> float:
    """The duration of one sweep that finds that many tickets due."""
    past = time.time() - 1
    redis.zadd(keys.CHORES, {"reports": past + 86_400})
    if some := redis.zrange(keys.DEADLINES, 0, due - 1) if due else []:
        redis.zadd(keys.DEADLINES, dict.fromkeys(some, past))
    return _clocked(Clock(redis, JobQueue(redis), lambda: datetime.now(UTC)).sweep)


def _clocked(call: object) -> float:
    started = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - started


def _burst(redis: Redis, url: str, folder: str, options: argparse.Namespace) -> bool:
    """Deadlines in real time; whether each was noticed in time, never early, and alerted once."""
    redis.flushall()  # the sweeps' databases too
    count, spread = options.deadlines, timedelta(minutes=options.minutes)
    policy, chance = policy_of("demo.toml"), random.Random(7)  # noqa: S311
    now = datetime.now(UTC)
    open_tickets(redis, policy_of("weekday-desk.toml"), (now for _ in range(options.open)), "low", 1_000_000)
    begins = datetime.now(UTC) + timedelta(seconds=100 + count / 400)
    dues = [begins + spread * chance.random() for _ in range(count)]
    ids = open_tickets(redis, policy, (due - ALLOWED for due in dues), "high")
    print(
        f"burst: {count:,} deadlines within {options.minutes:g} min of real time, {options.open:,} other open tickets"
    )
    sandbox, stop = start_sandbox(), Event()
    beside = Thread(target=floor.run, args=(url, dues, stop), daemon=True)
    with processes(url, sandbox.url, folder, "worker", "clock", "clock"), floor.worker(url):
        beside.start()
        while datetime.now(UTC) < begins + spread + timedelta(seconds=25):
            time.sleep(1)
    stop.set()
    sandbox.stop()
    return _judged(redis, ids, count)


def _judged(redis: Redis, ids: list[str], count: int) -> bool:
    late, missed, told = [], 0, 0
    for ticket_id in ids:
        ticket = load(Ticket, redis.get(keys.ticket(ticket_id)))
        first = [fact for fact in ticket.facts if fact.data.get("target") == "first_response"]
        misses = [fact for fact in first if fact.kind is TicketEventKind.MISSED]
        missed += len(misses)
        told += sum(1 for fact in first if fact.data.get("lanes"))
        late += [(f.at - datetime.fromisoformat(f.data["due_at"])).total_seconds() for f in misses]
    messages, listed, waiting = _messages(redis)
    ours, theirs = _spread(late), _spread(floor.lateness(redis))
    print(f"noticed {missed:,} of {count:,}, early {sum(1 for each in late if each < 0)}")
    print("late:  p50 {:.2f} s, p99 {:.2f} s, max {:.2f} s".format(*ours))
    print("floor: p50 {:.2f} s, p99 {:.2f} s, max {:.2f} s".format(*theirs))
    print(f"ratio to the floor: p50 {ours[0] / theirs[0]:.2f}, p99 {ours[1] / theirs[1]:.2f}")
    print(
        f"alerts {told:,}, one per ticket; {listed:,} sent in {messages:,} messages, {waiting:,} waiting for a digest"
    )
    is_once = missed == told == count and listed + waiting == count and min(late) >= 0
    return is_once and ours[0] <= AIM_P50 and ours[1] <= AIM_P99


def _messages(redis: Redis) -> tuple[int, int, int]:
    """How many messages went to the manager, how many alerts they contain, how many wait for a digest."""
    messages = listed = 0
    for key in redis.scan_iter("outbox:*", count=5000):
        entry = load(OutboxEntry, redis.get(key))
        if entry.author != "bot" or entry.address.name != "700100":
            continue
        messages += 1
        listed += int(entry.outgoing.lines[0].params.get("count", 1))  # type: ignore[union-attr, arg-type]
    waiting = sum(redis.llen(key) for key in redis.scan_iter("board:*"))
    return messages, listed, waiting


def _spread(late: list[float]) -> tuple[float, float, float]:
    ordered = sorted(late) or [float("nan")]
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deadlines", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--open", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
