"""A command with an empty list finds and changes nothing; a refused command is no outage."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    DataError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import (
    ConnectionError as StoreLost,
)
from redis.exceptions import (
    TimeoutError as StoreHangs,
)

from runtime.redis_url import connect
from store.outage import is_outage
from store.redis_client import Client

EMPTY: dict[str, tuple[Callable[[Client], Any], object]] = {
    "mget": (lambda redis: redis.mget([]), []),
    "hmget": (lambda redis: redis.hmget("h", []), []),
    "zmscore": (lambda redis: redis.zmscore("z", []), []),
    "smismember": (lambda redis: redis.smismember("s", []), []),
    "delete": (lambda redis: redis.delete(), 0),
    "unlink": (lambda redis: redis.unlink(), 0),
    "exists": (lambda redis: redis.exists(), 0),
    "touch": (lambda redis: redis.touch(), 0),
    "hdel": (lambda redis: redis.hdel("h"), 0),
    "hset": (lambda redis: redis.hset("h", mapping={}), 0),
    "sadd": (lambda redis: redis.sadd("s"), 0),
    "srem": (lambda redis: redis.srem("s"), 0),
    "zadd": (lambda redis: redis.zadd("z", {}), 0),
    "zadd xx": (lambda redis: redis.zadd("z", {}, xx=True, lt=True), 0),
    "zrem": (lambda redis: redis.zrem("z"), 0),
    "xdel": (lambda redis: redis.xdel("x"), 0),
    "rpush": (lambda redis: redis.rpush("l"), 0),
    "lpush": (lambda redis: redis.lpush("l"), 0),
}


@pytest.fixture
def client(redis: Redis, redis_url: str) -> Iterator[Client]:
    with connect(redis_url) as found:
        yield found


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_list_finds_and_changes_nothing(client: Client, name: str) -> None:
    run, nothing = EMPTY[name]
    assert run(client) == nothing
    assert client.dbsize() == 0


@pytest.mark.parametrize("is_transaction", [True, False])
def test_in_a_pipeline_each_keeps_its_place(client: Client, is_transaction: bool) -> None:
    pipe = client.pipeline(transaction=is_transaction)
    for run, _ in EMPTY.values():
        run(pipe)
    pipe.hset("h", mapping={"a": 1})
    pipe.hmget("h", ["a", "b"])
    *found, added, values = pipe.execute()
    assert found == [nothing for _, nothing in EMPTY.values()]
    assert (added, values) == (1, [b"1", None])


def test_a_list_that_is_not_empty_is_sent_as_it_is(client: Client) -> None:
    client.mset({"a": 1, "b": 2})
    assert client.mget(["a", "x", "b"]) == [b"1", None, b"2"]
    assert client.zadd("z", {"one": 1.5}) == 1
    assert client.zmscore("z", ["one", "two"]) == [1.5, None]
    assert client.delete("a", "b") == 2


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (StoreLost("Connection refused"), True),
        (StoreHangs("Timeout reading from socket"), True),
        (BusyLoadingError("LOADING"), True),
        (AuthenticationError("invalid username-password pair"), True),
        (ReadOnlyError("You can't write against a read only replica."), True),
        (OutOfMemoryError("command not allowed when used memory > 'maxmemory'."), True),
        (NoPermissionError("this user has no permissions to run the 'hset' command"), True),
        (ResponseError("MISCONF Redis is configured to save RDB snapshots"), True),
        (ResponseError("Error running script: @user_script:1: -READONLY You can't write"), True),
        (ResponseError("NOREPLICAS Not enough good replicas to write."), True),
        (ResponseError("wrong number of arguments for 'hmget' command"), False),
        (ResponseError("WRONGTYPE Operation against a key holding the wrong kind of value"), False),
        (ResponseError("Error running script (call to f_1): @user_script:2: attempt to index a nil value"), False),
        (DataError("'hset' with no key value pairs"), False),
    ],
)  # fmt: skip
def test_what_is_an_outage(error: RedisError, expected: bool) -> None:
    assert is_outage(error) is expected
