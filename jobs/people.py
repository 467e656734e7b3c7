"""Whom the desk can tell of a deadline: from the settings, and from who works here."""

from collections.abc import Sequence
from functools import partial

from bot.alerts import People, Reader
from bot.inbound import Address
from bot.ticket import Ticket
from jobs.settings import Settings
from store.agent import Role
from store.agents import Agents


def people(settings: Settings, agents: Agents) -> People:
    """The people of this desk, as they are now."""
    locale = _managers_locale(agents)
    return People(
        managers=[Reader(address, locale) for address in settings.alerts],
        team=_team(settings, locale),
        agent=lambda agent_id: None,
        name=partial(name_of, agents),
        link=partial(link_to, settings.public_url),
    )


class Names:
    """What agents are called, for customers: the first name."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    def first_name(self, agent_id: str) -> str:
        """Their first name; "" for somebody whom nobody knows."""
        agent = self._agents.find(agent_id)
        return agent.name.split()[0] if agent and agent.name.split() else ""


def name_of(agents: Agents, agent_id: str) -> str:
    """What colleagues call them; the id of somebody whom nobody knows."""
    agent = agents.find(agent_id)
    return agent.name if agent else agent_id


def link_to(public_url: str, ticket: Ticket) -> str:
    """Where that ticket is open in the inbox."""
    return f"{public_url}/inbox/ticket/{ticket.number}"


def _team(settings: Settings, locale: str) -> Sequence[Reader]:
    """The agents' group, where there is one."""
    chat = settings.telegram.inbox_chat if settings.telegram else None
    return (Reader(Address("telegram", str(chat)), locale),) if chat else ()


def _managers_locale(agents: Agents) -> str:
    """The language in which the desk's managers read."""
    managers = (agent for agent in agents.all().values() if agent.role is Role.MANAGER)
    return next((agent.locale for agent in managers if agent.locale), "en")
