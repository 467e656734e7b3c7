"""`guichet tokens …`: manages API tokens for portals and apps. A token is shown once, when it's created."""

import json
from datetime import datetime

import click

from bot.messages.errors import NotFound
from cli.support.connect import now, open_desk
from cli.support.errors import CommandError
from store.agents.agent import Role
from store.agents.api_tokens import ApiToken, ApiTokens, TokenNameTaken


@click.group()
def tokens() -> None:
    """Create, list and revoke API tokens for portals and apps."""


@tokens.command()
@click.argument("name")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), default="agent", show_default=True,
    help="A manager's token can also read the overview.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(*, name: str, role: str, as_json: bool) -> None:
    """Create a token for NAME, which threads show as the author of what the app does."""
    name = parse_app_name(name)
    with open_desk() as (_, redis):
        try:
            token, text = ApiTokens(redis, now).add(name, Role(role))
        except TokenNameTaken as error:
            raise CommandError(f"{error}; choose another name, or revoke it first") from error
    if as_json:
        click.echo(json.dumps(_token_json(token) | {"token": text}, ensure_ascii=False))
        return
    click.echo(f"token of {token.name} ({token.role}); it is not shown again:\n{text}")


@tokens.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(*, as_json: bool) -> None:
    """List all tokens by name, with revoked ones. The tokens themselves are never shown."""
    with open_desk() as (_, redis):
        found = [_token_json(token) for token in ApiTokens(redis, now).all()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("no tokens yet: guichet tokens add NAME")
    for each in [] if as_json else found:
        used = each["used_at"] or "never"
        click.echo(f"{each['id']}  {each['role']:<8} {each['state']:<8} used {used:<17} {each['name']}")


@tokens.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Revoke the token of NAME at once."""
    with open_desk() as (_, redis):
        try:
            token = ApiTokens(redis, now).revoke(name)
        except NotFound as error:
            raise CommandError(f"{error}; see guichet tokens list") from error
    click.echo(f"the token of {token.name} no longer works")


def _token_json(token: ApiToken) -> dict[str, str]:
    return {
        "id": token.token_id,
        "name": token.name,
        "role": str(token.role),
        "state": "revoked" if token.revoked_at else "active",
        "created_at": _minute(token.created_at),
        "used_at": _minute(token.used_at),
    }


def _minute(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%MZ") if at else ""


LONGEST_NAME = 60


def parse_app_name(text: str) -> str:
    """The name, with single spaces; UsageError if it isn't valid."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise click.UsageError(f"a name must have 1 to {LONGEST_NAME} characters")
    return name
