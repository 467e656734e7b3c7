"""Loads a ticket, checks its deadlines, and stores the alerts for the people of this desk."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.alerts.alert_text import AlertRecipients
from bot.alerts.deadline_check import check_deadlines
from bot.sla.outlook import Policies
from store.contacts.unit_of_work import UnitsOfWork

log = logging.getLogger(__name__)


class DeadlineCheck:
    """Records warnings and misses, and queues alerts."""

    def __init__(
        self,
        units: UnitsOfWork,
        policies: Policies,
        people: Callable[[], AlertRecipients],
        clock: Callable[[], datetime],
    ) -> None:
        self._units, self._policies, self._people, self._clock = units, policies, people, clock

    def check_all(self, ticket_ids: Sequence[str]) -> tuple[set[str], list[str]]:
        """Check these tickets; the lanes with new alerts, and the tickets that failed."""
        people, lanes, failed = self._people(), set[str](), list[str]()
        for ticket_id in ticket_ids:
            try:
                lanes |= self.check(ticket_id, people)
            except Exception:
                if len(ticket_ids) == 1:
                    raise
                log.exception("a ticket could not be looked at")
                failed.append(ticket_id)
        return lanes, failed

    def check(self, ticket_id: str, people: AlertRecipients | None = None) -> set[str]:
        """Do what is due on that ticket, once; the lanes with new alerts.

        A ticket that no longer exists is removed from the schedule.
        """
        decide = check_deadlines(ticket_id, self._policies, people or self._people(), self._clock())
        changes = self._units.change(ticket_id, decide)
        if changes is None:
            self._units.forget_deadlines(ticket_id)
            return set()
        return {notice.lane for notice in changes.notices}
