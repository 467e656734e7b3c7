"""Renders messages (`bot.messages.outgoing`) as text in the reader's language and the desk's time zone.

A sentence whose translation is missing or broken is rendered in English.
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
from bot.text.direction import without_direction_controls
from i18n.dates import format_duration, format_moment, known_locale
from i18n.hours import format_hours
from i18n.translations import translations

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def render(line: Line, locale: str, zone: tzinfo, now: datetime) -> str:
    """Render one line. `zone` is the desk's; `now` decides what “today” is."""
    return _Renderer(known_locale(locale), zone, now).text(line)


def render_outgoing(outgoing: Outgoing, locale: str, zone: tzinfo, now: datetime) -> Outgoing:
    """Return the message with every line, label and description rendered; empty lines stay."""
    renderer = _Renderer(known_locale(locale), zone, now)
    return replace(
        outgoing,
        lines=tuple(renderer.text(line) for line in outgoing.lines),
        options=tuple(renderer.option(option) for option in outgoing.options),
    )


@dataclass(frozen=True, slots=True)
class _Renderer:
    locale: str
    zone: tzinfo
    now: datetime

    def option(self, option: Option) -> Option:
        return replace(option, label=self.text(option.label), description=self.text(option.description))

    def text(self, param: Param) -> str:
        match param:
            case str():
                return param
            case LocalizedText():
                return param.in_(self.locale)
            case Translatable():
                return self._sentence(param)
            case Timestamp() | TimeSpan() | OpeningHours():
                return self._time(param)
            case int():
                return str(param) if abs(param) < 1000 else format_decimal(param, locale=self.locale)

    def _filled(self, param: Param) -> str:
        """A parameter's text; people's own words can't turn the rest of the sentence around."""
        text = self.text(param)
        return without_direction_controls(text) if isinstance(param, str) else text

    def _time(self, param: Timestamp | TimeSpan | OpeningHours) -> str:
        match param:
            case Timestamp():
                return format_moment(param.at, self.locale, self.zone, self.now, is_latest=param.is_latest)
            case TimeSpan():
                return format_duration(param.length, self.locale)
            case OpeningHours():
                return format_hours(param, self.locale)

    def _sentence(self, sentence: Translatable) -> str:
        params = {name: self._filled(value) for name, value in sentence.params.items()}
        count = sentence.params.get("count")
        text = _translate(sentence.phrase, count, self.locale)
        if not params:
            return text
        try:
            return _fill_placeholders(text, params)
        except (KeyError, ValueError):
            english = _translate(sentence.phrase, count, "en")
            return _fill_placeholders(english, _EllipsisDict(params), is_last=True)


def _translate(phrase: Phrase, count: Param | None, locale: str) -> str:
    catalog = translations(locale)
    if not phrase.plural:
        return catalog.gettext(phrase.text) or phrase.text
    number = abs(count) if isinstance(count, int) else 2
    return catalog.ngettext(phrase.text, phrase.plural, number) or phrase.plural


def _fill_placeholders(text: str, params: Mapping[str, str], *, is_last: bool = False) -> str:
    """Fill in the text; KeyError for an unknown placeholder, ValueError for a malformed one.

    The % operator would take “100% sure” for a placeholder.
    """
    if not is_last and "%(" in _PLACEHOLDER.sub("", text):
        raise ValueError(f"malformed placeholder in {text!r}")
    return _PLACEHOLDER.sub(lambda found: params[found[1]] if found[1] else "%", text)


class _EllipsisDict(dict[str, str]):
    """Parameters that render as an ellipsis when missing."""

    def __missing__(self, name: str) -> str:
        return "…"
