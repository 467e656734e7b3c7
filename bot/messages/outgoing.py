"""A message before it has a language: phrases with typed parameters, buttons, files.

Nothing here is translated: i18n renders a `Translatable` in the reader's language and time zone when it is sent or
shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.messages.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class Phrase:
    """One English sentence, which is also its key in the catalogs; `%(name)s` placeholders.

    With `plural`, the parameter `count` (an int) chooses between the two.
    """

    text: str
    plural: str = ""

    def __call__(self, **params: "Param") -> "Translatable":
        """This sentence with these parameters."""
        return Translatable(self, params)


def say(text: str) -> Phrase:
    """Mark an English sentence for the catalogs."""
    return Phrase(text)


def say_n(text: str, plural: str) -> Phrase:
    """Mark an English sentence and its plural for the catalogs; the parameter `count` chooses."""
    return Phrase(text, plural)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time shown the way people say it: “Tuesday at 10:30”, in the desk's time zone.

    With `is_latest` it is a deadline: “by 10:30 today”.
    """

    at: datetime
    is_latest: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs an aware datetime")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A length of time: “42 min”, “3 h”, “2 days”."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class SpecialDayHours:
    """A date whose hours differ from its weekday's: “Thursday 25 December: closed (Christmas)”."""

    on: date
    intervals: tuple[str, ...]  # as in `OpeningHours`
    name: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the desk is open, a line for each kind of day: “Monday to Friday: 9:00–18:00”.

    `week` has seven days from Monday, each with its intervals as “09:00-18:00”, or none if closed.
    """

    week: tuple[tuple[str, ...], ...]
    unusual: tuple[SpecialDayHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Translatable:
    """A phrase with parameters, which are rendered in the reader's language too."""

    phrase: Phrase
    params: "Mapping[str, Param]" = field(default_factory=dict)


Param = str | int | LocalizedText | Timestamp | TimeSpan | OpeningHours | Translatable
Line = str | LocalizedText | Translatable
"""A line of a message: somebody's own text, a policy's text, or a phrase."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: shown as a button or a numbered line. `payload` is at most 64 bytes of ASCII."""

    payload: str
    label: Line
    description: Line = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came in or goes out.

    `ref` is the provider's reference (a Twilio media URL, a Telegram file id) until a job has fetched it; `file_id`
    is ours once the file is in the media folder. `problem` is a code saying why it couldn't be stored (`too_big`,
    `type_refused`, `gone`).
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
    """One message: lines of text, then options, then files."""

    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    quoted_id: str = ""
    """The channel's id of the message this one replies to, if the channel can show that."""
    edits: str = ""
    """The outbox id of our message that this one replaces, if the channel supports edits.

    Without lines, that message is deleted; then this may name several, separated by spaces.
    """
