"""Figures of calls to providers: counted in memory, added up over processes, shown to Prometheus."""

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from redis import Redis

from bot.messages.errors import DeliveryError
from jobs.delivery.call_meter import CallMeter
from jobs.delivery.delivery_metrics import delivery_samples
from store import keys
from store.outbox.call_figures import CallFigures
from tests.fixtures.clock import MONDAY, ManualClock
from webhooks.metrics import MetricsCollector


@pytest.fixture
def hand() -> ManualClock:
    return ManualClock(MONDAY)


def shown(redis: Redis, hand: ManualClock) -> list[str]:
    registry = CollectorRegistry()
    registry.register(MetricsCollector(delivery_samples(redis, hand())))
    return [line for line in generate_latest(registry).decode().splitlines() if 'channel="whatsapp"' in line]


def test_what_two_processes_counted_is_one_histogram(redis: Redis, hand: ManualClock) -> None:
    meters = [CallMeter(CallFigures(redis), hand) for _ in range(2)]
    for meter in meters:
        meter.count("whatsapp", 0.18, None)
        meter.count("whatsapp", 11.0, DeliveryError("unavailable", is_uncertain=True))
        meter.publish({})
        meter.publish({})
    lines = shown(redis, hand)
    for line in (
        'guichet_provider_call_seconds_bucket{channel="whatsapp",le="0.1"} 0.0',
        'guichet_provider_call_seconds_bucket{channel="whatsapp",le="0.2"} 2.0',
        'guichet_provider_call_seconds_bucket{channel="whatsapp",le="10.0"} 2.0',
        'guichet_provider_call_seconds_bucket{channel="whatsapp",le="+Inf"} 4.0',
        'guichet_provider_call_seconds_count{channel="whatsapp"} 4.0',
        'guichet_provider_call_seconds_sum{channel="whatsapp"} 22.36',
        'guichet_provider_calls_total{channel="whatsapp",outcome="accepted"} 2.0',
        'guichet_provider_calls_total{channel="whatsapp",outcome="unclear"} 2.0',
        'guichet_provider_calls_total{channel="whatsapp",outcome="refused"} 0.0',
    ):
        assert line in lines


def test_a_process_that_is_gone_has_nothing_in_the_air(redis: Redis, hand: ManualClock) -> None:
    CallMeter(CallFigures(redis), hand).publish({"whatsapp": 7})
    assert 'guichet_messages_in_air{channel="whatsapp"} 7.0' in shown(redis, hand)
    hand.advance(seconds=30)
    assert 'guichet_messages_in_air{channel="whatsapp"} 0.0' in shown(redis, hand)
    assert not redis.exists(keys.calls_in_air("whatsapp"))


def test_the_age_of_the_outbox_is_that_of_the_oldest_lane_of_a_channel(
    redis: Redis, hand: ManualClock
) -> None:
    due = {"telegram|a": 90, "whatsapp|b": 30, "whatsapp|c": 20, "whatsapp|d": -60}
    redis.zadd(keys.LANES, {lane: (hand() - timedelta(seconds=s)).timestamp() for lane, s in due.items()})
    assert 'guichet_outbox_age_seconds{channel="whatsapp"} 30.0' in shown(redis, hand)
