"""The Bot API over HTTP: token, method, parameters in any of the four encodings, result or error."""

import hmac
import json
from typing import Any

from aiohttp import web

from sandbox import credentials
from sandbox.files import File
from sandbox.state import LOGGED_REQUEST, SandboxState, state_of
from sandbox.telegram import chat_actions, editing, files, groups, profile, sending, topics, webhook
from sandbox.telegram.errors import TelegramError, bad_request, telegram_error
from sandbox.telegram.methods import METHODS, MethodCall

LARGEST_UPLOAD = 50 * 2**20
MODULES = (editing, files, groups, profile, sending, chat_actions, topics, webhook)

routes = web.RouteTableDef()


async def call(request: web.Request) -> web.Response:
    """Handle one call; errors are returned in the Bot API's format."""
    try:
        result = await perform(request)
    except TelegramError as refused:
        return telegram_error(refused.code, refused.description, **refused.parameters)
    return web.json_response({"ok": True, "result": result})


routes.get("/bot{token}/{method}")(call)
routes.post("/bot{token}/{method}")(call)


async def perform(request: web.Request) -> Any:
    check_token(request.match_info["token"])
    method = METHODS.get(request.match_info["method"].lower())
    raw, uploads = await parameters(request)
    if method is None:
        raise TelegramError(404, "Not Found: method not found")
    return await method.act(MethodCall(state_of(request), method.read(raw), uploads))


def check_token(token: str) -> None:
    if not hmac.compare_digest(token.encode(), credentials.TELEGRAM_BOT_TOKEN.encode()):
        raise TelegramError(401, "Unauthorized")


async def parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, File]]:
    """Query string and body together; files separately, under the name that `attach://` uses."""
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, File] = {}
    if request.content_type == "application/json" and request.can_read_body:
        raw |= await json_body(request)
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = uploaded(state_of(request), value)
                if name in files.PARAMETERS:
                    raw[name] = f"attach://{name}"
            else:
                raw[name] = value
    request[LOGGED_REQUEST] = {**raw, **{f"({name})": file.name for name, file in uploads.items()}}
    return raw, uploads


async def json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except json.JSONDecodeError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("object expected as request body")
    return {name: value for name, value in body.items() if value is not None}


def uploaded(state: SandboxState, field: web.FileField) -> File:
    data = field.file.read()
    if len(data) > LARGEST_UPLOAD:
        raise TelegramError(413, "Request Entity Too Large")
    return state.files.keep(field.filename or "file", field.content_type, data)


@routes.get("/file/bot{token}/{path:.+}")
async def download(request: web.Request) -> web.Response:
    """The bytes of a file at the path that getFile returned."""
    try:
        check_token(request.match_info["token"])
    except TelegramError as refused:
        return telegram_error(refused.code, refused.description)
    state = state_of(request)
    file = state.files.kept.get(state.telegram.file_names.get(request.match_info["path"], ""))
    if file is None:
        return telegram_error(404, "Not Found")
    return web.Response(body=file.data, content_type="application/octet-stream")
