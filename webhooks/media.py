"""Serves agents' attachments to providers through signed links, for download only."""

import re

from flask import Blueprint, Response, abort, send_file

from channels.signed_links import SignedLinks
from channels.text_limits import safe_file_name
from jobs.wiring import Wiring

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-zA-Z0-9.+-]+")
DOWNLOAD_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def media(wiring: Wiring) -> Blueprint:
    """Return the route of signed links; a bad link gets a 404 that doesn't say why."""
    routes = Blueprint("media", __name__)
    links = SignedLinks(wiring.settings.public_url, wiring.settings.secret_key)

    @routes.get("/media/<signed>")
    def file(signed: str) -> Response:
        found = links.read_file_link(signed)
        if found is None or not (path := wiring.media.path(found.file_id)).is_file():
            abort(404)
        media_type = (
            found.media_type if _MEDIA_TYPE.fullmatch(found.media_type) else "application/octet-stream"
        )
        response = send_file(
            path, media_type, as_attachment=True, download_name=safe_file_name(found.name) or "file"
        )
        response.headers.update(DOWNLOAD_HEADERS)
        return response

    return routes
