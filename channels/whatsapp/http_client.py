"""The HTTP client for Twilio's library: our connections, one base URL for all domains, a time limit per call.

The library's own client has no timeout by default, can be kept waiting by a slow trickle of bytes, and logs
recipients. This one limits the whole call and logs nothing.
"""

import logging
from urllib.parse import urlsplit, urlunsplit

from twilio.http import HttpClient
from twilio.http.response import Response

from bot.messages.errors import DeliveryError
from channels.event_loop import basic_auth, loop, parse_retry_after

_log = logging.getLogger(__name__)


class TwilioHttpClient(HttpClient):  # type: ignore[misc]  # twilio ships no types
    """Sends every request of the Twilio client to `api_url`, whichever Twilio domain it was for."""

    def __init__(self, api_url: str) -> None:
        super().__init__(_log, is_async=False)
        self._base = urlsplit(api_url.rstrip("/"))

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request. Raises aiohttp.ClientError or TimeoutError if there's no response.

        Raises DeliveryError if the response asks us to wait, because Twilio's library would drop for how long.
        Every other response is returned, whatever its status.
        """
        return loop().run(
            self._request(
                method=method, url=self.rewrite_url(url), params=params, data=data, headers=headers, auth=auth
            )
        )

    def rewrite_url(self, url: str) -> str:
        """The same path and query under our base URL; if that is Twilio's, the URL stays as it is."""
        asked = urlsplit(url)
        if self._base.hostname == "api.twilio.com":
            return url
        path = self._base.path + asked.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))

    async def _request(
        self,
        *,
        method: str,
        url: str,
        params: dict[str, object] | None,
        data: dict[str, object] | None,
        headers: dict[str, str] | None,
        auth: tuple[str, str] | None,
    ) -> Response:
        session = await loop().session()
        async with session.request(
            method,
            url,
            params=_pairs(params),
            data=_pairs(data),
            headers={**(headers or {}), **(basic_auth(*auth) if auth else {})},
            allow_redirects=False,
        ) as answer:
            if answer.status in (429, 503) and (
                wait := parse_retry_after(answer.headers.get("Retry-After", ""))
            ):
                raise DeliveryError("paced", f"Twilio {answer.status}", retry_after=wait)
            return Response(answer.status, await answer.text(errors="replace"), dict(answer.headers))


def _pairs(fields: dict[str, object] | None) -> list[tuple[str, str]] | None:
    """Form fields as pairs; a list becomes the same field several times, as Twilio expects."""
    if not fields:
        return None
    pairs: list[tuple[str, str]] = []
    for name, value in fields.items():
        values = value if isinstance(value, list | tuple) else [value]
        pairs.extend((name, _written(item)) for item in values)
    return pairs


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
