"""Adds links and codes for switching channels to a message when it's sent; they aren't stored anywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.messages import phrases_channel_switch as phrases
from bot.messages.outgoing import Line, Option, Outgoing, Translatable
from bot.messages.thread import OutboxEntry
from bot.model.switch_links import LINK_PREFIX, format_code
from bot.text.support_codes import REDACTED
from channels.channel import Channel
from store.contacts.switch_links import SwitchLinks


@dataclass(frozen=True, slots=True)
class RenderedSwitchLink:
    """The message with its link or code; `url` is its button's target, if it has a button."""

    outgoing: Outgoing
    url: str = ""


class SwitchLinkRenderer:
    """Adds links and codes to messages that have a place for them."""

    def __init__(self, switch_links: SwitchLinks, channels: Mapping[str, Channel]) -> None:
        self._switch_links, self._telegram = switch_links, channels.get("telegram")

    def render(self, entry: OutboxEntry) -> RenderedSwitchLink:
        """The message for its recipient; without a link while the bot's name is unknown."""
        secret = self._switch_links.secret(entry.entry_id, entry.passage)
        if entry.passage == "whatsapp":
            return self._to_whatsapp(entry, format_code(secret))
        name = self._telegram.bot_username() if self._telegram else ""
        if not name:
            return RenderedSwitchLink(Outgoing((Translatable(phrases.NO_LINK_NOW),)))
        return RenderedSwitchLink(_with(entry, f"https://t.me/{name}?start={LINK_PREFIX}{secret}"))

    def _to_whatsapp(self, entry: OutboxEntry, code: str) -> RenderedSwitchLink:
        number = self._switch_links.places.get("whatsapp", "")
        url = f"https://wa.me/{number.lstrip('+')}?text={quote(code)}"
        if entry.address.channel != "telegram":
            return RenderedSwitchLink(_with(entry, code, url))
        button = Option("whatsapp", Translatable(phrases.OPEN_WHATSAPP))
        return RenderedSwitchLink(replace(_with(entry, code), options=(button,)), url)


def _with(entry: OutboxEntry, *hidden: Line) -> Outgoing:
    """The message with these lines in place of the redacted ones."""
    lines = [hidden if line == REDACTED else (line,) for line in entry.outgoing.lines]
    return replace(entry.outgoing, lines=tuple(each for group in lines for each in group))
