"""Samples for /metrics about sending, by channel."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from jobs.delivery.call_meter import BUCKETS, OUTCOMES
from store import keys
from store.outbox.call_figures import CallFigures, ChannelFigures
from store.outbox.job_queue import CHANNELS
from store.redis_client import Client

MetricSample = tuple[str, str, Mapping[str, str], float]
"""A metric's name, its help in one line, its labels, its value. A histogram has a label `le`, `sum` for its sum."""

_LANES_READ = 1000


def delivery_samples(redis: Client, now: datetime) -> Iterator[MetricSample]:
    """Late lanes, calls in the air, and how calls end."""
    figures = {channel: CallFigures(redis).read(channel, now) for channel in CHANNELS}
    late = _late_by_channel(redis, now.timestamp())
    for channel in CHANNELS:
        yield (
            "guichet_outbox_age_seconds",
            "How late the oldest waiting lane of a channel is.",
            {"channel": channel},
            late.get(channel, 0.0),
        )
    for channel, found in figures.items():
        labels = {"channel": channel}
        yield "guichet_messages_in_air", "Conversations that are being sent to.", labels, float(found.in_air)
    for channel in CHANNELS:
        rests = float(redis.exists(keys.circuit_breaker(channel)))
        yield (
            "guichet_channel_resting",
            "Whether messages wait because the provider gave no clear answer.",
            {"channel": channel},
            rests,
        )
    for channel, found in figures.items():
        for outcome in OUTCOMES:
            labels = {"channel": channel, "outcome": outcome}
            yield (
                "guichet_provider_calls_total",
                "Calls that send a message, by outcome.",
                labels,
                float(found.counts.get(outcome, 0)),
            )
    for channel, found in figures.items():
        yield from _histogram(channel, found)


def _histogram(channel: str, found: ChannelFigures) -> Iterable[MetricSample]:
    name, help_text = "guichet_provider_call_seconds", "How long calls that send a message take."
    total = 0
    for bound in BUCKETS:
        total += found.counts.get(f"le {bound}", 0)
        yield name, help_text, {"channel": channel, "le": str(bound)}, float(total)
    total += found.counts.get("le more", 0)
    yield name, help_text, {"channel": channel, "le": "+Inf"}, float(total)
    yield name, help_text, {"channel": channel, "le": "sum"}, found.seconds


def _late_by_channel(redis: Client, at: float) -> dict[str, float]:
    due = redis.zrangebyscore(keys.LANES, "-inf", at, start=0, num=_LANES_READ, withscores=True)
    late: dict[str, float] = {}
    for member, score in due:
        late.setdefault(member.decode().partition("|")[0], at - score)
    return late
