"""Work that fails for a reason of its own, time after time: counted, put off longer each time, and listed.

It is never dropped: whoever mends the cause finds it done at the next try.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store import keys
from store.redis_client import Client

REMEMBERED_FOR = timedelta(days=1)
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=1)

_WAITING_IN = {
    "jobs.tasks.check_deadlines": keys.DEADLINES,
    "jobs.tasks.send_alerts": keys.ALERT_QUEUES,
    "jobs.tasks.run_chore": keys.CHORES,
    "jobs.tasks.fetch_media": keys.MEDIA,
}


@dataclass(frozen=True, slots=True)
class FailedJob:
    """One piece of work that failed: `name` is the job with its ids, `why` a class of error, never a text."""

    name: str
    times: int
    why: str
    last_at: datetime


def record_failure(redis: Client, function: str, ids: list[str], why: str, now: datetime) -> int:
    """Note one more failure and put the work off; how often it has failed by now."""
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
    """What failed within a day, the latest first."""
    found = redis.zrange(keys.FAILED_JOBS, 0, -1, desc=True, withscores=True)
    return [_trouble(redis, name.decode(), at) for name, at in found]


def _trouble(redis: Client, name: str, at: float) -> FailedJob:
    times, why = redis.hmget(keys.failed_job(name), "times", "why")
    return FailedJob(name, int(times or 0), (why or b"").decode(), datetime.fromtimestamp(at, UTC))


def _rest(times: int) -> timedelta:
    return min(_LONGEST, _FIRST * (1 << min(2 * (times - 1), 12)))
