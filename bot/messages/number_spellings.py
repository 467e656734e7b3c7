"""The spellings that networks use for one phone number: to people, and so to us, they are the same number. Pure.

Brazil added a ninth digit to mobile numbers, Mexico dropped the 1 after its country code, and Argentina has a 9 there
for mobiles only. WhatsApp knows many people by the older spelling, while contracts and portals have the newer one.
"""

import re

_RULES = (
    (re.compile(r"\+55(\d\d)9?([016-9]\d{7})"), (r"+55\g<1>9\g<2>", r"+55\g<1>\g<2>")),
    (re.compile(r"\+521?(\d{10})"), (r"+52\g<1>", r"+521\g<1>")),
    (re.compile(r"\+549?(\d{10})"), (r"+549\g<1>", r"+54\g<1>")),
)
"""The numbers of a country, and their two spellings, today's first.

Eight digits that begin with 2 to 5 are a landline in Brazil: it never had a ninth, and another number has it.
"""


def spellings(number: str) -> tuple[str, ...]:
    """Every spelling of an E.164 number, today's first; only itself where there is just one."""
    for numbers, both in _RULES:
        if found := numbers.fullmatch(number):
            return tuple(found.expand(spelling) for spelling in both)
    return (number,)
