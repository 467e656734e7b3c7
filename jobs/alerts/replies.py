"""Handles replies to alerts: does what they ask for and confirms it.

A reply to an alert never starts a customer conversation.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.alert_actions import Actor, run_command
from bot.alerts.reply_parsing import AlertCommand, ParsedReply, parse_payload, parse_reply
from bot.messages import phrases_ticket as phrases
from bot.messages.button_payloads import WRITE_AGAIN
from bot.messages.errors import NotFound
from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound
from bot.messages.notice import Notice
from bot.messages.outgoing import Option, Outgoing, Translatable
from bot.model.unit_of_work import Changes, Records
from bot.sla import whatsapp_window
from bot.sla.outlook import Policies
from jobs.alerts.recipients import StaffDirectory
from store.alerts.alert_queue import AlertQueue, SentAlertEntry
from store.contacts.unit_of_work import UnitsOfWork
from store.inbox.queries import Queries
from store.outbox.outbox import Outbox

OFFER_VALID_FOR = timedelta(hours=24)
"""How long a bare number answers an alert; later it must quote the alert or name the ticket."""

MAX_OFFERS = 30


class AlertReplies:
    """Handles what agents and managers reply on their phones."""

    def __init__(
        self,
        directory: StaffDirectory,
        units: UnitsOfWork,
        alert_queue: AlertQueue,
        outbox: Outbox,
        queries: Queries,
        policies: Policies,
        overview_url: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._directory, self._units, self._alert_queue, self._outbox = directory, units, alert_queue, outbox
        self._queries, self._policies = queries, policies
        self._overview_url, self._clock = overview_url, clock

    def find_actor(self, inbound: Inbound) -> Actor | None:
        """The person of the desk who wrote it; None for a customer."""
        is_pressed = parse_payload(inbound.choice) is not None
        for address in (inbound.address, inbound.also_known_as):
            if address is not None and (is_pressed or self._directory.is_staff(address)):
                actor = self._directory.actor(address, inbound.sender, inbound.profile_name)
                if actor is not None:
                    return actor
        return None

    def receive(self, inbound: Inbound, actor: Actor) -> None:
        """Do what they ask for, once, and reply."""
        lane, once = actor.reader.lane, f"{inbound.address.channel}:{inbound.external_id}"
        told = self._alert_queue.sent(lane)
        heard_at = self._alert_queue.last_inbound_at(lane)
        self._alert_queue.note_inbound(lane, self._clock())
        if inbound.choice == WRITE_AGAIN:
            return  # the held alerts are sent now, in place of a reply
        if command := parse_payload(inbound.choice):
            self._obey(command, actor, once, inbound.answer_token)
            return
        offers, is_quoting = self._offers(inbound, told, heard_at)
        found = parse_reply(inbound.text, offers, is_quoting=is_quoting)
        if not self._did(found, actor, once) and not (told and self._was_shut(inbound.address, heard_at)):
            self._say(
                Outgoing((Translatable(phrases.ALERT_HELP, {"link": self._overview_url}),)), actor, once
            )

    def _did(self, found: ParsedReply, actor: Actor, once: str) -> bool:
        """Do what was asked for; False if it wasn't understood."""
        if found.number and (ticket_id := self._queries.by_number(found.number)):
            self._obey(AlertCommand("show", ticket_id), actor, once)
        elif found.number:
            self._say(Outgoing((Translatable(phrases.ALERT_NO_SUCH, {"number": found.number}),)), actor, once)
        elif found.which:
            self._say(self._which(found.which), actor, once)
        elif found.command:
            self._obey(found.command, actor, once)
        else:
            return False
        return True

    def _was_shut(self, address: Address, heard_at: datetime | None) -> bool:
        """Whether alerts were held until this message: they're sent now, in place of a reply."""
        return whatsapp_window.has_window(address) and not whatsapp_window.is_open(
            address, heard_at, self._clock()
        )

    def _obey(self, command: AlertCommand, actor: Actor, once: str, answer_token: str = "") -> None:
        act = run_command(command, actor, self._policies, self._directory.people(), self._clock())

        def decide(records: Records) -> Changes | None:
            changes = act(records)
            return changes and replace(changes, answer_token=answer_token)

        try:
            self._units.change(command.ticket_id, decide, once=once)
        except NotFound:
            self._say(Outgoing((Translatable(phrases.ALERT_GONE),)), actor, once)

    def _say(self, outgoing: Outgoing, actor: Actor, once: str) -> None:
        """Reply to a message that names no ticket."""
        reader, now = actor.reader, self._clock()
        name = make_contact_id(Address("desk", once))
        self._alert_queue.enqueue(
            Notice(name, reader.address, reader.locale, "", now, outgoing, is_pressing=True, is_answer=True),
            once=once,
        )

    def _offers(
        self, inbound: Inbound, told: Sequence[SentAlertEntry], heard_at: datetime | None
    ) -> tuple[Sequence[Sequence[Option]], bool]:
        """The offers that a text may answer, newest first, and whether it quotes one of them."""
        if inbound.quoted_id:
            entry_id = self._outbox.id_by_external_id(inbound.address.channel, inbound.quoted_id)
            quoted = self._outbox.find(entry_id) if entry_id else None
            if quoted and quoted.outgoing.options:
                return [quoted.outgoing.options], True
        recent = [each for each in told if self._clock() - each.at < OFFER_VALID_FOR][:MAX_OFFERS]
        entries = self._outbox.find_all([each.entry_id for each in recent])
        offered = [
            (each, entries[each.entry_id].outgoing.options) for each in recent if each.entry_id in entries
        ]
        offered = [(each, options) for each, options in offered if options]
        unseen = [
            options for n, (each, options) in enumerate(offered) if n == 0 or _is_unseen(each, heard_at)
        ]
        return unseen[:1] if offered and offered[0][0].is_answer else unseen, False

    def _which(self, commands: Iterable[AlertCommand]) -> Outgoing:
        found = list(commands)
        rows = {row.ticket_id: row for row in self._queries.rows_of([each.ticket_id for each in found])}
        options = tuple(
            Option(each.payload, f"#{row.number} · {row.company or row.contact_name}".strip(" ·"))
            for each in found[:9]
            if (row := rows.get(each.ticket_id))
        )
        return Outgoing((Translatable(phrases.ALERT_WHICH),), options)


def _is_unseen(told: SentAlertEntry, heard_at: datetime | None) -> bool:
    """Whether it was sent since their last message."""
    return not told.is_answer and (heard_at is None or told.at > heard_at)
