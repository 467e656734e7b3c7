"""A customer's message in one shape for all channels, which parsers produce and the rules read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messages import number_spellings
from bot.messages.outgoing import Attachment

PORTAL = "portal"
"""The channel name of contacts in your own portal: they read our messages there."""


CHANNEL_NAMES = {"whatsapp": "WhatsApp", "telegram": "Telegram"}
"""The chat apps' own names, the same in every language."""


@dataclass(frozen=True, slots=True, eq=False)
class Address:
    """A contact's address on a channel: `whatsapp:+351…`, `whatsapp:CC.…`, `telegram:42`, `mailto:a@b`, `portal:id`.

    Two spellings of one phone number are equal; each keeps its own, since a provider delivers to the one it knows.
    """

    channel: str
    name: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.name}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self.spellings[0] == other.spellings[0]

    def __hash__(self) -> int:
        return hash(self.spellings[0])

    @property
    def spellings(self) -> tuple[str, ...]:
        """The address as text in every spelling of its number, today's first."""
        names = number_spellings.spellings(self.name) if self.channel == "whatsapp" else (self.name,)
        return tuple(f"{self.channel}:{name}" for name in names)

    @property
    def is_deliverable(self) -> bool:
        """Whether messages are sent to it; otherwise they're only added to the thread, to be read there."""
        return self.channel != PORTAL

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Parse `channel:name`; ValueError if it is malformed."""
        channel, colon, name = text.partition(":")
        if not (channel and colon and name):
            raise ValueError(f"not an address: {text!r}; write whatsapp:+351… or telegram:42")
        return cls(channel, name)


class MessageKind(StrEnum):
    """The type of a message; unknown types are `other`, never refused."""

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
    """The language of a message, as far as its text tells."""

    locale: str = ""  # "" if the text doesn't tell
    is_sure: bool = False
    is_wish: bool = False  # they asked for it: “English please”
    hint: str = ""  # the phone number's country or the app's language: only breaks ties
    foreign: str = ""  # ISO 639-1 code of a language that we don't speak
    is_sentence: bool = False  # in that language, and more than a name


@dataclass(frozen=True, slots=True)
class SwitchLink:
    """A link to continue on the other channel, offered to a contact. `name` is the outbox id of the offer."""

    name: str
    contact_id: str
    origin: Address  # where they were
    to: str  # the channel it leads to
    ticket_id: str = ""  # the ticket that messages joined
    locale: str = ""
    is_confirmed: bool = False  # the person who came through has confirmed it


class SwitchLinkProblem(StrEnum):
    """Why a switch link or code isn't accepted."""

    OVER = "over"  # already used, or expired
    UNKNOWN = "unknown"  # perhaps not a code at all, only text that looks like one
    TOO_OFTEN = "too_often"  # like unknown, but not checked, since they tried too many


@dataclass(frozen=True)
class Inbound:
    """One message from a customer. `external_id` is unique per channel, so that repeats do no harm."""

    external_id: str
    address: Address
    sent_at: datetime
    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    choice: str = ""  # Option.payload of the choice; sent by the client, so never an authorisation
    attachments: tuple[Attachment, ...] = ()
    message_id: str = ""  # the channel's id, which a `quoted_id` refers to; an edit has its original's
    quoted_id: str = ""
    quoted_thread_id: str = ""  # the thread of the quoted message, if it's one of their tickets'
    quoted_text: str = ""  # the part of the message that they quoted, or what they reply to elsewhere
    album_id: str = ""  # shared by files sent together
    is_edit: bool = False
    is_forwarded: bool = False
    is_own_card: bool = False  # a contact card whose number the channel itself confirms as the sender's
    referral: str = ""  # the advertisement that they came from
    answer_token: str = ""  # for Channel.acknowledge, which tells the channel that we got the button press
    profile_name: str = ""
    sender: Address | None = None  # who in a group pressed the button; the address is the group's
    also_known_as: Address | None = None  # the same person's other address, according to the provider
    claimed: SwitchLink | SwitchLinkProblem | None = None  # what its switch link or code turned out to be
    elsewhere: tuple[str, ...] = ()  # the other channels on which they can continue with this desk
    heard: DetectedLanguage = DetectedLanguage()

    def __post_init__(self) -> None:
        if self.sent_at.tzinfo is None:
            raise ValueError("an inbound message needs an aware sent_at")
