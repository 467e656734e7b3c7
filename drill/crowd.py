"""Many customers who write at the same time, beside the few with tickets."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from drill.desk import DrillDesk

LINES = ("hello, the till does not work", "Ana Moreau", "Acme", "it shows error 3", "since this morning")
"""What each of them writes; the desk replies to every line."""

_PHONES_AT_ONCE = 24
_CREATED = 201


class Crowd:
    """Customers on WhatsApp without a ticket."""

    def __init__(self, desk: DrillDesk, size: int) -> None:
        self._desk = desk
        with ThreadPoolExecutor(_PHONES_AT_ONCE) as adding:
            made = adding.map(lambda n: desk.sandbox.add("whatsapp", f"Crowd {n}", country="GB"), range(size))
        self.phones = list(made)

    def write(self, text: str, per_second: float = 0.0) -> None:
        """Each writes this line: all at the same time, or one after the other at that rate."""
        with ThreadPoolExecutor(_PHONES_AT_ONCE) as writing:
            started, tasks = time.monotonic(), []
            for number, phone in enumerate(self.phones):
                if per_second:
                    time.sleep(max(0.0, started + number / per_second - time.monotonic()))
                tasks.append(writing.submit(phone.say, text, wait=False))
            self._desk.until(lambda: all(task.done() for task in tasks), 60)

    def wait_for_replies(self, count: int, within: float) -> list[float]:
        """Wait until each has had so many replies; after how many seconds each had them, of those who did."""
        started, seen, replies, took = time.monotonic(), 0, Counter[str](), list[float]()
        wanted = {phone.person["business_scoped_id"] for phone in self.phones}

        def all_have() -> bool:
            nonlocal seen
            for call in self._desk.sandbox.calls(direction="asked", name="Messages.create", after=seen):
                seen, to = int(call["id"]), str(call["request"].get("To", "")).removeprefix("whatsapp:")
                if call["status"] == _CREATED and to in wanted:
                    replies[to] += 1
                    if replies[to] == count:
                        took.append(time.monotonic() - started)
            return len(took) == len(wanted)

        self._desk.until(all_have, within)
        return took

    def doubled(self) -> int:
        """How many of them got the same message twice in a row."""
        self._desk.until(lambda: self._desk.sandbox.settle(0.1), 20)
        shown = ([m["text"] for m in phone.messages() if m["from"] == "desk"] for phone in self.phones)
        return sum(any(one == next_ for one, next_ in pairwise(texts)) for texts in shown)
