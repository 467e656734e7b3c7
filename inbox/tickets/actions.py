"""What agents do with a ticket, as JSON; each action returns the updated ticket."""

from typing import Any

from flask import Blueprint, abort, jsonify, make_response
from flask.typing import ResponseReturnValue

from bot.actions.action_table import ROUTES, Argument
from bot.messages.errors import NotFound
from inbox.tickets.ticket_json import draft_json, present_agents_json, ticket_json
from inbox.web import guard
from inbox.web.json_body import JsonBody
from inbox.web.locale import gettext
from jobs.request_context import agents, wiring
from store.inbox.drafts import MAX_LENGTH, Draft, DraftChanged

actions = Blueprint("actions", __name__, url_prefix="/inbox/api")
guard.protect(actions)

MODES = ("reply", "note", "return")


@actions.post("/tickets/<ticket_id>/<route>")
def run_action(ticket_id: str, route: str) -> ResponseReturnValue:
    """Run an action and return the ticket; 409 with the reason if it can't be done."""
    action = ROUTES.get(route)
    if action is None:
        abort(404)
    body, agent_id = JsonBody(), guard.current_agent().agent_id
    try:
        arguments = {each.name: _read(body, each, ticket_id) for each in action.arguments}
        if action.required and not any(arguments[name] for name in action.required):
            abort(400)
        if action.name in ("reply", "return") and not body.is_set("is_sure") and body.has("seen"):
            arguments["seen"] = body.text("seen", 200)
        if action.name == "resolve":
            arguments["asks"] = body.is_set("asks")
        wiring().desk.act(ticket_id, action.name, agent_id, key=body.text("key", 64), **arguments)
    except NotFound:
        if not wiring().queries.is_archived(ticket_id):
            raise
        words = gettext("It’s been archived. Bring it back first.")
        return make_response(jsonify(error="archived", words=words), 409)
    if action.name in MODES:
        wiring().drafts.sent(agent_id, ticket_id, body.text("text"))
    return _ticket_as_read(ticket_id, agent_id)


@actions.post("/tickets/<ticket_id>/bring-back")
def bring_back(ticket_id: str) -> dict[str, Any]:
    """Bring the ticket back from the archive."""
    JsonBody()
    agent_id = guard.current_agent().agent_id
    wiring().archiver.bring_back(ticket_id, agent_id)
    return _ticket_as_read(ticket_id, agent_id)


@actions.post("/entries/<entry_id>/try-again")
def try_again(entry_id: str) -> dict[str, Any]:
    """Retry a message that failed."""
    wiring().desk.try_again(entry_id, guard.current_agent().agent_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/here")
def set_present(ticket_id: str) -> dict[str, Any]:
    """Record that this agent has the ticket open, or is typing."""
    body = JsonBody()
    wiring().presence.mark_present(
        ticket_id, guard.current_agent().agent_id, is_typing=body.is_set("is_typing")
    )
    if body.is_set("is_typing") and body.is_set("is_reply"):
        wiring().typing_indicator.agent_is_typing(ticket_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/gone")
def set_absent(ticket_id: str) -> dict[str, Any]:
    """Record that this agent no longer has the ticket open."""
    wiring().presence.mark_gone(ticket_id, guard.current_agent().agent_id)
    return {"done": True}


@actions.post("/tickets/<ticket_id>/seen")
def mark_read(ticket_id: str) -> dict[str, Any]:
    """Mark the ticket as read by this agent."""
    wiring().presence.mark_read(guard.current_agent().agent_id, ticket_id, wiring().clock())
    return {"done": True}


@actions.post("/tickets/<ticket_id>/draft")
def keep_draft(ticket_id: str) -> ResponseReturnValue:
    """Save what was written but not sent; 409 with the other version if another device has saved since."""
    body = JsonBody()
    mode = body.text("mode", 10) or "reply"
    if mode not in MODES:
        abort(400)
    draft = Draft(body.text("text", MAX_LENGTH), mode, body.objects("files", 10), body.objects("refused", 10))
    base = body.number("base") if body.has("base") else None
    try:
        kept = wiring().drafts.keep(guard.current_agent().agent_id, ticket_id, draft, base=base)
    except DraftChanged as changed:
        return make_response(jsonify(error="draft-changed", draft=draft_json(changed.draft)), 409)
    return {"draft": draft_json(kept)}


def _read(body: JsonBody, argument: Argument, ticket_id: str) -> object:
    """That argument, checked; 400 if it isn't valid."""
    match argument.kind:
        case "files":
            return body.files()
        case "tags":
            return body.texts(argument.name)
    value = body.text(argument.name, argument.max_length)
    match argument.kind:
        case "text":
            return value.strip()
        case "agent" if value:
            colleague = agents().get(value)
            if colleague is None or colleague.is_disabled:
                abort(400)
        case "priority":
            if all(known.key != value for known in wiring().queries.ticket(ticket_id).policy.priorities):
                abort(400)
    return value


def _ticket_as_read(ticket_id: str, agent_id: str) -> dict[str, Any]:
    wiring().presence.mark_read(agent_id, ticket_id, wiring().clock())
    return {
        "ticket": ticket_json(wiring().queries.ticket(ticket_id)),
        "others": present_agents_json(ticket_id),
    }
