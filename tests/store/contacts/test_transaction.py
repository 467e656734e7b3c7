"""One transaction in two round trips: all of it, or nothing."""

import pytest
from redis import Redis
from redis.exceptions import RedisError

from store.contacts.transaction import Script, Transaction


def test_what_is_written_is_written_at_once_at_the_version_that_was_read(redis: Redis) -> None:
    redis.hset("one", "v", 3)
    writes = redis.pipeline().hset("one", "v", 4).rpush("list", "a", b"\xff", 1).set("text", "é")
    with Transaction(redis) as work:
        assert work.commit("one", {"v": 3}, writes)
    assert redis.hget("one", "v") == b"4"
    assert redis.lrange("list", 0, -1) == [b"a", b"\xff", b"1"]
    assert redis.get("text") == "é".encode()


@pytest.mark.parametrize("read", ["", 0, 2, 4])
def test_at_another_version_nothing_is_written(redis: Redis, read: int | str) -> None:
    redis.hset("one", "v", 3)
    with Transaction(redis) as work:
        assert not work.commit("one", {"v": read}, redis.pipeline().hset("one", "v", 9).set("text", "x"))
    assert redis.hget("one", "v") == b"3"
    assert not redis.exists("text")


def test_what_was_never_written_is_at_version_none(redis: Redis) -> None:
    with Transaction(redis) as work:
        assert work.commit("one", {"v": ""}, redis.pipeline().hset("one", "v", 1))
        assert not work.commit("one", {"v": ""}, redis.pipeline().hset("one", "v", 1))


def test_a_full_store_takes_nothing_of_it(redis: Redis) -> None:
    limit = redis.config_get("maxmemory")["maxmemory"]
    redis.config_set("maxmemory", 1)
    try:
        with pytest.raises(RedisError, match="memory"), Transaction(redis) as work:
            work.commit("one", {"v": ""}, redis.pipeline().hset("one", "v", 1).set("text", "x"))
    finally:
        redis.config_set("maxmemory", limit)
    assert not redis.exists("one", "text")


def test_a_script_that_the_store_has_forgotten_is_sent_again(redis: Redis) -> None:
    echo = Script("return ARGV[1]")
    with Transaction(redis) as work:
        assert work.read(echo, ["a"]) == b"a"
        redis.script_flush()
        assert work.read(echo, ["b"]) == b"b"


def test_a_connection_in_doubt_is_not_used_again(redis: Redis) -> None:
    before = _client_id(redis)
    assert _client_id(redis) == before
    with pytest.raises(RedisError), Transaction(redis) as work:
        work.ask("NONSENSE")
    assert _client_id(redis) != before


def _client_id(redis: Redis) -> int:
    with Transaction(redis) as work:
        return int(work.ask("CLIENT", "ID"))
