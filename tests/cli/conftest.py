"""The command as an operator runs it: its own process, in an empty folder, with an empty environment."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Guichet = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def guichet(tmp_path: Path) -> Guichet:
    """`guichet("policy", "check", …, stdin="…", PORT="…")` in the test's folder."""
    return partial(guichet_in, tmp_path)


def guichet_in(
    folder: Path, *words: object, stdin: str = "", **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command in that folder and wait for its end."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "cli.main", *map(str, words)],
        input=stdin, capture_output=True, text=True, cwd=folder, env=empty_environ() | variables,
        timeout=60, check=False,
    )  # fmt: skip


def empty_environ() -> dict[str, str]:
    """An environment in which nothing of the desk is set."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
