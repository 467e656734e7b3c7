"""Twilio's signature: the same verdicts as Twilio's own validator, and a plain no where that one raises."""

import hashlib
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from channels.whatsapp.form import read_form
from channels.whatsapp.signature import SignatureVerifier

TOKEN = "12345"
BASE = "https://mycompany.com"
TARGET = "/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}
VECTOR = "RSOYDt4T1cUTdK1PDd93/VVr8B8="  # from Twilio's documentation of its signature
SIGNATURES = SignatureVerifier(BASE, (TOKEN,))

FORMS = st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=30), max_size=8).filter(
    lambda form: all(not "\ud800" <= c <= "\udfff" for text in (*form, *form.values()) for c in text)
)


def test_the_vector_of_twilios_documentation() -> None:
    assert SIGNATURES.is_valid(TARGET, list(FORM.items()), VECTOR)


@given(form=FORMS)
def test_it_agrees_with_twilios_validator(form: dict[str, str]) -> None:
    signature = RequestValidator(TOKEN).compute_signature(BASE + TARGET, form)
    pairs = read_form(urlencode(form).encode())
    assert SIGNATURES.is_valid(TARGET, pairs, signature)
    assert not SIGNATURES.is_valid(TARGET, [*pairs, ("Extra", "1")], signature)


@pytest.mark.parametrize("signature", ["", "x", "é", "\ud800", VECTOR[:-1], VECTOR.lower()])
def test_a_wrong_signature_is_a_plain_no(signature: str) -> None:
    assert not SIGNATURES.is_valid(TARGET, list(FORM.items()), signature)


@pytest.mark.parametrize(
    "target", ["/myapp.php", "/myapp.php/?foo=1&bar=2", "/myapp.php?foo=1&bar=2&x=3", "/"]
)
def test_another_path_or_query_is_a_no(target: str) -> None:
    assert not SIGNATURES.is_valid(target, list(FORM.items()), VECTOR)


@pytest.mark.parametrize(
    "base", ["http://mycompany.com", "https://mycompany.org", "https://mycompany.com:8443"]
)
def test_another_scheme_or_host_is_a_no(base: str) -> None:
    is_same_but_for_the_port = base.endswith(":8443")
    found = SignatureVerifier(base, (TOKEN,)).is_valid(TARGET, list(FORM.items()), VECTOR)
    assert found == is_same_but_for_the_port


@pytest.mark.parametrize("signed_base", [BASE, BASE + ":443"])
def test_the_port_that_the_scheme_implies_does_not_matter(signed_base: str) -> None:
    signature = RequestValidator(TOKEN).compute_signature(signed_base + TARGET, FORM)
    assert SIGNATURES.is_valid(TARGET, list(FORM.items()), signature)


def test_both_tokens_hold_while_one_is_replaced() -> None:
    signatures = SignatureVerifier(BASE, ("new", TOKEN, ""))
    assert signatures.is_valid(TARGET, list(FORM.items()), VECTOR)
    assert not SignatureVerifier(BASE, ("new", "")).is_valid(TARGET, list(FORM.items()), VECTOR)


def test_without_any_token_it_refuses_to_exist() -> None:
    with pytest.raises(ValueError, match="TWILIO_AUTH_TOKEN"):
        SignatureVerifier(BASE, ("", ""))


def test_a_post_that_is_no_form_needs_its_hash() -> None:
    body = b'{"a": 1}'
    target = f"/myapp.php?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = RequestValidator(TOKEN).compute_signature(BASE + target, {})
    assert SIGNATURES.is_valid_body(target, body, signature)
    assert not SIGNATURES.is_valid_body(target, body + b" ", signature)
    assert not SIGNATURES.is_valid_body("/myapp.php", body, signature)
    assert not SIGNATURES.is_valid_body(target, body, "")
