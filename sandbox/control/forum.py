"""The agents' forum group over HTTP: its topics, and the bot's rights and membership in it."""

from typing import Any

from aiohttp import web

from sandbox.control.orders import find_person, read_order
from sandbox.phone_action import PhoneActionError
from sandbox.state import SandboxState, state_of
from sandbox.telegram import posting, screen, topics, updates
from sandbox.telegram.state import FORUM_RIGHTS, Chat

routes = web.RouteTableDef()


@routes.get("/control/forum")
async def forum(request: web.Request) -> web.Response:
    return web.json_response(screen.forum(state_of(request)))


@routes.get("/control/forum/topics/{topic}/messages")
async def messages(request: web.Request) -> web.Response:
    """A topic's messages; `?viewer=<person id>` decides which are marked as one's own."""
    state = state_of(request)
    viewer = find_person(state, request.query["viewer"]) if "viewer" in request.query else None
    return web.json_response(screen.topic_messages(state, int(request.match_info["topic"]), viewer))


@routes.delete("/control/forum/topics/{topic}")
async def delete(request: web.Request) -> web.Response:
    """Delete a topic; Telegram doesn't tell the bot."""
    state = state_of(request)
    chat = state.telegram.forum
    topic = chat.topics.get(int(request.match_info["topic"]))
    if topic is None:
        raise web.HTTPNotFound(text="no such topic")
    topics.delete(state, chat, topic)
    return web.Response(status=204)


@routes.patch("/control/forum")
async def change(request: web.Request) -> web.Response:
    """Change rights and membership, or migrate the group.

    {is_admin, can_manage_topics, can_delete_messages, can_pin_messages, can_invite_users, is_bot_member} as booleans;
    {"migrate": true} moves the group to another id.
    """
    order: dict[str, Any] = await read_order(request)
    state = state_of(request)
    chat = state.telegram.forum
    for name, value in order.items():
        if not isinstance(value, bool):
            raise PhoneActionError(f"{name} is true or false")
        apply(state, chat, name, value)
    state.changed(topic="forum")
    return web.json_response(screen.forum(state))


def apply(state: SandboxState, chat: Chat, name: str, value: bool) -> None:
    if name in FORUM_RIGHTS:
        chat.rights[name] = value
    elif name == "is_bot_member":
        chat.is_bot_member = value
        tell_removal(state, chat, value)
    elif name == "migrate":
        migrate(state, chat)
    else:
        raise PhoneActionError(
            f"unknown field {name}; known: {', '.join(FORUM_RIGHTS)}, is_bot_member, migrate"
        )


def tell_removal(state: SandboxState, chat: Chat, is_member: bool) -> None:
    """`my_chat_member`: the manager removed the bot from the group, or added it back."""
    manager = find_person(state, "manager")
    states = ("kicked", "member") if is_member else ("member", "kicked")
    updates.enqueue_membership(state, manager, chat.as_chat(), *states)


def migrate(state: SandboxState, chat: Chat) -> None:
    """Give the group a new id; calls to the old one get `migrate_to_chat_id`."""
    moved = state.telegram.add_forum(chat.id - 1)
    moved.posts, moved.topics, moved.pinned = dict(chat.posts), chat.topics, chat.pinned
    moved.last_message_id, moved.rights = chat.last_message_id, chat.rights
    for where, note in ((chat, {"migrate_to_chat_id": moved.id}), (moved, {"migrate_from_chat_id": chat.id})):
        post = posting.post_message(state, where, note, sender=find_person(state, "manager"))
        updates.enqueue_message(state, where, post)
    chat.migrated_to = moved.id
