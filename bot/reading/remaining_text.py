"""What's left of a message once some of its acts were handled."""

from collections.abc import Iterable, Mapping

from bot.reading.acts import ActKind, Reading
from bot.reading.clauses import clauses, sentences
from bot.text.normalise import count_words
from bot.text.small_talk import has_no_content

_SMALL = frozenset({"hello", "thanks", "anger"})
_LIKELY, _SURELY, _CLEARLY = 0.5, 0.6, 0.8
_ALL_OF_IT = 0.9
"""How sure a single sentence must be to count as a whole: “what did I write so far” leaves no “far”."""


def says_nothing(reading: Reading) -> bool:
    """Whether the text only greets, thanks, calls for help or vents: nothing of it belongs into a description."""
    needed = _LIKELY if count_words(reading.text) == 1 else _SURELY
    return has_no_content(reading.text) or any(reading.likely(label) >= needed for label in _SMALL)


def is_story(reading: Reading, text: str) -> bool:
    """Whether this part of the message, which may be all of it, tells a story."""
    return any(part.likely.get("story", 0.0) >= _CLEARLY for part in reading.parts if part.text in text)


def without(reading: Reading, kinds: Iterable[ActKind], text: str) -> str:
    """The text's sentences (of a single one, its clauses) that don't say one of these; "" if none is left."""
    labels = {kind.value for kind in kinds}
    split = sentences(text) if len(sentences(text)) > 1 else clauses(text)
    likely = {part.text: part.likely for part in reading.parts}
    is_one_sentence = len(sentences(text)) < 2
    if len(split) < 2 or (is_one_sentence and _says(likely.get(text, {}), labels, _ALL_OF_IT)):
        return "" if _says(likely.get(text, {}), labels) else text
    kept = [piece for piece in split if not _says(likely.get(piece, {}), labels)]
    if not any(not _says(likely.get(piece, {}), _SMALL) for piece in kept):
        return ""
    return text if len(kept) == len(split) else " ".join(kept)


def _says(likely: Mapping[str, float], labels: Iterable[str], needed: float = _LIKELY) -> bool:
    return sum(likely.get(label, 0.0) for label in labels) >= needed
