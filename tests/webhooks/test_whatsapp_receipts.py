"""Twilio's later word on what we sent: only with its signature and our own mark."""

import pytest

from bot.messages.phrases_delivery import REASONS
from bot.messages.thread import DeliveryStatus
from channels.signed_links import SignedLinks
from tests.fixtures.provider_requests import PUBLIC_URL, RememberingDesk, TwilioPosts, payload

SECRET_KEY = "a secret key for tests only"
SID = "SM89abcdef0123456789abcdef01234567"
DELIVERED = payload("whatsapp/status_delivered")


def path(reference: str = "c0ffee.3.1", key: str = SECRET_KEY) -> str:
    return SignedLinks(PUBLIC_URL, key).receipt_url(reference).removeprefix(PUBLIC_URL)


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("status_delivered", DeliveryStatus.DELIVERED, ""),
        ("status_read", DeliveryStatus.READ, ""),
        ("status_undelivered", DeliveryStatus.FAILED, "window_closed"),
    ],
)
def test_a_receipt_reaches_the_message_it_is_about(
    twilio: TwilioPosts, desk: RememberingDesk, name: str, status: DeliveryStatus, reason: str
) -> None:
    assert twilio(payload(f"whatsapp/{name}"), path()).status_code == 200
    [receipt] = desk.receipts
    assert (receipt["channel"], receipt["status"], receipt["entry_id"]) == ("whatsapp", status, "c0ffee.3.1")
    assert (receipt["external_id"], receipt["reason"]) == (SID, reason)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("accepted", DeliveryStatus.SENDING),
        ("queued", DeliveryStatus.SENDING),
        ("sending", DeliveryStatus.SENDING),
        ("sent", DeliveryStatus.SENT),
        ("partially_delivered", DeliveryStatus.DELIVERED),
        ("failed", DeliveryStatus.FAILED),
        ("canceled", DeliveryStatus.FAILED),
    ],
)
def test_every_status_of_twilio_has_its_meaning(
    twilio: TwilioPosts, desk: RememberingDesk, told: str, status: DeliveryStatus
) -> None:
    twilio(DELIVERED | {"MessageStatus": told}, path())
    assert desk.receipts[0]["status"] is status


@pytest.mark.parametrize("code", ["63024", "30008", "99999", "", "abc", "9" * 50, "²"])
def test_a_failure_always_has_a_reason_that_agents_can_read(
    twilio: TwilioPosts, desk: RememberingDesk, code: str
) -> None:
    twilio(DELIVERED | {"MessageStatus": "failed", "ErrorCode": code}, path())
    assert desk.receipts[0]["reason"] in REASONS


def test_a_receipt_without_our_reference_counts_by_its_id(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    assert twilio(DELIVERED, "/webhooks/whatsapp/status").status_code == 200
    assert (desk.receipts[0]["entry_id"], desk.receipts[0]["external_id"]) == ("", SID)


@pytest.mark.parametrize(
    "forged",
    [
        path().replace("c0ffee.3.1", "c0ffee.3.2"),
        path().rpartition("&")[0],
        path() + "x",
        path(key="another key altogether"),
        "/webhooks/whatsapp/status?o=c0ffee.3.1&h=",
    ],
)
def test_a_reference_that_we_did_not_give_is_refused_even_if_signed(
    twilio: TwilioPosts, desk: RememberingDesk, forged: str
) -> None:
    assert twilio(DELIVERED, forged).status_code == 403
    assert desk.is_untouched


def test_an_unsigned_receipt_is_refused_even_with_our_mark(
    twilio: TwilioPosts, desk: RememberingDesk
) -> None:
    assert twilio(DELIVERED, path(), signature="x").status_code == 403
    assert desk.is_untouched


@pytest.mark.parametrize("status", ["", "exploded", "received"])
def test_a_status_that_nobody_knows_is_ignored(
    twilio: TwilioPosts, desk: RememberingDesk, status: str
) -> None:
    assert twilio(DELIVERED | {"MessageStatus": status}, path()).status_code == 200
    assert desk.is_untouched


@pytest.mark.parametrize("changes", [{"MessageSid": "SM1"}, {"AccountSid": "AC" + "0" * 32}])
def test_a_receipt_of_another_account_or_of_nothing_is_refused(
    twilio: TwilioPosts, desk: RememberingDesk, changes: dict[str, str]
) -> None:
    assert twilio(DELIVERED | changes, path()).status_code == 403
    assert desk.is_untouched
