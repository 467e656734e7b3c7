"""Connects to the database in ARCHIVE_URL, with one connection per call and a time limit for each call.

Connections aren't reused, so neither a fork nor a restart of the server breaks them.
"""

import ssl
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from bot.messages.errors import ArchiveUnavailable

_STEPS = 20_000
"""SQLite instructions between two checks of the time: a few milliseconds."""


def create_archive_engine(url: str, timeout: float) -> Engine:
    """The engine for that URL; calls end within about `timeout` seconds. ArchiveUnavailable if the URL is wrong."""
    try:
        where = make_url(url)
        return _sqlite(where, timeout) if where.get_backend_name() == "sqlite" else _server(where, timeout)
    except (ArgumentError, ImportError, TypeError) as error:
        raise ArchiveUnavailable(f"ARCHIVE_URL cannot be used ({type(error).__name__})") from error


def is_sqlite(engine: Engine) -> bool:
    """Whether it's a SQLite file, which needs a checkpoint to remove erased data from disk."""
    return engine.dialect.name == "sqlite"


def _sqlite(url: URL, timeout: float) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise ArchiveUnavailable("ARCHIVE_URL needs a file, such as sqlite:///var/archive.db")
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # messages of customers: no other user of the machine may read them
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": timeout})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        give_up_at = time.monotonic() + timeout
        connection.set_progress_handler(lambda: time.monotonic() > give_up_at, _STEPS)

    return engine


def _server(url: URL, timeout: float) -> Engine:
    is_ours = url.drivername in ("postgres", "postgresql", "postgresql+pg8000")
    if not is_ours:
        return create_engine(url, poolclass=NullPool)
    query = dict(url.query)
    arguments = {"timeout": timeout, **_encrypted(query)}
    if query:
        raise ArchiveUnavailable(f"ARCHIVE_URL has unknown options: {', '.join(sorted(query))}")
    url = url.set(drivername="postgresql+pg8000", query=query)
    engine = create_engine(url, poolclass=NullPool, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET statement_timeout = {int(timeout * 1000)}")
        connection.commit()

    return engine


def _encrypted(query: dict[str, Any]) -> Mapping[str, Any]:
    """The driver's arguments for the usual `sslmode`, which is removed from `query`."""
    mode = query.pop("sslmode", "prefer")
    if mode in ("verify-ca", "verify-full"):
        return {"ssl_context": ssl.create_default_context(cafile=query.pop("sslrootcert", None))}
    if mode != "require":
        return {}
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return {"ssl_context": context}
