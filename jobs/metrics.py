"""Samples for /metrics, read from the store, so that any process reports for all of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from store import keys
from store.archive.archive_state import ArchiveStateStore
from store.forum.group import waiting_counts
from store.integrity.twilio_reconciliation import Reconciliation
from store.outbox.job_queue import QUEUES
from store.outgoing_webhooks.endpoints import WebhookEndpoints
from store.redis_client import Client

MetricSample = tuple[str, str, Mapping[str, str], float]
"""A metric's name, its help in one line, its labels, its value."""

_VIEWS = {"live": keys.LIVE, "unassigned": keys.UNASSIGNED, "waiting": keys.WAITING, "ended": keys.ENDED}


def metric_samples(redis: Client, now: datetime) -> Iterable[MetricSample]:
    """Tickets by view, waiting work and its age, and when a clock last ran."""
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
    pipe.get(keys.CLOCK_HEARTBEAT)
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
    yield from _archive(redis, at)
    yield from _compared(redis, at)
    yield from _hooks(redis, now)


def _group(redis: Client) -> Iterable[MetricSample]:
    waiting = waiting_counts(redis)
    yield "guichet_group_topics_waiting", "Topics that are not up to date.", {}, waiting["topics"]
    yield "guichet_group_heard_waiting", "Topics with something nobody attended to.", {}, waiting["heard"]
    yield "guichet_group_usable", "Whether the agents' group can be written to.", {}, 1.0 - waiting["trouble"]


def _archive(redis: Client, at: float) -> Iterable[MetricSample]:
    """From the last archiving run; the archive isn't queried for this."""
    found = ArchiveStateStore(redis).read()
    yield (
        "guichet_archive_answers",
        "Whether the archive answered when it was last asked.",
        {},
        float(not found.why),
    )
    yield "guichet_archive_tickets", "Tickets in the archive.", {}, float(found.tickets)
    yield "guichet_archive_moved_total", "Tickets that were moved to the archive.", {}, float(found.moved)
    if found.looked_at:
        age = at - found.looked_at.timestamp()
        yield "guichet_archive_age_seconds", "Since tickets to be archived were looked for.", {}, age


def _compared(redis: Client, at: float) -> Iterable[MetricSample]:
    """Results of comparing Twilio's message log; nothing before the first run."""
    found = Reconciliation(redis).state()
    if found is None:
        return
    yield (
        "guichet_messages_recovered_total",
        "Messages that had not reached us and were fetched.",
        {},
        float(found.recovered),
    )
    yield "guichet_messages_set_aside_total", "Messages that could not be taken.", {}, float(found.set_aside)
    yield "guichet_messages_lost", "Messages that Twilio has and we have not.", {}, float(found.lost)
    yield "guichet_compared_age_seconds", "Since Twilio’s record was compared.", {}, at - found.at.timestamp()


def _hooks(redis: Client, now: datetime) -> Iterable[MetricSample]:
    """Outcomes of events by outgoing webhook; nothing if there are no webhooks."""
    hooks = WebhookEndpoints(redis, lambda: now)
    found = [(hook.name, hooks.condition(hook)) for hook in hooks.all()]
    for name, it in found:
        labels = {"hook": name}
        yield (
            "guichet_hook_events_waiting",
            "Events that an app is still to be told.",
            labels,
            float(it.waiting),
        )
    for name, it in found:
        for fate, count in (("sent", it.sent), ("given_up", it.given_up), ("dropped", it.dropped)):
            labels = {"hook": name, "fate": fate}
            yield "guichet_hook_events_total", "Events, by what became of them.", labels, float(count)
    for name, it in found:
        since = (now - it.failing_since).total_seconds() if it.failing_since else 0.0
        yield "guichet_hook_failing_seconds", "Since an app last took an event.", {"hook": name}, since
    for name, it in found:
        yield "guichet_hook_on", "Whether an app is told events.", {"hook": name}, float(it.off is None)
