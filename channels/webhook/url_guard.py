"""Checks where a webhook URL leads: an address that isn't public could be a machine in our own network.

The host is resolved here once per call; the caller must connect only to the addresses returned.
"""

import re
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.messages.errors import GuichetError

MAX_URL_LENGTH = 2000
_VISIBLE = re.compile(r"[!-~]+")
_GATEWAY = IPv6Network("64:ff9b::/96")  # NAT64: leads to the IPv4 address in its last four bytes (RFC 6052)

ResolveHost = Callable[[str, int], Sequence[str]]


class UnsafeUrl(GuichetError):
    """The URL isn't allowed; the message says why and contains nothing of the URL but its host."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """All addresses of the host; OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parse_url(text: str) -> URL:
    """The URL as it will be called, without its fragment. Raises UnsafeUrl."""
    try:
        url = URL(text) if _VISIBLE.fullmatch(text) and len(text) <= MAX_URL_LENGTH else None
        port = url.port if url else None
    except ValueError:
        url = port = None
    if url is None or url.scheme not in ("http", "https") or not url.raw_host or not port:
        raise UnsafeUrl("must be a URL such as https://portal.example/hook")
    if url.raw_user is not None or url.raw_password is not None:
        raise UnsafeUrl("must not contain a user name or password: the signature proves who calls")
    return url.with_fragment(None)


def resolve_allowed(url: URL, is_private: bool, look_up: ResolveHost = resolve_host) -> Sequence[str]:
    """The addresses of the host. Raises UnsafeUrl unless all of them are allowed."""
    host = url.raw_host or ""
    try:
        found = look_up(host, url.port or 0)
    except (OSError, UnicodeError) as error:
        raise UnsafeUrl(f"{host} cannot be found") from error
    for each in found:
        if not _is_allowed(each, is_private):
            raise UnsafeUrl(f"{host} leads to {each}, which isn’t a public address")
    if not found:
        raise UnsafeUrl(f"{host} cannot be found")
    return found


def redact_url(text: str) -> str:
    """The URL without its query, which may hold a secret."""
    url = URL(text)
    return str(url.with_query(None)) + ("?…" if url.raw_query_string else "")


def _is_allowed(text: str, is_private: bool) -> bool:
    """`is_private` also allows this machine and its network, but never the link-local addresses of cloud metadata."""
    address = _embedded_ipv4(ip_address(text.partition("%")[0]))
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return is_private or _is_public(address)


def _embedded_ipv4(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address embedded in an IPv6 address, if there is one; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    passed_on = IPv4Address(int(address) & 0xFFFFFFFF) if address in _GATEWAY else None
    return address.ipv4_mapped or address.sixtofour or passed_on or address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.is_site_local or address.teredo):
        return False
    return address.is_global and not address.is_reserved
