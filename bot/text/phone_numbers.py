"""Phone numbers in any spelling: read to E.164, shown, searched and placed in a country.

An address that a provider sent is an identity and stays as it came; only what people type is read here.
"""

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from bot.messages import number_spellings

MIN_SEARCH_DIGITS = 6

_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_NUMBER_PREFIXES = ("whatsapp", "tel")
_PUNCTUATION = "+./()"
_LONG_ENOUGH = (
    ValidationResult.IS_POSSIBLE,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    ValidationResult.TOO_LONG,
)
"""Too long counts: WhatsApp still has Mexican numbers with the 1 that the numbering plan dropped."""


def parse(text: str, region: str | None = None) -> str | None:
    """The number in E.164, such as `+351910000000`; None when the text isn't one phone number.

    `region`, such as "PT", is the country whose numbers may come without a country code. A text that already
    has the form of E.164 counts even if no country has such a number: the provider may know better.
    """
    plain = _plain(text)
    number = _read(plain, region)
    if number is not None and phonenumbers.is_possible_number_with_reason(number) in _LONG_ENOUGH:
        plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return plain if _E164.fullmatch(plain) else None


def is_international(text: str) -> bool:
    """Whether the text is a number with a country code that exists, even if digits are missing."""
    return _read(_plain(text)) is not None


def normalise_address(text: str) -> str:
    """An address as somebody typed it, with a WhatsApp number in E.164; any other address as it is."""
    channel, _, name = _plain(text).partition(":")
    number = parse(name) if channel.strip().lower() in _NUMBER_PREFIXES else None
    return f"whatsapp:{number}" if number else text


def format_international(number: str) -> str:
    """`+351910000000` as people read it: `+351 910 000 000`. Anything else stays as it is."""
    parsed = _read(number) if _E164.fullmatch(number) else None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL) if parsed else number


@lru_cache(maxsize=10_000)
def countries_of(number: str) -> tuple[str, ...]:
    """The country of an E.164 number, such as "CA", then the main one of its country code, such as "US".

    Cached, since every message from WhatsApp asks.
    """
    parsed = _read(number)
    if parsed is None or parsed.country_code is None:
        return ()
    found = phonenumbers.region_code_for_number(parsed)
    main = phonenumbers.region_code_for_country_code(parsed.country_code)
    return tuple(dict.fromkeys(filter(None, (found, main))))


def search_digits(text: str) -> str:
    """The digits to look for when the text may be a phone number, or part of one; "" when it can't be."""
    number = parse(text)
    if number is not None:
        return number[1:]
    bare = "".join(char for char in _plain(text) if not _is_separator(char))
    digits = phonenumbers.normalize_digits_only(bare).lstrip("0") if bare.isdecimal() else ""
    return digits if len(digits) >= MIN_SEARCH_DIGITS else ""


def search_spellings(text: str) -> tuple[str, ...]:
    """The same digits in every spelling that networks use for the number; empty when it can't be one."""
    digits = search_digits(text)
    return tuple(each.lstrip("+") for each in number_spellings.spellings(f"+{digits}")) if digits else ()


def visible_text(text: str) -> str:
    """Without the direction marks of copied text."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _plain(text: str) -> str:
    """Without direction marks and odd spaces; the prefix `00` as the plus it stands for."""
    seen = (" " if char.isspace() else char for char in visible_text(text))
    return re.sub(r"^(\(?)00", r"\1+", "".join(seen).strip())


def _read(text: str, region: str | None = None) -> PhoneNumber | None:
    """What the library makes of it; letters and extensions are no part of an address."""
    if any(char.isalpha() for char in text):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return None if number.extension else number


def _is_separator(char: str) -> bool:
    return char in _PUNCTUATION or unicodedata.category(char) in ("Pd", "Zs")
