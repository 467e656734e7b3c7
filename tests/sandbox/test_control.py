"""The sandbox's own API: what is refused, what is kept between runs, what the log says."""

import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.control_client import ControlError, Phone, Sandbox
from sandbox.server import start
from tests.fixtures.provider_sdks import SyncBot
from tests.fixtures.provider_webhooks import ProviderWebhooks


@pytest.mark.parametrize(
    "order",
    [
        {"channel": "fax", "name": "Nadia"},
        {"channel": "whatsapp"},
        {"channel": "whatsapp", "name": "Nadia", "shoe_size": 38},
    ],
)
def test_a_person_that_cannot_be_is_refused(sandbox: Sandbox, order: dict[str, object]) -> None:
    with pytest.raises(ControlError):
        sandbox.ask("POST", "/control/people", order)


def test_a_number_belongs_to_one_phone(sandbox: Sandbox, camille: Phone) -> None:
    with pytest.raises(ControlError, match="somebody's already"):
        sandbox.add("whatsapp", "Nadia", number=camille.person["number"])


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"text": "hola", "colour": "red"},
        {"location": {"latitude": 1}},
        {"contact": {"name": "Nadia"}},
        {"sticker": "shrug"},
        {"files": [{"name": "x.png", "type": "image/png", "base64": "%%"}]},
        {"files": [{"sample": "song"}]},
        {"text": "hola", "reply_to": "SM0"},
    ],
)
def test_a_message_that_cannot_be_said_is_refused(
    sandbox: Sandbox, camille: Phone, order: dict[str, object]
) -> None:
    with pytest.raises(ControlError, match="error"):
        sandbox.ask("POST", f"/control/people/{camille.id}/messages", {**order, "wait": True})
    assert camille.messages() == []


def test_twilio_passes_no_edits_on(camille: Phone) -> None:
    sid = camille.say("bonjour")[0]
    with pytest.raises(ControlError, match="neither edits nor reactions"):
        camille.edit(sid, "bonsoir")


def test_a_phone_waits_for_what_the_desk_says_next(bot: SyncBot, diego: Phone) -> None:
    asked = diego.say("¿hay alguien?")[0]
    assert diego.heard(after=asked, wait=0) == []
    bot.send_message(diego.person["telegram_id"], "Sí")
    assert diego.heard(after=asked, wait=5) == ["Sí"]


def test_the_log_names_every_call_and_no_token(sandbox: Sandbox, bot: SyncBot, diego: Phone) -> None:
    bot.send_message(diego.person["telegram_id"], "hola")
    sent = sandbox.calls(direction="asked", channel="telegram", name="sendMessage")[-1]
    assert (sent["status"], sent["request"]["text"]) == (200, "hola")
    assert sent["url"] == "POST /bot…/sendMessage"


def test_a_clock_that_would_run_backwards_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ControlError, match="only runs forward"):
        sandbox.set_clock(advance_seconds=-1)


def test_chats_topics_and_waiting_updates_survive_a_restart(desk: ProviderWebhooks, tmp_path: Path) -> None:
    data = tmp_path / "sandbox.json"
    with start(target=desk.url, data=data) as first:
        sandbox = Sandbox(first.url)
        sandbox.fault("webhook_down", count=None)
        diego = sandbox.add("telegram", "Diego")
        diego.say("guardado", files=[{"sample": "photo"}])
        camille = sandbox.add("whatsapp", "Camille")
        camille.say("gardé")
    desk.requests.clear()
    with start(target=desk.url, data=data) as second:
        again = Sandbox(second.url)
        assert again.settle()
        assert again.phone(diego.id).messages()[0]["attachments"][0]["name"] == "screenshot.png"
        assert again.phone(camille.id).messages()[0]["text"] == "gardé"
    assert desk.updates[0]["message"]["caption"] == "guardado"


def test_an_unreadable_file_is_put_aside_and_the_sandbox_starts_afresh(tmp_path: Path) -> None:
    data = tmp_path / "sandbox.json"
    data.write_text("{half")
    with start(data=data) as running:
        assert Sandbox(running.url).phone("manager").messages() == []
    assert (tmp_path / "sandbox.unreadable").read_text() == "{half"


def test_a_taken_port_is_said_in_one_line(sandbox: Sandbox) -> None:
    port = sandbox.url.rsplit(":", 1)[1]
    ended = subprocess.run(
        [sys.executable, "-m", "sandbox", "--port", port],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == f"sandbox: cannot listen on port {port}: Address already in use\n"
