"""What a file is, by its bytes."""

import pytest

from channels.media.file_type import HEAD_SIZE, attachment_kind, media_type_of

OFFICE = "application/vnd.openxmlformats-officedocument."
ODT = "application/vnd.oasis.opendocument.text"


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
        (b"GIFs don't load, BMW or not", "", "text/plain"),
        (b"\0\0\0\x14ftyp3gp5\0\0\0\x003gp5", "old phone.3gp", "video/3gpp"),
        (b"\0\0\0\x18ftypiso5\0\0\2\0iso5dash", "", "video/mp4"),
        (b"\0\0\0\x18ftypheix\0\0\0\0mif1heix", "", "image/heic"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetype" + ODT.encode(), "", ODT),
        (b"PK\x03\x04" + b"\0" * 8188, "a.docx", "application/zip"),
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
        (b"<?xml version='1.0'?><svg/>", "a.png"),
        (b"\n\t <SVG onload=alert(1)>", "a.txt"),
        (b"notes, then <HTML>", "a.csv"),
        ("\ufeff<html>".encode("utf-16-le"), "a.txt"),
        (b"\x7fELF\x02\x01\x01\0", "a.mp3"),
        (b"Rar!\x1a\x07\x01\0", "a.zip"),
        (b"BM\x36\0\0\0", "a.bmp"),
        (b"II*\0\x08\0\0\0", "a.tif"),
        (b"SQLite format 3\0", "a.db"),
        (b"\0\0\0\x18moov", "a.mp4"),
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
