"""What a file really is, told from its first bytes; what its sender says it is decides nothing.

Only types on the list are kept. HTML and SVG are not, since browsers run them; archives are kept but never
opened.
"""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"3g", "video/3gpp"),
    (b"qt", "video/quicktime"),
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"mif1", "image/heic"),
    (b"avif", "image/avif"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
)
_OLE_NAMES = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_HTML_PREFIXES = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<iframe",
    b"<img",
)
HEAD_SIZE = 8192
"""How many bytes from the start `media_type_of` wants to see."""


def media_type_of(head: bytes, name: str = "") -> str | None:
    """The media type of a file that starts so; None when it is not one we keep.

    `name` only tells apart what the bytes cannot: one old Office format from another, a table from text.
    """
    return _by_start(head, name) or _by_container(head) or _text(head, name)


def attachment_kind(media_type: str) -> str:
    """What sort of attachment that is: image, audio, video or document."""
    kind = media_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "document"


def _by_start(head: bytes, name: str) -> str | None:
    for start, media_type in _STARTS:
        if head.startswith(start):
            if media_type == "application/x-ole-storage":
                return _OLE_NAMES.get(_ending(name), media_type)
            return media_type
    return None


def _by_container(head: bytes) -> str | None:
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS if head[8:12].startswith(brand)), "video/mp4")
    if head.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _IN_ZIP if sign in head), "application/zip")
    return None


def _text(head: bytes, name: str) -> str | None:
    """Plain words, unless a browser would take them for a page."""
    if not head or b"\0" in head or _looks_like_html(head):
        return None
    try:
        head[: len(head) - 4 if len(head) == HEAD_SIZE else None].decode()
    except UnicodeDecodeError:
        return None
    if head.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    return "text/csv" if _ending(name) == "csv" else "text/plain"


def _looks_like_html(head: bytes) -> bool:
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return words.startswith(_HTML_PREFIXES) or any(sign in words for sign in (b"<svg", b"<script", b"<html"))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
