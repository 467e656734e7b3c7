"""Samples for /metrics, read from the store, so that any process reports for all of them."""

from collections.abc import Iterable
from datetime import datetime

from jobs.delivery.delivery_metrics import MetricSample, delivery_samples
from store import keys
from store.archive.archive_state import ArchiveStateStore
from store.forum.group import waiting_counts
from store.integrity.twilio_reconciliation import Reconciliation
from store.outbox.job_queue import QUEUES
from store.outgoing_webhooks.endpoints import WebhookEndpoints
from store.redis_client import Client

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
    pipe.zrange(keys.DEADLINES, 0, 0, withscores=True)
    pipe.get(keys.CLOCK_HEARTBEAT)
    answers = iter(pipe.execute())
    for view in _VIEWS:
        yield "guichet_tickets", "Tickets by view.", {"view": view}, float(next(answers))
    for name in QUEUES:
        yield "guichet_jobs_queued", "Jobs that wait for a worker.", {"queue": name}, float(next(answers))
    yield "guichet_tickets_overdue", "Live tickets with a missed deadline.", {}, float(next(answers))
    yield "guichet_outbox_lanes", "Outbox lanes with something to send.", {}, float(next(answers))
    oldest = next(answers)
    late = max(0.0, at - oldest[0][1]) if oldest else 0.0
    yield "guichet_outbox_late_seconds", "How late the oldest waiting lane is.", {}, late
    yield (
        "guichet_deadlines_due",
        "Tickets with a due check that hasn't run yet.",
        {},
        float(next(answers)),
    )
    yield "guichet_media_waiting", "Attachments that wait for download.", {}, float(next(answers))
    first_due = next(answers)
    lag = max(0.0, at - first_due[0][1]) if first_due else 0.0
    yield "guichet_deadlines_late_seconds", "How late the oldest check of a deadline is.", {}, lag
    yield from _group(redis)
    yield from delivery_samples(redis, now)
    beat = next(answers)
    age = at - datetime.fromisoformat(beat.decode()).timestamp() if beat else float("inf")
    yield "guichet_clock_age_seconds", "Seconds since a clock last ran.", {}, age
    yield from _archive(redis, at)
    yield from _compared(redis, at)
    yield from _hooks(redis, now)


def _group(redis: Client) -> Iterable[MetricSample]:
    waiting = waiting_counts(redis)
    yield "guichet_group_topics_waiting", "Topics that aren't up to date.", {}, waiting["topics"]
    yield "guichet_group_heard_waiting", "Topics with unhandled updates.", {}, waiting["heard"]
    yield "guichet_group_usable", "Whether the agents' group can be written to.", {}, 1.0 - waiting["trouble"]


def _archive(redis: Client, at: float) -> Iterable[MetricSample]:
    """From the last archiving run; the archive isn't queried for this."""
    found = ArchiveStateStore(redis).read()
    yield (
        "guichet_archive_answers",
        "Whether the archive answered the last query.",
        {},
        float(not found.why),
    )
    yield "guichet_archive_tickets", "Tickets in the archive.", {}, float(found.tickets)
    yield "guichet_archive_moved_total", "Tickets that were moved to the archive.", {}, float(found.moved)
    if found.looked_at:
        age = at - found.looked_at.timestamp()
        yield "guichet_archive_age_seconds", "Seconds since the last archiving run.", {}, age


def _compared(redis: Client, at: float) -> Iterable[MetricSample]:
    """Results of comparing Twilio's message log; nothing before the first run."""
    found = Reconciliation(redis).state()
    if found is None:
        return
    yield (
        "guichet_messages_recovered_total",
        "Messages whose webhook was missed and that back-fill received.",
        {},
        float(found.recovered),
    )
    yield (
        "guichet_messages_set_aside_total",
        "Messages that couldn't be processed.",
        {},
        float(found.set_aside),
    )
    yield "guichet_messages_lost", "Messages in Twilio's log that are missing here.", {}, float(found.lost)
    yield (
        "guichet_compared_age_seconds",
        "Seconds since Twilio’s log was compared.",
        {},
        at - found.at.timestamp(),
    )


def _hooks(redis: Client, now: datetime) -> Iterable[MetricSample]:
    """Outcomes of events by outgoing webhook; nothing if there are no webhooks."""
    hooks = WebhookEndpoints(redis, lambda: now)
    found = [(hook.name, hooks.condition(hook)) for hook in hooks.all()]
    for name, it in found:
        labels = {"hook": name}
        yield (
            "guichet_hook_events_waiting",
            "Events that wait to be sent.",
            labels,
            float(it.waiting),
        )
    for name, it in found:
        for fate, count in (("sent", it.sent), ("given_up", it.given_up), ("dropped", it.dropped)):
            labels = {"hook": name, "fate": fate}
            yield "guichet_hook_events_total", "Events by outcome.", labels, float(count)
    for name, it in found:
        since = (now - it.failing_since).total_seconds() if it.failing_since else 0.0
        yield (
            "guichet_hook_failing_seconds",
            "Seconds for which an endpoint has been failing.",
            {"hook": name},
            since,
        )
    for name, it in found:
        yield "guichet_hook_on", "Whether the webhook is turned on.", {"hook": name}, float(it.off is None)
