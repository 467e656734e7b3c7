"""Keeping the chats in a file between two runs; the call log and faults are not kept."""

import asyncio
import base64
import json
import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.files import File
from sandbox.people import Person
from sandbox.state import World
from sandbox.telegram.state import Chat, Post, Query, Telegram, Topic, Update
from sandbox.whatsapp.ready import ready
from sandbox.whatsapp.state import Record, Template, WhatsApp

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
FORMAT = 1


async def keep_saving(world: World, path: Path) -> None:
    """Save soon after every change."""
    listener = world.news.listen()
    while True:
        await listener.get()
        await asyncio.sleep(EVERY_SECONDS)
        while not listener.empty():
            listener.get_nowait()
        save(world, path)


def save(world: World, path: Path) -> None:
    """Written beside and moved over, so that a crash leaves the old file whole."""
    kept = {
        "format": FORMAT,
        "people": asdict(world.people),
        "files": [
            {**vars(file), "data": base64.b64encode(file.data).decode()} for file in world.files.kept.values()
        ],
        "whatsapp": asdict(world.whatsapp),
        "telegram": asdict(world.telegram),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept, default=datetime.isoformat), encoding="utf-8")
    beside.replace(path)


def load(world: World, path: Path) -> None:
    """Take up where the last run stopped; an unreadable file is put aside and said so."""
    if not path.exists():
        return
    try:
        restore(world, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        world.forget()
        logger.warning("%s cannot be read (%s); moved to %s, starting afresh", path, wrong, aside)


def restore(world: World, kept: dict[str, Any]) -> None:
    if kept["format"] != FORMAT:
        raise ValueError(f"format {kept['format']}")
    everybody = kept["people"]["everybody"].values()
    world.people.everybody = {each["id"]: Person(**each) for each in everybody}
    world.people.last_id = kept["people"]["last_id"]
    for each in kept["files"]:
        world.files.kept[each["id"]] = File(**{**each, "data": base64.b64decode(each["data"])})
    world.whatsapp = whatsapp(kept["whatsapp"])
    registered = world.telegram.webhook
    world.telegram = telegram(kept["telegram"])
    world.telegram.webhook = registered or world.telegram.webhook


def whatsapp(kept: dict[str, Any]) -> WhatsApp:
    return WhatsApp(
        records={sid: Record(**each) for sid, each in kept["records"].items()},
        templates={**ready(), **{sid: Template(**each) for sid, each in kept["templates"].items()}},
    )


def telegram(kept: dict[str, Any]) -> Telegram:
    queues = {name: [Update(**each) for each in waiting] for name, waiting in kept["queues"].items()}
    nested = {
        "chats": {int(number): chat(each) for number, each in kept["chats"].items()},
        "queues": queues,
        "queries": {name: Query(**each) for name, each in kept["queries"].items()},
    }
    return Telegram(**{**kept, **nested})


def chat(kept: dict[str, Any]) -> Chat:
    nested = {
        "posts": {int(number): Post(**each) for number, each in kept["posts"].items()},
        "topics": {int(number): Topic(**each) for number, each in kept["topics"].items()},
        "sent_at": [datetime.fromisoformat(each) for each in kept["sent_at"]],
    }
    return Chat(**{**kept, **nested})
