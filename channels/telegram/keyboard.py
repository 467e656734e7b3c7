"""Inline buttons of a Telegram message: two per row if all are short, else one."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from channels.outgoing import Choice
from channels.text_limits import clean_text

_SHORT = 16  # characters; two labels of this length fit side by side on a narrow phone
_LONGEST_LABEL = 64


def keyboard(options: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """The buttons as a keyboard; None if there are none."""
    if not options:
        return None
    buttons = [_button(option) for option in options]
    per_row = 2 if all(len(button.text) <= _SHORT for button in buttons) else 1
    rows = [buttons[at : at + per_row] for at in range(0, len(buttons), per_row)]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _button(option: Choice) -> InlineKeyboardButton:
    label = clean_text(option.label).strip()[:_LONGEST_LABEL] or "…"
    if option.url:
        return InlineKeyboardButton(text=label, url=option.url)
    return InlineKeyboardButton(text=label, callback_data=option.payload)
