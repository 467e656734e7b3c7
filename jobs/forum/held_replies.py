"""Messages that wait for their agent's decision before the customer gets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from channels.inbound_events import GroupUpdate
from store.codec import dump, load
from store.forum.inbound_queue import GroupInboundQueue

KEPT_FOR = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class HeldReply:
    """A message of one or several files; with `was_note`, it was a note and now reads like a reply."""

    heard: tuple[GroupUpdate, ...]
    was_note: bool = False


@dataclass(frozen=True)
class HeldReplies:
    """Keeps them by the name of their first message."""

    queue: GroupInboundQueue

    def keep(self, name: str, held: HeldReply) -> None:
        """Keep it until its agent decides, in place of an earlier version."""
        self.queue.hold_reply(name, dump(held), KEPT_FOR)

    def find(self, names: Sequence[str]) -> tuple[str, HeldReply] | None:
        """The one that is known by any of these names, with its name; None once it was decided or expired."""
        for name in names:
            if raw := self.queue.held_reply(name):
                return name, load(HeldReply, raw)
        return None

    def drop(self, name: str) -> None:
        """It was decided."""
        self.queue.drop_held_reply(name)
