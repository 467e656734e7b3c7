"""Turns what is said (`bot.messages.outgoing`) into words: in the reader's language, zone and moment. It sends nothing.

A sentence without a translation, or with a broken one, is said in English rather than not at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from babel.numbers import format_decimal

from bot.messages.localized import LocalizedText
from bot.messages.outgoing import (
    Line,
    OpeningHours,
    Option,
    Outgoing,
    Param,
    Phrase,
    TimeSpan,
    Timestamp,
    Translatable,
)
from i18n.dates import format_duration, format_moment, known_locale
from i18n.hours import format_hours
from i18n.translations import translations

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def render(line: Line, locale: str, zone: tzinfo, now: datetime) -> str:
    """The words of one line. `zone` is the desk's; `now` decides what is “today”."""
    return _Renderer(known_locale(locale), zone, now).words(line)


def render_outgoing(outgoing: Outgoing, locale: str, zone: tzinfo, now: datetime) -> Outgoing:
    """The same message with every line, label and description as plain words; empty lines stay."""
    reader = _Renderer(known_locale(locale), zone, now)
    return replace(
        outgoing,
        lines=tuple(reader.words(line) for line in outgoing.lines),
        options=tuple(reader.option(option) for option in outgoing.options),
    )


@dataclass(frozen=True, slots=True)
class _Renderer:
    locale: str
    zone: tzinfo
    now: datetime

    def option(self, option: Option) -> Option:
        return replace(option, label=self.words(option.label), description=self.words(option.description))

    def words(self, said: Param) -> str:
        match said:
            case str():
                return said
            case LocalizedText():
                return said.in_(self.locale)
            case Translatable():
                return self._sentence(said)
            case Timestamp() | TimeSpan() | OpeningHours():
                return self._time(said)
            case int():
                return str(said) if abs(said) < 1000 else format_decimal(said, locale=self.locale)

    def _time(self, said: Timestamp | TimeSpan | OpeningHours) -> str:
        if isinstance(said, Timestamp):
            return format_moment(said.at, self.locale, self.zone, self.now, is_latest=said.is_latest)
        return (
            format_hours(said, self.locale)
            if isinstance(said, OpeningHours)
            else format_duration(said.length, self.locale)
        )

    def _sentence(self, said: Translatable) -> str:
        params = {name: self.words(value) for name, value in said.params.items()}
        count = said.params.get("count")
        text = _translate(said.phrase, count, self.locale)
        if not params:
            return text
        try:
            return _fill_placeholders(text, params)
        except (KeyError, ValueError):
            return _fill_placeholders(
                _translate(said.phrase, count, "en"), _EllipsisDict(params), is_last=True
            )


def _translate(phrase: Phrase, count: Param | None, locale: str) -> str:
    catalog = translations(locale)
    if not phrase.plural:
        return catalog.gettext(phrase.text) or phrase.text
    number = abs(count) if isinstance(count, int) else 2
    return catalog.ngettext(phrase.text, phrase.plural, number) or phrase.plural


def _fill_placeholders(text: str, params: Mapping[str, str], *, is_last: bool = False) -> str:
    """The text filled in: KeyError when a placeholder names nothing we have, ValueError when malformed.

    Not the % operator: to it, “100% sure” is a placeholder.
    """
    if not is_last and "%(" in _PLACEHOLDER.sub("", text):
        raise ValueError(f"malformed placeholder in {text!r}")
    return _PLACEHOLDER.sub(lambda found: params[found[1]] if found[1] else "%", text)


class _EllipsisDict(dict[str, str]):
    """Parameters where one that is missing leaves an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"
