"""Words for what has none in a Telegram message: polls, checklists, dice, games, stories, paid media, quoted posts.

Signs stand for the kinds, since agents read them in three languages.
"""

from collections.abc import Iterable

from channels.telegram.json_reader import Json, full_name, get_int, get_object, get_objects, get_string

_MOST_LINES = 100


def special_text(message: Json) -> str:
    """What such a message says, a line for each part; "" for any other."""
    readers = (_poll, _checklist, _dice, _game, _invoice, _story, _paid_media)
    return next((text for reader in readers if (text := reader(message))), "")


def quoted_text(message: Json) -> str:
    """The part of an earlier message that they quoted, or what they reply to in another chat."""
    part = get_string(get_object(message, "quote"), "text")
    elsewhere = get_object(message, "external_reply")
    story = get_object(message, "reply_to_story")
    lines = (
        _origin(elsewhere),
        part or special_text(elsewhere) or _media(elsewhere),
        _story({"story": story}),
    )
    return _joined(lines)


def _poll(message: Json) -> str:
    poll = get_object(message, "poll")
    question = get_string(poll, "question")
    options = (f"• {get_string(option, 'text')}" for option in get_objects(poll, "options"))
    return _joined((f"📊 {question}", *options)) if question else ""


def _checklist(message: Json) -> str:
    checklist = get_object(message, "checklist")
    tasks = [
        f"{'☑' if get_int(task, 'completion_date') else '☐'} {get_string(task, 'text')}"
        for task in get_objects(checklist, "tasks")
    ]
    return _joined((f"📋 {get_string(checklist, 'title')}".strip(), *tasks)) if checklist else ""


def _dice(message: Json) -> str:
    dice = get_object(message, "dice")
    value = get_int(dice, "value")
    return f"{get_string(dice, 'emoji') or '🎲'} {value}" if value is not None else ""


def _game(message: Json) -> str:
    game = get_object(message, "game")
    return _joined((f"🎮 {get_string(game, 'title')}", get_string(game, "description"))) if game else ""


def _invoice(message: Json) -> str:
    invoice = get_object(message, "invoice")
    return (
        _joined((f"🧾 {get_string(invoice, 'title')}", get_string(invoice, "description"))) if invoice else ""
    )


def _story(message: Json) -> str:
    story = get_object(message, "story")
    if not story:
        return ""
    chat, number = get_object(story, "chat"), get_int(story, "id")
    username = get_string(chat, "username")
    link = f"https://t.me/{username}/s/{number}" if username and number is not None else ""
    return " ".join(("📖", *filter(None, (_chat_name(chat), link))))


def _paid_media(message: Json) -> str:
    paid = get_object(message, "paid_media")
    kinds = {"photo": "🖼", "live_photo": "🖼", "video": "🎬", "preview": "🔒"}
    signs = (kinds.get(get_string(each, "type"), "📎") for each in get_objects(paid, "paid_media"))
    return f"{''.join(signs)} ⭐ {get_int(paid, 'star_count') or 0}" if paid else ""


def _media(holder: Json) -> str:
    """A sign for the files of a post elsewhere, which we can't fetch, and its place or card."""
    signs = {
        "photo": "🖼", "video": "🎬", "animation": "🎬", "video_note": "🎬", "audio": "🎵", "voice": "🎤",
        "document": "📎", "sticker": "🏷", "location": "📍", "venue": "📍", "contact": "👤", "giveaway": "🎁",
    }  # fmt: skip
    return next((sign for field, sign in signs.items() if field in holder), "")


def _origin(elsewhere: Json) -> str:
    """Who wrote the post elsewhere, and where it is."""
    origin, chat = get_object(elsewhere, "origin"), get_object(elsewhere, "chat")
    if not elsewhere:
        return ""
    there = get_object(origin, "chat") or get_object(origin, "sender_chat") or chat
    writer = full_name(get_object(origin, "sender_user")) or get_string(origin, "sender_user_name")
    username = get_string(chat, "username") or get_string(there, "username")
    number = get_int(elsewhere, "message_id") or get_int(origin, "message_id")
    link = f"https://t.me/{username}/{number}" if username and number is not None else ""
    return " ".join(("↪", *filter(None, (writer or _chat_name(there), link))))


def _chat_name(chat: Json) -> str:
    return get_string(chat, "title") or full_name(chat)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line for line in [*lines][:_MOST_LINES] if line)
