"""Renders a content template with its variables as text, buttons or a list."""

import json
import re
from typing import Any

from sandbox.state import SandboxState
from sandbox.whatsapp.errors import TwilioError
from sandbox.whatsapp.state import Record

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def render(state: SandboxState, record: Record, sid: str, variables: str | None) -> None:
    """Render a template into a message; raises TwilioError (20404, 21656)."""
    template = state.whatsapp.templates.get(sid)
    if template is None:
        raise TwilioError(404, 20404, f"/v1/Content/{sid}")
    values = {**template.variables, **parsed(variables)}
    content = filled(next(iter(template.types.values())), values)
    record.content_sid, record.is_template = sid, template.approval == "approved"
    record.body = content["body"]
    if "actions" in content:
        buttons = [
            {"id": each.get("id") or each["title"], "title": each["title"]} for each in content["actions"]
        ]
        record.choices = {"buttons": buttons}
    if "items" in content:
        record.choices = {"list": {"button": content["button"], "items": content["items"]}}
    if PLACEHOLDER.search(json.dumps(content)):
        record.error_code = 63028


def parsed(variables: str | None) -> dict[str, str]:
    try:
        given = json.loads(variables or "{}")
    except json.JSONDecodeError as wrong:
        raise TwilioError(400, 21656) from wrong
    if not isinstance(given, dict) or not all(isinstance(value, str) and value for value in given.values()):
        raise TwilioError(400, 21656)
    return given


def filled(content: Any, values: dict[str, str]) -> Any:
    """The same structure with every {{name}} that has a value replaced."""
    if isinstance(content, str):
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), content)
    if isinstance(content, list):
        return [filled(each, values) for each in content]
    if isinstance(content, dict):
        return {name: filled(each, values) for name, each in content.items()}
    return content
