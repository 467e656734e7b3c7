"""The page with the phones: serves its files, which use only the control API."""

from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # noqa: E501

routes = web.RouteTableDef()


@routes.get("/")
async def index(_request: web.Request) -> web.Response:
    return served("index.html")


@routes.get(r"/page/{name:[a-z_]+\.(css|js|svg)}")
async def part(request: web.Request) -> web.Response:
    return served(request.match_info["name"])


def served(name: str) -> web.Response:
    path = HERE / name
    if not path.is_file():
        raise web.HTTPNotFound
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return web.Response(
        text=path.read_text(encoding="utf-8"),
        content_type=TYPES[path.suffix],
        charset="utf-8",
        headers=headers,
    )
