"""Performs the next call that brings one topic up to date, and records what it showed."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.forum.topic_posts import Post, channel_switches, file_name, post_lines
from bot.forum.topic_sync import (
    NOTED,
    Close,
    Create,
    EditCard,
    ExplainFailure,
    PinCard,
    PostCard,
    PostEntries,
    PostLateFile,
    Recap,
    Rename,
    SetReaction,
    SyncStep,
    Topic,
)
from bot.messages import phrases_forum as phrases
from bot.messages.errors import DeliveryError
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment, Line, Translatable
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import DeliveryStatus, ThreadEntry
from channels.outgoing import File, MessagePart, RenderedMessage
from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from channels.telegram.ids import format_message_id
from jobs.forum.topic_view import TopicSnapshot, TopicViews
from store.forum.group import GroupReply
from store.forum.topics import Topics
from store.media_folder import MediaFolder

_REACTIONS = {
    DeliveryStatus.SENT: "👍",
    DeliveryStatus.DELIVERED: "👌",
    DeliveryStatus.READ: "👀",
    DeliveryStatus.FAILED: "😢",
    DeliveryStatus.UNCERTAIN: "🤔",
    DeliveryStatus.HELD: "😴",
    NOTED: "✍",
}
"""Telegram lets bots react with some emoji only; ✅ and ⚠ are not among them."""

_EXPLAINED: Mapping[str, Callable[[Translatable], Translatable]] = {
    DeliveryStatus.FAILED: lambda reason: phrases.NOT_DELIVERED(reason=reason),
    DeliveryStatus.UNCERTAIN: lambda reason: phrases.PERHAPS_DELIVERED(reason=reason),
    DeliveryStatus.HELD: lambda reason: phrases.KEPT_BACK(reason=reason),
}


class StepExecutor:
    """Carries steps out."""

    def __init__(
        self,
        telegram: TelegramChannel,
        topics: Topics,
        views: TopicViews,
        media: MediaFolder,
        clock: Callable[[], datetime],
    ) -> None:
        self._telegram, self._forum = telegram, Forum(telegram.call)
        self._topics, self._views, self._media, self._clock = topics, views, media, clock

    def message_count(self, step: SyncStep, seen: TopicSnapshot) -> int:
        """How many messages the step's next call makes."""
        if not isinstance(step, PostEntries):
            return 1
        part = self._part(step.post, seen)
        return max(len(part.album), 1) if part else 1

    def execute(self, step: SyncStep, seen: TopicSnapshot, chat_id: int) -> None:
        """Make it and record it; raises DeliveryError, and then nothing is recorded."""
        topic, wanted = seen.shown.topic, seen.wanted
        match step:
            case Create():
                channel = wanted.ticket.address.channel
                thread_id = self._forum.create(chat_id, wanted.name, channel)
                self._topics.save(topic.evolve(thread_id=thread_id, name=wanted.name))
            case PostCard():
                card_id = self._post(chat_id, topic, MessagePart(text=seen.card, options=seen.options))
                self._topics.save(self._with_card(topic, seen).evolve(card_id=card_id))
            case EditCard():
                self._forum.edit(chat_id, topic.card_id, seen.card, seen.options)
                self._topics.save(self._with_card(topic, seen))
            case PinCard():
                self._forum.pin(chat_id, topic.card_id)
                self._topics.save(topic.evolve(is_pinned=True))
            case Rename():
                self._forum.rename(chat_id, topic.thread_id, wanted.name)
                self._topics.save(topic.evolve(name=wanted.name))
            case Close(is_closed):
                (self._forum.close if is_closed else self._forum.reopen)(chat_id, topic.thread_id)
                self._topics.save(topic.evolve(is_closed=is_closed))
            case PostEntries(post):
                self._show(post, seen, chat_id)
            case PostLateFile(entry, number):
                self._show_late(entry, number, seen, chat_id)
            case Recap(entries):
                self._recap(entries, seen, chat_id)
            case SetReaction(entry_id, message_id, status):
                self._forum.react(chat_id, message_id, _REACTIONS[status])
                self._topics.save(topic, signs={entry_id: status})
            case ExplainFailure(delivery, message_id):
                said = _EXPLAINED[delivery.status](Translatable(reason_for(delivery.reason)))
                text = self._views.words(said, seen.locale)
                self._post(
                    chat_id, topic, MessagePart(text=text, quoted_id=format_message_id(chat_id, message_id))
                )
                self._topics.save(topic, signs={f"{delivery.entry_id}!": delivery.status.value})

    def erase(self, thread_id: int, chat_id: int) -> None:
        """Delete a topic whose ticket was erased; raises DeliveryError."""
        self._forum.delete(chat_id, thread_id)

    def post_reply(self, notice: GroupReply, chat_id: int) -> None:
        """Post a short answer to an agent; raises DeliveryError."""
        part = MessagePart(
            text="\n".join(self._views.words(line, notice.locale) for line in notice.outgoing.lines),
            options=self._views.options(notice.outgoing, notice.locale),
            quoted_id=format_message_id(chat_id, notice.answers) if notice.answers else "",
            topic_id=str(notice.topic_id) if notice.topic_id else "",
        )
        self._telegram.send(Address("telegram", str(chat_id)), part, reference="")

    def give_up(self, step: SyncStep, seen: TopicSnapshot, chat_id: int) -> None:
        """Telegram will never take it: say that something is missing here, and go on with what follows."""
        topic = seen.shown.topic
        if isinstance(step, PostEntries | Recap | PostLateFile):
            text = self._views.words(phrases.NOT_SHOWN(link=seen.link), seen.locale)
            self._post(chat_id, topic, MessagePart(text=text))
        match step:
            case PostEntries(post):
                self._finish(post, topic, {entry.entry_id: (0,) for entry in post.entries})
            case Recap():
                self._topics.save(topic.evolve(recap_to=0))
            case PostLateFile(entry, number):
                self._without_late(topic, entry, number)
            case SetReaction(entry_id, _, status):
                self._topics.save(topic, signs={entry_id: status})
            case ExplainFailure(delivery):
                self._topics.save(topic, signs={f"{delivery.entry_id}!": delivery.status.value})
            case PinCard():
                self._topics.save(topic.evolve(is_pinned=True))
            case Rename():
                self._topics.save(topic.evolve(name=seen.wanted.name))
            case EditCard():
                self._topics.save(self._with_card(topic, seen))
            case Close(is_closed):
                self._topics.save(topic.evolve(is_closed=is_closed))

    def _with_card(self, topic: Topic, seen: TopicSnapshot) -> Topic:
        return topic.evolve(card=seen.wanted.card, card_at=self._clock())

    def _show(self, post: Post, seen: TopicSnapshot, chat_id: int) -> None:
        """One call of the post; the last one finishes it."""
        topic, posts = seen.shown.topic, dict(seen.shown.posts)
        parts = self._parts(post, seen, chat_id)
        made = topic.post_parts if topic.post_end == post.end else 0
        late = topic.late if made else tuple(dict.fromkeys((*topic.late, *post.late)))
        under_way = topic.evolve(post_end=post.end, post_parts=made, late=late)
        if made < len(parts):
            if not made:
                self._topics.save(under_way)
            message_id = self._post(chat_id, topic, parts[made])
            made += 1
            key = f"{post.entries[0].entry_id}+"  # the messages of a post that is not finished
            ids = (*posts.get(key, ()), message_id)
            if made < len(parts):
                self._topics.save(under_way.evolve(post_parts=made), {key: ids})
                return
            self._finish(post, under_way, {entry.entry_id: ids for entry in post.entries})
        else:
            self._finish(post, under_way, {})

    def _finish(self, post: Post, topic: Topic, posts: Mapping[str, tuple[int, ...]]) -> None:
        self._topics.save(topic.evolve(shown=post.end, post_end=0, post_parts=0), posts)

    def _part(self, post: Post, seen: TopicSnapshot) -> MessagePart | None:
        topic = seen.shown.topic
        parts = self._parts(post, seen, 0)
        made = topic.post_parts if topic.post_end == post.end else 0
        return parts[made] if made < len(parts) else None

    def _parts(self, post: Post, seen: TopicSnapshot, chat_id: int) -> tuple[MessagePart, ...]:
        ticket, late = seen.wanted.ticket, seen.shown.topic.late
        files = [file for name, file in post.files.items() if file.file_id and name not in late]
        lines = post_lines(
            post.entries,
            ticket,
            lambda e: self._views.said(e, seen.locale if e.is_system_note else ticket.locale),
            self._views.name,
            moved=channel_switches(seen.wanted.entries),
        )
        return self._telegram.split(
            RenderedMessage(
                text=self._text(lines, seen.locale),
                files=tuple(self._file(file) for file in files),
                quoted_id=self._quoted(post, seen, chat_id),
            )
        )

    def _quoted(self, post: Post, seen: TopicSnapshot, chat_id: int) -> str:
        """The message in the group that shows what is quoted, or what was changed."""
        first, wanted = post.entries[0], seen.wanted
        for entry in wanted.entries:
            is_original = first.is_edit and entry is not first and entry.external_id == first.external_id
            if is_original or (first.quoted_id and first.quoted_id in _names(entry, seen)):
                ids = seen.shown.posts.get(entry.entry_id, ())
                number = int(entry.posted_as.rpartition(":")[2]) if entry.posted_as else next(iter(ids), 0)
                return format_message_id(chat_id, number) if number else ""
        return ""

    def _show_late(self, entry: ThreadEntry, number: int, seen: TopicSnapshot, chat_id: int) -> None:
        file, topic = entry.attachments[number], seen.shown.topic
        phrase = phrases.FILE_LOST if file.problem else phrases.FILE_HERE
        text = self._views.words(phrase(name=file_name(file)), seen.locale)
        quoted = format_message_id(chat_id, next(iter(seen.shown.posts.get(entry.entry_id, ())), 0))
        files = (self._file(file),) if file.file_id else ()
        for part in self._telegram.split(RenderedMessage(text=text, files=files, quoted_id=quoted))[:1]:
            self._post(chat_id, topic, part)
        self._without_late(topic, entry, number)

    def _without_late(self, topic: Topic, entry: ThreadEntry, number: int) -> None:
        name = f"{entry.entry_id}/{number}"
        self._topics.save(topic.evolve(late=tuple(late for late in topic.late if late != name)))

    def _recap(self, entries: tuple[ThreadEntry, ...], seen: TopicSnapshot, chat_id: int) -> None:
        """One message of the latest lines; the inbox has all of them."""
        topic, ticket = seen.shown.topic, seen.wanted.ticket
        lines: tuple[Line, ...] = (Translatable(phrases.RECAP),)
        lines += post_lines(
            entries,
            ticket,
            lambda e: self._views.said(e, seen.locale if e.is_system_note else ticket.locale),
            self._views.name,
            moved=channel_switches(seen.wanted.entries),
            names_files=True,
        )
        parts = self._telegram.split(RenderedMessage(text=self._text(lines, seen.locale))) if entries else ()
        if parts:
            self._post(chat_id, topic, parts[-1])
        self._topics.save(topic.evolve(recap_to=0))

    def _post(self, chat_id: int, topic: Topic, part: MessagePart) -> int:
        """Post in the topic; the message's number."""
        placed = MessagePart(
            text=part.text, options=part.options, file=part.file, album=part.album,
            quoted_id=part.quoted_id, topic_id=str(topic.thread_id),
        )  # fmt: skip
        sent = self._telegram.send(Address("telegram", str(chat_id)), placed, reference=topic.ticket_id)
        return int(sent.external_id.rpartition(":")[2] or 0)

    def _text(self, lines: tuple[Line, ...], locale: str) -> str:
        return "\n".join(self._views.words(line, locale) for line in lines)

    def _file(self, file: Attachment) -> File:
        path = self._media.path(file.file_id)
        if not path.is_file():
            raise DeliveryError("file_unreachable", "the file is no longer kept", permanent=True)
        return File(file.kind, file.media_type, file.name, path, size=file.size or 0)


def _names(entry: ThreadEntry, seen: TopicSnapshot) -> tuple[str, ...]:
    """What the customer's channel calls an entry."""
    delivery = seen.wanted.deliveries.get(entry.entry_id)
    return (entry.external_id, *(delivery.external_ids if delivery else ()))
