"""The figures of /metrics: read from the store, so that one process tells those of all."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from store import keys
from store.client import Client
from store.group import waiting_figures
from store.kicks import QUEUES

Figure = tuple[str, str, Mapping[str, str], float]
"""A metric's name, its help in one line, its labels, its value."""

_VIEWS = {"live": keys.LIVE, "unassigned": keys.UNASSIGNED, "waiting": keys.WAITING, "ended": keys.ENDED}


def figures(redis: Client, now: datetime) -> Iterable[Figure]:
    """Tickets by view, work that waits and how long it has, whether a clock sweeps."""
    at = now.timestamp()
    pipe = redis.pipeline(transaction=False)
    for key in _VIEWS.values():
        pipe.zcard(key)
    for name in QUEUES:
        pipe.llen(f"rq:queue:{name}")
    pipe.zcount(keys.LIVE, "-inf", at)
    pipe.zcard(keys.LANES)
    pipe.zrange(keys.LANES, 0, 0, withscores=True)
    pipe.zcount(keys.DEADLINES, "-inf", at)
    pipe.zcard(keys.MEDIA)
    pipe.get(keys.CLOCK_BEAT)
    answers = iter(pipe.execute())
    for view in _VIEWS:
        yield "guichet_tickets", "Tickets by view.", {"view": view}, float(next(answers))
    for name in QUEUES:
        yield "guichet_jobs_queued", "Jobs that wait for a worker.", {"queue": name}, float(next(answers))
    yield "guichet_tickets_overdue", "Live tickets with a missed promise.", {}, float(next(answers))
    yield "guichet_outbox_lanes", "Outbox lanes with something to send.", {}, float(next(answers))
    oldest = next(answers)
    late = max(0.0, at - oldest[0][1]) if oldest else 0.0
    yield "guichet_outbox_late_seconds", "How late the oldest waiting lane is.", {}, late
    yield (
        "guichet_deadlines_due",
        "Tickets whose deadline nobody has looked at yet.",
        {},
        float(next(answers)),
    )
    yield "guichet_media_waiting", "Attachments still to be fetched.", {}, float(next(answers))
    yield from _group(redis)
    beat = next(answers)
    age = at - datetime.fromisoformat(beat.decode()).timestamp() if beat else float("inf")
    yield "guichet_clock_age_seconds", "Since a clock last swept.", {}, age


def _group(redis: Client) -> Iterable[Figure]:
    waiting = waiting_figures(redis)
    yield "guichet_group_topics_waiting", "Topics that are not up to date.", {}, waiting["topics"]
    yield "guichet_group_heard_waiting", "Topics with something nobody attended to.", {}, waiting["heard"]
    yield "guichet_group_usable", "Whether the agents' group can be written to.", {}, 1.0 - waiting["trouble"]
