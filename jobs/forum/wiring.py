"""Builds what serves the agents' group, where there is one. Nothing connects while it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from channels.telegram.channel import TelegramChannel
from channels.telegram.forum import Forum
from desk.desk import Desk
from jobs.forum.agent_messages import Attendant, Room
from jobs.forum.button_presses import Presses
from jobs.forum.inbound_worker import Listener
from jobs.forum.sync import Mirror, Tools
from jobs.forum.sync_steps import Showing
from jobs.forum.topic_view import Views
from jobs.forum.webhook_intake import GroupDoor
from runtime.settings import Settings
from store.agents.agents import Agents
from store.agents.telegram_link_codes import TelegramCodes
from store.forum.group import Group
from store.forum.inbound_queue import GroupInbox
from store.forum.topics import Topics
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.media_folder import MediaFolder
from store.outbox.job_queue import Kicks
from store.policies import StoredPolicies
from store.redis_client import Client


@dataclass(frozen=True)
class Rooms:
    """All that serves the agents' group."""

    group: Group
    door: GroupDoor
    mirror: Mirror
    listener: Listener


@dataclass(frozen=True)
class House:
    """What the group's parts share with the rest."""

    settings: Settings
    redis: Client
    desk: Desk
    queries: Queries
    policies: StoredPolicies
    agents: Agents
    codes: TelegramCodes
    presence: Presence
    media: MediaFolder
    kicks: Kicks
    clock: Callable[[], datetime]


def rooms(house: House, telegram: object) -> Rooms | None:
    """The group's parts; None where no group is set."""
    settings = house.settings.telegram
    if settings is None or not settings.inbox_chat or not isinstance(telegram, TelegramChannel):
        return None
    redis, clock, public_url = house.redis, house.clock, house.settings.public_url
    group, topics, heard = Group(redis, settings.inbox_chat), Topics(redis), GroupInbox(redis)
    views = Views(house.queries, house.policies, house.agents, house.presence, public_url, clock)
    showing = Showing(telegram, topics, views, house.media, clock)
    forum = Forum(telegram.call)
    presses = Presses(redis, house.desk, house.queries, house.policies, group, forum, views, clock)
    room = Room(
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
    return Rooms(
        group=group,
        door=GroupDoor(group, heard, house.kicks, clock),
        mirror=Mirror(Tools(redis, topics, group, views, showing, clock)),
        listener=Listener(redis, heard, house.desk, Attendant(room), house.kicks.mirror, clock),
    )
