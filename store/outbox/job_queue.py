"""Queues the work that follows a change: outbox entries in their lanes, downloads, and RQ jobs for them.

The records in Redis are the truth; an RQ job only triggers work, takes ids, and may be lost or run twice. The
sweep queues another job after `GRACE` for work that isn't done.
"""

from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from uuid import uuid4

from redis.client import Pipeline
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from bot.messages.notice import Notice
from bot.messages.thread import Author, OutboxEntry
from bot.model.unit_of_work import Changes
from store import keys
from store.codec import dump
from store.redis_client import Client, put

DELIVER_PREFIX = "deliver"  # prefix: one queue per channel, so that a slow one delays no other
DUE_QUEUE = "due"
MEDIA_QUEUE = "media"
CHANNELS = ("whatsapp", "telegram", "mailto")
FORUM_QUEUE = "group"  # sync of the agents' group
FORUM_INBOUND_QUEUE = "group-heard"  # updates from it
FORUM_QUEUES = (FORUM_QUEUE, FORUM_INBOUND_QUEUE)
WEBHOOKS_QUEUE = "hooks"  # outgoing webhooks: receivers may be slow
QUEUES = (
    *(f"{DELIVER_PREFIX}-{channel}" for channel in CHANNELS),
    DUE_QUEUE,
    MEDIA_QUEUE,
    WEBHOOKS_QUEUE,
    *FORUM_QUEUES,
)
"""Every queue; each worker process listens to exactly one."""

RENAMED_TASKS = {
    "jobs.deliver.deliver": "jobs.tasks.deliver",
    "jobs.deliver.acknowledge": "jobs.tasks.acknowledge_press",
    "jobs.deliver.typing": "jobs.tasks.show_typing",
    "jobs.due.fall_due": "jobs.tasks.check_deadlines",
    "jobs.due.tell": "jobs.tasks.send_alerts",
    "jobs.due.chore": "jobs.tasks.run_chore",
    "jobs.forum.mirror": "jobs.tasks.sync_topics",
    "jobs.forum.hear": "jobs.tasks.handle_agent_messages",
    "jobs.hooks.tell": "jobs.tasks.send_webhooks",
    "jobs.media.fetch_media": "jobs.tasks.fetch_media",
}
"""Names under which version 0.1 queued tasks: kept for one release, so that queued jobs survive an upgrade."""

DELIVER_TASK = "jobs.tasks.deliver"
DELIVER_REPLIES_TASK = "jobs.tasks.deliver_replies"
ACKNOWLEDGE_TASK = "jobs.tasks.acknowledge_press"

LONG_CHORES = ("backfill", "archive")

TICKETS_PER_JOB = 20  # tickets per deadline job
LANES_PER_JOB = 100  # lanes per delivery job of the clock
GRACE = 4.0  # seconds before the sweep queues another job
JOB_TIMEOUT = 120  # seconds
FULL_LENGTH = 500  # waiting jobs in a queue


def delivery_queue(channel: str) -> str:
    """The queue for that channel's outgoing messages."""
    return f"{DELIVER_PREFIX}-{channel}"


class JobQueue:
    """Queues work, in the caller's transaction or on its own."""

    def __init__(self, redis: Client, *, has_group: bool = False) -> None:
        self._redis, self.has_group = redis, has_group
        self._blanks: dict[str, Job] = {}
        self._queues = {name: Queue(name, connection=redis, serializer=JSONSerializer) for name in QUEUES}

    def enqueue_changes(self, writes: Pipeline, changes: Changes, *, but: str = "") -> None:
        """Add to `writes` the work that follows `changes`; `but` is a lane that has a job queued already."""
        for entry in changes.outbox:
            self.queue_entry(writes, entry)
        replied = {entry.lane for entry in changes.outbox if entry.author is Author.AGENT}
        for lane, channel in {e.lane: e.address.channel for e in changes.outbox if e.lane != but}.items():
            self.deliver(lane, channel, writes, is_reply=lane in replied)
        for notice in changes.notices:
            self.queue_notice(writes, notice)
        for lane in {notice.lane for notice in changes.notices if notice.is_answer}:
            self.send_alerts(lane, writes)  # the job that decided on alerts sends them itself, many at a time
        if changes.answer_token:
            self._enqueue(delivery_queue("telegram"), ACKNOWLEDGE_TASK, [changes.answer_token], writes)
        for entry_id, thread_id, at in _with_files(changes):
            writes.zadd(keys.MEDIA, {f"{thread_id}|{entry_id}": at.timestamp() + GRACE})
            self._enqueue(MEDIA_QUEUE, "jobs.tasks.fetch_media", [thread_id, entry_id], writes)

    def queue_entry(self, writes: Pipeline, entry: OutboxEntry) -> None:
        """Add an entry at the end of its lane."""
        put(writes, keys.outbox_entry(entry.entry_id), dump(entry))
        writes.rpush(keys.lane(entry.lane), entry.entry_id)
        member = f"{entry.address.channel}|{entry.lane}"
        writes.zadd(keys.LANES, {member: entry.created_at.timestamp() + GRACE}, lt=True)

    def queue_notice(self, writes: Pipeline, notice: Notice) -> None:
        """Add a notice to the queue of its destination."""
        board = keys.urgent_alert_queue if notice.is_pressing else keys.alert_queue
        writes.rpush(board(notice.lane), dump(notice))
        writes.zadd(keys.ALERT_QUEUES, {notice.lane: notice.at.timestamp() + GRACE}, lt=True)

    def send_alerts(self, lane: str, writes: Pipeline | None = None) -> None:
        """Send the notices that wait for this destination."""
        self._enqueue(DUE_QUEUE, "jobs.tasks.send_alerts", [lane], writes)

    def run_chore(self, name: str) -> None:
        """Run a recurring chore; long ones in a queue where they delay no deadline."""
        self._enqueue(MEDIA_QUEUE if name in LONG_CHORES else DUE_QUEUE, "jobs.tasks.run_chore", [name], None)

    def deliver(
        self, lane: str, channel: str, writes: Pipeline | None = None, *, is_reply: bool = False
    ) -> None:
        """Drain this lane, before others if an agent has replied."""
        task = DELIVER_REPLIES_TASK if is_reply else DELIVER_TASK
        self._enqueue(delivery_queue(channel), task, [lane], writes)

    def deliver_all(self, lanes: Sequence[str], channel: str) -> None:
        """Drain these lanes, many per job."""
        for at in range(0, len(lanes), LANES_PER_JOB):
            self._enqueue(delivery_queue(channel), DELIVER_TASK, list(lanes[at : at + LANES_PER_JOB]), None)

    def show_typing(self, ticket_id: str) -> None:
        """Show the customer that an agent is typing."""
        self._enqueue(MEDIA_QUEUE, "jobs.tasks.show_typing", [ticket_id], None)

    def check_deadlines(self, ticket_ids: Sequence[str]) -> None:
        """Check the deadlines of these tickets, several per job, because RQ's overhead per job is high."""
        for at in range(0, len(ticket_ids), TICKETS_PER_JOB):
            self._enqueue(
                DUE_QUEUE, "jobs.tasks.check_deadlines", list(ticket_ids[at : at + TICKETS_PER_JOB]), None
            )

    def sync_topics(self) -> None:
        """Sync the agents' group."""
        self._enqueue(FORUM_QUEUE, "jobs.tasks.sync_topics", [], None)

    def send_webhooks(self) -> None:
        """Send outgoing webhooks."""
        self._enqueue(WEBHOOKS_QUEUE, "jobs.tasks.send_webhooks", [], None)

    def handle_agent_messages(self, thread: str) -> None:
        """Process the updates of that topic."""
        self._enqueue(FORUM_INBOUND_QUEUE, "jobs.tasks.handle_agent_messages", [thread], None)

    def fetch_media(self, thread_id: str, entry_id: str) -> None:
        """Download the attachments of this entry."""
        self._enqueue(MEDIA_QUEUE, "jobs.tasks.fetch_media", [thread_id, entry_id], None)

    def erase_contact(self, contact_id: str) -> None:
        """Erase this contact's data, which they asked for."""
        self._enqueue(MEDIA_QUEUE, "jobs.tasks.erase_contact", [contact_id], None)

    def remind(self, draft_id: str) -> None:
        """Ask the customer about this unfinished request."""
        self._enqueue(DUE_QUEUE, "jobs.tasks.remind", [draft_id], None)

    def full_queues(self) -> set[str]:
        """Queues that are so full that another job wouldn't help."""
        pipe = self._redis.pipeline(transaction=False)
        for name in QUEUES:
            pipe.llen(f"rq:queue:{name}")
        return {name for name, length in zip(QUEUES, pipe.execute(), strict=True) if length >= FULL_LENGTH}

    def _enqueue(self, queue: str, function: str, arguments: list[str], writes: Pipeline | None) -> None:
        own: Client = self._redis.pipeline(transaction=True) if writes is not None else None
        job = copy(self._blank(queue, function))
        job.id, job.args, job.created_at = uuid4().hex, arguments, datetime.now(UTC)
        self._queues[queue].enqueue_job(job, pipeline=own)
        if writes is not None:  # RQ starts its own transaction, so it needs a pipeline of its own
            writes.command_stack.extend(own.command_stack)

    def _blank(self, queue: str, function: str) -> Job:
        """A job without arguments, to copy: creating one is the most expensive part of queueing."""
        if function not in self._blanks:
            self._blanks[function] = self._queues[queue].create_job(
                function,
                timeout=JOB_TIMEOUT,
                result_ttl=0,
                failure_ttl=24 * 3600,
                description=function,
            )
        return self._blanks[function]


def _with_files(changes: Changes) -> list[tuple[str, str, datetime]]:
    return [
        (entry.entry_id, entry.thread_id, entry.at)
        for entry in changes.entries
        if any(file.ref and not file.file_id for file in entry.attachments)
    ]


JOB_MARK = "k"
"""The field of the contact's hash."""


def new_job_mark(channel: str, now: float) -> str:
    """The note of a job queued at `now` (Unix seconds), valid until the sweep would queue another."""
    return f"{channel}|{now + GRACE:.6f}"


def is_job_pending(note: bytes, channel: str, now: float) -> bool:
    """Whether the note says that a job for that channel is queued."""
    known, _, until = note.decode().partition("|")
    return bool(channel) and known == channel and now < float(until)


def single_channel(changes: Changes, lane: str) -> str:
    """The channel of all entries that these changes add to the lane; "" if there's none, or more than one."""
    channels = {entry.address.channel for entry in changes.outbox if entry.lane == lane}
    return channels.pop() if len(channels) == 1 else ""


def clear_job_mark(redis: Client, lane: str) -> None:
    """Remove the note as the job starts: entries from now on need another job."""
    redis.hdel(keys.contact(lane), JOB_MARK)
