"""Looks at what falls due on one ticket, with the people of this desk to tell."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.alerts.alert_text import AlertRecipients
from bot.alerts.deadline_check import check_deadlines
from bot.sla.outlook import Policies
from store.contacts.unit_of_work import UnitsOfWork

log = logging.getLogger(__name__)


class DeadlineCheck:
    """Warns, records what was missed, alerts."""

    def __init__(
        self,
        units: UnitsOfWork,
        policies: Policies,
        people: Callable[[], AlertRecipients],
        clock: Callable[[], datetime],
    ) -> None:
        self._units, self._policies, self._people, self._clock = units, policies, people, clock

    def check_all(self, ticket_ids: Sequence[str]) -> tuple[set[str], list[str]]:
        """Do what is due on these tickets; the lanes that there is now something to tell, the tickets that failed."""
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
        """Do what is due on that ticket, once; the lanes that there is now something to tell.

        A ticket that is gone is forgotten.
        """
        decide = check_deadlines(ticket_id, self._policies, people or self._people(), self._clock())
        changes = self._units.change(ticket_id, decide)
        if changes is None:
            self._units.forget_deadlines(ticket_id)
            return set()
        return {notice.lane for notice in changes.notices}
