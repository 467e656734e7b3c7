"""Tells what a file really is from its first bytes; what the sender claims doesn't count.

Only types on the list are kept. HTML and SVG aren't on it because browsers run them. Archives are kept but never
opened.
"""

import re

HEAD_SIZE = 8192
"""How many bytes from the start `media_type_of` wants to see."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OLE = "application/x-ole-storage"
_SIGNATURES = (
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"%PDF-", "application/pdf"),
    (rb"OggS", "audio/ogg"),
    (rb"ID3|\xff[\xf2\xf3\xfb]", "audio/mpeg"),
    (rb"\xff[\xf1\xf9]", "audio/aac"),
    (rb"#!AMR", "audio/amr"),
    (rb"fLaC", "audio/flac"),
    (rb"\x1aE\xdf\xa3", "video/webm"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (rb"\{\\rtf", "application/rtf"),
    (rb"\x1f\x8b", "application/gzip"),
    (rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (rb"RIFF.{4}WEBP", "image/webp"),
    (rb"RIFF.{4}WAVE", "audio/wav"),
    (rb"RIFF.{4}AVI ", "video/x-msvideo"),
    (rb".{4}ftypM4[AB]", "audio/mp4"),
    (rb".{4}ftyp3g", "video/3gpp"),
    (rb".{4}ftypqt", "video/quicktime"),
    (rb".{4}ftyp(heic|heix|mif1)", "image/heic"),
    (rb".{4}ftypavif", "image/avif"),
    (rb".{4}ftyp", "video/mp4"),
    (rb"PK\x03\x04.*word/", _OFFICE + "wordprocessingml.document"),
    (rb"PK\x03\x04.*xl/", _OFFICE + "spreadsheetml.sheet"),
    (rb"PK\x03\x04.*ppt/", _OFFICE + "presentationml.presentation"),
    (rb"PK\x03\x04.*mimetypeapplication/vnd\.oasis\.opendocument\.text", _OPEN_DOCUMENT + "text"),
    (
        rb"PK\x03\x04.*mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet",
        _OPEN_DOCUMENT + "spreadsheet",
    ),
    (rb"PK\x03\x04", "application/zip"),
)
_OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_HTML = re.compile(
    rb"\s*<(!doctype|html|head|body|script|svg|\?xml|iframe|img)|.*<(svg|script|html)", re.DOTALL
)


def media_type_of(head: bytes, name: str = "") -> str | None:
    """The media type of a file that starts with these bytes; None when it isn't one we keep.

    `name` only tells apart what the bytes can't: one old Office format from another, a table from text.
    """
    extension = name.rpartition(".")[2].lower()
    found = next((each for start, each in _SIGNATURES if re.match(start, head, re.DOTALL)), None)
    if found == _OLE:
        return _OLD_OFFICE.get(extension, _OLE)
    return found or _text_type(head, extension)


def attachment_kind(media_type: str) -> str:
    """What sort of attachment that is: image, audio, video or document."""
    kind = media_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "document"


def _text_type(head: bytes, extension: str) -> str | None:
    """Plain text, unless a browser would take it for a page."""
    if not head or b"\0" in head or _HTML.match(head.removeprefix(b"\xef\xbb\xbf").lower()):
        return None
    try:
        head[: len(head) - 4 if len(head) == HEAD_SIZE else None].decode()
    except UnicodeDecodeError:
        return None
    if head.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    return "text/csv" if extension == "csv" else "text/plain"
