"""The command as an operator runs it: its own process, in an empty folder, with an empty environment."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from tests.fixtures.cli import Ended, Guichet, GuichetIn, empty_environ
from tests.fixtures.paths import ROOT


@pytest.fixture(scope="session")
def guichet_in() -> Iterator[GuichetIn]:
    """`guichet_in(folder, "policy", "check", …, stdin="…", PORT="…")` runs the command there and waits for its end."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.fixtures.preloaded_cli"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=empty_environ(),
    ) as warm:  # fmt: skip

        def run(folder: Path, *words: object, stdin: str = "", **variables: str) -> Ended:
            with (
                NamedTemporaryFile("w", suffix=".stdin") as given,
                NamedTemporaryFile("r", suffix=".stdout") as stdout,
                NamedTemporaryFile("r", suffix=".stderr") as stderr,
            ):
                given.write(stdin)
                given.flush()
                order = {
                    "words": [str(word) for word in words], "folder": str(folder),
                    "environ": empty_environ() | variables,
                    "stdin": given.name, "stdout": stdout.name, "stderr": stderr.name,
                }  # fmt: skip
                assert warm.stdin
                assert warm.stdout
                print(json.dumps(order), file=warm.stdin, flush=True)
                code = int(warm.stdout.readline())
                return Ended(order["words"], code, stdout.read(), stderr.read())

        yield run
        assert warm.stdin
        warm.stdin.close()


@pytest.fixture
def guichet(guichet_in: GuichetIn, tmp_path: Path) -> Guichet:
    """`guichet("policy", "check", …, stdin="…", PORT="…")` in the test's folder."""

    def run(*words: object, **more: str) -> Ended:
        return guichet_in(tmp_path, *words, **more)

    return run
