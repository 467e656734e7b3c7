"""Logging: plain lines on a terminal, JSON elsewhere; hides secrets and phone numbers, and keeps lines unforgeable."""

import json
import logging
import logging.config
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from runtime.settings import Settings

_STANDARD_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "color_message",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_REDACTIONS = (
    (re.compile(r"(?:(?<=bot)|\b)\d{5,}:[\w-]{20,}"), "***"),  # a Telegram token, also in file URLs
    (re.compile(r"whsec_[\w+/=]+"), "whsec_***"),
    (re.compile(r"(/sign-in/|/media/)[\w.~%-]{16,}"), r"\1***"),  # the link alone gives access
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 ***"),
    (re.compile(r"(://[^/\s:@]*):[^/\s@]+@"), r"\1:***@"),
    (re.compile(r"([\w.+-])[\w.+-]*@([\w-]+\.)"), r"\1…@\2"),
    (re.compile(r"(?:\+|%2B|(?<![\w-]))\d{4,11}(\d{4})(?!\w)"), r"…\1"),
)
_QUIET_LOGGERS = ("twilio", "aiogram", "aiohttp", "rq", "urllib3", "werkzeug", "gunicorn", "asyncio")
"""Loggers of libraries that log recipients, texts or every call at `info`."""


def configure(settings: Settings, process: str) -> None:
    """Send this process's logs to standard error, with its name in each line."""
    logging.config.dictConfig(log_config(settings, process))
    logging.captureWarnings(capture=True)


def log_config(settings: Settings, process: str) -> dict[str, Any]:
    """The same as a `dictConfig`, for servers that configure logging themselves."""
    chosen = settings.log_format or ("console" if sys.stderr.isatty() else "json")
    formatter = {"console": ConsoleFormatter, "json": JsonFormatter}[chosen]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter, "process": process, "secrets": settings.secrets}},
        "filters": {"once_per_minute": {"()": OncePerMinute}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": settings.log_level.upper()},
        "loggers": {
            **{name: {"level": "WARNING", "handlers": [], "propagate": True} for name in _QUIET_LOGGERS},
            "rq.worker": {"filters": ["once_per_minute"]},
        },
    }


class OncePerMinute(logging.Filter):
    """Limits RQ's line about an unreachable store to one per minute: every worker logs it at each attempt."""

    def __init__(self) -> None:
        super().__init__()
        self._last_passed_at = -60.0

    def filter(self, record: logging.LogRecord) -> bool:
        if "could not connect to Redis" not in record.getMessage():
            return True
        if record.created - self._last_passed_at < 60:
            return False
        self._last_passed_at = record.created
        return True


class _LineFormatter(logging.Formatter):
    """Formats a record as one line without anything secret."""

    def __init__(self, process: str, secrets: Sequence[str]) -> None:
        super().__init__()
        self._process = process
        self._secrets = sorted((each for each in secrets if len(each) >= 6), key=len, reverse=True)

    def _fields(self, record: logging.LogRecord) -> dict[str, str]:
        """The `extra` fields, and the error with its traceback."""
        given = {key: str(value) for key, value in vars(record).items() if key not in _STANDARD_ATTRIBUTES}
        if record.exc_info:
            given["error"] = self.formatException(record.exc_info)
        return {key: self._redact(value) for key, value in given.items()}

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        for pattern, replacement in _REDACTIONS:
            text = pattern.sub(replacement, text)
        return text


class JsonFormatter(_LineFormatter):
    """For programs: one JSON object per line, times in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": self._redact(record.getMessage()),
        }
        return json.dumps(self._fields(record) | line, ensure_ascii=False)


class ConsoleFormatter(_LineFormatter):
    """For people: time, process, level above info, message and fields; a traceback follows, indented."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self._fields(record)
        traceback = fields.pop("error", "")
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        parts = [self._redact(record.getMessage()), *(f"{key}={value}" for key, value in fields.items())]
        text = _CONTROL.sub(_escape, "  ".join(parts))
        clock = datetime.fromtimestamp(record.created, UTC).astimezone()
        line = f"{clock:%H:%M:%S} {self._process:<7} {level}{text}"
        return "\n        ".join([line, *(_CONTROL.sub(_escape, row) for row in traceback.splitlines())])


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
