"""Where a hook leads, and whether we may go there: an address that is not public may be a machine of our own network.

Names are looked up here, once for each call; whoever calls connects to what was checked and to nothing else.
"""

import re
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.messages.errors import GuichetError

MAX_URL_LENGTH = 2000
_VISIBLE = re.compile(r"[!-~]+")
_GATEWAY = IPv6Network("64:ff9b::/96")  # passes on to the IPv4 address in its last four bytes (RFC 6052)

ResolveHost = Callable[[str, int], Sequence[str]]


class UnsafeUrl(GuichetError):
    """We do not go there; the words say why, and hold nothing of the address but its host."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Every address of that host; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parse_url(text: str) -> URL:
    """The address, in the form in which it is called; BadPlace."""
    try:
        url = URL(text) if _VISIBLE.fullmatch(text) and len(text) <= MAX_URL_LENGTH else None
        port = url.port if url else None
    except ValueError:
        url = port = None
    if url is None or url.scheme not in ("http", "https") or not url.raw_host or not port:
        raise UnsafeUrl("must be a URL such as https://portal.example/hook")
    if url.raw_user is not None or url.raw_password is not None:
        raise UnsafeUrl("must not hold a name or password: the signature proves who calls")
    return url.with_fragment(None)


def resolve_allowed(url: URL, is_private: bool, look_up: ResolveHost = resolve_host) -> Sequence[str]:
    """The addresses of its host, each of which may be called; BadPlace when one of them may not."""
    host = url.raw_host or ""
    try:
        found = look_up(host, url.port or 0)
    except (OSError, UnicodeError) as error:
        raise UnsafeUrl(f"{host} cannot be found") from error
    for each in found:
        if not _is_allowed(each, is_private):
            raise UnsafeUrl(f"{host} leads to {each}, which is no public address")
    if not found:
        raise UnsafeUrl(f"{host} cannot be found")
    return found


def redact_url(text: str) -> str:
    """The address without what may be a secret in it."""
    url = URL(text)
    return str(url.with_query(None)) + ("?…" if url.raw_query_string else "")


def _is_allowed(text: str, is_private: bool) -> bool:
    """With `is_private` also machines of our own network, and this one; never where clouds tell their secrets."""
    address = _embedded_ipv4(ip_address(text.partition("%")[0]))
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return is_private or _is_public(address)


def _embedded_ipv4(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Where it leads: the IPv4 address that an IPv6 address carries."""
    if isinstance(address, IPv4Address):
        return address
    passed_on = IPv4Address(int(address) & 0xFFFFFFFF) if address in _GATEWAY else None
    return address.ipv4_mapped or address.sixtofour or passed_on or address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.is_site_local or address.teredo):
        return False
    return address.is_global and not address.is_reserved
