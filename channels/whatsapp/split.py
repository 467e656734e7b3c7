"""Cutting a message to WhatsApp's measure: 1,600 characters, one file each, choices as numbered lines."""

from collections.abc import Iterator

from channels.outgoing import File, Part, Rendered
from channels.text_limits import carriable, split, units
from channels.whatsapp.interactive import interactive, numbered

LONGEST_TEXT = 1600
LONGEST_CAPTION = 1024
_CAPTIONED = ("image", "video")  # WhatsApp drops the words beside other files


def parts(rendered: Rendered) -> tuple[Part, ...]:
    """The calls that this message takes, in order."""
    if rendered.template is not None:
        return (Part(template=rendered.template, text=carriable(rendered.template.text)),)
    if rendered.choice_form and (form := interactive(rendered.text, rendered.options, rendered.choice_form)):
        return (Part(text=_text(rendered), template=form), *(Part(file=file) for file in rendered.files))
    return tuple(_parts(_text(rendered), rendered.files, rendered.quoted_id))


def _parts(text: str, files: tuple[File, ...], quoted_id: str) -> Iterator[Part]:
    if text and files and files[0].kind in _CAPTIONED and units(text) <= LONGEST_CAPTION:
        yield Part(text=text, file=files[0], quoted_id=quoted_id)
        text, files = "", files[1:]
    for piece in split(text, LONGEST_TEXT):
        if piece.strip():
            yield Part(text=piece, quoted_id=quoted_id)
    for file in files:
        yield Part(file=file)


def _text(rendered: Rendered) -> str:
    """The words, and under them the choices: “1 Urgent – nobody can work”."""
    blocks = (carriable(rendered.text), "\n".join(numbered(rendered.options)))
    return "\n\n".join(block for block in blocks if block)
