"""Scenarios in which a provider refuses, fails, hangs, repeats itself, or sends things out of order."""

import time
from datetime import datetime, timedelta
from typing import Any

from bot.messages.thread import DeliveryStatus
from drill.actors import CHANNELS, Actors
from drill.desk import DrillDesk
from drill.result import Finish, Result

METHODS = {"whatsapp": "Messages.create", "telegram": "sendMessage"}
REPLIES = 3

ON_THEIR_WAY = timedelta(seconds=0.3)
"""How long calls are on their way at most when another one is refused."""

BACKFILL_TIMEOUT = 120.0
"""Seconds after an outage within which all messages in Twilio's log must be here."""


def rate_limits(desk: DrillDesk, people: Actors) -> Result:
    """429 for six of ten calls for a while: no call is made before the time the provider asked for."""
    result = Result()
    _inject_fault(desk, "rate_limit", count=None, probability=0.6, retry_after=2)
    said = people.reply("in the storm", REPLIES)
    desk.let_time_pass(8)
    desk.sandbox.clear_faults()
    result.counted("replies", people.heard(said, 60))
    early = _too_early(desk.sandbox.calls(direction="asked"))
    result.note(**{"calls too early": len(early)})
    result.expect(not early, f"{len(early)} calls came before retry_after")
    return result


def server_errors(desk: DrillDesk, people: Actors) -> Result:
    """500 and 503 in a row: calls are retried until they succeed, and nothing is sent twice."""
    result = Result()
    for status in (503, 500):
        _inject_fault(desk, "error", count=4, status=status)
    result.counted("replies", people.heard(people.reply("through errors", REPLIES), 90))
    return result


def html_error_page(desk: DrillDesk, people: Actors) -> Result:
    """A proxy's HTML page in place of a response: it's unknown whether the message was sent."""
    result = Result()
    _inject_fault(desk, "html", count=2, status=502)
    result.counted("replies", people.heard(people.reply("behind a proxy", 2), 60))
    return result


def dropped_connection(desk: DrillDesk, people: Actors) -> Result:
    """The provider accepts a message, but the response is lost: it's looked up or reported, never simply resent."""
    result = Result()
    _inject_fault(desk, "drop", count=3)
    result.counted("replies", people.heard(people.reply("taken unheard", 2), 60))
    return result


def hanging_provider(desk: DrillDesk, people: Actors) -> Result:
    """Twilio doesn't respond: calls end within ten seconds, and customers on Telegram notice nothing."""
    result = Result()
    desk.sandbox.fault("hang", channel="whatsapp", method=METHODS["whatsapp"], seconds=14)
    slow = people.reply("into silence", 1, people.on("whatsapp")[:1])
    started = time.monotonic()
    quick = people.heard(people.reply("meanwhile", 1, people.on("telegram")), 20)
    result.note(**{"Telegram meanwhile, s": round(time.monotonic() - started, 1)})
    result.expect(time.monotonic() - started < 8, "Telegram was held up by Twilio")
    result.counted("replies", quick)
    result.counted("replies into silence", people.heard(slow, 60))
    return result


def duplicate_webhooks(desk: DrillDesk, people: Actors) -> Result:
    """Every webhook is sent ten times."""
    result = Result()
    desk.sandbox.fault("duplicate_webhook", times=10, count=None)
    said = people.say("told ten times", 3)
    desk.sandbox.settle(20)
    result.counted("messages", people.stored(said, 20))
    told = desk.sandbox.calls(direction="told", name="webhook")
    refused = [call for call in told if call["status"] != 200]
    result.note(posts=len(told))
    result.expect(not refused, f"{len(refused)} posts did not get a 200")
    return result


def missed_webhooks(desk: DrillDesk, people: Actors) -> Finish:
    """Twilio can't reach us and gives up: the messages are fetched from its log, once and in order."""
    desk.sandbox.fault("webhook_down", channel="whatsapp", count=None)
    said = people.say("while nobody could be reached", 2, people.on("whatsapp"))
    desk.sandbox.clear_faults()

    def finish() -> Result:
        result = Result()
        result.counted("messages fetched", people.stored(said, BACKFILL_TIMEOUT))
        return result

    return finish


def disordered_receipts(desk: DrillDesk, people: Actors) -> Result:
    """Receipts are repeated and out of order: a message's status never goes back."""
    result = Result()
    desk.sandbox.fault("duplicate_receipt", times=3, count=None, probability=0.5)
    desk.sandbox.fault("reorder_receipt", count=None)
    who = people.on("whatsapp")
    said = people.reply("with odd receipts", 4, who)
    result.counted("replies", people.heard(said, 60))
    desk.sandbox.settle(20)
    desk.until(lambda: _not_delivered(people, said) == 0, 20)
    behind = _not_delivered(people, said)
    result.note(delivered=f"{sum(map(len, said.values())) - behind} of {sum(map(len, said.values()))}")
    result.expect(not behind, f"{behind} aren’t shown as delivered")
    return result


def window_closed(desk: DrillDesk, people: Actors) -> Result:
    """WhatsApp responds 63016: replies are held, and arrive in order once the customer writes."""
    result = Result()
    customer = people.on("whatsapp")[0]
    customer.phone.change(window_closed=True)
    said = people.reply("after a day", 3, [customer])
    texts = said[customer.ticket_id]
    desk.until(lambda: _statuses(people, customer.ticket_id, texts) == {DeliveryStatus.HELD}, 30)
    result.expect(
        _statuses(people, customer.ticket_id, texts) == {DeliveryStatus.HELD},
        "replies were not held while the window was closed",
    )
    shown = [m["text"] for m in customer.phone.messages() if m["text"] in texts]
    result.note(**{"sent while closed": len(shown)})
    result.expect(not shown, f"{len(shown)} free texts were sent while the window was closed")
    customer.phone.change(window_closed=False)
    people.say("I am back", 1, [customer])
    result.counted("held replies", people.heard(said, 40))
    return result


def _inject_fault(desk: DrillDesk, kind: str, **details: object) -> None:
    """Add a fault to sending on both channels."""
    for channel in CHANNELS:
        desk.sandbox.fault(kind, channel=channel, method=METHODS[channel], **details)


def _statuses(people: Actors, ticket_id: str, texts: list[str]) -> set[DeliveryStatus]:
    entries = people.entries(ticket_id)
    return {entries[text].status for text in texts if text in entries}


def _not_delivered(people: Actors, said: dict[str, list[str]]) -> int:
    arrived = {DeliveryStatus.DELIVERED, DeliveryStatus.READ}
    found = [people.entries(ticket_id)[text].status for ticket_id, texts in said.items() for text in texts]
    return sum(status not in arrived for status in found)


def _too_early(calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Calls before the time the provider asked for, without those that were on their way when it did."""
    refused_at = [datetime.fromisoformat(call["at"]) for call in calls if call["note"] == "fault: rate_limit"]
    early = [call for call in calls if call["note"].startswith("early")]
    return [
        call
        for call in early
        if not any(
            timedelta() <= datetime.fromisoformat(call["at"]) - at <= ON_THEIR_WAY for at in refused_at
        )
    ]
