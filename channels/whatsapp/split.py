"""Splits a message to WhatsApp's limits: 1,600 characters, one file per part, choices as numbered lines."""

from collections.abc import Iterator

from channels.outgoing import File, MessagePart, RenderedMessage
from channels.text_limits import clean_text, split_text, utf16_length
from channels.whatsapp.interactive import interactive_template, numbered_lines

LONGEST_TEXT = 1600
LONGEST_CAPTION = 1024
_CAPTIONED = ("image", "video")  # WhatsApp drops the caption of other files


def split_message(rendered: RenderedMessage) -> tuple[MessagePart, ...]:
    """The parts to send, in order."""
    if rendered.template is not None:
        return (MessagePart(template=rendered.template, text=clean_text(rendered.template.text)),)
    if rendered.choice_template and (
        form := interactive_template(rendered.text, rendered.options, rendered.choice_template)
    ):
        return (
            MessagePart(text=_text(rendered), template=form),
            *(MessagePart(file=file) for file in rendered.files),
        )
    return tuple(_parts(_text(rendered), rendered.files, rendered.quoted_id))


def _parts(text: str, files: tuple[File, ...], quoted_id: str) -> Iterator[MessagePart]:
    if text and files and files[0].kind in _CAPTIONED and utf16_length(text) <= LONGEST_CAPTION:
        yield MessagePart(text=text, file=files[0], quoted_id=quoted_id)
        text, files = "", files[1:]
    for piece in split_text(text, LONGEST_TEXT):
        if piece.strip():
            yield MessagePart(text=piece, quoted_id=quoted_id)
    for file in files:
        yield MessagePart(file=file)


def _text(rendered: RenderedMessage) -> str:
    """The text, then the choices as lines: “1 Urgent – nobody can work”."""
    blocks = (clean_text(rendered.text), "\n".join(numbered_lines(rendered.options)))
    return "\n\n".join(block for block in blocks if block)
