"""RQ entry points of what falls due: a ticket, a destination to be told, a chore. Each may run twice."""

import logging

from jobs.wiring import wiring

log = logging.getLogger(__name__)


def fall_due(*ticket_ids: str) -> None:
    """Warn, record what was missed, alert; each once. One that cannot be looked at fails alone, not the others."""
    desk, lanes = wiring(), set[str]()
    for ticket_id in ticket_ids:
        try:
            lanes |= desk.reminder.look(ticket_id)
        except Exception:
            if len(ticket_ids) == 1:
                raise
            log.exception("a ticket could not be looked at")
            desk.kicks.fall_due([ticket_id])
    for lane in lanes:
        desk.teller.tell(lane)


def tell(lane: str) -> None:
    """Tell this destination of alerts what waits for it."""
    wiring().teller.tell(lane)


def chore(name: str) -> None:
    """Do what comes round by itself."""
    wiring().chores[name]()
