"""Reads a policy file for a command."""

from pathlib import Path

from bot.policy.policy import Policy, load_policy
from bot.policy.policy_errors import PolicyError
from cli.support.errors import CommandError


def read_policy(path: Path) -> Policy:
    """The policy in the file; CommandError with a line for each mistake."""
    try:
        return load_policy(path)
    except PolicyError as error:
        raise CommandError(*str(error).splitlines()) from error
