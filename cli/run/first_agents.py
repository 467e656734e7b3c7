"""Adds a first agent and a first manager to a new desk, with one-time sign-in links."""

from cli.support.connect import now
from runtime.redis_url import connect
from runtime.settings import Settings
from store.agents.agent import Agent, Role
from store.agents.agents import Agents, LoginTaken

_FIRST_AGENTS = {Role.AGENT: ("Ana", "ana"), Role.MANAGER: ("Morgan", "morgan")}


def sign_in_links(settings: Settings) -> dict[Role, str]:
    """A one-time sign-in link for an agent and one for a manager, who are added if there are none."""
    with connect(settings.redis_url) as redis:
        agents = Agents(redis, now)
        return {
            role: f"{settings.public_url}{agents.issue_link(_find_or_add_agent(agents, role).agent_id)}"
            for role in Role
        }


def _find_or_add_agent(agents: Agents, role: Role) -> Agent:
    """The oldest one with that role, or a new one."""
    able = [agent for agent in agents.all().values() if agent.role is role and not agent.is_disabled]
    if able:
        return min(able, key=lambda agent: agent.created_at or now())
    name, login = _FIRST_AGENTS[role]
    try:
        return agents.add(name, login, role)
    except LoginTaken:  # the name is taken, perhaps by a disabled agent
        return agents.add(name, f"{login}-{now():%H%M%S}", role)
