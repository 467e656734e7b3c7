"""Turns what agents write and edit in topics into replies, notes, questions and corrections; fetches files first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.delivery.corrections import Whereabouts, is_changeable, whereabouts
from bot.forum.agent_message import AgentMessage, MessageIntent, entry_shown_as, external_id_for_quote
from bot.forum.rewritten_message import Became, History, Step, history_of, names_of, step_after
from bot.messages import phrases_forum as phrases
from bot.messages.errors import AnsweredMeanwhile, CannotChange, MediaError
from bot.messages.inbound import CHANNEL_NAMES
from bot.messages.outgoing import Attachment, Option, Translatable
from bot.messages.thread import OutboxEntry
from channels.channel import Channel
from channels.inbound_events import GroupUpdate
from desk.desk import Desk
from jobs.forum.held_replies import HeldReplies, HeldReply
from jobs.forum.topic_answers import TopicAnswers
from jobs.forum.topic_view import TopicViews
from store.agents.agent import Agent
from store.forum.topics import Topics
from store.inbox.queries import Queries
from store.media_folder import MediaFolder


@dataclass(frozen=True)
class WrittenMessages:
    """Handles one message, album or edit of a linked agent at a time."""

    desk: Desk
    queries: Queries
    topics: Topics
    held: HeldReplies
    answers: TopicAnswers
    views: TopicViews
    telegram: Channel
    media: MediaFolder

    def handle(
        self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], message: AgentMessage
    ) -> None:
        """Do what the message says now; raises NotAllowed, NotFound, MediaError."""
        first, before = updates[0], self._history(ticket_id, updates[0])
        if found := self.held.find(_names(first)):
            self._rewrite_held(ticket_id, agent, found, first, message)
            return
        match step_after(message.meaning, message.text, before):
            case Step.WRITE:
                self._write(ticket_id, agent, updates, message)
            case Step.EDIT:
                self._edit(ticket_id, agent, first, before, message.text)
            case Step.WITHDRAW:
                self._withdraw(ticket_id, agent, first, before, message)
            case Step.ASK:
                self._hold(updates, phrases.NOTE_TO_REPLY(), agent, was_note=True)
            case Step.REFUSE:
                self._refuse_command(first, agent, message)

    def send_held(self, held: HeldReply, ticket_id: str, agent: Agent, message: AgentMessage) -> None:
        """The agent decided that a held message goes to the customer."""
        self._add(ticket_id, agent, held.heard, replace(message, meaning=MessageIntent.REPLY), is_sure=True)

    def keep_as_note(self, held: HeldReply, ticket_id: str, agent: Agent, message: AgentMessage) -> None:
        """The agent decided that a note stays one, with its new text."""
        before = self._history(ticket_id, held.heard[0])
        if before.became is Became.NOTE and before.text != message.text:
            self._edit(ticket_id, agent, held.heard[0], before, message.text)

    def _history(self, ticket_id: str, first: GroupUpdate) -> History:
        if not first.is_edit:
            return History()
        view = self.queries.ticket(ticket_id)
        return history_of(_names(first), view.entries, view.deliveries)

    def _rewrite_held(
        self,
        ticket_id: str,
        agent: Agent,
        found: tuple[str, HeldReply],
        first: GroupUpdate,
        message: AgentMessage,
    ) -> None:
        """The agent is still being asked about it: what it says now counts."""
        name, held = found
        is_reply = message.meaning in (MessageIntent.REPLY, MessageIntent.RETURN)
        rewritten = replace(held, heard=_rewritten(held.heard, first))
        if is_reply:
            self.held.keep(name, rewritten)
            return
        self.held.drop(name)
        if message.meaning is not MessageIntent.NOTE:
            self._refuse_command(first, agent, message)
        elif held.was_note:
            self.keep_as_note(rewritten, ticket_id, agent, message)
        else:
            self._add(ticket_id, agent, rewritten.heard, message)

    def _write(
        self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], message: AgentMessage
    ) -> None:
        try:
            self._add(ticket_id, agent, updates, message)
        except AnsweredMeanwhile as error:
            asked = phrases.ANSWERED_MEANWHILE(agent=self.views.name(error.by))
            self._hold(updates, asked, agent)

    def _hold(
        self, updates: Sequence[GroupUpdate], asked: Translatable, agent: Agent, *, was_note: bool = False
    ) -> None:
        """Ask the agent before the customer gets it."""
        first = updates[0]
        self.held.keep(name_of(first), HeldReply(tuple(updates), was_note))
        send, drop = (
            (phrases.SEND_NOTE, phrases.KEEP_NOTE) if was_note else (phrases.SEND_IT, phrases.DROP_IT)
        )
        options = (
            Option(f"t:send={first.message_id}:", Translatable(send)),
            Option(f"t:drop={first.message_id}:", Translatable(drop)),
        )
        self.answers.say(first, asked, agent, options)

    def _add(
        self,
        ticket_id: str,
        agent: Agent,
        updates: Sequence[GroupUpdate],
        message: AgentMessage,
        *,
        is_sure: bool = False,
    ) -> None:
        """Add it to the ticket."""
        first, meaning, text = updates[0], message.meaning, message.text
        name, files = name_of(first), self._fetch_all(updates)
        if not text and not files:
            self.answers.refuse(first, _why_empty(first), agent)
            return
        if meaning is MessageIntent.RETURN and (files or not text):
            meaning = MessageIntent.REPLY
        arguments: dict[str, object] = {"text": text, "posted_as": name}
        if meaning is not MessageIntent.RETURN:
            arguments["files"] = files
        if meaning is MessageIntent.REPLY:
            arguments["quoted_id"] = self._quoted(ticket_id, first)
        if meaning is not MessageIntent.NOTE and not is_sure:
            arguments["written_at"] = first.at
        self.desk.act(ticket_id, meaning.value, agent.agent_id, key=_key(first), **arguments)

    def _edit(self, ticket_id: str, agent: Agent, edit: GroupUpdate, before: History, text: str) -> None:
        """Correct it: for the customer too, wherever their message has got to."""
        is_note = before.became is Became.NOTE
        arguments = {"is_note": is_note, "text": text, "posted_as": before.posted_as}
        try:
            self.desk.act(
                ticket_id, "edit", agent.agent_id, key=_key(edit), entry_id=before.entry_id, **arguments
            )
        except CannotChange as error:
            channel = CHANNEL_NAMES.get(error.channel, error.channel)
            why = Translatable(phrases.FILES_STAY) if error.is_file else phrases.CANNOT_EDIT(channel=channel)
            self.answers.say(edit, why, agent)
            return
        sent = None if is_note else self._delivery(ticket_id, before)
        if sent and whereabouts(sent) is Whereabouts.DOUBTFUL:
            self.answers.say(edit, phrases.FIRST_MAY_BE_OUT(), agent)

    def _withdraw(
        self, ticket_id: str, agent: Agent, edit: GroupUpdate, before: History, message: AgentMessage
    ) -> None:
        """It was a reply and isn't one any more: the customer doesn't get it, or doesn't keep it."""
        sent = self._delivery(ticket_id, before)
        note = message.text if message.meaning is MessageIntent.NOTE else ""
        arguments = {"entry_id": before.entry_id, "note": note, "posted_as": before.posted_as}
        if sent and whereabouts(sent) is Whereabouts.OUT and not is_changeable(sent):
            channel = CHANNEL_NAMES.get(sent.address.channel, sent.address.channel)
            self.answers.refuse(edit, phrases.CANNOT_DELETE(channel=channel), agent)
        elif sent and whereabouts(sent) is Whereabouts.DOUBTFUL:
            self.answers.refuse(edit, phrases.FIRST_MAY_BE_OUT(), agent)
        try:
            self.desk.act(ticket_id, "withdraw", agent.agent_id, key=_key(edit), **arguments)
        except CannotChange:
            return  # they were told
        if message.meaning is not MessageIntent.NOTE:
            self._refuse_command(edit, agent, message)

    def _delivery(self, ticket_id: str, history: History) -> OutboxEntry | None:
        return self.queries.ticket(ticket_id).deliveries.get(history.entry_id)

    def _refuse_command(self, first: GroupUpdate, agent: Agent, message: AgentMessage) -> None:
        if message.meaning is MessageIntent.COMMAND:
            self.answers.refuse(first, phrases.NO_COMMANDS(), agent)

    def _quoted(self, ticket_id: str, update: GroupUpdate) -> str:
        if not update.answers:
            return ""
        view, posts = self.queries.ticket(ticket_id), self.topics.find(ticket_id).posts
        return external_id_for_quote(entry_shown_as(update.answers, view.entries, posts), view.deliveries)

    def _fetch_all(self, updates: Sequence[GroupUpdate]) -> tuple[Attachment, ...]:
        """Their files, fetched into the media folder; raises MediaError."""
        return tuple(self._fetch(file) for update in updates for file in update.attachments)

    def _fetch(self, file: Attachment) -> Attachment:
        file_id, path = self.media.new()
        try:
            return replace(self.telegram.fetch(file, path), file_id=file_id)
        except MediaError:
            path.unlink(missing_ok=True)
            raise


def name_of(update: GroupUpdate) -> str:
    """The name under which a message is known."""
    return f"{update.chat_id}:{update.message_id}"


def _names(update: GroupUpdate) -> tuple[str, ...]:
    return names_of(update.chat_id, update.message_id, is_in_album=bool(update.album_id))


def _key(update: GroupUpdate) -> str:
    """The id of the change that a message makes; each edit makes another one."""
    return f"group:{name_of(update)}:{update.update_id}" if update.is_edit else f"group:{name_of(update)}"


def _rewritten(updates: Sequence[GroupUpdate], edit: GroupUpdate) -> tuple[GroupUpdate, ...]:
    """The same messages, one of them with what it says now."""
    return tuple(
        replace(each, text=edit.text, update_id=edit.update_id, is_edit=True)
        if each.message_id == edit.message_id
        else each
        for each in updates
    )


def _why_empty(update: GroupUpdate) -> Translatable:
    kind = phrases.UNSENDABLE_KINDS.get(update.unsendable)
    return phrases.KIND_NOT_SENT(kind=Translatable(kind)) if kind else Translatable(phrases.EMPTY)
