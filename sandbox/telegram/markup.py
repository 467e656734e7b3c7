"""Telegram's HTML: turns it into plain text and entities, and refuses what Telegram refuses.

Offsets and lengths of entities count UTF-16 code units, offsets in errors count bytes, as in Telegram.
"""

import html.entities
import re
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import bad_request

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "code": {"class"}, "span": {"class"}, "blockquote": {"expandable"},
              "tg-emoji": {"emoji-id"}}  # fmt: skip
TOKEN = re.compile(r"<(/?)([^<>\s/]*)([^<>]*)>|&(#\d+|#[xX][0-9a-fA-F]+|\w+);|<", re.DOTALL)
ATTRIBUTE = re.compile(r"""\s+([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
NAMED = {"lt", "gt", "amp", "quot"}


@dataclass
class OpenTag:
    """A tag that hasn't been closed yet."""

    tag: str
    start: int
    attributes: dict[str, str]


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and MessageEntity objects; raises TelegramError (can't parse entities)."""
    text, entities, stack, position = "", [], list[OpenTag](), 0
    for token in TOKEN.finditer(source):
        text += source[position : token.start()]
        position = token.end()
        at = len(source[: token.start()].encode())
        if token[4] is not None:
            text += character(token)
        elif token[2] is None:
            raise unparsable(f"Unclosed start tag at byte offset {at}")
        elif token[1]:
            entities.append(close_tag(stack, token[2], at, units(text)))
        else:
            stack.append(open_tag(token[2].lower(), token[3], at, units(text)))
    if stack:
        raise unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    text += source[position:]
    return text, sorted((each for each in entities if each["length"]), key=lambda each: each["offset"])


def unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def character(token: re.Match[str]) -> str:
    """One character reference; Telegram knows four names and leaves others unchanged."""
    name = token[4]
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return chr(number) if 0 < number < 0x110000 else token[0]
    return html.entities.html5[f"{name};"] if name in NAMED else token[0]


def open_tag(tag: str, rest: str, at: int, start: int) -> OpenTag:
    if tag not in KINDS:
        raise unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    given = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in ATTRIBUTE.finditer(rest)}
    if ATTRIBUTE.sub("", rest).strip(" /\t\n"):
        raise unparsable(f'Invalid attributes of tag "{tag}" at byte offset {at}')
    if unknown := set(given) - ATTRIBUTES.get(tag, set()):
        raise unparsable(f'Unsupported attribute "{min(unknown)}" of tag "{tag}" at byte offset {at}')
    if tag == "span" and given.get("class") != "tg-spoiler":
        raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return OpenTag(tag, start, given)


def close_tag(stack: list[OpenTag], tag: str, at: int, end: int) -> dict[str, Any]:
    """The entity that a closing tag completes."""
    if not stack:
        raise unparsable(f"Unexpected end tag at byte offset {at}")
    begun = stack.pop()
    if tag.lower() != begun.tag:
        raise unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{begun.tag}>", found "</{tag}>"'
        )
    entity: dict[str, Any] = {
        "type": KINDS[begun.tag],
        "offset": begun.start,
        "length": end - begun.start,
    }
    if begun.tag == "a":
        entity = linked(entity, begun.attributes.get("href", ""))
    if begun.tag == "tg-emoji":
        entity["custom_emoji_id"] = begun.attributes.get("emoji-id", "")
    if begun.tag == "blockquote" and "expandable" in begun.attributes:
        entity["type"] = "expandable_blockquote"
    return entity


def linked(entity: dict[str, Any], address: str) -> dict[str, Any]:
    """Telegram shows a link that it doesn't understand as plain text."""
    if re.match(r"(https?|tg|mailto|tel):\S+", address):
        return {**entity, "url": address}
    return {**entity, "length": 0}


FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]+[\w/#=])|(?P<email>[\w.+-]+@[\w-]+\.[\w.]+\w)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w+)?)"
)


def found_entities(text: str) -> list[dict[str, Any]]:
    """The links, e-mail addresses and commands that Telegram detects in plain text."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in FOUND.finditer(text)
    ]
