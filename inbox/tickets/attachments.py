"""Attachments: served so that no browser runs their content, and uploaded by agents."""

from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, make_response, request, send_file
from flask.typing import ResponseReturnValue

from channels.text_limits import safe_file_name
from inbox.tickets.thread_json import file_json
from inbox.web import guard
from inbox.web.locale import gettext
from jobs.request_context import wiring

files = Blueprint("files", __name__, url_prefix="/inbox")
guard.protect(files)

MAX_FILE_SIZE = 16 * 1024 * 1024  # bytes; WhatsApp's limit

# First bytes of types that a browser may display; anything else is only downloaded.
_INLINE_TYPES = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"ftyp", 4, "video/mp4"),
)


@files.get("/files/<file_id>")
def file(file_id: str) -> Response:
    """One attachment, with the type that its first bytes show, never the one it was sent with."""
    path = wiring().files.path(file_id)
    if not path.is_file():
        abort(404)
    name = request.args.get("name", "")[:200] or file_id
    response = send_file(path, _media_type(path), as_attachment=True, download_name=name, conditional=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@files.post("/api/files")
def upload() -> ResponseReturnValue:
    """Upload a file to send; 400 for an empty one."""
    request.max_content_length = MAX_FILE_SIZE + 64 * 1024
    given = request.files.get("file")
    if given is None or not given.filename:
        abort(400)
    kept = wiring().files.save(safe_file_name(given.filename) or "file", given.mimetype, given.stream)
    if not kept.size:
        wiring().files.delete(kept.file_id)
        words = gettext("This file is empty: there’s nothing in it to send.")
        return make_response(jsonify(error="empty", words=words), 400)
    return {"file": file_json(kept)}


def _media_type(path: Path) -> str:
    with path.open("rb") as source:
        start = source.read(16)
    for magic, at, media_type in _INLINE_TYPES:
        if start[at : at + len(magic)] == magic:
            return media_type
    return "application/octet-stream"
