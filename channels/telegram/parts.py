"""Cutting a message to Telegram's measure: 4,096 UTF-16 units, captions of 1,024, buttons under the last.

Texts go out as plain words, never as markup: nothing that anybody types can break a message or dress it up.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.errors import DeliveryError
from channels.rendered import Part, Rendered
from channels.words import carriable, split, units

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_PAYLOAD = 64  # bytes
_NEVER_CAPTIONED = "sticker"


def parts(rendered: Rendered) -> tuple[Part, ...]:
    """The calls that this message takes, in order. Raises DeliveryError for a button that cannot be."""
    for option in rendered.options:
        if not 1 <= len(option.payload.encode()) <= MOST_PAYLOAD:
            raise DeliveryError(
                "refused", f"a button's payload is not 1 to {MOST_PAYLOAD} bytes", permanent=True
            )
    found = list(_parts(rendered))
    if found and rendered.options:
        found[_last_with_text(found)] = replace(found[_last_with_text(found)], options=rendered.options)
    return tuple(replace(part, topic_id=rendered.topic_id) for part in found)


def _parts(rendered: Rendered) -> Iterator[Part]:
    text, files, quoted_id = _text(rendered), rendered.files, rendered.quoted_id
    is_captioned = text and files and files[0].kind != _NEVER_CAPTIONED and units(text) <= LONGEST_CAPTION
    if is_captioned and not rendered.edits_id:
        yield Part(text=text, file=files[0], quoted_id=quoted_id)
        text, files = "", files[1:]
    edits_id = rendered.edits_id
    for piece in split(text, LONGEST_TEXT):
        if piece.strip():
            yield Part(text=piece, quoted_id=quoted_id, edits_id=edits_id)
            edits_id = ""
    for file in files:
        yield Part(file=file)


def _text(rendered: Rendered) -> str:
    """The words, and what is to be known about each choice."""
    described = [option for option in rendered.options if option.description]
    lines = "\n".join(f"• {option.label} – {option.description}" for option in described)
    return carriable("\n\n".join(block for block in (rendered.text, lines) if block))


def _last_with_text(found: list[Part]) -> int:
    return max((at for at, part in enumerate(found) if part.text), default=len(found) - 1)
