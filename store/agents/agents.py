"""Agents, and their sign-in by password or one-time link. Knows nothing of HTTP."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from redis import Redis
from redis.client import Pipeline

from bot.messages.errors import GuichetError, NotFound
from store.agents import keys
from store.agents.agent import Agent, Role
from store.agents.login_throttle import LoginThrottle
from store.agents.passwords import Passwords
from store.agents.sessions import Sessions
from store.agents.sign_in_links import SignInLinks


class LoginTaken(GuichetError):
    """Another agent has that sign-in name."""


class WrongCredentials(GuichetError):
    """The name or the password is wrong; the error doesn't say which."""


class Agents:
    """The agents and managers of the desk. `sessions` knows who is signed in."""

    def __init__(
        self, redis: "Redis", clock: Callable[[], datetime], passwords: Passwords | None = None
    ) -> None:
        self._redis, self._clock = redis, clock
        self._passwords = passwords or Passwords()
        self._links = SignInLinks(redis, clock)
        self._throttle = LoginThrottle(redis, clock)
        self.sessions = Sessions(redis, clock)

    def add(self, name: str, login: str, role: Role = Role.AGENT, locale: str = "") -> Agent:
        """A new agent without a password; LoginTaken if another agent has the sign-in name."""
        agent_id = f"a{secrets.token_hex(5)}"
        agent = Agent(agent_id, name.strip(), _bare(login), role, locale, created_at=self._clock())
        if not self._redis.hsetnx(keys.LOGINS, agent.login, agent_id):
            raise LoginTaken(f"the sign-in name {agent.login} is already taken")
        self._redis.hset(keys.AGENTS, agent_id, agent.to_json())
        return agent

    def find(self, agent_id: str) -> Agent | None:
        """The agent with this id, even if disabled."""
        kept = self._redis.hget(keys.AGENTS, agent_id)
        return Agent.from_json(kept) if kept else None

    def find_by_login(self, login: str) -> Agent | None:
        """The agent with this sign-in name, even if disabled."""
        agent_id = self._redis.hget(keys.LOGINS, _bare(login))
        return self.find(agent_id.decode() if isinstance(agent_id, bytes) else agent_id) if agent_id else None

    def all(self) -> Mapping[str, Agent]:
        """All agents by id, with the disabled ones, whose names old threads still show."""
        kept = self._redis.hvals(keys.AGENTS)
        agents = sorted((Agent.from_json(text) for text in kept), key=lambda agent: agent.name.casefold())
        return {agent.agent_id: agent for agent in agents}

    def disable(self, agent_id: str) -> Agent:
        """Disable the agent and end their sessions at once; NotFound."""
        return self._change(agent_id, lambda agent: {"disabled_at": self._clock(), "epoch": agent.epoch + 1})

    def enable(self, agent_id: str) -> Agent:
        """Enable the agent again; NotFound."""
        return self._change(agent_id, lambda _: {"disabled_at": None})

    def set_locale(self, agent_id: str, locale: str) -> Agent:
        """Set the language of their pages; NotFound."""
        return self._change(agent_id, lambda _: {"locale": locale})

    def set_alerts(self, agent_id: str, address: str) -> Agent:
        """Set the address for their alerts, "" for none; NotFound."""
        return self._change(agent_id, lambda _: {"alerts_to": address})

    def set_telegram(self, agent_id: str, telegram_id: int) -> Agent:
        """Link their Telegram account, see `store.agents.telegram_link_codes`; NotFound."""
        return self._change(agent_id, lambda _: {"telegram_id": telegram_id})

    def set_password(self, agent_id: str, password: str) -> Agent:
        """Set a new password and end all their sessions; NotFound."""
        kept_hash = self._passwords.hash(password)
        return self._change(agent_id, lambda agent: {"password_hash": kept_hash, "epoch": agent.epoch + 1})

    def check_password(self, agent: Agent, password: str, place: str) -> bool:
        """Whether it's the password of a signed-in agent. Counts as an attempt; TooManyAttempts."""
        guess = self._throttle.record_attempt(agent.login, place)
        is_right = self._passwords.verify(agent.password_hash, password)
        if is_right:
            self._throttle.clear_attempt(agent.login, guess)
        return is_right

    def sign_in(self, login: str, password: str, place: str) -> Agent:
        """The agent; WrongCredentials, or TooManyAttempts for this account or from this `place`.

        An unknown name, a disabled agent and a missing password take as long as a wrong password.
        """
        login = _bare(login)
        guess = self._throttle.record_attempt(login, place)
        agent = self.find_by_login(login)
        is_right = self._passwords.verify(agent.password_hash if agent else "", password)
        if not agent or not is_right or agent.is_disabled:
            raise WrongCredentials("the name or the password is wrong")
        self._throttle.clear_attempt(login, guess)
        return agent

    def issue_link(self, agent_id: str) -> str:
        """The path of a one-time sign-in page, valid for a day."""
        return f"/sign-in/{self._links.issue(agent_id)}"

    def link_owner(self, token: str) -> Agent | None:
        """The agent of this sign-in link, without using it."""
        return self._able(self._links.owner(token))

    def use_link(self, token: str) -> Agent | None:
        """Use this sign-in link; its agent."""
        return self._able(self._links.use(token))

    def _able(self, agent_id: str) -> Agent | None:
        agent = self.find(agent_id) if agent_id else None
        return agent if agent and not agent.is_disabled else None

    def _change(self, agent_id: str, change: Callable[[Agent], dict[str, Any]]) -> Agent:
        def write(pipe: Pipeline) -> Agent:
            kept = pipe.hget(keys.AGENTS, agent_id)
            if not kept:
                raise NotFound(f"no agent {agent_id}")
            agent = Agent.from_json(kept)
            agent = agent.evolve(**change(agent))
            pipe.multi()
            pipe.hset(keys.AGENTS, agent_id, agent.to_json())
            return agent

        transaction: Any = self._redis.transaction
        agent: Agent = transaction(write, keys.AGENTS, value_from_callable=True)
        return agent


def _bare(login: str) -> str:
    return login.strip().casefold()
