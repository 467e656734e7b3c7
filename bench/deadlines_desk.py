"""Fills a desk with open tickets, using the product's own store code; for deadlines.py."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import Popen

from redis import Redis

from bot.messages.ids import make_contact_id, ticket_number
from bot.messages.inbound import Address
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import Policy, load_policy
from runtime.child_processes import start_child
from sandbox import credentials
from store import keys
from store.codec import dump
from store.policies import StoredPolicies
from store.tickets.ticket_list import TicketList

HOME = Path(__file__).parent.parent
ALLOWED = timedelta(minutes=4)  # for a first response, at priority high, under policies/demo.toml
BATCH = 500


def policy_of(name: str) -> Policy:
    """One of the policies we ship."""
    return load_policy(HOME / "policies" / name)


def open_tickets(
    redis: Redis, policy: Policy, opened_at: Iterable[datetime], priority: str, first: int = 1
) -> list[str]:
    """Write a ticket opened at each of these times; returns their ids."""
    rows, ids, batch = TicketList(StoredPolicies(redis, policy)), [], redis.pipeline(transaction=False)
    for number, at in enumerate(opened_at, first):
        address = Address("telegram", str(10_000_000 + number))
        owner = make_contact_id(address)
        ticket = Ticket(
            f"{owner}-1", owner, ticket_number(number), address, "en", policy.version, at,
            subject="The till", priority=priority, company="Acme", updated_at=at,
        ).with_event(TicketEventKind.OPENED, at, "customer", priority=priority)  # fmt: skip
        who = Conversation(owner, address, (address,), "en", last_inbound_at=at, tickets=(ticket.summary,))
        batch.hset(keys.contact(owner), mapping={"v": 1, "c": dump(who), "t": ticket.ticket_id})
        batch.set(keys.ticket(ticket.ticket_id), dump(ticket))
        batch.hset(keys.TICKET_NUMBERS, ticket.number, ticket.ticket_id)
        rows.write(batch, ticket, who)
        ids.append(ticket.ticket_id)
        if number % BATCH == 0:
            batch.execute()
    batch.execute()
    return ids


@contextmanager
def processes(redis_url: str, sandbox_url: str, folder: str, *names: str) -> Iterator[None]:
    """Run the product's own processes by command, such as `clock` and `worker`, until the end."""
    environment = {
        **os.environ,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "a secret of the bench, thirty-two characters",
        "POLICY": str(HOME / "policies" / "demo.toml"),
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
        "TELEGRAM_API_URL": sandbox_url,
        "ALERTS": f"telegram:{credentials.TELEGRAM_MANAGER_CHAT}",
        "MEDIA_DIR": folder,
        "LOG_LEVEL": "error",
        "PYTHONPATH": str(HOME),
    }
    running: list[Popen[bytes]] = [_started(name, environment) for name in names]
    try:
        yield
    finally:
        for child in running:
            child.terminate()
        for child in running:
            child.wait(timeout=20)


def _started(name: str, environment: dict[str, str]) -> Popen[bytes]:
    return start_child([sys.executable, "-m", "cli.main", name], environ=environment)
