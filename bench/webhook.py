"""Compares our webhooks' cost with the floor: `python bench/webhook.py [--requests N] [--rounds N]`.

The full desk and the floor (see webhook_floor.py) run under the same gunicorn settings over one embedded Valkey that
writes everything to disk. Rounds are short and alternate, since disk and processor are shared with others; each is
compared with its neighbour, and the median counts. Aims: at least half the floor's throughput, and a 99th percentile
within three times the floor's. Exit code 1 if an aim is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from twilio.request_validator import RequestValidator  # noqa: E402 — after the path is set

from runtime.embedded_valkey import EmbeddedValkey  # noqa: E402
from sandbox import credentials  # noqa: E402

PUBLIC_URL = "http://desk.example.org"
OURS, FLOOR = 8911, 8912
WORDS = ("bonjour, l’appli ne marche pas", "Ana", "Acme", "3", "the export stops at 80 % since this morning")
AIM_THROUGHPUT, AIM_P99 = 0.5, 3.0


@dataclass
class Measured:
    """All rounds of one server on one channel."""

    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def add(self, result: dict[str, object]) -> None:
        latencies = sorted(result["latencies"])  # type: ignore[call-overload]
        self.per_second.append(len(latencies) / float(result["seconds"]))  # type: ignore[arg-type]
        self.p50.append(latencies[len(latencies) // 2])
        self.p99.append(latencies[int(len(latencies) * 0.99)])


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, _valkey(Path(folder)) as redis_url:
        environment = _environment(redis_url, folder)
        with (
            _gunicorn(OURS, "cli.run.web_app:app()", environment, options),
            _gunicorn(FLOOR, "bench.webhook_floor:app()", environment, options),
        ):
            return max([_compare(channel, options, Path(folder)) for channel in ("whatsapp", "telegram")])


def _compare(channel: str, options: argparse.Namespace, folder: Path) -> int:
    """Alternate between floor and desk, print both and their ratio; 1 if an aim is missed."""
    floor, ours = Measured(), Measured()
    for number in range(-1, options.rounds):  # the first round is a warm-up
        for port, measured in ((FLOOR, floor), (OURS, ours)):
            requests = _requests(channel, port, options.requests if number >= 0 else 200, f"{number + 1}")
            result = _post(port, requests, options.connections, folder)
            if number >= 0:
                measured.add(result)
    ratio, tail = _beside(ours.per_second, floor.per_second), _beside(ours.p99, floor.p99)
    for name, measured in (("floor", floor), ("desk", ours)):
        print(
            f"{channel:9}{name:6}{median(measured.per_second):8.0f} requests/s   "
            f"p50 {median(measured.p50):6.1f} ms   p99 {median(measured.p99):6.1f} ms"
        )
    print(
        f"{channel:9}throughput {ratio:.2f} of the floor (aim ≥ {AIM_THROUGHPUT}), p99 × {tail:.1f} (aim ≤ {AIM_P99})\n"
    )
    return int(ratio < AIM_THROUGHPUT or tail > AIM_P99)


def _beside(ours: list[float], floor: list[float]) -> float:
    return median(one / other for one, other in zip(ours, floor, strict=True))


def _requests(channel: str, port: int, count: int, label: str) -> list[bytes]:
    """Requests of many people, each telling their story in a few messages."""
    make = _whatsapp if channel == "whatsapp" else _telegram
    people = max(1, count // len(WORDS))
    numbers = (
        (turn * people + person, person, words)
        for turn, words in enumerate(WORDS)
        for person in range(people)
    )
    return [make(port, f"{label}{number:07}", person, words) for number, person, words in numbers]


def _whatsapp(port: int, mark: str, person: int, words: str) -> bytes:
    sid = f"SM{port:04}{int(mark):028}"
    form = {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "NumMedia": "0", "NumSegments": "1",
        "AccountSid": credentials.TWILIO_ACCOUNT_SID, "ApiVersion": "2010-04-01", "SmsStatus": "received",
        "From": f"whatsapp:+3361{int(mark) // 10_000_000:01}{person:06}", "WaId": f"3361{person:07}",
        "To": f"whatsapp:{credentials.TWILIO_WHATSAPP_NUMBER}", "Body": words, "ProfileName": "Ana",
        "MessageType": "text", "ChannelMetadata": '{"type":"whatsapp","data":{"context":{"ProfileName":"Ana"}}}',
    }  # fmt: skip
    validator = RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    signature = validator.compute_signature(f"{PUBLIC_URL}/webhooks/whatsapp", form)
    return _written("whatsapp", urlencode(form).encode(), f"X-Twilio-Signature: {signature}\r\n" + _FORM)


def _telegram(port: int, mark: str, person: int, words: str) -> bytes:
    user = {
        "id": int(mark) // 10_000_000 * 1_000_000 + 1_000_000 + person,
        "is_bot": False,
        "first_name": "Ana",
        "language_code": "fr",
    }
    chat = {"id": user["id"], "first_name": "Ana", "type": "private"}
    message = {"message_id": int(mark), "from": user, "chat": chat, "date": int(time.time()), "text": words}
    body = json.dumps({"update_id": int(mark), "message": message}).encode()
    secret = f"X-Telegram-Bot-Api-Secret-Token: {credentials.TELEGRAM_WEBHOOK_SECRET}\r\n"
    return _written("telegram", body, secret + "Content-Type: application/json\r\n")


_FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def _written(channel: str, body: bytes, headers: str) -> bytes:
    head = f"POST /webhooks/{channel} HTTP/1.1\r\nHost: desk\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _post(port: int, requests: list[bytes], connections: int, folder: Path) -> dict[str, object]:
    """Post them with the load generator; every response must be a 200."""
    blob, places, at = folder / "requests", folder / "places.json", 0
    blob.write_bytes(b"".join(requests))
    index = []
    for request in requests:
        index.append((at, len(request)))
        at += len(request)
    places.write_text(json.dumps(index))
    command = [
        sys.executable,
        str(HOME / "bench/webhook_load.py"),
        str(port),
        str(blob),
        str(places),
        str(connections),
    ]
    result: dict[str, object] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
    if result["statuses"] != {"200": len(requests)}:
        raise SystemExit(f"bench/webhook.py: not all were taken: {result['statuses']}")
    return result


@contextmanager
def _valkey(folder: Path) -> Iterator[str]:
    server = EmbeddedValkey(folder / "valkey")
    yield server.start()
    server.stop()


@contextmanager
def _gunicorn(
    port: int, app: str, environment: dict[str, str], options: argparse.Namespace
) -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:cli.run.gunicorn_conf",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += ["--workers", str(options.workers), "--threads", str(options.threads), app]
    with subprocess.Popen(command, env=environment, cwd=HOME) as server:  # noqa: S603
        try:
            _wait_for(port)
            yield
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(900):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except urllib.error.HTTPError as answered:
            answered.close()
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise SystemExit(f"bench/webhook.py: nothing answers on port {port}")


def _environment(redis_url: str, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(HOME),
        "REDIS_URL": redis_url,
        "PUBLIC_URL": PUBLIC_URL,
        "SECRET_KEY": "a key of the measurement, worth nothing",
        "POLICY": str(HOME / "policies/demo.toml"),
        "MEDIA_DIR": f"{folder}/media",
        "ARCHIVE_URL": f"sqlite:///{folder}/archive.db",
        "LOG_LEVEL": "warning",
        "TWILIO_ACCOUNT_SID": credentials.TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": credentials.TWILIO_AUTH_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": credentials.TWILIO_WHATSAPP_NUMBER,
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=1000, help="posts in a round")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
