"""Links and codes for switching channels: how they're recognised, and the interface that stores them. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages.ids import LETTERS
from bot.messages.inbound import Inbound, MessageKind, SwitchLink
from bot.model.conversation import Conversation

VALID_FOR = timedelta(minutes=30)
CODE_ALPHABET = LETTERS + "346789"
"""Characters of a code, hard to confuse when read aloud."""

LINK_PREFIX = "move-"
CODE_PREFIX = "M"
CODE_LENGTH = 9
"""Characters after the prefix, at least one of them a digit: 42 bits."""

_LINK = re.compile(rf"\s*/start(?:@\w+)?\s+{LINK_PREFIX}(\S{{0,64}})\s*")
_CODE = re.compile(
    rf"\s*(?:(?:code|c[oó]digo)\s*:?\s*)?{CODE_PREFIX}([{CODE_ALPHABET}]{{4}})[\s-]?([{CODE_ALPHABET}]{{5}})\s*\.?\s*",
    re.IGNORECASE,
)


class SwitchLinks(Protocol):
    """Stores links and codes; `places` maps each channel of the desk to our number, or "" for the bot."""

    @property
    def places(self) -> Mapping[str, str]: ...

    def offer(self, passage: SwitchLink, at: datetime) -> None:
        """Accept its link or code from now on, for one address."""


def is_switch_link(inbound: Inbound) -> bool:
    """Whether a switch link was opened, valid or not."""
    return inbound.address.channel == "telegram" and _LINK.fullmatch(inbound.text) is not None


def extract_token(inbound: Inbound) -> str:
    """The token of a link, or a code that is the whole message; "" for anything else."""
    if inbound.kind is not MessageKind.TEXT or inbound.is_edit or inbound.choice or len(inbound.text) > 120:
        return ""
    if inbound.address.channel == "telegram":
        found = _LINK.fullmatch(inbound.text)
        return found[1] or "-" if found else ""
    found = _CODE.fullmatch(inbound.text) if inbound.address.channel == "whatsapp" else None
    bare = f"{found[1]}{found[2]}".upper() if found else ""
    return bare if any(sign.isdigit() for sign in bare) else ""


def needs_confirmation(known: Conversation | None, passage: SwitchLink) -> bool:
    """Whether to confirm first, because someone else's link or code would merge two people's requests."""
    if known is None or passage.is_confirmed or passage.origin in known.addresses:
        return False
    return bool(known.tickets)


def format_code(code: str) -> str:
    """The code in readable form: M7KD4-MX9QA."""
    return f"{CODE_PREFIX}{code[:4]}-{code[4:]}"
