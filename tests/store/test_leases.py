"""Leases over a real store: one holder at a time; the dead are succeeded at once where their death can be seen."""

import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis

from store import keys
from store.leases import leased
from tests.fixtures.paths import ROOT

linux_only = pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="sees the dead by /proc")


def test_there_is_one_holder_at_a_time(redis: Redis) -> None:
    with leased(redis, "lane") as first, leased(redis, "lane") as second:
        assert first is not None
        assert second is None
    with leased(redis, "lane") as third:
        assert third is not None


def test_the_holder_learns_that_another_asked_for_it(redis: Redis) -> None:
    with leased(redis, "lane") as first, leased(redis, "lane", asks=True):
        assert first is not None
    assert first.is_wanted
    with leased(redis, "lane") as second, leased(redis, "lane"):
        assert second is not None
    assert not second.is_wanted
    assert not redis.exists(keys.lease_wanted("lane"))


def test_who_lost_it_neither_renews_nor_releases_anothers(redis: Redis) -> None:
    with leased(redis, "lane") as first:
        assert first is not None
        redis.set(keys.lease("lane"), "elsewhere:1:x", px=5000)
        assert not first.renew()
    assert redis.get(keys.lease("lane")) == b"elsewhere:1:x"


HOLDER = """
import os, sys
from datetime import timedelta
from redis import Redis
from store.leases import leased
with leased(Redis.from_url(sys.argv[1]), "lane", timedelta(minutes=5)):
    os.kill(os.getpid(), 9)
"""


@linux_only
def test_a_killed_process_of_this_machine_is_succeeded_at_once(redis: Redis, redis_url: str) -> None:
    subprocess.run([sys.executable, "-c", HOLDER, redis_url], cwd=ROOT, check=False, timeout=60)
    assert redis.pttl(keys.lease("lane")) > 200_000
    with leased(redis, "lane") as lease:
        assert lease is not None
        assert lease.renew()
        assert redis.pttl(keys.lease("lane")) < 20_000


@pytest.mark.parametrize(
    "holder", ["elsewhere:{dead}:x", ":{dead}:x", "{dead}", "", "{here}:0x1:y", "{here}:1:y"]
)
def test_nobody_else_is_taken_for_dead(redis: Redis, holder: str) -> None:
    """Another machine or container, a form that we do not know, a process that lives."""
    with leased(redis, "lane"):
        here = redis.get(keys.lease("lane")).decode().partition(":")[0]
    redis.set(keys.lease("lane"), holder.format(dead=2**22 + 1, here=here), px=60_000)
    with leased(redis, "lane") as lease:
        assert lease is None
