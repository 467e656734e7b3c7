"""How many pixels a picture claims to have, read from its head without decoding anything.

A file of a hundred bytes can claim ten billion pixels and fell whatever shows it.
"""

from pathlib import Path

MOST_PIXELS = 100_000_000
"""More than any phone's camera makes; 400 MB once decoded."""

_HEAD = 256 * 1024
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def is_decompression_bomb(path: Path, media_type: str) -> bool:
    """Whether the picture would be too big to show."""
    size = _SIZES.get(media_type)
    if size is None:
        return False
    with path.open("rb") as file:
        width, height = size(file.read(_HEAD))
    return width * height > MOST_PIXELS


def _png(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def _gif(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _jpeg(head: bytes) -> tuple[int, int]:
    """Walk the segments up to the frame's header; 0 × 0 when there is none within reach."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        if head[at + 1] in _JPEG_FRAMES:
            return int.from_bytes(head[at + 7 : at + 9]), int.from_bytes(head[at + 5 : at + 7])
        at += 1 if head[at + 1] == 0xFF else 2 + int.from_bytes(head[at + 2 : at + 4])
    return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    """Only the extended format can be larger than 16,383 pixels each way."""
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    return 0, 0


_SIZES = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
