"""What is said to somebody, before it has a language: phrases with typed parameters, buttons, files.

Nothing here is translated text: a `Said` is rendered by i18n, in the reader's language and zone, at the
moment when it is sent or shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.messages.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence, in English, which is also its key in the catalogs; `%(name)s` placeholders.

    With `plural`, the parameter `count` (an int) chooses between the two.
    """

    text: str
    plural: str = ""

    def __call__(self, **params: "Param") -> "Translatable":
        """This sentence, said with these parameters."""
        return Translatable(self, params)


def say(text: str) -> Phrase:
    """Mark an English sentence for the catalogs."""
    return Phrase(text)


def say_n(text: str, plural: str) -> Phrase:
    """Mark an English sentence and its plural for the catalogs; the parameter `count` chooses."""
    return Phrase(text, plural)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """An instant to be told the way people say it: “Tuesday at 10:30”, in the desk's zone.

    `is_latest` is one by which something is to be done: “by 10:30 today”.
    """

    at: datetime
    is_latest: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs an aware datetime")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A length of time to be told: “42 min”, “3 h”, “2 days”."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class SpecialDayHours:
    """One date that is unlike its weekday: “Thursday 25 December: closed (Christmas)”."""

    on: date
    intervals: tuple[str, ...]  # as in `Hours`
    name: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the desk is open, a line for each kind of day: “Monday to Friday: 9:00–18:00”.

    `week` has seven days, Monday first, each with its intervals as “09:00-18:00”, none where it is closed.
    """

    week: tuple[tuple[str, ...], ...]
    unusual: tuple[SpecialDayHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Translatable:
    """One sentence for one reader; its parameters are rendered in their language too."""

    phrase: Phrase
    params: "Mapping[str, Param]" = field(default_factory=dict)


Param = str | int | LocalizedText | Timestamp | TimeSpan | OpeningHours | Translatable
Line = str | LocalizedText | Translatable
"""A line of a message: plain words (somebody's own), a policy's words, or a phrase."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something the reader may choose: a button, or a numbered line. `payload` ≤ 64 bytes, ASCII."""

    payload: str
    label: Line
    description: Line = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came in or goes out.

    `ref` is the provider's reference (a Twilio media URL, a Telegram file id) until a job has fetched it;
    `file_id` is our own once it lies in the media folder. `problem` says, as a code, why it could not be
    kept (`too_big`, `type_refused`, `gone`).
    """

    kind: str  # image, audio, video, document, sticker
    media_type: str = ""
    name: str = ""
    size: int | None = None  # bytes
    ref: str = ""
    file_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to somebody: lines of text, then options to choose from, then files."""

    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    quoted_id: str = ""
    """The channel's id of the message that this one answers, where the channel can show it."""
    edits: str = ""
    """The outbox id of the message of ours that this one replaces, where the channel can."""
