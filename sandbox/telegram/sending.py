"""The send… methods: text, files, albums, locations and contact cards."""

from typing import Any

from sandbox.telegram import files, posting
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import link_preview_options, reply_markup, reply_parameters
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.state import Chat
from sandbox.telegram.texts import caption_fields, message_text
from sandbox.telegram.values import (
    Reader,
    boolean,
    chat,
    integer,
    list_of,
    load_json,
    number,
    one_of,
    parse_mode,
    string,
    text,
)

TARGET_PARAMETERS: dict[str, Reader] = {
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": reply_parameters,
}
SEND_PARAMETERS: dict[str, Reader] = {**TARGET_PARAMETERS, "reply_markup": reply_markup}
CAPTION: dict[str, Reader] = {"caption": string, "parse_mode": parse_mode}
TO: dict[str, Reader] = {"chat_id": chat}


@method(
    "sendMessage",
    {**TO, "text": string},
    {**SEND_PARAMETERS, "parse_mode": parse_mode, "link_preview_options": link_preview_options},
)
async def send_message(call: MethodCall) -> dict[str, Any]:
    return send_content(call, message_text(call["text"], call.get("parse_mode")))


def send_content(call: MethodCall, content: dict[str, Any]) -> dict[str, Any]:
    """Post one message where the parameters say."""
    chat_ = checked_chat(call)
    reply_to = reply_to_id(call, chat_)
    posting.check_rate_limit(call.state, chat_)
    post = posting.post_message(
        call.state,
        chat_,
        content,
        thread_id=call.get("message_thread_id"),
        reply_to=reply_to,
        reply_markup=call.get("reply_markup"),
    )
    return post.message


def checked_chat(call: MethodCall) -> Chat:
    chat_ = posting.chat_for_bot(call.state, call["chat_id"])
    posting.check_thread(chat_, call.get("message_thread_id"))
    return chat_


def reply_to_id(call: MethodCall, chat_: Chat) -> int | None:
    """The id of the message replied to; raises TelegramError if it is required but gone."""
    parameters = call.get("reply_parameters")
    if parameters is None:
        return None
    post = chat_.posts.get(parameters["message_id"])
    if post is not None and not post.is_deleted:
        return post.id
    if not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return None


def add_send_method(kind: str, **details: Reader) -> None:
    """Register `sendPhoto` and the like, which differ only in their file parameter."""

    @method(
        f"send{kind.capitalize()}",
        {**TO, kind: string},
        {**SEND_PARAMETERS, **CAPTION, **details},
    )
    async def send_file(call: MethodCall) -> dict[str, Any]:
        file = await files.resolve(call, call[kind])
        extra = {name: call[name] for name in details if name in call.given and name in COPIED_FIELDS}
        content = files.as_content(kind, file, **extra)
        return send_content(
            call, {**content, **caption_fields(call.get("caption", ""), call.get("parse_mode"))}
        )


COPIED_FIELDS = frozenset({"duration", "width", "height", "performer", "title"})
add_send_method("photo", show_caption_above_media=boolean, has_spoiler=boolean)
add_send_method("document", disable_content_type_detection=boolean)
add_send_method("voice", duration=integer)
add_send_method("video", duration=integer, width=integer, height=integer, supports_streaming=boolean)
add_send_method("audio", duration=integer, performer=string, title=string)


@method("sendSticker", {**TO, "sticker": string}, {**SEND_PARAMETERS, "emoji": string})
async def send_sticker(call: MethodCall) -> dict[str, Any]:
    file = await files.resolve(call, call["sticker"])
    return send_content(call, files.as_content("sticker", file, emoji=call.get("emoji", "🙂")))


@method("sendLocation", {**TO, "latitude": number, "longitude": number}, SEND_PARAMETERS)
async def send_location(call: MethodCall) -> dict[str, Any]:
    if abs(call["latitude"]) > 90 or abs(call["longitude"]) > 180:
        raise bad_request("wrong latitude or longitude specified")
    place = {"latitude": call["latitude"], "longitude": call["longitude"]}
    return send_content(call, {"location": place})


@method(
    "sendContact",
    {**TO, "phone_number": string, "first_name": string},
    {**SEND_PARAMETERS, "last_name": string, "vcard": text(0, 2048, "vcard is too long")},
)
async def send_contact(call: MethodCall) -> dict[str, Any]:
    card = ("phone_number", "first_name", "last_name", "vcard")
    return send_content(call, {"contact": {name: call[name] for name in card if name in call.given}})


def input_media(_name: str, raw: Any) -> dict[str, Any]:
    """One InputMedia of an album."""
    given = load_json("media", raw, dict, "object")
    one_of("photo", "video", "document", "audio")("media type", given.get("type"))
    if unknown := set(given) - {"type", "media", "caption", "parse_mode"}:
        raise bad_request(f"media: field {min(unknown)!r} is unknown or not emulated by the sandbox")
    return {**given, "media": string("media", given.get("media"))}


@method("sendMediaGroup", {**TO, "media": list_of(input_media, 2, 10)}, TARGET_PARAMETERS)
async def send_media_group(call: MethodCall) -> list[dict[str, Any]]:
    """An album: documents and audio can't be mixed with anything else."""
    kinds = {each["type"] for each in call["media"]}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("can't use the media of the specified type in the album")
    contents = [await album_content(call, each) for each in call["media"]]
    chat_ = checked_chat(call)
    reply_to, thread_id = reply_to_id(call, chat_), call.get("message_thread_id")
    posting.check_rate_limit(call.state, chat_, len(contents))
    group = {"media_group_id": str(call.state.telegram.last_private_message_id + 13_500_000_000)}
    return [
        posting.post_message(
            call.state, chat_, {**group, **each}, thread_id=thread_id, reply_to=reply_to
        ).message
        for each in contents
    ]


async def album_content(call: MethodCall, media: dict[str, Any]) -> dict[str, Any]:
    mode = parse_mode("parse_mode", media["parse_mode"]) if media.get("parse_mode") else None
    file = await files.resolve(call, media["media"])
    return {**files.as_content(media["type"], file), **caption_fields(media.get("caption", ""), mode)}
