"""Which URLs a WhatsApp file may be fetched from: media of our Twilio account, and Twilio's CDN."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from yarl import URL

_MEDIA = re.compile(
    r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Messages/[SM]M[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}\Z"
)
_CDN_HOSTS = ("twilio.com", "twiliocdn.com", "media.twiliocdn.com.s3-external-1.amazonaws.com")
_LOCALHOST_NAMES = ("127.0.0.1", "localhost", "::1")
_SHARED_CDN = ("s3-external-1.amazonaws.com", "/media.twiliocdn.com/")


def media_path(ref: str, account_sid: str) -> str | None:
    """The path of a media URL of our account; None for any other URL.

    The host in the message is never used: the caller adds the path to the API's base URL.
    """
    found = _MEDIA.search(urlsplit(ref).path) if "?" not in ref and "#" not in ref else None
    return found[0] if found and found[1] == account_sid else None


def may_follow_from(api_url: str) -> Callable[[URL], bool]:
    """Whether a redirect may be followed: only to Twilio's CDN or to the API's own host."""
    api = URL(api_url)

    def may_follow(url: URL) -> bool:
        if (url.scheme, url.port) == (api.scheme, api.port) and _is_same_host(url, api):
            return True
        return url.scheme == "https" and url.port == 443 and _is_cdn(url)

    return may_follow


def _is_same_host(url: URL, api: URL) -> bool:
    """The same host; a local emulator may use any of localhost's names."""
    return url.host == api.host or (url.host in _LOCALHOST_NAMES and api.host in _LOCALHOST_NAMES)


def _is_cdn(url: URL) -> bool:
    host = url.host or ""
    if host == _SHARED_CDN[0]:
        return url.path.startswith(_SHARED_CDN[1])
    return any(host == store or host.endswith(f".{store}") for store in _CDN_HOSTS)
