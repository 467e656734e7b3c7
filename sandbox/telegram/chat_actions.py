"""Chat actions such as typing, and the bot's reactions."""

from typing import Any

from sandbox.telegram import posting
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.sending import TO, checked_chat
from sandbox.telegram.values import boolean, integer, list_of, load_json, one_of

ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]
REACTIONS = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌"
    "🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘"
    "🙉🦄😘💊🙊😎👾😡"
)


@method(
    "sendChatAction",
    {**TO, "action": one_of(*ACTIONS, problem="wrong parameter action in request")},
    {"message_thread_id": integer},
)
async def send_chat_action(call: MethodCall) -> bool:
    """Shown for 5 s, or until the next message."""
    chat_ = checked_chat(call)
    chat_.action = call["action"]
    chat_.action_until = (call.state.clock.now() + posting.ACTION_LASTS).isoformat()
    posting.notify_pages(call.state, chat_)
    return True


def reaction(_name: str, raw: Any) -> str:
    given = load_json("reaction", raw, dict, "object")
    emoji = str(given.get("emoji", "")).replace("\ufe0f", "")
    if given.get("type") != "emoji" or not emoji or emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji


@method(
    "setMessageReaction",
    {**TO, "message_id": integer},
    {"reaction": list_of(reaction, 0, 1), "is_big": boolean},
)
async def set_message_reaction(call: MethodCall) -> bool:
    """Set the bot's one reaction, or none."""
    chat_ = checked_chat(call)
    post = posting.find_post(chat_, call["message_id"], "react")
    given = call.get("reaction") or []
    post.reactions.pop("bot", None)
    if given:
        post.reactions["bot"] = given[0]
    posting.notify_pages(call.state, chat_)
    return True
