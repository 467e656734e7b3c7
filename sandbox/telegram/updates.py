"""Updates to the desk: in order and one in flight per chat, redelivered until accepted or too old."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.people import Person
from sandbox.state import World
from sandbox.telegram.state import BOT_USER, Chat, Post, Update
from sandbox.webhook_post import Told, tell

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MESSAGES_LIVE = timedelta(hours=24)
QUERIES_LIVE = timedelta(seconds=150)
LONGEST_WAIT = 60.0
LONGEST_RETRY_AFTER = 3600.0


def tell_message(world: World, chat: Chat, post: Post, kind: str = "message") -> None:
    """A person's message, or its edit, goes to the queue of its chat."""
    enqueue(world, f"chat:{chat.id}", {kind: post.message}, MESSAGES_LIVE)


def tell_service(world: World, chat: Chat, post: Post) -> None:
    """Pins and topic changes come back even when the bot itself made them."""
    tell_message(world, chat, post)


def tell_press(world: World, person: Person, query: dict[str, Any]) -> None:
    """Pressed buttons have a queue of their own per person, so one may overtake a message."""
    enqueue(world, f"callback_query:{person.telegram_id}", {"callback_query": query}, QUERIES_LIVE)


def tell_other(world: World, person: Person, kind: str, body: dict[str, Any]) -> None:
    enqueue(world, f"{kind}:{person.telegram_id}", {kind: body}, MESSAGES_LIVE)


def tell_membership(world: World, person: Person, chat: dict[str, Any], old: str, new: str) -> None:
    """`my_chat_member`: the person blocked or unblocked the bot, put it out of a group or back in."""
    body = {
        "chat": chat,
        "from": person.telegram_user(),
        "date": int(world.clock.now().timestamp()),
        "old_chat_member": membership(old),
        "new_chat_member": membership(new),
    }
    tell_other(world, person, "my_chat_member", body)


def membership(status: str) -> dict[str, Any]:
    banned = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT_USER, "status": status, **banned}


def enqueue(world: World, queue: str, body: dict[str, Any], lives: timedelta) -> None:
    telegram = world.telegram
    if not is_allowed(next(iter(body)), telegram.webhook.get("allowed_updates")):
        return
    telegram.last_update_id += 1
    waiting = telegram.queues.setdefault(queue, [])
    update = Update(telegram.last_update_id, body, (world.clock.now() + lives).isoformat())
    waiting.append(update)
    start(world, queue)


def is_allowed(kind: str, allowed: list[str] | None) -> bool:
    return kind in allowed if allowed else kind not in NOT_BY_DEFAULT


def is_told(world: World, posts: list[Post]) -> bool:
    """Whether the desk was asked to take each of these messages at least once."""
    messages = [id(post.message) for post in posts]
    waiting = [each for queue in world.telegram.queues.values() for each in queue if not each.is_tried]
    return not any(id(body) in messages for update in waiting for body in update.body.values())


def resume(world: World) -> None:
    """Start delivering what waited for a webhook, or for the sandbox to come back."""
    for queue in tuple(world.telegram.queues):
        start(world, queue)


def start(world: World, queue: str) -> None:
    """One delivery under way per queue, never two."""
    if queue not in world.draining:
        world.draining.add(queue)
        world.spawn(drain(world, queue))


async def drain(world: World, queue: str) -> None:
    """Deliver one queue from its head; a head that is refused holds all behind it."""
    try:
        await deliver_all(world, queue)
    finally:
        world.draining.discard(queue)


async def deliver_all(world: World, queue: str) -> None:
    telegram = world.telegram
    while telegram.webhook and (waiting := telegram.queues.get(queue)):
        update = waiting[0]
        told = await deliver(world, update)
        if told.is_accepted:
            accepted(world, update)
        elif await may_wait(world, update, told):
            continue
        if waiting and waiting[0] is update:
            waiting.pop(0)


async def deliver(world: World, update: Update) -> Told:
    """POST one update, twice or more under a fault."""
    telegram = world.telegram
    headers = {"User-Agent": "TelegramBot (sandbox)"}
    if secret := telegram.webhook.get("secret_token"):
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    fault = world.faults.take(frozenset({"duplicate_webhook"}), "telegram", "webhook")
    update.tries += 1
    told = Told(0)
    for _ in range(fault.times if fault else 1):
        told = await tell(
            world,
            channel="telegram",
            name="webhook",
            url=telegram.webhook["url"],
            timeout=world.settings.telegram_timeout,
            json={"update_id": update.id, **update.body},
            headers=headers,
        )
    update.is_tried = True
    world.changed(topic="calls")
    if not told.is_accepted:
        telegram.last_error = {
            "last_error_date": int(world.clock.now().timestamp()),
            "last_error_message": f"Wrong response from the webhook: {told.status or told.error}",
        }
    return told


async def may_wait(world: World, update: Update, told: Told) -> bool:
    """Wait for the next try; False when the update would be too old by then and is dropped."""
    wait = pause(update.tries, told)
    if world.clock.now() + timedelta(seconds=wait) > datetime.fromisoformat(update.expires_at):
        return False
    await world.clock.sleep(wait)
    return True


def pause(tries: int, told: Told) -> float:
    """Seconds to the next try: at once, then 2, 4, 8… at most 60, or what Retry-After asks for."""
    asked = told.headers.get("Retry-After", "")
    if asked.isdigit():
        return min(float(asked), LONGEST_RETRY_AFTER)
    return 0.0 if tries == 1 else min(2.0 ** (tries - 1), LONGEST_WAIT)


def accepted(world: World, update: Update) -> None:
    """Two ticks under the person's message."""
    message = next(iter(update.body.values()))
    chat = world.telegram.chats.get(message.get("chat", {}).get("id", 0))
    post = chat.posts.get(message.get("message_id", 0)) if chat else None
    if chat and post:
        post.is_taken = True
        world.changed(world.people.with_telegram_id(chat.id), topic="forum")
