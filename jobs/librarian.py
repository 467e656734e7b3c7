"""Fetches what customers attached, from the channel into our own folder, and notes what became of each file."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import MediaError
from bot.said import Attachment
from bot.thread import Entry
from channels.channel import Channel
from store import keys
from store.client import Client
from store.codec import dump, load
from store.leases import leased
from store.media import MediaFolder

log = logging.getLogger(__name__)

ONE_FILE = timedelta(seconds=65)
"""Longer than one file may take to come."""

GIVE_UP_AFTER = timedelta(hours=20)
"""Telegram keeps a file's link for an hour and the file for long; Twilio for weeks. A day of trying is enough."""


class Librarian:
    """Keeps the attachments of threads."""

    def __init__(
        self,
        redis: Client,
        media: MediaFolder,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._media, self._channels, self._clock = redis, media, channels, clock

    def fetch(self, thread_id: str, entry_id: str) -> None:
        """Fetch every file of one entry that is not kept yet; what failed for now is tried again by the sweep."""
        with leased(self._redis, f"media:{entry_id}", ONE_FILE) as lease:
            if lease is None:
                return
            entry = self._entry(thread_id, entry_id)
            channel = self._channels.get(entry.channel) if entry else None
            kept = self._redis.hkeys(keys.files(thread_id))
            later: list[timedelta] = []
            for n, file in enumerate(entry.attachments if entry and channel else ()):
                name = f"{entry_id}/{n}"
                if name.encode() in kept or not file.ref or not lease.renew():
                    continue
                try:
                    self._keep(thread_id, name, self._fetched(channel, file))  # type: ignore[arg-type]
                except MediaError as error:
                    if error.is_permanent or self._is_old(entry):  # type: ignore[arg-type]
                        self._keep(thread_id, name, replace(file, problem=error.problem))
                    else:
                        later.append(error.retry_after or timedelta(seconds=30))
            self._put_off(f"{thread_id}|{entry_id}", later)

    def _fetched(self, channel: Channel, file: Attachment) -> Attachment:
        file_id, path = self._media.new()
        try:
            return replace(channel.fetch(file, path), file_id=file_id)
        except MediaError as error:
            path.unlink(missing_ok=True)
            log.warning("a file was not fetched", extra={"problem": error.problem})
            raise

    def _keep(self, thread_id: str, name: str, file: Attachment) -> None:
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.files(thread_id), name, dump(file))
        pipe.xadd(keys.FEED, {"t": thread_id}, maxlen=20_000, approximate=True)
        pipe.execute()

    def _put_off(self, member: str, later: list[timedelta]) -> None:
        if later:
            self._redis.zadd(keys.MEDIA, {member: (self._clock() + min(later)).timestamp()})
        else:
            self._redis.zrem(keys.MEDIA, member)

    def _entry(self, thread_id: str, entry_id: str) -> Entry | None:
        for raw in self._redis.lrange(keys.thread(thread_id), 0, -1):
            entry = load(Entry, raw)
            if entry.entry_id == entry_id:
                return entry
        return None

    def _is_old(self, entry: Entry) -> bool:
        return self._clock() - entry.at > GIVE_UP_AFTER
