"""`guichet tokens`: shown once, listed without their secret, useless once revoked; and what is refused."""

import json
from datetime import UTC, datetime

import pytest
from redis import Redis

from store.agents.api_tokens import ApiTokens
from tests.fixtures.api_client import secret_part
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE

Desk = dict[str, str]


@pytest.fixture
def desk(redis: Redis, redis_url: str) -> Desk:
    """The environment of a desk that no app uses yet."""
    return COMPLETE | {"REDIS_URL": redis_url}


def tokens(redis: Redis) -> ApiTokens:
    return ApiTokens(redis, lambda: datetime.now(UTC))


def test_a_token_is_shown_once_and_lets_its_app_in(guichet: Guichet, desk: Desk, redis: Redis) -> None:
    told = guichet("tokens", "add", "Web  portal", "--json", **desk)
    added = json.loads(told.stdout)
    assert (added["name"], added["role"], added["state"]) == ("Web portal", "agent", "active")
    found = tokens(redis).find(added["token"])
    assert found is not None
    assert found.name == "Web portal"
    listed = guichet("tokens", "list", "--json", **desk).stdout
    assert secret_part(added["token"]) not in listed
    assert json.loads(listed)[0]["used_at"]


def test_a_managers_token_is_made_when_asked_for(guichet: Guichet, desk: Desk, redis: Redis) -> None:
    told = guichet("tokens", "add", "Board", "--role", "manager", **desk)
    text = told.stdout.splitlines()[-1]
    found = tokens(redis).find(text)
    assert found is not None
    assert found.is_manager
    assert "not shown again" in told.stdout


def test_a_revoked_token_opens_nothing_and_its_name_is_free(
    guichet: Guichet, desk: Desk, redis: Redis
) -> None:
    text = guichet("tokens", "add", "Portal", **desk).stdout.splitlines()[-1]
    assert guichet("tokens", "revoke", "portal", **desk).stdout == "the token of Portal no longer works\n"
    assert tokens(redis).find(text) is None
    assert guichet("tokens", "add", "Portal", **desk).returncode == 0
    lines = guichet("tokens", "list", **desk).stdout.splitlines()
    assert [line.split()[2] for line in lines] == ["revoked", "active"]


def test_a_desk_without_any_says_how_to_begin(guichet: Guichet, desk: Desk) -> None:
    assert guichet("tokens", "list", **desk).stdout == "no tokens yet: guichet tokens add NAME\n"


def test_a_name_in_use_is_refused(guichet: Guichet, desk: Desk) -> None:
    guichet("tokens", "add", "Portal", **desk)
    told = guichet("tokens", "add", "PORTAL", **desk)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        "guichet: a token named PORTAL already exists; choose another name, or revoke it first\n"
    )


def test_a_name_that_nobody_has_cannot_be_revoked(guichet: Guichet, desk: Desk) -> None:
    told = guichet("tokens", "revoke", "Portal", **desk)
    assert told.returncode == 1
    assert told.stderr == "guichet: there is no active token named Portal; see guichet tokens list\n"


@pytest.mark.parametrize(
    "words",
    [
        ["add"],
        ["add", " "],
        ["add", "x" * 61],
        ["add", "a\x1b[2J"],
        ["add", "A", "--role", "king"],
        ["revoke"],
    ],
)
def test_half_a_token_is_wrong_usage(guichet: Guichet, desk: Desk, words: list[str]) -> None:
    assert guichet("tokens", *words, **desk).returncode == 2


def test_a_store_that_is_away_is_one_line(guichet: Guichet, desk: Desk) -> None:
    told = guichet("tokens", "list", **desk | {"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: the store doesn’t respond")
    assert len(told.stderr.splitlines()) == 1
