"""Who is here, read marks; on a real store, with the clock passed in."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from store.inbox.presence import Presence, Viewer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class PresenceAtNine:
    """Presence on a clock that is set by hand."""

    def __init__(self, redis: Redis) -> None:
        self.now = NOW
        self.presence = Presence(redis, lambda: self.now)


@pytest.fixture
def desk(redis: Redis) -> PresenceAtNine:
    return PresenceAtNine(redis)


def test_colleagues_see_each_other_and_not_themselves(desk: PresenceAtNine) -> None:
    desk.presence.mark_present("t-1", "ana", is_typing=True)
    desk.presence.mark_present("t-1", "ben", is_typing=False)
    desk.presence.mark_present("t-2", "cleo", is_typing=False)

    assert desk.presence.other_viewers("t-1", "ben") == (Viewer("ana", True),)
    assert desk.presence.other_viewers("t-1", "ana") == (Viewer("ben", False),)


def test_who_shows_no_sign_of_life_is_gone(desk: PresenceAtNine) -> None:
    desk.presence.mark_present("t-1", "ana", is_typing=False)
    desk.now += timedelta(seconds=20)
    assert desk.presence.other_viewers("t-1", "ben")
    desk.now += timedelta(seconds=6)
    assert desk.presence.other_viewers("t-1", "ben") == ()


def test_who_closes_the_ticket_is_gone_at_once(desk: PresenceAtNine) -> None:
    desk.presence.mark_present("t-1", "ana", is_typing=True)
    desk.presence.mark_gone("t-1", "ana")
    assert desk.presence.other_viewers("t-1", "ben") == ()


def test_a_read_mark_never_moves_back(desk: PresenceAtNine) -> None:
    desk.presence.mark_read("ana", "t-1", NOW)
    desk.presence.mark_read("ana", "t-1", NOW - timedelta(hours=1))
    assert desk.presence.read_marks("ana") == {"t-1": NOW.timestamp()}
    assert desk.presence.read_marks("ben") == {}
