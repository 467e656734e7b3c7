"""Downloads a file that a customer sent, within limits of size, type and time.

The caller has checked that the URL is the provider's. Redirects are followed only where the source allows it,
and credentials go with the first request only.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
from aiohttp import ClientResponse, ClientTimeout
from yarl import URL

from bot.messages.errors import MediaError
from bot.messages.outgoing import Attachment
from channels.event_loop import CALL_TIMEOUT, CONNECT_TIMEOUT, basic_auth, loop, parse_retry_after
from channels.media.file_type import HEAD_SIZE, attachment_kind, media_type_of
from channels.media.image_size import is_decompression_bomb

TIMEOUT = 60.0
"""Seconds for a whole file; a pause of CALL_TIMEOUT ends the download sooner."""

_TIMEOUTS = ClientTimeout(total=TIMEOUT, sock_connect=CONNECT_TIMEOUT, sock_read=CALL_TIMEOUT)
_MOST_REDIRECTS = 3
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class DownloadSource:
    """Where to download a file. `may_follow` tells whether a redirect to that URL is allowed."""

    url: str
    max_size: int  # bytes
    auth: tuple[str, str] | None = None
    may_follow: Callable[[URL], bool] = lambda _: False


def download(attachment: Attachment, source: DownloadSource, to_file: Path) -> Attachment:
    """Write the file to `to_file` and return the attachment with its real type and size.

    Raises MediaError: `too_big`, `type_refused` and `gone` are permanent, `unreachable` isn't. The file is
    either complete or not there at all.
    """
    if attachment.size is not None and attachment.size > source.max_size:
        raise MediaError("too_big")
    partial = to_file.with_name(f"{to_file.name}.part")
    try:
        size = loop().run(_fetch(source, partial), timeout=TIMEOUT + 1)
        found = _checked(attachment, partial, size)
        partial.replace(to_file)
    except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError) as error:
        # The library's message may contain the URL, and Telegram's URLs contain the bot's token.
        raise MediaError("unreachable", permanent=False) from _redacted(error)
    finally:
        partial.unlink(missing_ok=True)
    return found


async def _fetch(source: DownloadSource, partial: Path) -> int:
    """Download, following redirects without the credentials; returns the size in bytes."""
    session = await loop().session()
    url, headers = URL(source.url, encoded=True), basic_auth(*source.auth) if source.auth else {}
    for _ in range(_MOST_REDIRECTS + 1):
        async with session.get(url, headers=headers, allow_redirects=False, timeout=_TIMEOUTS) as answer:
            if answer.status not in (301, 302, 303, 307, 308):
                _check_status(answer)
                return await _save(answer, source.max_size, partial)
            url, headers = url.join(URL(answer.headers.get("Location", ""))), {}
            if not source.may_follow(url):
                raise MediaError("gone")
    raise MediaError("gone")


def _check_status(answer: ClientResponse) -> None:
    if answer.status == 429 or answer.status >= 500:
        wait = parse_retry_after(answer.headers.get("Retry-After", ""))
        raise MediaError("unreachable", permanent=False, retry_after=wait)
    if answer.status != 200:
        raise MediaError("gone")


async def _save(answer: ClientResponse, max_size: int, partial: Path) -> int:
    if (answer.content_length or 0) > max_size:
        raise MediaError("too_big")
    size = 0
    with partial.open("wb") as file:
        async for chunk in answer.content.iter_chunked(_CHUNK):
            size += len(chunk)
            if size > max_size:
                raise MediaError("too_big")
            file.write(chunk)
    return size


def _checked(attachment: Attachment, partial: Path, size: int) -> Attachment:
    with partial.open("rb") as file:
        head = file.read(HEAD_SIZE)
    media_type = media_type_of(head, attachment.name)
    if media_type is None or is_decompression_bomb(partial, media_type):
        raise MediaError("type_refused")
    kind = "sticker" if attachment.kind == "sticker" else attachment_kind(media_type)
    return replace(attachment, kind=kind, media_type=media_type, size=size, problem="")


def _redacted(error: BaseException) -> BaseException:
    return type(error)() if isinstance(error, TimeoutError) else ConnectionError(type(error).__name__)
