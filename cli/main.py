"""The `guichet` command: runs the subcommand, and turns errors into one line and an exit code.

0 success · 1 error, printed on standard error · 2 wrong usage. No traceback, unless GUICHET_DEBUG=1 is set.
Each subcommand has its own module, loaded when needed.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cli.support.errors import CommandError

COMMANDS = {
    "run": ("cli.run.command:run", "Run a whole desk on this machine, with sandbox phones to try it."),
    "web": ("cli.run.processes:web", "Serve webhooks, inbox and overview on PORT."),
    "worker": ("cli.run.processes:worker", "Send messages and run other jobs."),
    "clock": ("cli.run.processes:clock", "Watch deadlines, and queue work that is due."),
    "sandbox": (
        "cli.run.processes:sandbox",
        "Run a local Twilio and Telegram, with phones on a web page.",
    ),
    "doctor": (
        "cli.doctor.command:doctor",
        "Check settings, store, records, providers and policy; print what to fix.",
    ),
    "drill": (
        "cli.drill:drill",
        "Test your policy under error storms, lost responses, kills and two clocks.",
    ),
    "policy": ("cli.policy.command:policy", "Check a policy file; show when a deadline is, and why."),
    "talk": ("cli.talk.command:talk", "Write to a policy's desk as a customer; nothing is stored or sent."),
    "webhooks": ("cli.webhooks:webhooks", "Register the webhooks of the channels."),
    "agents": ("cli.agents:agents", "Add, list and disable the agents and managers of the desk."),
    "tokens": ("cli.tokens:tokens", "Create, list and revoke API tokens for portals and apps."),
    "hooks": ("cli.hooks:hooks", "Notify portals and apps of ticket events with signed calls."),
    "accounts": ("cli.accounts:accounts", "Import and list the accounts of the desk's customers."),
    "tickets": ("cli.tickets:tickets", "Export tickets."),
    "archive": ("cli.archive:archive", "Copy the archive of closed tickets to another database."),
    "contact": ("cli.contact:contact", "Export or erase a customer's data."),
}
"""Where each subcommand is, and its help text: `guichet --help` is fast because it loads none of them."""


class _Commands(click.Group):
    """Loads a subcommand when it's needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guichet", prog_name="guichet")
def guichet() -> None:
    """A support desk inside the chat apps that customers already use."""


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(_run(list(sys.argv[1:] if words is None else words)))


def _run(words: list[str]) -> int:
    try:
        result = guichet.main(words, prog_name="guichet", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CommandError as trouble:
        if os.environ.get("GUICHET_DEBUG"):
            raise
        return _print_error(*trouble.lines)
    except (click.Abort, KeyboardInterrupt):
        return _print_error("stopped")
    except BrokenPipeError:  # the reader of our output, such as head, has ended
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GUICHET_DEBUG"):
            raise
        return _print_error(f"{type(error).__name__}: {error} (GUICHET_DEBUG=1 shows the traceback)")


def _print_error(*lines: str) -> int:
    for line in lines:
        click.echo(f"guichet: {' '.join(line.split())}", err=True)
    return 1


if __name__ == "__main__":
    main()
