"""`guichet tickets export`: exports every ticket as a table."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import click

from archive import Archive
from bot.model.ticket import Ticket
from bot.policy.policy import load_policy
from bot.sla.deadlines import Deadline
from bot.sla.outlook import outlook
from bot.text.csv_cells import escape_formula
from cli.support.connect import now, open_archive, open_desk
from cli.support.errors import CommandError
from runtime.settings import Settings
from store import keys
from store.archive.serialise import deserialise
from store.codec import load
from store.policies import StoredPolicies
from store.redis_client import Client

_BATCH_SIZE = 500
_LONG_AGO, _A_DAY = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=1)
_TARGETS = ("review", "first_response", "resolution")
COLUMNS = (
    *("number", "ticket_id", "status", "priority", "category", "channel", "language", "contact", "company"),
    *("account_id", "plan", "subject", "assignee", "tags", "opened_at", "updated_at", "archived_at"),
    *(f"{target}_{what}" for target in _TARGETS for what in ("due_at", "met_at", "standing")),
    *("next_responses", "next_responses_missed"),
)


@click.group()
def tickets() -> None:
    """Export tickets."""


@tickets.command()
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def export(form: str, output: Path | None) -> None:
    """Print every ticket, one per line, earliest deadline first and archived ones last. Times are in UTC."""
    with (
        open_desk() as (settings, redis),
        open_archive(settings, redis) as archive,
        _open_output(output) as file,
    ):
        rows = _rows(settings, redis, archive)
        if form == "jsonl":
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            return
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for row in rows:
            table.writerow({name: escape_formula(value) for name, value in row.items()})


def _rows(settings: Settings, redis: Client, archive: Archive) -> Iterator[dict[str, object]]:
    policies, at = StoredPolicies(redis, load_policy(settings.policy)), now()
    for ticket, archived_at in _all(redis, archive, at):
        yield _row(ticket, outlook(ticket, policies.of(ticket)).deadlines, at, archived_at)


def _all(redis: Client, archive: Archive, at: datetime) -> Iterator[tuple[Ticket, datetime | None]]:
    """Every ticket, live ones first, and when it was archived. Loaded in batches to save memory."""
    met: set[bytes] = set()
    for view in (keys.LIVE, keys.ENDED):
        ids = [each for each in redis.zrange(view, 0, -1) if each not in met]
        met.update(ids)
        for start in range(0, len(ids), _BATCH_SIZE):
            chunk = [keys.ticket(each.decode()) for each in ids[start : start + _BATCH_SIZE]]
            raws = redis.mget(chunk)
            met.difference_update(each for each, raw in zip(ids[start:], raws, strict=False) if not raw)
            yield from ((load(Ticket, raw), None) for raw in raws if raw)
    last = ""
    while some := archive.opened(_LONG_AGO, at + _A_DAY, last, _BATCH_SIZE):
        last = some[-1].ticket_id
        own = (each for each in some if each.ticket_id.encode() not in met)
        yield from ((deserialise(each).load_ticket(), each.archived_at) for each in own)


def _row(
    ticket: Ticket, promised: tuple[Deadline, ...], at: datetime, archived_at: datetime | None
) -> dict[str, object]:
    row: dict[str, object] = {
        "number": ticket.number,
        "ticket_id": ticket.ticket_id,
        "status": str(ticket.status),
        "priority": ticket.priority,
        "category": ticket.category,
        "channel": ticket.address.channel,
        "language": ticket.locale,
        "contact": ticket.contact_name,
        "company": ticket.company,
        "account_id": ticket.account_id,
        "plan": ticket.plan,
        "subject": ticket.subject,
        "assignee": ticket.assignee,
        "tags": " ".join(ticket.tags),
        "opened_at": ticket.opened_at.isoformat(),
        "updated_at": (ticket.updated_at or ticket.opened_at).isoformat(),
        "archived_at": archived_at.isoformat() if archived_at else "",
    }
    for target in _TARGETS:
        found = next((each for each in promised if each.target == target), None)
        row[f"{target}_due_at"] = found.due_at.isoformat() if found and found.due_at else ""
        row[f"{target}_met_at"] = found.met_at.isoformat() if found and found.met_at else ""
        row[f"{target}_standing"] = str(found.status_at(at)) if found else ""
    later = [each for each in promised if each.target == "next_response"]
    row["next_responses"] = len(later)
    row["next_responses_missed"] = sum(each.is_missed(at) for each in later)
    return row


@contextmanager
def _open_output(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise CommandError(f"cannot write {output}: {error.strerror}") from error
