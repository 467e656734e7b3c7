"""Failed jobs: counted, postponed longer after each failure, and listed.

They're never dropped: once the cause is fixed, the next attempt succeeds.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store import keys
from store.redis_client import Client

REMEMBERED_FOR = timedelta(days=1)
_SETTLED_AFTER = timedelta(minutes=1)
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=1)

_WAITING_IN = {
    "jobs.tasks.check_deadlines": keys.DEADLINES,
    "jobs.tasks.send_alerts": keys.ALERT_QUEUES,
    "jobs.tasks.run_chore": keys.CHORES,
    "jobs.tasks.fetch_media": keys.MEDIA,
    "jobs.tasks.erase_contact": keys.ERASURES,
    "jobs.tasks.remind": keys.REMINDERS,
}


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A failed job: `name` is its type and ids, `why` the class of the error, never a message."""

    name: str
    times: int
    why: str
    last_at: datetime

    def is_mended(self, now: datetime) -> bool:
        """Whether its next attempt was due and hasn't failed; a message that keeps crashing is given up instead."""
        is_retried = not self.name.startswith("outgoing ") or self.times == 1
        return is_retried and now > self.last_at + _rest(self.times) + _SETTLED_AFTER


def record_failure(redis: Client, function: str, ids: list[str], why: str, now: datetime) -> int:
    """Record a failure and postpone the job; how often it has failed by now."""
    name = " ".join((function, *ids))
    pipe = redis.pipeline(transaction=True)
    pipe.hincrby(keys.failed_job(name), "times", 1)
    pipe.hset(keys.failed_job(name), "why", why)
    pipe.expire(keys.failed_job(name), REMEMBERED_FOR)
    pipe.zadd(keys.FAILED_JOBS, {name: now.timestamp()})
    pipe.zremrangebyscore(keys.FAILED_JOBS, "-inf", (now - REMEMBERED_FOR).timestamp())
    times = int(pipe.execute()[0])
    if function in _WAITING_IN:
        redis.zadd(_WAITING_IN[function], {"|".join(ids): (now + _rest(times)).timestamp()}, xx=True)
    return times


def list_failed_jobs(redis: Client) -> list[FailedJob]:
    """The failures of the last day, latest first."""
    found = redis.zrange(keys.FAILED_JOBS, 0, -1, desc=True, withscores=True)
    return [_trouble(redis, name.decode(), at) for name, at in found]


def _trouble(redis: Client, name: str, at: float) -> FailedJob:
    times, why = redis.hmget(keys.failed_job(name), "times", "why")
    return FailedJob(name, int(times or 0), (why or b"").decode(), datetime.fromtimestamp(at, UTC))


def _rest(times: int) -> timedelta:
    return min(_LONGEST, _FIRST * (1 << min(2 * (times - 1), 12)))
