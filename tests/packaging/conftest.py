"""The wheel, and an environment with the wheel installed, made once per test run."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.file_lock import FileLock
from tests.packaging.build import build_wheel, install
from tests.packaging.processes import Program, programs


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel, and with the virtual environment `venv` where it's installed."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, lock = base / "built", FileLock(base / "built.lock")
    assert lock.acquire(timeout=100)
    try:
        if not (folder / "venv").exists():
            install(build_wheel(folder), folder / "venv")
    finally:
        lock.release()
    return folder


@pytest.fixture
def wheel(built: Path) -> Path:
    """The wheel of this tree."""
    return next(built.glob("*.whl"))


@pytest.fixture
def scripts(built: Path) -> Path:
    """The folder with the installed `guichet`."""
    return built / "venv" / "bin"


@pytest.fixture
def start() -> Iterator[Callable[..., Program]]:
    """`start(words, folder, environ)` starts a program; it's killed at the end of the test if it still runs."""
    with programs() as start_one:
        yield start_one
