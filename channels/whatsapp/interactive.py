"""Fills the content templates, made at Twilio beforehand, that show buttons and lists on WhatsApp.

Variables: `{{1}}` is the question, then each choice has its label and id in order: `{{2}}`, `{{3}}`; `{{4}}`,
`{{5}}`… Limits: twilio.com/docs/content/twilio-quick-reply and …/twiliolist-picker.
"""

from collections.abc import Iterable, Iterator

from channels.outgoing import Choice, ChoiceTemplate, Template
from channels.text_limits import clean_text, utf16_length

LONGEST_BODY = 1024
_LONGEST_LABEL = {"buttons": 20, "list": 24}
_LONGEST_ID = 200


def interactive_template(text: str, options: tuple[Choice, ...], form: ChoiceTemplate) -> Template | None:
    """The filled template; None if the text exceeds its limits and must be sent as numbered lines."""
    body = _body(text, options)
    labels = [clean_text(option.label).strip() for option in options]
    is_fit = (
        0 < utf16_length(body) <= LONGEST_BODY
        and all(0 < utf16_length(label) <= _LONGEST_LABEL[form.kind] for label in labels)
        and len(set(labels)) == len(labels)
        and all(0 < len(option.payload) <= _LONGEST_ID for option in options)
    )
    if not is_fit:
        return None
    values = [body]
    for label, option in zip(labels, options, strict=True):
        values += [label, option.payload]
    return Template(form.content_sid, {str(n): value for n, value in enumerate(values, start=1)}, body)


def numbered_lines(options: Iterable[Choice]) -> Iterator[str]:
    """The choices as lines: “1 Urgent – nobody can work”."""
    for number, option in enumerate(options, start=1):
        words = f"{option.label} – {option.description}" if option.description else option.label
        yield clean_text(f"{number} {words}")


def _body(text: str, options: tuple[Choice, ...]) -> str:
    """The question, with descriptions of the choices below it, because buttons have no room for them."""
    lines = "\n".join(numbered_lines(options)) if any(option.description for option in options) else ""
    return "\n\n".join(block for block in (clean_text(text).strip(), lines) if block)
