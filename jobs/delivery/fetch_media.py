"""Downloads customers' attachments into the media folder and records the outcome for each file."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery import rejected_files
from bot.messages.errors import MediaError
from bot.messages.outgoing import Attachment
from bot.messages.thread import ThreadEntry
from channels.channel import Channel
from store import keys
from store.codec import dump, load
from store.contacts.unit_of_work import UnitsOfWork
from store.leases import Lease, leased
from store.media_folder import MediaFolder
from store.redis_client import Client

log = logging.getLogger(__name__)

FILE_LEASE = timedelta(seconds=65)
"""Longer than one download may take."""

GIVE_UP_AFTER = timedelta(hours=20)
"""Telegram keeps a file's link for an hour and the file for long; Twilio for weeks. One day of retries is enough."""


class MediaFetcher:
    """Downloads the attachments of threads."""

    def __init__(
        self,
        redis: Client,
        units: UnitsOfWork,
        media: MediaFolder,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._units, self._media = redis, units, media
        self._channels, self._clock = channels, clock

    def fetch(self, thread_id: str, entry_id: str) -> None:
        """Download every file of one entry that isn't here yet; the clock retries temporary failures."""
        with leased(self._redis, f"media:{entry_id}", FILE_LEASE) as lease:
            entry = self._entry(thread_id, entry_id) if lease else None
            if lease and entry:
                self._fetch_all(entry, lease)
            elif lease:
                self._put_off(f"{thread_id}|{entry_id}", [])

    def _fetch_all(self, entry: ThreadEntry, lease: Lease) -> None:
        thread_id, entry_id = entry.thread_id, entry.entry_id
        kept = self._redis.hgetall(keys.attachments(thread_id))
        later: list[timedelta] = []
        refused: list[Attachment] = []
        for n, file in enumerate(entry.attachments):
            name = f"{entry_id}/{n}"
            found = load(Attachment, kept[name.encode()]) if name.encode() in kept else None
            if found is None and file.ref and lease.renew():
                found = self._try(entry, name, file, later)
            if found and found.problem:
                refused.append(found)
        if refused and not later:
            self._tell(entry, refused)
        self._put_off(f"{thread_id}|{entry_id}", later)

    def _try(
        self, entry: ThreadEntry, name: str, file: Attachment, later: list[timedelta]
    ) -> Attachment | None:
        """The file with its outcome; None to retry it after the delay that is added to `later`."""
        channel = self._channels.get(entry.channel)
        if channel is None:
            return None
        try:
            return self._keep(entry.thread_id, name, self._fetched(channel, file))
        except MediaError as error:
            if error.is_permanent or self._is_old(entry):
                return self._keep(entry.thread_id, name, replace(file, problem=error.problem))
            later.append(error.retry_after or timedelta(seconds=30))
            return None

    def _tell(self, entry: ThreadEntry, refused: Sequence[Attachment]) -> None:
        """Tell the customer once, however often this job runs."""
        decide = rejected_files.report_rejected_files(refused, entry.thread_id, self._clock())
        self._units.change(entry.thread_id, decide, once=f"refused:{entry.entry_id}")

    def _fetched(self, channel: Channel, file: Attachment) -> Attachment:
        file_id, path = self._media.new()
        try:
            return replace(channel.fetch(file, path), file_id=file_id)
        except MediaError as error:
            path.unlink(missing_ok=True)
            log.warning("a file was not fetched", extra={"problem": error.problem})
            raise

    def _keep(self, thread_id: str, name: str, file: Attachment) -> Attachment:
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.attachments(thread_id), name, dump(file))
        pipe.xadd(keys.FEED, {"t": thread_id}, maxlen=20_000, approximate=True)
        pipe.execute()
        return file

    def _put_off(self, member: str, later: list[timedelta]) -> None:
        if later:
            self._redis.zadd(keys.MEDIA, {member: (self._clock() + min(later)).timestamp()})
        else:
            self._redis.zrem(keys.MEDIA, member)

    def _entry(self, thread_id: str, entry_id: str) -> ThreadEntry | None:
        for raw in self._redis.lrange(keys.thread(thread_id), 0, -1):
            entry = load(ThreadEntry, raw)
            if entry.entry_id == entry_id:
                return entry
        return None

    def _is_old(self, entry: ThreadEntry) -> bool:
        return self._clock() - entry.at > GIVE_UP_AFTER
