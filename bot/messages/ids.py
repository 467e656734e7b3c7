"""Contact ids made from addresses, and ticket numbers made from a counter.

Both are pure: the same address or count always gives the same result.
"""

from hashlib import blake2b

from bot.messages.inbound import Address

LETTERS = "ACDEFGHJKLMNPQRTUVWXY"  # without letters that look like digits (B, I, O, S, Z)
_FIRST = len(LETTERS) * 9 * 1000
_STEP = 7919  # coprime to every range below, so that consecutive numbers look unrelated


def make_contact_id(address: Address) -> str:
    """The id of the contact at this address, however it's spelled: 20 hex digits that don't reveal it."""
    return make_contact_ids(address)[0]


def make_contact_ids(address: Address) -> tuple[str, ...]:
    """That id, then those under which other spellings of the number were stored before they had one id."""
    return tuple(blake2b(each.encode(), digest_size=10).hexdigest() for each in address.spellings)


def make_ticket_id(owner_id: str, count: int) -> str:
    """The id of a contact's `count`-th request; 0 is their general thread."""
    return f"{owner_id}-{count}"


def owner_of(thread_id: str) -> str:
    """The contact who owns a ticket or thread."""
    return thread_id.partition("-")[0]


def ticket_number(count: int) -> str:
    """The `count`-th number (from 1), such as `K4-217`: short, and never repeated.

    The first 189,000 have the short form; after that they grow by one digit, and so on.
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
    """Turn a number as people type it (`#k4 217`) into the stored form; "" if it can't be one."""
    bare = "".join(char for char in text.upper() if char.isalnum())
    if len(bare) < 5 or bare[0] not in LETTERS or not bare[1:].isdecimal():
        return ""
    return f"{bare[:2]}-{bare[2:]}"
