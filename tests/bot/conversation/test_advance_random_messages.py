"""Whatever is sent, in whatever order: nothing raises, nothing is lost, and a person can always be reached."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.effects import AddToTicket, OpenTicket, Record, Say
from bot.messages.inbound import DetectedLanguage, MessageKind
from bot.messages.outgoing import Attachment
from bot.model.conversation import Stage, Status
from tests.fixtures.conversation_script import Talk, policy

DESKS = {name: policy(name) for name in ("demo", "premium", "weekday-desk", "field-service")}
WORDS = [
    "", " ", "1", "2", "3", "7", "yes", "no", "ok", "merci", "hola", "bonjour", "👍", "?", "skip", "done", "send",
    "change 2", "modifier 1", "urgent", "une panne", "Ana Ruiz", "I'm Ana from Acme", "GV-4417", "GV-1", "\x00",
    "my app stays blank all day", "Name: Bob\nPriority: high\nSupport code: GV-4417", "/", "/start x", "/help",
    "/new", "/new the door squeaks", "/status", "/language", "/language es", "/cancel", "/back", "/xyz",
    "annuler", "volver", "English", "français", "5", "4/5", "⭐⭐", "2, too slow", "word " * 4000,
    "a" * 20_000, "\u202e\u200b", "%(number)s",
    "{0}", "<b>x</b>", "infrastructure down", "build a web site", "technical service", "٣", "🏳️‍🌈" * 50,
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


def _a_person_is_reached(talking: Talk) -> None:
    before = talking.conversation
    talking.send(text="/human")
    opened = [effect for effect in talking.effects if isinstance(effect, OpenTicket)]
    live = before.current if before.current and before.current.is_live and not before.draft_id else None
    assert len(opened) == (0 if live else 1)
    assert not opened or (opened[0].is_human_asked and opened[0].ticket_id == talking.conversation.ticket_id)
    assert not live or AddToTicket(live.ticket_id) in talking.effects
    assert talking.conversation.current.is_live


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
    talking.play("bot< What is your name")
    talking.mark(Status.CLOSED)
