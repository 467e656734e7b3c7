"""`guichet agents …`: manages agents and managers, and their one-time sign-in links."""

import json

import click

from bot.messages.localized import LOCALES
from cli.support.connect import now, open_desk
from cli.support.errors import CommandError
from runtime.alert_destinations import alert_address
from store.agents.agent import Agent, Role
from store.agents.agents import Agents, LoginTaken


@click.group()
def agents() -> None:
    """Add, list and disable the agents and managers of the desk."""


@agents.command()
@click.argument("name")
@click.option("--login", required=True, help="Their sign-in name.")
@click.option(
    "--manager", is_flag=True, help="Make them a manager, who also sees the overview and gets alerts."
)
@click.option(
    "--language",
    type=click.Choice(LOCALES),
    default=None,
    help="Language of their pages (default: the browser's).",
)
@click.option("--alerts", default="", help="Address for alerts, such as telegram:42.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(*, name: str, login: str, manager: bool, language: str | None, alerts: str, as_json: bool) -> None:
    """Add NAME, and print a one-time link to sign in and choose a password."""
    alerts_to = _address(alerts)
    if not name.strip() or not login.strip():
        raise click.UsageError("the name and the login must not be empty")
    with open_desk() as (settings, redis):
        people = Agents(redis, now)
        try:
            agent = people.add(name, login, Role.MANAGER if manager else Role.AGENT, language or "")
        except LoginTaken as error:
            raise CommandError(f"{error}; choose another --login") from error
        agent = people.set_alerts(agent.agent_id, alerts_to) if alerts_to else agent
        link = settings.public_url + people.issue_link(agent.agent_id)
    told = f"{agent.name} ({agent.role}) can sign in with this link, once, within a day:\n{link}"
    click.echo(json.dumps(_agent_json(agent) | {"link": link}, ensure_ascii=False) if as_json else told)


@agents.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(*, as_json: bool) -> None:
    """List all agents and managers, with disabled ones."""
    with open_desk() as (_, redis):
        people = [_agent_json(agent) for agent in Agents(redis, now).all().values()]
    if as_json:
        click.echo(json.dumps(people, ensure_ascii=False, indent=2))
    elif not people:
        click.echo("no agents yet: guichet agents add NAME --login LOGIN")
    for each in [] if as_json else people:
        click.echo(f"{each['login']:<20} {each['role']:<8} {each['state']:<9} {each['name']}")


@agents.command()
@click.argument("login")
def disable(login: str) -> None:
    """Disable LOGIN and end their sessions at once. Their past work keeps their name."""
    with open_desk() as (_, redis):
        people = Agents(redis, now)
        agent = people.disable(_find_agent(people, login).agent_id)
    click.echo(f"{agent.name} can no longer sign in")


@agents.command()
@click.argument("login")
def enable(login: str) -> None:
    """Enable LOGIN again."""
    with open_desk() as (_, redis):
        people = Agents(redis, now)
        agent = people.enable(_find_agent(people, login).agent_id)
    click.echo(f"{agent.name} can sign in again")


@agents.command()
@click.argument("login")
def link(login: str) -> None:
    """Print a new one-time sign-in link for LOGIN, for example after a forgotten password."""
    with open_desk() as (settings, redis):
        people = Agents(redis, now)
        agent = _find_agent(people, login)
        if agent.is_disabled:
            raise CommandError(f"{agent.login} is disabled: guichet agents enable {agent.login}")
        click.echo(settings.public_url + people.issue_link(agent.agent_id))


@agents.command()
@click.argument("login")
@click.argument("address")
def alert(login: str, address: str) -> None:
    """Send alerts of LOGIN to ADDRESS: telegram:42, whatsapp:+351…, mailto:…, or “nowhere”."""
    to = "" if address == "nowhere" else _address(address)
    with open_desk() as (_, redis):
        people = Agents(redis, now)
        agent = people.set_alerts(_find_agent(people, login).agent_id, to)
    click.echo(f"{agent.name} gets alerts at {to}" if to else f"{agent.name} gets no alerts")


def _address(text: str) -> str:
    try:
        return str(alert_address(text)) if text else ""
    except ValueError as error:
        raise click.UsageError(f"an address {error}") from error


def _find_agent(people: Agents, login: str) -> Agent:
    agent = people.find_by_login(login)
    if agent is None:
        raise CommandError(f"there is no login “{login}”: see guichet agents list")
    return agent


def _agent_json(agent: Agent) -> dict[str, str]:
    return {
        "id": agent.agent_id,
        "login": agent.login,
        "name": agent.name,
        "role": str(agent.role),
        "language": agent.locale,
        "alerts": agent.alerts_to,
        "state": "disabled" if agent.is_disabled else "active",
    }
