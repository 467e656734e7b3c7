"""An archive for each test: in a file, and on a real PostgreSQL where this machine has one."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from archive import Archive
from archive.tables import metadata
from tests.fixtures.archive import archive_at


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL of this test run; skipped where there is none to start."""
    pytest.importorskip("pg8000")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine: its side of the archive was not tried")
    as_whom = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="guichet-pg-", dir="/tmp"))
    folder.chmod(0o777)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    run = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **as_whom}
    made = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "guichet",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(made, check=True, **run)  # type: ignore[call-overload]
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-F"]
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], **run)  # type: ignore[call-overload]
    url = f"postgresql://guichet@127.0.0.1:{port}/postgres"
    _await(url)
    yield url
    server.terminate()
    server.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty archive is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/archive.db"
        return
    server = request.getfixturevalue("postgresql")
    yield server
    engine = create_engine(server.replace("postgresql:", "postgresql+pg8000:"))
    with engine.begin() as connection:
        metadata.drop_all(connection)
    engine.dispose()


@pytest.fixture
def archive(url: str) -> Archive:
    return archive_at(url)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    one = shutil.which("postgres")
    return Path(one).resolve().parent if one and shutil.which("initdb") else None


def _await(url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+pg8000:"))
    for _ in range(600):
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:
            with socket.socket() as pause:
                pause.settimeout(0.05)
                pause.connect_ex(("192.0.2.1", 9))
        else:
            engine.dispose()
            return
    raise AssertionError("PostgreSQL did not start")
