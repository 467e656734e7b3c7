"""Channel-switch links: a signed link or short code that lets one address continue in the other channel, for a while.

Both are derived from the offer's id and the desk's secret key. They aren't stored, only a digest to find them by.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Inbound, SwitchLink, SwitchLinkProblem
from bot.model.switch_links import CODE_ALPHABET, CODE_LENGTH, VALID_FOR, extract_token
from store import keys
from store.agents.login_throttle import LoginThrottle, TooManyAttempts
from store.codec import dump, load
from store.redis_client import Client

KEPT_FOR = 24 * 3600
"""Seconds for which a link or code is remembered, and the address that used it may use it again."""

_NAME_BYTES, _MARK_BYTES = 15, 15  # of a link: the offer's id, and our signature

_OFFER = """
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'p', ARGV[1], 'until', ARGV[2], 'c', ARGV[4])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
"""
_CLAIM = """
local passage, open_until, whose, by = unpack(redis.call('HMGET', KEYS[1], 'p', 'until', 'c', 'by'))
if not passage then return '' end
local contact = redis.call('GET', 'alias:' .. whose) or whose
if redis.call('HEXISTS', 'contact:' .. contact, 'c') == 0 then return 'over' end
if by and by ~= ARGV[1] then return 'over' end
if by then return {passage, redis.call('HGET', KEYS[1], 'first') ~= ARGV[3] and 1 or 0} end
if tonumber(ARGV[2]) >= tonumber(open_until) then return 'over' end
redis.call('HSET', KEYS[1], 'by', ARGV[1], 'first', ARGV[3])
return {passage, 0}
"""


class SwitchLinks:
    """Issues and uses switch links; `places` has the address of this desk in each channel."""

    def __init__(
        self, redis: Client, secret_key: str, places: Mapping[str, str], clock: Callable[[], datetime]
    ) -> None:
        self._redis, self._throttle = redis, LoginThrottle(redis, clock)
        self._key = sha256(f"guichet passages:{secret_key}".encode()).digest()
        self.places = places

    def offer(self, passage: SwitchLink, at: datetime) -> None:
        """Make its link or code valid for one address. Harmless to repeat."""
        key = self._kept_under(passage.to, self.secret(passage.name, passage.to))
        until = (at + VALID_FOR).timestamp()
        self._redis.eval(_OFFER, 1, key, dump(passage), until, KEPT_FOR, passage.contact_id)

    def secret(self, name: str, to: str) -> str:
        """The token of the link, or the code, of the offer with that id."""
        return self._code(name) if to == "whatsapp" else self._token(name)

    def claim(self, inbound: Inbound) -> SwitchLink | SwitchLinkProblem | None:
        """What the link or code in it leads to, from now on for this address alone; None if it contains none.

        The same message may use it again, to finish what a crash interrupted.
        """
        secret = extract_token(inbound)
        if not secret:
            return None
        if inbound.address.channel == "whatsapp":
            return self._claim_code(inbound, secret)
        found = self._claimed(inbound, secret) if self._is_ours(secret) else None
        return found or SwitchLinkProblem.OVER

    def _claim_code(self, inbound: Inbound, code: str) -> SwitchLink | SwitchLinkProblem:
        """Codes are short, so the number of attempts is limited."""
        who = f"passage:{inbound.address}"
        try:
            guess = self._throttle.record_attempt(who, who)
        except TooManyAttempts:
            return SwitchLinkProblem.TOO_OFTEN
        found = self._claimed(inbound, code)
        if found is None:
            return SwitchLinkProblem.UNKNOWN
        self._throttle.clear_attempt(who, guess)
        return found

    def _claimed(self, inbound: Inbound, secret: str) -> SwitchLink | SwitchLinkProblem | None:
        """Checked against the time the message was sent, so that a message delayed by an outage isn't refused."""
        key, by = self._kept_under(inbound.address.channel, secret), make_contact_id(inbound.address)
        told = self._redis.eval(_CLAIM, 1, key, by, inbound.sent_at.timestamp(), inbound.external_id)
        if not told:
            return None
        if told == b"over":
            return SwitchLinkProblem.OVER
        return replace(load(SwitchLink, told[0]), is_confirmed=bool(told[1]))

    def _token(self, name: str) -> str:
        which = urlsafe_b64encode(self._digest("link", name)[:_NAME_BYTES])
        return (which + self._mark(which)).decode()

    def _is_ours(self, token: str) -> bool:
        """Whether we signed it, in constant time."""
        told = token.encode("utf-8", "replace")
        which = told[: _NAME_BYTES * 4 // 3]
        return hmac.compare_digest(which + self._mark(which), told)

    def _mark(self, which: bytes) -> bytes:
        return urlsafe_b64encode(self._digest("mark", which.hex())[:_MARK_BYTES])

    def _code(self, name: str) -> str:
        """Nine characters with at least one digit: nearly every attempt has one."""
        tries = (self._signs(f"{name}:{attempt}") for attempt in range(100))
        return next(code for code in tries if any(sign.isdigit() for sign in code))

    def _signs(self, name: str) -> str:
        number = int.from_bytes(self._digest("code", name))
        signs = ""
        for _ in range(CODE_LENGTH):
            number, at = divmod(number, len(CODE_ALPHABET))
            signs += CODE_ALPHABET[at]
        return signs

    def _kept_under(self, channel: str, secret: str) -> str:
        return keys.switch_link(self._digest("kept", f"{channel}:{secret}").hex()[:40])

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{purpose}:{text}".encode("utf-8", "replace"), "sha256")
