"""The settings: one frozen object, read once from an environment, refused with every problem named together.

Nothing reads the environment later. Secrets are in no repr and in no message.

    SettingsError           the environment is not usable; `.problems` has one line for each thing to mend
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from runtime.environment import Environment
from runtime.redis_url import redis_url
from runtime.setting_parsers import (
    AlertDestination,
    alert_destinations,
    base_url,
    digit,
    matching,
    one_of,
    phone_number,
    port,
    url_of,
    whole_number,
)

DEFAULTS: Mapping[str, str] = {
    "REDIS_URL": "",
    "PUBLIC_URL": "",
    "PORT": "8000",
    "SANDBOX_PORT": "8001",
    "TRUSTED_PROXIES": "0",
    "SECRET_KEY": "",
    "TWILIO_ACCOUNT_SID": "",
    "TWILIO_AUTH_TOKEN": "",
    "TWILIO_AUTH_TOKEN_SECONDARY": "",
    "TWILIO_WHATSAPP_NUMBER": "",
    "TWILIO_API_URL": "https://api.twilio.com",
    "TELEGRAM_BOT_TOKEN": "",
    "TELEGRAM_WEBHOOK_SECRET": "",
    "TELEGRAM_API_URL": "https://api.telegram.org",
    "TELEGRAM_INBOX_CHAT": "",
    "ALERTS": "",
    "POLICY": "",
    "ARCHIVE_URL": "sqlite:///var/archive.db",
    "SMTP_URL": "",
    "MEDIA_DIR": "var/media",
    "LOG_LEVEL": "info",
    "LOG_FORMAT": "",
}
"""Every setting there is and its default outside `guichet run`; the README's table is checked against it."""

TWILIO_NAMES = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER")
TELEGRAM_NAMES = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET")


# SQLAlchemy would take a quarter of a second to load here: the doctor asks it, each process need not
_archive_url = matching(
    r"[a-z][a-z0-9]*(\+[a-z0-9_]+)?://\S*", "an SQLAlchemy address such as sqlite:///var/archive.db"
)


class SettingsError(Exception):
    """The environment cannot be used; each problem says which variable and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """What we need to be a WhatsApp sender."""

    account_sid: str
    auth_token: str = field(repr=False)
    whatsapp_number: str  # E.164, without “whatsapp:”
    auth_token_secondary: str = field(default="", repr=False)
    api_url: str = DEFAULTS["TWILIO_API_URL"]


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What we need to be a Telegram bot."""

    bot_token: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    api_url: str = DEFAULTS["TELEGRAM_API_URL"]
    inbox_chat: int | None = None  # the agents' forum group


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that one process needs to know about where it runs."""

    redis_url: str = field(repr=False)
    public_url: str  # without a closing slash
    secret_key: str = field(repr=False)
    policy: Path
    twilio: TwilioSettings | None
    telegram: TelegramSettings | None
    alerts: tuple[AlertDestination, ...] = field(default=(), repr=False)
    archive_url: str = field(default=DEFAULTS["ARCHIVE_URL"], repr=False)
    smtp_url: str = field(default="", repr=False)
    media_dir: Path = Path(DEFAULTS["MEDIA_DIR"])
    port: int = 8000
    sandbox_port: int = 8001
    trusted_proxies: int = 0  # in front of us: so many addresses at the end of X-Forwarded-For are true
    log_level: str = "info"
    log_format: str = ""  # console, json, or "": console on a terminal, else json

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> "Settings":
        """The settings that `variables` give; SettingsError with all that is wrong with them."""
        return _read(Environment(variables, DEFAULTS))

    @property
    def has_group(self) -> bool:
        """Whether agents work in a Telegram group as well."""
        return bool(self.telegram and self.telegram.inbox_chat)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen in a log."""
        secrets = [self.secret_key]
        if self.twilio:
            secrets += [self.twilio.auth_token, self.twilio.auth_token_secondary]
        if self.telegram:
            secrets += [self.telegram.bot_token, self.telegram.webhook_secret]
        return tuple(secret for secret in secrets if secret)


def _read(env: Environment) -> Settings:
    web_port = env.read("PORT", port)
    twilio, telegram = _twilio(env), _telegram(env)
    settings = Settings(
        redis_url=env.require("REDIS_URL", redis_url, "is not set: only `guichet run` brings its own store")
        or "",
        public_url=env.read("PUBLIC_URL", base_url) or f"http://127.0.0.1:{web_port}",
        secret_key=env.require("SECRET_KEY", _secret_key, "is not set: give 32 random characters or more")
        or "",
        policy=env.require("POLICY", Path, "is not set: give the path of the policy file") or Path(),
        twilio=twilio,
        telegram=telegram,
        alerts=_alerts(env),
        archive_url=env.read("ARCHIVE_URL", _archive_url) or "",
        smtp_url=env.read("SMTP_URL", url_of("smtp", "smtps")) or "",
        media_dir=env.read("MEDIA_DIR", Path) or Path(),
        port=web_port or 0,
        sandbox_port=env.read("SANDBOX_PORT", port) or 0,
        trusted_proxies=env.read("TRUSTED_PROXIES", digit) or 0,
        log_level=env.read("LOG_LEVEL", one_of("debug", "info", "warning", "error")) or "",
        log_format=env.read("LOG_FORMAT", one_of("console", "json")) or "",
    )
    if env.problems:
        raise SettingsError(env.problems)
    return settings


def _twilio(env: Environment) -> TwilioSettings | None:
    sid = env.read("TWILIO_ACCOUNT_SID", matching(r"AC[0-9a-fA-F]{32}", "AC and 32 hexadecimal digits"))
    number = env.read("TWILIO_WHATSAPP_NUMBER", phone_number)
    token = env.text("TWILIO_AUTH_TOKEN")
    api_url = env.read("TWILIO_API_URL", base_url)
    if not _is_complete(env, TWILIO_NAMES) or not (sid and number and api_url):
        return None
    return TwilioSettings(sid, token, number, env.text("TWILIO_AUTH_TOKEN_SECONDARY"), api_url)


def _telegram(env: Environment) -> TelegramSettings | None:
    token = env.read("TELEGRAM_BOT_TOKEN", matching(r"\d+:[\w-]+", "the token that BotFather gave, 123:abc…"))
    secret = env.read(
        "TELEGRAM_WEBHOOK_SECRET", matching(r"[A-Za-z0-9_-]{1,256}", "1 to 256 of A-Z, a-z, 0-9, _ and -")
    )
    api_url = env.read("TELEGRAM_API_URL", base_url)
    inbox_chat = env.read("TELEGRAM_INBOX_CHAT", whole_number)
    if not _is_complete(env, TELEGRAM_NAMES) or not (token and secret and api_url):
        return None
    return TelegramSettings(token, secret, api_url, inbox_chat)


def _is_complete(env: Environment, names: tuple[str, ...]) -> bool:
    """Whether a channel is set up; half of it is a problem, and so is no channel at all."""
    missing = [name for name in names if not env.text(name)]
    if missing and len(missing) < len(names):
        for name in missing:
            env.add_problem(name, f"is not set: {', '.join(names)} go together")
    if not any(env.text(name) for name in TWILIO_NAMES + TELEGRAM_NAMES):
        env.add_problem(
            "TWILIO_… or TELEGRAM_…", "must be set: without a channel nobody can write to the desk"
        )
    return not missing


def _alerts(env: Environment) -> tuple[AlertDestination, ...]:
    """Where managers are alerted; each destination needs the means to reach it."""
    alerts = env.read("ALERTS", alert_destinations) or ()
    needs = {"telegram": TELEGRAM_NAMES[0], "whatsapp": TWILIO_NAMES[0], "mailto": "SMTP_URL"}
    for channel in {each.address.channel for each in alerts}:
        if not env.text(needs[channel]):
            env.add_problem("ALERTS", f"names {channel}: but {needs[channel]} is not set")
    return alerts


def _secret_key(text: str) -> str:
    if len(text) < 16:
        raise ValueError("is too short to keep a secret: give 32 random characters or more")
    return text
