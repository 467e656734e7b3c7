"""Kicks on their way: a lane that is about to be drained needs no second one.

A contact notes to which channel's queue its lane was kicked, and until when that counts. Whoever drains the lane
takes the note away before looking into it; so what is written while the note still stands will be seen there, and
a hundred messages that wait for a worker cost it one job.
"""

from bot.model.unit_of_work import Changes
from store import keys
from store.outbox.job_queue import GRACE
from store.redis_client import Client

NOTE = "k"
"""Its field in the contact."""


def noted(channel: str, now: float) -> str:
    """What is noted with a kick at `now` (Unix seconds): it counts as long as the sweep waits for it."""
    return f"{channel}|{now + GRACE:.6f}"


def is_coming(note: bytes, channel: str, now: float) -> bool:
    """Whether a kick for that channel is on its way by what was noted."""
    known, _, until = note.decode().partition("|")
    return bool(channel) and known == channel and now < float(until)


def channel_of(changes: Changes, lane: str) -> str:
    """The one channel by which all goes out that these changes put in the lane; "" when nothing, or by several."""
    channels = {entry.address.channel for entry in changes.outbox if entry.lane == lane}
    return channels.pop() if len(channels) == 1 else ""


def arrived(redis: Client, lane: str) -> None:
    """The lane is being looked into: whatever comes from now on needs a kick of its own."""
    redis.hdel(keys.contact(lane), NOTE)
