"""Drafts of agents, on a real store."""

import json
from datetime import UTC, datetime

import pytest
from redis import Redis

from store.agents import keys as agent_keys
from store.inbox.drafts import Draft, DraftChanged, Drafts

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
FILE = {"id": "0" * 32, "kind": "image", "name": "a.png", "media_type": "image/png", "size": 3}
REFUSED = {"key": "k1", "text": "We look", "mode": "reply", "code": "newer", "words": "Ben has answered"}


@pytest.fixture
def drafts(redis: Redis) -> Drafts:
    return Drafts(redis, lambda: NINE)


def test_a_draft_with_all_that_belongs_to_it_is_kept_per_agent_and_ticket(drafts: Drafts) -> None:
    kept = drafts.keep("ana", "t-1", Draft("Bonjour", "return", [FILE], [REFUSED]))
    drafts.keep("ana", "t-2", Draft("ask Ben", "note"))
    assert drafts.find("ana", "t-1") == kept
    assert (kept.text, kept.mode, kept.files, kept.refused) == ("Bonjour", "return", [FILE], [REFUSED])
    assert drafts.find("ana", "t-2").text == "ask Ben"
    assert drafts.find("ben", "t-1") == Draft()


def test_a_device_never_overwrites_what_another_saved(drafts: Drafts) -> None:
    first = drafts.keep("ana", "t-1", Draft("one"), base=0)
    second = drafts.keep("ana", "t-1", Draft("two"), base=first.version)
    with pytest.raises(DraftChanged) as changed:
        drafts.keep("ana", "t-1", Draft("three"), base=first.version)
    assert changed.value.draft == second
    assert drafts.keep("ana", "t-1", Draft(""), base=second.version).version > second.version


def test_what_was_sent_is_no_draft_any_more_but_what_was_typed_since_is(drafts: Drafts) -> None:
    drafts.keep("ana", "t-1", Draft("We look ", refused=[REFUSED]))
    drafts.sent("ana", "t-1", "We look")
    left = drafts.find("ana", "t-1")
    assert (left.text, left.refused) == ("", [REFUSED])
    drafts.keep("ana", "t-1", Draft("and another thing"))
    drafts.sent("ana", "t-1", "We look")
    assert drafts.find("ana", "t-1").text == "and another thing"


def test_drafts_of_an_earlier_version_can_be_read(drafts: Drafts, redis: Redis) -> None:
    redis.hset(agent_keys.drafts("ana"), "t-1", json.dumps({"text": "Bonjour", "mode": "note"}))
    assert drafts.find("ana", "t-1") == Draft("Bonjour", "note")
    drafts.keep("ana", "t-1", Draft("Bonsoir", "note"), base=0)


def test_drafts_that_were_sent_do_not_pile_up(drafts: Drafts, redis: Redis) -> None:
    drafts.keep("ana", "t-kept", Draft("half a thought"))
    for number in range(310):
        drafts.keep("ana", f"t-{number}", Draft())
    assert redis.hlen(agent_keys.drafts("ana")) < 303
    assert drafts.find("ana", "t-kept").text == "half a thought"
