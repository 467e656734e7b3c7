"""The emulated Messages resource, asked by Twilio's own SDK."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from tests.fixtures.provider_sdks import SENDER, TwilioAt, number_of
from tests.fixtures.provider_webhooks import ProviderWebhooks


def send(twilio: Client, phone: Phone, body: str | None = "bonjour", **more: Any) -> Any:
    given = {"body": body} if body is not None else {}
    return twilio.messages.create(to=number_of(phone), from_=SENDER, **given, **more)


def test_a_message_is_queued_delivered_and_seen_on_the_phone(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    sent = send(twilio, camille, "Bonjour Camille")
    assert sent.status == "queued"
    assert sandbox.settle()
    assert camille.heard() == ["Bonjour Camille"]
    assert twilio.messages(sent.sid).fetch().status == "delivered"


def test_receipts_come_in_order_and_read_when_the_phone_is_opened(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    send(twilio, camille, status_callback=f"{desk.url}/webhooks/whatsapp/status?o=7")
    assert sandbox.settle()
    assert [each["MessageStatus"] for each in desk.receipts] == ["sent", "delivered"]
    camille.change(is_open=True)
    assert sandbox.settle()
    assert desk.receipts[-1]["MessageStatus"] == "read"
    assert desk.receipts[-1]["EventType"] == "READ"


def test_a_phone_without_signal_gets_its_messages_when_it_is_back(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    camille.change(has_signal=False)
    sent = send(twilio, camille)
    assert sandbox.settle()
    assert twilio.messages(sent.sid).fetch().status == "sent"
    assert camille.heard(wait=0) == []
    camille.change(has_signal=True)
    assert sandbox.settle()
    assert twilio.messages(sent.sid).fetch().status == "delivered"


@pytest.mark.parametrize(
    ("state", "code", "status"),
    [
        ({"window_closed": True}, 63016, "failed"),
        ({"is_reachable": False}, 63024, "undelivered"),
    ],
)
def test_what_whatsapp_turns_down_is_accepted_first_and_fails_by_receipt(
    sandbox: Sandbox,
    twilio: Client,
    camille: Phone,
    desk: ProviderWebhooks,
    state: dict[str, bool],
    code: int,
    status: str,
) -> None:
    camille.say("bonjour")
    camille.change(**state)
    sent = send(twilio, camille, status_callback=f"{desk.url}/webhooks/whatsapp/status")
    assert sandbox.settle()
    assert (desk.receipts[-1]["MessageStatus"], desk.receipts[-1]["ErrorCode"]) == (status, str(code))
    assert twilio.messages(sent.sid).fetch().error_code == code


def test_the_window_closes_a_day_after_the_last_message_and_reopens_with_the_next(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    sandbox.set_clock(advance_seconds=24 * 3600 + 1)
    late = send(twilio, camille)
    sandbox.settle()
    camille.say("encore là ?")
    back = send(twilio, camille)
    sandbox.settle()
    assert twilio.messages(late.sid).fetch().error_code == 63016
    assert twilio.messages(back.sid).fetch().status == "delivered"


def test_nobody_at_the_number_fails_by_receipt(sandbox: Sandbox, twilio: Client) -> None:
    sent = twilio.messages.create(to="whatsapp:+33600000000", from_=SENDER, body="allô")
    assert sandbox.settle()
    assert twilio.messages(sent.sid).fetch().error_code == 63003


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": "x" * 1601}, 21617),
        ({"body": None}, 21619),
        ({"to": "whatsapp:0612"}, 21211),
        ({"from_": "whatsapp:+15005550001"}, 63007),
        ({"status_callback": "nowhere"}, 21609),
        ({"body": None, "media_url": ["ftp://x/y.png"]}, 21620),
        ({"body": None, "content_sid": "HX" + "0" * 32}, 20404),
        ({"content_variables": "{}"}, 21656),
        ({"send_as_mms": True}, 20001),
    ],
)
def test_twilio_refuses_at_once_what_is_malformed(
    twilio: Client, camille: Phone, given: dict[str, Any], code: int
) -> None:
    order = {"to": number_of(camille), "from_": SENDER, "body": "bonjour", **given}
    order = {name: value for name, value in order.items() if value is not None}
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(**order)
    assert refused.value.code == code
    assert camille.heard(wait=0) == []


def test_the_longest_body_is_accepted(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    camille.say("bonjour")
    send(twilio, camille, "é" * 1600)
    sandbox.settle()
    assert camille.heard() == ["é" * 1600]


def test_who_opted_out_is_refused_at_once(twilio: Client, camille: Phone) -> None:
    camille.change(has_opted_out=True)
    with pytest.raises(TwilioRestException) as refused:
        send(twilio, camille)
    assert refused.value.code == 21610


def test_a_wrong_token_is_refused(sandbox: Sandbox) -> None:
    http = TwilioAt(sandbox.url)
    stranger = Client(credentials.TWILIO_ACCOUNT_SID, "0" * 32, http_client=http)
    with pytest.raises(TwilioRestException) as refused:
        stranger.messages("SM" + "0" * 32).fetch()
    http.close()
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_another_account_and_unknown_paths_are_not_found(sandbox: Sandbox) -> None:
    http = TwilioAt(sandbox.url)
    client = Client(credentials.TWILIO_ACCOUNT_SID, credentials.TWILIO_AUTH_TOKEN, http_client=http)
    with pytest.raises(TwilioRestException) as foreign:
        client.api.accounts("AC" + "0" * 32).messages("SM" + "0" * 32).fetch()
    with pytest.raises(TwilioRestException) as unknown:
        client.calls("CA" + "0" * 32).fetch()
    http.close()
    assert (foreign.value.status, unknown.value.code) == (404, 20404)


def test_the_list_is_paged_newest_first_and_filtered(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    for number in range(7):
        camille.say(f"ligne {number}")
    found = twilio.messages.list(to=SENDER, page_size=3)
    assert [each.body for each in found] == [f"ligne {number}" for number in reversed(range(7))]
    assert {each.direction for each in found} == {"inbound"}
    assert twilio.messages.list(from_=SENDER) == []


def test_the_list_is_filtered_by_instant(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    camille.say("avant")
    sandbox.set_clock(advance_seconds=3600)
    between = datetime.now(UTC) + timedelta(minutes=30)
    camille.say("après")
    assert [each.body for each in twilio.messages.list(date_sent_after=between)] == ["après"]
    assert [each.body for each in twilio.messages.list(date_sent_before=between)] == ["avant"]


def test_a_message_is_redacted_and_deleted(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    camille.say("mon secret")
    found = twilio.messages.list()[0]
    assert found.update(body="").body == ""
    assert found.delete()
    with pytest.raises(TwilioRestException) as gone:
        twilio.messages(found.sid).fetch()
    assert gone.value.code == 20404


def test_a_media_url_is_fetched_and_shown(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    desk.files["/media/manual.pdf"] = ("application/pdf", b"%PDF-1.4")
    camille.say("bonjour")
    send(twilio, camille, None, media_url=[f"{desk.url}/media/manual.pdf"])
    sandbox.settle()
    shown = camille.messages()[-1]["attachments"][0]
    assert (shown["name"], shown["type"], shown["size"]) == ("manual.pdf", "application/pdf", 8)


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [("text/plain", b"", 63019), ("text/html", b"<p>", 63005), ("image/png", b"x" * (16 * 2**20 + 1), 11751)],
)
def test_media_that_cannot_be_fetched_or_shown_fails_by_receipt(
    sandbox: Sandbox,
    twilio: Client,
    camille: Phone,
    desk: ProviderWebhooks,
    kind: str,
    data: bytes,
    code: int,
) -> None:
    desk.files["/media/x"] = (kind, data)
    camille.say("bonjour")
    sent = send(twilio, camille, None, media_url=[f"{desk.url}/media/x"])
    sandbox.settle()
    assert twilio.messages(sent.sid).fetch().error_code == code
