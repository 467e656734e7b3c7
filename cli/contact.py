"""`guichet contact …`: exports or erases everything stored about a customer."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from archive import Archive
from bot.messages.errors import NotFound, WriteConflict
from bot.messages.inbound import Address
from bot.text.phone_numbers import normalise_address
from cli.support.connect import open_archive, open_desk
from cli.support.errors import CommandError
from store.codec import dump
from store.contacts.personal_data import ContactData, erase_contact_data, load_contact_data
from store.media_folder import MediaFolder
from store.redis_client import Client


@click.group()
def contact() -> None:
    """Export or erase a customer's data, by ADDRESS: whatsapp:+351… or telegram:42."""


@contact.command(name="export")
@click.argument("address")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def export(address: str, output: Path | None) -> None:
    """Print everything stored about ADDRESS as JSON: conversation, tickets, every message, names of files."""
    with open_desk() as (settings, redis), open_archive(settings, redis) as archive:
        text = json.dumps(
            _personal_data_json(_load_personal_data(redis, archive, address)), ensure_ascii=False, indent=2
        )
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"cannot write {output}: {error.strerror}") from error


@contact.command(name="erase")
@click.argument("address")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation.")
def erase_(address: str, *, yes: bool) -> None:
    """Erase everything stored about ADDRESS: conversation, live and archived tickets, messages, files.

    This can't be undone. It doesn't touch backups, nor what the provider stores.
    If it's interrupted, run it again to finish.
    """
    with open_desk() as (settings, redis), open_archive(settings, redis) as archive:
        found = _load_personal_data(redis, archive, address)
        if not yes:
            click.confirm(
                f"Erase everything about {address}, {_size(found)}{_asked(found)}?", abort=True, err=True
            )
        _erase(redis, found, MediaFolder(settings.media_dir).delete, archive)
        redis.bgrewriteaof()  # removes it from the append-only file on disk, too
    click.echo(f"erased {address}: {_size(found)}")


def _erase(redis: Client, found: ContactData, drop: Callable[[str], None], archive: Archive) -> None:
    try:
        erase_contact_data(redis, found, drop, archive.erase)
    except WriteConflict as error:
        raise CommandError(str(error)) from error


def _load_personal_data(redis: Client, archive: Archive, address: str) -> ContactData:
    try:
        return load_contact_data(redis, Address.parse(normalise_address(address)), archive)
    except (ValueError, NotFound) as error:
        raise CommandError(str(error)) from error


def _size(found: ContactData) -> str:
    tickets = sum(thread.ticket is not None for thread in found.threads)
    messages = sum(len(thread.entries) for thread in found.threads)
    return f"{tickets} tickets, {messages} messages, {len(found.file_ids)} files"


def _asked(found: ContactData) -> str:
    """When the customer asked for it in the chat, and when it would be done without this command."""
    pending = found.conversation.erasure
    if pending is None:
        return ""
    return f" (the customer asked for it on {pending.asked_at:%Y-%m-%d}; due {pending.due_at:%Y-%m-%d %H:%M} UTC)"


def _personal_data_json(found: ContactData) -> dict[str, object]:
    pending = found.conversation.erasure
    return {
        "contact_id": found.contact_id,
        "erasure": {"asked_at": pending.asked_at.isoformat(), "due_at": pending.due_at.isoformat()}
        if pending
        else None,
        "conversation": json.loads(dump(found.conversation)),
        "threads": [
            {
                "thread_id": thread.thread_id,
                "ticket": json.loads(dump(thread.ticket)) if thread.ticket else None,
                "entries": [json.loads(dump(entry)) for entry in thread.entries],
                "files": [json.loads(dump(file)) for file in thread.files],
                "archived_at": thread.archived_at.isoformat() if thread.archived_at else None,
            }
            for thread in found.threads
        ],
    }
