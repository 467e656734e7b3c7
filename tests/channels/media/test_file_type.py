"""What a file is, by its bytes."""

from pathlib import Path

import pytest

from channels.media.file_type import HEAD_SIZE, attachment_kind, media_type_of
from channels.media.image_size import is_decompression_bomb

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "", "image/jpeg"),
        (b"GIF89a\x01\0\x01\0", "", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "", "audio/wav"),
        (b"%PDF-1.7\n", "", "application/pdf"),
        (b"OggS\0\x02", "", "audio/ogg"),
        (b"ID3\x04", "", "audio/mpeg"),
        (b"#!AMR\n", "", "audio/amr"),
        (b"\0\0\0\x18ftypmp42", "", "video/mp4"),
        (b"\0\0\0\x18ftypM4A ", "", "audio/mp4"),
        (b"\0\0\0\x18ftyp3gp5", "", "video/3gpp"),
        (b"\0\0\0\x18ftypheic", "", "image/heic"),
        (b"PK\x03\x04\x14\0word/document.xml", "", OFFICE + "wordprocessingml.document"),
        (b"PK\x03\x04\x14\0whatever", "a.docx", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.XLS", "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.exe", "application/x-ole-storage"),
        (b"BEGIN:VCARD\nFN:Ana", "", "text/vcard"),
        ("é,ü;1\n".encode(), "list.csv", "text/csv"),
        ("Olá".encode(), "note.txt", "text/plain"),
        (("é" * HEAD_SIZE).encode()[:HEAD_SIZE], "long.log", "text/plain"),
    ],
)  # fmt: skip
def test_files_that_we_keep(head: bytes, name: str, expected: str) -> None:
    assert media_type_of(head, name) == expected


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<!DOCTYPE html>", "a.txt"),
        (b"\xef\xbb\xbf  <HTML>", "a.png"),
        (b"<svg/>", "a.svg"),
        (b"text <script>x</script>", "a.csv"),
        (b"MZ\x90\0\x03", "a.pdf"),
        (b"\xca\xfe\xba\xbe\0", "a.jpg"),
        (b"bytes \0 bytes", "a.txt"),
        (b"\xe9\xe8 latin", "a.txt"),
        (b"RIFF\0\0\0\0XXXX", "a.webp"),
        (b"", ""),
    ],
)
def test_files_that_we_do_not(head: bytes, name: str) -> None:
    assert media_type_of(head, name) is None


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/png", "image"),
        ("audio/ogg", "audio"),
        ("video/mp4", "video"),
        ("application/pdf", "document"),
        ("", "document"),
    ],
)
def test_the_sort_of_attachment_follows_from_the_type(media_type: str, kind: str) -> None:
    assert attachment_kind(media_type) == kind


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08"


@pytest.mark.parametrize(
    ("media_type", "head", "is_flood"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4) * 2, True),
        ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (4_000).to_bytes(4) * 2, False),
        ("image/gif", b"GIF89a" + (60_000).to_bytes(2, "little") * 2, True),
        ("image/gif", b"GIF89a" + (600).to_bytes(2, "little") * 2, False),
        ("image/jpeg", JPEG + (65_000).to_bytes(2) * 2, True),
        ("image/jpeg", JPEG + (3_000).to_bytes(2) * 2, False),
        ("image/jpeg", b"\xff\xd8\xff", False),
        (
            "image/webp",
            b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16_000_000).to_bytes(3, "little") * 2,
            True,
        ),
        ("application/pdf", b"%PDF-1.7", False),
    ],
)
def test_a_picture_that_claims_too_many_pixels_is_known_without_opening_it(
    tmp_path: Path, media_type: str, head: bytes, is_flood: bool
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(head)
    assert is_decompression_bomb(path, media_type) is is_flood
