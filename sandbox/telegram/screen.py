"""A Telegram phone's screen, and the forum group as agents see it."""

import html
from datetime import UTC, datetime
from typing import Any

from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.stickers import STICKERS
from sandbox.telegram.files import ID_PREFIX
from sandbox.telegram.state import GENERAL_TOPIC, Chat, Post, Topic

TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote", "spoiler": "mark",
}  # fmt: skip
FILES = ("document", "voice", "video", "audio", "animation")


def chat_screen(state: SandboxState, person: Person) -> dict[str, Any]:
    """The private chat with the bot."""
    chat = state.telegram.private_chat(person.telegram_id)
    return {
        "messages": [message(state, chat, post, person) for post in visible_posts(chat)],
        "is_desk_typing": chat.is_acting(state.clock.now()),
        "alert": alert(state, person),
        "commands": commands(state, person),
        "reply_keyboard": chat.reply_keyboard,
    }


def visible_posts(chat: Chat) -> list[Post]:
    return [post for post in chat.posts.values() if not post.is_deleted]


def message(state: SandboxState, chat: Chat, post: Post, viewer: Person | None = None) -> dict[str, Any]:
    """One message in the format both phones share; `html` is safe to show."""
    shown = post.message
    text = shown.get("text", shown.get("caption", ""))
    entities = shown.get("entities", shown.get("caption_entities", []))
    is_mine = viewer is not None and shown["from"]["id"] == viewer.telegram_id
    return {
        "id": str(post.id),
        "at": datetime.fromtimestamp(shown["date"], UTC).isoformat(),
        "from": "me" if is_mine else "desk" if post.is_from_bot else "other",
        "author": shown["from"]["first_name"],
        "text": text,
        "html": as_html(text, entities),
        "attachments": attachments(state, shown),
        "album": shown.get("media_group_id", ""),
        "location": shown.get("location", {}),
        "contact": card(shown.get("contact")),
        "sticker": sticker(shown),
        "buttons": buttons(shown),
        "list_button": "",
        "chosen": post.pressed,
        "reply_to": quoted(chat, post, viewer),
        "service": service(shown),
        "ticks": ("delivered" if post.is_taken else "sent") if not post.is_from_bot else "",
        "reactions": list(post.reactions.values()),
        "is_edited": "edit_date" in shown,
        "is_pinned": post.id in chat.pinned,
        "is_deleted": False,
    }


def as_html(text: str, entities: list[dict[str, Any]]) -> str:
    """The text with its entities as tags, everything else escaped."""
    marks: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda each: -each["length"]):
        begin, end = tags(entity, text)
        marks.setdefault(entity["offset"], []).append(begin)
        marks.setdefault(entity["offset"] + entity["length"], []).insert(0, end)
    shown, at = [], 0
    for character in text:
        shown += [*marks.get(at, []), html.escape(character)]
        at += len(character.encode("utf-16-le")) // 2
    return "".join(shown + marks.get(at, []))


def tags(entity: dict[str, Any], text: str) -> tuple[str, str]:
    if address := address_of(entity, text):
        return f'<a href="{html.escape(address)}" target="_blank" rel="noopener">', "</a>"
    tag = TAGS.get(entity["type"], "span")
    return f"<{tag}>", f"</{tag}>"


def address_of(entity: dict[str, Any], text: str) -> str:
    """Where a link leads; "" for anything else."""
    if entity["type"] == "text_link":
        return str(entity["url"])
    begin, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    found = text.encode("utf-16-le")[begin:end].decode("utf-16-le") if entity["type"] == "url" else ""
    return found if found.startswith(("https://", "http://")) else ""


def attachments(state: SandboxState, shown: dict[str, Any]) -> list[dict[str, object]]:
    found = [shown[name] for name in FILES if name in shown]
    if "photo" in shown:
        found.append(shown["photo"][-1])
    files = [state.files.kept.get(each["file_id"].removeprefix(ID_PREFIX)) for each in found]
    shapes = [file.as_attachment() for file in files if file]
    return [{**each, "kind": "voice"} for each in shapes] if "voice" in shown else shapes


def card(contact: dict[str, Any] | None) -> dict[str, str]:
    return {"name": contact["first_name"], "phone": contact["phone_number"]} if contact else {}


def sticker(shown: dict[str, Any]) -> str:
    emoji = shown.get("sticker", {}).get("emoji", "")
    return next((name for name, each in STICKERS.items() if each == emoji), emoji)


def buttons(shown: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        [
            {"id": each.get("callback_data", ""), "label": each["text"], "url": each.get("url", "")}
            for each in row
        ]
        for row in rows
    ]


def quoted(chat: Chat, post: Post, viewer: Person | None) -> dict[str, str] | None:
    """The message replied to; a topic's root doesn't count."""
    original = post.message.get("reply_to_message")
    if original is None or "forum_topic_created" in original:
        return None
    is_mine = viewer is not None and original["from"]["id"] == viewer.telegram_id
    return {
        "id": str(original["message_id"]),
        "text": str(original.get("text", original.get("caption", "")))[:120],
        "from": "me" if is_mine else original["from"]["first_name"],
    }


SERVICES = (
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id",
)  # fmt: skip


def service(shown: dict[str, Any]) -> str:
    return next((name for name in SERVICES if name in shown), "")


def alert(state: SandboxState, person: Person) -> dict[str, Any] | None:
    """The answer to the last pressed button, as a toast or a dialog."""
    answered = [
        query
        for query in state.telegram.queries.values()
        if query.user_id == person.telegram_id and query.is_answered and query.answer
    ]
    return (
        {"id": answered[-1].id, "text": answered[-1].answer, "is_alert": answered[-1].is_alert}
        if answered
        else None
    )


def commands(state: SandboxState, person: Person) -> list[dict[str, str]]:
    """The command menu in the phone's language, or the default one."""
    known = state.telegram.commands
    for language in (person.language_code[:2], ""):
        for key, given in known.items():
            scope, _, for_language = key.rpartition(" ")
            if for_language == language and ("default" in scope or "all_private_chats" in scope):
                return given
    return []


def forum(state: SandboxState) -> dict[str, Any]:
    """The group's topics, most recent message first; General is always there."""
    chat = state.telegram.forum
    general = Topic(GENERAL_TOPIC, "General", 0)
    topics = [topic_line(state, chat, topic) for topic in (general, *chat.topics.values())]
    return {
        "id": chat.id,
        "title": chat.title,
        "rights": chat.rights,
        "is_bot_member": chat.is_bot_member,
        "topics": sorted(topics, key=lambda topic: topic["at"], reverse=True),
    }


def topic_line(state: SandboxState, chat: Chat, topic: Topic) -> dict[str, Any]:
    posts = [post for post in visible_posts(chat) if post.thread_id == topic.id]
    last = posts[-1] if posts else None
    return {
        "id": topic.id,
        "name": topic.name,
        "colour": topic.icon_color,
        "is_closed": topic.is_closed,
        "count": len(posts),
        "at": last.message["date"] if last else 0,
        "last": message(state, chat, last) if last else None,
    }


def topic_messages(state: SandboxState, thread_id: int, viewer: Person | None) -> list[dict[str, Any]]:
    chat = state.telegram.forum
    return [message(state, chat, post, viewer) for post in visible_posts(chat) if post.thread_id == thread_id]
