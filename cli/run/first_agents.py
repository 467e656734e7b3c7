"""The first agent and the first manager of a desk that has none, and links by which they come in."""

from cli.support.connect import now
from runtime.redis_url import connect
from runtime.settings import Settings
from store.agents.agent import Agent, Role
from store.agents.agents import Agents, LoginTaken

_FIRST_AGENTS = {Role.AGENT: ("Ana", "ana"), Role.MANAGER: ("Morgan", "morgan")}


def sign_in_links(settings: Settings) -> dict[Role, str]:
    """A one-time link for an agent and one for a manager, who are added where the desk has none."""
    with connect(settings.redis_url) as redis:
        agents = Agents(redis, now)
        return {
            role: f"{settings.public_url}{agents.issue_link(_find_or_add_agent(agents, role).agent_id)}"
            for role in Role
        }


def _find_or_add_agent(agents: Agents, role: Role) -> Agent:
    """The one with that role who has been here longest, else a new one."""
    able = [agent for agent in agents.all().values() if agent.role is role and not agent.is_disabled]
    if able:
        return min(able, key=lambda agent: agent.created_at or now())
    name, login = _FIRST_AGENTS[role]
    try:
        return agents.add(name, login, role)
    except LoginTaken:  # that name is another's, or was disabled
        return agents.add(name, f"{login}-{now():%H%M%S}", role)
