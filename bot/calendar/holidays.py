"""Public holidays of a country or region, from the `holidays` library.

Importing that library takes 0.1 s, so only this module does it, and only when it's needed.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.messages.localized import LOCALES, LocalizedText

if TYPE_CHECKING:
    from holidays import HolidayBase


@lru_cache(maxsize=256)
def holidays_in(region: str, year: int) -> Mapping[date, LocalizedText]:
    """The names of one year's holidays by date, for a region such as `PT` or `CH-GE`.

    A name is in English if the library has no French or Spanish one, and in the country's own language if it
    has no English one either.
    """
    languages = _calendar_of(region, year, None).supported_languages
    names = {locale: dict(_calendar_of(region, year, _nearest(locale, languages))) for locale in LOCALES}
    return {on: LocalizedText(*(names[locale][on] for locale in LOCALES)) for on in sorted(names["en"])}


def _nearest(locale: str, languages: tuple[str, ...]) -> str | None:
    for wanted in (locale, "en"):
        for language in languages:
            if language.startswith(wanted):
                return language
    return None


def region_problem(region: str) -> str:
    """Why the holidays of that region aren't known; empty if they are."""
    from holidays import list_supported_countries  # noqa: PLC0415  (see the module's docstring)

    country, _, subdivision = region.partition("-")
    known = list_supported_countries(include_aliases=False)
    if country not in known:
        return f"the holidays of {region!r} are not known"
    if subdivision and subdivision not in known[country]:
        return f"{country} has no region {subdivision!r}"
    return ""


def regions_allowed(region: str) -> str:
    """What is allowed instead: the regions of its country, or the format of a region."""
    from holidays import list_supported_countries  # noqa: PLC0415

    country = region.partition("-")[0]
    subdivisions = list_supported_countries(include_aliases=False).get(country)
    if subdivisions:
        return ", ".join([country, *(f"{country}-{name}" for name in subdivisions)])
    return "a two-letter ISO country such as PT, or a region such as CH-GE"


def _calendar_of(region: str, year: int, language: str | None) -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415

    country, _, subdivision = region.partition("-")
    return country_holidays(country, subdiv=subdivision or None, years=year, expand=False, language=language)
