"""What counts as an outage of the store, and what is our own fault."""

import pytest
from redis import Redis
from redis.exceptions import DataError, RedisError, ResponseError, WatchError

from runtime.redis_url import connect
from store.outage import is_outage


def test_a_store_that_is_away_full_or_read_only_is_an_outage(redis: Redis) -> None:
    with connect("redis://127.0.0.1:1") as away:
        assert is_outage(_refusal(away, "SET", "k", "v"))
    redis.config_set("maxmemory", "1")
    assert is_outage(_refusal(redis, "SET", "k", "v"))
    assert is_outage(_refusal(redis, "EVAL", "return redis.call('SET', 'k', 'v')", "0"))
    redis.config_set("maxmemory", "0")
    redis.execute_command("REPLICAOF", "127.0.0.1", "1")
    assert is_outage(_refusal(redis, "SET", "k", "v"))
    redis.execute_command("REPLICAOF", "NO", "ONE")
    redis.config_set("min-replicas-to-write", "1")
    assert is_outage(_refusal(redis, "SET", "k", "v"))
    redis.config_set("min-replicas-to-write", "0")
    assert is_outage(ResponseError("MISCONF the disk is full"))
    assert is_outage(WatchError("the connection broke"))


@pytest.mark.parametrize(
    "command",
    [("HMGET", "k"), ("NONSENSE",), ("SET", "k", "v", "EX", "-1"), ("EVAL", "return nonsense()", "0")],
)
def test_a_wrong_command_is_our_own_fault(redis: Redis, command: tuple[str, ...]) -> None:
    assert not is_outage(_refusal(redis, *command))
    assert not is_outage(DataError("no list"))
    assert not is_outage(ValueError())


def test_the_wrong_type_of_a_key_is_our_own_fault(redis: Redis) -> None:
    redis.set("k", "v")
    assert not is_outage(_refusal(redis, "LPUSH", "k", "v"))


def _refusal(redis: Redis, *command: str) -> RedisError:
    with pytest.raises(RedisError) as refused:
        redis.execute_command(*command)
    return refused.value
