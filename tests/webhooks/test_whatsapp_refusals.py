"""What is not Twilio's, not for our account, or not a form: refused, with nothing touched."""

import hashlib
import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.fixtures.provider_requests import (
    ACCOUNT,
    PUBLIC_URL,
    SECOND_TOKEN,
    RememberingDesk,
    TwilioPosts,
    payload,
    sign,
)

TEXT = payload("whatsapp/text")
PATH = "/webhooks/whatsapp"


@pytest.mark.parametrize("path", [PATH, f"{PATH}/status"])
def test_a_post_without_a_signature_is_refused(client: FlaskClient, desk: RememberingDesk, path: str) -> None:
    assert client.post(path, data=TEXT).status_code == 403
    assert desk.is_untouched


@pytest.mark.parametrize("signature", ["", "x", "é", "A" * 5000, "GvWf1cFY/Q7PnoempGyD5oXAezc="])
def test_a_wrong_signature_is_refused(twilio: TwilioPosts, desk: RememberingDesk, signature: str) -> None:
    assert twilio(TEXT, signature=signature).status_code == 403
    assert desk.is_untouched


def test_the_second_token_is_as_good_while_one_is_replaced(
    twilio: TwilioPosts, desk: RememberingDesk
) -> None:
    assert twilio(TEXT, token=SECOND_TOKEN).status_code == 200
    assert twilio(TEXT, token="some other token").status_code == 403
    assert len(desk.received) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example.org/webhooks/whatsapp",
        "https://desk.example.com/webhooks/whatsapp",
        "https://desk.example.org/webhooks/whatsapp/",
        "https://desk.example.org/webhooks/whatsapp?a=1",
        "http://localhost/webhooks/whatsapp",
    ],
)
def test_a_signature_for_another_address_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk, url: str
) -> None:
    assert twilio(TEXT, signed_url=url).status_code == 403
    assert desk.is_untouched


def test_the_host_that_a_request_claims_does_not_matter(client: FlaskClient, desk: RememberingDesk) -> None:
    headers = {
        "X-Twilio-Signature": sign(f"{PUBLIC_URL}{PATH}", TEXT),
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
    }
    assert client.post(PATH, data=TEXT, headers=headers).status_code == 200
    headers["X-Twilio-Signature"] = sign(f"http://evil.example{PATH}", TEXT)
    assert client.post(PATH, data=TEXT, headers=headers).status_code == 403


def test_the_query_counts_exactly_as_it_was_sent(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    assert twilio(TEXT, f"{PATH}?b=%7e&a=%C3%A9&empty=").status_code == 200
    assert twilio(TEXT, f"{PATH}?b=~", signed_url=f"{PUBLIC_URL}{PATH}?b=%7e").status_code == 403


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ("key=webhooks_sharedkey_01,algorithm=HMAC_SHA256", 403),
        ("algorithm = hmac_sha256", 403),
        ("algorithm=HMAC_SHA1x", 403),
        ("key=1,algorithm=HMAC_SHA1", 200),
        ("", 200),
        ("nonsense", 200),
    ],
)
def test_a_shared_key_is_refused_as_we_hold_none(client: FlaskClient, settings: str, status: int) -> None:
    headers = {
        "X-Twilio-Signature": sign(f"{PUBLIC_URL}{PATH}", TEXT),
        "X-Twilio-Webhooks-Signature-Settings": settings,
    }
    assert client.post(PATH, data=TEXT, headers=headers).status_code == status


def test_json_without_its_hash_is_refused(client: FlaskClient, desk: RememberingDesk) -> None:
    headers = {"X-Twilio-Signature": sign(f"{PUBLIC_URL}{PATH}", {})}
    assert client.post(PATH, json=TEXT, headers=headers).status_code == 403
    assert desk.is_untouched


def test_json_with_its_hash_is_twilios_but_not_for_us(client: FlaskClient, desk: RememberingDesk) -> None:
    body = json.dumps(TEXT).encode()
    path = f"{PATH}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers = {"X-Twilio-Signature": sign(PUBLIC_URL + path, {})}
    answer = client.post(path, data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 200
    assert desk.is_untouched


@pytest.mark.parametrize(
    "changes",
    [
        {"AccountSid": "AC" + "f" * 32},
        {"AccountSid": ""},
        {"AccountSid": ACCOUNT + "ApiVersion2010-04-01"},
        {"To": "whatsapp:+15005550007"},
        {"To": "+15005550006"},
        {"To": ""},
        {"MessageSid": ""},
        {"MessageSid": "SM123"},
        {"MessageSid": "SM" + "g" * 32},
        {"MessageSid": "SM" + "a" * 32, "SmsSid": "SM" + "b" * 32},
        {"SmsMessageSid": "SM" + "b" * 32},
        {"MessageSid": TEXT["MessageSid"] + "NumMedia0"},
        {"MessageSid": TEXT["MessageSid"] + "\n"},
        {"From": ""},
        {"From": "+351912345678"},
        {"From": "whatsapp:+351912345678MessageSidSM"},
        {"From": "whatsapp:+३५१९१२३४५६७८"},
        {"From": "whatsapp:../../x"},
        {"From": "whatsapp:PT."},
        {"From": "whatsapp:PT." + "a" * 129},
        {"ExternalUserId": "whatsapp:PT.1 OR 1=1"},
    ],
)
def test_a_signed_form_that_cannot_be_ours_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk, changes: dict[str, str]
) -> None:
    assert twilio(TEXT | changes).status_code == 403
    assert desk.is_untouched


def respliced(**changes: str | None) -> dict[str, str]:
    """The same signed characters, cut into parameters at other places."""
    form = {name: value for name, value in (TEXT | changes).items() if value is not None}
    assert sign("", form) == sign("", TEXT), "not a re-splicing: the signature differs"
    return form


@pytest.mark.parametrize(
    "form",
    [
        respliced(MessageSid=f"{TEXT['MessageSid']}MessageTypetext", MessageType=None),
        respliced(
            Body=f"{TEXT['Body']}ChannelMetadata{TEXT['ChannelMetadata']}From{TEXT['From']}",
            ChannelMetadata=None,
            From=None,
        ),
        respliced(From=f"{TEXT['From']}MessageSid{TEXT['MessageSid']}", MessageSid=None),
        respliced(AccountSid=f"{TEXT['AccountSid']}ApiVersion{TEXT['ApiVersion']}", ApiVersion=None),
        respliced(To=f"{TEXT['To']}WaId{TEXT['WaId']}", WaId=None),
    ],
)  # fmt: skip
def test_text_moved_between_parameters_still_signs_and_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk, form: dict[str, str]
) -> None:
    assert twilio(form).status_code == 403
    assert desk.is_untouched


def test_text_that_may_be_moved_stays_within_the_same_message(
    twilio: TwilioPosts, desk: RememberingDesk
) -> None:
    """Words can swallow a neighbour that we do not need; message and sender stay, so it is a repeat."""
    form = respliced(Body=f"{TEXT['Body']}ChannelMetadata{TEXT['ChannelMetadata']}", ChannelMetadata=None)
    assert twilio(form).status_code == 200
    assert desk.received[0].external_id == TEXT["MessageSid"]
    assert str(desk.received[0].address) == TEXT["From"]


def test_a_parameter_that_comes_twice_differently_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk
) -> None:
    doubled = TEXT | {"From": "whatsapp:+351900000000whatsapp:+351912345678"}
    body = b"From=whatsapp%3A%2B351900000000&" + urlencode(TEXT).encode()
    assert twilio(doubled, body=body, signature=sign(PUBLIC_URL + PATH, doubled)).status_code == 403
    assert desk.is_untouched


def test_a_parameter_that_comes_twice_alike_is_harmless(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    assert twilio(TEXT, body=b"NumMedia=0&" + urlencode(TEXT).encode()).status_code == 200


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"&" * 100, b"a=1&" * 1000, b"%FF=%FF"])
def test_a_body_that_is_no_form_of_twilios_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk, body: bytes
) -> None:
    assert twilio(TEXT, body=body).status_code in (400, 403)
    assert desk.is_untouched
