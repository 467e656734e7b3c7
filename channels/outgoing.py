"""Outgoing messages in the reader's language, before and after they're split to a channel's limits.

`RenderedMessage` is one message to one reader; a channel splits it into `MessagePart`s, each one call to the
provider. Nothing here translates, sends or knows a provider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Choice:
    """One option that the reader can choose; `payload` has at most 64 bytes."""

    payload: str
    label: str
    description: str = ""
    url: str = ""  # on Telegram, opens this instead of sending the payload


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: WhatsApp fetches `url`; Telegram and e-mail get the bytes at `path`."""

    kind: str  # image, audio, video, document, sticker: as in bot.messages.outgoing.Attachment
    media_type: str
    name: str
    path: Path
    url: str = ""
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Template:
    """A message that WhatsApp approved beforehand, the only kind allowed outside the 24-hour window."""

    content_sid: str
    variables: Mapping[str, str] = field(default_factory=dict)
    text: str = ""  # what the reader sees, for our thread


@dataclass(frozen=True, slots=True)
class ChoiceTemplate:
    """A template for exactly this number of choices: WhatsApp needs one to show buttons or a list."""

    kind: str  # buttons, list
    content_sid: str


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message of any length to one reader."""

    text: str = ""
    options: tuple[Choice, ...] = ()
    choice_template: ChoiceTemplate | None = None
    files: tuple[File, ...] = ()
    quoted_id: str = ""  # the channel's id of the message this one replies to
    edits_id: str = ""  # the channel's id of our message that this one replaces, if the channel can
    deletes: tuple[str, ...] = ()  # the channel's ids of our messages to delete, instead of sending anything
    template: Template | None = None
    topic_id: str = ""  # in a Telegram forum


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One call to a provider. `options` become buttons if the channel has them."""

    text: str = ""
    options: tuple[Choice, ...] = ()
    file: File | None = None
    album: tuple[File, ...] = ()  # files sent together in one call
    quoted_id: str = ""
    edits_id: str = ""
    deletes_id: str = ""
    template: Template | None = None
    topic_id: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider accepted the message under this id; `also`: those of an album's other files."""

    external_id: str
    also: tuple[str, ...] = ()
