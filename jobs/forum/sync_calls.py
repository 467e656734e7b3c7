"""Makes the Telegram calls that change a topic, and posts replies to agents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.forum.topic import (
    Call,
    CreateTopic,
    PinCard,
    PlannedCall,
    PostMessage,
    RenameTopic,
    SetClosed,
    SetReaction,
    ShowCard,
    Topic,
)
from bot.messages.errors import DeliveryError
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.outgoing import File, MessagePart, RenderedMessage
from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from channels.telegram.ids import format_message_id
from jobs.forum.topic_view import TopicViews, choices
from store.forum.group import GroupReply
from store.media_folder import MediaFolder

MAX_CARD_LENGTH = 4000  # characters; Telegram takes 4,096 UTF-16 units


@dataclass(frozen=True)
class SyncCalls:
    """Makes the calls; every method raises DeliveryError when Telegram refuses one."""

    telegram: TelegramChannel
    forum: Forum
    views: TopicViews
    media: MediaFolder
    clock: Callable[[], datetime]

    def message_count(self, call: Call) -> int:
        """How many messages the call posts, as Telegram counts them: an album's files count one by one."""
        parts = self._parts(call, 0) if isinstance(call, PostMessage) else ()
        return max(len(parts[0].album), 1) if parts else 1

    def make(self, planned: PlannedCall, chat_id: int) -> Topic:
        """Make the call; what the topic shows then."""
        topic, after = planned.topic, planned.after
        match planned.call:
            case CreateTopic(name, channel):
                return replace(after, thread_id=self.forum.create(chat_id, name, channel))
            case ShowCard(card):
                text = "\n".join(map(str, card.lines))[:MAX_CARD_LENGTH]
                after = replace(after, card_at=self.clock())
                if not topic.card_id:
                    part = MessagePart(text=text, options=choices(card))
                    return replace(after, card_id=self._post(topic, part, chat_id))
                self.forum.edit(chat_id, topic.card_id, text, choices(card))
            case PinCard():
                self.forum.pin(chat_id, topic.card_id)
            case RenameTopic(name):
                self.forum.rename(chat_id, topic.thread_id, name)
            case SetClosed(is_closed):
                self.forum.set_closed(chat_id, topic.thread_id, is_closed=is_closed)
            case SetReaction(message_id, emoji):
                self.forum.react(chat_id, message_id, emoji)
            case PostMessage() as message:
                return self._post_part(message, planned, chat_id)
        return after

    def give_up(self, planned: PlannedCall, chat_id: int) -> Topic:
        """Say in the topic that something is missing; what to store, so that the rest can follow."""
        if isinstance(planned.call, PostMessage) and planned.call.fallback:
            self._post(planned.topic, MessagePart(text=planned.call.fallback), chat_id)
        return planned.given_up()

    def post_reply(self, reply: GroupReply, chat_id: int) -> None:
        """Post a short reply to an agent, or mark their message."""
        if reply.reaction:
            self.forum.react(chat_id, reply.answers, reply.reaction)
            return
        part = MessagePart(
            text="\n".join(self.views.words(line, reply.locale) for line in reply.outgoing.lines),
            options=self.views.options(reply.outgoing, reply.locale),
            quoted_id=format_message_id(chat_id, reply.answers) if reply.answers else "",
            topic_id=str(reply.topic_id) if reply.topic_id else "",
        )
        self.telegram.send(Address("telegram", str(chat_id)), part, reference="")

    def _post_part(self, message: PostMessage, planned: PlannedCall, chat_id: int) -> Topic:
        """Post the next part; only the last one makes the message's entries count as shown."""
        topic, parts = planned.topic, self._parts(message, chat_id)
        if not parts:
            return planned.after
        message_id = self._post(topic, parts[0], chat_id)
        if not message.entry_ids:
            return planned.after
        unfinished = f"{message.entry_ids[0]}+"
        ids = (*topic.posts.get(unfinished, ()), message_id)
        if len(parts) > 1:
            begun = planned.begun or topic
            return replace(begun, post_parts=message.part + 1, posts={**topic.posts, unfinished: ids})
        return replace(planned.after, posts={**topic.posts, **dict.fromkeys(message.entry_ids, ids)})

    def _parts(self, message: PostMessage, chat_id: int) -> tuple[MessagePart, ...]:
        """What is left to post of the message."""
        rendered = RenderedMessage(
            text=message.text,
            files=tuple(map(self._file, message.files)),
            quoted_id=format_message_id(chat_id, message.quoted) if message.quoted else "",
        )
        return self.telegram.split(rendered)[message.part :]

    def _post(self, topic: Topic, part: MessagePart, chat_id: int) -> int:
        """Post in the topic; the message's id."""
        address, placed = Address("telegram", str(chat_id)), replace(part, topic_id=str(topic.thread_id))
        sent = self.telegram.send(address, placed, reference=topic.ticket_id)
        return int(sent.external_id.rpartition(":")[2] or 0)

    def _file(self, file: Attachment) -> File:
        path = self.media.path(file.file_id)
        if not path.is_file():
            raise DeliveryError("file_unreachable", "the file is no longer kept", permanent=True)
        return File(file.kind, file.media_type, file.name, path, size=file.size or 0)
