"""Sessions: how long they last, and what ends them; on a real store, with the clock passed in."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from store.agents.agent import Agent
from store.agents.agents import Agents

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class SignedInAgent:
    """Agents on a clock that is set by hand."""

    def __init__(self, redis: Redis) -> None:
        self.now = START
        self.agents = Agents(redis, lambda: self.now)
        self.ana = self.agents.add("Ana", "ana")

    def is_in(self, cookie: str, *, is_active: bool = True) -> bool:
        return self.agents.sessions.find(cookie, is_active=is_active) is not None


@pytest.fixture
def desk(redis: Redis) -> SignedInAgent:
    return SignedInAgent(redis)


def test_a_session_tells_who_is_asking(desk: SignedInAgent) -> None:
    signed_in = desk.agents.sessions.find(desk.agents.sessions.start(desk.ana))
    assert signed_in
    assert signed_in.agent == desk.ana
    assert len(signed_in.session.csrf) >= 43


def test_every_session_has_an_id_and_a_csrf_token_of_its_own(desk: SignedInAgent) -> None:
    cookies = [desk.agents.sessions.start(desk.ana) for _ in range(3)]
    found = [desk.agents.sessions.find(cookie) for cookie in cookies]
    assert len(set(cookies)) == 3
    assert len({signed_in.session.csrf for signed_in in found if signed_in}) == 3


def test_the_secret_is_not_kept(desk: SignedInAgent, redis: Redis) -> None:
    secret = desk.agents.sessions.start(desk.ana).partition(".")[2]
    kept = b" ".join(redis.keys()) + b" ".join(redis.get(key) for key in redis.keys("session:*"))
    assert secret.encode() not in kept


def test_half_an_hour_without_a_sign_of_a_person_ends_it(desk: SignedInAgent) -> None:
    cookie = desk.agents.sessions.start(desk.ana)
    for _ in range(29):
        desk.now += timedelta(minutes=1)
        assert desk.is_in(cookie, is_active=False)
    desk.now += timedelta(minutes=1)
    assert not desk.is_in(cookie, is_active=False)
    assert not desk.is_in(cookie)


def test_work_keeps_it_alive_for_twelve_hours_and_not_longer(desk: SignedInAgent) -> None:
    cookie = desk.agents.sessions.start(desk.ana)
    while desk.now < START + timedelta(hours=11, minutes=50):
        desk.now += timedelta(minutes=10)
        assert desk.is_in(cookie)
    desk.now += timedelta(minutes=10)
    assert not desk.is_in(cookie)


def test_signing_out_ends_this_session_only(desk: SignedInAgent) -> None:
    here, there = desk.agents.sessions.start(desk.ana), desk.agents.sessions.start(desk.ana)
    desk.agents.sessions.end(here)
    desk.agents.sessions.end(here)
    assert not desk.is_in(here)
    assert desk.is_in(there)


def test_a_disabled_agent_is_out_at_once_and_stays_out_when_enabled_again(desk: SignedInAgent) -> None:
    cookie = desk.agents.sessions.start(desk.ana)
    desk.agents.disable(desk.ana.agent_id)
    assert not desk.is_in(cookie)
    desk.agents.enable(desk.ana.agent_id)
    assert not desk.is_in(cookie)


def test_a_new_password_ends_every_session_begun_before(desk: SignedInAgent) -> None:
    cookie = desk.agents.sessions.start(desk.ana)
    changed = desk.agents.set_password(desk.ana.agent_id, "sept ânes bleus")
    assert not desk.is_in(cookie)
    assert desk.is_in(desk.agents.sessions.start(changed))


def test_a_request_that_was_under_way_does_not_revive_an_ended_session(
    desk: SignedInAgent, redis: Redis
) -> None:
    cookie = desk.agents.sessions.start(desk.ana)
    desk.now += timedelta(minutes=5)
    assert desk.is_in(cookie)  # writes the session again, as seen now
    desk.agents.sessions.end(cookie)
    assert not desk.is_in(cookie)
    assert redis.keys("session:*") == []


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "secret", "a" * 5000 + ".x", "é.\x00"])
def test_a_made_up_cookie_lets_nobody_in(desk: SignedInAgent, cookie: str) -> None:
    assert not desk.is_in(cookie)


def test_the_secret_of_one_agent_does_not_let_another_in(desk: SignedInAgent) -> None:
    secret = desk.agents.sessions.start(desk.ana).partition(".")[2]
    ben: Agent = desk.agents.add("Ben", "ben")
    assert not desk.is_in(f"{ben.agent_id}.{secret}")
