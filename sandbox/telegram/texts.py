"""The text of a message or caption: parsed, trimmed, within Telegram's limits."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import found_entities, parse_html, units

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_SOURCE = 65_536


def message_text(source: str, mode: str | None) -> dict[str, Any]:
    """Text and entities of a message; raises TelegramError if it is empty, too long or malformed."""
    plain, entities = parse_formatted(source, mode)
    if not plain:
        raise bad_request("message text is empty")
    if len(plain) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": plain, **({"entities": entities} if entities else {})}


def caption_fields(source: str, mode: str | None) -> dict[str, Any]:
    """Caption and its entities, or nothing."""
    plain, entities = parse_formatted(source, mode)
    if len(plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not plain:
        return {}
    return {"caption": plain, **({"caption_entities": entities} if entities else {})}


def parse_formatted(source: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The parsed text, trimmed, with the entities Telegram detects by itself."""
    if len(source) > LONGEST_SOURCE:
        raise bad_request("message is too long")
    plain, entities = parse_html(source) if mode else (source, [])
    kept = plain.strip()
    lead = len(plain) - len(plain.lstrip())
    moved = [clipped(each, lead, units(kept)) for each in entities]
    taken = {each["offset"] for each in moved}
    return kept, moved + [each for each in found_entities(kept) if each["offset"] not in taken]


def clipped(entity: dict[str, Any], lead: int, end: int) -> dict[str, Any]:
    """The entity after trimming."""
    start = max(0, entity["offset"] - lead)
    return {**entity, "offset": start, "length": min(end, entity["offset"] + entity["length"] - lead) - start}
