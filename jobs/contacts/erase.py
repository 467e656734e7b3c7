"""Erases the data of customers who asked for it, when it's due."""

import logging
from collections.abc import Callable
from datetime import datetime

from redis.exceptions import ResponseError

from archive import Archive
from bot.messages.errors import WriteConflict
from store.contacts.personal_data import ContactData, erase_contact_data, load_data_of
from store.redis_client import Client

log = logging.getLogger(__name__)


class ContactEraser:
    """Erases what customers asked us to delete."""

    def __init__(
        self, redis: Client, archive: Archive, drop_file: Callable[[str], None], clock: Callable[[], datetime]
    ) -> None:
        self._redis, self._archive, self._drop_file, self._clock = redis, archive, drop_file, clock

    def erase_if_due(self, contact_id: str) -> None:
        """Erase everything about them if that's still wanted; harmless to repeat.

        If it's impossible now, the clock tries again: what was read before they wrote, or before a
        process was killed, is read again. Raises ArchiveUnavailable.
        """
        found = load_data_of(self._redis, contact_id, self._archive)
        if found is None or not self._is_due(found):
            return
        try:
            erase_contact_data(self._redis, found, self._drop_file, self._archive.erase)
        except WriteConflict as error:
            log.info("data isn't erased yet", extra={"contact": contact_id, "reason": str(error)})
            return
        self._rewrite_files()
        log.info("data erased on the customer's request", extra={"contact": contact_id})

    def _is_due(self, found: ContactData) -> bool:
        pending = found.conversation.erasure
        return pending is not None and pending.due_at <= self._clock()

    def _rewrite_files(self) -> None:
        """Remove it from the append-only file on disk, too; a rewrite that's running already will do."""
        try:
            self._redis.bgrewriteaof()
        except ResponseError as error:
            log.info("the append-only file isn't rewritten now", extra={"reason": str(error)})
