"""RQ entry point: fetch the files of one thread entry. Takes ids, may run twice."""

from jobs.wiring import wiring


def fetch_media(thread_id: str, entry_id: str) -> None:
    """Fetch what has not been fetched yet."""
    wiring().librarian.fetch(thread_id, entry_id)
