"""Messages that only name their topic: “I have a question about my invoice”. What happens is still to be told."""

import re

from bot.reading.acts import Reading
from bot.text.normalise import count_words

_MAX_WORDS = 14
_LIKELY = 0.5
_ABOUT = re.compile(
    r"^.*?\b(?:about|regarding|concerning|with|on|for|au sujet d[eu’']|à propos d[eu’']|a propos d[eu’']|sur|avec|pour|"
    r"concernant|concerne|par rapport (?:à|au)|sobre|con|por lo de|por|respecto (?:a|al))\s*",
    re.IGNORECASE | re.DOTALL,
)


def topic_named(reading: Reading) -> str:
    """What the message is about, if it says nothing else; else ""."""
    is_topic = reading.likely("topic") >= _LIKELY and count_words(reading.text) <= _MAX_WORDS
    return _ABOUT.sub("", reading.text).strip(" .!?…") or reading.text if is_topic else ""
