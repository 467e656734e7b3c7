"""RQ entry points of what falls due: a ticket, a destination to be told, a chore. Each may run twice."""

from jobs.wiring import wiring


def fall_due(*ticket_ids: str) -> None:
    """Warn, record what was missed, alert; each once. One that cannot be looked at fails alone, not the others."""
    desk = wiring()
    lanes, failed = desk.reminder.look_at(ticket_ids)
    for ticket_id in failed:
        desk.kicks.fall_due([ticket_id])
    for lane in lanes:
        desk.teller.tell(lane)


def tell(lane: str) -> None:
    """Tell this destination of alerts what waits for it."""
    wiring().teller.tell(lane)


def chore(name: str) -> None:
    """Do what comes round by itself."""
    wiring().chores[name]()
