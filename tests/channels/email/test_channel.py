"""Alerts by e-mail, against a small SMTP server that says what each test wants."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.errors import DeliveryError
from bot.messages.inbound import Address
from channels.email.channel import EmailChannel
from channels.outgoing import Choice, File, MessagePart, RenderedMessage
from tests.fixtures.smtp_server import SmtpServer, smtp_server

BOSS = Address("mailto", "boss@example.org")


@pytest.fixture
def mailbox() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def sender(mailbox: SmtpServer) -> EmailChannel:
    return EmailChannel(mailbox.url, "https://desk.example.org")


def refused(sender: EmailChannel, to: Address = BOSS) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        sender.send(to, MessagePart(text="hello"), reference="r1")
    return caught.value


def test_an_alert_comes_as_words_and_as_html(sender: EmailChannel, mailbox: SmtpServer) -> None:
    sender.send(BOSS, MessagePart(text="⏰ Overdue 5 min · #K4-217\n\nAcme <FR> & co"), reference="r1")
    letter = email.message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert letter["Subject"] == "⏰ Overdue 5 min · #K4-217"
    assert (letter["To"], letter["From"]) == ("boss@example.org", "guichet@desk.example.org")
    assert plain is not None
    assert html is not None
    assert "Acme <FR> & co" in plain.get_content()
    assert "Acme &lt;FR&gt; &amp; co" in html.get_content()


def test_a_repeat_can_be_seen_as_one(sender: EmailChannel) -> None:
    first = sender.send(BOSS, MessagePart(text="one"), reference="r1")
    again = sender.send(BOSS, MessagePart(text="one"), reference="r1")
    other = sender.send(BOSS, MessagePart(text="one"), reference="r2")
    assert first == again
    assert first != other


def test_a_file_comes_with_the_first_words(sender: EmailChannel, mailbox: SmtpServer, tmp_path: Path) -> None:
    path = tmp_path / "chart"
    path.write_bytes(b"\x89PNG")
    chart = File("image", "image/png", "week.png", path)
    [part] = sender.split(RenderedMessage("This week", options=(Choice("a", "A"),), files=(chart,)))
    sender.send(BOSS, part, reference="r1")
    letter = email.message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    assert [
        part.get_payload(decode=True) for part in letter.walk() if part.get_content_type() == "image/png"
    ] == [b"\x89PNG"]


def test_the_sender_may_be_configured(mailbox: SmtpServer) -> None:
    EmailChannel(f"{mailbox.url}?from=help@acme.example", "https://x").send(
        BOSS, MessagePart(text="x"), reference="r"
    )
    assert b"From: help@acme.example" in mailbox.letters[0]


@pytest.mark.parametrize("name", ["boss@example.org\nBcc: all@example.org", "a@b\r\nX: y"])
def test_nobody_can_add_a_header(sender: EmailChannel, mailbox: SmtpServer, name: str) -> None:
    assert refused(sender, Address("mailto", name)).is_permanent
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("verb", "answer", "code", "is_permanent"),
    [
        ("RCPT", "550 no such user", "not_found", True),
        ("RCPT", "451 greylisted", "not_found", False),
        ("MAIL", "554 spam", "refused", True),
        (".", "452 full", "paced", False),
    ],
)
def test_a_refusal_is_said_in_our_words(
    sender: EmailChannel, mailbox: SmtpServer, verb: str, answer: str, code: str, is_permanent: bool
) -> None:
    mailbox.answers[verb] = answer
    error = refused(sender)
    assert (error.code, error.is_permanent, error.is_uncertain) == (code, is_permanent, False)


def test_wrong_credentials_are_named_and_not_shown(mailbox: SmtpServer) -> None:
    mailbox.answers |= {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"}
    error = refused(EmailChannel(mailbox.url.replace("//", "//me:s3cret@"), "https://x"))
    assert error.code == "credentials"
    assert "s3cret" not in f"{error} {error.__cause__!r}"


def test_a_server_that_hangs_up_after_the_letter_may_have_taken_it(
    sender: EmailChannel, mailbox: SmtpServer
) -> None:
    mailbox.answers["."] = "hang up"
    assert refused(sender).is_uncertain


def test_no_server_is_no_uncertainty() -> None:
    error = refused(EmailChannel("smtp://127.0.0.1:1", "https://x"))
    assert (error.code, error.is_permanent, error.is_uncertain) == ("unavailable", False, False)
