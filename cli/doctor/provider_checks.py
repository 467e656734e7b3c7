"""The doctor's checks of providers: are the credentials valid, and can messages reach us."""

import smtplib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import requests
from aiogram.exceptions import AiogramError, TelegramNetworkError
from aiogram.methods import GetMe, GetWebhookInfo
from aiogram.types import WebhookInfo
from aiohttp import ClientError

from channels.event_loop import close_loop
from channels.telegram.bot import BotApiClient
from cli.doctor.local_checks import CheckResult
from runtime.settings import Settings, TelegramSettings, TwilioSettings

TELEGRAM_ROUTE = "/webhooks/telegram"
_TIMEOUT = 8.0  # seconds for each request


def public_url(settings: Settings) -> Iterator[CheckResult]:
    """PUBLIC_URL leads to this desk, as far as we can check from here."""
    try:
        answer = requests.get(f"{settings.public_url}/healthz", timeout=_TIMEOUT)
    except requests.RequestException as error:
        yield CheckResult(
            "web", False, f"{settings.public_url} doesn’t respond ({type(error).__name__}): start guichet web"
        )
        return
    is_ours = answer.status_code == 200
    advice = f" responds {answer.status_code} to /healthz: does PUBLIC_URL lead to guichet web?"
    yield CheckResult("web", is_ours, settings.public_url + ("" if is_ours else advice))


def twilio(settings: Settings) -> Iterator[CheckResult]:
    """Twilio accepts our credentials."""
    if settings.twilio is None:
        yield CheckResult("twilio", True, "not used: TWILIO_… are not set")
        return
    yield _account(settings.twilio)


def _account(twilio: TwilioSettings) -> CheckResult:
    url = f"{twilio.api_url}/2010-04-01/Accounts/{twilio.account_sid}/Messages.json"
    try:
        answer = requests.get(
            url, params={"PageSize": 1}, auth=(twilio.account_sid, twilio.auth_token), timeout=_TIMEOUT
        )
    except requests.RequestException as error:
        return CheckResult("twilio", False, f"{twilio.api_url} doesn’t respond ({type(error).__name__})")
    if answer.status_code == 401:
        return CheckResult(
            "twilio", False, "refuses our credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
        )
    is_well = answer.status_code == 200
    told = f"account {twilio.account_sid[:6]}…, sender …{twilio.whatsapp_number[-4:]}"
    return CheckResult(
        "twilio", is_well, told if is_well else f"responds {answer.status_code}: try again later"
    )


def telegram(settings: Settings) -> Iterator[CheckResult]:
    """Telegram knows our bot, and sends updates to us."""
    if settings.telegram is None:
        yield CheckResult("telegram", True, "not used: TELEGRAM_… are not set")
        return
    try:
        yield from _bot(settings.telegram, settings.public_url)
    except (TelegramNetworkError, ClientError, TimeoutError, OSError) as error:
        yield CheckResult("telegram", False, f"{settings.telegram.api_url} doesn’t respond: {error}")
    except AiogramError as error:
        yield CheckResult("telegram", False, f"{type(error).__name__}: {error}; check TELEGRAM_BOT_TOKEN")
    finally:
        close_loop()


def _bot(telegram: TelegramSettings, public: str) -> Iterator[CheckResult]:
    call = BotApiClient(telegram.bot_token, telegram.api_url)
    yield CheckResult("telegram", True, f"bot @{call(GetMe()).username}")
    yield _webhook(call(GetWebhookInfo()), f"{public}{TELEGRAM_ROUTE}")


def _webhook(info: WebhookInfo, wanted: str) -> CheckResult:
    if info.url != wanted:
        told = f"updates go to {info.url or 'no URL'}, not to {wanted}: run guichet webhooks set"
        return CheckResult("telegram", False, told)
    if info.last_error_message and info.pending_update_count:
        told = f"{info.pending_update_count} updates are waiting; Telegram's last attempt: {info.last_error_message}"
        return CheckResult("telegram", False, told)
    return CheckResult("telegram", True, f"updates come to {wanted}, {info.pending_update_count} waiting")


def mail(settings: Settings) -> Iterator[CheckResult]:
    """The mail server accepts our credentials."""
    if not settings.smtp_url:
        yield CheckResult("mail", True, "not used: SMTP_URL is not set")
        return
    try:
        _log_in(settings.smtp_url)
    except (smtplib.SMTPException, OSError) as error:
        yield CheckResult(
            "mail", False, f"can’t sign in to the mail server ({type(error).__name__}): check SMTP_URL"
        )
    else:
        yield CheckResult("mail", True, "signed in to the mail server")


def _log_in(url: str) -> None:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "", parts.port or 0, timeout=_TIMEOUT) as server:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.noop()
