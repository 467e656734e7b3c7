"""The `guichet` command: finds the subcommand, and turns whatever happens into a line and an exit code.

0 fine · 1 something is wrong, said on standard error · 2 wrong usage. Never a traceback, unless
GUICHET_DEBUG=1 asks for it. Does nothing itself; each subcommand has its own module, loaded when asked for.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cli.trouble import Trouble

COMMANDS = {
    "run": "cli.run:run",
    "web": "cli.processes:web",
    "worker": "cli.processes:worker",
    "clock": "cli.processes:clock",
    "sandbox": "cli.processes:sandbox",
    "doctor": "cli.doctor:doctor",
    "drill": "cli.drill:drill",
    "policy": "cli.policy:policy",
    "webhooks": "cli.webhooks:webhooks",
    "agents": "cli.agents:agents",
    "tokens": "cli.tokens:tokens",
    "accounts": "cli.accounts:accounts",
    "tickets": "cli.tickets:tickets",
    "contact": "cli.contact:contact",
}


class _Commands(click.Group):
    """Loads a subcommand when it is asked for, so that `guichet --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guichet", prog_name="guichet")
def guichet() -> None:
    """A support desk inside the chat apps that customers already use."""


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(_code(list(sys.argv[1:] if words is None else words)))


def _code(words: list[str]) -> int:
    try:
        result = guichet.main(words, prog_name="guichet", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Trouble as trouble:
        if os.environ.get("GUICHET_DEBUG"):
            raise
        return _say(*trouble.lines)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped")
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GUICHET_DEBUG"):
            raise
        return _say(f"{type(error).__name__}: {error} (GUICHET_DEBUG=1 shows where)")


def _say(*lines: str) -> int:
    for line in lines:
        click.echo(f"guichet: {' '.join(line.split())}", err=True)
    return 1


if __name__ == "__main__":
    main()
