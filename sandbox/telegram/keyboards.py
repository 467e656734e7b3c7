"""Reply markup: inline and reply keyboards, with buttons checked as strictly as Telegram does."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.values import boolean, integer, list_of, load_json, string, structure, text

LONGEST_DATA_BYTES = 64
FORMS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def reply_markup(name: str, raw: Any) -> dict[str, Any]:
    """Any of the four kinds of markup."""
    given = load_json(name, raw, dict, "object")
    form = next((form for form in FORMS if form in given), None)
    if form is None:
        if given:
            raise bad_request("can't parse reply keyboard markup JSON object")
        return {}
    read: dict[str, Any] = READERS[form](name, given)
    return read


def inline_keyboard(name: str, raw: Any) -> dict[str, Any]:
    """An inline keyboard only, for edits."""
    given = load_json(name, raw, dict, "object")
    if given and "inline_keyboard" not in given:
        raise bad_request("inline keyboard expected")
    read: dict[str, Any] = READERS["inline_keyboard"](name, given) if given else {}
    return read


def callback_data(name: str, raw: Any) -> str:
    data = string(name, raw)
    if not 1 <= len(data.encode()) <= LONGEST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def url(name: str, raw: Any) -> str:
    address = string(name, raw)
    if not address.startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: unsupported URL protocol")
    return address


def inline_button(name: str, raw: Any) -> dict[str, Any]:
    """A label and exactly one action: callback data or a URL."""
    button: dict[str, Any] = _INLINE_BUTTON(name, raw)
    if not button["text"]:
        raise bad_request("can't parse inline keyboard button: text of the button is empty")
    if len(set(button) & {"callback_data", "url"}) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return button


def reply_button(name: str, raw: Any) -> dict[str, Any]:
    if isinstance(raw, str):
        return {"text": raw}
    button: dict[str, Any] = _REPLY_BUTTON(name, raw)
    return button


STYLE = {"style": string}
_INLINE_BUTTON = structure({"text": string}, {"callback_data": callback_data, "url": url, **STYLE})
_REPLY_BUTTON = structure(
    {"text": string}, {"request_contact": boolean, "request_location": boolean, **STYLE}
)
_LOOK = {
    "is_persistent": boolean,
    "resize_keyboard": boolean,
    "one_time_keyboard": boolean,
    "input_field_placeholder": text(1, 64, "input field placeholder is too long"),
    "selective": boolean,
}
READERS = {
    "inline_keyboard": structure({"inline_keyboard": list_of(list_of(inline_button))}, {}),
    "keyboard": structure({"keyboard": list_of(list_of(reply_button))}, _LOOK),
    "remove_keyboard": structure({"remove_keyboard": boolean}, {"selective": boolean}),
    "force_reply": structure(
        {"force_reply": boolean},
        {"selective": boolean, "input_field_placeholder": _LOOK["input_field_placeholder"]},
    ),
}
reply_parameters = structure(
    {"message_id": integer}, {"allow_sending_without_reply": boolean, "quote": string, "chat_id": integer}
)
link_preview_options = structure(
    {},
    {
        "is_disabled": boolean,
        "url": string,
        "prefer_small_media": boolean,
        "prefer_large_media": boolean,
        "show_above_text": boolean,
    },
)
