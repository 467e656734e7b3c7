"""Checks the URL of an endpoint: an address that isn't public may belong to a machine of our own network (SSRF).

Names are looked up here, once for each call; the caller must connect to the addresses that were checked.
"""

import re
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.messages.errors import GuichetError

MAX_URL_LENGTH = 2000
_VISIBLE = re.compile(r"[!-~]+")
_GATEWAY = IPv6Network("64:ff9b::/96")  # NAT64: leads to the IPv4 address in the last four bytes (RFC 6052)

ResolveHost = Callable[[str, int], Sequence[str]]


class UnsafeUrl(GuichetError):
    """We don't call it. The text says why, and shows nothing of the URL but its host."""


class HostNotFound(UnsafeUrl):
    """The name has no address."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Every address of the host; OSError when there's none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parse_url(text: str) -> URL:
    """The URL, in the form in which it's called; UnsafeUrl."""
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
    """The addresses of its host; UnsafeUrl when we may not call one of them."""
    host = url.raw_host or ""
    try:
        found = look_up(host, url.port or 0)
    except (OSError, UnicodeError):
        found = ()
    if not found:
        raise HostNotFound(f"cannot find {host}")
    for each in found:
        if not _is_allowed(each, is_private):
            raise UnsafeUrl(f"{host} resolves to {each}, which is not a public address")
    return found


def redact_url(text: str) -> str:
    """The URL without its query, which may contain a secret."""
    url = URL(text)
    return str(url.with_query(None)) + ("?…" if url.raw_query_string else "")


def _is_allowed(text: str, is_private: bool) -> bool:
    """`is_private` allows our own network and this machine; never link-local: clouds serve secrets there."""
    address = _embedded_ipv4(ip_address(text.partition("%")[0]))
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return is_private or _is_public(address)


def _embedded_ipv4(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address leads to, if it does."""
    if isinstance(address, IPv4Address):
        return address
    passed_on = IPv4Address(int(address) & 0xFFFFFFFF) if address in _GATEWAY else None
    return address.ipv4_mapped or address.sixtofour or passed_on or address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.is_site_local or address.teredo):
        return False
    return address.is_global and not address.is_reserved
