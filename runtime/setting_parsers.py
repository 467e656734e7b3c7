"""What a setting may look like, one function each; ValueError says what is allowed, never what was given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.messages.inbound import Address
from bot.messages.localized import LOCALES

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def matching(pattern: str, meaning: str) -> Callable[[str], str]:
    """A parser of texts that match `pattern` as a whole; `meaning` completes “must be …”."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {meaning}")
        return text

    return parse


def one_of(*allowed: str) -> Callable[[str], str]:
    """A parser of a few words, in any case."""

    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text.lower()

    return parse


def whole_number(text: str) -> int:
    """An integer, as Telegram's chat ids are."""
    if not re.fullmatch(r"-?\d{1,20}", text):
        raise ValueError("must be a whole number")
    return int(text)


def digit(text: str) -> int:
    """A count of things that stand one behind the other."""
    if not re.fullmatch(r"[0-9]", text):
        raise ValueError("must be a number, 0 to 9")
    return int(text)


def port(text: str) -> int:
    """A TCP port."""
    if not re.fullmatch(r"\d{1,5}", text) or not 1 <= int(text) <= 65535:
        raise ValueError("must be a port, 1 to 65535")
    return int(text)


def base_url(text: str) -> str:
    """An http or https address without query or fragment; a closing slash is dropped."""
    parts = url_of("http", "https")(text)
    if urlsplit(parts).query or urlsplit(parts).fragment:
        raise ValueError("must be an address without ? or #")
    return parts.rstrip("/")


def url_of(*schemes: str) -> Callable[[str], str]:
    """A parser of URLs of these schemes, with a host."""

    def parse(text: str) -> str:
        try:
            parts = urlsplit(text)
            is_usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            is_usable = False
        if not is_usable or parts.scheme not in schemes:
            raise ValueError(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return text

    return parse


phone_number = matching(r"\+[1-9]\d{6,14}", "a phone number such as +351210000000, without spaces")


@dataclass(frozen=True, slots=True)
class AlertDestination:
    """Where alerts go: to whom, in which language ("" the managers' own), on which rung of the ladder."""

    address: Address
    locale: str = ""
    rung: str = "managers"


def alert_destinations(text: str) -> tuple[AlertDestination, ...]:
    """Comma-separated destinations of alerts, each with `?lang=…&to=head` behind it where it needs that."""
    return tuple(_destination(part.strip()) for part in text.split(",") if part.strip())


def _destination(text: str) -> AlertDestination:
    bare, _, query = text.partition("?")
    given = parse_qs(query, keep_blank_values=True)
    locale, rung = given.pop("lang", [""])[-1], given.pop("to", ["managers"])[-1]
    if given or (locale and locale not in LOCALES) or rung not in ("managers", "head"):
        raise ValueError(
            f"may say ?lang= ({', '.join(LOCALES)}) and to= (managers, head) after a destination"
        )
    return AlertDestination(alert_address(bare), locale, rung)


def alert_address(text: str) -> Address:
    """One address that can be alerted."""
    address = Address(*text.partition(":")[::2])
    allowed = {
        "telegram": whole_number,
        "whatsapp": phone_number,
        "mailto": matching(_MAIL.pattern, "a mail address"),
    }
    try:
        allowed[address.channel](address.name)
    except (KeyError, ValueError) as error:
        raise ValueError(
            "must be telegram:<chat id>, whatsapp:+<number> or mailto:<address>; commas part several"
        ) from error
    return address
