"""Messages that only name their topic."""

import pytest

from bot.reading.read import read
from bot.reading.situations import Situation
from bot.reading.topics import topic_named
from tests.fixtures.conversation_script import policy

DEMO = policy("demo")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I have a question about my invoice", "my invoice"),
        ("I need help with my printer", "my printer"),
        ("j’ai une question sur la facturation", "la facturation"),
        ("tengo una duda sobre las reservas", "las reservas"),
    ],
)
def test_the_topic_is_what_follows_the_preposition(text, topic):
    assert topic_named(read(text, Situation.START, DEMO)) == topic


@pytest.mark.parametrize(
    "text",
    [
        "the kiosk prints every ticket twice since the update",
        "comment change-t-on la langue de la borne ?",
        "hello",
        "",
        "I have a question about " + "the very long list of things " * 4,
    ],
)
def test_a_story_names_no_mere_topic(text):
    assert topic_named(read(text, Situation.START, DEMO)) == ""
