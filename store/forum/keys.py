"""Keys of the agents' group. Stored names may differ from today's names in the code: they must stay readable."""

WAITING = "topics:waiting"  # zset: ticket id by the instant of its topic's next look
BY_THREAD_ID = "topics:by-thread"  # hash: Telegram's id of a topic -> ticket id
CURSOR = "topics:cursor"  # string: the last entry of the feed that was read
PAUSED_UNTIL = "topics:rest"  # string: the instant (Unix seconds) before which nothing may be posted
SYNC_QUEUED = "topics:kicked"  # string with a lifetime: a sync job is queued
REPLIES = "topics:notices"  # list: short replies to agents, not posted yet
ERASED_TOPICS = "topics:erased"  # zset: topic id of an erased ticket by the time of the next try
GROUP = "group"  # hash: `chat:ID`, the group's id since it moved; `trouble`, why it can't be used; `since`
INBOUND = "group:heard"  # zset: topic with unhandled updates by the instant of the next look


def topic(ticket_id: str) -> str:
    """String: the snapshot of what its topic shows, as JSON."""
    return f"topic:{ticket_id}"


def posts(ticket_id: str) -> str:
    """Hash: entry id -> ids of the messages in the group that show it, separated by commas."""
    return f"topic:posts:{ticket_id}"


def reactions(ticket_id: str) -> str:
    """Hash: entry id -> the delivery status shown on its message; with "!" after the id, the one explained."""
    return f"topic:signs:{ticket_id}"


def inbound(thread: str) -> str:
    """List: unhandled updates of that topic as JSON, oldest first."""
    return f"group:heard:{thread}"


def attempts(thread: str) -> str:
    """String with a lifetime: how often the first update of that topic was tried."""
    return f"group:tries:{thread}"


def held_reply(message: str) -> str:
    """String with a lifetime: a reply that waits for its agent's decision, as JSON."""
    return f"group:doubt:{message}"


def next_message_intent(topic_id: int, sender: int) -> str:
    """String with a lifetime: what to take that agent's next message in that topic as."""
    return f"group:announced:{topic_id}:{sender}"


def message_intent(message: str) -> str:
    """String with a lifetime: what that message was taken as, because its agent announced it by a button."""
    return f"group:meant:{message}"


def shown_once(name: str) -> str:
    """String with a lifetime: this notice, which is shown once, was shown."""
    return f"group:told:{name}"
