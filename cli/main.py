"""The `guichet` command: finds the subcommand, and turns whatever happens into a line and an exit code.

0 fine · 1 something is wrong, said on standard error · 2 wrong usage. Never a traceback, unless
GUICHET_DEBUG=1 asks for it. Does nothing itself; each subcommand has its own module, loaded when asked for.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cli.support.errors import CommandError

COMMANDS = {
    "run": ("cli.run.command:run", "Run a whole desk on this machine, with phones to try it."),
    "web": ("cli.run.processes:web", "Serve webhooks, inbox and overview on PORT."),
    "worker": ("cli.run.processes:worker", "Send what is due to be sent, and do the other jobs."),
    "clock": ("cli.run.processes:clock", "Watch the deadlines, and see that nothing is left waiting."),
    "sandbox": (
        "cli.run.processes:sandbox",
        "Play Twilio and Telegram on this machine, with phones on a page.",
    ),
    "doctor": (
        "cli.doctor.command:doctor",
        "Look at settings, store, records, providers and policy; say what to mend.",
    ),
    "drill": ("cli.drill:drill", "Try storms, lost answers, kills, two clocks, under your policy."),
    "policy": ("cli.policy.command:policy", "Check a policy file; ask it when something falls due, and why."),
    "webhooks": ("cli.webhooks:webhooks", "Where the channels send what customers write."),
    "agents": ("cli.agents:agents", "Add, list and disable the agents and managers of the desk."),
    "tokens": ("cli.tokens:tokens", "Give portals and apps a way in, and take it back."),
    "hooks": ("cli.hooks:hooks", "Notify portals and apps of ticket events with signed calls."),
    "accounts": ("cli.accounts:accounts", "Import and list the accounts of the desk's customers."),
    "tickets": ("cli.tickets:tickets", "Take the desk's tickets elsewhere."),
    "archive": ("cli.archive:archive", "Copy the archive of closed tickets into another database."),
    "contact": ("cli.contact:contact", "What is kept of one customer, by ADDRESS."),
}
"""Where each is, and what `guichet --help` says of it, so that help is quick: some load a provider's whole library."""


class _Commands(click.Group):
    """Loads a subcommand when it is asked for."""

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
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GUICHET_DEBUG"):
            raise
        return _print_error(f"{type(error).__name__}: {error} (GUICHET_DEBUG=1 shows where)")


def _print_error(*lines: str) -> int:
    for line in lines:
        click.echo(f"guichet: {' '.join(line.split())}", err=True)
    return 1


if __name__ == "__main__":
    main()
