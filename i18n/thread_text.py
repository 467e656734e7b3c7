"""The text of a thread entry: as written, or rendered if it was one of the desk's phrases."""

from datetime import tzinfo

from bot.messages.thread import ThreadEntry
from i18n.render import render_outgoing


def entry_text(entry: ThreadEntry, locale: str, zone: tzinfo) -> tuple[str, list[str]]:
    """Return the entry's text and the labels of its options, in the locale the customer read it in."""
    if entry.said is None:
        return entry.text, []
    rendered = render_outgoing(entry.said, locale, zone, entry.at)
    return "\n".join(str(line) for line in rendered.lines), [str(option.label) for option in rendered.options]
