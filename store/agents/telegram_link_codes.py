"""One-time codes that link an agent's Telegram account to the inbox. Only their hashes are stored."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.messages.ids import LETTERS
from store.agents import keys
from store.agents.agent import Agent
from store.agents.agents import Agents
from store.agents.login_throttle import LoginThrottle, TooManyAttempts
from store.redis_client import Client

LASTS_FOR = timedelta(minutes=15)
_SIGNS = LETTERS + "346789"
_LENGTH = 8


class TelegramLinkCodes:
    """Issues codes, and knows which Telegram user is which agent."""

    def __init__(self, redis: Client, clock: Callable[[], datetime], agents: Agents) -> None:
        self._redis, self._agents = redis, agents
        self._throttle = LoginThrottle(redis, clock)

    def issue(self, agent_id: str) -> str:
        """A new code of 38 bits, valid for a quarter of an hour. It can't be shown again."""
        code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        self._redis.set(keys.telegram_link_code(code), agent_id, ex=LASTS_FOR)
        return f"{code[:4]}-{code[4:]}"

    def link(self, code: str, telegram_id: int) -> Agent | None:
        """Link the Telegram user to the agent with this code; None for a wrong code or too many attempts."""
        who = f"telegram:{telegram_id}"
        try:
            self._throttle.record_attempt(who, who)
        except TooManyAttempts:
            return None
        bare = "".join(char for char in code.upper() if char.isalnum())
        raw = self._redis.getdel(keys.telegram_link_code(bare))
        agent = self._agents.find(raw.decode()) if raw else None
        if agent is None or agent.is_disabled:
            return None
        self.unlink(agent.agent_id)
        before = self._redis.hget(keys.BY_TELEGRAM_ID, str(telegram_id))
        if before:
            self._agents.set_telegram(before.decode(), 0)
        self._redis.hset(keys.BY_TELEGRAM_ID, str(telegram_id), agent.agent_id)
        return self._agents.set_telegram(agent.agent_id, telegram_id)

    def unlink(self, agent_id: str) -> None:
        """Remove the link."""
        agent = self._agents.find(agent_id)
        if agent and agent.telegram_id:
            self._redis.hdel(keys.BY_TELEGRAM_ID, str(agent.telegram_id))
            self._agents.set_telegram(agent_id, 0)

    def find_agent(self, telegram_id: int) -> Agent | None:
        """The agent with that Telegram user id; None if there is none, or if they're disabled."""
        raw = self._redis.hget(keys.BY_TELEGRAM_ID, str(telegram_id))
        agent = self._agents.find(raw.decode()) if raw else None
        return agent if agent and not agent.is_disabled else None
