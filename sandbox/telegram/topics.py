"""Forum topics: create, rename, close, reopen, delete; each leaves the service message that Telegram would."""

from typing import Any

from sandbox.state import SandboxState
from sandbox.telegram import posting, updates
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.sending import TO
from sandbox.telegram.state import Chat, Post, Topic
from sandbox.telegram.values import integer, string, text

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
TOPIC = {**TO, "message_thread_id": integer}


@method(
    "createForumTopic",
    {**TO, "name": text(1, 128, "topic name is invalid")},
    {"icon_color": integer, "icon_custom_emoji_id": string},
)
async def create_forum_topic(call: MethodCall) -> dict[str, Any]:
    chat = forum_for_managing(call, "create a topic")
    colour = call.get("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    posting.check_rate_limit(call.state, chat)
    topic = create(call.state, chat, call["name"], colour)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def create(state: SandboxState, chat: Chat, name: str, colour: int) -> Topic:
    """A topic and the service message that is its root."""
    content = {"forum_topic_created": {"name": name, "icon_color": colour}}
    post = posting.post_message(state, chat, content)
    post.message |= {"message_thread_id": post.id, "is_topic_message": True}
    chat.topics[post.id] = Topic(post.id, name, colour)
    updates.enqueue_service(state, chat, post)
    return chat.topics[post.id]


@method(
    "editForumTopic",
    TOPIC,
    {"name": text(0, 128, "topic name is invalid"), "icon_custom_emoji_id": string},
)
async def edit_forum_topic(call: MethodCall) -> bool:
    chat = forum_for_managing(call, "edit the topic")
    topic = find_topic(chat, call["message_thread_id"])
    name = call.get("name") or topic.name
    icon = call.get("icon_custom_emoji_id", topic.icon_custom_emoji_id)
    if (name, icon) == (topic.name, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id = name, icon
    post_service_message(call.state, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


@method("closeForumTopic", TOPIC)
async def close_forum_topic(call: MethodCall) -> bool:
    set_closed(call, is_closed=True)
    return True


@method("reopenForumTopic", TOPIC)
async def reopen_forum_topic(call: MethodCall) -> bool:
    set_closed(call, is_closed=False)
    return True


def set_closed(call: MethodCall, *, is_closed: bool) -> None:
    chat = forum_for_managing(call, "manage the topic")
    topic = find_topic(chat, call["message_thread_id"])
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    post_service_message(
        call.state, chat, topic, {"forum_topic_closed" if is_closed else "forum_topic_reopened": {}}
    )


@method("deleteForumTopic", TOPIC)
async def delete_forum_topic(call: MethodCall) -> bool:
    chat = forum_for_managing(call, "delete the topic", right="can_delete_messages")
    delete(call.state, chat, find_topic(chat, call["message_thread_id"]))
    return True


def delete(state: SandboxState, chat: Chat, topic: Topic) -> None:
    """Delete a topic with all its messages."""
    del chat.topics[topic.id]
    for post in chat.posts.values():
        if post.thread_id == topic.id:
            post.is_deleted = True
    posting.notify_pages(state, chat)


def post_service_message(state: SandboxState, chat: Chat, topic: Topic, content: dict[str, Any]) -> Post:
    """A service message of the bot inside a topic; the bot gets these as updates."""
    post = posting.post_message(state, chat, content, thread_id=topic.id)
    updates.enqueue_service(state, chat, post)
    return post


def forum_for_managing(call: MethodCall, purpose: str, right: str = "can_manage_topics") -> Chat:
    """The forum, if the bot may manage its topics."""
    chat = posting.chat_for_bot(call.state, call["chat_id"])
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not (chat.rights.get("is_admin") and chat.rights.get(right)):
        raise bad_request(f"not enough rights to {purpose}")
    return chat


def find_topic(chat: Chat, thread_id: int) -> Topic:
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    return topic
