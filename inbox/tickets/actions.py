"""What agents do to a ticket, as JSON: each action answers with the ticket as it is then."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, jsonify, make_response
from flask.typing import ResponseReturnValue

from bot.actions.quotes import MAX_PRICE_LENGTH, MAX_TERMS_LENGTH
from bot.messages.errors import NotFound
from bot.messages.thread import Author
from inbox.tickets.display_names import agent_name
from inbox.tickets.ticket_json import present_agents_json, ticket_json
from inbox.web import guard
from inbox.web.json_body import JsonBody
from inbox.web.locale import gettext
from jobs.request_context import agents, wiring
from store.inbox.presence import Draft

actions = Blueprint("actions", __name__, url_prefix="/inbox/api")
guard.protect(actions)

MODES = ("reply", "note", "return")


@actions.post("/tickets/<ticket_id>/<action>")
def run_action(ticket_id: str, action: str) -> ResponseReturnValue:
    """Do it, and answer with the ticket; 409 with words when it cannot be done."""
    do = ACTIONS.get(action)
    if do is None:
        abort(404)
    body, agent_id = JsonBody(), guard.current_agent().agent_id
    if action in ("reply", "return") and not body.is_set("is_sure"):
        newer = _newer_reply_warning(ticket_id, agent_id, body.text("seen", 200))
        if newer:
            return make_response(jsonify(error="newer", words=newer), 409)
    try:
        do(ticket_id, agent_id, body)
    except NotFound:
        if not wiring().queries.is_archived(ticket_id):
            raise
        words = gettext("It has moved to the archive. Bring it back first.")
        return make_response(jsonify(error="archived", words=words), 409)
    wiring().presence.mark_read(agent_id, ticket_id, wiring().clock())
    return {
        "ticket": ticket_json(wiring().queries.ticket(ticket_id)),
        "others": present_agents_json(ticket_id),
    }


@actions.post("/entries/<entry_id>/try-again")
def try_again(entry_id: str) -> dict[str, Any]:
    """Send once more what failed."""
    wiring().desk.try_again(entry_id, guard.current_agent().agent_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/here")
def set_present(ticket_id: str) -> dict[str, Any]:
    """This agent has the ticket open, or types in it."""
    body = JsonBody()
    wiring().presence.mark_present(
        ticket_id, guard.current_agent().agent_id, is_typing=body.is_set("is_typing")
    )
    if body.is_set("is_typing") and body.is_set("is_reply"):
        wiring().typing_indicator.agent_is_typing(ticket_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/gone")
def set_absent(ticket_id: str) -> dict[str, Any]:
    """This agent closed the ticket."""
    wiring().presence.mark_gone(ticket_id, guard.current_agent().agent_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/seen")
def mark_read(ticket_id: str) -> dict[str, Any]:
    """This agent has read all there is now."""
    wiring().presence.mark_read(guard.current_agent().agent_id, ticket_id, wiring().clock())
    return {"done": True}


@actions.post("/tickets/<ticket_id>/draft")
def keep_draft(ticket_id: str) -> dict[str, Any]:
    """Keep what was typed and not sent."""
    body = JsonBody()
    mode = body.text("mode", 10) or "reply"
    if mode not in MODES:
        abort(400)
    wiring().presence.keep_draft(guard.current_agent().agent_id, ticket_id, Draft(body.text("text"), mode))
    return {"done": True}


def _newer_reply_warning(ticket_id: str, agent_id: str, seen_id: str) -> str:
    """Who answered after what this agent had on the screen; "" when nobody did."""
    entries = wiring().queries.ticket(ticket_id).entries
    at = next((i for i, entry in enumerate(entries) if entry.entry_id == seen_id), None)
    if at is None:
        return ""
    newer = [e for e in entries[at + 1 :] if e.author is Author.AGENT and e.by != agent_id]
    if not newer:
        return ""
    return gettext("%(name)s has answered in the meantime. Send yours as well?") % {
        "name": agent_name(newer[-1].by)
    }


def _reply(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    text, files = body.text("text").strip(), body.files()
    _require_text_or_files(text, files)
    wiring().desk.reply(ticket_id, agent_id, text, files, key=body.text("key", 64))
    _clear_draft(ticket_id, agent_id)


def _note(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    text, files = body.text("text").strip(), body.files()
    _require_text_or_files(text, files)
    wiring().desk.note(ticket_id, agent_id, text, files, key=body.text("key", 64))
    _clear_draft(ticket_id, agent_id)


def _return_for_information(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    text = body.text("text").strip()
    _require_text_or_files(text, ())
    wiring().desk.send_back(ticket_id, agent_id, text, key=body.text("key", 64))
    _clear_draft(ticket_id, agent_id)


def _assign(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    to = body.text("to", 64)
    colleague = agents().get(to)
    if to and (colleague is None or colleague.is_disabled):
        abort(400)
    wiring().desk.assign(ticket_id, agent_id, to)


def _prioritise(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    priority = body.text("priority", 64)
    if all(known.key != priority for known in wiring().queries.ticket(ticket_id).policy.priorities):
        abort(400)
    wiring().desk.prioritise(ticket_id, agent_id, priority)


def _merge(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    into = body.text("into", 64)
    if not into:
        abort(400)
    wiring().desk.merge(ticket_id, agent_id, into)


def _rename(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    wiring().desk.rename(ticket_id, agent_id, body.text("subject", 500).strip())


def _tag(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    wiring().desk.tag(ticket_id, agent_id, body.texts("tags"))


def _quote(ticket_id: str, agent_id: str, body: JsonBody) -> None:
    price, terms = body.text("price", MAX_PRICE_LENGTH).strip(), body.text("terms", MAX_TERMS_LENGTH).strip()
    _require_text_or_files(price, ())
    wiring().desk.quote(ticket_id, agent_id, price, terms, key=body.text("key", 64))


def _require_text_or_files(text: str, files: object) -> None:
    if not text and not files:
        abort(400)


def _clear_draft(ticket_id: str, agent_id: str) -> None:
    wiring().presence.keep_draft(agent_id, ticket_id, Draft("", "reply"))


ACTIONS: dict[str, Callable[[str, str, JsonBody], object]] = {
    "reply": _reply,
    "note": _note,
    "return": _return_for_information,
    "assign": _assign,
    "priority": _prioritise,
    "merge": _merge,
    "subject": _rename,
    "tags": _tag,
    "claim": lambda ticket_id, agent_id, _: wiring().desk.claim(ticket_id, agent_id),
    "hold": lambda ticket_id, agent_id, _: wiring().desk.hold(ticket_id, agent_id),
    "release": lambda ticket_id, agent_id, _: wiring().desk.release(ticket_id, agent_id),
    "resolve": lambda ticket_id, agent_id, _: wiring().desk.resolve(ticket_id, agent_id),
    "quote": _quote,
    "ask-access": lambda ticket_id, agent_id, _: wiring().desk.ask_access(ticket_id, agent_id),
    "end-access": lambda ticket_id, agent_id, _: wiring().desk.end_access(ticket_id, agent_id),
    "offer-telegram": lambda ticket_id, agent_id, _: wiring().desk.offer_channel_switch(
        ticket_id, agent_id, "telegram"
    ),
    "offer-whatsapp": lambda ticket_id, agent_id, _: wiring().desk.offer_channel_switch(
        ticket_id, agent_id, "whatsapp"
    ),
    "bring-back": lambda ticket_id, agent_id, _: wiring().archiver.bring_back(ticket_id, agent_id),
    "reopen": lambda ticket_id, agent_id, _: wiring().desk.reopen(ticket_id, agent_id),
}
