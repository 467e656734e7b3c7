"""Builds the services of the agents' group, if one is set. Connects to nothing."""

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from channels.channel import Channel
from jobs.forum.shared_services import SharedServices
from jobs.forum.webhook_intake import GroupWebhookIntake
from store.forum.group import ForumGroup
from store.forum.inbound_queue import GroupInboundQueue

if TYPE_CHECKING:
    from jobs.forum.inbound_worker import InboundWorker
    from jobs.forum.sync import ForumSync
    from jobs.forum.worker_services import WorkerServices


class ForumServices:
    """The services of the agents' group. Those that call Telegram are built when they're first used."""

    def __init__(self, shared: SharedServices, telegram: Channel, chat: int) -> None:
        self.group = ForumGroup(shared.redis, chat)
        queue = GroupInboundQueue(shared.redis)
        self.intake = GroupWebhookIntake(self.group, queue, shared.job_queue, shared.clock)
        self._shared, self._telegram = shared, telegram

    @property
    def sync(self) -> "ForumSync":
        """Brings topics up to date."""
        return self._for_workers.sync

    @property
    def inbound_worker(self) -> "InboundWorker":
        """Handles what agents write in topics."""
        return self._for_workers.inbound_worker

    @cached_property
    def _for_workers(self) -> "WorkerServices":
        build = import_module("jobs.forum.worker_services").build_worker_services
        built: WorkerServices = build(self._shared, self.group, self._telegram)
        return built


def build_forum_services(shared: SharedServices, telegram: Channel | None) -> ForumServices | None:
    """The parts of the forum; None where no group is set."""
    settings = shared.settings.telegram
    if settings is None or not settings.inbox_chat or telegram is None:
        return None
    return ForumServices(shared, telegram, settings.inbox_chat)
