"""Turning updates from groups into what the agents' group must hear of. Nothing here starts a conversation."""

from datetime import datetime

from bot.alerts.reply_parsing import parse_payload
from channels.inbound_events import GroupChanged, HeardInGroup, Ignored
from channels.telegram.content import attachments_of, is_service, text_of
from channels.telegram.json_reader import Json, an_object, full_name, sent_at, whole, words
from channels.text_limits import carriable

_LONGEST_NAME = 120
_ABLE = ("administrator", "creator")


def heard_in_group(
    update: Json, update_id: str, now: datetime
) -> HeardInGroup | GroupChanged | Ignored | None:
    """What an update from a group tells; None for one that comes from elsewhere."""
    edited = an_object(update, "edited_message")
    message = an_object(update, "message") or edited
    if message and _group_of(message) is not None:
        return _message(message, update_id, now, is_edit=bool(edited))
    pressed = an_object(update, "callback_query")
    is_alerts = parse_payload(words(pressed, "data")) is not None  # buttons under alerts go their own way
    if pressed and not is_alerts and _group_of(an_object(pressed, "message")) is not None:
        return _press(pressed, update_id, now)
    member = an_object(update, "my_chat_member")
    if member and (chat_id := _group_of(member)) is not None:
        return _place(member, chat_id)
    return None


def _message(
    message: Json, update_id: str, now: datetime, *, is_edit: bool
) -> HeardInGroup | GroupChanged | Ignored:
    chat_id, message_id = _group_of(message), whole(message, "message_id")
    who = an_object(message, "from")
    sender = whole(who, "id")
    if chat_id is None or message_id is None:
        return Ignored("a group's message without a number")
    if moved_to := whole(message, "migrate_to_chat_id"):
        return GroupChanged(chat_id, moved_to=moved_to)
    if is_service(message):
        return Ignored("a service message of a group")
    is_anonymous = whole(an_object(message, "sender_chat"), "id") == chat_id
    if sender is None or (who.get("is_bot") is True and not is_anonymous):
        return Ignored("in a group, by nobody or by a bot")
    if "via_bot" in message or (is_edit and "location" in message):
        return Ignored("in a group, by another bot or a live location")
    topic_id = _topic_of(message)
    return HeardInGroup(
        update_id=update_id,
        chat_id=chat_id,
        message_id=message_id,
        topic_id=topic_id,
        sender=sender,
        sender_name=full_name(who),
        at=sent_at(message, "edit_date" if is_edit else "date", now),
        text=text_of(message),
        attachments=attachments_of(message),
        answers=_answered(message, topic_id),
        album_id=carriable(words(message, "media_group_id"))[:_LONGEST_NAME],
        is_edit=is_edit,
        is_anonymous=is_anonymous,
        heard_at=now,
    )


def _press(pressed: Json, update_id: str, now: datetime) -> HeardInGroup | Ignored:
    message, who = an_object(pressed, "message"), an_object(pressed, "from")
    chat_id, message_id, sender = _group_of(message), whole(message, "message_id"), whole(who, "id")
    data, token = carriable(words(pressed, "data")), carriable(words(pressed, "id"))
    if chat_id is None or message_id is None or sender is None or not data or who.get("is_bot") is True:
        return Ignored("a button in a group that tells nothing")
    return HeardInGroup(
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


def _place(member: Json, chat_id: int) -> GroupChanged:
    """What our bot may do there now; the owner's list of rights is the rights of an administrator."""
    now = an_object(member, "new_chat_member")
    is_able = words(now, "status") in _ABLE and now.get("can_manage_topics", True) is not False
    return GroupChanged(chat_id, is_able=is_able)


def _group_of(holder: Json) -> int | None:
    chat = an_object(holder, "chat")
    return whole(chat, "id") if words(chat, "type") in ("group", "supergroup") else None


def _topic_of(message: Json) -> int:
    if message.get("is_topic_message") is not True:
        return 0
    return whole(message, "message_thread_id") or 0


def _answered(message: Json, topic_id: int) -> int:
    """The message it answers; in a topic, everything “answers” the topic's first message."""
    answered = whole(an_object(message, "reply_to_message"), "message_id") or 0
    return 0 if answered == topic_id else answered
