"""Builds what serves the agents' group, where there is one. Nothing connects while it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from desk.desk import Desk
from jobs.forum.agent_messages import AgentMessageHandler, MessageServices
from jobs.forum.button_presses import ButtonPresses
from jobs.forum.inbound_worker import InboundWorker
from jobs.forum.sync import ForumSync
from jobs.forum.sync_calls import SyncCalls
from jobs.forum.topic_view import TopicViews
from jobs.forum.webhook_intake import GroupWebhookIntake
from runtime.settings import Settings
from store.agents.agents import Agents
from store.agents.telegram_link_codes import TelegramLinkCodes
from store.forum.group import ForumGroup
from store.forum.inbound_queue import GroupInboundQueue
from store.forum.topics import Topics
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.media_folder import MediaFolder
from store.outbox.job_queue import JobQueue
from store.policies import StoredPolicies
from store.redis_client import Client


@dataclass(frozen=True)
class ForumServices:
    """All that serves the agents' group."""

    group: ForumGroup
    intake: GroupWebhookIntake
    sync: ForumSync
    inbound_worker: InboundWorker


@dataclass(frozen=True)
class SharedServices:
    """What the group's parts share with the rest."""

    settings: Settings
    redis: Client
    desk: Desk
    queries: Queries
    policies: StoredPolicies
    agents: Agents
    codes: TelegramLinkCodes
    presence: Presence
    media: MediaFolder
    job_queue: JobQueue
    clock: Callable[[], datetime]


def build_forum_services(house: SharedServices, telegram: object) -> ForumServices | None:
    """The group's parts; None where no group is set."""
    settings = house.settings.telegram
    if settings is None or not settings.inbox_chat or not isinstance(telegram, TelegramChannel):
        return None
    redis, clock, public_url = house.redis, house.clock, house.settings.public_url
    group, topics, heard = ForumGroup(redis, settings.inbox_chat), Topics(redis), GroupInboundQueue(redis)
    views = TopicViews(house.queries, house.policies, house.agents, house.presence, public_url, clock)
    forum = Forum(telegram.call)
    calls = SyncCalls(telegram, forum, views, house.media, clock)
    presses = ButtonPresses(redis, house.desk, house.queries, house.policies, group, forum, views, clock)
    room = MessageServices(
        desk=house.desk,
        queries=house.queries,
        topics=topics,
        group=group,
        heard=heard,
        codes=house.codes,
        views=views,
        telegram=telegram,
        media=house.media,
        presses=presses,
        inbox_url=f"{public_url}/inbox/",
        clock=clock,
    )
    return ForumServices(
        group=group,
        intake=GroupWebhookIntake(group, heard, house.job_queue, clock),
        sync=ForumSync(redis, topics, group, views, calls, clock),
        inbound_worker=InboundWorker(
            redis, heard, house.desk, AgentMessageHandler(room), house.job_queue.sync_topics, clock
        ),
    )
