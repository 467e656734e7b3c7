"""What the desk tells agents about their own messages in the group: short replies, and marks under messages."""

from dataclasses import dataclass

from bot.messages.outgoing import Option, Outgoing, Translatable
from channels.inbound_events import GroupUpdate
from jobs.forum.topic_view import TopicViews
from store.agents.agent import Agent
from store.forum.group import ForumGroup, GroupReply

NOT_TAKEN = "😢"
"""The mark under a message that nobody received, as for one that couldn't be delivered."""


@dataclass(frozen=True)
class TopicAnswers:
    """Queues what is said; the sync posts it within Telegram's limits."""

    group: ForumGroup
    views: TopicViews

    def say(
        self,
        update: GroupUpdate,
        said: Translatable,
        agent: Agent | None = None,
        options: tuple[Option, ...] = (),
    ) -> None:
        """Reply to a message."""
        locale = (agent.locale if agent else "") or self.views.locale()
        reply = Outgoing((said,), options)
        self.group.queue_reply(
            GroupReply(update.chat_id, reply, locale, update.topic_id, answers=update.message_id)
        )

    def refuse(
        self, update: GroupUpdate, why: Translatable, agent: Agent | None = None, *, once: str = ""
    ) -> None:
        """Mark a message that wasn't taken, and say why: with `once`, only the first time in a while."""
        if update.topic_id:
            mark = GroupReply(
                update.chat_id, Outgoing(()), "", update.topic_id, update.message_id, reaction=NOT_TAKEN
            )
            self.group.queue_reply(mark)
        if not once or self.group.is_first(f"{once}:{update.topic_id}"):
            self.say(update, why, agent)
