"""Logs: plain lines on a terminal, JSON elsewhere, without secrets, whole phone numbers or forged lines.

What is worth a line is each module's own business; how a line looks and what it hides is decided here.
"""

import json
import logging
import logging.config
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from runtime.settings import Settings

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_REDACTIONS = (
    (
        re.compile(r"(?:(?<=bot)|\b)\d{5,}:[\w-]{20,}"),
        "***",
    ),  # a Telegram token, as in aiogram's file addresses
    (re.compile(r"whsec_[\w+/=]+"), "whsec_***"),
    (re.compile(r"(/sign-in/|/media/)[\w.~%-]{16,}"), r"\1***"),  # whoever has the address is let in
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 ***"),
    (re.compile(r"(://[^/\s:@]*):[^/\s@]+@"), r"\1:***@"),
    (re.compile(r"([\w.+-])[\w.+-]*@([\w-]+\.)"), r"\1…@\2"),
    (re.compile(r"(?:\+|%2B|(?<![\w-]))\d{4,11}(\d{4})(?!\w)"), r"…\1"),
)
_QUIET = ("twilio", "aiogram", "aiohttp", "rq", "urllib3", "werkzeug", "gunicorn", "asyncio")
"""Loggers of libraries that tell recipients, texts or every call at `info`."""


def configure(settings: Settings, process: str) -> None:
    """Send this process's logs to standard error; `process` names it in each line."""
    logging.config.dictConfig(log_config(settings, process))
    logging.captureWarnings(capture=True)


def log_config(settings: Settings, process: str) -> dict[str, Any]:
    """The same as a `dictConfig`, for servers that set up logging by themselves."""
    chosen = settings.log_format or ("console" if sys.stderr.isatty() else "json")
    formatter = {"console": ConsoleFormatter, "json": JsonFormatter}[chosen]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter, "process": process, "secrets": settings.secrets}},
        "filters": {"seldom": {"()": OncePerMinute}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": settings.log_level.upper()},
        "loggers": {
            **{name: {"level": "WARNING", "handlers": [], "propagate": True} for name in _QUIET},
            "rq.worker": {"filters": ["seldom"]},
        },
    }


class OncePerMinute(logging.Filter):
    """Lets one line a minute through of RQ's about a store that is away: each worker says so with every try."""

    def __init__(self) -> None:
        super().__init__()
        self._told_at = -60.0

    def filter(self, record: logging.LogRecord) -> bool:
        if "could not connect to Redis" not in record.getMessage():
            return True
        if record.created - self._told_at < 60:
            return False
        self._told_at = record.created
        return True


class _LineFormatter(logging.Formatter):
    """One record, one line, nothing in it that should not be seen."""

    def __init__(self, process: str, secrets: Sequence[str]) -> None:
        super().__init__()
        self._process = process
        self._secrets = sorted((each for each in secrets if len(each) >= 6), key=len, reverse=True)

    def _fields(self, record: logging.LogRecord) -> dict[str, str]:
        """What was given as `extra`, and the error with its traceback."""
        given = {key: str(value) for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            given["error"] = self.formatException(record.exc_info)
        return {key: self._shown(value) for key, value in given.items()}

    def _shown(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        for pattern, instead in _REDACTIONS:
            text = pattern.sub(instead, text)
        return text


class JsonFormatter(_LineFormatter):
    """For programs: one JSON object a line, instants in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": self._shown(record.getMessage()),
        }
        return json.dumps(self._fields(record) | line, ensure_ascii=False)


class ConsoleFormatter(_LineFormatter):
    """For people: time, process, level when it matters, message and fields; a traceback is indented below."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self._fields(record)
        traceback = fields.pop("error", "")
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        words = [self._shown(record.getMessage()), *(f"{key}={value}" for key, value in fields.items())]
        told = _CONTROL.sub(_escaped, "  ".join(words))
        clock = datetime.fromtimestamp(record.created, UTC).astimezone()
        line = f"{clock:%H:%M:%S} {self._process:<7} {level}{told}"
        return "\n        ".join([line, *(_CONTROL.sub(_escaped, row) for row in traceback.splitlines())])


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
