"""Sample attachments for a phone to send: a screenshot, a voice note, a document; generated, not stored."""

import struct
import zlib

from sandbox.files import File, Files

WIDTH, HEIGHT = 360, 240
VOICE_FRAMES = 150
SILENT_OPUS = b"\xf8\xff\xfe"
SERIAL = 0x5A9DB0C


def keep_sample(files: Files, name: str) -> File:
    """Store one of SAMPLES like an upload; KeyError for another name."""
    file_name, kind, make = SAMPLES[name]
    return files.keep(file_name, kind, make())


def screenshot() -> bytes:
    """A PNG of an app window with an error box in it."""
    rows = b"".join(b"\x00" + b"".join(pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in chunks)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pixel(x: int, y: int) -> bytes:
    """The colour of one point: the first shape that covers it."""
    for left, top, right, bottom, colour in SHAPES:
        if left <= x < right and top <= y < bottom:
            return bytes.fromhex(colour)
    return bytes.fromhex("f4f1ea")


SHAPES = (
    (14, 11, 24, 21, "ff6b5e"), (30, 11, 40, 21, "ffc24b"), (46, 11, 56, 21, "4fc36a"),
    (0, 0, 360, 32, "2b3a55"),
    (172, 84, 188, 118, "ffffff"), (172, 124, 188, 138, "ffffff"), (156, 76, 204, 146, "e2483d"),
    (110, 160, 250, 168, "b8b2a6"), (130, 176, 230, 184, "d3cdc1"), (144, 196, 216, 214, "2b3a55"),
    (80, 60, 280, 224, "ffffff"),
    (20, 52, 60, 60, "d3cdc1"), (20, 72, 52, 80, "d3cdc1"), (20, 92, 60, 100, "d3cdc1"),
)  # fmt: skip


def voice_note() -> bytes:
    """Three silent seconds of Opus in Ogg, as a phone would send them."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 7) + b"sandbox" + struct.pack("<I", 0)
    pages = [page([head], 0, 0, flags=2), page([tags], 1, 0)]
    frames = [SILENT_OPUS] * VOICE_FRAMES
    pages.append(page(frames, 2, VOICE_FRAMES * 960, flags=4))
    return b"".join(pages)


def page(packets: list[bytes], number: int, position: int, flags: int = 0) -> bytes:
    """One Ogg page; packets are short, so each is one segment."""
    sizes = bytes(len(packet) for packet in packets)
    head = b"OggS" + struct.pack("<BBqIII", 0, flags, position, SERIAL, number, 0)
    whole = head + bytes([len(sizes)]) + sizes + b"".join(packets)
    return whole[:22] + struct.pack("<I", checksum(whole)) + whole[26:]


def checksum(data: bytes) -> int:
    """Ogg's CRC: polynomial 0x04C11DB7, not reflected, no inversion."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def document() -> bytes:
    """A one-page PDF that says what it is."""
    text = b"BT /F1 24 Tf 72 720 Td (Invoice 2026-117) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            count,
            table,
            count,
            len(body),
        )
    )


SAMPLES = {
    "photo": ("screenshot.png", "image/png", screenshot),
    "voice": ("voice.ogg", "audio/ogg", voice_note),
    "document": ("invoice.pdf", "application/pdf", document),
}
