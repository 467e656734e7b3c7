"""The agents' forum group over HTTP: its topics, and what befalls the bot in it."""

from typing import Any

from aiohttp import web

from sandbox.control.orders import order_of, person_with
from sandbox.phone_action import NotPossibleError
from sandbox.state import World, world_of
from sandbox.telegram import posting, screen, topics, updates
from sandbox.telegram.state import FORUM_RIGHTS, Chat

routes = web.RouteTableDef()


@routes.get("/control/forum")
async def forum(request: web.Request) -> web.Response:
    return web.json_response(screen.forum(world_of(request)))


@routes.get("/control/forum/topics/{topic}/messages")
async def messages(request: web.Request) -> web.Response:
    """A topic's messages; `?viewer=<person id>` decides whose are mine."""
    world = world_of(request)
    viewer = person_with(world, request.query["viewer"]) if "viewer" in request.query else None
    return web.json_response(screen.topic_messages(world, int(request.match_info["topic"]), viewer))


@routes.delete("/control/forum/topics/{topic}")
async def delete(request: web.Request) -> web.Response:
    """Somebody deletes a topic; Telegram does not tell the bot."""
    world = world_of(request)
    chat = world.telegram.forum
    topic = chat.topics.get(int(request.match_info["topic"]))
    if topic is None:
        raise web.HTTPNotFound(text="no such topic")
    topics.delete(world, chat, topic)
    return web.Response(status=204)


@routes.patch("/control/forum")
async def change(request: web.Request) -> web.Response:
    """{is_admin, can_manage_topics, can_delete_messages, can_pin_messages, can_invite_users,
    is_bot_member} as booleans; {"migrate": true} moves the group to another id."""
    order: dict[str, Any] = await order_of(request)
    world = world_of(request)
    chat = world.telegram.forum
    for name, value in order.items():
        if not isinstance(value, bool):
            raise NotPossibleError(f"{name} is true or false")
        apply(world, chat, name, value)
    world.changed(topic="forum")
    return web.json_response(screen.forum(world))


def apply(world: World, chat: Chat, name: str, value: bool) -> None:
    if name in FORUM_RIGHTS:
        chat.rights[name] = value
    elif name == "is_bot_member":
        chat.is_bot_member = value
        tell_removal(world, chat, value)
    elif name == "migrate":
        migrate(world, chat)
    else:
        raise NotPossibleError(
            f"unknown field {name}; known: {', '.join(FORUM_RIGHTS)}, is_bot_member, migrate"
        )


def tell_removal(world: World, chat: Chat, is_member: bool) -> None:
    """`my_chat_member`: the manager put the bot out of the group, or back in."""
    manager = person_with(world, "manager")
    states = ("kicked", "member") if is_member else ("member", "kicked")
    updates.tell_membership(world, manager, chat.as_chat(), *states)


def migrate(world: World, chat: Chat) -> None:
    """A new id; calls to the old one are answered with `migrate_to_chat_id`."""
    moved = world.telegram.add_forum(chat.id - 1)
    moved.posts, moved.topics, moved.pinned = dict(chat.posts), chat.topics, chat.pinned
    moved.last_message_id, moved.rights = chat.last_message_id, chat.rights
    for where, note in ((chat, {"migrate_to_chat_id": moved.id}), (moved, {"migrate_from_chat_id": chat.id})):
        post = posting.put(world, where, note, sender=person_with(world, "manager"))
        updates.tell_message(world, where, post)
    chat.migrated_to = moved.id
