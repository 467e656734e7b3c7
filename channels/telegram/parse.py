"""Parses Telegram updates (core.telegram.org/bots/api#update).

It reads plain JSON because aiogram's models take half a millisecond per update and reject all of it for one odd
field, which would block the chat for a day. Tests check that aiogram accepts the same fixtures.
"""

import json
import re
from datetime import datetime

from bot.alerts.reply_parsing import parse_payload
from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from channels.inbound_events import GroupChanged, GroupUpdate, Ignored, ReachabilityChanged, Unreadable
from channels.telegram.content import attachments_of, is_service, kind_of_message, text_of
from channels.telegram.group import parse_group_update
from channels.telegram.ids import format_message_id
from channels.telegram.json_reader import (
    Json,
    full_name,
    get_int,
    get_object,
    get_objects,
    get_string,
    sent_at,
)
from channels.telegram.special_content import quoted_text, special_text
from channels.text_limits import clean_text

_LANGUAGE = re.compile(r"[a-z]{2}(?=-|\Z)")
_LONGEST_NAME = 120


def parse_update(
    body: bytes, now: datetime
) -> Inbound | ReachabilityChanged | GroupUpdate | GroupChanged | Ignored:
    """Parse an update. Raises Unreadable if the body isn't one, and nothing else."""
    update = _read(body)
    update_id = get_int(update, "update_id")
    if update_id is None:
        raise Unreadable("not an update: no update_id")
    if in_group := parse_group_update(update, str(update_id), now):
        return in_group
    if message := get_object(update, "message"):
        return _message(message, str(update_id), now)
    if edited := get_object(update, "edited_message"):
        return _edit(edited, str(update_id), now)
    if pressed := get_object(update, "callback_query"):
        return _press(pressed, str(update_id), now)
    if member := get_object(update, "my_chat_member"):
        return _reachability(member, now)
    known = next((name for name in update if name != "update_id" and name.isidentifier()), "nothing")
    return Ignored(f"an update we don’t handle: {known[:40]}")


def _read(body: bytes) -> Json:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(update, dict):
        raise Unreadable("not an update: not an object")
    return update


def _message(message: Json, update_id: str, now: datetime, *, is_edit: bool = False) -> Inbound | Ignored:
    who, chat_id, message_id = _sender(message), _private_chat(message), get_int(message, "message_id")
    if isinstance(who, Ignored):
        return who
    if chat_id is None or message_id is None:
        return Ignored("not a private chat")
    if is_service(message):
        return Ignored("a service message")
    paid = get_objects(get_object(message, "paid_media"), "paid_media")
    attachments = tuple(file for each in (message, *paid) for file in attachments_of(each))
    return Inbound(
        external_id=update_id,
        message_id=format_message_id(chat_id, message_id),
        address=Address("telegram", str(chat_id)),
        sent_at=sent_at(message, "edit_date" if is_edit else "date", now),
        kind=kind_of_message(message, attachments),
        text=clean_text("\n".join(filter(None, (special_text(message), text_of(message))))),
        attachments=attachments,
        quoted_id=_quoted(message, chat_id),
        quoted_text=clean_text(quoted_text(message)),
        album_id=clean_text(get_string(message, "media_group_id"))[:_LONGEST_NAME],
        is_edit=is_edit,
        is_forwarded="forward_origin" in message,
        is_own_card=_is_own_card(message, who),
        profile_name=full_name(who),
        heard=_hint(who),
    )


def _edit(message: Json, update_id: str, now: datetime) -> Inbound | Ignored:
    """They edited a message. A live location is edited every few seconds, so it's ignored."""
    if "location" in message:
        return Ignored("a live location moved")
    return _message(message, update_id, now, is_edit=True)


def _press(pressed: Json, update_id: str, now: datetime) -> Inbound | Ignored:
    """They pressed a button under our message; Telegram doesn't say when."""
    who, message, data = _sender(pressed), get_object(pressed, "message"), get_string(pressed, "data")
    group_id = _group(message) if parse_payload(data) else None
    chat_id, message_id = _private_chat(message) or group_id, get_int(message, "message_id")
    if isinstance(who, Ignored):
        return who
    if chat_id is None or message_id is None or not data:
        return Ignored("a button that isn’t under our message in a private chat")
    return Inbound(
        external_id=update_id,
        message_id=f"press:{update_id}",
        address=Address("telegram", str(chat_id)),
        sender=Address("telegram", str(get_int(who, "id"))) if group_id is not None else None,
        sent_at=now,
        kind=MessageKind.CHOICE,
        text=_label(message, data),
        choice=clean_text(data),
        quoted_id=format_message_id(chat_id, message_id),
        answer_token=clean_text(get_string(pressed, "id"))[:_LONGEST_NAME],
        profile_name=full_name(who),
        heard=_hint(who),
    )


def _reachability(member: Json, now: datetime) -> ReachabilityChanged | Ignored:
    """The bot was blocked or unblocked."""
    chat_id = _private_chat(member)
    status = get_string(get_object(member, "new_chat_member"), "status")
    if chat_id is None or not status:
        return Ignored("the bot’s membership in a group changed")
    is_reachable = status not in ("kicked", "left")
    return ReachabilityChanged(Address("telegram", str(chat_id)), is_reachable, sent_at(member, "date", now))


def _sender(holder: Json) -> Json | Ignored:
    who = get_object(holder, "from")
    if get_int(who, "id") is None:
        return Ignored("no sender")
    return Ignored("from another bot") if who.get("is_bot") is True else who


def _private_chat(holder: Json) -> int | None:
    chat = get_object(holder, "chat")
    return get_int(chat, "id") if get_string(chat, "type") == "private" else None


def _group(holder: Json) -> int | None:
    """The group where somebody pressed a button under an alert."""
    chat = get_object(holder, "chat")
    return get_int(chat, "id") if get_string(chat, "type") in ("group", "supergroup") else None


def _quoted(message: Json, chat_id: int) -> str:
    quoted = get_int(get_object(message, "reply_to_message"), "message_id")
    return format_message_id(chat_id, quoted) if quoted is not None else ""


def _label(message: Json, data: str) -> str:
    """The button's label."""
    rows = get_object(message, "reply_markup").get("inline_keyboard")
    for row in rows if isinstance(rows, list) else ():
        for button in get_objects({"row": row}, "row"):
            if button.get("callback_data") == data:
                return clean_text(get_string(button, "text"))
    return ""


def _is_own_card(message: Json, who: Json) -> bool:
    """Whether the card is the sender's own: only then does Telegram guarantee its number."""
    owner = get_int(get_object(message, "contact"), "user_id")
    return owner is not None and owner == get_int(who, "id")


def _hint(who: Json) -> DetectedLanguage:
    found = _LANGUAGE.match(get_string(who, "language_code").lower())
    return DetectedLanguage(hint=found[0]) if found else DetectedLanguage()
