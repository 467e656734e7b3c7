"""Finds the acts in a message: the model reads the whole text, each sentence and each clause."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.reading.acts import URGENCY_LABELS, Act, ActKind, Part
from bot.reading.clauses import after_contrast, clauses, sentences
from bot.reading.encoder import Vector
from bot.reading.linear_model import act_model, probabilities
from bot.reading.situations import Situation, biases
from bot.text.normalise import count_words, fold

_SURE = {"whole": 0.5, "sentence": 0.6, "clause": 0.7, "contrast": 0.7}
"""How likely an act must be in a part of the message to count."""
_MAX_CHARACTERS = 1500
_STORY_WORDS = 6
"""Words: a longer text that's clearly a story needs clearer acts in its parts."""
_STORY_PENALTY = 0.2
_LEADING, _AHEAD, _SHORT = 0.38, 1.8, 10
"""What a short message (so many words) most likely says counts at this probability, if it leads by this factor."""
_NEVER = 1.1  # no probability reaches it
_PLAINLY = 0.95
_ASKS_PRICE = re.compile(
    r"\?|\b(?:how|what|will|would|any|whether|free|price|prices|costs?|fees?|rates?|pay|"
    r"combien|gratuit|gratuite|gratos|prix|tarifs?|payant|payante|coute|cout|paie|payer|"
    r"cuanto|cuanta|gratis|gratuito|precios?|tarifa|cuesta|costo|coste|pagar|pago)\b"
)
_NEEDS_A_SENTENCE = frozenset(
    {
        "why",
        "how_long",
        "cost",
        "bot",
        "hours",
        "repeat",
        "recap",
        "send",
        "hold",
        "back",
        "cancel",
        "close",
        "reopen",
        "thanks",
        "new",
        "done",
        "none",
        "unsure",
    }
)
"""Labels that mean little in one clause of a story: “I press no and go back”."""


@lru_cache(64)  # the words of one message are read again as a story
def read_parts(text: str, situation: Situation) -> Sequence[Part]:
    """The message, its sentences and its clauses, each read on its own."""
    text = text[:_MAX_CHARACTERS].strip()
    by_text = dict.fromkeys(filter(None, (after_contrast(text),)), "contrast")
    by_text |= dict.fromkeys(clauses(text), "clause") | dict.fromkeys(sentences(text), "sentence")
    by_text |= {text: "whole"}
    texts = tuple(by_text)
    found = probabilities(_logits(texts), act_model().labels, biases(situation))
    parts = [Part(each, by_text[each], likely) for each, likely in zip(texts, found, strict=True)]
    return tuple(sorted(parts, key=lambda part: part.size != "whole"))


@lru_cache(64)  # only the biases differ between situations
def _logits(texts: tuple[str, ...]) -> Vector:
    return act_model().logits(texts)


def read_acts(parts: Sequence[Part]) -> tuple[Act, ...]:
    """The acts that the parts hold, the surest part of each kind."""
    if not parts:
        return ()
    found: dict[ActKind, Act] = {}
    whole = parts[0]
    story = whole.likely.get("story", 0.0) if count_words(whole.text) >= _STORY_WORDS else 0.0
    for part in parts:
        for label, likely in part.likely.items():
            kind = _KINDS.get(label)
            if kind is None or likely < _needed(label, part, story):
                continue
            if kind not in found or found[kind].confidence < likely:
                found[kind] = Act(kind, likely, part.text)
    if not found and (act := _likeliest(whole)):
        return (act,)
    return tuple(sorted(found.values(), key=lambda act: -act.confidence))


def _likeliest(whole: Part) -> Act | None:
    """A short message that says nothing for sure: what it most likely says, if all else is much less likely."""
    (label, likely), (_, second) = sorted(whole.likely.items(), key=lambda pair: -pair[1])[:2]
    is_leading = likely >= _LEADING and likely >= _AHEAD * second and count_words(whole.text) <= _SHORT
    return Act(_KINDS[label], likely, whole.text) if is_leading and label in _KINDS else None


def _needed(label: str, part: Part, story: float) -> float:
    needed = _SURE[part.size]
    if label == "send" and "?" in part.text:
        return _NEVER  # “if I say yes, who reads it?”
    if label == "cost" and not _ASKS_PRICE.search(fold(part.text)):
        return _PLAINLY  # “you charge me for two” asks nothing
    if label in ("story", *URGENCY_LABELS) or part.size == "whole":
        return needed
    if label in _NEEDS_A_SENTENCE and part.size == "clause" and story > 0.5:
        return _NEVER
    return needed + _STORY_PENALTY * story


_KINDS: Mapping[str, ActKind] = {kind.value: kind for kind in ActKind}
