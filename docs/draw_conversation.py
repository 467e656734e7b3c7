"""Draws the conversation's state diagram by sending real messages to `advance`.

`python -m docs.draw_conversation` writes docs/conversation.md; a test fails if that file is out of date.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.conversation.advance import advance
from bot.conversation.effects import OpenTicket, Reopen
from bot.conversation.intake.questions import available_options, find_question, payload
from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from bot.model.conversation import Conversation, Stage, Status, TicketSummary
from bot.policy.policy import Policy, load_policy

HERE = Path(__file__).parent
WRITTEN = HERE / "conversation.md"
_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_NODES = {
    "fresh": "Nothing asked yet",
    "open": "Ticket open",
    "solved": "Ticket resolved",
    Stage.LANGUAGE: "Which language?",
    Stage.ASKING: "A question",
    Stage.REVIEWING: "The summary",
    Stage.CHANGING: "Which line to change?",
    Stage.CONFIRMING: "A confirmation",
    Stage.RATING: "How many stars?",
}
_MESSAGES: dict[str, dict[str, Any]] = {
    "a message": {"text": "my app stays blank all day", "heard": DetectedLanguage("en", is_sure=True)},
    "a message in no known language": {"text": "app 12"},
    "hello": {"text": "hello", "heard": DetectedLanguage("en", is_sure=True)},
    "thanks": {"text": "thanks"},
    "stars": {"text": "5"},
    "a language": {"kind": MessageKind.CHOICE, "choice": "lang:en"},
    "send": {"text": "send"},
    "change": {"text": "change"},
    "change 2": {"text": "change 2"},
    "a line": {"kind": MessageKind.CHOICE, "choice": "line:name"},
    "yes": {"text": "yes"},
    "no": {"text": "no"},
    "/language": {"text": "/language"},
    "/cancel": {"text": "/cancel"},
    "/new": {"text": "/new"},
    "/back": {"text": "/back"},
    "/human": {"text": "/human"},
}
_ANYWHERE = ("/human",)
_SENT = {
    "fresh": ("a message", "a message in no known language"),
    "open": ("a message", "thanks", "/new"),
    "solved": ("a message", "hello", "thanks", "stars", "/new"),
    Stage.LANGUAGE: ("a language", "a message"),
    Stage.ASKING: ("an answer", "/back", "/cancel", "/new", "/language"),
    Stage.REVIEWING: ("send", "change", "change 2", "/back", "/cancel"),
    Stage.CHANGING: ("a line", "/back"),
    Stage.CONFIRMING: ("yes", "no"),
    Stage.RATING: ("stars", "thanks", "a message"),
}
"""Typical messages at each step; sending them shows where they lead."""
_ABOUT = """# The conversation

`python -m docs.draw_conversation` draws this from the code: each arrow is a message sent to
`bot.conversation.advance` at that step, and where it leads. Don't edit this page; a test checks that it's up to date.

At every step `/help`, `/status`, `/hours` and `/start` are answered and the question is repeated. A photo, a voice note
or a location is kept and the question is repeated. If a reply isn't understood, the bot asks again; after two misses it
offers a person, and after three it hands over to one. Arrows from a step to itself are left out, except from one
question to the next.

```mermaid
"""


def drawing(policy: Policy) -> str:
    """The whole page, with the diagram for this policy."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for begins, event, ends in steps(policy):
        is_loop = begins == ends and (begins != Stage.ASKING or event != "an answer")
        events = arrows.setdefault((begins, ends), [])
        if not is_loop and event not in events:
            events.append(event)
    names = [f'    state "{words}" as {name}' for name, words in _NODES.items()]
    lines = [f"    {a} --> {b}: {', '.join(sorted(said))}" for (a, b), said in sorted(arrows.items()) if said]
    return (
        f"{_ABOUT}stateDiagram-v2\n    direction TB\n    [*] --> fresh\n"
        + "\n".join([*names, *lines])
        + "\n```\n"
    )


def steps(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Every kind of conversation that can be reached, and each event in it."""
    first = Conversation("c", Address("telegram", "42"))
    waiting, seen = deque([first]), {_shape(first)}
    while waiting:
        conversation = waiting.popleft()
        for event, after in _events(conversation, policy):
            yield _node(conversation), event, _node(after)
            if _shape(after) not in seen:
                seen.add(_shape(after))
                waiting.append(after)


def _events(conversation: Conversation, policy: Policy) -> Iterator[tuple[str, Conversation]]:
    for event in (*_SENT[_node(conversation)], *_ANYWHERE):
        fields = _answer(conversation, policy) if event == "an answer" else _MESSAGES[event]
        inbound = Inbound("1", conversation.address, _NOW, **fields)
        step = advance(conversation, inbound, policy, _NOW)
        after = step.conversation
        for effect in step.effects:
            if isinstance(effect, OpenTicket):
                after = after.evolve(tickets=(TicketSummary(effect.ticket_id, "K4-1", Status.NEW),))
            if isinstance(effect, Reopen):
                after = _with_status(after, Status.OPEN)
        yield event, after
    yield from _desk_events(conversation)


def _desk_events(conversation: Conversation) -> Iterator[tuple[str, Conversation]]:
    ticket = conversation.current
    if conversation.stage is not Stage.IDLE or ticket is None:
        return
    if ticket.is_live:
        yield "resolved by an agent", _with_status(conversation, Status.RESOLVED).evolve(stage=Stage.RATING)
        yield "a quote by an agent", conversation.evolve(stage=Stage.CONFIRMING, asking="quote")


def _answer(conversation: Conversation, policy: Policy) -> dict[str, Any]:
    question = find_question(policy, conversation.asking)
    offered = available_options(question, conversation, policy) if question else ()
    if question and offered:
        return {"kind": MessageKind.CHOICE, "choice": payload(question, offered[0].key)}
    return {"text": "no files" if conversation.asking == "attachments" else "Ana"}


def _with_status(conversation: Conversation, status: Status) -> Conversation:
    ended_at = None if status is Status.OPEN else _NOW - timedelta(hours=1)
    tickets = tuple(replace(ticket, status=status, ended_at=ended_at) for ticket in conversation.tickets)
    return conversation.evolve(tickets=tickets)


def _node(conversation: Conversation) -> str:
    if conversation.stage is not Stage.IDLE:
        return conversation.stage
    ticket = conversation.current
    return "fresh" if ticket is None else "open" if ticket.is_live else "solved"


def _shape(conversation: Conversation) -> tuple[object, ...]:
    """What makes two conversations the same in the diagram."""
    return (
        _node(conversation),
        conversation.asking,
        bool(conversation.locale),
        bool(conversation.current),
        conversation.paused_stage,
        bool(conversation.draft_id),
        conversation.is_changing,
        min(conversation.misses, 1),
    )


if __name__ == "__main__":
    WRITTEN.write_text(drawing(load_policy(HERE.parent / "policies" / "demo.toml")), encoding="utf-8")
