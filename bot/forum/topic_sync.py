"""Compares what a topic shows with what it should show and plans the next Telegram call. Pure.

A topic only mirrors its ticket: nothing is read back from it. Each call is recorded before the next one is made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.delivery.corrections import WITHDRAWN
from bot.forum.topic import (
    CreateTopic,
    PinCard,
    PlannedCall,
    PostMessage,
    RenameTopic,
    SetClosed,
    SetReaction,
    ShowCard,
    Topic,
    Urgency,
)
from bot.forum.topic_posts import channel_switches, file_name, intake_end, next_post, post_lines, recap
from bot.messages import phrases_forum as phrases
from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from bot.model.ticket import Ticket

CARD_EDIT_INTERVAL = timedelta(seconds=8)
"""Changes within this time are shown by one edit of the card."""

NOTED = "noted"
"""The status of a note that was written in the topic: the customer doesn't get it."""

_REACTIONS = {
    DeliveryStatus.SENT: "👍",
    DeliveryStatus.DELIVERED: "👌",
    DeliveryStatus.READ: "👀",
    DeliveryStatus.FAILED: "😢",
    DeliveryStatus.UNCERTAIN: "🤔",
    DeliveryStatus.HELD: "😴",
}
"""Telegram allows bots a fixed set of emoji, without ✅ and ⚠."""

_EXPLANATIONS: Mapping[DeliveryStatus, Callable[[Translatable], Translatable]] = {
    DeliveryStatus.FAILED: lambda reason: phrases.NOT_DELIVERED(reason=reason),
    DeliveryStatus.UNCERTAIN: lambda reason: phrases.PERHAPS_DELIVERED(reason=reason),
    DeliveryStatus.HELD: lambda reason: phrases.KEPT_BACK(reason=reason),
}


@dataclass(frozen=True)
class DesiredTopic:
    """What the topic should show at `now`."""

    ticket: Ticket
    entries: Sequence[ThreadEntry]
    deliveries: Mapping[str, OutboxEntry]
    name: str
    card: Outgoing  # rendered
    link: str
    is_urgent: bool
    is_being_answered: bool
    now: datetime
    render: Callable[[Line], str]  # in the group's language
    said: Callable[[ThreadEntry], str]  # what the bot said, as its reader sees it
    agent_name: Callable[[str], str]


def next_call(topic: Topic, wanted: DesiredTopic) -> PlannedCall | None:
    """The first call that may be made now, else the one that may be made soonest; None when all is shown."""
    waiting: list[tuple[datetime, PlannedCall]] = []
    for planned in _differences(topic, wanted):
        if planned.not_before is None or planned.not_before <= wanted.now:
            return planned
        waiting.append((planned.not_before, planned))
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None


def card_fingerprint(card: Outgoing) -> str:
    """Changes whenever the text or the buttons of a rendered card change."""
    words = repr((card.lines, [(option.payload, option.label) for option in card.options]))
    return blake2b(words.encode(errors="surrogatepass"), digest_size=10).hexdigest()


def _differences(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedCall]:
    """One call for each difference, in the order in which they should be made."""
    if not topic.thread_id:
        if wanted.ticket.is_live:
            create = CreateTopic(wanted.name, wanted.ticket.address.channel)
            yield PlannedCall(create, Urgency.FIRST, topic, replace(topic, name=wanted.name))
    elif not topic.card_id:
        yield _card(topic, wanted, Urgency.FIRST)
    elif topic.recap_to:
        yield _recap(topic, wanted)
    else:
        yield from _new_entries(topic, wanted)
        yield from _late_files(topic, wanted)
        yield from _deliveries(topic, wanted)
        yield from _appearance(topic, wanted)


def _card(topic: Topic, wanted: DesiredTopic, urgency: Urgency) -> PlannedCall:
    after = replace(topic, card=card_fingerprint(wanted.card), card_at=wanted.now)
    not_before = topic.card_at + CARD_EDIT_INTERVAL if topic.card_id and topic.card_at else None
    return PlannedCall(ShowCard(wanted.card), urgency, topic, after, not_before=not_before)


def _recap(topic: Topic, wanted: DesiredTopic) -> PlannedCall:
    entries = recap(wanted.entries[: topic.recap_to], intake_end(wanted.entries, wanted.ticket))
    lines = (Translatable(phrases.RECAP), *_entry_lines(entries, wanted, names_files=True)) if entries else ()
    message = PostMessage(_text(lines, wanted), part=-1, fallback=_not_shown(wanted))
    return PlannedCall(message, Urgency.SOON, topic, replace(topic, recap_to=0))


def _new_entries(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedCall]:
    post = next_post(wanted.ticket, wanted.entries, topic.shown, topic.post_end, topic.posts)
    if post is None:
        return
    urgency = Urgency.LATER
    if any(entry.author is Author.CUSTOMER for entry in wanted.entries[max(topic.shown, 0) :]):
        urgency = Urgency.FIRST if wanted.is_urgent else Urgency.SOON
    begun = topic
    if topic.post_end != post.end or not topic.post_parts:
        late = tuple(dict.fromkeys((*topic.late, *post.late)))
        begun = replace(topic, post_end=post.end, post_parts=0, late=late)
    message = PostMessage(
        _text(_entry_lines(post.entries, wanted), wanted),
        tuple(file for name, file in post.files.items() if file.file_id and name not in topic.late),
        _quoted(post.entries[0], topic, wanted),
        begun.post_parts,
        tuple(entry.entry_id for entry in post.entries),
        _not_shown(wanted),
    )
    after = replace(begun, shown=post.end, post_end=0, post_parts=0)
    not_before = None if topic.post_end else post.not_before
    yield PlannedCall(message, urgency, topic, after, begun, not_before)


def _late_files(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedCall]:
    entries = {entry.entry_id: entry for entry in wanted.entries}
    for name in topic.late:
        entry_id, _, number = name.rpartition("/")
        if (entry := entries.get(entry_id)) is None:
            continue
        file = entry.attachments[int(number)]
        if file.file_id or file.problem:
            phrase = phrases.FILE_LOST if file.problem else phrases.FILE_HERE
            text, files = wanted.render(phrase(name=file_name(file))), (file,) if file.file_id else ()
            message = PostMessage(text, files, _first_post(topic, entry), fallback=_not_shown(wanted))
            after = replace(topic, late=tuple(other for other in topic.late if other != name))
            yield PlannedCall(message, Urgency.LATER, topic, after)


def _deliveries(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedCall]:
    def after(key: str, status: str) -> Topic:
        return replace(topic, reactions={**topic.reactions, key: status})

    for entry in wanted.entries:
        entry_id, message_id = entry.entry_id, _message_of(entry, topic)
        if entry.author is Author.NOTE and entry.posted_as and entry_id not in topic.reactions:
            yield PlannedCall(SetReaction(message_id, "✍"), Urgency.LATER, topic, after(entry_id, NOTED))
        delivery = wanted.deliveries.get(entry_id)
        if entry.author is not Author.AGENT or delivery is None or not message_id:
            continue
        status = delivery.status
        if delivery.reason == WITHDRAWN or (entry.is_withdrawal and status not in _EXPLANATIONS):
            continue  # the note that replaced it says so
        if status in _REACTIONS and topic.reactions.get(entry_id) != status:
            reaction = SetReaction(message_id, _REACTIONS[status])
            yield PlannedCall(reaction, Urgency.LATER, topic, after(entry_id, status.value))
        elif status in _EXPLANATIONS and topic.reactions.get(f"{entry_id}!") != status:
            explanation = _EXPLANATIONS[status](Translatable(reason_for(delivery.reason)))
            message = PostMessage(wanted.render(explanation), quoted=message_id)
            yield PlannedCall(message, Urgency.SOON, topic, after(f"{entry_id}!", status.value))


def _appearance(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedCall]:
    is_closed = not wanted.ticket.is_live
    if topic.is_closed != is_closed:
        yield PlannedCall(SetClosed(is_closed), Urgency.LATER, topic, replace(topic, is_closed=is_closed))
    if not topic.is_pinned:
        yield PlannedCall(PinCard(), Urgency.LAST, topic, replace(topic, is_pinned=True))
    if topic.name != wanted.name:
        after = replace(topic, name=wanted.name)
        yield PlannedCall(RenameTopic(wanted.name), Urgency.LAST, topic, after)
    if topic.card != card_fingerprint(wanted.card):
        yield _card(topic, wanted, Urgency.LAST)


def _entry_lines(
    entries: Sequence[ThreadEntry], wanted: DesiredTopic, *, names_files: bool = False
) -> tuple[Line, ...]:
    moved = channel_switches(wanted.entries)
    said, name = wanted.said, wanted.agent_name
    return post_lines(entries, wanted.ticket, said, name, moved=moved, names_files=names_files)


def _text(lines: Sequence[Line], wanted: DesiredTopic) -> str:
    return "\n".join(map(wanted.render, lines))


def _not_shown(wanted: DesiredTopic) -> str:
    return wanted.render(phrases.NOT_SHOWN(link=wanted.link))


def _quoted(first: ThreadEntry, topic: Topic, wanted: DesiredTopic) -> int:
    """The message of the group that shows what `first` quotes or edits; 0 when none does."""
    for entry in wanted.entries:
        delivery = wanted.deliveries.get(entry.entry_id)
        external_ids = (entry.external_id, *(delivery.external_ids if delivery else ()))
        is_original = first.is_edit and entry is not first and entry.external_id == first.external_id
        if is_original or (first.quoted_id and first.quoted_id in external_ids):
            return _message_of(entry, topic)
    return 0


def _message_of(entry: ThreadEntry, topic: Topic) -> int:
    """The message of the group that shows this entry; 0 when none does."""
    return int(entry.posted_as.rpartition(":")[2]) if entry.posted_as else _first_post(topic, entry)


def _first_post(topic: Topic, entry: ThreadEntry) -> int:
    return next(iter(topic.posts.get(entry.entry_id, ())), 0)
