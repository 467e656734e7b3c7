"""How agents come in: passwords, links, limits; on a real store, with the clock passed in."""

import pytest
from argon2 import PasswordHasher
from redis import Redis

from bot.messages.errors import NotFound
from store.agents.agent import Role
from store.agents.agents import Agents, LoginTaken, WrongCredentials
from store.agents.login_throttle import TooManyAttempts
from store.agents.passwords import Passwords, is_too_weak
from tests.fixtures.clock import ManualClock
from tests.fixtures.environment import FAST_PASSWORDS

PASSWORD = "sept ânes bleus"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def agents(redis: Redis, clock: ManualClock) -> Agents:
    return Agents(redis, clock, FAST_PASSWORDS)


def test_an_agent_comes_back_as_they_were_added(agents: Agents, clock: ManualClock) -> None:
    ana = agents.add(" Ana María Ruiz ", "Ana@Example.org ", Role.MANAGER, "es")

    found = agents.find(ana.agent_id)

    assert found == ana
    assert (ana.name, ana.login, ana.initials) == ("Ana María Ruiz", "ana@example.org", "AR")
    assert ana.is_manager
    assert ana.created_at == clock.now
    assert agents.find_by_login("ANA@example.org") == ana


def test_a_sign_in_name_is_given_once_whatever_its_case(agents: Agents) -> None:
    agents.add("Ana", "ana")
    with pytest.raises(LoginTaken):
        agents.add("Another Ana", "ANA")
    assert [agent.name for agent in agents.all().values()] == ["Ana"]


def test_the_right_password_lets_in_and_wrong_ones_do_not(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, PASSWORD)

    assert agents.sign_in("Ana", PASSWORD, "::1").agent_id == ana.agent_id
    for wrong in ("", PASSWORD.upper(), PASSWORD + " ", "x" * 100_000, "\x00"):
        with pytest.raises(WrongCredentials):
            agents.sign_in("ana", wrong, "::1")


def test_the_same_password_typed_on_another_keyboard_is_the_same(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, "sept a\u0302nes bleus")
    assert agents.sign_in("ana", "sept \u00e2nes bleus", "::1")


def test_nobody_comes_in_under_a_name_without_a_password(agents: Agents) -> None:
    agents.add("Ana", "ana")
    for login in ("ana", "nobody", ""):
        with pytest.raises(WrongCredentials):
            agents.sign_in(login, "", "::1")


def test_the_eleventh_guess_within_a_quarter_of_an_hour_is_refused(
    agents: Agents, clock: ManualClock
) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, PASSWORD)
    for guess in range(10):
        with pytest.raises(WrongCredentials):
            agents.sign_in("ana", f"guess {guess}", f"10.0.0.{guess}")
        clock.advance(seconds=1)

    with pytest.raises(TooManyAttempts):
        agents.sign_in("ana", PASSWORD, "10.0.0.99")

    clock.advance(minutes=15)
    assert agents.sign_in("ana", PASSWORD, "10.0.0.99").agent_id == ana.agent_id


def test_refused_guesses_do_not_keep_the_owner_out_for_ever(agents: Agents, clock: ManualClock) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, PASSWORD)
    let_through = 0
    for _ in range(15 * 60):
        clock.advance(seconds=1)
        try:
            agents.sign_in("ana", "guess", "10.0.0.1")
        except WrongCredentials:
            let_through += 1
        except TooManyAttempts:
            pass
    assert let_through == 10
    clock.advance(minutes=15)
    assert agents.sign_in("ana", PASSWORD, "10.0.0.2")


class Counting(PasswordHasher):
    """Counts how often a password was compared."""

    compared = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - as the library names it
        self.compared += 1
        return super().verify(hash, password)  # type: ignore[arg-type]


def test_every_refusal_costs_one_comparison_whatever_its_reason(redis: Redis, clock: ManualClock) -> None:
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    agents = Agents(redis, clock, Passwords(hasher))
    ana, _, cleo = (agents.add(name, name) for name in ("ana", "linkonly", "cleo"))
    agents.set_password(ana.agent_id, PASSWORD)
    agents.set_password(cleo.agent_id, PASSWORD)
    agents.disable(cleo.agent_id)
    for login, password in (("ana", "no"), ("nobody", "no"), ("linkonly", "no"), ("cleo", PASSWORD)):
        hasher.compared = 0
        with pytest.raises(WrongCredentials):
            agents.sign_in(login, password, "::1")
        assert hasher.compared == 1, login


def test_an_unknown_name_is_limited_like_a_known_one(agents: Agents) -> None:
    for _ in range(10):
        with pytest.raises(WrongCredentials):
            agents.sign_in("nobody", "guess", "::1")
    with pytest.raises(TooManyAttempts):
        agents.sign_in("nobody", "guess", "::1")


def test_one_place_has_a_hundred_guesses_an_hour_over_all_names(agents: Agents, clock: ManualClock) -> None:
    for guess in range(100):
        with pytest.raises(WrongCredentials):
            agents.sign_in(f"name {guess}", "guess", "10.0.0.1")
    with pytest.raises(TooManyAttempts):
        agents.sign_in("another name", "guess", "10.0.0.1")
    with pytest.raises(WrongCredentials):
        agents.sign_in("another name", "guess", "10.0.0.2")
    clock.advance(hours=1)
    with pytest.raises(WrongCredentials):
        agents.sign_in("another name", "guess", "10.0.0.1")


def test_signing_in_often_is_not_guessing(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, PASSWORD)
    for _ in range(30):
        assert agents.sign_in("ana", PASSWORD, "::1")


def test_guessing_does_not_end_the_session_of_the_owner(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    cookie = agents.sessions.start(ana)
    for _ in range(12):
        with pytest.raises((WrongCredentials, TooManyAttempts)):
            agents.sign_in("ana", "guess", "::1")
    assert agents.sessions.find(cookie)


def test_a_link_tells_its_owner_without_being_used_and_lets_in_once(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    path = agents.issue_link(ana.agent_id)
    token = path.removeprefix("/sign-in/")

    assert agents.link_owner(token) == ana
    assert agents.link_owner(token) == ana
    assert agents.use_link(token) == ana
    assert agents.use_link(token) is None
    assert agents.link_owner(token) is None


def test_a_link_is_long_and_not_kept(agents: Agents, redis: Redis) -> None:
    token = agents.issue_link(agents.add("Ana", "ana").agent_id).removeprefix("/sign-in/")
    assert len(token) >= 43  # 256 bits in base64
    kept = b" ".join(redis.keys()) + b" ".join(redis.get(key) for key in redis.keys("sign-in-link:*"))
    assert token.encode() not in kept


def test_a_link_is_of_no_use_after_a_day_or_when_made_up(agents: Agents, clock: ManualClock) -> None:
    token = agents.issue_link(agents.add("Ana", "ana").agent_id).removeprefix("/sign-in/")
    clock.advance(hours=24)
    assert agents.link_owner(token) is None
    assert agents.use_link(token) is None
    assert agents.use_link("made-up") is None
    assert agents.use_link("") is None


def test_a_disabled_agent_comes_in_neither_by_password_nor_by_link(agents: Agents) -> None:
    ana = agents.add("Ana", "ana")
    agents.set_password(ana.agent_id, PASSWORD)
    token = agents.issue_link(ana.agent_id).removeprefix("/sign-in/")

    agents.disable(ana.agent_id)

    with pytest.raises(WrongCredentials):
        agents.sign_in("ana", PASSWORD, "::1")
    assert agents.use_link(token) is None
    agents.enable(ana.agent_id)
    assert agents.sign_in("ana", PASSWORD, "::1")


def test_changing_somebody_who_is_not_there_is_told(agents: Agents) -> None:
    for change in (agents.disable, agents.enable):
        with pytest.raises(NotFound):
            change("a0000000000")


def test_hashing_is_argon2id_at_the_measured_cost_and_never_gives_the_same_twice() -> None:
    passwords = Passwords()
    first, second = passwords.hash(PASSWORD), passwords.hash(PASSWORD)
    assert first != second
    assert first.startswith("$argon2id$v=19$m=32768,t=5,p=1$")


@pytest.mark.parametrize(
    "password",
    ["password1234", "QWERTY123456", "aaaaaaaaaaaa", "121212121212", "ana.ruiz-2026", "guichet-guichet"],
)
def test_what_anybody_would_try_first_is_too_easy(password: str) -> None:
    assert is_too_weak(password, known=("ana.ruiz", "Ana"))


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "Zw3!kq9~Lm2#"])
def test_a_good_password_is_not_too_easy(password: str) -> None:
    assert not is_too_weak(password, known=("ana.ruiz", "Ana"))
