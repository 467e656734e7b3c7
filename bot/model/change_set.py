"""Collects the changes of one use case, gives them ids, and keeps the conversation in step."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.button_payloads import ACCESS, QUOTE, SECOND
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.notice import Alert, Notice, Recipient
from bot.messages.outgoing import Attachment, Outgoing, Param, Phrase, Translatable
from bot.messages.thread import Author, OutboxEntry, ThreadEntry
from bot.model.conversation import Conversation, Stage, Status, recent_summaries
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Changes, Records
from bot.text.normalise import on_one_line

TICKET_PROMPTS = (QUOTE, ACCESS, SECOND)
"""Questions about a ticket, asked only while no other question is open."""

PREVIEW_LENGTH = 160
"""Characters of the newest entry that the list shows."""


class ChangeSet:
    """The changes of one unit of work; discarded if the unit runs again."""

    def __init__(self, records: Records, conversation: Conversation, now: datetime) -> None:
        self.records = records
        self.conversation = conversation
        self.now = now
        self._tickets: dict[str, Ticket] = {}
        self._entries: list[ThreadEntry] = []
        self._outbox: list[OutboxEntry] = []
        self._corrected: list[OutboxEntry] = []
        self._notices: list[Notice] = []

    def ticket(self, ticket_id: str) -> Ticket:
        """That ticket with the changes so far; raises NotFound."""
        return self._tickets.get(ticket_id) or self.records.ticket(ticket_id)

    def put(self, ticket: Ticket) -> None:
        """Save a changed ticket; its summary in the conversation follows."""
        self._tickets[ticket.ticket_id] = ticket
        heads = [head for head in self.conversation.tickets if head.ticket_id != ticket.ticket_id]
        kept = recent_summaries((*heads, ticket.summary))
        current = self.conversation.ticket_id
        if ticket.status is Status.CLOSED and current == ticket.ticket_id:
            current = next((head.ticket_id for head in reversed(kept) if head.is_live), "")
        self.conversation = self.conversation.evolve(tickets=kept, ticket_id=current)

    def record(self, inbound: Inbound, thread_id: str, by: str = "") -> None:
        """Add the customer's message to this thread; `by` is the app's token if it came through the API."""
        self._entries.append(
            ThreadEntry(
                entry_id=self._next_id(),
                thread_id=thread_id,
                at=inbound.sent_at,
                author=Author.CUSTOMER,
                by=by,
                kind=inbound.kind,
                text=inbound.text,
                attachments=inbound.attachments,
                channel=inbound.address.channel,
                external_id=inbound.message_id or inbound.external_id,
                quoted_id=inbound.quoted_id,
                quoted_text=inbound.quoted_text,
                is_edit=inbound.is_edit,
                is_forwarded=inbound.is_forwarded,
                album_id=inbound.album_id,
                referral=inbound.referral,
            )
        )

    def say(
        self, said: Outgoing | Phrase, thread_id: str, *, send_at: datetime | None = None, **params: Param
    ) -> str:
        """Send the contact a message from the desk, at `send_at` if given; returns the outbox id."""
        outgoing = Outgoing((Translatable(said, params),)) if isinstance(said, Phrase) else said
        return self._send(Author.BOT, outgoing, thread_id, said=outgoing, send_at=send_at)

    def send_switch_link(self, outgoing: Outgoing, thread_id: str, to: str) -> str:
        """Send a link or code for switching to `to`, which replaces the redacted part when it's sent."""
        return self._send(Author.BOT, outgoing, thread_id, said=outgoing, passage=to)

    def reply(
        self,
        by: str,
        text: str,
        files: Sequence[Attachment],
        ticket: Ticket,
        quoted: str = "",
        *,
        posted_as: str = "",
    ) -> str:
        """Send an agent's text to the contact as it is."""
        lines = (text,) if text else ()
        outgoing = Outgoing(lines, attachments=tuple(files), quoted_id=quoted)
        return self._send(
            Author.AGENT, outgoing, ticket.ticket_id, by=by, text=text, files=files, posted_as=posted_as
        )

    def correct_delivery(self, entry: OutboxEntry) -> None:
        """Replace a message that isn't out yet, as `records.delivery` gave it."""
        self._corrected.append(entry)

    def correct(
        self, by: str, entry: OutboxEntry, ticket: Ticket, text: str = "", *, posted_as: str = ""
    ) -> None:
        """Replace a message that isn't out yet; the thread shows what its agent wrote instead, or took back."""
        self.correct_delivery(entry)
        self._add_edit(by, ticket.ticket_id, text, entry.address.channel, posted_as)

    def change_sent(
        self,
        by: str,
        sent: OutboxEntry,
        outgoing: Outgoing,
        ticket: Ticket,
        text: str = "",
        *,
        posted_as: str = "",
    ) -> None:
        """Send `outgoing`, which edits or deletes a message, where that was sent."""
        entry_id = self._add_edit(by, ticket.ticket_id, text, sent.address.channel, posted_as)
        self._outbox.append(
            OutboxEntry(
                entry_id, self.conversation.contact_id, sent.address, sent.locale,
                outgoing, self.now, thread_id=ticket.ticket_id, author=Author.AGENT,
            )
        )  # fmt: skip

    def resend(
        self, by: str, outgoing: Outgoing, original: ThreadEntry, text: str, *, posted_as: str = ""
    ) -> None:
        """Send the corrected text of a message that never arrived, with its files."""
        self._send(
            Author.AGENT, outgoing, original.thread_id, by=by, text=text, files=original.attachments,
            posted_as=posted_as, is_edit=True,
        )  # fmt: skip

    def say_as_agent(
        self, by: str, outgoing: Outgoing, ticket: Ticket, text: str, *, posted_as: str = ""
    ) -> str:
        """Send a message from the desk that quotes an agent; the thread shows it under their name."""
        return self._send(
            Author.AGENT, outgoing, ticket.ticket_id, by=by, text=text, said=outgoing, posted_as=posted_as
        )

    def note(
        self,
        by: str,
        text: str,
        files: Sequence[Attachment],
        ticket: Ticket,
        *,
        is_edit: bool = False,
        posted_as: str = "",
    ) -> str:
        """Add an agent's note for colleagues."""
        entry_id = self._next_id()
        self._entries.append(
            ThreadEntry(
                entry_id, ticket.ticket_id, self.now, Author.NOTE, by, text=text, attachments=tuple(files),
                is_edit=is_edit, posted_as=posted_as,
            )
        )  # fmt: skip
        return entry_id

    def system_note(self, said: Outgoing, ticket: Ticket) -> str:
        """Add a note from the desk, shown to each agent in their language."""
        entry_id = self._next_id()
        self._entries.append(ThreadEntry(entry_id, ticket.ticket_id, self.now, Author.NOTE, said=said))
        return entry_id

    def alert(self, reader: Recipient, alert: Alert, thread_id: str, *, is_pressing: bool = False) -> None:
        """Send an alert to staff, on their own lane."""
        self._notices.append(
            Notice(
                self._next_id(), reader.address, reader.locale, thread_id, self.now, alert.outgoing, alert.line,
                is_pressing=is_pressing,
            )
        )  # fmt: skip

    def tell(self, reader: Recipient, outgoing: Outgoing, thread_id: str) -> None:
        """Answer a staff member."""
        self._notices.append(
            Notice(
                self._next_id(), reader.address, reader.locale, thread_id, self.now, outgoing,
                is_pressing=True, is_answer=True,
            )
        )  # fmt: skip

    def ask(self, stage: Stage, asking: str) -> None:
        """Take the customer's next message as the answer to this, unless another question is open."""
        asked = self.conversation
        is_free = (
            asked.stage in (Stage.IDLE, Stage.RATING) or asked.asking.partition(":")[0] in TICKET_PROMPTS
        )
        if is_free:
            self.conversation = asked.evolve(
                stage=stage, asking=asking, misses=0, paused_stage=Stage.IDLE, paused_asking=""
            )

    def clear_prompt(self) -> None:
        """Close an open question about a ticket: after another message, a mere “yes” no longer answers it."""
        asked = self.conversation
        if asked.stage is Stage.CONFIRMING and asked.asking.partition(":")[0] in TICKET_PROMPTS:
            self.conversation = asked.evolve(stage=asked.paused_stage, asking=asked.paused_asking)

    def send_pending(self) -> None:
        """Send pending notifications before anything else goes out."""
        waiting = [news for news in self.conversation.notified if news.lines]
        if waiting:
            told = tuple(news.marked_sent(self.now) for news in self.conversation.notified)
            self.conversation = self.conversation.evolve(notified=told)
        for news in waiting:
            self.say(Outgoing(news.lines), news.ticket_id)

    def changes(self, answer_token: str = "") -> Changes:
        """All changes, to be written at once; see `Changes` for the token."""
        return Changes(
            conversation=self.conversation,
            tickets=tuple(self._with_last_words(ticket) for ticket in self._tickets.values()),
            entries=tuple(self._entries),
            outbox=tuple(self._outbox),
            corrected=tuple(self._corrected),
            notices=tuple(self._notices),
            answer_token=answer_token,
        )

    def _with_last_words(self, ticket: Ticket) -> Ticket:
        own = [e for e in self._entries if e.thread_id == ticket.ticket_id and _is_of_people(e)]
        newest = next((fact for fact in reversed(ticket.facts) if not fact.rule), None)
        if not own or (newest and newest.kind is TicketEventKind.OPENED):
            return ticket
        words = on_one_line(own[-1].text)
        ticket = ticket.evolve(last_words=words[:PREVIEW_LENGTH], last_by=own[-1].author.value)
        if own[-1].author is Author.CUSTOMER:
            ticket = ticket.evolve(last_customer_at=own[-1].at)
        return ticket

    def _send(
        self,
        author: Author,
        outgoing: Outgoing,
        thread_id: str,
        *,
        by: str = "",
        text: str = "",
        files: Sequence[Attachment] = (),
        said: Outgoing | None = None,
        posted_as: str = "",
        passage: str = "",
        is_edit: bool = False,
        send_at: datetime | None = None,
    ) -> str:
        self.send_pending()
        entry_id, who = self._next_id(), self.conversation
        self._entries.append(
            ThreadEntry(
                entry_id, thread_id, self.now, author, by, MessageKind.TEXT, text, said, tuple(files),
                channel=who.address.channel, quoted_id=outgoing.quoted_id,
                is_edit=is_edit or bool(outgoing.edits), posted_as=posted_as,
            )
        )  # fmt: skip
        if not who.address.is_deliverable:
            return entry_id
        self._outbox.append(
            OutboxEntry(
                entry_id, who.contact_id, who.address, who.locale, outgoing, self.now,
                thread_id=thread_id, author=author, passage=passage, next_at=send_at,
            )
        )  # fmt: skip
        return entry_id

    def _add_edit(self, by: str, thread_id: str, text: str, channel: str, posted_as: str) -> str:
        entry_id = self._next_id()
        self._entries.append(
            ThreadEntry(
                entry_id, thread_id, self.now, Author.AGENT, by, text=text, channel=channel, is_edit=True,
                posted_as=posted_as,
            )
        )  # fmt: skip
        return entry_id

    def _next_id(self) -> str:
        return self.records.entry_id(len(self._entries) + len(self._outbox) + len(self._notices))


def _is_of_people(entry: ThreadEntry) -> bool:
    return entry.author is not Author.BOT and not entry.is_system_note
