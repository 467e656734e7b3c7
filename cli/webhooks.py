"""`guichet webhooks set`: registers the webhook with Telegram, and prints what to enter at Twilio."""

import json

import click
from aiogram.exceptions import AiogramError
from aiogram.methods import SetMyCommands, SetWebhook
from aiogram.types import BotCommand
from aiohttp import ClientError

from bot.conversation.commands import Command
from bot.messages import phrases_channel_switch, phrases_intake
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Phrase, Translatable
from channels.event_loop import close_loop
from channels.telegram.bot import BotApiClient
from cli.doctor.provider_checks import TELEGRAM_ROUTE
from cli.support.connect import now
from cli.support.errors import CommandError
from cli.support.local_defaults import load_local_settings
from cli.support.policy_file import read_policy
from i18n.render import render
from runtime.settings import TelegramSettings

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The types of updates that Telegram should send us."""

COMMANDS: dict[Command, Phrase] = {
    Command.NEW: phrases_intake.COMMAND_NEW,
    Command.STATUS: phrases_intake.COMMAND_STATUS,
    Command.HUMAN: phrases_intake.COMMAND_HUMAN,
    Command.HOURS: phrases_intake.COMMAND_HOURS,
    Command.LANGUAGE: phrases_intake.COMMAND_LANGUAGE,
    Command.BACK: phrases_intake.COMMAND_BACK,
    Command.CANCEL: phrases_intake.COMMAND_CANCEL,
    Command.HELP: phrases_intake.COMMAND_HELP,
    Command.START: phrases_intake.COMMAND_START,
}
ACCESS_COMMANDS: dict[Command, Phrase] = {
    Command.ACCESS: phrases_intake.COMMAND_ACCESS,
    Command.REVOKE: phrases_intake.COMMAND_REVOKE,
}


@click.group()
def webhooks() -> None:
    """Register the webhooks of the channels."""


@webhooks.command(name="set")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Print only errors.")
def set_(*, as_json: bool, quiet: bool) -> None:
    """Register Telegram's webhook and commands; print what to enter at Twilio."""
    settings = load_local_settings()
    told: dict[str, object] = {}
    if settings.telegram:
        policy = read_policy(settings.policy)
        known = commands(has_access=bool(policy.access), has_whatsapp=settings.twilio is not None)
        told["telegram"] = register(settings.telegram, settings.public_url, known)
    if settings.twilio:
        told["twilio"] = twilio_fields(settings.public_url)
    if not quiet:
        click.echo(json.dumps(told, indent=2) if as_json else _summary_text(told))


def twilio_fields(public_url: str) -> dict[str, str]:
    """What to enter for the sender at Twilio. The part after # makes Twilio try five times after any failure."""
    url = f"{public_url}/webhooks/whatsapp"
    return {
        "Webhook URL for incoming messages (POST)": f"{url}#rc=5&rp=all",
        "Fallback URL (POST)": f"{url}#rc=5&rp=all",
        "Status callback URL (POST)": f"{url}/status",
    }


def commands(*, has_access: bool, has_whatsapp: bool) -> dict[str, Phrase]:
    """The commands in Telegram's menu, in order, with their descriptions."""
    shown = {**COMMANDS, **(ACCESS_COMMANDS if has_access else {})}
    named = {command.value: phrase for command, phrase in shown.items()}
    return {**named, **({"whatsapp": phrases_channel_switch.COMMAND_WHATSAPP} if has_whatsapp else {})}


def register(telegram: TelegramSettings, public_url: str, known: dict[str, Phrase]) -> dict[str, object]:
    """Register the webhook and the commands in each language; CommandError if Telegram refuses."""
    url = f"{public_url}{TELEGRAM_ROUTE}"
    call = BotApiClient(telegram.bot_token, telegram.api_url)
    try:
        call(
            SetWebhook(
                url=url,
                secret_token=telegram.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=40,
            )
        )
        for locale in LOCALES:
            # English is also the default for apps in a language we don't support
            call(
                SetMyCommands(
                    commands=_commands(known, locale), language_code=None if locale == "en" else locale
                )
            )
    except (AiogramError, ClientError, TimeoutError, OSError) as error:
        raise CommandError(f"Telegram refused {url}: {error}") from error
    finally:
        close_loop()
    return {"url": url, "updates": ALLOWED_UPDATES, "languages": list(LOCALES)}


def _commands(known: dict[str, Phrase], locale: str) -> list[BotCommand]:
    zone, at = now().tzinfo, now()
    assert zone is not None  # noqa: S101 - narrows the type
    return [
        BotCommand(command=name, description=render(Translatable(phrase), locale, zone, at))
        for name, phrase in known.items()
    ]


def _summary_text(result: dict[str, object]) -> str:
    lines = []
    if isinstance(telegram := result.get("telegram"), dict):
        lines += [f"Telegram sends updates to {telegram['url']}; commands are set in {', '.join(LOCALES)}."]
    if isinstance(twilio := result.get("twilio"), dict):
        lines += ["", "At Twilio, enter for the WhatsApp sender:"]
        lines += [f"  {field + ':':<42} {value}" for field, value in twilio.items()]
    return "\n".join(lines).lstrip("\n")
