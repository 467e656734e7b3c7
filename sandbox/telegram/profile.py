"""The bot's profile: getMe, its commands and descriptions per language."""

import json
import re
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.state import BOT_USER
from sandbox.telegram.values import Reader, list_of, load_json, string, structure, text

SCOPES = [
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
]


@method("getMe")
async def get_me(_call: MethodCall) -> dict[str, Any]:
    return {
        **BOT_USER,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def language(_name: str, raw: Any) -> str:
    if not re.fullmatch(r"|[a-z]{2}", str(raw)):
        raise bad_request("invalid language code specified")
    return str(raw)


def scope(name: str, raw: Any) -> str:
    """A command scope as a key: its JSON, sorted."""
    given = load_json(name, raw, dict, "object")
    if given.get("type") not in SCOPES:
        raise bad_request("unsupported type specified")
    return json.dumps(given, sort_keys=True)


def command_name(_name: str, raw: Any) -> str:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", str(raw)):
        raise bad_request("BOT_COMMAND_INVALID")
    return str(raw)


COMMAND = structure(
    {"command": command_name, "description": text(1, 256, "BOT_COMMAND_DESCRIPTION_INVALID")}, {}
)
SCOPE_PARAMETERS: dict[str, Reader] = {"scope": scope, "language_code": language}
DEFAULT_SCOPE = json.dumps({"type": "default"})


def scope_key(call: MethodCall) -> str:
    return f"{call.get('scope', DEFAULT_SCOPE)} {call.get('language_code', '')}"


@method("setMyCommands", {"commands": list_of(COMMAND, 0, 100)}, SCOPE_PARAMETERS)
async def set_my_commands(call: MethodCall) -> bool:
    call.state.telegram.commands[scope_key(call)] = call["commands"]
    call.state.changed()
    return True


@method("getMyCommands", {}, SCOPE_PARAMETERS)
async def get_my_commands(call: MethodCall) -> list[dict[str, str]]:
    return call.state.telegram.commands.get(scope_key(call), [])


@method("deleteMyCommands", {}, SCOPE_PARAMETERS)
async def delete_my_commands(call: MethodCall) -> bool:
    call.state.telegram.commands.pop(scope_key(call), None)
    return True


def text_methods(suffix: str, field: str, longest: int) -> None:
    """Register the set… and get… methods of one text of the profile."""
    limit = text(0, longest, f"bot {field.replace('_', ' ')} is too long")

    @method(f"setMy{suffix}", {}, {field: limit, "language_code": language})
    async def set_text(call: MethodCall) -> bool:
        call.state.telegram.texts[f"{field} {call.get('language_code', '')}"] = call.get(field, "")
        return True

    @method(f"getMy{suffix}", {}, {"language_code": language})
    async def get_text(call: MethodCall) -> dict[str, str]:
        return {field: call.state.telegram.texts.get(f"{field} {call.get('language_code', '')}", "")}


text_methods("Name", "name", 64)
text_methods("Description", "description", 512)
text_methods("ShortDescription", "short_description", 120)


@method("setChatMenuButton", {}, {"menu_button": structure({"type": string}, {})})
async def set_chat_menu_button(_call: MethodCall) -> bool:
    return True
