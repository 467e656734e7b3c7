"""Builds the services of the agents' group that call Telegram. Importing this loads aiogram."""

from dataclasses import dataclass

from channels.channel import Channel
from channels.lazy_channel import LazyChannel
from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from jobs.forum.agent_messages import AgentMessageHandler
from jobs.forum.button_presses import ButtonPresses
from jobs.forum.held_replies import HeldReplies
from jobs.forum.inbound_worker import InboundWorker
from jobs.forum.shared_services import SharedServices
from jobs.forum.sync import ForumSync
from jobs.forum.sync_calls import SyncCalls
from jobs.forum.topic_answers import TopicAnswers
from jobs.forum.topic_view import TopicViews
from jobs.forum.written_messages import WrittenMessages
from store.forum.group import ForumGroup
from store.forum.inbound_queue import GroupInboundQueue
from store.forum.topics import Topics


@dataclass(frozen=True)
class WorkerServices:
    """The services that workers use."""

    sync: ForumSync
    inbound_worker: InboundWorker


def build_worker_services(shared: SharedServices, group: ForumGroup, channel: Channel) -> WorkerServices:
    """The services over that channel, which is Telegram's."""
    telegram = channel.loaded if isinstance(channel, LazyChannel) else channel
    if not isinstance(telegram, TelegramChannel):
        raise TypeError("the agents' group needs the Telegram channel")
    redis, clock, public_url = shared.redis, shared.clock, shared.settings.public_url
    desk, queries, policies, media = shared.desk, shared.queries, shared.policies, shared.media
    topics, queue = Topics(redis), GroupInboundQueue(redis)
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
    return WorkerServices(
        sync=ForumSync(redis, topics, group, views, calls, clock),
        inbound_worker=InboundWorker(redis, queue, desk, handler, shared.job_queue.sync_topics, clock),
    )
