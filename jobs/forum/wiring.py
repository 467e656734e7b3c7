"""Builds the services of the agents' group, if one is set. Connects to nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from desk.desk import Desk
from jobs.forum.agent_messages import AgentMessageHandler
from jobs.forum.button_presses import ButtonPresses
from jobs.forum.held_replies import HeldReplies
from jobs.forum.inbound_worker import InboundWorker
from jobs.forum.sync import ForumSync
from jobs.forum.sync_calls import SyncCalls
from jobs.forum.topic_answers import TopicAnswers
from jobs.forum.topic_view import TopicViews
from jobs.forum.webhook_intake import GroupWebhookIntake
from jobs.forum.written_messages import WrittenMessages
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
    """The services of the agents' group."""

    group: ForumGroup
    intake: GroupWebhookIntake
    sync: ForumSync
    inbound_worker: InboundWorker


@dataclass(frozen=True)
class SharedServices:
    """What the forum shares with the rest of the process."""

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


def build_forum_services(shared: SharedServices, telegram: object) -> ForumServices | None:
    """The parts of the forum; None where no group is set."""
    settings = shared.settings.telegram
    if settings is None or not settings.inbox_chat or not isinstance(telegram, TelegramChannel):
        return None
    redis, clock, public_url = shared.redis, shared.clock, shared.settings.public_url
    desk, queries, policies, media = shared.desk, shared.queries, shared.policies, shared.media
    group, topics, queue = ForumGroup(redis, settings.inbox_chat), Topics(redis), GroupInboundQueue(redis)
    forum = Forum(telegram.call)
    views = TopicViews(queries, policies, shared.agents, shared.presence, public_url, clock)
    calls = SyncCalls(telegram, forum, views, media, clock)
    held, answers = HeldReplies(queue), TopicAnswers(group, views)
    handler = AgentMessageHandler(
        topics=topics,
        group=group,
        codes=shared.codes,
        held=held,
        written=WrittenMessages(desk, queries, topics, held, answers, views, telegram, media),
        presses=ButtonPresses(redis, desk, queries, policies, group, forum, views, clock),
        answers=answers,
        inbox_url=f"{public_url}/inbox/",
    )
    return ForumServices(
        group=group,
        intake=GroupWebhookIntake(group, queue, shared.job_queue, clock),
        sync=ForumSync(redis, topics, group, views, calls, clock),
        inbound_worker=InboundWorker(redis, queue, desk, handler, shared.job_queue.sync_topics, clock),
    )
