"""Exit codes and one-line errors, whatever the command."""

import subprocess
import sys

import pytest

from tests.fixtures.cli import Guichet


def test_help_lists_the_commands_and_is_fine(guichet: Guichet) -> None:
    told = guichet("--help")
    assert told.returncode == 0
    assert all(
        word in told.stdout for word in ("run", "web", "worker", "clock", "sandbox", "doctor", "policy")
    )


def test_help_is_quick_because_it_does_not_load_the_settings() -> None:
    script = "import cli.main, sys; print('pydantic' in sys.modules, 'runtime' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "False False\n"


@pytest.mark.parametrize(
    "words", [["nonsense"], ["policy", "due"], ["web", "--workers", "two"], ["--nonsense"]]
)
def test_wrong_usage_is_2(guichet: Guichet, words: list[str]) -> None:
    told = guichet(*words)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("process", ["web", "worker", "clock"])
def test_a_process_without_settings_names_all_that_is_missing_and_does_not_start(
    guichet: Guichet, process: str
) -> None:
    told = guichet(process)
    assert told.returncode == 1
    assert [line.split()[1] for line in told.stderr.splitlines()] == [
        "TELEGRAM",
        "REDIS_URL",
        "SECRET_KEY",
        "POLICY",
    ]
    assert told.stdout == ""


def test_an_error_of_ours_is_one_line_and_a_traceback_only_on_request(guichet: Guichet) -> None:
    short = guichet("agents", "list", REDIS_URL="redis://127.0.0.1:1/0", **SETTINGS)
    assert short.returncode == 1
    assert len(short.stderr.splitlines()) == 1
    long = guichet("agents", "list", REDIS_URL="redis://127.0.0.1:1/0", GUICHET_DEBUG="1", **SETTINGS)
    assert "Traceback" in long.stderr


def test_secrets_are_not_repeated(guichet: Guichet) -> None:
    told = guichet("worker", SECRET_KEY="canary", TELEGRAM_BOT_TOKEN="canary", REDIS_URL="http://:canary@h")
    assert told.returncode == 1
    assert "canary" not in told.stderr + told.stdout


SETTINGS = {
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "POLICY": "policy.toml",
    "TELEGRAM_BOT_TOKEN": "42:token",
    "TELEGRAM_WEBHOOK_SECRET": "hook",
}
