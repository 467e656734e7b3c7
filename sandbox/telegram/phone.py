"""A Telegram phone: sends, presses, edits and reacts, in the chat with the bot or in the forum."""

import mimetypes
import uuid
from typing import Any

from sandbox.files import File
from sandbox.people import Person
from sandbox.phone_action import PhoneActionError, PhoneMessage, sticker_file
from sandbox.state import SandboxState
from sandbox.stickers import STICKERS
from sandbox.telegram import files, posting, updates
from sandbox.telegram.markup import found_entities
from sandbox.telegram.state import GENERAL_TOPIC, Chat, Post, Query


async def say(state: SandboxState, person: Person, sent: PhoneMessage) -> list[Post]:
    """Send a message, several files as one album; the update is queued before this returns."""
    chat = chat_of(state, person, sent.chat)
    if sent.chat == "forum":
        check_topic(chat, sent.thread_id)
    elif not person.has_started or person.has_blocked:
        start(state, person)
    if sent.reply_to and int(sent.reply_to) not in chat.posts:
        raise PhoneActionError(f"no message {sent.reply_to} to reply to")
    if chat.is_one_time:
        chat.reply_keyboard = []
    album = {"media_group_id": str(uuid.uuid4().int % 10**17)} if len(sent.files) > 1 else {}
    posts = []
    for content in contents(state, person, sent):
        post = posting.post_message(
            state,
            chat,
            {**content, **album, **forwarded(state, sent), **sent.content},
            sender=person,
            thread_id=sent.thread_id if sent.chat == "forum" else None,
            reply_to=int(sent.reply_to) if sent.reply_to else None,
        )
        posts.append(post)
        updates.enqueue_message(state, chat, post)
    return posts


def chat_of(state: SandboxState, person: Person, name: str) -> Chat:
    if name == "desk":
        return state.telegram.private_chat(person.telegram_id)
    if person.role == "customer":
        raise PhoneActionError("only agents and the manager are in the forum group")
    return state.telegram.forum


def check_topic(chat: Chat, thread_id: int | None) -> None:
    if thread_id in (None, GENERAL_TOPIC):
        return
    topic = chat.topics.get(thread_id or 0)
    if topic is None:
        raise PhoneActionError(f"there is no topic {thread_id}")


def start(state: SandboxState, person: Person) -> None:
    """The first message, or one after blocking, opens the chat."""
    was_blocked, person.has_started, person.has_blocked = person.has_blocked, True, False
    person.last_wrote_at = state.clock.now().isoformat()
    if was_blocked:
        tell_membership(state, person, "kicked", "member")


def set_blocked(state: SandboxState, person: Person, has_blocked: bool) -> None:
    if person.has_blocked != has_blocked:
        person.has_blocked = has_blocked
        states = ("member", "kicked") if has_blocked else ("kicked", "member")
        tell_membership(state, person, *states)


def tell_membership(state: SandboxState, person: Person, old: str, new: str) -> None:
    chat = posting.as_chat(state, state.telegram.private_chat(person.telegram_id))
    updates.enqueue_membership(state, person, chat, old, new)


def contents(state: SandboxState, person: Person, sent: PhoneMessage) -> list[dict[str, Any]]:
    """The content of each message that this becomes."""
    if sent.sticker:
        file = sticker_file(state.files)
        return [files.as_content("sticker", file, emoji=STICKERS[sent.sticker], set_name=sent.sticker)]
    if sent.location:
        return [{"location": {name: float(sent.location[name]) for name in ("latitude", "longitude")}}]
    if sent.contact:
        return [{"contact": card(person, sent.contact)}]
    if not sent.files:
        return [plain("text", "entities", sent.text)]
    captions = [sent.text] + [""] * (len(sent.files) - 1)
    return [
        {**as_content(file, sent.as_voice), **plain("caption", "caption_entities", caption)}
        for file, caption in zip(sent.files, captions, strict=True)
    ]


def plain(name: str, entities_name: str, text: str) -> dict[str, Any]:
    """Text typed on a phone with the entities Telegram detects; a leading command counts as one."""
    if not text:
        return {}
    entities = found_entities(text)
    return {name: text, **({entities_name: entities} if entities else {})}


def as_content(file: File, as_voice: bool) -> dict[str, Any]:
    if as_voice and file.kind == "audio":
        return files.as_content("voice", file)
    kind = "photo" if file.kind == "image" and "svg" not in file.type else file.kind
    if kind == "document" and not file.name:
        kind = "document" + (mimetypes.guess_extension(file.type) or "")
    return files.as_content(kind, file)


def card(person: Person, contact: dict[str, Any]) -> dict[str, Any]:
    """A contact card; `is_own` makes it the sender's own, as the share button does."""
    shown = {"phone_number": contact["phone"], "first_name": contact["name"]}
    if contact.get("is_own"):
        shown["user_id"] = person.telegram_id
    return shown


def forwarded(state: SandboxState, sent: PhoneMessage) -> dict[str, Any]:
    if not sent.is_forwarded:
        return {}
    origin = {
        "type": "hidden_user",
        "date": int(state.clock.now().timestamp()),
        "sender_user_name": "Somebody",
    }
    return {"forward_origin": origin}


async def press(state: SandboxState, person: Person, message_id: str, button: str, chat_name: str) -> str:
    """Press an inline button by its label or its data; returns the id of the query."""
    chat = chat_of(state, person, chat_name)
    post = chat.posts.get(int(message_id))
    rows = post.message.get("reply_markup", {}).get("inline_keyboard", []) if post else []
    pressed = next(
        (each for row in rows for each in row if button in (each["text"], each.get("callback_data"))), None
    )
    if post is None or pressed is None:
        raise PhoneActionError(f"message {message_id} has no button {button!r}")
    if "callback_data" not in pressed:
        raise PhoneActionError(f"{button!r} opens {pressed['url']}")
    query = Query(str(uuid.uuid4().int % 10**18), person.telegram_id, state.clock.now().isoformat())
    state.telegram.queries[query.id] = query
    post.pressed = button
    updates.enqueue_press(state, person, query_body(query, person, post, pressed["callback_data"]))
    posting.notify_pages(state, chat)
    return query.id


def query_body(query: Query, person: Person, post: Post, data: str) -> dict[str, Any]:
    return {
        "id": query.id,
        "from": person.telegram_user(),
        "message": post.message,
        "chat_instance": str(post.message["chat"]["id"]),
        "data": data,
    }


def edit(state: SandboxState, person: Person, message_id: str, text: str, chat_name: str) -> Post:
    """Edit one's own text or caption."""
    chat = chat_of(state, person, chat_name)
    post = chat.posts.get(int(message_id))
    if post is None or post.message["from"]["id"] != person.telegram_id:
        raise PhoneActionError(f"{message_id} is not a message of {person.name}")
    name = "text" if "text" in post.message else "caption"
    edited_at = int(state.clock.now().timestamp())
    post.message = {**post.message, name: text, "edit_date": edited_at}
    updates.enqueue_message(state, chat, post, kind="edited_message")
    posting.notify_pages(state, chat)
    return post


def react(state: SandboxState, person: Person, message_id: str, emoji: str, chat_name: str) -> None:
    """Set or (with "") remove a reaction; the bot hears of it only if it asked to."""
    chat = chat_of(state, person, chat_name)
    post = chat.posts.get(int(message_id))
    if post is None:
        raise PhoneActionError(f"there is no message {message_id}")
    old = post.reactions.pop(str(person.telegram_id), "")
    if emoji:
        post.reactions[str(person.telegram_id)] = emoji
    body = {
        "chat": posting.as_chat(state, chat),
        "message_id": post.id,
        "user": person.telegram_user(),
        "date": int(state.clock.now().timestamp()),
        "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    updates.enqueue_other(state, person, "message_reaction", body)
    posting.notify_pages(state, chat)
