"""Looks at what falls due on one ticket, with the people of this desk to tell."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts import People
from bot.due import fall_due
from bot.promises import Policies
from store.units import Units


class Reminder:
    """Warns, records what was missed, alerts."""

    def __init__(
        self,
        units: Units,
        policies: Policies,
        people: Callable[[], People],
        clock: Callable[[], datetime],
    ) -> None:
        self._units, self._policies, self._people, self._clock = units, policies, people, clock

    def look(self, ticket_id: str) -> set[str]:
        """Do what is due on that ticket, once; the lanes on whose boards there is now something to tell.

        A ticket that is gone is forgotten.
        """
        decide = fall_due(ticket_id, self._policies, self._people(), self._clock())
        changes = self._units.change(ticket_id, decide)
        if changes is None:
            self._units.forget_deadlines(ticket_id)
            return set()
        return {notice.lane for notice in changes.notices}
