"""Messages at a rate limit: they pass one by one, an agent's before the desk's own."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from redis import Redis

from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.thread import Author, OutboxEntry
from jobs.delivery.pacer import Pacer
from store.outbox.rate_limit import RateLimit

EVERY = 0.15
CHANNEL = RateLimit("test-channel", EVERY)
PATIENCE = timedelta(seconds=5)


def now() -> datetime:
    return datetime.now(UTC)


def entry(name: str, author: Author = Author.BOT) -> OutboxEntry:
    return OutboxEntry(name, name, Address("telegram", name), "en", Outgoing(("hi",)), now(), author=author)


def limits(message: OutboxEntry) -> list[RateLimit]:
    return [RateLimit(f"chat:{message.lane}", 60.0), CHANNEL]


def test_an_agents_reply_passes_the_messages_that_wait_already(redis: Redis) -> None:
    pacer, passed = Pacer(redis, limits, PATIENCE, now), list[tuple[str, float]]()
    assert not pacer.acquire(entry("earlier"))

    def send(message: OutboxEntry) -> None:
        assert not pacer.acquire(message)
        passed.append((message.entry_id, now().timestamp()))

    messages = [entry(f"bot{number}") for number in range(4)] + [entry("agent", Author.AGENT)]
    threads = [threading.Thread(target=send, args=(message,)) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    names = [name for name, _ in passed]
    assert sorted(names) == ["agent", "bot0", "bot1", "bot2", "bot3"]
    assert names.index("agent") <= 1  # the one that was asking already may be first
    assert all(later - sooner > EVERY * 0.7 for (_, sooner), (_, later) in pairwise(passed))


def test_a_limit_of_its_own_chat_holds_up_nobody_else(redis: Redis) -> None:
    pacer = Pacer(redis, limits, timedelta(hours=1), now)
    assert not pacer.acquire(entry("a"))
    assert timedelta(seconds=55) < pacer.acquire(entry("a")) <= timedelta(seconds=60)
    assert not pacer.acquire(entry("b"))


def test_without_patience_it_says_at_once_how_long_to_wait(redis: Redis) -> None:
    pacer = Pacer(redis, limits, timedelta(), now)
    assert not pacer.acquire(entry("a"))
    assert timedelta() < pacer.acquire(entry("b")) <= timedelta(seconds=EVERY)
