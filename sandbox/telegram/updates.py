"""Updates to the desk: in order, one at a time per chat, redelivered until accepted or expired."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.telegram.state import BOT_USER, Chat, Post, Update
from sandbox.webhook_post import DeskResponse, post_webhook

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MESSAGE_LIFETIME = timedelta(hours=24)
QUERY_LIFETIME = timedelta(seconds=150)
MAX_RETRY_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600.0


def enqueue_message(state: SandboxState, chat: Chat, post: Post, kind: str = "message") -> None:
    """Queue a person's message, or its edit, for its chat."""
    enqueue(state, f"chat:{chat.id}", {kind: post.message}, MESSAGE_LIFETIME)


def enqueue_service(state: SandboxState, chat: Chat, post: Post) -> None:
    """Pins and topic changes are sent to the bot even when it made them itself."""
    enqueue_message(state, chat, post)


def enqueue_press(state: SandboxState, person: Person, query: dict[str, Any]) -> None:
    """Pressed buttons have their own queue per person, so one may overtake a message."""
    enqueue(state, f"callback_query:{person.telegram_id}", {"callback_query": query}, QUERY_LIFETIME)


def enqueue_other(state: SandboxState, person: Person, kind: str, body: dict[str, Any]) -> None:
    enqueue(state, f"{kind}:{person.telegram_id}", {kind: body}, MESSAGE_LIFETIME)


def enqueue_membership(state: SandboxState, person: Person, chat: dict[str, Any], old: str, new: str) -> None:
    """`my_chat_member`: the person blocked or unblocked the bot, removed it from a group or added it back."""
    body = {
        "chat": chat,
        "from": person.telegram_user(),
        "date": int(state.clock.now().timestamp()),
        "old_chat_member": membership(old),
        "new_chat_member": membership(new),
    }
    enqueue_other(state, person, "my_chat_member", body)


def membership(status: str) -> dict[str, Any]:
    banned = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT_USER, "status": status, **banned}


def enqueue(state: SandboxState, queue: str, body: dict[str, Any], lives: timedelta) -> None:
    telegram = state.telegram
    if not is_allowed(next(iter(body)), telegram.webhook.get("allowed_updates")):
        return
    telegram.last_update_id += 1
    waiting = telegram.queues.setdefault(queue, [])
    update = Update(telegram.last_update_id, body, (state.clock.now() + lives).isoformat())
    waiting.append(update)
    start(state, queue)


def is_allowed(kind: str, allowed: list[str] | None) -> bool:
    return kind in allowed if allowed else kind not in NOT_BY_DEFAULT


def was_delivered(state: SandboxState, posts: list[Post]) -> bool:
    """Whether the desk was asked to accept each of these messages at least once."""
    messages = [id(post.message) for post in posts]
    waiting = [each for queue in state.telegram.queues.values() for each in queue if not each.is_tried]
    return not any(id(body) in messages for update in waiting for body in update.body.values())


def resume(state: SandboxState) -> None:
    """Start delivering what waited for a webhook, or for the sandbox to restart."""
    for queue in tuple(state.telegram.queues):
        start(state, queue)


def start(state: SandboxState, queue: str) -> None:
    """Start at most one delivery per queue."""
    if queue not in state.draining:
        state.draining.add(queue)
        state.spawn(drain(state, queue))


async def drain(state: SandboxState, queue: str) -> None:
    """Deliver one queue from its head; a refused head holds up everything behind it."""
    try:
        await deliver_all(state, queue)
    finally:
        state.draining.discard(queue)


async def deliver_all(state: SandboxState, queue: str) -> None:
    telegram = state.telegram
    while telegram.webhook and (waiting := telegram.queues.get(queue)):
        update = waiting[0]
        response = await deliver(state, update)
        if response.is_accepted:
            mark_delivered(state, update)
        elif await wait_for_retry(state, update, response):
            continue
        if waiting and waiting[0] is update:
            waiting.pop(0)


async def deliver(state: SandboxState, update: Update) -> DeskResponse:
    """POST one update, or several copies under a fault."""
    telegram = state.telegram
    headers = {"User-Agent": "TelegramBot (sandbox)"}
    if secret := telegram.webhook.get("secret_token"):
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    fault = state.faults.take(frozenset({"duplicate_webhook"}), "telegram", "webhook")
    update.tries += 1
    response = DeskResponse(0)
    for _ in range(fault.times if fault else 1):
        response = await post_webhook(
            state,
            channel="telegram",
            name="webhook",
            url=telegram.webhook["url"],
            timeout=state.settings.telegram_timeout,
            json={"update_id": update.id, **update.body},
            headers=headers,
        )
    update.is_tried = True
    state.changed(topic="calls")
    if not response.is_accepted:
        telegram.last_error = {
            "last_error_date": int(state.clock.now().timestamp()),
            "last_error_message": f"Wrong response from the webhook: {response.status or response.error}",
        }
    return response


async def wait_for_retry(state: SandboxState, update: Update, response: DeskResponse) -> bool:
    """Wait for the next attempt; False if the update would expire first and is dropped."""
    wait = retry_delay(update.tries, response)
    if state.clock.now() + timedelta(seconds=wait) > datetime.fromisoformat(update.expires_at):
        return False
    await state.clock.sleep(wait)
    return True


def retry_delay(tries: int, response: DeskResponse) -> float:
    """Seconds to the next attempt: at once, then 2, 4, 8… up to 60, or what Retry-After asks for."""
    retry_after = response.headers.get("Retry-After", "")
    if retry_after.isdigit():
        return min(float(retry_after), LONGEST_RETRY_AFTER)
    return 0.0 if tries == 1 else min(2.0 ** (tries - 1), MAX_RETRY_DELAY)


def mark_delivered(state: SandboxState, update: Update) -> None:
    """Two ticks under the person's message."""
    message = next(iter(update.body.values()))
    chat = state.telegram.chats.get(message.get("chat", {}).get("id", 0))
    post = chat.posts.get(message.get("message_id", 0)) if chat else None
    if chat and post:
        post.is_taken = True
        state.changed(state.people.with_telegram_id(chat.id), topic="forum")
