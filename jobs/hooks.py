"""RQ entry point of the hooks: tell apps what is new. May run twice."""

from jobs.wiring import wiring


def tell() -> None:
    """Tell every hook what waits for it."""
    wiring().hook_rounds.run()
