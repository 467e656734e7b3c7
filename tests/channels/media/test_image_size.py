"""How large a picture claims to be, told without opening it."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from channels.media.image_size import is_decompression_bomb

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
GIF = b"GIF89a"
WEBP = b"RIFF\0\0\0\0WEBP"


def png(side: int, *chunks: bytes) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    whole = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + whole + b"".join(chunks) + b"\0\0\0\0IEND\xaeB`\x82"


def jpeg(side: int, *before: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(before) + b"\xff\xc0\0\x11\x08" + side.to_bytes(2) * 2 + b"\x03\xff\xda"


def lossless_webp(side: int) -> bytes:
    bits = (side - 1) | (side - 1) << 14
    return WEBP + b"VP8L\x08\0\0\0\x2f" + bits.to_bytes(4, "little") + b"\x88\x88\x08"


def lossy_webp(side: int) -> bytes:
    return WEBP + b"VP8 \x10\0\0\0\x10\0\0\x9d\x01\x2a" + side.to_bytes(2, "little") * 2 + b"\0" * 8


def extended_webp(side: int) -> bytes:
    return WEBP + b"VP8X\x0a\0\0\0\0\0\0\0" + (side - 1).to_bytes(3, "little") * 2


SEGMENT = b"\xff\xe2\xff\xff" + b"\0" * 65_533


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", PNG + (60_000).to_bytes(4) * 2),
        ("image/png", png(60_000)),
        ("image/png", png(60_000, b"\0\0\0\x03tEXta\0bwrong checksum")),
        ("image/png", png(60_000, b"\0\0\x10\0zTXt" + zlib.compress(b"\0" * 4_000_000))),
        ("image/gif", GIF + (60_000).to_bytes(2, "little") * 2),
        ("image/jpeg", JPEG + (65_000).to_bytes(2) * 2),
        ("image/jpeg", jpeg(65_000, SEGMENT * 20)),
        ("image/jpeg", jpeg(65_000, b"\xff" * 300_000)),
        ("image/jpeg", jpeg(65_000, b"garbage between segments")),
        ("image/jpeg", jpeg(65_000, b"\xff\x01\xff\xd0\xff\0")),
        ("image/jpeg", jpeg(65_000).replace(b"\xff\xc0", b"\xff\xc2")),
        ("image/jpeg", jpeg(10, b"\xff\xe2\0\x02" * 10_001)),
        ("image/webp", extended_webp(1 << 24)),
        ("image/webp", lossless_webp(12_000)),
        ("image/webp", lossy_webp(16_383)),
    ],
)
def test_a_picture_that_claims_too_many_pixels_is_known_without_opening_it(
    tmp_path: Path, media_type: str, content: bytes
) -> None:
    assert is_bomb(tmp_path, media_type, content)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", png(4_000)),
        ("image/gif", GIF + (600).to_bytes(2, "little") * 2),
        ("image/jpeg", jpeg(9_999, SEGMENT * 20)),
        ("image/jpeg", b"\xff" * 1_000_000),
        ("image/jpeg", b"\xff\xd8\xff\xd9" + jpeg(65_000)),
        ("image/webp", lossless_webp(9_000)),
        ("image/webp", lossy_webp(9_000)),
        ("image/webp", extended_webp(9_000)),
        ("application/pdf", b"%PDF-1.7"),
    ],
)
def test_a_picture_of_a_size_that_can_be_shown_is_kept(
    tmp_path: Path, media_type: str, content: bytes
) -> None:
    assert not is_bomb(tmp_path, media_type, content)


@pytest.mark.parametrize("name", ["PNG", "GIF", "JPEG", "WEBP"])
def test_a_real_picture_is_kept_whole_or_cut_off_anywhere(tmp_path: Path, name: str) -> None:
    written = io.BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(written, name)
    content = written.getvalue()
    for length in (*range(min(len(content), 700)), len(content)):
        assert not is_bomb(tmp_path, f"image/{name.lower()}", content[:length]), length


def is_bomb(folder: Path, media_type: str, content: bytes) -> bool:
    path = folder / "picture"
    path.write_bytes(content)
    return is_decompression_bomb(path, media_type)
