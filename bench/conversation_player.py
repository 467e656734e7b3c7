"""Plays stories, turns and openings as a customer at a desk in memory."""

import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from bench.conversation_items import Expect, ItemError, Story, Turn
from bench.conversation_score import story_faults, turn_faults
from bench.conversation_state import State
from bot.conversation.advance import advance
from bot.messages.errors import GuichetError
from bot.messages.inbound import Inbound, MessageKind
from bot.policy.policy import Policy, load_policy
from cli.talk.begin import begin
from cli.talk.errors import InputError
from cli.talk.session import Reply, Session
from cli.talk.state_json import state_json
from i18n.language import detect_language

POLICIES = Path(__file__).parent.parent / "policies"
MOST_MESSAGES = 20
MONDAY = datetime(2026, 12, 7, 10)  # noqa: DTZ001 — in each desk's zone
OURS = ("en", "fr", "es")
_PROMPTS = ("summary", "confirm")
_WARM_UP = {
    "en": ("Hello, the printer on the second floor is broken", "it can wait", "Alice Stone", "yes"),
    "fr": ("Bonjour, l'imprimante du deuxième étage est cassée", "ça peut attendre", "Alice Pierre", "oui"),
    "es": ("Hola, la impresora de la segunda planta no imprime", "puede esperar", "Alicia Piedra", "sí"),
}


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a story, a turn or an opening: its faults, if any, and the dialogue."""

    item: Story | Turn | None
    name: str
    lang: str
    faults: tuple[str, ...]
    dialogue: tuple[str, ...]
    messages: int = 1
    asked_again: int = 0


def warm_up(policies: Collection[str]) -> None:
    """Load and fit what the first messages at each desk need."""
    for policy in policies:
        for texts in _WARM_UP.values():
            customer = _Customer(policy, "whatsapp", {})
            for text in texts:
                customer.say(text)


def play(item: Story | Turn, times: list[float]) -> Played:
    """Play it, and add the time each message took, in seconds."""
    try:
        return _play_story(item, times) if isinstance(item, Story) else _play_turn(item, times)
    except (InputError, GuichetError, OSError) as error:
        raise ItemError(f"{item.id}: {error}") from error


def play_opening(language: str, text: str, policy: str) -> Played:
    """The first message of a new customer; wrong if the answer is in another language, unless it asks which."""
    customer = _Customer(policy, "whatsapp", {})
    customer.say(text)
    spoken, foreign = customer.session.conversation.locale, customer.session.conversation.foreign
    taken_for = spoken or (foreign if language in OURS else "")
    faults = (f"answered in {taken_for}",) if taken_for not in ("", language) else ()
    return Played(None, text, language, faults, tuple(customer.dialogue))


def _play_story(story: Story, times: list[float]) -> Played:
    customer = _Customer(story.policy, story.channel, {"profile_name": story.profile_name}, times)
    for text in story.opener:
        customer.say(text)
    asked: Counter[str] = Counter()
    while not customer.state.tickets and len(customer.said) < MOST_MESSAGES:
        asking = customer.state.asking
        if asking is None:
            break
        asked[asking] += 1
        answers = story.answers.get(asking) or ["yes" if asking in _PROMPTS else "I don't know"]
        customer.say(answers[min(asked[asking], len(answers)) - 1])
    faults = story_faults(story, customer.state, is_name_asked=bool(asked["name"]))
    again = sum(count - 1 for key, count in asked.items() if key not in _PROMPTS)
    return Played(story, story.id, story.lang, faults, tuple(customer.dialogue), len(customer.said), again)


def _play_turn(turn: Turn, times: list[float]) -> Played:
    language = {} if turn.situation == "start" else {"language": turn.lang}
    about = {"profile_name": turn.profile_name, **language, **(turn.start or {})}
    customer = _Customer(turn.policy, turn.channel, about, times)
    before = customer.state
    after = customer.say(turn.text)
    return Played(turn, turn.id, turn.lang, turn_faults(turn, before, after), tuple(customer.dialogue))


@dataclass
class _Customer:
    """A customer, what they said, and the state it led to."""

    policy: str
    channel: str
    about: Expect
    times: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dialogue: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        policy = _policy(self.policy)
        monday = MONDAY.replace(tzinfo=policy.calendar.zone)
        about: Mapping[str, object] = {"channel": self.channel, **self.about}
        self.session, reply = begin(about, policy, self.channel, monday)
        self._take(reply)

    def say(self, text: str) -> State:
        self.times.append(_time_of(self.session, text))
        self.said.append(text)
        self.dialogue.append(f"> {text}")
        return self._take(self.session.write(text))

    def _take(self, reply: Reply) -> State:
        self.dialogue += [f"< {line}" for line in reply.said]
        self.state = State.from_json(state_json(self.session, reply))
        return self.state


def _time_of(session: Session, text: str) -> float:
    """CPU seconds to read the message and decide on it; the rules are pure, so nothing comes of this."""
    customer = session.customer
    inbound = Inbound(
        "timed", customer.address, session.now, MessageKind.TEXT, text,
        profile_name=customer.profile_name, heard=detect_language(text, customer.hint),
    )  # fmt: skip
    started = time.thread_time()
    advance(session.conversation, inbound, session.policy, session.now)
    return time.thread_time() - started


@cache
def _policy(name: str) -> Policy:
    return load_policy(POLICIES / f"{name}.toml")
