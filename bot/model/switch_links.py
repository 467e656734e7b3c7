"""Ways from one channel to the other: how a link or code is told from other words, and what keeps them. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages.ids import LETTERS
from bot.messages.inbound import Inbound, MessageKind, SwitchLink
from bot.model.conversation import Conversation

VALID_FOR = timedelta(minutes=30)
CODE_ALPHABET = LETTERS + "346789"
"""Of a code: none that is taken for another when it is read aloud."""

LINK_PREFIX = "move-"
CODE_PREFIX = "M"
CODE_LENGTH = 9
"""Signs after the mark, one or more of them a digit: 42 bits."""

_LINK = re.compile(rf"\s*/start(?:@\w+)?\s+{LINK_PREFIX}(\S{{0,64}})\s*")
_CODE = re.compile(
    rf"\s*(?:(?:code|c[oó]digo)\s*:?\s*)?{CODE_PREFIX}([{CODE_ALPHABET}]{{4}})[\s-]?([{CODE_ALPHABET}]{{5}})\s*\.?\s*",
    re.IGNORECASE,
)


class SwitchLinks(Protocol):
    """Offers ways; `places` says where each channel of this desk is found: our number, or "" for the bot."""

    @property
    def places(self) -> Mapping[str, str]: ...

    def offer(self, passage: SwitchLink, at: datetime) -> None:
        """From now on its link or code lets one address through."""


def is_switch_link(inbound: Inbound) -> bool:
    """Whether it is a link of ours that was opened, good or not."""
    return inbound.address.channel == "telegram" and _LINK.fullmatch(inbound.text) is not None


def extract_token(inbound: Inbound) -> str:
    """The link's token or the code that the whole message is, bare; "" for any other words."""
    if inbound.kind is not MessageKind.TEXT or inbound.is_edit or inbound.choice or len(inbound.text) > 120:
        return ""
    if inbound.address.channel == "telegram":
        found = _LINK.fullmatch(inbound.text)
        return found[1] or "-" if found else ""
    found = _CODE.fullmatch(inbound.text) if inbound.address.channel == "whatsapp" else None
    bare = f"{found[1]}{found[2]}".upper() if found else ""
    return bare if any(sign.isdigit() for sign in bare) else ""


def needs_confirmation(known: Conversation | None, passage: SwitchLink) -> bool:
    """Whether it would join two people's requests, were the link or code not their own: then they say so twice."""
    if known is None or passage.is_confirmed or passage.origin in known.addresses:
        return False
    return bool(known.tickets)


def format_code(code: str) -> str:
    """A code as people read it: M7KD4-MX9QA."""
    return f"{CODE_PREFIX}{code[:4]}-{code[4:]}"
