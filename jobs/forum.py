"""RQ entry points of the agents' group: show what is new, attend to what was heard. Both may run twice."""

from jobs.wiring import wiring


def mirror() -> None:
    """Bring the topics up to date."""
    if rooms := wiring().rooms:
        rooms.mirror.run()


def hear(thread: str) -> None:
    """Attend to what was heard in one topic."""
    if rooms := wiring().rooms:
        rooms.listener.listen(thread)
