"""Files on Telegram: what a reference (upload, file id, URL) points to, and getFile."""

import mimetypes
import struct
from typing import Any

import aiohttp

from sandbox.files import File
from sandbox.state import SandboxState
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods import MethodCall, method
from sandbox.telegram.values import string
from sandbox.webhook_post import local_url

PARAMETERS = frozenset({"photo", "document", "voice", "video", "audio", "animation", "sticker"})
LARGEST_DOWNLOAD = 20 << 20
ID_PREFIX = "BQACAgQAAxk"
PNG = b"\x89PNG\r\n\x1a\n"


@method("getFile", {"file_id": string})
async def get_file(call: MethodCall) -> dict[str, Any]:
    """The path to download a file from; refused above 20 MiB."""
    file = find_file(call.state, call["file_id"])
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    extension = mimetypes.guess_extension(file.type) or ".bin"
    path = f"{file.kind}s/file_{list(call.state.files.kept).index(file.id)}{extension}"
    call.state.telegram.file_names[path] = file.id
    return {**described(file), "file_path": path}


async def resolve(call: MethodCall, reference: str) -> File:
    """The file that a parameter refers to; raises TelegramError as Telegram does if it can't be found."""
    if reference.startswith("attach://"):
        file = call.uploads.get(reference.removeprefix("attach://"))
        if file is None:
            raise bad_request(f"can't find file {reference}")
        if not file.data:
            raise bad_request("file must be non-empty")
        return with_guessed_type(call.state, file)
    if reference.startswith(("http://", "https://")):
        return await fetch_url(call.state, reference)
    return find_file(call.state, reference)


def with_guessed_type(state: SandboxState, file: File) -> File:
    """An upload without a type: Telegram guesses it from the name and the bytes."""
    if file.type != "application/octet-stream":
        return file
    guessed = "image/png" if file.data.startswith(PNG) else mimetypes.guess_type(file.name)[0]
    better = File(file.id, file.name, guessed or file.type, file.data)
    state.files.kept[file.id] = better
    return better


async def fetch_url(state: SandboxState, url: str) -> File:
    assert state.http is not None  # noqa: S101
    try:
        async with state.http.get(local_url(state, url), timeout=aiohttp.ClientTimeout(total=10)) as answer:
            data, kind = await answer.read(), answer.content_type
    except (aiohttp.ClientError, OSError, ValueError):
        raise bad_request("failed to get HTTP URL content") from None
    if answer.status != 200:
        raise bad_request("failed to get HTTP URL content")
    return state.files.keep(url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1] or "file", kind, data)


def find_file(state: SandboxState, file_id: str) -> File:
    file = state.files.kept.get(file_id.removeprefix(ID_PREFIX))
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


def described(file: File) -> dict[str, Any]:
    """The fields that all file objects share."""
    return {
        "file_id": ID_PREFIX + file.id,
        "file_unique_id": f"AgAD{file.id[:12]}",
        "file_size": len(file.data),
    }


def as_content(kind: str, file: File, **details: Any) -> dict[str, Any]:
    """A file as the content of a message: `photo`, `document`, `voice`, `video`, `audio` or `sticker`."""
    if kind == "photo":
        if file.kind != "image":
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = dimensions(file)
        return {"photo": [{**described(file), "width": width, "height": height}]}
    content = {**described(file), **EXTRA.get(kind, {}), **details}
    if kind != "sticker":
        content["mime_type"] = file.type
    if kind in ("document", "audio", "video"):
        content["file_name"] = file.name
    return {kind: content}


EXTRA: dict[str, dict[str, Any]] = {
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video": {"duration": 3, "width": 640, "height": 360},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}


def dimensions(file: File) -> tuple[int, int]:
    """Width and height of a PNG in pixels; a typical size for any other picture."""
    if file.data.startswith(PNG) and len(file.data) >= 24:
        width, height = struct.unpack(">II", file.data[16:24])
        return int(width), int(height)
    return 1280, 960
