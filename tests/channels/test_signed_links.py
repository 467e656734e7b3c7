"""Signed addresses: for one file, for a while; for one message's receipts; for nobody who guesses."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.signed_links import LinkedFile, SignedLinks

LINKS = SignedLinks("https://desk.example.org/", "a secret key for tests only")
FILE = LinkedFile("0123456789abcdef" * 2, "image/png", "écran 1.png")


def signed(url: str) -> str:
    assert url.startswith("https://desk.example.org/media/")
    return url.rpartition("/")[2]


def test_a_link_leads_to_its_file_and_no_other() -> None:
    assert LINKS.read_file_link(signed(LINKS.file_url(FILE))) == FILE


def test_a_link_stops_working() -> None:
    assert LINKS.read_file_link(signed(LINKS.file_url(FILE)), max_age=-1) is None


@given(at=st.integers(0, 200), to=st.characters(codec="ascii", categories=["L", "N"]))
def test_a_changed_link_leads_nowhere(at: int, to: str) -> None:
    link = signed(LINKS.file_url(FILE))
    at %= len(link)
    changed = link[:at] + to + link[at + 1 :]
    assert changed == link or LINKS.read_file_link(changed) in (None, FILE)


@pytest.mark.parametrize("link", ["", ".", "a.b.c", "é", "../../etc/passwd", "\0"])
def test_what_is_no_link_leads_nowhere(link: str) -> None:
    assert LINKS.read_file_link(link) is None


def test_another_desks_link_leads_nowhere() -> None:
    other = SignedLinks("https://desk.example.org", "another secret key entirely")
    assert LINKS.read_file_link(signed(other.file_url(FILE))) is None


@pytest.mark.parametrize("file_id", ["../../etc/passwd", "", "x" * 32, "0" * 31])
def test_even_a_signed_link_leads_only_to_an_id_of_ours(file_id: str) -> None:
    assert LINKS.read_file_link(signed(LINKS.file_url(LinkedFile(file_id, "image/png", "a")))) is None


@pytest.mark.parametrize("reference", ["c0ffee.3.1", "a&h=b", "ü/?#", "x" * 200])
def test_a_receipts_address_proves_its_reference(reference: str) -> None:
    query = parse_qs(urlsplit(LINKS.receipt_url(reference)).query)
    assert query["o"] == [reference]
    assert LINKS.is_valid_receipt(reference, query["h"][0])


@pytest.mark.parametrize(("reference", "mark"), [("r1", ""), ("r1", "é\ud800"), ("r2", None), ("", None)])
def test_another_reference_or_mark_proves_nothing(reference: str, mark: str | None) -> None:
    right = parse_qs(urlsplit(LINKS.receipt_url("r1")).query)["h"][0]
    assert not LINKS.is_valid_receipt(reference, right if mark is None else mark)
