"""What an agent writes in the group becomes an answer, a note, a question or a change; files are fetched first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
from store.inbox.views import TicketView
from store.media_folder import MediaFolder

HELD_REPLY_KEPT_FOR = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class HeldReply:
    """An answer that waits for its agent's word, because a colleague's had just gone out."""

    heard: tuple[GroupUpdate, ...]


@dataclass(frozen=True)
class MessageServices:
    """What is needed to attend to the group."""

    desk: Desk
    queries: Queries
    topics: Topics
    group: ForumGroup
    heard: GroupInboundQueue
    codes: TelegramLinkCodes
    views: TopicViews
    telegram: Channel
    media: MediaFolder
    presses: ButtonPresses
    inbox_url: str
    clock: Callable[[], datetime]


class AgentMessageHandler:
    """Attends to one thing at a time."""

    def __init__(self, room: MessageServices) -> None:
        self._services = room

    def handle(self, together: list[GroupUpdate]) -> None:
        """Raises Later, Busy, MediaError."""
        first = together[0]
        text = _text(together)
        if first.data:
            self._pressed(first)
        elif is_link_command(text) and not first.is_edit:
            self._link(first, parse_agent_message(text).text)
        elif ticket_id := self._ticket_of(first):
            agent = None if first.is_anonymous else self._services.codes.find_agent(first.sender)
            if agent is None:
                self._answer_unknown(first)
            else:
                self._written(ticket_id, agent, together, text)

    def report_failure(self, heard: GroupUpdate) -> None:
        """Tell the agent that it could not be taken."""
        self._answer(heard, phrases.NOT_SAVED(link=self._services.inbox_url))

    def _ticket_of(self, heard: GroupUpdate) -> str:
        """The ticket of that topic; "" where agents talk among themselves."""
        is_ours = self._services.group.is_ours(heard.chat_id) and heard.topic_id
        return self._services.topics.ticket_of(heard.topic_id) if is_ours else ""

    def _written(self, ticket_id: str, agent: Agent, together: list[GroupUpdate], text: str) -> None:
        first = together[0]
        try:
            if first.is_edit:
                self._change(ticket_id, agent, first)
            else:
                self._say(ticket_id, agent, together, text)
        except NotAllowed as error:
            status = Translatable(status_phrase(error.status))
            self._answer(first, phrases.NOT_POSSIBLE(status=status), agent)
        except NotFound:
            self._answer(first, phrases.NOT_SAVED(link=self._services.inbox_url), agent)

    def _say(self, ticket_id: str, agent: Agent, together: list[GroupUpdate], text: str) -> None:
        first = together[0]
        announced = self._services.group.next_intent(first.topic_id, first.sender)
        what = parse_agent_message(text, announced)
        if what.meaning is MessageIntent.COMMAND:
            self._answer(first, Translatable(phrases.NO_COMMANDS), agent)
            return
        if what.meaning is MessageIntent.REPLY and self._hold_if_answered(ticket_id, agent, together):
            return
        files = self._fetched(together)
        if what.text or files:
            self._take(ticket_id, agent, first, what.meaning, what.text, files)
        if announced:
            self._services.group.clear_next_intent(first.topic_id, first.sender)

    def _take(
        self,
        ticket_id: str,
        agent: Agent,
        first: GroupUpdate,
        meaning: MessageIntent,
        text: str,
        files: tuple[Attachment, ...],
    ) -> None:
        if meaning is MessageIntent.RETURN and (files or not text):
            meaning = MessageIntent.REPLY
        arguments: dict[str, object] = {"text": text, "posted_as": _name(first)}
        if meaning is not MessageIntent.RETURN:
            arguments["files"] = files
        if meaning is MessageIntent.REPLY:
            arguments["quoted_id"] = self._quoted(ticket_id, first)
        key = f"group:{_name(first)}"
        self._services.desk.act(ticket_id, meaning.value, agent.agent_id, key=key, **arguments)

    def _quoted(self, ticket_id: str, heard: GroupUpdate) -> str:
        if not heard.answers:
            return ""
        view, posts = self._view(ticket_id), self._services.topics.find(ticket_id).posts
        return external_id_for_quote(entry_shown_as(heard.answers, view.entries, posts), view.deliveries)

    def _hold_if_answered(self, ticket_id: str, agent: Agent, together: list[GroupUpdate]) -> bool:
        """A colleague answered a moment ago: theirs waits until they say that it shall go out as well."""
        first = together[0]
        by = answered_meanwhile(self._view(ticket_id).entries, agent.agent_id, first.at)
        if not by:
            return False
        self._services.heard.hold_reply(_name(first), dump(HeldReply(tuple(together))), HELD_REPLY_KEPT_FOR)
        options = (
            Option(f"t:send={first.message_id}:", Translatable(phrases.SEND_IT)),
            Option(f"t:drop={first.message_id}:", Translatable(phrases.DROP_IT)),
        )
        said = phrases.ANSWERED_MEANWHILE(agent=self._services.views.name(by))
        self._answer(first, said, agent, options)
        return True

    def _pressed(self, press: GroupUpdate) -> None:
        """A button; those about an answer held back are ours, all others are the card's."""
        agent = self._services.codes.find_agent(press.sender)
        action, _, value = press.data.rstrip(":").removeprefix("t:").partition("=")
        if agent is None or action not in ("send", "drop"):
            self._services.presses.handle(press, agent)
            return
        name = f"{press.chat_id}:{value}"
        raw = self._services.heard.held_reply(name)
        if not raw:
            return  # decided, and told: the press itself has been told twice
        if action == "send":
            self._send_held(load(HeldReply, raw))
        said = Translatable(phrases.SENT if action == "send" else phrases.DROPPED)
        self._services.presses.close(press, said, agent)
        self._services.heard.drop_held_reply(name)

    def _send_held(self, held: HeldReply) -> None:
        first = held.heard[0]
        agent, ticket_id = self._services.codes.find_agent(first.sender), self._ticket_of(first)
        if agent and ticket_id:
            files = self._fetched(list(held.heard))
            text = _text(list(held.heard)).strip()
            self._take(ticket_id, agent, first, MessageIntent.REPLY, text, files)

    def _change(self, ticket_id: str, agent: Agent, edit: GroupUpdate) -> None:
        """They changed their own words: so do we, where the customer's channel can."""
        name, text = _name(edit), parse_agent_message(edit.text).text
        versions = [e for e in self._view(ticket_id).entries if e.posted_as == name]
        if not versions or versions[-1].text == text:
            return
        problem = _why_not(versions[0])
        if problem:
            self._answer(edit, problem, agent)
            return
        key = f"group:{name}:{edit.update_id}"
        entry_id, is_note = versions[0].entry_id, versions[0].author is Author.NOTE
        arguments = {"entry_id": entry_id, "is_note": is_note, "text": text, "posted_as": name}
        self._services.desk.act(ticket_id, "edit", agent.agent_id, key=key, **arguments)

    def _link(self, heard: GroupUpdate, code: str) -> None:
        agent = None if heard.is_anonymous else self._services.codes.link(code, heard.sender)
        said = phrases.LINKED(agent=agent.name) if agent else Translatable(phrases.LINK_WRONG)
        self._answer(heard, said, agent)

    def _answer_unknown(self, heard: GroupUpdate) -> None:
        """Told once, that they need not wonder; then ignored in peace."""
        who = "anonymous" if heard.is_anonymous else f"stranger:{heard.sender}"
        if self._services.group.is_first(who):
            self._answer(
                heard, Translatable(phrases.ANONYMOUS if heard.is_anonymous else phrases.WHO_ARE_YOU)
            )

    def _answer(
        self,
        heard: GroupUpdate,
        said: Translatable,
        agent: Agent | None = None,
        options: tuple[Option, ...] = (),
    ) -> None:
        locale = (agent.locale if agent else "") or self._services.views.locale()
        outgoing = Outgoing((said,), options)
        self._services.group.queue_reply(
            GroupReply(heard.chat_id, outgoing, locale, heard.topic_id, answers=heard.message_id)
        )

    def _fetched(self, together: list[GroupUpdate]) -> tuple[Attachment, ...]:
        """Their files, fetched into our folder; raises MediaError."""
        return tuple(self._fetch(file) for heard in together for file in heard.attachments)

    def _fetch(self, file: Attachment) -> Attachment:
        file_id, path = self._services.media.new()
        try:
            return replace(self._services.telegram.fetch(file, path), file_id=file_id)
        except MediaError:
            path.unlink(missing_ok=True)
            raise

    def _view(self, ticket_id: str) -> TicketView:
        return self._services.queries.ticket(ticket_id)


def _text(together: list[GroupUpdate]) -> str:
    """The words of an album are under one of its files."""
    return next((heard.text for heard in together if heard.text), "")


def _name(heard: GroupUpdate) -> str:
    return f"{heard.chat_id}:{heard.message_id}"


def _why_not(entry: ThreadEntry) -> Translatable | None:
    """Why the customer will not see a change; None when they will."""
    if entry.author is Author.NOTE:
        return None
    if entry.channel != "telegram":
        return phrases.CANNOT_EDIT(channel="WhatsApp")
    return Translatable(phrases.FILES_STAY) if entry.attachments else None
