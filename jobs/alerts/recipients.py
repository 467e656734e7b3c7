"""Recipients of alerts, and the person behind an address: from the settings and the list of agents."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.alerts.alert_actions import Actor
from bot.alerts.alert_text import AlertRecipients
from bot.messages.inbound import Address
from bot.messages.notice import Recipient
from bot.model.ticket import Ticket
from bot.text.choice_matching import single
from bot.text.normalise import fold
from runtime.settings import Settings
from store.agents.agent import Agent
from store.agents.agents import Agents
from store.agents.api_tokens import ApiTokens

CACHED_FOR = timedelta(seconds=5)
"""How long a process caches the agents."""


class StaffDirectory:
    """The people of this desk and their alert addresses."""

    def __init__(
        self, settings: Settings, agents: Agents, tokens: ApiTokens, clock: Callable[[], datetime]
    ) -> None:
        self._settings, self._agents, self._tokens, self._clock = settings, agents, tokens, clock
        self._fixed = {each.address for each in settings.alerts} | _group(settings)
        self._linked: frozenset[Address] = frozenset()
        self._read_at: datetime | None = None

    def people(self) -> AlertRecipients:
        """Everybody, as of now."""
        able = {who: agent for who, agent in self._agents.all().items() if not agent.is_disabled}
        return AlertRecipients(
            managers=self._at_step("managers", able),
            head=self._at_step("head", able),
            team=[self._reader(address, able) for address in _group(self._settings)],
            agent=lambda agent_id: self._agent(able, agent_id),
            name=partial(name_of, self._agents, self._tokens),
            link=partial(ticket_url, self._settings.public_url),
            assignable={who: agent.name for who, agent in able.items()},
        )

    def is_staff(self, address: Address) -> bool:
        """Whether the address belongs to the desk, not a customer; may be some seconds old."""
        return address in self._fixed or address in self._addresses()

    def actor(self, address: Address, sender: Address | None, called: str) -> Actor | None:
        """The person at that address now; `sender` is the person in a group. None for a customer."""
        able = {who: agent for who, agent in self._agents.all().items() if not agent.is_disabled}
        linked = {Address.parse(agent.alerts_to): agent for agent in able.values() if agent.alerts_to}
        if address not in self._fixed and address not in linked:
            return None
        in_group = {Address("telegram", str(a.telegram_id)): a for a in able.values() if a.telegram_id}
        agent = (in_group | linked).get(sender or address)
        reader = self._reader(address, able)
        return Actor(reader, agent.agent_id if agent else "", agent.name if agent else called)

    def report_recipients(self) -> list[Recipient]:
        """Recipients of the daily and weekly report: managers and head, each once."""
        people = self.people()
        return list({reader.lane: reader for reader in (*people.managers, *people.head)}.values())

    def _at_step(self, step: str, able: Mapping[str, Agent]) -> list[Recipient]:
        named = [each for each in self._settings.alerts if each.step == step]
        readers = [Recipient(d.address, d.locale or self._reader(d.address, able).locale) for d in named]
        if step == "managers":
            linked = [a for a in able.values() if a.is_manager and a.alerts_to]
            readers += [self._reader(Address.parse(agent.alerts_to), able) for agent in linked]
        return list({reader.lane: reader for reader in readers}.values())

    def _agent(self, able: Mapping[str, Agent], agent_id: str) -> Recipient | None:
        agent = able.get(agent_id)
        return self._reader(Address.parse(agent.alerts_to), able) if agent and agent.alerts_to else None

    def _reader(self, address: Address, able: Mapping[str, Agent]) -> Recipient:
        """A recipient at that address, in its configured language, else their own, else the managers'."""
        given = (each.locale for each in self._settings.alerts if each.address == address)
        own = (
            agent.locale
            for agent in able.values()
            if agent.alerts_to and Address.parse(agent.alerts_to) == address
        )
        managers = (agent.locale for agent in able.values() if agent.is_manager)
        return Recipient(address, next((locale for locale in (*given, *own, *managers) if locale), "en"))

    def _addresses(self) -> frozenset[Address]:
        now = self._clock()
        if self._read_at is None or not timedelta() <= now - self._read_at < CACHED_FOR:
            agents = self._agents.all().values()
            able = (agent.alerts_to for agent in agents if agent.alerts_to and not agent.is_disabled)
            self._linked = frozenset(map(Address.parse, able))
            self._read_at = now
        return self._linked


class AgentNames:
    """Agents' names: the first name for customers, the full name or sign-in name in a policy."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    def first_name(self, agent_id: str) -> str:
        """Their first name; "" for an unknown id."""
        agent = self._agents.find(agent_id)
        return agent.name.split()[0] if agent and agent.name.split() else ""

    def called(self, name: str) -> str:
        """The id of the active agent with this sign-in name, or else with this unique name; "" if there's none."""
        wanted = fold(name).strip()
        able = [agent for agent in self._agents.all().values() if not agent.is_disabled]
        signs_in = [agent.agent_id for agent in able if fold(agent.login) == wanted]
        named = [agent.agent_id for agent in able if fold(agent.name) == wanted]
        return single(signs_in) or single(named) or ""


def name_of(agents: Agents, tokens: ApiTokens, who: str) -> str:
    """The name of that agent or app; the id itself if it's unknown."""
    agent = agents.find(who)
    return agent.name if agent else tokens.name_of(who) or who


def ticket_url(public_url: str, ticket: Ticket) -> str:
    """The ticket's address in the inbox."""
    return f"{public_url}/inbox/ticket/{ticket.number}"


def _group(settings: Settings) -> set[Address]:
    """The address of the agents' group, if there is one."""
    chat = settings.telegram.inbox_chat if settings.telegram else None
    return {Address("telegram", str(chat))} if chat else set()
