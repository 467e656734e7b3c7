"""Which language a WhatsApp address suggests, by its country: enough to break a tie, never to decide.

Countries where more than one of our languages is at home suggest nothing.
"""

_BY_DIALLING_CODE = {
    "fr": "33 212 213 216 221 223 224 225 226 227 228 229 235 236 241 242 243 253 261 262 269 377 509 590 "
    "594 596 687 689",
    "es": "34 51 52 53 54 56 57 58 240 502 503 504 505 506 507 591 593 595 598 1787 1809 1829 1849 1939",
    "en": "1 27 44 61 64 65 91 233 234 254 256 260 263 353 356",
}
_BY_COUNTRY = {
    "fr": "FR MA DZ TN SN ML GN CI BF NE TG BJ TD CF GA CG CD DJ MG RE KM MC HT GP GF MQ NC PF",
    "es": "ES PE MX CU AR CL CO VE GQ GT SV HN NI CR PA BO EC PY UY PR DO",
    "en": "US GB ZA AU NZ SG IN GH NG KE UG ZM ZW IE MT",
}
_HINTS = {
    code: locale
    for table in (_BY_DIALLING_CODE, _BY_COUNTRY)
    for locale, codes in table.items()
    for code in codes.split()
}
_LONGEST_CODE = 4


def language_hint(name: str) -> str:
    """The locale that `+33…` or `FR.…` suggests; "" when it suggests none."""
    if not name.startswith("+"):
        return _HINTS.get(name.partition(".")[0], "")
    prefixes = (name[1 : 1 + length] for length in range(_LONGEST_CODE, 0, -1))
    return next((_HINTS[prefix] for prefix in prefixes if prefix in _HINTS), "")
