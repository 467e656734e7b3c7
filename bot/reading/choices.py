"""Which category or priority a message means, and how sure that is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.messages.localized import LocalizedText
from bot.policy.policy import Policy
from bot.reading.acts import URGENCY_LABELS, Part
from bot.reading.choice_model import ChoiceModel, Meaning, choice_model
from bot.reading.clauses import clauses
from bot.text.normalise import count_words
from bot.text.support_codes import named_code, redact

CLEAR, MARGIN, CLOSE = 0.5, 0.15, 0.25
_SPEAKS = {"whole": 0.5, "sentence": 0.55, "clause": 0.75, "contrast": 0.6}
"""How likely a part must be about urgency at all."""
_NEEDED = dict.fromkeys(_SPEAKS, 0.0)
_NEEDED_IN_PASSING = {"whole": 0.5, "sentence": 0.6, "clause": 0.75, "contrast": 0.8}
"""How likely one level of urgency must be in a part."""
_TRUST = {"whole": 1.0, "sentence": 0.95, "clause": 0.9, "contrast": 1.4}
"""How much to trust a part of this size: the more words, the surer what they mean."""
_CRITERIA_WEIGHT = 0.3
"""How much a policy's own criteria count against how urgency is told everywhere."""
_DENIAL = re.compile(
    r"(?:(?:well|non|no|ah|oh)\W+)*"
    r"(?:it(?:[’']?s| is) not|it isn[’']?t|this isn[’']?t|not a|nothing(?:[’']?s| is)|i don[’']?t (?:want|need)|"
    r"(?:ce n|c)[’']est pas|pas (?:une?|de)\b|surtout pas|rien n[’']?(?:est|a)|je (?:ne )?veux pas|"
    r"no es (?:que|una?)\b|no se trata|no quiero|no necesito|no hay nada)",
    re.IGNORECASE,
)
_CONTENT_WORDS = 3
_MAX_CHARACTERS = 600


@dataclass(frozen=True)
class Meant:
    """The choices that a text may mean, the likeliest first, with how likely each is: 0 to 1."""

    ranked: tuple[tuple[str, float], ...] = ()

    @property
    def clear(self) -> str:
        """The choice, if there's only one reading."""
        if not self.ranked:
            return ""
        (best, likely), second = self.ranked[0], self.ranked[1][1] if len(self.ranked) > 1 else 0.0
        return best if likely >= CLEAR and likely - second >= MARGIN else ""

    @property
    def close(self) -> tuple[str, ...]:
        """The two choices between which it's close, if the others are far behind."""
        likely = [key for key, chance in self.ranked[:2] if chance >= CLOSE]
        return tuple(likely) if len(likely) == 2 and not self.clear else ()


def category_meant(text: str, policy: Policy) -> Meant:
    """Which category a text about a request means."""
    if not policy.categories or not text.strip():
        return Meant()
    bare = _without_denial(redact(text, named_code(text))[:_MAX_CHARACTERS])
    return _ranked(_category_model(policy).likely([bare])[0])


def _without_denial(text: str) -> str:
    """“It isn't broken, I only want to know …”: what it is, without what it's not."""
    parts = clauses(text)
    kept = [part for part in parts if not _DENIAL.match(part)]
    return (
        " ".join(kept) if len(kept) < len(parts) and count_words(" ".join(kept)) >= _CONTENT_WORDS else text
    )


def priority_meant(parts: Sequence[Part], policy: Policy, *, is_asked: bool = True) -> Meant:
    """Which priority the message asks for, by the part that speaks of urgency most clearly; nothing if none does.

    `is_asked`: we asked how urgent it is. A story speaks of it in passing, so its words must be clearer.
    """
    needed = _NEEDED if is_asked else _NEEDED_IN_PASSING
    speaking = [
        part for part in parts if _urgency(part) >= _SPEAKS[part.size] and _level(part) >= needed[part.size]
    ]
    if not speaking:
        return Meant()
    best = max(speaking, key=lambda part: _level(part) * _TRUST[part.size])
    keys = [priority.key for priority in policy.priorities]
    found = dict.fromkeys(keys, 0.0)
    for level, label in enumerate(URGENCY_LABELS):
        found[keys[_rank(level, len(keys))]] += best.likely.get(label, 0.0) / _urgency(best)
    by_criteria = _criteria_model(policy).likely([best.text])[0]
    weighed = {key: chance * by_criteria[key] ** _CRITERIA_WEIGHT for key, chance in found.items()}
    total = sum(weighed.values()) or 1.0
    return _ranked({key: chance / total for key, chance in weighed.items()})


def fit_choices(policy: Policy) -> None:
    """Fit the models for this policy now, such as before forking."""
    _criteria_model(policy)
    if policy.categories:
        _category_model(policy)


def _urgency(part: Part) -> float:
    return sum(part.likely.get(label, 0.0) for label in URGENCY_LABELS)


def _level(part: Part) -> float:
    return max(part.likely.get(label, 0.0) for label in URGENCY_LABELS)


def _rank(level: int, count: int) -> int:
    """The place of one of four levels among this many priorities."""
    return round(level * (count - 1) / (len(URGENCY_LABELS) - 1))


def _ranked(likely: Mapping[str, float]) -> Meant:
    return Meant(tuple(sorted(likely.items(), key=lambda pair: -pair[1])))


@lru_cache(32)
def _criteria_model(policy: Policy) -> ChoiceModel:
    meanings = (
        Meaning(each.key, (*_in_all(each.label), *_in_all(each.criteria))) for each in policy.priorities
    )
    return choice_model(tuple(meanings))


@lru_cache(32)
def _category_model(policy: Policy) -> ChoiceModel:
    meanings = (
        Meaning(
            each.key,
            (
                *_in_all(each.label),
                *_in_all(each.description),
                *each.words,
                *policy.examples.get(each.key, ()),
            ),
        )
        for each in policy.categories
    )
    return choice_model(tuple(meanings))


def _in_all(text: LocalizedText | None) -> tuple[str, ...]:
    return text.texts if text else ()
