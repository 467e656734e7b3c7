"""Masks card, bank account and identity numbers, which don't belong in a group chat, except their last digits.

Phone numbers stay: agents who work in the group must be able to call. The inbox shows everything.
"""

import re

from bot.text import phone_numbers

_BETWEEN = r"[ \u00a0\u202f.\-/]?"
_IBAN = re.compile(rf"\b[A-Za-z]{{2}}\d{{2}}(?:{_BETWEEN}[A-Za-z0-9]){{11,30}}\b")
_LETTERED = re.compile(r"\b([XYZxyz]|\d)[ .\-]?(\d{7})[ .\-]?([A-Za-z])\b")
_NUMBER = re.compile(rf"(?<![\d+])\+?\d(?:{_BETWEEN}\d){{8,}}")
_DAY = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d")
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_SHORTEST_IBAN = 15
_LONG = 10  # digits; a number this long that isn't a phone number is treated as personal


def mask_numbers(text: str) -> str:
    """Mask such numbers in the text."""
    text = _IBAN.sub(_masked_account, text)
    text = _LETTERED.sub(lambda found: _hidden(found[0], 2) if _is_dni(found) else found[0], text)
    return _NUMBER.sub(_masked_number, text)


def _masked_account(found: re.Match[str]) -> str:
    """Mask the longest prefix that is an IBAN: the words after it can look like more of it."""
    written = found[0]
    for end in range(len(written), _SHORTEST_IBAN - 1, -1):
        if written[end - 1].isalnum() and _is_iban(written[:end]):
            return _hidden(written[:end], 4) + written[end:]
    return written


def _masked_number(found: re.Match[str]) -> str:
    written = found[0]
    digits = _digits(written)
    if _is_card(digits):
        return _hidden(written, 4)
    if _is_phone(written) or _DAY.match(written):
        return written
    return _hidden(written, 2) if len(digits) >= _LONG or _is_nif(digits) else written


def _hidden(written: str, shown: int) -> str:
    bare = [char for char in written if char.isalnum()]
    return "•••" + "".join(bare[-shown:])


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdecimal())


def _is_card(digits: str) -> bool:
    """Luhn's check on the 13 to 19 digits of a payment card (ISO/IEC 7812)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * int(d), 10)) if n % 2 else int(d) for n, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


def _is_phone(written: str) -> bool:
    """A national number has no country to check it against."""
    return len(_digits(written)) <= 15 and (written[0] == "0" or phone_numbers.is_international(written))


def _is_iban(written: str) -> bool:
    """ISO 13616: with the first four characters moved to the end and letters as numbers, it is 1 modulo 97."""
    bare = "".join(char for char in written.upper() if char.isalnum())
    return int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1


def _is_dni(found: re.Match[str]) -> bool:
    """A Spanish DNI or NIE: its letter is the number modulo 23."""
    first = str("XYZ".find(found[1].upper())) if found[1].isalpha() else found[1]
    return _DNI_LETTERS[int(first + found[2]) % 23] == found[3].upper()


def _is_nif(digits: str) -> bool:
    """A Portuguese NIF: nine digits, the last one a check digit modulo 11."""
    if len(digits) != 9:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=False)) % 11
    return int(digits[8]) == (0 if rest < 2 else 11 - rest)
