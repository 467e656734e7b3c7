"""What a customer sent, whatever the channel: the one shape that parsers produce and the rules read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messages.outgoing import Attachment

PORTAL = "portal"
"""Stands in the place of a channel for people of a portal of your own: they read what we say there."""


CHANNEL_NAMES = {"whatsapp": "WhatsApp", "telegram": "Telegram"}
"""What chat apps call themselves, in every language."""


@dataclass(frozen=True, slots=True)
class Address:
    """A contact's place on a channel: `whatsapp:+351…`, `whatsapp:CC.…`, `telegram:42`, `mailto:a@b`, `portal:id`."""

    channel: str
    name: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.name}"

    @property
    def is_deliverable(self) -> bool:
        """Whether what we say goes out to it; else it only stands in the thread, where it is read."""
        return self.channel != PORTAL

    @classmethod
    def parse(cls, text: str) -> "Address":
        """The address written as `channel:name`; ValueError when it is not."""
        channel, colon, name = text.partition(":")
        if not (channel and colon and name):
            raise ValueError(f"not an address: {text!r}; write whatsapp:+351… or telegram:42")
        return cls(channel, name)


class MessageKind(StrEnum):
    """What sort of message it is; everything we do not know is `other`, never refused."""

    TEXT = "text"
    CHOICE = "choice"  # a button or list entry was chosen: see Inbound.choice
    MEDIA = "media"  # image, audio, video, document: see Inbound.attachments
    STICKER = "sticker"
    REACTION = "reaction"
    LOCATION = "location"  # text holds "latitude, longitude" and the place's name
    CONTACT = "contact"  # text holds the name and number on the card
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """Which language the words are in, as far as they tell."""

    locale: str = ""  # "" when the words do not tell
    is_sure: bool = False
    is_wish: bool = False  # they asked for it: “English please”
    hint: str = ""  # the country of the number, the app's language: breaks a tie, decides nothing


@dataclass(frozen=True, slots=True)
class SwitchLink:
    """A way from one channel to the other, once offered to a contact. `name` is the outbox id of the offer."""

    name: str
    contact_id: str
    origin: Address  # where they were
    to: str  # the channel to which it leads
    ticket_id: str = ""  # the ticket that messages joined
    locale: str = ""
    is_confirmed: bool = False  # whoever came through has said so twice


class SwitchLinkProblem(StrEnum):
    """Why a link or code lets nobody through."""

    OVER = "over"  # used by somebody, or expired
    UNKNOWN = "unknown"  # perhaps no code at all, but words that look like one
    TOO_OFTEN = "too_often"  # like unknown: not looked at, since they tried too many


@dataclass(frozen=True)
class Inbound:
    """One message from a customer. `external_id` is unique per channel and is what makes repeats harmless."""

    external_id: str
    address: Address
    sent_at: datetime
    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    choice: str = ""  # Option.payload of what was chosen; client-supplied, never an authorisation
    attachments: tuple[Attachment, ...] = ()
    message_id: str = ""  # the channel's name for it, as `quoted_id` says it; an edit has its original's
    quoted_id: str = ""
    album_id: str = ""  # files sent together share it
    is_edit: bool = False
    is_forwarded: bool = False
    is_own_card: bool = False  # a contact card on which the channel itself vouches for the sender's number
    referral: str = ""  # the advertisement that they came from
    answer_token: str = ""  # tell the channel that the button press was heard: Channel.acknowledge
    profile_name: str = ""
    sender: Address | None = None  # whoever of a group pressed, where the address is the group's
    also_known_as: Address | None = None  # the same person's other address, told by the provider
    claimed: SwitchLink | SwitchLinkProblem | None = None  # what became of the link or code that it holds
    elsewhere: tuple[str, ...] = ()  # the channels on which this desk could go on with them
    heard: DetectedLanguage = DetectedLanguage()

    def __post_init__(self) -> None:
        if self.sent_at.tzinfo is None:
            raise ValueError("an inbound message needs an aware sent_at")
