"""What the doctor and the metrics say of outgoing webhooks that work, fail or are disabled."""

from datetime import UTC, datetime, timedelta

from redis import Redis

from bot.outgoing_webhooks.retry import DisableReason
from cli.doctor.local_checks import CheckResult
from cli.doctor.store_checks import webhooks
from jobs.metrics import metric_samples
from runtime.settings import Settings
from store.outgoing_webhooks.endpoints import WebhookEndpoints
from store.outgoing_webhooks.queue import MAX_WAITING, WebhookQueue
from tests.fixtures.environment import COMPLETE

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
URL = "https://portal.example/hook"


def findings(redis_url: str) -> list[CheckResult]:
    return list(webhooks(Settings.from_environment(COMPLETE | {"REDIS_URL": redis_url})))


def test_a_desk_without_any_has_nothing_to_fix(redis: Redis, redis_url: str) -> None:
    assert findings(redis_url) == [CheckResult("hooks", True, "no outgoing webhooks")]


def test_each_hook_has_a_line_and_a_failing_one_says_why(redis: Redis, redis_url: str) -> None:
    hooks, waiting = WebhookEndpoints(redis, lambda: AT), WebhookQueue(redis)
    well, ill, off = (hooks.add(name, URL).hook_id for name in ("well", "ill", "off"))
    waiting.mark_sent(well, "evt_A1-001_0_0_0", AT)
    waiting.push(redis, ill, "evt_A1-001_0_0_0", b"{}", AT)
    rest = AT + timedelta(seconds=5)
    waiting.mark_failed(ill, "evt_A1-001_0_0_0", "responded 500", AT, rest, 1, rest)
    waiting.push(redis, off, "evt_A1-001_0_0_0", b"{}", AT)
    waiting.disable(off, DisableReason.GONE, "responded 410", AT)
    told = {finding.told for finding in findings(redis_url) if not finding.is_well}
    assert told == {
        "“ill” has been failing since 2026-03-02 09:00 UTC: responded 500; 1 waiting",
        "“off” is disabled since 2026-03-02 09:00 UTC: responded 410; 0 waiting, 1 given up; "
        "guichet hooks test NAME enables it again, or remove it",
    }
    assert len(findings(redis_url)) == 3


def test_what_was_dropped_is_told_even_when_all_is_well_again(redis: Redis, redis_url: str) -> None:
    hook_id, waiting = WebhookEndpoints(redis, lambda: AT).add("portal", URL).hook_id, WebhookQueue(redis)
    for n in range(MAX_WAITING + 2):
        waiting.push(redis, hook_id, f"evt_A1-{n}_0_0_0", b"{}", AT)
    (finding,) = findings(redis_url)
    assert (finding.is_well, finding.told) == (
        True,
        f"“portal” accepts its events; {MAX_WAITING} waiting, 2 dropped",
    )


def test_a_store_that_is_away_is_left_to_its_own_line() -> None:
    assert findings("redis://127.0.0.1:1") == []


def test_the_figures_tell_of_each_hook(redis: Redis) -> None:
    hook_id, waiting = WebhookEndpoints(redis, lambda: AT).add("portal", URL).hook_id, WebhookQueue(redis)
    for n in (1, 2):
        waiting.push(redis, hook_id, f"evt_A1-00{n}_0_0_0", b"{}", AT)
    waiting.mark_failed(hook_id, "evt_A1-001_0_0_0", "responded 500", AT, AT, 1, None)
    told = {
        (name, labels.get("fate", "")): value
        for name, _, labels, value in metric_samples(redis, AT + timedelta(minutes=1))
        if labels.get("hook") == "portal"
    }
    assert told == {
        ("guichet_hook_events_waiting", ""): 1,
        ("guichet_hook_events_total", "sent"): 0,
        ("guichet_hook_events_total", "given_up"): 1,
        ("guichet_hook_events_total", "dropped"): 0,
        ("guichet_hook_failing_seconds", ""): 60,
        ("guichet_hook_on", ""): 1,
    }


def test_without_hooks_there_are_no_such_figures(redis: Redis) -> None:
    assert [name for name, *_ in metric_samples(redis, AT) if "hook_" in name] == []
