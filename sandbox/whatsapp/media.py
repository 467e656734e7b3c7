"""Media of messages: Basic auth at the API, then a redirect to a CDN on another host, as in Twilio."""

from urllib.parse import urlsplit

from aiohttp import web

from sandbox import credentials
from sandbox.files import File
from sandbox.state import SandboxState, state_of
from sandbox.whatsapp.access import check_account
from sandbox.whatsapp.errors import TwilioError
from sandbox.whatsapp.messages import BASE, find_record
from sandbox.whatsapp.state import Record, rfc_2822

routes = web.RouteTableDef()


@routes.get(BASE + "/Messages/{sid}/Media/{media}")
async def media(request: web.Request) -> web.Response:
    file = find_file(request)
    return web.Response(status=307, headers={"Location": f"{cdn(state_of(request))}/cdn/{file.id}"})


def cdn(state: SandboxState) -> str:
    """Another host name for this server, so that clients drop their credentials on the redirect."""
    place = urlsplit(state.base_url)
    host = "localhost" if place.hostname == "127.0.0.1" else "127.0.0.1"
    return f"http://{host}:{place.port}"


@routes.get("/cdn/{file}")
async def from_the_cdn(request: web.Request) -> web.Response:
    """The bytes; like a signed storage link, it refuses requests that carry other credentials."""
    if "Authorization" in request.headers:
        return web.Response(status=400, text="Only one auth mechanism allowed")
    file = state_of(request).files.kept.get(request.match_info["file"])
    if file is None:
        return web.Response(status=404)
    return web.Response(body=file.data, headers={"Content-Type": file.type})


@routes.get(BASE + "/Messages/{sid}/Media.json")
async def listed(request: web.Request) -> web.Response:
    record = find_record(request)
    files = state_of(request).files.kept
    return web.json_response(
        {
            "media_list": [resource(record, sid, files[file_id]) for sid, file_id in record.media.items()],
            "page": 0,
            "page_size": 50,
            "uri": request.path,
            "first_page_uri": request.path,
            "next_page_uri": None,
            "previous_page_uri": None,
        }
    )


def resource(record: Record, sid: str, file: File) -> dict[str, object]:
    return {
        "account_sid": credentials.TWILIO_ACCOUNT_SID,
        "content_type": file.type,
        "date_created": rfc_2822(record.created_at),
        "date_updated": rfc_2822(record.updated_at or record.created_at),
        "parent_sid": record.sid,
        "sid": sid,
        "uri": f"{record.uri()}/Media/{sid}.json",
    }


@routes.delete(BASE + "/Messages/{sid}/Media/{media}")
async def delete(request: web.Request) -> web.Response:
    file = find_file(request)
    record = find_record(request)
    record.media = {sid: kept for sid, kept in record.media.items() if kept != file.id}
    del state_of(request).files.kept[file.id]
    return web.Response(status=204)


def find_file(request: web.Request) -> File:
    check_account(request)
    record = find_record(request)
    file_id = record.media.get(request.match_info["media"].removesuffix(".json"), "")
    file = state_of(request).files.kept.get(file_id)
    if file is None:
        raise TwilioError(404, 20404, request.path)
    return file


def media_url(state: SandboxState, record: Record, sid: str) -> str:
    """The URL of an attachment, as the webhook gives it."""
    return f"{state.base_url}{record.uri()}/Media/{sid}"
