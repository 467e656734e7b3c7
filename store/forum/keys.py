"""Keys of the agents' group: what its topics show, what waits to be shown, what was heard in it."""

WAITING = "topics:waiting"  # zset: ticket id by the instant from which its topic is to be looked at
BY_THREAD_ID = "topics:by-thread"  # hash: Telegram's number of a topic -> ticket id
CURSOR = "topics:cursor"  # string: the last change of the feed that was followed
PAUSED_UNTIL = "topics:rest"  # string: the instant (Unix seconds) before which nothing may be posted
SYNC_QUEUED = "topics:kicked"  # string with a lifetime: a job is on its way
REPLIES = "topics:notices"  # list: short answers to agents, not yet posted
ERASED_TOPICS = "topics:erased"  # zset: topic id of an erased ticket, by the time of the next try
GROUP = "group"  # hash: `chat`, its id since it moved; `trouble`, why it cannot be used; `since`
INBOUND = "group:heard"  # zset: topic with something heard in it, by the instant when to look


def topic(ticket_id: str) -> str:
    """String: what its topic has shown, as JSON."""
    return f"topic:{ticket_id}"


def posts(ticket_id: str) -> str:
    """Hash: entry id -> the messages in the group that show it, with commas."""
    return f"topic:posts:{ticket_id}"


def reactions(ticket_id: str) -> str:
    """Hash: entry id -> the delivery that was shown on its message; with "!", the one that was explained."""
    return f"topic:signs:{ticket_id}"


def inbound(thread: str) -> str:
    """List: what agents wrote and pressed in that topic and nobody has attended to, as JSON, oldest first."""
    return f"group:heard:{thread}"


def attempts(thread: str) -> str:
    """String with a lifetime: how often the first thing heard there was tried."""
    return f"group:tries:{thread}"


def held_reply(message: str) -> str:
    """String with a lifetime: an answer that waits for its agent's word, as JSON."""
    return f"group:doubt:{message}"


def next_message_intent(topic_id: int, sender: int) -> str:
    """String with a lifetime: what the next message of that agent in that topic is taken as."""
    return f"group:announced:{topic_id}:{sender}"


def shown_once(name: str) -> str:
    """String with a lifetime: somebody was told something that is told once."""
    return f"group:told:{name}"
