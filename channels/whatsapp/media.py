"""Which addresses a WhatsApp file may be fetched from: Twilio's media of our own account, and its store."""

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
    """The path of a media address that names our account; None for any other address.

    The host is never taken from the message: the caller puts the path under the API's own address.
    """
    found = _MEDIA.search(urlsplit(ref).path) if "?" not in ref and "#" not in ref else None
    return found[0] if found and found[1] == account_sid else None


def may_follow_from(api_url: str) -> Callable[[URL], bool]:
    """Twilio answers with a redirect to its store: there or within the API's own address, nowhere else."""
    api = URL(api_url)

    def may_follow(url: URL) -> bool:
        if (url.scheme, url.port) == (api.scheme, api.port) and _is_same_host(url, api):
            return True
        return url.scheme == "https" and url.port == 443 and _is_cdn(url)

    return may_follow


def _is_same_host(url: URL, api: URL) -> bool:
    """One host; a local emulator may call itself by any of its names."""
    return url.host == api.host or (url.host in _LOCALHOST_NAMES and api.host in _LOCALHOST_NAMES)


def _is_cdn(url: URL) -> bool:
    host = url.host or ""
    if host == _SHARED_CDN[0]:
        return url.path.startswith(_SHARED_CDN[1])
    return any(host == store or host.endswith(f".{store}") for store in _CDN_HOSTS)
