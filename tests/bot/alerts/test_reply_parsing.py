"""What those who were alerted mean by a button, a number or a word."""

import pytest

from bot.alerts.reply_parsing import AlertCommand, parse_payload, parse_reply, ticket_number_in
from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Option, Translatable

ONE, OTHER = "a" * 20 + "-1", "b" * 20 + "-12"


def offer(ticket_id: str = ONE) -> list[Option]:
    verbs = {"ack": phrases.ACKNOWLEDGE, "give": phrases.REASSIGN, "quiet": phrases.SNOOZE}
    return [
        Option(AlertCommand(v, ticket_id, "first_response", "1").payload, Translatable(p))
        for v, p in verbs.items()
    ]


def verb(text: str) -> str:
    command = parse_reply(text, [offer()], is_quoting=False).command
    return command.verb if command else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "ack"), ("2", "give"), ("3.", "quiet"), ("1️⃣", "ack"), ("Acknowledge", "ack"), ("acknowlege", "ack"),
        ("vu", "ack"), ("Je m'en occupe", "ack"), ("enterado", "ack"), ("ok", "ack"), ("snooze please", "quiet"),
        ("plus tard", "quiet"), ("posponer", "quiet"), ("réattribuer", "give"), ("REASIGNAR", "give"),
        ("4", ""), ("0", ""), ("", ""), ("hello, how are you?", ""), ("my number is 1 or 2 who knows what else", ""),
    ],
)  # fmt: skip
def test_an_answer_in_any_language_means_one_choice(text: str, expected: str) -> None:
    assert verb(text) == expected


def test_a_bare_number_after_two_alerts_is_asked_about() -> None:
    found = parse_reply("1", [offer(OTHER), offer(ONE)], is_quoting=False)
    assert found.command is None
    assert [(each.verb, each.ticket_id) for each in found.which] == [("ack", OTHER), ("ack", ONE)]


def test_a_quoted_alert_is_the_one_that_is_meant() -> None:
    found = parse_reply("1", [offer(OTHER)], is_quoting=True)
    assert (found.command, found.which) == (AlertCommand("ack", OTHER, "first_response", "1"), ())


def test_an_agent_is_chosen_by_number_or_name() -> None:
    about = ("give", ONE, "first_response", "1")
    agents = [
        Option(AlertCommand(*about, to=f"a{n}").payload, name)
        for n, name in enumerate(("Ana Costa", "Bruno Dias"))
    ]
    for text in ("2", "bruno", "Bruno Dias", "bruno dias"):
        found = parse_reply(text, [agents, offer()], is_quoting=False).command
        assert found == AlertCommand(*about, to="a1"), text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("K4-217", "K4-217"),
        ("#k4 217", "K4-217"),
        ("what about K4-217?", "K4-217"),
        ("217", ""),
        ("hello", ""),
    ],
)
def test_a_ticket_is_named_by_its_number(text: str, number: str) -> None:
    assert ticket_number_in(text) == number


def test_every_payload_fits_a_button_and_is_read_back() -> None:
    command = AlertCommand("give", "f" * 20 + "-9999", "first_response", "99", to="a0123456789")
    assert len(command.payload.encode()) <= 64
    assert parse_payload(command.payload) == command
    assert parse_payload(AlertCommand("show", ONE).payload) == AlertCommand("show", ONE)


@pytest.mark.parametrize(
    "payload", ["", "ack", "ack:1", "ack:zz-1:x:1", "drop:" + ONE, f"ack:{ONE}:x:1:y:z", "ack:" * 30]
)
def test_what_a_phone_makes_up_is_no_command(payload: str) -> None:
    assert parse_payload(payload) is None
