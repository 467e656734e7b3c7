"""An agent's file, for whoever holds its link, and only to be saved."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from channels.signed_links import LinkedFile, SignedLinks
from tests.fixtures.provider_requests import PUBLIC_URL

FILE_ID = "0123456789abcdef" * 2
LINKS = SignedLinks(PUBLIC_URL, "a secret key for tests only")


def path(file: LinkedFile, links: SignedLinks = LINKS) -> str:
    return links.file_url(file).removeprefix(PUBLIC_URL)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    file = tmp_path / FILE_ID
    file.write_bytes(b"<svg onload=alert(1)>")
    return file


def test_a_file_is_handed_out_to_be_saved_and_never_run(client: FlaskClient, stored: Path) -> None:
    with client.get(path(LinkedFile(FILE_ID, "image/svg+xml", "écran.svg"))) as answer:
        assert answer.data == stored.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.mimetype == "image/svg+xml"


@pytest.mark.parametrize("media_type", ["", "text/html\r\nX-Evil: 1", "nonsense", "a/b; charset=x"])
def test_an_odd_type_is_just_bytes(client: FlaskClient, stored: Path, media_type: str) -> None:
    with client.get(path(LinkedFile(FILE_ID, media_type, "a\r\nb"))) as answer:
        assert answer.mimetype == "application/octet-stream"
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    "wrong",
    [
        "/media/",
        "/media/x",
        "/media/../../etc/passwd",
        "/media/%2e%2e%2fetc%2fpasswd",
        path(LinkedFile("../../etc/passwd", "text/plain", "a")),
        path(LinkedFile("f" * 32, "text/plain", "a")),
        path(LinkedFile(FILE_ID, "text/plain", "a"), SignedLinks(PUBLIC_URL, "another key altogether")),
    ],
    ids=["none", "word", "path", "encoded path", "signed path", "gone", "another desk's"],
)
def test_anything_else_leads_nowhere(client: FlaskClient, stored: Path, wrong: str) -> None:
    assert client.get(wrong).status_code == 404


def test_a_changed_link_leads_nowhere(client: FlaskClient, stored: Path) -> None:
    link = path(LinkedFile(FILE_ID, "text/plain", "a"))
    with client.get(link) as answer:
        assert answer.status_code == 200
    for at in range(len("/media/"), len(link), 7):
        changed = link[:at] + ("a" if link[at] != "a" else "b") + link[at + 1 :]
        assert client.get(changed).status_code == 404
