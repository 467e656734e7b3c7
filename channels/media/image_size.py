"""How many pixels a picture claims to have, read from its header; nothing is decoded or unpacked.

A file of a hundred bytes can claim ten billion pixels and crash whatever shows it.
"""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

MAX_PIXELS = 100_000_000
"""More than any phone's camera makes; 400 MB once decoded."""

_MAX_SEGMENTS = 10_000
_JPEG_MARKER = re.compile(rb"\xff([^\x00\xff])", re.DOTALL)
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_ENDS = frozenset({0xD9, 0xDA})

_Size = tuple[int, int]


def is_decompression_bomb(path: Path, media_type: str) -> bool:
    """Whether the picture would be too big to show, or takes pains to hide its size."""
    read = _READERS.get(media_type)
    if read is None or not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        size = read(data)
    return size is None or size[0] * size[1] > MAX_PIXELS


def _png(data: mmap) -> _Size:
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _gif(data: mmap) -> _Size:
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _webp(data: mmap) -> _Size:
    """The extended format has the size of its canvas, the other two that of their only frame."""
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    start, shift = (21, 14) if data[12:16] == b"VP8L" else (26, 16)
    bits = int.from_bytes(data[start : start + 4], "little")
    return 1 + (bits & 0x3FFF), 1 + (bits >> shift & 0x3FFF)


def _jpeg(data: mmap) -> _Size | None:
    """Go from segment to segment up to the frame, over padding and garbage as decoders do.

    0 × 0 when there's no frame; None when it's behind more segments than any camera writes.
    """
    at = 2
    for _ in range(_MAX_SEGMENTS):
        found = _JPEG_MARKER.search(data, at)
        if found is None or found[1][0] in _JPEG_ENDS:
            return 0, 0
        marker, at = found[1][0], found.end()
        if marker in _JPEG_FRAMES:
            return int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 3 : at + 5])
        if marker not in _JPEG_WITHOUT_LENGTH:
            at += int.from_bytes(data[at : at + 2])
    return None


_READERS = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
