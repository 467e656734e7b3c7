"""The settings: one frozen object, read once from the environment; all problems are reported together.

Nothing reads the environment later. Secrets are in no repr, and values in no message: a field's description completes
“X must be …”, which replaces pydantic's own message.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.text import phone_numbers
from runtime.alert_destinations import PHONE_NUMBER, AlertDestination, alert_destinations
from runtime.environment_source import EnvironmentSource, Groups
from runtime.redis_url import REDIS_URL_FORMS, validate_redis_url


class SettingsError(Exception):
    """The environment can't be used: each line of `problems` names a variable and says what's allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _digits(text: str) -> str:
    if not text.removeprefix("-").isdecimal():  # pydantic also takes 8_000 and 8000.0
        raise ValueError
    return text


def _with_host(url: str) -> str:
    """Checks a URL but keeps it as written, which pydantic's URL types don't: Twilio signs it letter by letter."""
    if not urlsplit(url).hostname or urlsplit(url).port == 0:
        raise ValueError
    return url


Integer = Annotated[int, BeforeValidator(_digits)]
Port = Annotated[Integer, Field(ge=1, le=65535, description="a port, 1 to 65535")]
Url = Annotated[str, AfterValidator(_with_host)]
BaseUrl = Annotated[
    Url,
    AfterValidator(lambda url: url.rstrip("/")),
    Field(pattern="^(?i:https?)://[^?#]+$", description="an http:// or https:// URL without ? or #"),
]
RedisUrl = Annotated[
    str,
    AfterValidator(validate_redis_url),
    Field(repr=False, description=f"{REDIS_URL_FORMS}; only `guichet run` starts its own store"),
]
Lower = Annotated[str, BeforeValidator(str.lower)]
PhoneNumber = Annotated[str, BeforeValidator(lambda text: phone_numbers.parse(text) or text)]
AlertDestinations = Annotated[tuple[AlertDestination, ...], BeforeValidator(alert_destinations)]


class TwilioSettings(BaseModel, frozen=True):
    """A WhatsApp sender at Twilio, from the variables TWILIO_…."""

    account_sid: str = Field(pattern="^AC[0-9a-fA-F]{32}$", description="AC and 32 hexadecimal digits")
    auth_token: str = Field(repr=False)
    whatsapp_number: PhoneNumber = Field(pattern=PHONE_NUMBER, description="a number like +351210000000")
    auth_token_secondary: str = Field("", repr=False)
    api_url: BaseUrl = "https://api.twilio.com"


class TelegramSettings(BaseModel, frozen=True):
    """A Telegram bot, from the variables TELEGRAM_…."""

    bot_token: str = Field(repr=False, pattern=r"^\d+:[\w-]+$", description="BotFather's token, 123:abc…")
    webhook_secret: str = Field(
        repr=False, pattern="^[A-Za-z0-9_-]{1,256}$", description="1 to 256 of A-Z, a-z, 0-9, _ and -"
    )
    api_url: BaseUrl = "https://api.telegram.org"
    inbox_chat: Integer | None = Field(None, description="a whole number")


CHANNELS: Groups = {"twilio": TwilioSettings, "telegram": TelegramSettings}
_NO_DEFAULT = "default_factory_not_called"  # of PUBLIC_URL, when another setting is wrong


class Settings(BaseSettings):
    """Everything a process needs to know about where it runs; `port` is the variable PORT, and so on."""

    model_config = SettingsConfigDict(frozen=True, validate_default=False)
    port: Port = 8000
    twilio: TwilioSettings | None = None
    telegram: TelegramSettings | None = Field(None, validate_default=True)
    redis_url: RedisUrl
    public_url: BaseUrl = Field(default_factory=lambda valid: f"http://127.0.0.1:{valid['port']}")
    secret_key: str = Field(repr=False, min_length=16, description="32 random characters or more")
    policy: Path = Field(description="the path of the policy file")
    smtp_url: Url = Field("", repr=False, pattern="^(?i:smtps?)://", description="an smtp:// or smtps:// URL")
    alerts: AlertDestinations = Field((), repr=False)
    archive_url: str = Field(  # SQLAlchemy, which takes 0.25 s to load, checks the rest in `guichet doctor`
        "sqlite:///var/archive.db",
        repr=False,
        pattern=r"^[a-z][a-z0-9]*(\+[a-z0-9_]+)?://\S*$",
        description="a SQLAlchemy URL such as sqlite:///var/archive.db",
    )
    media_dir: Path = Path("var/media")
    sandbox_port: Port = 8001
    trusted_proxies: Integer = Field(0, ge=0, le=9, description="a number, 0 to 9")
    log_level: Lower = Field(
        "info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error"
    )
    log_format: Lower = Field("", pattern="^(console|json)$", description="console or json")

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The settings that `variables` give; SettingsError with every problem found."""
        source = EnvironmentSource(cls, CHANNELS, variables)
        try:
            settings = cls.model_validate({"source": source})
        except ValidationError as error:
            source.problems += [_problem(each) for each in error.errors() if each["type"] != _NO_DEFAULT]
        if source.problems:
            raise SettingsError(source.problems)
        return settings

    @classmethod
    def settings_customise_sources(  # type: ignore[override]
        cls, settings_cls: object, init_settings: PydanticBaseSettingsSource, **_: object
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Reads nothing but what `from_environment` was given."""
        return (init_settings()["source"],)

    @field_validator("telegram")
    @classmethod
    def _check_channels(
        cls, telegram: TelegramSettings | None, valid: ValidationInfo
    ) -> TelegramSettings | None:
        if not telegram and not valid.data.get("twilio", "refused"):
            raise ValueError("or TWILIO settings must be set: without a channel nobody can write to the desk")
        return telegram

    @field_validator("alerts")
    @classmethod
    def _check_alerts(cls, alerts: tuple[AlertDestination, ...], valid: ValidationInfo) -> object:
        needs = {"telegram": "telegram", "whatsapp": "twilio", "mailto": "smtp_url"}
        used = {needs[each.address.channel] for each in alerts}
        if missing := sorted(name.upper() for name in used if not valid.data.get(name, "refused")):
            raise ValueError(f"needs {' and '.join(missing)} settings too")
        return alerts

    @property
    def has_group(self) -> bool:
        """Whether agents also work in a Telegram group."""
        return bool(self.telegram and self.telegram.inbox_chat)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What logs must mask."""
        twilio = (self.twilio.auth_token, self.twilio.auth_token_secondary) if self.twilio else ()
        telegram = (self.telegram.bot_token, self.telegram.webhook_secret) if self.telegram else ()
        return tuple(filter(None, (self.secret_key, *twilio, *telegram)))


def required_variables(channel: str) -> list[str]:
    """The variables without which that channel can't work."""
    fields = CHANNELS[channel].model_fields.items()
    return [f"{channel}_{name}".upper() for name, field in fields if field.is_required()]


def _problem(error: ErrorDetails) -> str:
    *group, name = map(str, error["loc"])
    variable = "_".join([*group, name]).upper()
    if error["type"] == "missing" and group:
        return f"{variable} isn't set: {', '.join(required_variables(*group))} go together"
    allowed = (CHANNELS[group[0]] if group else Settings).model_fields[name].description
    message = f"must be {allowed}" if allowed else error["msg"].removeprefix("Value error, ")
    return f"{variable} isn't set: it {message}" if error["type"] == "missing" else f"{variable} {message}"
