"""The text of a thread entry as its reader sees it: what somebody wrote, or a phrase of the desk rendered."""

from datetime import tzinfo

from bot.messages.thread import ThreadEntry
from i18n.render import render_outgoing


def entry_text(entry: ThreadEntry, locale: str, zone: tzinfo) -> tuple[str, list[str]]:
    """The text and the labels of its options; `locale` is the language in which the customer read it."""
    if entry.said is None:
        return entry.text, []
    said = render_outgoing(entry.said, locale, zone, entry.at)
    return "\n".join(str(line) for line in said.lines), [str(option.label) for option in said.options]
