"""What the doctor says of the hooks: each takes what it is told, or since when it does not and what is lost by it."""

from collections.abc import Iterator

from redis import RedisError

from cli.doctor.local_checks import CheckResult
from cli.support.connect import now
from runtime.redis_url import connect
from runtime.settings import Settings
from store.outgoing_webhooks.endpoints import EndpointStatus, WebhookEndpoint, WebhookEndpoints


def hooks(settings: Settings) -> Iterator[CheckResult]:
    """Every hook is told what it is to be told."""
    try:
        with connect(settings.redis_url) as redis:
            known = WebhookEndpoints(redis, now)
            found = [(hook, known.condition(hook)) for hook in known.all()]
    except RedisError:
        return  # the store has a line of its own
    if not found:
        yield CheckResult("hooks", True, "none: no app is told what happens")
    yield from (_finding(hook, it) for hook, it in found)


def _finding(hook: WebhookEndpoint, it: EndpointStatus) -> CheckResult:
    lost = "".join(
        f", {count} {word}" for count, word in ((it.given_up, "given up"), (it.dropped, "dropped")) if count
    )
    if it.off:
        told = f"“{hook.name}” is shut off since {it.off_at:%Y-%m-%d %H:%M} UTC: {it.why}{lost}"
        return CheckResult(
            "hooks", False, f"{told}; guichet hooks test NAME switches it on again, or remove it"
        )
    if it.failing_since:
        told = f"“{hook.name}” fails since {it.failing_since:%Y-%m-%d %H:%M} UTC: {it.why}; {it.waiting} waiting{lost}"
        return CheckResult("hooks", False, told)
    return CheckResult("hooks", True, f"“{hook.name}” takes what it is told; {it.waiting} waiting{lost}")
