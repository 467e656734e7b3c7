"""Style sheets and scripts, served under URLs that change with their content, so that browsers can cache them."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

FOLDER = Path(__file__).parents[1] / "static"

assets = Blueprint("assets", __name__, url_prefix="/inbox/static")


@assets.get("/<version>/<path:name>")
def asset(version: str, name: str) -> Response:
    """One file; an old version's URL returns the current file, uncached."""
    response = send_from_directory(FOLDER, name)
    is_current = version == current_version()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
    return response


@cache
def current_version() -> str:
    """A hash of the whole folder, because scripts import each other by relative paths."""
    digest = blake2b(digest_size=6)
    for path in sorted(FOLDER.rglob("*.*")):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def asset_url(name: str) -> str:
    """The file's URL."""
    return f"/inbox/static/{current_version()}/{name}"
