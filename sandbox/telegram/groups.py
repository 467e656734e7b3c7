"""What the bot can read about a chat, its pinned messages and its members."""

from typing import Any

from sandbox.people import Person
from sandbox.telegram import posting, updates
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.sending import TO
from sandbox.telegram.state import BOT_USER, FORUM_RIGHTS, Chat
from sandbox.telegram.topics import find_topic
from sandbox.telegram.values import boolean, integer


@method("getChat", TO)
async def get_chat(call: MethodCall) -> dict[str, Any]:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    known = posting.as_chat(call.state, chat)
    known |= {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}
    if chat.pinned:
        known["pinned_message"] = chat.posts[chat.pinned[-1]].message
    return known


NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getChatMember", {**TO, "user_id": integer})
async def get_chat_member(call: MethodCall) -> dict[str, Any]:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    if call["user_id"] == BOT_USER["id"]:
        return bot_member(chat)
    person = call.state.people.with_telegram_id(call["user_id"])
    if person is None:
        raise bad_request("user not found")
    return member(chat, person)


def bot_member(chat: Chat) -> dict[str, Any]:
    if chat.is_forum and chat.rights.get("is_admin"):
        return administrator(BOT_USER, chat.rights)
    return {"status": "member", "user": BOT_USER}


def member(chat: Chat, person: Person) -> dict[str, Any]:
    """Agents and the manager are members of the forum; the manager owns it."""
    status = "member" if not chat.is_forum or person.role == "agent" else "left"
    if chat.is_forum and person.role == "manager":
        return {"status": "creator", "user": person.telegram_user(), "is_anonymous": False}
    return {"status": status, "user": person.telegram_user()}


OFF = (
    "is_anonymous",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_be_edited",
    "can_post_messages",
    "can_edit_messages",
    "can_manage_direct_messages",
    "can_send_welcome_messages",
)


def administrator(user: dict[str, Any], rights: dict[str, bool]) -> dict[str, Any]:
    """A ChatMemberAdministrator; rights that the sandbox can't switch are off."""
    off = dict.fromkeys(OFF, False)
    on = {name: rights[name] for name in FORUM_RIGHTS if name != "is_admin"}
    return {
        "status": "administrator",
        "user": user,
        "can_manage_chat": True,
        **off,
        **on,
    }


@method("getChatAdministrators", TO)
async def get_chat_administrators(call: MethodCall) -> list[dict[str, Any]]:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    if not chat.is_forum:
        raise bad_request("there are no administrators in the private chat")
    people = call.state.people.everybody.values()
    owners = [member(chat, person) for person in people if person.role == "manager"]
    return owners + ([bot_member(chat)] if chat.rights.get("is_admin") else [])


@method("exportChatInviteLink", TO)
async def export_chat_invite_link(call: MethodCall) -> str:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    if not chat.is_forum or not chat.rights.get("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    return "https://t.me/+SandboxInviteLink"


@method("pinChatMessage", {**TO, "message_id": integer}, {"disable_notification": boolean})
async def pin_chat_message(call: MethodCall) -> bool:
    chat = pinnable(call)
    post = posting.find_post(chat, call["message_id"], "pin")
    if post.id in chat.pinned:
        return True
    chat.pinned.append(post.id)
    thread_id = post.thread_id if chat.is_forum else None
    told = posting.post_message(call.state, chat, {"pinned_message": post.message}, thread_id=thread_id)
    updates.enqueue_service(call.state, chat, told)
    return True


@method("unpinChatMessage", TO, {"message_id": integer})
async def unpin_chat_message(call: MethodCall) -> bool:
    chat = pinnable(call)
    pinned = call.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if pinned not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(pinned)
    posting.notify_pages(call.state, chat)
    return True


@method("unpinAllForumTopicMessages", {**TO, "message_thread_id": integer})
async def unpin_all_forum_topic_messages(call: MethodCall) -> bool:
    chat = pinnable(call)
    topic = find_topic(chat, call["message_thread_id"])
    chat.pinned = [pinned for pinned in chat.pinned if chat.posts[pinned].thread_id != topic.id]
    posting.notify_pages(call.state, chat)
    return True


def pinnable(call: MethodCall) -> Chat:
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    if chat.is_forum and not (chat.rights.get("is_admin") and chat.rights.get("can_pin_messages")):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
