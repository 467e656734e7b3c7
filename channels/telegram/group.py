"""Parses updates from groups for the agents' forum. Nothing here starts a conversation."""

from datetime import datetime

from bot.alerts.reply_parsing import parse_payload
from channels.inbound_events import GroupChanged, GroupUpdate, Ignored
from channels.telegram.content import attachments_of, is_service, text_of
from channels.telegram.json_reader import Json, full_name, get_int, get_object, get_string, sent_at
from channels.text_limits import clean_text

_LONGEST_NAME = 120
_UNSENDABLE = ("via_bot", "poll", "dice", "checklist", "story", "game")
_ADMIN_STATUSES = ("administrator", "creator")


def parse_group_update(
    update: Json, update_id: str, now: datetime
) -> GroupUpdate | GroupChanged | Ignored | None:
    """Parse an update from a group; None if it isn't from one."""
    edited = get_object(update, "edited_message")
    message = get_object(update, "message") or edited
    if message and _group_of(message) is not None:
        return _message(message, update_id, now, is_edit=bool(edited))
    pressed = get_object(update, "callback_query")
    is_alerts = (
        parse_payload(get_string(pressed, "data")) is not None
    )  # buttons under alerts are parsed as a private chat's
    if pressed and not is_alerts and _group_of(get_object(pressed, "message")) is not None:
        return _press(pressed, update_id, now)
    member = get_object(update, "my_chat_member")
    if member and (chat_id := _group_of(member)) is not None:
        return _bot_membership(member, chat_id)
    return None


def _message(
    message: Json, update_id: str, now: datetime, *, is_edit: bool
) -> GroupUpdate | GroupChanged | Ignored:
    chat_id, message_id = _group_of(message), get_int(message, "message_id")
    who = get_object(message, "from")
    sender = get_int(who, "id")
    if chat_id is None or message_id is None:
        return Ignored("a group message without an id")
    if moved_to := get_int(message, "migrate_to_chat_id"):
        return GroupChanged(chat_id, moved_to=moved_to)
    if is_service(message):
        return Ignored("a service message in a group")
    is_anonymous = bool(get_object(message, "sender_chat"))
    if not is_anonymous and (sender is None or who.get("is_bot") is True):
        return Ignored("a group message without a sender or by a bot")
    if is_edit and "location" in message:
        return Ignored("a live location")
    topic_id, unsendable = _topic_of(message), _unsendable(message)
    return GroupUpdate(
        update_id=update_id,
        chat_id=chat_id,
        message_id=message_id,
        topic_id=topic_id,
        sender=sender or 0,
        sender_name=full_name(who),
        at=sent_at(message, "edit_date" if is_edit else "date", now),
        text="" if unsendable else text_of(message),
        attachments=() if unsendable else attachments_of(message),
        answers=_replied_to_id(message, topic_id),
        album_id=clean_text(get_string(message, "media_group_id"))[:_LONGEST_NAME],
        is_edit=is_edit,
        is_anonymous=is_anonymous,
        unsendable=unsendable,
        heard_at=now,
    )


def _unsendable(message: Json) -> str:
    """What it is, if a customer can't get it: something without words and files, or what another bot made."""
    kind = next((kind for kind in _UNSENDABLE if kind in message), "")
    return kind or ("" if text_of(message) or attachments_of(message) else "other")


def _press(pressed: Json, update_id: str, now: datetime) -> GroupUpdate | Ignored:
    message, who = get_object(pressed, "message"), get_object(pressed, "from")
    chat_id, message_id, sender = _group_of(message), get_int(message, "message_id"), get_int(who, "id")
    data, token = clean_text(get_string(pressed, "data")), clean_text(get_string(pressed, "id"))
    if chat_id is None or message_id is None or sender is None or not data or who.get("is_bot") is True:
        return Ignored("an incomplete button press in a group")
    return GroupUpdate(
        update_id=update_id,
        chat_id=chat_id,
        message_id=message_id,
        topic_id=_topic_of(message),
        sender=sender,
        sender_name=full_name(who),
        at=now,
        data=data,
        answer_token=token[:_LONGEST_NAME],
        heard_at=now,
    )


def _bot_membership(member: Json, chat_id: int) -> GroupChanged:
    """What our bot may do now; if a right isn't listed, an administrator has it."""
    now = get_object(member, "new_chat_member")
    is_bot_admin = (
        get_string(now, "status") in _ADMIN_STATUSES and now.get("can_manage_topics", True) is not False
    )
    return GroupChanged(chat_id, is_bot_admin=is_bot_admin)


def _group_of(holder: Json) -> int | None:
    chat = get_object(holder, "chat")
    return get_int(chat, "id") if get_string(chat, "type") in ("group", "supergroup") else None


def _topic_of(message: Json) -> int:
    if message.get("is_topic_message") is not True:
        return 0
    return get_int(message, "message_thread_id") or 0


def _replied_to_id(message: Json, topic_id: int) -> int:
    """The message it replies to; in a topic, every message “replies” to the first one, which doesn't count."""
    answered = get_int(get_object(message, "reply_to_message"), "message_id") or 0
    return 0 if answered == topic_id else answered
