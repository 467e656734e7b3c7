"""The webhook settings: setWebhook, deleteWebhook, getWebhookInfo."""

import re
from typing import Any

from sandbox.telegram import updates
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.values import boolean, integer, list_of, one_of, string

PORTS = frozenset({443, 80, 88, 8443})
KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
]


def secret(_name: str, raw: Any) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(raw)):
        raise bad_request("secret token contains unallowed characters")
    return str(raw)


def connections(name: str, raw: Any) -> int:
    most = integer(name, raw)
    if not 1 <= most <= 100:
        raise bad_request("max_connections must be from 1 to 100")
    return most


@method(
    "setWebhook",
    {"url": string},
    {
        "secret_token": secret,
        "max_connections": connections,
        "allowed_updates": list_of(one_of(*KINDS)),
        "drop_pending_updates": boolean,
        "ip_address": string,
    },
)
async def set_webhook(call: MethodCall) -> bool:
    """Plain http is allowed on this machine; elsewhere only https on Telegram's four ports."""
    check_url(call["url"])
    telegram = call.state.telegram
    if call.get("drop_pending_updates"):
        telegram.queues.clear()
    telegram.last_error = {}
    telegram.webhook = {name: value for name, value in call.given.items() if name != "drop_pending_updates"}
    if not call["url"]:
        telegram.webhook = {}
    updates.resume(call.state)
    return True


def check_url(url: str) -> None:
    found = re.fullmatch(r"(https?)://([^/:]+)(?::(\d+))?(/\S*)?", url)
    if url and found is None:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if found is None or found[2] in ("127.0.0.1", "localhost"):
        return
    if found[1] != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if int(found[3] or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("deleteWebhook", {}, {"drop_pending_updates": boolean})
async def delete_webhook(call: MethodCall) -> bool:
    call.state.telegram.webhook = {}
    if call.get("drop_pending_updates"):
        call.state.telegram.queues.clear()
    return True


@method("getWebhookInfo")
async def get_webhook_info(call: MethodCall) -> dict[str, Any]:
    telegram = call.state.telegram
    pending = sum(len(queue) for queue in telegram.queues.values())
    info: dict[str, Any] = {
        "url": telegram.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": pending,
    }
    if telegram.webhook:
        info["max_connections"] = telegram.webhook.get("max_connections", 40)
    if "allowed_updates" in telegram.webhook:
        info["allowed_updates"] = telegram.webhook["allowed_updates"]
    return {**info, **telegram.last_error}
