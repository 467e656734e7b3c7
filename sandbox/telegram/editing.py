"""Changing and removing what was sent, and answering pressed buttons."""

from typing import Any

from sandbox.state import World
from sandbox.telegram import posting
from sandbox.telegram.errors import bad
from sandbox.telegram.keyboards import inline_keyboard, link_preview_options
from sandbox.telegram.methods import Asked, method
from sandbox.telegram.sending import CAPTION, TO
from sandbox.telegram.state import Chat, Post
from sandbox.telegram.texts import captioned, written
from sandbox.telegram.values import boolean, integer, list_of, parse_mode, string, text

OWN = {**TO, "message_id": integer}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@method(
    "editMessageText",
    {**OWN, "text": string},
    {
        "parse_mode": parse_mode,
        "link_preview_options": link_preview_options,
        "reply_markup": inline_keyboard,
    },
)
async def edit_message_text(asked: Asked) -> dict[str, Any]:
    chat, post = own_post(asked)
    if "text" not in post.message:
        raise bad("there is no text in the message to edit")
    new = written(asked["text"], asked.get("parse_mode"))
    return changed(asked, chat, post, new, ("text", "entities"))


@method("editMessageCaption", OWN, {**CAPTION, "reply_markup": inline_keyboard})
async def edit_message_caption(asked: Asked) -> dict[str, Any]:
    chat, post = own_post(asked)
    if not {"photo", "document", "video", "audio", "voice"} & set(post.message):
        raise bad("there is no caption in the message to edit")
    new = captioned(asked.get("caption", ""), asked.get("parse_mode"))
    return changed(asked, chat, post, new, ("caption", "caption_entities"))


@method("editMessageReplyMarkup", OWN, {"reply_markup": inline_keyboard})
async def edit_message_reply_markup(asked: Asked) -> dict[str, Any]:
    chat, post = own_post(asked)
    return changed(asked, chat, post, {}, ())


def own_post(asked: Asked) -> tuple[Chat, Post]:
    chat = posting.chat_for_bot(asked.world, asked["chat_id"])
    post = posting.the_post(chat, asked["message_id"], "edit")
    if not post.is_from_bot:
        raise bad("message can't be edited")
    return chat, post


def changed(
    asked: Asked, chat: Chat, post: Post, new: dict[str, Any], replaced: tuple[str, ...]
) -> dict[str, Any]:
    """The message with the new parts; without a keyboard given, its keyboard goes."""
    message = {key: value for key, value in post.message.items() if key not in (*replaced, "reply_markup")}
    message |= new
    if asked.get("reply_markup"):
        message["reply_markup"] = asked["reply_markup"]
    if without_edit(message) == without_edit(post.message):
        raise bad(NOT_MODIFIED)
    post.message = {**message, "edit_date": int(asked.world.clock.now().timestamp())}
    posting.announce(asked.world, chat)
    return post.message


def without_edit(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "edit_date"}


@method("deleteMessage", OWN)
async def delete_message(asked: Asked) -> bool:
    chat = posting.chat_for_bot(asked.world, asked["chat_id"])
    delete(asked.world, chat, posting.the_post(chat, asked["message_id"], "delete"))
    return True


@method("deleteMessages", {**TO, "message_ids": list_of(integer, 1, 100)})
async def delete_messages(asked: Asked) -> bool:
    """Those that cannot be found are skipped."""
    chat = posting.chat_for_bot(asked.world, asked["chat_id"])
    for message_id in asked["message_ids"]:
        post = chat.posts.get(message_id)
        if post is not None and not post.is_deleted:
            delete(asked.world, chat, post)
    return True


def delete(world: World, chat: Chat, post: Post) -> None:
    """Own messages for 48 h; those of others in the group with the right to."""
    age = world.clock.now().timestamp() - post.message["date"]
    may = chat.rights.get("can_delete_messages", False) if chat.is_forum else True
    if not may and (not post.is_from_bot or age > 48 * 3600):
        raise bad("message can't be deleted")
    if not chat.is_forum and age > 48 * 3600:
        raise bad("message can't be deleted for everyone")
    post.is_deleted = True
    posting.announce(world, chat)


@method(
    "answerCallbackQuery",
    {"callback_query_id": string},
    {"text": text(0, 200, "MESSAGE_TOO_LONG"), "show_alert": boolean, "cache_time": integer},
)
async def answer_callback_query(asked: Asked) -> bool:
    """Within 150 s of the press, once."""
    world = asked.world
    query = world.telegram.queries.get(asked["callback_query_id"])
    if query is None or query.is_answered or query.is_too_old(world.clock.now()):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.answer, query.is_alert = asked.get("text", ""), asked.get("show_alert", False)
    query.is_answered = True
    world.changed(world.people.with_telegram_id(query.user_id))
    return True
