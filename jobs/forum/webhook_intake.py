"""Queues updates from the agents' group that arrive at the webhook, and a job to handle them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.forum.agent_message import is_link_command
from bot.messages.inbound import Inbound
from channels.inbound_events import GroupChanged, GroupUpdate
from store.codec import dump
from store.forum.group import ForumGroup
from store.forum.inbound_queue import GroupInboundQueue
from store.outbox.job_queue import JobQueue

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class GroupWebhookIntake:
    """Takes updates from groups and ignores those from other groups than the agents'."""

    group: ForumGroup
    queue: GroupInboundQueue
    job_queue: JobQueue
    clock: Callable[[], datetime]

    def hear(self, update: GroupUpdate) -> None:
        """Queue what somebody wrote, edited or pressed."""
        if self.group.is_ours(update.chat_id):
            self._add(str(update.topic_id), update)
        else:
            log.info("webhook ignored: a group that is not the agents’")

    def change(self, changed: GroupChanged) -> None:
        """Store that the group moved, or that the bot's rights in it changed."""
        if not self.group.is_ours(changed.chat_id):
            log.info("webhook ignored: a group that is not the agents’")
        elif changed.moved_to:
            self.group.set_chat_id(changed.moved_to)
        elif changed.is_bot_admin:
            self.group.clear_problem()
            self.job_queue.sync_topics()
        else:
            self.group.set_problem("no_rights", self.clock())

    def takes(self, inbound: Inbound) -> bool:
        """Queue a `/link CODE` that an agent sends in their own chat with the bot; False for other messages."""
        if inbound.address.channel != "telegram" or not is_link_command(inbound.text):
            return False
        chat_id = int(inbound.address.name)
        update = GroupUpdate(
            update_id=inbound.external_id,
            chat_id=chat_id,
            message_id=int(inbound.message_id.rpartition(":")[2] or 0),
            topic_id=0,
            sender=chat_id,
            sender_name=inbound.profile_name,
            at=inbound.sent_at,
            text=inbound.text,
            heard_at=self.clock(),
        )
        self._add(f"private-{chat_id}", update)
        return True

    def _add(self, thread: str, update: GroupUpdate) -> None:
        if self.queue.add(thread, update.update_id, dump(update), self.clock()):
            self.job_queue.handle_agent_messages(thread)
