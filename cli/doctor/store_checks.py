"""The doctor's checks of the store's content: records, failed jobs, unprocessed posts and outgoing webhooks."""

import time
from collections import defaultdict
from collections.abc import Iterator

from redis import Redis, RedisError

from archive import Archive
from bot.policy.policy import load_policy
from bot.policy.policy_errors import PolicyError
from cli.doctor.local_checks import CheckResult
from cli.support.connect import ARCHIVE_TIMEOUT, now
from jobs.archiving.archiver import build_archiver
from runtime.redis_url import connect
from runtime.settings import Settings
from store import keys
from store.archive.archive_state import desk_id
from store.integrity.audit import AuditReport, Fault, audit
from store.integrity.failed_jobs import FailedJob, list_failed_jobs
from store.integrity.repair import Repair
from store.outbox.job_queue import JobQueue
from store.outbox.outbox import Outbox
from store.outgoing_webhooks.endpoints import EndpointStatus, WebhookEndpoints
from store.policies import StoredPolicies

RECHECK_DELAY = 1.5
"""Seconds after which writes in progress are complete."""

SHOWN = 3


def records(settings: Settings) -> Iterator[CheckResult]:
    """The store has no audit faults, failed jobs or unprocessed posts."""
    try:
        with connect(settings.redis_url, timeout=30) as redis:
            yield from _audit_results(_run_audit(redis, settings))
            yield from _failed_jobs(redis)
            yield _unprocessed_webhooks(redis)
    except (RedisError, PolicyError):
        return  # reported by another check


def webhooks(settings: Settings) -> Iterator[CheckResult]:
    """Every outgoing webhook accepts its events."""
    try:
        with connect(settings.redis_url) as redis:
            known = WebhookEndpoints(redis, now)
            found = [(hook.name, known.condition(hook)) for hook in known.all()]
    except RedisError:
        return  # reported by another check
    if not found:
        yield CheckResult("hooks", True, "no outgoing webhooks")
    yield from (_webhook(name, it) for name, it in found)


def repair(settings: Settings) -> list[tuple[Fault, bool]]:
    """Repair what the audit finds; each fault, and whether it was repaired."""
    with connect(settings.redis_url, timeout=30) as redis:
        job_queue = JobQueue(redis)
        archive = Archive(settings.archive_url, lambda: desk_id(redis), timeout=ARCHIVE_TIMEOUT)
        settle = build_archiver(redis, archive, load_policy(settings.policy), now).settle
        mending = Repair(redis, Outbox(redis, job_queue), job_queue, settle)
        return [(fault, mending.repair(fault, now())) for fault in _run_audit(redis, settings).faults]


def _run_audit(redis: Redis, settings: Settings) -> AuditReport:
    policies = StoredPolicies(redis, load_policy(settings.policy))
    archive = Archive(settings.archive_url, lambda: desk_id(redis), timeout=ARCHIVE_TIMEOUT)
    return audit(redis, policies, lambda: time.sleep(RECHECK_DELAY), archive)


def _audit_results(found: AuditReport) -> Iterator[CheckResult]:
    if not found.faults:
        told = f"{found.tickets} tickets, {found.entries} entries, {found.messages} messages, all reachable"
        yield CheckResult("records", True, told)
    by_rule = defaultdict(list)
    for fault in found.faults:
        by_rule[fault.rule].append(fault.name)
    for rule, names in by_rule.items():
        some = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
        yield CheckResult("records", False, f"{len(names)} × {rule} ({some}): guichet doctor --repair")


def _failed_jobs(redis: Redis) -> Iterator[CheckResult]:
    found = list_failed_jobs(redis)
    if not found:
        yield CheckResult("work", True, "no failed jobs within a day")
    at = now()
    failing = [each for each in found if not each.is_mended(at)]
    for each in failing[:SHOWN]:
        yield CheckResult("work", False, f"{_failure(each)}; see the logs")
    if len(failing) > SHOWN:
        yield CheckResult("work", False, f"{len(failing) - SHOWN} more jobs failed")
    mended = [each for each in found if each.is_mended(at)]
    if mended:
        told = f"{_failure(mended[0])}, and not since"
        more = f"; so did {len(mended) - 1} more" if len(mended) > 1 else ""
        yield CheckResult("work", True, told + more)


def _failure(job: FailedJob) -> str:
    times = "once" if job.times == 1 else f"{job.times} times"
    return f"{job.name} failed {times}, last at {job.last_at:%H:%M:%S} UTC: {job.why}"


def _webhook(name: str, it: EndpointStatus) -> CheckResult:
    counts = ((it.waiting, "waiting"), (it.given_up, "given up"), (it.dropped, "dropped"))
    events = ", ".join(f"{count} {fate}" for count, fate in counts if count or fate == "waiting")
    if it.off:
        told = f"“{name}” is disabled since {it.off_at:%Y-%m-%d %H:%M} UTC: {it.why}; {events}"
        return CheckResult("hooks", False, f"{told}; guichet hooks test NAME enables it again, or remove it")
    if it.failing_since:
        told = f"“{name}” has been failing since {it.failing_since:%Y-%m-%d %H:%M} UTC: {it.why}; {events}"
        return CheckResult("hooks", False, told)
    return CheckResult("hooks", True, f"“{name}” accepts its events; {events}")


def _unprocessed_webhooks(redis: Redis) -> CheckResult:
    count = redis.xlen(keys.SET_ASIDE)
    told = (
        f"{count} posts from providers could not be processed and are kept in {keys.SET_ASIDE}: report them"
    )
    return CheckResult("posts", not count, told if count else "all were processed")
