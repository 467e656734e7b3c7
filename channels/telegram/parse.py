"""Turning a Telegram update into a customer's message (core.telegram.org/bots/api#update).

Written on plain JSON: aiogram's models cost half a millisecond an update and refuse all of it for one odd
field, which would block that chat for a day. Tests check that aiogram accepts the same fixtures.
"""

import json
import re
from datetime import datetime

from bot.alerts.reply_parsing import parse_payload
from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from channels.inbound_events import GroupChanged, HeardInGroup, Ignored, Reach, Unreadable
from channels.telegram.content import attachments_of, is_service, kind_of_message, text_of
from channels.telegram.group import heard_in_group
from channels.telegram.ids import message_name
from channels.telegram.json_reader import Json, an_object, full_name, objects, sent_at, whole, words
from channels.text_limits import carriable

_LANGUAGE = re.compile(r"[a-z]{2}(?=-|\Z)")
_LONGEST_NAME = 120


def parse(body: bytes, now: datetime) -> Inbound | Reach | HeardInGroup | GroupChanged | Ignored:
    """What the update tells. Raises Unreadable for what is no update at all; never anything else."""
    update = _read(body)
    update_id = whole(update, "update_id")
    if update_id is None:
        raise Unreadable("not an update: no update_id")
    if in_group := heard_in_group(update, str(update_id), now):
        return in_group
    if message := an_object(update, "message"):
        return _message(message, str(update_id), now)
    if edited := an_object(update, "edited_message"):
        return _edit(edited, str(update_id), now)
    if pressed := an_object(update, "callback_query"):
        return _press(pressed, str(update_id), now)
    if member := an_object(update, "my_chat_member"):
        return _reach(member, now)
    known = next((name for name in update if name != "update_id" and name.isidentifier()), "nothing")
    return Ignored(f"an update of another kind: {known[:40]}")


def _read(body: bytes) -> Json:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(update, dict):
        raise Unreadable("not an update: not an object")
    return update


def _message(message: Json, update_id: str, now: datetime, *, is_edit: bool = False) -> Inbound | Ignored:
    who, chat_id, message_id = _who(message), _private_chat(message), whole(message, "message_id")
    if isinstance(who, Ignored):
        return who
    if chat_id is None or message_id is None:
        return Ignored("not a private chat")
    if is_service(message):
        return Ignored("a service message")
    attachments = attachments_of(message)
    return Inbound(
        external_id=update_id,
        message_id=message_name(chat_id, message_id),
        address=Address("telegram", str(chat_id)),
        sent_at=sent_at(message, "edit_date" if is_edit else "date", now),
        kind=kind_of_message(message, attachments),
        text=text_of(message),
        attachments=attachments,
        quoted_id=_quoted(message, chat_id),
        album_id=carriable(words(message, "media_group_id"))[:_LONGEST_NAME],
        is_edit=is_edit,
        is_forwarded="forward_origin" in message,
        is_own_card=_is_own_card(message, who),
        profile_name=full_name(who),
        heard=_hint(who),
    )


def _edit(message: Json, update_id: str, now: datetime) -> Inbound | Ignored:
    """They changed a message of theirs. A moving “live location” is an edit every few seconds: not ours."""
    if "location" in message:
        return Ignored("a live location moved")
    return _message(message, update_id, now, is_edit=True)


def _press(pressed: Json, update_id: str, now: datetime) -> Inbound | Ignored:
    """They pressed a button under a message of ours; Telegram does not say when."""
    who, message, data = _who(pressed), an_object(pressed, "message"), words(pressed, "data")
    group_id = _group(message) if parse_payload(data) else None
    chat_id, message_id = _private_chat(message) or group_id, whole(message, "message_id")
    if isinstance(who, Ignored):
        return who
    if chat_id is None or message_id is None or not data:
        return Ignored("a button that is not under a private message of ours")
    return Inbound(
        external_id=update_id,
        message_id=f"press:{update_id}",
        address=Address("telegram", str(chat_id)),
        sender=Address("telegram", str(whole(who, "id"))) if group_id is not None else None,
        sent_at=now,
        kind=MessageKind.CHOICE,
        text=_label(message, data),
        choice=carriable(data),
        quoted_id=message_name(chat_id, message_id),
        answer_token=carriable(words(pressed, "id"))[:_LONGEST_NAME],
        profile_name=full_name(who),
        heard=_hint(who),
    )


def _reach(member: Json, now: datetime) -> Reach | Ignored:
    """The bot was blocked or let in again."""
    chat_id = _private_chat(member)
    status = words(an_object(member, "new_chat_member"), "status")
    if chat_id is None or not status:
        return Ignored("the bot’s place in a group changed")
    is_reachable = status not in ("kicked", "left")
    return Reach(Address("telegram", str(chat_id)), is_reachable, sent_at(member, "date", now))


def _who(holder: Json) -> Json | Ignored:
    who = an_object(holder, "from")
    if whole(who, "id") is None:
        return Ignored("nobody’s: no sender")
    return Ignored("another bot’s") if who.get("is_bot") is True else who


def _private_chat(holder: Json) -> int | None:
    chat = an_object(holder, "chat")
    return whole(chat, "id") if words(chat, "type") == "private" else None


def _group(holder: Json) -> int | None:
    """The group where somebody of the desk presses a button under an alert."""
    chat = an_object(holder, "chat")
    return whole(chat, "id") if words(chat, "type") in ("group", "supergroup") else None


def _quoted(message: Json, chat_id: int) -> str:
    quoted = whole(an_object(message, "reply_to_message"), "message_id")
    return message_name(chat_id, quoted) if quoted is not None else ""


def _label(message: Json, data: str) -> str:
    """What stood on the button."""
    rows = an_object(message, "reply_markup").get("inline_keyboard")
    for row in rows if isinstance(rows, list) else ():
        for button in objects({"row": row}, "row"):
            if button.get("callback_data") == data:
                return carriable(words(button, "text"))
    return ""


def _is_own_card(message: Json, who: Json) -> bool:
    """Whether the number on the card is the sender's own: only then does Telegram vouch for it."""
    owner = whole(an_object(message, "contact"), "user_id")
    return owner is not None and owner == whole(who, "id")


def _hint(who: Json) -> DetectedLanguage:
    found = _LANGUAGE.match(words(who, "language_code").lower())
    return DetectedLanguage(hint=found[0]) if found else DetectedLanguage()
