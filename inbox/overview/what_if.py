"""What-if: replays past days under another policy, slice by slice, and compares the results."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, jsonify, make_response
from flask.typing import ResponseReturnValue

from bot.policy.policy import Policy, load_policy
from bot.policy.policy_errors import PolicyError
from desk.what_if import Slice
from inbox.tickets.display_names import priority_name, target_name
from inbox.tickets.row_json import iso
from inbox.web import guard
from inbox.web.json_body import JsonBody
from inbox.web.locale import gettext, locale
from jobs.request_context import wiring

what_if = Blueprint("what_if", __name__, url_prefix="/overview/api")
guard.protect(what_if, is_for_managers=True)

DAYS = (7, 30, 90)
LONGEST_POLICY = 100_000  # characters


@what_if.get("/policies")
def policies() -> dict[str, Any]:
    """The policy files in the same folder as the desk's, by name, valid or not."""
    return {"policies": [_file_json(path) for path in _files().values()]}


@what_if.get("/policies/<name>")
def policy(name: str) -> dict[str, Any]:
    """The text of one policy file."""
    path = _files().get(name) or abort(404)
    return {"text": path.read_text(encoding="utf-8-sig", errors="replace")}


@what_if.post("/what-if")
def replay() -> ResponseReturnValue:
    """Replay one slice of tickets; the response's `cursor` and `until` ask for the next one.

    422 with all errors in the policy's text, each with its line.
    """
    body = JsonBody()
    days, cursor, until = body.text("days", 4), body.text("cursor", 48), body.text("until", 40)
    text = body.text("policy", LONGEST_POLICY)
    if days not in map(str, DAYS) or not text.strip():
        abort(400)
    try:
        other = _parse_policy(text)
        found = wiring().what_if.slice(other, int(days), cursor, _instant(until))
    except PolicyError as error:
        return make_response(jsonify(error="policy", **_problems(error)), 422)
    except (ValueError, OverflowError):
        abort(400)
    return _slice_json(found)


def _files() -> dict[str, Path]:
    """By file name; no other file can be opened."""
    return {path.name: path for path in sorted(wiring().settings.policy.resolve().parent.glob("*.toml"))}


def _file_json(path: Path) -> dict[str, Any]:
    try:
        found = load_policy(path)
    except PolicyError as error:
        return {"file": path.name, "title": "", "is_current": False, "problems": len(error.problems)}
    is_current = found.version == wiring().policy.version
    return {"file": path.name, "title": found.title.in_(locale()), "is_current": is_current, "problems": 0}


@lru_cache(maxsize=8)
def _parse_policy(text: str) -> Policy:
    """The policy, cached because each slice sends the same text."""
    return Policy.from_toml(text)


def _instant(text: str) -> datetime | None:
    at = datetime.fromisoformat(text) if text else None
    if at and at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC) if at else None


def _problems(error: PolicyError) -> dict[str, Any]:
    return {
        "words": gettext("This policy has mistakes in it; nothing was compared."),
        "problems": [
            {"line": each.line, "key": each.key_path, "message": each.message, "allowed": each.allowed}
            for each in error.problems
        ],
    }


def _slice_json(found: Slice) -> dict[str, Any]:
    told = found.replay.to_json()
    labels = {priority.key: priority.label.in_(locale()) for priority in found.replay.other.priorities}
    for row in told["compared"]:
        row["target_label"] = target_name(row["target"])
        row["priority_label"] = labels.get(row["priority"]) or priority_name(row["priority"])
    for one in told["turned"]:
        one["target_label"] = target_name(one["target"])
    for one in told["lacking"]:
        one["label"] = priority_name(one["key"]) if one["what"] == "priority" else one["key"]
    order = [priority.key for priority in found.replay.other.priorities]
    return {**told, "order": order, "cursor": found.cursor, "until": iso(found.until)}
