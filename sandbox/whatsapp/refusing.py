"""Turns every error of the emulated Twilio into Twilio's format, unknown URLs included."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.whatsapp.errors import TwilioError, twilio_error

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PREFIXES = ("/2010-04-01/", "/v1/", "/v2/")


@web.middleware
async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not request.path.startswith(PREFIXES):
        return await handler(request)
    try:
        return await handler(request)
    except TwilioError as refused:
        return twilio_error(refused.status, refused.code, refused.message)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        message = f"The requested resource {request.path} was not found"
        return twilio_error(404, 20404, message)
