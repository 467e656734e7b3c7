"""The send… methods: text, files, albums, places and cards."""

from typing import Any

from sandbox.telegram import files, posting
from sandbox.telegram.errors import bad
from sandbox.telegram.keyboards import link_preview_options, reply_markup, reply_parameters
from sandbox.telegram.methods import Asked, method
from sandbox.telegram.state import Chat
from sandbox.telegram.texts import captioned, written
from sandbox.telegram.values import (
    Reader,
    boolean,
    chat,
    integer,
    list_of,
    loaded,
    number,
    one_of,
    parse_mode,
    string,
    text,
)

WHERE: dict[str, Reader] = {
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": reply_parameters,
}
HOW: dict[str, Reader] = {**WHERE, "reply_markup": reply_markup}
CAPTION: dict[str, Reader] = {"caption": string, "parse_mode": parse_mode}
TO: dict[str, Reader] = {"chat_id": chat}


@method(
    "sendMessage",
    {**TO, "text": string},
    {**HOW, "parse_mode": parse_mode, "link_preview_options": link_preview_options},
)
async def send_message(asked: Asked) -> dict[str, Any]:
    return sent(asked, written(asked["text"], asked.get("parse_mode")))


def sent(asked: Asked, content: dict[str, Any]) -> dict[str, Any]:
    """Post one message where the parameters say."""
    chat_ = admitted(asked)
    reply_to = quoted(asked, chat_)
    posting.check_pace(asked.world, chat_)
    post = posting.put(
        asked.world,
        chat_,
        content,
        thread_id=asked.get("message_thread_id"),
        reply_to=reply_to,
        reply_markup=asked.get("reply_markup"),
    )
    return post.message


def admitted(asked: Asked) -> Chat:
    chat_ = posting.chat_for_bot(asked.world, asked["chat_id"])
    posting.check_thread(chat_, asked.get("message_thread_id"))
    return chat_


def quoted(asked: Asked, chat_: Chat) -> int | None:
    """The id of the message replied to; raises TelegramError when it is gone and must be there."""
    parameters = asked.get("reply_parameters")
    if parameters is None:
        return None
    post = chat_.posts.get(parameters["message_id"])
    if post is not None and not post.is_deleted:
        return post.id
    if not parameters.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return None


def sender_of(kind: str, **details: Reader) -> None:
    """Enter `sendPhoto` and its like, which differ in their file parameter only."""

    @method(
        f"send{kind.capitalize()}",
        {**TO, kind: string},
        {**HOW, **CAPTION, **details},
    )
    async def send_file(asked: Asked) -> dict[str, Any]:
        file = await files.resolve(asked, asked[kind])
        extra = {name: asked[name] for name in details if name in asked.given and name in CARRIED}
        content = files.as_content(kind, file, **extra)
        return sent(asked, {**content, **captioned(asked.get("caption", ""), asked.get("parse_mode"))})


CARRIED = frozenset({"duration", "width", "height", "performer", "title"})
sender_of("photo", show_caption_above_media=boolean, has_spoiler=boolean)
sender_of("document", disable_content_type_detection=boolean)
sender_of("voice", duration=integer)
sender_of("video", duration=integer, width=integer, height=integer, supports_streaming=boolean)
sender_of("audio", duration=integer, performer=string, title=string)


@method("sendSticker", {**TO, "sticker": string}, {**HOW, "emoji": string})
async def send_sticker(asked: Asked) -> dict[str, Any]:
    file = await files.resolve(asked, asked["sticker"])
    return sent(asked, files.as_content("sticker", file, emoji=asked.get("emoji", "🙂")))


@method("sendLocation", {**TO, "latitude": number, "longitude": number}, HOW)
async def send_location(asked: Asked) -> dict[str, Any]:
    if abs(asked["latitude"]) > 90 or abs(asked["longitude"]) > 180:
        raise bad("wrong latitude or longitude specified")
    place = {"latitude": asked["latitude"], "longitude": asked["longitude"]}
    return sent(asked, {"location": place})


@method(
    "sendContact",
    {**TO, "phone_number": string, "first_name": string},
    {**HOW, "last_name": string, "vcard": text(0, 2048, "vcard is too long")},
)
async def send_contact(asked: Asked) -> dict[str, Any]:
    card = ("phone_number", "first_name", "last_name", "vcard")
    return sent(asked, {"contact": {name: asked[name] for name in card if name in asked.given}})


def input_media(_name: str, raw: Any) -> dict[str, Any]:
    """One InputMedia of an album."""
    given = loaded("media", raw, dict, "object")
    one_of("photo", "video", "document", "audio")("media type", given.get("type"))
    if unknown := set(given) - {"type", "media", "caption", "parse_mode"}:
        raise bad(f"media: field {min(unknown)!r} is unknown or not emulated by the sandbox")
    return {**given, "media": string("media", given.get("media"))}


@method("sendMediaGroup", {**TO, "media": list_of(input_media, 2, 10)}, WHERE)
async def send_media_group(asked: Asked) -> list[dict[str, Any]]:
    """An album: documents and audio may not be mixed with anything else."""
    kinds = {each["type"] for each in asked["media"]}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad("can't use the media of the specified type in the album")
    contents = [await album_content(asked, each) for each in asked["media"]]
    chat_ = admitted(asked)
    reply_to, thread_id = quoted(asked, chat_), asked.get("message_thread_id")
    posting.check_pace(asked.world, chat_, len(contents))
    group = {"media_group_id": str(asked.world.telegram.last_private_message_id + 13_500_000_000)}
    return [
        posting.put(asked.world, chat_, {**group, **each}, thread_id=thread_id, reply_to=reply_to).message
        for each in contents
    ]


async def album_content(asked: Asked, media: dict[str, Any]) -> dict[str, Any]:
    mode = parse_mode("parse_mode", media["parse_mode"]) if media.get("parse_mode") else None
    file = await files.resolve(asked, media["media"])
    return {**files.as_content(media["type"], file), **captioned(media.get("caption", ""), mode)}
