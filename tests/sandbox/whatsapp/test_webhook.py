"""What the emulated Twilio tells the desk: signed, once, complete."""

import requests
from requests.auth import HTTPBasicAuth
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from tests.fixtures.provider_sdks import SENDER, number_of
from tests.fixtures.provider_webhooks import ProviderWebhooks

AUTH = HTTPBasicAuth(credentials.TWILIO_ACCOUNT_SID, credentials.TWILIO_AUTH_TOKEN)


def test_twilios_own_validator_accepts_the_signature_on_the_public_url(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    sandbox.configure(
        public_url="https://desk.example", whatsapp_webhook="https://desk.example/webhooks/whatsapp"
    )
    camille.say("Ça ne marche pas")
    sandbox.configure(public_url=desk.url)
    heard = desk.requests[0]
    validator = RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    signature = heard.headers["X-Twilio-Signature"]
    assert validator.validate("https://desk.example/webhooks/whatsapp", heard.form, signature)
    assert not validator.validate(f"{desk.url}/webhooks/whatsapp", heard.form, signature)
    assert not validator.validate(
        "https://desk.example/webhooks/whatsapp", {**heard.form, "Body": "autre"}, signature
    )


def test_receipts_are_signed_with_their_query(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    url = f"{desk.url}/webhooks/whatsapp/status?o=12&h=abc"
    twilio.messages.create(to=number_of(camille), from_=SENDER, body="oui", status_callback=url)
    sandbox.settle()
    heard = desk.at("/webhooks/whatsapp/status")[0]
    validator = RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    assert validator.validate(url, heard.form, heard.headers["X-Twilio-Signature"])


def test_a_text_carries_what_twilio_documents(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    form = desk.messages[0]
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]
    assert form["From"] == number_of(camille)
    assert form["To"] == SENDER
    assert (form["Body"], form["NumMedia"], form["MessageType"]) == ("bonjour", "0", "text")
    assert (form["ProfileName"], form["AccountSid"]) == ("Camille", credentials.TWILIO_ACCOUNT_SID)
    assert form["ExternalUserId"].startswith("whatsapp:FR.")


def test_a_hidden_number_shows_the_business_scoped_id_only(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.change(has_hidden_number=True)
    camille.say("bonjour")
    form = desk.messages[0]
    assert form["From"] == form["ExternalUserId"]
    assert camille.person["number"].lstrip("+") not in str(form)
    twilio.messages.create(to=form["From"], from_=SENDER, body="oui")
    sandbox.settle()
    assert camille.heard() == ["oui"]


def test_media_need_the_credentials_and_the_cdn_refuses_them(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("voilà", files=[{"sample": "photo"}])
    form = desk.messages[0]
    assert (form["NumMedia"], form["MediaContentType0"], form["MessageType"]) == ("1", "image/png", "image")
    assert requests.get(form["MediaUrl0"], timeout=5).status_code == 401
    redirect = requests.get(form["MediaUrl0"], auth=AUTH, allow_redirects=False, timeout=5)
    cdn = redirect.headers["Location"]
    assert redirect.status_code == 307
    assert requests.get(cdn, auth=AUTH, timeout=5).status_code == 400
    followed = requests.get(form["MediaUrl0"], auth=AUTH, timeout=5)
    assert followed.content.startswith(b"\x89PNG")


def test_an_album_arrives_as_one_message_a_file(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("deux", files=[{"sample": "photo"}, {"sample": "document"}])
    assert [(each["Body"], each["MediaContentType0"]) for each in desk.messages] == [
        ("deux", "image/png"),
        ("", "application/pdf"),
    ]


def test_places_cards_stickers_and_quotes_are_told_as_such(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    first = camille.say("bonjour")[0]
    camille.say(location={"latitude": 48.86, "longitude": 2.33, "label": "Louvre"})
    camille.say(contact={"name": "Nadia", "phone": "+351912000117"})
    camille.say(sticker="thanks")
    camille.say("oui, ça", reply_to=first, is_forwarded=True)
    _, place, card, sticker, quote = desk.messages
    assert (place["Latitude"], place["Label"], place["MessageType"]) == ("48.86", "Louvre", "location")
    assert (card["MediaContentType0"], card["MessageType"]) == ("text/vcard", "contacts")
    assert (sticker["MediaContentType0"], sticker["MessageType"]) == ("image/webp", "sticker")
    assert (quote["OriginalRepliedMessageSid"], quote["Forwarded"]) == (first, "true")


def test_a_refused_webhook_is_not_redelivered(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    desk.answers.append((503, {}))
    camille.say("bonjour")
    assert sandbox.settle()
    assert len(desk.messages) == 1
    assert camille.messages()[0]["ticks"] == "sent"


def test_the_fragment_asks_for_retries_with_the_same_idempotency_token(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    sandbox.configure(whatsapp_webhook=f"{desk.url}/webhooks/whatsapp#rc=5&rp=all")
    desk.answers += [(503, {}), (503, {})]
    camille.say("bonjour")
    assert len(desk.messages) == 3
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in desk.requests}) == 1
    assert camille.messages()[0]["ticks"] == "delivered"


def test_the_fallback_url_hears_of_the_failure_once(
    sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks
) -> None:
    sandbox.configure(whatsapp_fallback=f"{desk.url}/fallback")
    desk.answers.append((500, {}))
    camille.say("bonjour")
    sandbox.configure(whatsapp_fallback="")
    fallback = desk.at("/fallback")
    assert [each.form["ErrorCode"] for each in fallback] == ["11200"]


def test_the_typing_indicator_shows_on_the_phone_and_marks_as_read(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    sid = camille.say("bonjour")[0]
    assert twilio.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid).success
    screen = camille.screen()
    assert screen["is_desk_typing"]
    assert screen["messages"][0]["ticks"] == "read"
    sandbox.set_clock(advance_seconds=26)
    assert not camille.screen()["is_desk_typing"]
