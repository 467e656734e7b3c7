"""RQ entry points of what falls due: a ticket, a destination to be told, a chore. Each may run twice."""

from jobs.wiring import wiring


def fall_due(ticket_id: str) -> None:
    """Warn, record what was missed, alert; each once."""
    wiring().reminder.look(ticket_id)


def tell(lane: str) -> None:
    """Tell this destination of alerts what waits for it."""
    wiring().teller.tell(lane)


def chore(name: str) -> None:
    """Do what comes round by itself."""
    wiring().chores[name]()
