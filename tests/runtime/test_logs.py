"""What a log line shows, and what it never shows."""

import json
import logging
import subprocess
import sys

import pytest

from runtime.logs import ConsoleFormatter, JsonFormatter, OncePerMinute, log_config
from runtime.settings import Settings
from tests.fixtures.environment import COMPLETE

SECRETS = ("hunter2-hunter2", "hunter2")


def record(message: str, *args: object, level: int = logging.INFO, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("channels.whatsapp", level, "x.py", 1, message, args, None)
    vars(made).update(extra)
    return made


def as_console(message: str, *args: object, **extra: object) -> str:
    return ConsoleFormatter(process="web", secrets=SECRETS).format(record(message, *args, **extra))


def as_json(message: str, *args: object, **extra: object) -> dict[str, str]:
    line = JsonFormatter(process="web", secrets=SECRETS).format(record(message, *args, **extra))
    assert "\n" not in line
    found: dict[str, str] = json.loads(line)
    return found


def test_a_json_line_has_the_time_in_utc_the_process_and_the_message() -> None:
    line = as_json("ignored %s", "a reaction", reason="not a message")
    assert line["message"] == "ignored a reaction"
    assert line["reason"] == "not a message"
    assert (line["level"], line["process"], line["logger"]) == ("info", "web", "channels.whatsapp")
    assert line["at"].endswith("+00:00")


def test_a_console_line_is_for_people() -> None:
    assert as_console("ignored", reason="not a message").endswith("web     ignored  reason=not a message")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to whatsapp:+351912345678", "to whatsapp:…5678"),
        ("To=whatsapp%3A%2B351912345678&x=1", "To=whatsapp%3A…5678&x=1"),
        ("WaId=351912345678", "WaId=…5678"),
        ("telegram:700100123 wrote", "telegram:…0123 wrote"),
        ("mail to maria.silva@example.org", "mail to m…@example.org"),
        ("redis://desk:pa55@host:6379/0", "redis://desk:***@host:6379/0"),
        ("redis://:pa55@host:6379/0", "redis://:***@host:6379/0"),
        ("Authorization: Bearer abcdefghij", "Authorization: Bearer ***"),
        (
            "https://api.telegram.org/file/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/a.jpg",
            "https://api.telegram.org/file/bot***/a.jpg",
        ),
        ("GET /sign-in/XcnFIVd326EJ77izq4WR3g34yZSNKtVO", "GET /sign-in/***"),
        ("key hunter2-hunter2, then hunter2", "key ***, then ***"),
    ],
)
def test_secrets_and_addresses_are_masked(text: str, shown: str) -> None:
    assert as_json(text)["message"] == shown
    assert as_json("x", field=text)["field"] == shown
    assert as_console(text).endswith(shown)


@pytest.mark.parametrize(
    "text", ["ticket 0f3a9b2c4d-12", "port 8000", "took 1234 ms", "2026-11-21T20:10:00+00:00"]
)
def test_numbers_that_are_not_phone_numbers_stay_readable(text: str) -> None:
    assert as_json(text)["message"] == text


def test_an_error_message_is_masked_too() -> None:
    try:
        raise ValueError("no route to +351912345678 with hunter2")
    except ValueError:
        line = as_json("failed", exc_info=sys.exc_info())
    assert "…5678 with ***" in line["error"]
    assert "Traceback" in line["error"]


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\x85b"])
def test_a_customers_text_cannot_forge_a_line_or_move_the_cursor(text: str) -> None:
    line = as_console("from %s", text, reason=text)
    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_an_error_cannot_forge_a_line_either() -> None:
    try:
        raise ValueError("x\n20:10:00 web     all is well")
    except ValueError:
        line = as_console("failed", exc_info=sys.exc_info())
    assert all(row.startswith("        ") for row in line.splitlines()[1:])


def test_libraries_that_log_recipients_are_quiet() -> None:
    """In a process of its own: logging is global."""
    script = (
        "import logging, os\n"
        "from runtime.logs import configure\n"
        "from runtime.settings import Settings\n"
        "from tests.fixtures.environment import COMPLETE\n"
        "configure(Settings.from_environment(COMPLETE | {'LOG_LEVEL': 'debug'}), 'web')\n"
        "logging.getLogger('twilio.http_client').info('To=x')\n"
        "logging.getLogger('rq.worker').info('job with args')\n"
        "logging.getLogger('twilio.http_client').warning('trouble')\n"
        "logging.getLogger('jobs.tasks').debug('ours')\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert [json.loads(line)["message"] for line in run.stderr.splitlines()] == ["trouble", "ours"]


def test_an_unreachable_store_is_logged_once_per_minute_and_no_other_line_is_dropped() -> None:
    once_per_minute, passed = OncePerMinute(), []
    for second in range(130):
        line = record("Worker %s: could not connect to Redis instance: Error 111 …", "a1")
        line.created = 1_000.0 + second
        passed.append(once_per_minute.filter(line))
    assert [second for second, is_let_through in enumerate(passed) if is_let_through] == [0, 60, 120]
    assert all(once_per_minute.filter(record("a job failed")) for _ in range(3))


def test_the_limit_applies_to_the_lines_of_rq() -> None:
    config = log_config(Settings.from_environment(COMPLETE), "worker")
    assert config["loggers"]["rq.worker"] == {"filters": ["once_per_minute"]}
    assert config["filters"]["once_per_minute"] == {"()": OncePerMinute}
