"""Files on Telegram: what a reference (upload, file id, URL) stands for, and getFile."""

import mimetypes
import struct
from typing import Any

import aiohttp

from sandbox.files import File
from sandbox.state import World
from sandbox.telegram.errors import bad
from sandbox.telegram.methods import Asked, method
from sandbox.telegram.values import string
from sandbox.webhook_post import reachable

PARAMETERS = frozenset({"photo", "document", "voice", "video", "audio", "animation", "sticker"})
LARGEST_DOWNLOAD = 20 << 20
ID_PREFIX = "BQACAgQAAxk"
PNG = b"\x89PNG\r\n\x1a\n"


@method("getFile", {"file_id": string})
async def get_file(asked: Asked) -> dict[str, Any]:
    """The path to download a file under; refused above 20 MiB."""
    file = with_id(asked.world, asked["file_id"])
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    extension = mimetypes.guess_extension(file.type) or ".bin"
    path = f"{file.kind}s/file_{list(asked.world.files.kept).index(file.id)}{extension}"
    asked.world.telegram.file_names[path] = file.id
    return {**described(file), "file_path": path}


async def resolve(asked: Asked, reference: str) -> File:
    """The file that a parameter means; raises TelegramError as Telegram does for what it cannot find."""
    if reference.startswith("attach://"):
        file = asked.uploads.get(reference.removeprefix("attach://"))
        if file is None:
            raise bad(f"can't find file {reference}")
        if not file.data:
            raise bad("file must be non-empty")
        return typed(asked.world, file)
    if reference.startswith(("http://", "https://")):
        return await fetched(asked.world, reference)
    return with_id(asked.world, reference)


def typed(world: World, file: File) -> File:
    """An upload whose sender did not say its type: Telegram goes by the name and the bytes."""
    if file.type != "application/octet-stream":
        return file
    guessed = "image/png" if file.data.startswith(PNG) else mimetypes.guess_type(file.name)[0]
    better = File(file.id, file.name, guessed or file.type, file.data)
    world.files.kept[file.id] = better
    return better


async def fetched(world: World, url: str) -> File:
    assert world.http is not None  # noqa: S101
    try:
        async with world.http.get(reachable(world, url), timeout=aiohttp.ClientTimeout(total=10)) as answer:
            data, kind = await answer.read(), answer.content_type
    except (aiohttp.ClientError, OSError, ValueError):
        raise bad("failed to get HTTP URL content") from None
    if answer.status != 200:
        raise bad("failed to get HTTP URL content")
    return world.files.keep(url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1] or "file", kind, data)


def with_id(world: World, file_id: str) -> File:
    file = world.files.kept.get(file_id.removeprefix(ID_PREFIX))
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return file


def described(file: File) -> dict[str, Any]:
    """The fields that every file object shares."""
    return {
        "file_id": ID_PREFIX + file.id,
        "file_unique_id": f"AgAD{file.id[:12]}",
        "file_size": len(file.data),
    }


def as_content(kind: str, file: File, **details: Any) -> dict[str, Any]:
    """A file as the content of a message: `photo`, `document`, `voice`, `video`, `audio` or `sticker`."""
    if kind == "photo":
        if file.kind != "image":
            raise bad("IMAGE_PROCESS_FAILED")
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
    """Width and height in pixels of a PNG; a usual size for any other picture."""
    if file.data.startswith(PNG) and len(file.data) >= 24:
        width, height = struct.unpack(">II", file.data[16:24])
        return int(width), int(height)
    return 1280, 960
