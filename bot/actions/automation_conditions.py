"""Which of a policy's rules match. Pure; `bot.actions.automation` runs them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from bot.model.conversation import Detail
from bot.policy.automation_section import Condition, Rule, Trigger
from bot.policy.policy import Policy
from bot.text.normalise import tokens


@dataclass(frozen=True)
class RequestSnapshot:
    """A request as the customer left it, before any rule has run."""

    on: Trigger
    policy: Policy
    at: datetime
    category: str
    priority: str
    plan: str
    language: str
    channel: str
    details: Mapping[str, Detail]
    text: str  # the description of a new request, else the message just written

    @cached_property
    def hours(self) -> str:
        """Whether the desk is open."""
        return "open" if self.policy.calendar.is_open(self.at) else "closed"


def matching_rules(seen: RequestSnapshot) -> Iterator[Rule]:
    """The matching rules, in the policy's order, up to one that stops."""
    for rule in seen.policy.rules:
        if seen.on in rule.on and _matches(rule, seen):
            yield rule
            if rule.then.stop:
                return


def has_words(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether the text contains one of the phrases as whole words, ignoring case and accents."""
    said = f" {' '.join(tokens(text))} "
    return any(phrase in said for phrase in _folded(phrases))


def _matches(rule: Rule, seen: RequestSnapshot) -> bool:
    when = rule.when
    if when is None:
        return True
    every = (when, *(when.all or ()))
    return all(_condition_matches(part, seen) for part in every) and (
        when.any is None or any(_condition_matches(part, seen) for part in when.any)
    )


def _condition_matches(part: Condition, seen: RequestSnapshot) -> bool:
    wanted_and_is = (
        (part.category, seen.category),
        (part.priority, seen.priority),
        (part.plan, seen.plan),
        (part.language, seen.language),
        (part.channel, seen.channel),
    )
    return (
        all(wanted is None or found in wanted for wanted, found in wanted_and_is)
        and (part.hours is None or part.hours == seen.hours)
        and (part.words is None or has_words(seen.text, part.words))
        and all(_answered(key, wanted, seen) for key, wanted in (part.answers or {}).items())
    )


def _answered(key: str, wanted: tuple[str, ...], seen: RequestSnapshot) -> bool:
    """A choice must be one of these; a text must contain one of these."""
    given = seen.details.get(key, Detail()).value
    if seen.policy.question(key).kind == "choice":
        return given in wanted
    return has_words(given, wanted)


@lru_cache(512)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {' '.join(tokens(phrase))} " for phrase in phrases)
