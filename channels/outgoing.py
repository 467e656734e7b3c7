"""What goes out, in the reader's language, before and after it is cut to a channel's measure.

`Rendered` is one message to one reader; a channel cuts it into `Part`s, each one call to the provider.
Nothing here translates, sends or knows a provider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the reader may choose; `payload` is at most 64 bytes."""

    payload: str
    label: str
    description: str = ""
    url: str = ""  # opens this in place of sending the payload, on Telegram


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: WhatsApp fetches `url`, Telegram and e-mail are given the bytes at `path`."""

    kind: str  # image, audio, video, document, sticker: as in bot.messages.outgoing.Attachment
    media_type: str
    name: str
    path: Path
    url: str = ""
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Template:
    """A message approved by WhatsApp beforehand, the only thing that goes outside the 24-hour window."""

    content_sid: str
    variables: Mapping[str, str] = field(default_factory=dict)
    text: str = ""  # what the reader will see, for our own thread


@dataclass(frozen=True, slots=True)
class ChoiceTemplate:
    """A template for exactly as many choices as there are, where WhatsApp shows buttons or a list only so."""

    kind: str  # buttons, list
    content_sid: str


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message to one reader, as long as it likes to be."""

    text: str = ""
    options: tuple[Choice, ...] = ()
    choice_template: ChoiceTemplate | None = None
    files: tuple[File, ...] = ()
    quoted_id: str = ""  # the channel's id of the message that this one answers
    edits_id: str = ""  # the channel's id of the message of ours that this one replaces, where it can
    template: Template | None = None
    topic_id: str = ""  # the topic of a Telegram forum


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One call to a provider. `options` stand under it as buttons where the channel has them."""

    text: str = ""
    options: tuple[Choice, ...] = ()
    file: File | None = None
    album: tuple[File, ...] = ()  # files that one call sends together
    quoted_id: str = ""
    edits_id: str = ""
    template: Template | None = None
    topic_id: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it, and calls it this."""

    external_id: str
