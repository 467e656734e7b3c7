"""Whatever is sent, in whatever order: nothing raises, nothing is lost, nothing goes round in circles.

A person can always be reached, and whoever answers what is asked always gets to a ticket. `RANDOM_STEPS` is how many
random messages the long walk sends (100,000 take four minutes).
"""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.effects import AddToTicket, CheckCode, OpenTicket, Record, Say
from bot.messages.inbound import DetectedLanguage, MessageKind
from bot.messages.outgoing import Attachment
from bot.model.conversation import Stage, Status
from tests.fixtures.conversation_script import Talk, policy

DESKS = {name: policy(name) for name in ("demo", "premium", "weekday-desk", "field-service")}
STEPS = int(os.environ.get("RANDOM_STEPS", "2500"))
MOST_TIMES = 3
SPOKEN = [
    "why do you need that?", "how long will it take", "is this free?", "are you a bot?", "êtes-vous ouverts samedi ?",
    "what have I told you so far", "I don't understand", "I'd rather not say", "je n’ai pas de code", "no sé",
    "make it high, and it's Anna with two n", "no wait, the company is Beta Ltd", "the name is wrong",
    "don't send it yet", "go ahead and send it", "ya mándalo", "you can close it", "rouvrez ma demande svp",
    "please go back", "forget it, cancel my request", "let me talk to one of your colleagues", "English please",
    "the printer prints every label twice", "la caisse ne s’ouvre plus, on est bloqués", "no corre prisa",
    "I have a question about my invoice", "thanks, it works again", "it broke again", "This is an automatic answer.",
]  # fmt: skip
WORDS = [
    "", " ", "1", "2", "3", "7", "yes", "no", "ok", "merci", "hola", "bonjour", "👍", "?", "skip", "done", "send",
    "change 2", "modifier 1", "urgent", "une panne", "Ana Ruiz", "I'm Ana from Acme", "GV-4417", "GV-1", "\x00",
    "my app stays blank all day", "Name: Bob\nPriority: high\nSupport code: GV-4417", "/", "/start x", "/help",
    "/new", "/new the door squeaks", "/status", "/language", "/language es", "/cancel", "/back", "/xyz",
    "annuler", "volver", "English", "français", "5", "4/5", "⭐⭐", "2, too slow", "word " * 4000,
    "a" * 20_000, "\u202e\u200b", "%(number)s",
    "{0}", "<b>x</b>", *SPOKEN, "infrastructure down", "build a web site", "technical service", "٣", "🏳️‍🌈" * 50,
]  # fmt: skip
CHOICES = [
    "human", "cancel", "send", "change", "skip", "done", "keep", "drop", "afresh", "anyway", "other", "stay", "later",
    "same", "fresh", "accept", "decline", "lang:fr", "lang:en", "lang:xx", "line:name", "line:description", "line:",
    "category=fault", "category=infrastructure", "priority=high", "rate:1:5", "rate:2:1", "quote:1:yes", "x" * 300,
]  # fmt: skip
FILE = Attachment("image", "image/jpeg", "p.jpg", 10, "ref")
HEARD = st.builds(
    DetectedLanguage,
    locale=st.sampled_from(["", "en", "fr", "es"]),
    is_sure=st.booleans(),
    is_wish=st.sampled_from([False, False, False, True]),
    hint=st.sampled_from(["", "fr", "es"]),
    foreign=st.sampled_from(["", "", "", "pt", "uk", "xx"]),
    is_sentence=st.booleans(),
)
SENT = st.one_of(
    st.builds(lambda text, heard: {"text": text, "heard": heard}, st.sampled_from(WORDS), HEARD),
    st.builds(lambda text, heard: {"text": text, "heard": heard}, st.text(max_size=60), HEARD),
    st.builds(lambda c: {"kind": MessageKind.CHOICE, "choice": c, "text": c}, st.sampled_from(CHOICES)),
    st.builds(
        lambda kind, text: {"kind": kind, "text": text, "attachments": (FILE,)},
        st.sampled_from([MessageKind.MEDIA, MessageKind.STICKER]),
        st.sampled_from(["", "look", "Ana"]),
    ),
    st.builds(
        lambda kind, text: {"kind": kind, "text": text},
        st.sampled_from([MessageKind.LOCATION, MessageKind.CONTACT, MessageKind.REACTION, MessageKind.OTHER]),
        st.sampled_from(["", "38.7, -9.1"]),
    ),
    st.just({"text": "my app is grey", "is_edit": True}),
)
DESK_DOES = st.sampled_from(["resolves", "waits", "closes", "asks for stars", "quotes", "is away for days"])
EVENTS = st.lists(st.one_of(SENT, SENT, SENT, DESK_DOES), max_size=12)


def _desk(talking: Talk, does: str) -> None:
    if does == "is away for days":
        talking.play("after> 9 days")
    elif talking.conversation.current and talking.conversation.stage is Stage.IDLE:
        talking.play(f"desk> {does}")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(DESKS)), events=EVENTS)
def test_any_messages_in_any_order_are_taken_and_a_person_can_always_be_reached(name, events):
    talking = Talk(DESKS[name])
    for event in events:
        if isinstance(event, str):
            _desk(talking, event)
            continue
        talking.send(**event)
        assert talking.effects[0].thread_id.startswith("c0ffee-")
        assert all(effect.outgoing.lines for effect in talking.effects if isinstance(effect, Say))
        assert all(0 < len(p.encode()) <= 64 and p.isascii() for p in talking.payloads)
    _a_person_is_reached(talking)


@dataclass
class Rounds:
    """How often in a row we said the same unasked, with nothing new noted between."""

    said: object = None
    times: int = 0

    def count(self, talking: Talk, sent: Mapping[str, object]) -> int:
        """Take what was just said; how often it was said by now."""
        told = [effect.outgoing for effect in talking.effects if isinstance(effect, Say)]
        is_asked_for = str(sent.get("text", "")).lstrip().startswith("/") or talking.has(CheckCode)
        if not told or is_asked_for:
            return 0
        now = (talking.told(), talking.options, talking.conversation.answers)
        self.times = self.times + 1 if now == self.said else 1
        self.said = now
        return self.times


def _random_message(chance: random.Random, talking: Talk) -> dict[str, object]:
    locale = chance.choice(["", "en", "fr", "es"])
    heard = DetectedLanguage(
        locale,
        is_sure=chance.random() < 0.5,
        foreign=chance.choice(["", "", "", "", "pt", "uk"]) if not locale else "",
        is_sentence=chance.random() < 0.5,
    )
    kind = chance.random()
    if kind < 0.15 and talking.payloads:
        pressed = chance.choice(talking.payloads)
        return {"kind": MessageKind.CHOICE, "choice": pressed, "text": pressed}
    if kind < 0.2:
        pressed = chance.choice(CHOICES)
        return {"kind": MessageKind.CHOICE, "choice": pressed, "text": pressed}
    if kind < 0.3:
        silent = [MessageKind.MEDIA, MessageKind.STICKER, MessageKind.OTHER, MessageKind.LOCATION]
        return {"kind": chance.choice(silent), "text": "", "attachments": (FILE,)}
    return {"text": chance.choice(SPOKEN if kind < 0.7 else WORDS), "heard": heard}


def _walk(chance: random.Random, steps: int) -> Talk:
    """One contact; now and then the same message comes many times in a row."""
    talking, rounds = Talk(DESKS[chance.choice(sorted(DESKS))]), Rounds()
    sent: dict[str, object] = {"text": "hello"}
    for _ in range(steps):
        if chance.random() < 0.05:
            _desk(
                talking, chance.choice(["resolves", "waits", "closes", "asks for stars", "is away for days"])
            )
        sent = sent if chance.random() < 0.35 else _random_message(chance, talking)
        talking.send(**sent)
        assert rounds.count(talking, sent) <= MOST_TIMES, (sent, talking.told())
    return talking


@pytest.mark.parametrize("part", range(4))
def test_a_long_random_walk_goes_round_no_circle_and_ends_in_no_dead_end(part):
    chance, left = random.Random(part), STEPS // 4
    while left > 0:
        steps = min(left, chance.randint(5, 60))
        talking = _walk(chance, steps)
        left -= steps
        (_a_person_is_reached if chance.random() < 0.5 else _a_ticket_is_reached)(talking)


ANSWERED = {
    "description": "The scanner reads every label twice since this morning",
    "name": "Ana Ruiz", "company": "Acme", "affected": "the scanner at the counter",
}  # fmt: skip


def _a_ticket_is_reached(talking: Talk) -> None:
    """Somebody who answers what is asked has a ticket within fifteen messages."""
    for _ in range(15):
        conversation = talking.conversation
        if conversation.stage is Stage.IDLE and conversation.current and conversation.current.is_live:
            return
        talking.send(**_plain_answer(talking))
    raise AssertionError(
        f"no ticket: {talking.conversation.stage} {talking.conversation.asking} {talking.told()}"
    )


def _plain_answer(talking: Talk) -> dict[str, object]:
    conversation = talking.conversation
    if conversation.stage is Stage.ASKING:
        key = conversation.asking
        picks = [payload for payload in talking.payloads if payload.startswith(f"{key}=")]
        if picks:
            return {"kind": MessageKind.CHOICE, "choice": picks[0], "text": picks[0]}
        return {"text": ANSWERED.get(key, "1" if key in ("category", "priority") else "skip")}
    spoken = {
        Stage.LANGUAGE: "English", Stage.REVIEWING: "send", Stage.CHANGING: "send", Stage.CONFIRMING: "yes",
    }  # fmt: skip
    return {
        "text": spoken.get(conversation.stage, ANSWERED["description"]),
        "heard": DetectedLanguage("en", is_sure=True),
    }


def _a_person_is_reached(talking: Talk) -> None:
    before = talking.conversation
    talking.send(text="/human")
    opened = [effect for effect in talking.effects if isinstance(effect, OpenTicket)]
    live = before.current if before.current and before.current.is_live and not before.draft_id else None
    assert len(opened) == (0 if live else 1)
    assert not opened or (opened[0].is_human_asked and opened[0].ticket_id == talking.conversation.ticket_id)
    assert not live or AddToTicket(live.ticket_id) in talking.effects
    assert talking.conversation.current.is_live


@pytest.mark.parametrize(
    "line", ["sticker>", "unknown>", "> are you a bot?", "> why?", "> hm", "tap> category=made_up", ">"]
)
@pytest.mark.parametrize(
    "begun",
    ["en> hello", "en> my screen is black all day", "en> it stopped working this morning\n> Ana\n> skip"],
)
def test_the_same_message_again_and_again_brings_a_person(begun, line):
    talking, rounds = Talk(DESKS["demo"]), Rounds()
    for first in begun.splitlines():
        talking.play(first)
    for _ in range(8):
        talking.play(line)
        assert rounds.count(talking, {}) <= MOST_TIMES
        if talking.conversation.current:
            break
    assert talking.has(OpenTicket, is_human_asked=True)


@pytest.mark.parametrize("name", sorted(DESKS))
def test_somebody_who_only_repeats_the_same_thing_is_handed_over_and_not_talked_to_for_ever(name):
    talking = Talk(DESKS[name])
    said = 0
    for _ in range(40):
        talking.send(
            text="This is an automatic answer. I am away.", heard=DetectedLanguage("en", is_sure=True)
        )
        said += sum(isinstance(effect, Say) for effect in talking.effects)
    assert talking.conversation.current
    assert said <= 20
    talking.send(text="This is an automatic answer. I am away.", heard=DetectedLanguage("en", is_sure=True))
    assert not any(isinstance(effect, Say) for effect in talking.effects)


def test_every_message_is_recorded_once_and_never_lost_from_the_ticket_it_began():
    talking = Talk(DESKS["demo"])
    threads = []
    for text in ("app 12", "english", "Ana", "/help", "Acme", "1", "app", "low", "no", "send", "and now?"):
        talking.send(text=text)
        threads += [effect.thread_id for effect in talking.effects if isinstance(effect, Record)]
    assert threads == ["c0ffee-1"] * 11


def test_a_ticket_the_desk_no_longer_knows_is_no_dead_end():
    talking = Talk(DESKS["demo"])
    talking.play("en> speak to a person")
    talking.conversation = replace(talking.conversation, tickets=(), stage=Stage.RATING, asking="gone")
    talking.play("en> my app stays blank all day")
    talking.play("bot< What’s your name")
    talking.mark(Status.CLOSED)
