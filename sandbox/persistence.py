"""Saves the chats to a file between runs; the call log and faults aren't saved."""

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
from sandbox.state import SandboxState
from sandbox.telegram.state import Chat, Post, Query, Telegram, Topic, Update
from sandbox.whatsapp.ready import default_templates
from sandbox.whatsapp.state import Record, Template, WhatsApp

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
FORMAT = 1


async def keep_saving(state: SandboxState, path: Path) -> None:
    """Save soon after every change."""
    listener = state.changes.listen()
    while True:
        await listener.get()
        await asyncio.sleep(EVERY_SECONDS)
        while not listener.empty():
            listener.get_nowait()
        save(state, path)


def save(state: SandboxState, path: Path) -> None:
    """Write to a temporary file and move it, so that a crash leaves the old file intact."""
    saved = {
        "format": FORMAT,
        "people": asdict(state.people),
        "files": [
            {**vars(file), "data": base64.b64encode(file.data).decode()} for file in state.files.kept.values()
        ],
        "whatsapp": asdict(state.whatsapp),
        "telegram": asdict(state.telegram),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(saved, default=datetime.isoformat), encoding="utf-8")
    temporary.replace(path)


def load(state: SandboxState, path: Path) -> None:
    """Load the last run's chats; an unreadable file is set aside with a message."""
    if not path.exists():
        return
    try:
        restore(state, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        state.forget()
        logger.warning("%s cannot be read (%s); moved to %s, starting afresh", path, wrong, aside)


def restore(state: SandboxState, saved: dict[str, Any]) -> None:
    if saved["format"] != FORMAT:
        raise ValueError(f"format {saved['format']}")
    everybody = saved["people"]["everybody"].values()
    state.people.everybody = {each["id"]: Person(**each) for each in everybody}
    state.people.last_id = saved["people"]["last_id"]
    for each in saved["files"]:
        state.files.kept[each["id"]] = File(**{**each, "data": base64.b64decode(each["data"])})
    state.whatsapp = restore_whatsapp(saved["whatsapp"])
    registered = state.telegram.webhook
    state.telegram = restore_telegram(saved["telegram"])
    state.telegram.webhook = registered or state.telegram.webhook


def restore_whatsapp(saved: dict[str, Any]) -> WhatsApp:
    return WhatsApp(
        records={sid: Record(**each) for sid, each in saved["records"].items()},
        templates={
            **default_templates(),
            **{sid: Template(**each) for sid, each in saved["templates"].items()},
        },
    )


def restore_telegram(saved: dict[str, Any]) -> Telegram:
    queues = {name: [Update(**each) for each in waiting] for name, waiting in saved["queues"].items()}
    nested = {
        "chats": {int(number): restore_chat(each) for number, each in saved["chats"].items()},
        "queues": queues,
        "queries": {name: Query(**each) for name, each in saved["queries"].items()},
    }
    return Telegram(**{**saved, **nested})


def restore_chat(saved: dict[str, Any]) -> Chat:
    nested = {
        "posts": {int(number): Post(**each) for number, each in saved["posts"].items()},
        "topics": {int(number): Topic(**each) for number, each in saved["topics"].items()},
        "sent_at": [datetime.fromisoformat(each) for each in saved["sent_at"]],
    }
    return Chat(**{**saved, **nested})
