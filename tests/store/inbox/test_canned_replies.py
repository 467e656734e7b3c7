"""Canned replies: kept in each language, with gaps that are known; on a real store."""

import pytest
from redis import Redis

from store.inbox.canned_replies import CannedReplies, InvalidReply


@pytest.fixture
def canned(redis: Redis) -> CannedReplies:
    return CannedReplies(redis)


def test_replies_come_back_by_name_without_empty_languages(canned: CannedReplies) -> None:
    canned.save("on our way", {"en": "We are on our way, {name}.", "fr": "  ", "es": "Ya vamos, {name}."})
    canned.save(" Élan ", {"fr": "Bonjour {name}"})
    assert [(reply.name, sorted(reply.texts)) for reply in canned.all()] == [
        ("on our way", ["en", "es"]),
        ("Élan", ["fr"]),
    ]


def test_a_reply_is_changed_in_place_and_forgotten(canned: CannedReplies) -> None:
    kept = canned.save("hello", {"en": "Hello"})
    canned.save("hello again", {"en": "Hello again"}, kept.reply_id)
    assert [(reply.name, dict(reply.texts)) for reply in canned.all()] == [
        ("hello again", {"en": "Hello again"})
    ]
    canned.delete(kept.reply_id)
    canned.delete(kept.reply_id)
    assert canned.all() == []


@pytest.mark.parametrize(
    ("name", "texts", "problem"),
    [
        ("  ", {"en": "x"}, "nameless"),
        ("x", {}, "empty"),
        ("x", {"en": " "}, "empty"),
        ("x", {"de": "Hallo"}, "empty"),
        ("x" * 61, {"en": "x"}, "too-long"),
        ("x", {"en": "x" * 4001}, "too-long"),
        ("x", {"en": "Dear {nmae}"}, "unknown-gap"),
        ("x", {"en": "{}"}, "unknown-gap"),
    ],
)
def test_a_poor_reply_is_refused(
    canned: CannedReplies, name: str, texts: dict[str, str], problem: str
) -> None:
    with pytest.raises(InvalidReply) as refused:
        canned.save(name, texts)
    assert refused.value.problem == problem
    assert canned.all() == []
