"""Editing and deleting sent messages, and answering callback queries."""

from typing import Any

from sandbox.state import SandboxState
from sandbox.telegram import posting
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import inline_keyboard, link_preview_options
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.sending import CAPTION, TO
from sandbox.telegram.state import Chat, Post
from sandbox.telegram.texts import caption_fields, message_text
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
async def edit_message_text(call: MethodCall) -> dict[str, Any]:
    chat, post = own_post(call)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    new = message_text(call["text"], call.get("parse_mode"))
    return apply_edit(call, chat, post, new, ("text", "entities"))


@method("editMessageCaption", OWN, {**CAPTION, "reply_markup": inline_keyboard})
async def edit_message_caption(call: MethodCall) -> dict[str, Any]:
    chat, post = own_post(call)
    if not {"photo", "document", "video", "audio", "voice"} & set(post.message):
        raise bad_request("there is no caption in the message to edit")
    new = caption_fields(call.get("caption", ""), call.get("parse_mode"))
    return apply_edit(call, chat, post, new, ("caption", "caption_entities"))


@method("editMessageReplyMarkup", OWN, {"reply_markup": inline_keyboard})
async def edit_message_reply_markup(call: MethodCall) -> dict[str, Any]:
    chat, post = own_post(call)
    return apply_edit(call, chat, post, {}, ())


def own_post(call: MethodCall) -> tuple[Chat, Post]:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    post = posting.find_post(chat, call["message_id"], "edit")
    if not post.is_from_bot:
        raise bad_request("message can't be edited")
    return chat, post


def apply_edit(
    call: MethodCall, chat: Chat, post: Post, new: dict[str, Any], replaced: tuple[str, ...]
) -> dict[str, Any]:
    """The message with the new parts; if no keyboard is given, its keyboard is removed."""
    message = {key: value for key, value in post.message.items() if key not in (*replaced, "reply_markup")}
    message |= new
    if call.get("reply_markup"):
        message["reply_markup"] = call["reply_markup"]
    if without_edit(message) == without_edit(post.message):
        raise bad_request(NOT_MODIFIED)
    post.message = {**message, "edit_date": int(call.state.clock.now().timestamp())}
    posting.notify_pages(call.state, chat)
    return post.message


def without_edit(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "edit_date"}


@method("deleteMessage", OWN)
async def delete_message(call: MethodCall) -> bool:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    delete(call.state, chat, posting.find_post(chat, call["message_id"], "delete"))
    return True


@method("deleteMessages", {**TO, "message_ids": list_of(integer, 1, 100)})
async def delete_messages(call: MethodCall) -> bool:
    """Delete messages; those that aren't found are skipped."""
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    for message_id in call["message_ids"]:
        post = chat.posts.get(message_id)
        if post is not None and not post.is_deleted:
            delete(call.state, chat, post)
    return True


def delete(state: SandboxState, chat: Chat, post: Post) -> None:
    """Own messages for 48 h; those of others in the group with the right to."""
    age = state.clock.now().timestamp() - post.message["date"]
    may = chat.rights.get("can_delete_messages", False) if chat.is_forum else True
    if not may and (not post.is_from_bot or age > 48 * 3600):
        raise bad_request("message can't be deleted")
    if not chat.is_forum and age > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    post.is_deleted = True
    posting.notify_pages(state, chat)


@method(
    "answerCallbackQuery",
    {"callback_query_id": string},
    {"text": text(0, 200, "MESSAGE_TOO_LONG"), "show_alert": boolean, "cache_time": integer},
)
async def answer_callback_query(call: MethodCall) -> bool:
    """Allowed within 150 s of the press, once."""
    state = call.state
    query = state.telegram.queries.get(call["callback_query_id"])
    if query is None or query.is_answered or query.is_too_old(state.clock.now()):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer, query.is_alert = call.get("text", ""), call.get("show_alert", False)
    query.is_answered = True
    state.changed(state.people.with_telegram_id(query.user_id))
    return True
