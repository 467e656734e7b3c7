"""Turns what an agent writes in the group into replies, notes, questions and edits; fetches files first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.forum.agent_message import (
    MessageIntent,
    answered_meanwhile,
    entry_shown_as,
    external_id_for_quote,
    is_link_command,
    parse_agent_message,
)
from bot.forum.topic_card import status_phrase
from bot.messages import phrases_forum as phrases
from bot.messages.errors import MediaError, NotAllowed, NotFound
from bot.messages.outgoing import Attachment, Option, Outgoing, Translatable
from bot.messages.thread import Author, ThreadEntry
from channels.channel import Channel
from channels.inbound_events import GroupUpdate
from desk.desk import Desk
from jobs.forum.button_presses import ButtonPresses
from jobs.forum.topic_view import TopicViews
from store.agents.agent import Agent
from store.agents.telegram_link_codes import TelegramLinkCodes
from store.codec import dump, load
from store.forum.group import ForumGroup, GroupReply
from store.forum.inbound_queue import GroupInboundQueue
from store.forum.topics import Topics
from store.inbox.queries import Queries
from store.media_folder import MediaFolder

HELD_REPLY_KEPT_FOR = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class HeldReply:
    """A reply that waits for its agent's decision, because a colleague's had just gone out."""

    heard: tuple[GroupUpdate, ...]


@dataclass(frozen=True)
class AgentMessageHandler:
    """Handles one message, album, edit or button press at a time."""

    desk: Desk
    queries: Queries
    topics: Topics
    group: ForumGroup
    inbound_queue: GroupInboundQueue
    codes: TelegramLinkCodes
    views: TopicViews
    telegram: Channel
    media: MediaFolder
    presses: ButtonPresses
    inbox_url: str

    def handle(self, updates: Sequence[GroupUpdate]) -> None:
        """Raises RetryLater, WriteConflict, MediaError."""
        first, text = updates[0], _text(updates)
        if first.data:
            self._handle_press(first)
        elif is_link_command(text) and not first.is_edit:
            self._link(first, parse_agent_message(text).text)
        elif ticket_id := self._ticket_of(first):
            agent = None if first.is_anonymous else self.codes.find_agent(first.sender)
            if agent is None:
                self._answer_unknown(first)
            else:
                self._handle_message(ticket_id, agent, updates, text)

    def report_failure(self, update: GroupUpdate) -> None:
        """Tell the agent that it couldn't be handled."""
        self._answer(update, phrases.NOT_SAVED(link=self.inbox_url))

    def _ticket_of(self, update: GroupUpdate) -> str:
        """The ticket of that topic; "" where agents talk among themselves."""
        is_ours = self.group.is_ours(update.chat_id) and update.topic_id
        return self.topics.ticket_of(update.topic_id) if is_ours else ""

    def _handle_message(
        self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], text: str
    ) -> None:
        first = updates[0]
        try:
            if first.is_edit:
                self._edit(ticket_id, agent, first)
            else:
                self._write(ticket_id, agent, updates, text)
        except NotAllowed as error:
            status = Translatable(status_phrase(error.status))
            self._answer(first, phrases.NOT_POSSIBLE(status=status), agent)
        except NotFound:
            self._answer(first, phrases.NOT_SAVED(link=self.inbox_url), agent)

    def _write(self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], text: str) -> None:
        first = updates[0]
        announced = self.group.next_intent(first.topic_id, first.sender)
        message = parse_agent_message(text, announced)
        if message.meaning is MessageIntent.COMMAND:
            self._answer(first, Translatable(phrases.NO_COMMANDS), agent)
            return
        if message.meaning is MessageIntent.REPLY and self._hold_if_answered(ticket_id, agent, updates):
            return
        self._add(ticket_id, agent, updates, message.meaning, message.text)
        if announced:
            self.group.clear_next_intent(first.topic_id, first.sender)

    def _add(
        self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], meaning: MessageIntent, text: str
    ) -> None:
        """Add it to the ticket; nothing, when there are neither words nor files."""
        name, files = _name(updates[0]), self._fetch_all(updates)
        if not text and not files:
            return
        if meaning is MessageIntent.RETURN and (files or not text):
            meaning = MessageIntent.REPLY
        arguments: dict[str, object] = {"text": text, "posted_as": name}
        if meaning is not MessageIntent.RETURN:
            arguments["files"] = files
        if meaning is MessageIntent.REPLY:
            arguments["quoted_id"] = self._quoted(ticket_id, updates[0])
        self.desk.act(ticket_id, meaning.value, agent.agent_id, key=f"group:{name}", **arguments)

    def _quoted(self, ticket_id: str, update: GroupUpdate) -> str:
        if not update.answers:
            return ""
        view, posts = self.queries.ticket(ticket_id), self.topics.find(ticket_id).posts
        return external_id_for_quote(entry_shown_as(update.answers, view.entries, posts), view.deliveries)

    def _hold_if_answered(self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate]) -> bool:
        """If a colleague replied a moment ago, hold this reply and ask the agent whether to send it too."""
        first = updates[0]
        by = answered_meanwhile(self.queries.ticket(ticket_id).entries, agent.agent_id, first.at)
        if not by:
            return False
        held = dump(HeldReply(tuple(updates)))
        self.inbound_queue.hold_reply(_name(first), held, HELD_REPLY_KEPT_FOR)
        options = (
            Option(f"t:send={first.message_id}:", Translatable(phrases.SEND_IT)),
            Option(f"t:drop={first.message_id}:", Translatable(phrases.DROP_IT)),
        )
        self._answer(first, phrases.ANSWERED_MEANWHILE(agent=self.views.name(by)), agent, options)
        return True

    def _handle_press(self, press: GroupUpdate) -> None:
        """Buttons about a held reply are handled here, all others by `ButtonPresses`."""
        agent = self.codes.find_agent(press.sender)
        action, _, value = press.data.rstrip(":").removeprefix("t:").partition("=")
        if agent is None or action not in ("send", "drop"):
            self.presses.handle(press, agent)
            return
        name = f"{press.chat_id}:{value}"
        raw = self.inbound_queue.held_reply(name)
        if not raw:
            return  # already decided: Telegram delivered the press twice
        if action == "send":
            self._send_held(load(HeldReply, raw))
        said = Translatable(phrases.SENT if action == "send" else phrases.DROPPED)
        self.presses.close(press, said, agent)
        self.inbound_queue.drop_held_reply(name)

    def _send_held(self, held: HeldReply) -> None:
        first = held.heard[0]
        agent, ticket_id = self.codes.find_agent(first.sender), self._ticket_of(first)
        if agent and ticket_id:
            self._add(ticket_id, agent, held.heard, MessageIntent.REPLY, _text(held.heard).strip())

    def _edit(self, ticket_id: str, agent: Agent, edit: GroupUpdate) -> None:
        """Make the same edit for the customer, where their channel can show it."""
        name, text = _name(edit), parse_agent_message(edit.text).text
        versions = [e for e in self.queries.ticket(ticket_id).entries if e.posted_as == name]
        if not versions or versions[-1].text == text:
            return
        problem = _why_not_editable(versions[0])
        if problem:
            self._answer(edit, problem, agent)
            return
        key = f"group:{name}:{edit.update_id}"
        entry_id, is_note = versions[0].entry_id, versions[0].author is Author.NOTE
        arguments = {"entry_id": entry_id, "is_note": is_note, "text": text, "posted_as": name}
        self.desk.act(ticket_id, "edit", agent.agent_id, key=key, **arguments)

    def _link(self, update: GroupUpdate, code: str) -> None:
        agent = None if update.is_anonymous else self.codes.link(code, update.sender)
        said = phrases.LINKED(agent=agent.name) if agent else Translatable(phrases.LINK_WRONG)
        self._answer(update, said, agent)

    def _answer_unknown(self, update: GroupUpdate) -> None:
        """Say once why their messages are ignored."""
        phrase = phrases.ANONYMOUS if update.is_anonymous else phrases.WHO_ARE_YOU
        if self.group.is_first("anonymous" if update.is_anonymous else f"stranger:{update.sender}"):
            self._answer(update, Translatable(phrase))

    def _answer(
        self,
        update: GroupUpdate,
        said: Translatable,
        agent: Agent | None = None,
        options: tuple[Option, ...] = (),
    ) -> None:
        locale = (agent.locale if agent else "") or self.views.locale()
        reply = Outgoing((said,), options)
        self.group.queue_reply(
            GroupReply(update.chat_id, reply, locale, update.topic_id, answers=update.message_id)
        )

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


def _text(updates: Sequence[GroupUpdate]) -> str:
    """An album's text is under one of its files."""
    return next((update.text for update in updates if update.text), "")


def _name(update: GroupUpdate) -> str:
    return f"{update.chat_id}:{update.message_id}"


def _why_not_editable(entry: ThreadEntry) -> Translatable | None:
    """Why the customer won't see an edit; None when they will."""
    if entry.author is Author.NOTE:
        return None
    if entry.channel != "telegram":
        return phrases.CANNOT_EDIT(channel="WhatsApp")
    return Translatable(phrases.FILES_STAY) if entry.attachments else None
