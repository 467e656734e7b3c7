"""Handles what happens in the group: who wrote it, whether it's for a ticket, and which buttons agents press."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.forum.agent_message import AgentMessage, MessageIntent, is_link_command, parse_agent_message
from bot.forum.topic_card import status_phrase
from bot.messages import phrases_forum as phrases
from bot.messages.errors import NotAllowed, NotFound
from bot.messages.outgoing import Translatable
from channels.inbound_events import GroupUpdate
from jobs.forum.button_presses import ButtonPresses
from jobs.forum.held_replies import HeldReplies, HeldReply
from jobs.forum.topic_answers import TopicAnswers
from jobs.forum.written_messages import WrittenMessages, name_of
from store.agents.agent import Agent
from store.agents.telegram_link_codes import TelegramLinkCodes
from store.forum.group import ForumGroup
from store.forum.topics import Topics


@dataclass(frozen=True)
class AgentMessageHandler:
    """Handles one message, album, edit or button press at a time."""

    topics: Topics
    group: ForumGroup
    codes: TelegramLinkCodes
    held: HeldReplies
    written: WrittenMessages
    presses: ButtonPresses
    answers: TopicAnswers
    inbox_url: str

    def handle(self, updates: Sequence[GroupUpdate]) -> None:
        """Raises RetryLater, WriteConflict, MediaError."""
        first, text = updates[0], _text(updates)
        ticket_id = self._ticket_of(first)
        if first.data:
            self._handle_press(first)
        elif is_link_command(text) and not (first.is_edit and ticket_id):
            self._link(first, parse_agent_message(text).text)
        elif ticket_id:
            agent = None if first.is_anonymous else self.codes.find_agent(first.sender)
            if agent is None:
                self._refuse_unknown(first)
            else:
                self._handle_message(ticket_id, agent, updates, text)

    def report_failure(self, update: GroupUpdate) -> None:
        """Tell the agent that it couldn't be handled."""
        self.answers.refuse(update, phrases.NOT_SAVED(link=self.inbox_url))

    def _ticket_of(self, update: GroupUpdate) -> str:
        """The ticket of that topic; "" where agents talk among themselves."""
        is_ours = self.group.is_ours(update.chat_id) and update.topic_id
        return self.topics.ticket_of(update.topic_id) if is_ours else ""

    def _handle_message(
        self, ticket_id: str, agent: Agent, updates: Sequence[GroupUpdate], text: str
    ) -> None:
        first = updates[0]
        announced = self._announced(first)
        message = parse_agent_message(text, announced)
        try:
            self.written.handle(ticket_id, agent, updates, message)
        except NotAllowed as error:
            status = Translatable(status_phrase(error.status))
            self.answers.refuse(first, phrases.NOT_POSSIBLE(status=status), agent)
        except NotFound:
            self.answers.refuse(first, phrases.NOT_SAVED(link=self.inbox_url), agent)
        if announced and not first.is_edit and message.meaning is not MessageIntent.COMMAND:
            self.group.clear_next_intent(first.topic_id, first.sender)
        if message.meaning is MessageIntent.LINK:
            self._link(first, message.text)

    def _announced(self, first: GroupUpdate) -> str:
        """What its agent announced by a button that this message is, also once it's edited; "" without one."""
        if first.is_edit:
            return self.group.intent_of(name_of(first))
        announced = self.group.next_intent(first.topic_id, first.sender)
        if announced:
            self.group.keep_intent(name_of(first), announced)
        return announced or self.group.intent_of(name_of(first))

    def _handle_press(self, press: GroupUpdate) -> None:
        """Buttons about a held reply are handled here, all others by `ButtonPresses`."""
        agent = self.codes.find_agent(press.sender)
        action, _, value = press.data.rstrip(":").removeprefix("t:").partition("=")
        if agent is None or action not in ("send", "drop"):
            self.presses.handle(press, agent)
            return
        found = self.held.find([f"{press.chat_id}:{value}"])
        if not found:
            self.presses.close(press, phrases.ALREADY_DECIDED(), agent)
            return
        name, held = found
        self.presses.close(press, self._decide(held, is_sent=action == "send"), agent)
        self.held.drop(name)

    def _decide(self, held: HeldReply, *, is_sent: bool) -> Translatable:
        """Send it, or not; what to tell."""
        first = held.heard[0]
        agent, ticket_id = self.codes.find_agent(first.sender), self._ticket_of(first)
        if not (agent and ticket_id):
            return phrases.NOT_SAVED(link=self.inbox_url)
        message = AgentMessage(MessageIntent.REPLY, _text(held.heard).strip())
        try:
            if is_sent:
                self.written.send_held(held, ticket_id, agent, message)
                return phrases.SENT()
            if held.was_note:
                self.written.keep_as_note(held, ticket_id, agent, message)
        except NotAllowed as error:
            return phrases.NOT_POSSIBLE(status=Translatable(status_phrase(error.status)))
        except NotFound:
            return phrases.NOT_SAVED(link=self.inbox_url)
        return phrases.STAYS_NOTE() if held.was_note else phrases.DROPPED()

    def _link(self, update: GroupUpdate, code: str) -> None:
        agent = None if update.is_anonymous else self.codes.link(code, update.sender)
        said = phrases.LINKED(agent=agent.name) if agent else Translatable(phrases.LINK_WRONG)
        self.answers.say(update, said, agent)

    def _refuse_unknown(self, update: GroupUpdate) -> None:
        """Mark each message that nobody received, and say why once in each topic."""
        phrase = phrases.ANONYMOUS if update.is_anonymous else phrases.WHO_ARE_YOU
        once = "anonymous" if update.is_anonymous else f"stranger:{update.sender}"
        self.answers.refuse(update, Translatable(phrase), once=once)


def _text(updates: Sequence[GroupUpdate]) -> str:
    """An album's text is under one of its files."""
    return next((update.text for update in updates if update.text), "")
