"""Names we give: a contact's id from their address, a ticket's number from a counter.

Both are pure: the same address has the same id everywhere, the same count the same number.
"""

from hashlib import blake2b

from bot.messages.inbound import Address

LETTERS = "ACDEFGHJKLMNPQRTUVWXY"  # none that is taken for a digit (B, I, O, S, Z)
_FIRST = len(LETTERS) * 9 * 1000
_STEP = 7919  # prime to every range below: neighbours in time look nothing alike


def make_contact_id(address: Address) -> str:
    """The id of whoever writes from this address: 20 hex digits that tell nothing of it."""
    return blake2b(str(address).encode(), digest_size=10).hexdigest()


def make_ticket_id(owner_id: str, count: int) -> str:
    """The id of a contact's `count`-th request; number 0 is their chatter."""
    return f"{owner_id}-{count}"


def owner_of(thread_id: str) -> str:
    """The contact to whom a ticket or thread belongs."""
    return thread_id.partition("-")[0]


def ticket_number(count: int) -> str:
    """The `count`-th number (from 1), such as `K4-217`: short, and never the same twice.

    189,000 of the short form come first; after those the digits grow by one, and so on.
    """
    size, digits = _FIRST, 3
    count -= 1
    while count >= size:
        count -= size
        size, digits = size * 10, digits + 1
    scattered = (count * _STEP + 4217) % size
    head, tail = divmod(scattered, 10**digits)
    letter, digit = divmod(head, 9)
    return f"{LETTERS[letter]}{digit + 1}-{tail:0{digits}d}"


def normalise_ticket_number(text: str) -> str:
    """A number as people type it (`#k4 217`) in the form we keep; "" when it cannot be one."""
    bare = "".join(char for char in text.upper() if char.isalnum())
    if len(bare) < 5 or bare[0] not in LETTERS or not bare[1:].isdecimal():
        return ""
    return f"{bare[:2]}-{bare[2:]}"
