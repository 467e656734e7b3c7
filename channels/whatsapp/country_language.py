"""The language that a WhatsApp address suggests by its country: it only breaks ties."""

from bot.text.phone_numbers import countries_of

_BY_COUNTRY = {
    "fr": "FR MA DZ TN SN ML GN CI BF NE TG BJ TD CF GA CG CD DJ MG RE KM MC HT GP GF MQ NC PF",
    "es": "ES PE MX CU AR CL CO VE GQ GT SV HN NI CR PA BO EC PY UY PR DO",
    "en": "US GB ZA AU NZ SG IN GH NG KE UG ZM ZW IE MT",
}
"""Countries where people speak several of our languages suggest none."""

_HINTS = {country: locale for locale, countries in _BY_COUNTRY.items() for country in countries.split()}


def language_hint(name: str) -> str:
    """The locale that `+33…` or `FR.…` suggests; "" when it suggests none."""
    countries = countries_of(name) if name.startswith("+") else (name.partition(".")[0],)
    return next((_HINTS[country] for country in countries if country in _HINTS), "")
