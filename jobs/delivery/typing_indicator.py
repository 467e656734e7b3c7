"""Shows the customer “typing…” while an agent writes to them; losing one does no harm."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.messages.thread import Author
from bot.policy.policy import Policy
from channels.channel import Channel
from store import keys
from store.inbox.queries import Queries
from store.outbox.job_queue import JobQueue
from store.redis_client import Client

SHOWN_FOR = timedelta(seconds=20)
"""WhatsApp shows it for 25 s, Telegram for 5 s; it isn't sent again before that."""


class TypingIndicator:
    """Shows it if the policy allows: on WhatsApp it also marks the customer's message as read."""

    def __init__(
        self,
        redis: Client,
        job_queue: JobQueue,
        queries: Queries,
        channels: Mapping[str, Channel],
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._job_queue, self._queries = redis, job_queue, queries
        self._channels, self._policy, self._clock = channels, policy, clock

    def agent_is_typing(self, ticket_id: str) -> None:
        """An agent is writing a reply on that ticket."""
        if not self._policy.whatsapp.is_typing_shown:
            return
        if self._redis.set(keys.typing(ticket_id), 1, nx=True, ex=SHOWN_FOR):
            self._job_queue.show_typing(ticket_id)

    def show(self, ticket_id: str) -> None:
        """Send it to the channel, in reply to the customer's last message."""
        view = self._queries.ticket(ticket_id)
        address, closes_at = view.ticket.address, view.contact.window_closes_at
        channel = self._channels.get(address.channel)
        if channel is None or (closes_at and closes_at <= self._clock()):
            return
        theirs = [e.external_id for e in view.entries if e.author is Author.CUSTOMER and e.external_id]
        if theirs:
            channel.typing(address, answering=theirs[-1])
