"""What each kind of WhatsApp message becomes, from posts of the shape that Twilio sends."""

from typing import Any

import pytest

from bot.messages.inbound import Address, MessageKind
from bot.messages.outgoing import Attachment
from tests.fixtures.provider_requests import NOW, PAYLOADS, RememberingDesk, TwilioPosts, payload

ANA = Address("whatsapp", "+351912345678")
SCOPED = Address("whatsapp", "PT.10123456789012345")
SM = "SM89abcdef0123456789abcdef01234567"
MEDIA = (
    "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef"
    "/Messages/MM89abcdef0123456789abcdef01234567/Media/ME"
)


BECOMES: list[tuple[str, dict[str, Any]]] = [
    ("text", {"kind": MessageKind.TEXT, "text": "bonjour, l’appli ne marche pas 😕", "address": ANA}),
    ("empty", {"kind": MessageKind.TEXT, "text": ""}),
    ("image", {"kind": MessageKind.MEDIA, "text": "see"}),
    ("two_files", {"kind": MessageKind.MEDIA, "text": ""}),
    ("voice", {"attachments": (Attachment("audio", "audio/ogg", ref=MEDIA + "0" * 32),)}),
    ("video", {"attachments": (Attachment("video", "video/mp4", ref=MEDIA + "0" * 32),)}),
    ("sticker", {"kind": MessageKind.STICKER}),
    ("location", {"kind": MessageKind.LOCATION, "text": "38.7223, -9.1393\nPraça do Comércio\nLisboa"}),
    ("contacts", {"kind": MessageKind.CONTACT}),
    (
        "button",
        {"kind": MessageKind.CHOICE, "choice": "rate:5", "text": "Solved", "quoted_id": "MM" + "c" * 32},
    ),
    ("list", {"kind": MessageKind.CHOICE, "choice": "p:urgent", "text": "Urgent"}),
    ("quoted", {"kind": MessageKind.TEXT, "quoted_id": "SM" + "d" * 32}),
    ("forwarded", {"is_forwarded": True}),
    ("forwarded_often", {"is_forwarded": True}),
    ("from_an_ad", {"referral": "Guichet\nSupport that answers\nhttps://fb.me/abc"}),
    ("reaction", {"kind": MessageKind.REACTION, "text": "👍"}),
    ("unknown_kind", {"kind": MessageKind.OTHER}),
    ("unknown_parameters", {"kind": MessageKind.TEXT, "text": "hi"}),
    ("text_with_scoped_id", {"address": SCOPED, "also_known_as": ANA}),
    ("text_without_number", {"address": SCOPED, "also_known_as": None}),
]


@pytest.mark.parametrize(("name", "expected"), BECOMES)
def test_a_message_becomes_what_it_is(
    twilio: TwilioPosts, desk: RememberingDesk, name: str, expected: dict[str, Any]
) -> None:
    form = payload(f"whatsapp/{name}")
    answer = twilio(form)
    [inbound] = desk.received
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.data.endswith(b"<Response></Response>")
    assert {field: getattr(inbound, field) for field in expected} == expected
    assert (inbound.external_id, inbound.message_id) == (form["MessageSid"], form["MessageSid"])
    assert (inbound.sent_at, inbound.profile_name) == (NOW, "Ana Sousa")


def test_no_payload_is_left_untried() -> None:
    names = {path.stem for path in (PAYLOADS / "whatsapp").glob("*.json")}
    assert {name for name in names if not name.startswith("status_")} == {name for name, _ in BECOMES}


def test_several_files_come_in_order(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    twilio(payload("whatsapp/two_files"))
    assert [(file.kind, file.media_type) for file in desk.received[0].attachments] == [
        ("document", "application/pdf"),
        ("image", "image/png"),
    ]


@pytest.mark.parametrize(
    ("number", "hint"),
    [("+33612345678", "fr"), ("+34612345678", "es"), ("+447700900123", "en"),
     ("+41791234567", ""), ("+18095550100", "es")],
)  # fmt: skip
def test_the_country_of_the_number_hints_at_a_language(
    twilio: TwilioPosts, desk: RememberingDesk, number: str, hint: str
) -> None:
    twilio(payload("whatsapp/text") | {"From": f"whatsapp:{number}"})
    assert desk.received[0].heard.hint == hint


def test_twenty_thousand_characters_arrive_whole(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    twilio(payload("whatsapp/text") | {"Body": "á" * 20_000})
    assert desk.received[0].text == "á" * 20_000


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"Body": "a\0b"}, "text", "ab"),
        ({"ProfileName": "x" * 5000}, "profile_name", "x" * 120),
        ({"NumMedia": "99999999"}, "attachments", ()),
        ({"NumMedia": "-1"}, "attachments", ()),
        ({"NumMedia": "²"}, "attachments", ()),
        ({"NumMedia": "3"}, "attachments", ()),
        ({"Latitude": "38.7", "Longitude": "javascript:alert(1)"}, "kind", MessageKind.TEXT),
        ({"OriginalRepliedMessageSid": "SMx NumMedia0"}, "quoted_id", ""),
        ({"ButtonPayload": "p" * 5000}, "choice", "p" * 200),
    ],
)
def test_odd_values_do_no_harm(
    twilio: TwilioPosts, desk: RememberingDesk, changes: dict[str, str], field: str, expected: object
) -> None:
    assert twilio(payload("whatsapp/text") | changes).status_code == 200
    assert getattr(desk.received[0], field) == expected


def test_the_fallback_address_takes_the_same_post(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    twilio(payload("whatsapp/text") | {"ErrorCode": "11200", "ErrorUrl": "https://desk.example.org/x"})
    assert len(desk.received) == 1


def test_a_receipt_at_the_address_for_messages_is_ignored(twilio: TwilioPosts, desk: RememberingDesk) -> None:
    assert twilio(payload("whatsapp/status_read")).status_code == 200
    assert desk.is_untouched
