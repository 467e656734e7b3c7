"""Load test, with or without kills: `python bench/load.py --per-second 50 --seconds 120 --kill web:3 --kill store:20`.

Starts its own desk (see `drill.desk`) and posts messages of many people on both channels, at a steady rate whether or
not it keeps up. A post that isn't answered 200 is repeated: by Telegram for ever, by Twilio five times. At the end
everything answered 200 must be stored exactly once. Aims: 0 lost, 0 duplicated, and without kills p50 ≤ 20 ms, p99 ≤
250 ms, max ≤ 3 s. Exit code 1 if an aim is missed.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

import aiohttp  # noqa: E402 - after the path is set
from twilio.request_validator import RequestValidator  # noqa: E402

from cli.drill import drill_environment  # noqa: E402
from drill.desk import DrillDesk  # noqa: E402
from sandbox import credentials  # noqa: E402
from store.integrity.audit import audit  # noqa: E402
from store.policies import StoredPolicies  # noqa: E402

PEOPLE = 200
TWILIO_TRIES = 6
AIMS = {"p50": 20.0, "p99": 250.0, "max": 3000.0}  # milliseconds


@dataclass
class Posted:
    """The results of the posts."""

    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def main() -> int:
    options = _options()
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HOME), "POLICY": str(HOME / "policies/demo.toml")}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        desk = DrillDesk(drill_environment(given, folder, has_group=False), folder)
        with desk:
            return _measured(desk, options)


def _measured(desk: DrillDesk, options: argparse.Namespace) -> int:
    kills, posted = Counter[str](), Posted()
    next_kill = {name: time.monotonic() + every for name, every in options.kill}
    with ThreadPoolExecutor(1) as load:
        running = load.submit(asyncio.run, _post_all(desk.url, options, posted))
        while not desk.until(running.done, 0.2):
            for name, every in options.kill:
                if time.monotonic() >= next_kill[name]:
                    (desk.kill_child if name == "web" else desk.kill)(name)
                    kills[name] += 1
                    next_kill[name] = time.monotonic() + every
        running.result()
    desk.wait_until(lambda: desk.is_answering("/readyz"), 60, "the desk did not come back")
    return _report(desk, posted, kills)


async def _post_all(url: str, options: argparse.Namespace, posted: Posted) -> None:
    """Post at a fixed rate, however long earlier posts take."""
    limit = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=limit, timeout=aiohttp.ClientTimeout(total=15)) as session:
        started, tasks = time.monotonic(), []
        for number in range(options.per_second * options.seconds):
            await asyncio.sleep(max(0.0, started + number / options.per_second - time.monotonic()))
            tasks.append(asyncio.create_task(_post(session, url, number, posted)))
        await asyncio.gather(*tasks)


async def _post(session: aiohttp.ClientSession, url: str, number: int, posted: Posted) -> None:
    is_telegram = number % 2 == 1
    make, words = (_telegram if is_telegram else _whatsapp), f"load {number}"
    path, body, headers = make(url, number, words)
    for attempt in range(120 if is_telegram else TWILIO_TRIES):
        started = time.perf_counter()
        try:
            async with session.post(f"{url}{path}", data=body, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        posted.statuses[status] += 1
        if status == 200:
            posted.milliseconds.append((time.perf_counter() - started) * 1000)
            posted.accepted.append(words)
            return
        await asyncio.sleep(min(2.0, 0.25 * 2**attempt))
    posted.refused.append(words)


def _whatsapp(url: str, number: int, words: str) -> tuple[str, dict[str, str], dict[str, str]]:
    sid, phone = f"SM{number:032x}", f"+3361{number // 2 % (PEOPLE // 2):07}"
    form = {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "NumMedia": "0", "NumSegments": "1",
        "AccountSid": credentials.TWILIO_ACCOUNT_SID, "ApiVersion": "2010-04-01", "SmsStatus": "received",
        "From": f"whatsapp:{phone}", "WaId": phone[1:], "ProfileName": "Ana", "MessageType": "text",
        "To": f"whatsapp:{credentials.TWILIO_WHATSAPP_NUMBER}", "Body": words,
    }  # fmt: skip
    validator = RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    signature = validator.compute_signature(f"{url}/webhooks/whatsapp", form)
    return "/webhooks/whatsapp", form, {"X-Twilio-Signature": signature}


def _telegram(url: str, number: int, words: str) -> tuple[str, bytes, dict[str, str]]:
    user = {"id": 5_000_000 + number // 2 % (PEOPLE // 2), "is_bot": False, "first_name": "Ana"}
    message = {
        "message_id": number + 1, "from": user, "chat": {"id": user["id"], "type": "private", "first_name": "Ana"},
        "date": int(time.time()), "text": words,
    }  # fmt: skip
    body = json.dumps({"update_id": 10_000_000 + number, "message": message}).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": credentials.TELEGRAM_WEBHOOK_SECRET}
    return "/webhooks/telegram", body, headers | {"Content-Type": "application/json"}


def _report(desk: DrillDesk, posted: Posted, kills: Counter[str]) -> int:
    threads = (desk.redis.lrange(key, 0, -1) for key in desk.redis.scan_iter("thread:*", count=500))
    stored = Counter(json.loads(raw).get("text", "") for thread in threads for raw in thread)
    lost = [words for words in posted.accepted if not stored[words]]
    doubled = [words for words, count in stored.items() if words.startswith("load ") and count > 1]
    faults = audit(
        desk.redis, StoredPolicies(desk.redis, desk.wiring.policy), lambda: desk.let_time_pass(1.5)
    ).faults
    latencies = sorted(posted.milliseconds)
    figures = {
        "p50": latencies[len(latencies) // 2], "p99": latencies[int(len(latencies) * 0.99)], "max": latencies[-1],
    }  # fmt: skip
    kill_counts = ", ".join(f"{name} {count}" for name, count in kills.items()) or "none"
    print(f"answered 200: {len(posted.accepted)}, rejected: {len(posted.refused)}, kills: {kill_counts}")
    print(f"answers: {dict(sorted(posted.statuses.items()))}")
    print(f"lost {len(lost)}, duplicated {len(doubled)}, errors in stored data {len(faults)}")
    print("acknowledged after " + ", ".join(f"{name} {value:.0f} ms" for name, value in figures.items()))
    is_quick = bool(kills) or all(figures[name] <= aim for name, aim in AIMS.items())
    return 0 if is_quick and not (lost or doubled or faults) else 1


def _kill(text: str) -> tuple[str, float]:
    name, _, every = text.partition(":")
    if name not in ("web", "worker", "store", "clock"):
        raise argparse.ArgumentTypeError("web, worker, store or clock, and every how many seconds: web:3")
    return name, float(every or 5)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--per-second", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--kill", type=_kill, action="append", default=[], metavar="NAME:SECONDS")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
