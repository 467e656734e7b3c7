"""Sending on WhatsApp: Twilio's own library over HTTP, against the sandbox."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages.errors import DeliveryError, WindowClosed
from bot.messages.inbound import Address
from bot.messages.phrases_delivery import REASONS
from channels.outgoing import File, MessagePart, Template
from channels.signed_links import SignedLinks
from channels.whatsapp.channel import WhatsAppChannel
from channels.whatsapp.errors import CODES
from channels.whatsapp.http_client import TwilioHttpClient
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox


def refused(whatsapp: WhatsAppChannel, to: Address, part: MessagePart | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        whatsapp.send(to, part or MessagePart(text="hello"), reference="r1")
    assert caught.value.code in REASONS
    assert caught.value.__cause__ is not None or caught.value.retry_after
    return caught.value


def texts(phone: Phone) -> list[str]:
    phone.sandbox.settle()
    return [message["text"] for message in phone.messages() if message["from"] == "desk"]


def test_words_arrive_as_they_were_written(whatsapp: WhatsAppChannel, ana: Phone, to_ana: Address) -> None:
    text = "Olá & adeus = 100 % <b>\n\nSegunda linha 👩‍👩‍👧‍👦 +1"
    sent = whatsapp.send(to_ana, MessagePart(text=text), reference="r1")
    assert sent.external_id.startswith("SM")
    assert texts(ana) == [text]


def test_a_person_without_a_number_is_reached_by_their_business_scoped_id(
    whatsapp: WhatsAppChannel, sandbox: Sandbox
) -> None:
    eve = sandbox.add("whatsapp", "Eve", has_hidden_number=True)
    eve.say("hello")
    whatsapp.send(
        Address("whatsapp", eve.person["business_scoped_id"]), MessagePart(text="hi"), reference="r"
    )
    assert texts(eve) == ["hi"]


def test_a_file_goes_as_a_link_that_the_provider_fetches(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address, picture: Path, desk_url: str
) -> None:
    file = File("image", "image/png", "a.png", picture, f"{desk_url}/media/signed")
    sent = whatsapp.send(to_ana, MessagePart(text="look", file=file), reference="r1")
    [call] = [call for call in sandbox.calls(channel="whatsapp") if call["name"] == "Messages.create"]
    assert file.url in str(call["request"])
    assert sent.external_id.startswith("MM")


def test_the_receipts_address_carries_our_reference_and_mark(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address, links: SignedLinks
) -> None:
    whatsapp.send(to_ana, MessagePart(text="hello"), reference="c0ffee.3.1")
    [call] = [call for call in sandbox.calls(channel="whatsapp") if call["name"] == "Messages.create"]
    assert links.receipt_url("c0ffee.3.1") in str(call["request"])


def test_a_closed_window_asks_for_a_template(whatsapp: WhatsAppChannel, sandbox: Sandbox) -> None:
    """Twilio accepts the text and reports 63016 later, or refuses it at once; at once it is WindowClosed."""
    sandbox.fault("error", channel="whatsapp", status=400, code=63016, text="outside the window")
    stranger = sandbox.add("whatsapp", "Zoe")
    error = refused(whatsapp, Address("whatsapp", stranger.person["number"]))
    assert isinstance(error, WindowClosed)
    assert error.is_permanent


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (63024, "not_found"), (63003, "not_found"), (21211, "not_found"), (63013, "refused"),
        (63021, "refused"), (63049, "refused"), (21610, "opted_out"), (21617, "too_long"),
        (11751, "too_big"), (99999, "other"),
    ],
)  # fmt: skip
def test_a_permanent_refusal_is_said_in_our_words(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address, code: int, said: str
) -> None:
    sandbox.fault("error", channel="whatsapp", status=400, code=code, text="no")
    error = refused(whatsapp, to_ana)
    assert (error.code, error.is_permanent, error.is_uncertain) == (said, True, False)
    assert str(code) in error.reason


@pytest.mark.parametrize("code", [63012, 63017, 63018, 21611, 30001, 21730])
def test_a_passing_trouble_is_tried_again(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address, code: int
) -> None:
    sandbox.fault("error", channel="whatsapp", status=400, code=code, text="later")
    error = refused(whatsapp, to_ana)
    assert (error.is_permanent, error.is_uncertain) == (False, False)


def test_a_429_says_how_long_to_wait(whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address) -> None:
    sandbox.fault("rate_limit", channel="whatsapp", retry_after=7)
    error = refused(whatsapp, to_ana)
    assert (error.code, error.retry_after, error.is_permanent) == ("paced", timedelta(seconds=7), False)


@pytest.mark.parametrize(
    "fault", [{"kind": "html"}, {"kind": "reset"}, {"kind": "error", "status": 500, "code": 20500}]
)
def test_a_message_that_left_no_trace_is_uncertain_and_then_known_not_to_have_gone(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address, fault: dict[str, object]
) -> None:
    sandbox.fault(**fault, channel="whatsapp")  # type: ignore[arg-type]
    started = datetime.now(UTC)
    assert refused(whatsapp, to_ana).is_uncertain
    assert whatsapp.look_up(to_ana, MessagePart(text="hello"), started) is None


def test_a_message_taken_before_the_line_broke_is_found_and_not_sent_twice(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, ana: Phone, to_ana: Address
) -> None:
    sandbox.fault("drop", channel="whatsapp")
    started = datetime.now(UTC)
    assert refused(whatsapp, to_ana).is_uncertain
    found = whatsapp.look_up(to_ana, MessagePart(text="hello"), started)
    assert found is not None
    assert found.startswith("SM")
    assert texts(ana) == ["hello"]


def test_an_equal_message_that_is_known_already_proves_nothing(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address
) -> None:
    started = datetime.now(UTC)
    earlier = whatsapp.send(to_ana, MessagePart(text="hello"), reference="r0")
    sandbox.fault("reset", channel="whatsapp")
    refused(whatsapp, to_ana)
    assert (
        whatsapp.look_up(to_ana, MessagePart(text="hello"), started, known=frozenset({earlier.external_id}))
        is None
    )


def test_an_equal_message_of_yesterday_proves_nothing(whatsapp: WhatsAppChannel, to_ana: Address) -> None:
    whatsapp.send(to_ana, MessagePart(text="hello"), reference="r0")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert whatsapp.look_up(to_ana, MessagePart(text="hello"), tomorrow) is None


def test_looking_up_while_twilio_is_away_is_an_error_and_not_a_no(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, to_ana: Address
) -> None:
    sandbox.fault("reset", channel="whatsapp", count=None)
    with pytest.raises(DeliveryError):
        whatsapp.look_up(to_ana, MessagePart(text="hello"), datetime.now(UTC))


def test_twilio_out_of_reach_is_no_uncertainty(links: SignedLinks, to_ana: Address) -> None:
    away = WhatsAppChannel(
        account_sid=credentials.TWILIO_ACCOUNT_SID,
        auth_token="x",
        number="+15005550006",
        api_url="http://127.0.0.1:1",
        links=links,
    )
    error = refused(away, to_ana)
    assert (error.is_permanent, error.is_uncertain) == (False, False)


def test_wrong_credentials_are_named_and_not_shown(
    sandbox_url: str, links: SignedLinks, to_ana: Address
) -> None:
    stranger = WhatsAppChannel(
        account_sid=credentials.TWILIO_ACCOUNT_SID,
        auth_token="not-the-token",
        number=credentials.TWILIO_WHATSAPP_NUMBER,
        api_url=sandbox_url,
        links=links,
    )
    error = refused(stranger, to_ana)
    assert error.code == "credentials"
    assert "not-the-token" not in f"{error} {error.__cause__}"


def test_a_template_unknown_to_twilio_is_refused(whatsapp: WhatsAppChannel, to_ana: Address) -> None:
    error = refused(whatsapp, to_ana, MessagePart(template=Template("HX" + "0" * 32, {"1": "K4-217"})))
    assert error.is_permanent


def test_typing_never_fails(whatsapp: WhatsAppChannel, sandbox: Sandbox, ana: Phone, to_ana: Address) -> None:
    whatsapp.typing(to_ana, answering=ana.messages()[-1]["id"])
    whatsapp.typing(to_ana, answering="nonsense")
    whatsapp.typing(to_ana)
    statuses = [call["status"] for call in sandbox.calls(channel="whatsapp", name="Typing.create")]
    assert statuses == [201, 404]


def test_every_code_of_twilio_that_we_know_has_its_sentence() -> None:
    assert set(CODES.values()) <= set(REASONS)


@pytest.mark.parametrize(
    ("api_url", "expected"),
    [
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/v2/Indicators/Typing.json?a=b"),
        ("http://proxy/twilio/", "http://proxy/twilio/v2/Indicators/Typing.json?a=b"),
        ("https://api.twilio.com", "https://messaging.twilio.com/v2/Indicators/Typing.json?a=b"),
    ],
)
def test_every_call_goes_to_the_configured_address(api_url: str, expected: str) -> None:
    url = "https://messaging.twilio.com/v2/Indicators/Typing.json?a=b"
    assert TwilioHttpClient(api_url).rewrite_url(url) == expected
