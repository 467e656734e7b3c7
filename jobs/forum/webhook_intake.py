"""Where updates of the agents' group come in from the webhook: kept, and a job is told. Decides nothing."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.forum.agent_message import is_link_command
from bot.messages.inbound import Inbound
from channels.inbound_events import GroupChanged, GroupUpdate
from store.codec import dump
from store.forum.group import ForumGroup
from store.forum.inbound_queue import GroupInboundQueue
from store.outbox.job_queue import JobQueue

log = logging.getLogger(__name__)


class GroupWebhookIntake:
    """Takes what happened in groups; in others than the agents' own, nothing concerns us."""

    def __init__(
        self, group: ForumGroup, heard: GroupInboundQueue, job_queue: JobQueue, clock: Callable[[], datetime]
    ) -> None:
        self._group, self._inbound_queue, self._job_queue, self._clock = group, heard, job_queue, clock

    def hear(self, heard: GroupUpdate) -> None:
        """Somebody wrote, changed or pressed something."""
        if self._group.is_ours(heard.chat_id):
            self._keep(str(heard.topic_id), heard)
        else:
            log.info("webhook ignored: a group that is not the agents’")

    def change(self, changed: GroupChanged) -> None:
        """The group moved, or we may do more or less in it."""
        if not self._group.is_ours(changed.chat_id):
            log.info("webhook ignored: a group that is not the agents’")
        elif changed.moved_to:
            self._group.set_chat_id(changed.moved_to)
        elif changed.is_bot_admin:
            self._group.clear_problem()
            self._job_queue.sync_topics()
        else:
            self._group.set_problem("no_rights", self._clock())

    def takes(self, inbound: Inbound) -> bool:
        """Whether an agent says in their own chat with the bot who they are; then it is taken."""
        if inbound.address.channel != "telegram" or not is_link_command(inbound.text):
            return False
        chat_id = int(inbound.address.name)
        message_id = int(inbound.message_id.rpartition(":")[2] or 0)
        heard = GroupUpdate(
            update_id=inbound.external_id,
            chat_id=chat_id,
            message_id=message_id,
            topic_id=0,
            sender=chat_id,
            sender_name=inbound.profile_name,
            at=inbound.sent_at,
            text=inbound.text,
            heard_at=self._clock(),
        )
        self._keep(f"private-{chat_id}", heard)
        return True

    def _keep(self, thread: str, heard: GroupUpdate) -> None:
        if self._inbound_queue.add(thread, heard.update_id, dump(heard), self._clock()):
            self._job_queue.handle_agent_messages(thread)
