"""Tokens as they are kept: hashed, compared whole, last use known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from redis import Redis

from bot.messages.errors import NotFound
from store.agents.api_tokens import ApiTokens, TokenNameTaken
from tests.fixtures.api_client import secret_part
from tests.fixtures.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def tokens(redis: Redis, clock: ManualClock) -> ApiTokens:
    return ApiTokens(redis, clock)


def test_what_is_kept_does_not_let_anybody_in(redis: Redis, tokens: ApiTokens) -> None:
    token, text = tokens.add("Portal")
    assert tokens.find(text) == token
    assert tokens.find(f"guichet_{token.token_id}_{token.digest[:43]}") is None
    kept = b"".join(redis.dump(key) or b"" for key in redis.scan_iter())
    assert secret_part(text).encode() not in kept


def test_the_secret_of_one_does_not_open_with_the_id_of_another(tokens: ApiTokens) -> None:
    (one, first), (_, second) = tokens.add("Portal"), tokens.add("Shop")
    assert tokens.find(f"guichet_{one.token_id}_{secret_part(second)}") is None
    assert tokens.find(first) == one


def test_last_use_is_known_to_the_minute(tokens: ApiTokens, clock: ManualClock) -> None:
    _, text = tokens.add("Portal")
    assert tokens.all()[0].used_at is None
    first = clock.now
    tokens.find(text)
    clock.now += timedelta(seconds=30)
    tokens.find(text)
    assert tokens.all()[0].used_at == first
    clock.now += timedelta(seconds=31)
    tokens.find(text)
    assert tokens.all()[0].used_at == clock.now


def test_a_wrong_try_is_no_use(tokens: ApiTokens) -> None:
    _, text = tokens.add("Portal")
    tokens.find(text[:-1] + ("A" if text[-1] != "A" else "B"))
    assert tokens.all()[0].used_at is None


def test_of_many_who_take_a_name_at_once_one_has_it(tokens: ApiTokens) -> None:
    def add(_: int) -> bool:
        try:
            tokens.add("Portal")
        except TokenNameTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(16))) == 1
    assert len(tokens.all()) == 1


def test_what_is_revoked_stays_so(tokens: ApiTokens) -> None:
    _, text = tokens.add("Portal")
    tokens.revoke("Portal")
    assert tokens.find(text) is None
    tokens.add("Portal")
    assert tokens.find(text) is None
    with pytest.raises(NotFound):
        tokens.revoke("Shop")
