"""What the services of the agents' group share with the rest of the process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desk.desk import Desk
from runtime.settings import Settings
from store.agents.agents import Agents
from store.agents.telegram_link_codes import TelegramLinkCodes
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.media_folder import MediaFolder
from store.outbox.job_queue import JobQueue
from store.policies import StoredPolicies
from store.redis_client import Client


@dataclass(frozen=True)
class SharedServices:
    """The real objects that they need."""

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
