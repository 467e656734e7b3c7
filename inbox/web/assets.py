"""Style sheets and scripts: served under a name that changes with their content, so browsers may keep them."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

FOLDER = Path(__file__).parents[1] / "static"

assets = Blueprint("assets", __name__, url_prefix="/inbox/static")


@assets.get("/<version>/<path:name>")
def asset(version: str, name: str) -> Response:
    """One file; an old version answers with the present file, which nobody should keep."""
    response = send_from_directory(FOLDER, name)
    is_current = version == current_version()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
    return response


@cache
def current_version() -> str:
    """Twelve hex digits of all there is in the folder; scripts import each other by relative paths."""
    digest = blake2b(digest_size=6)
    for path in sorted(FOLDER.rglob("*.*")):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def asset_url(name: str) -> str:
    """Where a page finds the file."""
    return f"/inbox/static/{current_version()}/{name}"
