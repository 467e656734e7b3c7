"""Where alerts go: parses ALERTS, and the addresses that agents choose for their own alerts."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bot.messages.inbound import Address
from bot.messages.localized import LOCALES
from bot.text.phone_numbers import normalise_address

PHONE_NUMBER = r"^\+[1-9][0-9]{6,14}$"
_FORMS = {"telegram": r"-?[0-9]{1,20}", "whatsapp": PHONE_NUMBER, "mailto": r"[^@\s]+@[^@\s]+\.[^@\s]+"}
_STEPS = ("managers", "head")


@dataclass(frozen=True, slots=True)
class AlertDestination:
    """One address to alert, in which language ("" for the managers' own) and at which escalation step."""

    address: Address
    locale: str = ""
    step: str = "managers"


def alert_destinations(text: str) -> tuple[AlertDestination, ...]:
    """Addresses separated by commas, each with `?lang=…&to=…` if needed; ValueError says what's allowed."""
    return tuple(_destination(part.strip()) for part in text.split(",") if part.strip())


def alert_address(text: str) -> Address:
    """An address that can be alerted; ValueError says what's allowed, not what was given."""
    channel, _, name = normalise_address(text).partition(":")
    if not re.fullmatch(_FORMS.get(channel, "(?!)"), name):
        raise ValueError("must be telegram:CHAT-ID, whatsapp:+NUMBER or mailto:ADDRESS, several with commas")
    return Address(channel, name)


def _destination(text: str) -> AlertDestination:
    address, _, query = text.partition("?")
    options = {"lang": "", "to": "managers"} | dict(parse_qsl(query, keep_blank_values=True))
    if len(options) > 2 or options["lang"] not in ("", *LOCALES) or options["to"] not in _STEPS:
        raise ValueError(
            f"allows ?lang= ({', '.join(LOCALES)}) and to= ({', '.join(_STEPS)}) after an address"
        )
    return AlertDestination(alert_address(address), options["lang"], options["to"])
