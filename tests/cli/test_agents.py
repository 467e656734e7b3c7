"""`guichet agents`: added, listed, shut out, let in again; and what is refused."""

import json
from datetime import UTC, datetime

import pytest
from redis import Redis

from store.agents.agents import Agents
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE

Desk = dict[str, str]


@pytest.fixture
def desk(redis: Redis, redis_url: str) -> Desk:
    """The environment of a desk that nobody works at yet."""
    return COMPLETE | {"REDIS_URL": redis_url, "PUBLIC_URL": "https://desk.example"}


def people(redis: Redis) -> Agents:
    return Agents(redis, lambda: datetime.now(UTC))


def test_an_agent_is_added_with_a_link_that_lets_them_in_once(
    guichet: Guichet, desk: Desk, redis: Redis
) -> None:
    told = guichet("agents", "add", "Ana Silva", "--login", "Ana", "--json", **desk)
    added = json.loads(told.stdout)
    assert (told.returncode, added["login"], added["role"]) == (0, "ana", "agent")
    assert added["link"].startswith("https://desk.example/sign-in/")
    token = added["link"].rpartition("/")[2]
    owner = people(redis).use_link(token)
    assert owner is not None
    assert owner.name == "Ana Silva"
    assert people(redis).use_link(token) is None


def test_everybody_is_listed_with_role_and_state(guichet: Guichet, desk: Desk) -> None:
    guichet("agents", "add", "Ana", "--login", "ana", **desk)
    guichet("agents", "add", "Max", "--login", "max", "--manager", "--language", "fr", **desk)
    guichet("agents", "disable", "ana", **desk)
    listed = json.loads(guichet("agents", "list", "--json", **desk).stdout)
    rows = [(each["login"], each["role"], each["state"], each["language"]) for each in listed]
    assert rows == [("ana", "agent", "disabled", ""), ("max", "manager", "active", "fr")]
    assert len(guichet("agents", "list", **desk).stdout.splitlines()) == 2


def test_somebody_shut_out_gets_no_link_until_let_in_again(guichet: Guichet, desk: Desk) -> None:
    guichet("agents", "add", "Ana", "--login", "ana", **desk)
    assert guichet("agents", "disable", "ANA", **desk).returncode == 0
    refused = guichet("agents", "link", "ana", **desk)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is disabled" in refused.stderr
    guichet("agents", "enable", "ana", **desk)
    assert guichet("agents", "link", "ana", **desk).stdout.startswith("https://desk.example/sign-in/")


def test_a_desk_without_anybody_says_how_to_begin(guichet: Guichet, desk: Desk) -> None:
    assert "guichet agents add" in guichet("agents", "list", **desk).stdout


def test_a_login_in_use_is_refused(guichet: Guichet, desk: Desk) -> None:
    guichet("agents", "add", "Ana", "--login", "ana", **desk)
    told = guichet("agents", "add", "Another", "--login", "ANA", **desk)
    assert told.returncode == 1
    assert told.stderr == "guichet: the sign-in name ana is already taken; choose another --login\n"


@pytest.mark.parametrize("command", ["disable", "enable", "link"])
def test_an_unknown_login_is_one_line(guichet: Guichet, desk: Desk, command: str) -> None:
    told = guichet("agents", command, "nobody", **desk)
    assert told.returncode == 1
    assert told.stderr == "guichet: there is no login “nobody”: see guichet agents list\n"


@pytest.mark.parametrize(
    "words", [["add", " ", "--login", "x"], ["add", "Ana"], ["add", "A", "--login", "a", "--language", "de"]]
)
def test_half_a_person_is_wrong_usage(guichet: Guichet, desk: Desk, words: list[str]) -> None:
    assert guichet("agents", *words, **desk).returncode == 2


def test_a_store_that_is_away_is_one_line(guichet: Guichet, desk: Desk) -> None:
    told = guichet("agents", "list", **desk | {"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: the store doesn’t respond")
    assert len(told.stderr.splitlines()) == 1


def test_without_a_store_in_the_environment_the_desk_in_var_is_meant(guichet: Guichet) -> None:
    """As after `guichet run` was stopped: its data are still there for the other commands."""
    assert guichet("agents", "add", "Ana", "--login", "ana").returncode == 0
    assert "ana" in guichet("agents", "list").stdout
