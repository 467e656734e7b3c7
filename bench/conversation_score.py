"""Says what's wrong with how a story ended or what a turn did; nothing if it's right."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.conversation_items import Story, Turn, texts
from bench.conversation_state import State, TicketState

DIGRESSIONS = ("why", "how_long", "cost", "bot", "hours", "repeat")


def story_faults(story: Story, end: State, *, is_name_asked: bool) -> tuple[str, ...]:
    """What's wrong with the ticket that a story led to, or with there being one or none."""
    if bool(end.tickets) != story.expect.get("opened", True):
        return ("a ticket was opened" if end.tickets else "no ticket was opened",)
    if not end.tickets:
        return ()
    ticket = end.tickets[-1]
    faults = (_field_fault(story, ticket, key, is_name_asked) for key in story.expect if key != "opened")
    return tuple(fault for fault in faults if fault)


def turn_faults(turn: Turn, before: State, after: State) -> tuple[str, ...]:
    """What's wrong with the effect of a turn."""
    change, expect, faults = _Change(before, after), turn.expect, []
    act = str(expect.get("act", ""))
    if act in _HAPPENED and not _HAPPENED[act](change):
        faults.append(f"not taken as {act}: asking {after.asking}, acts {', '.join(after.acts) or 'none'}")
    if act in DIGRESSIONS and not _is_answered_beside(turn, change, act):
        asked = f"asking {before.asking}, then {after.asking}"
        faults.append(f"{act} not answered alone: {asked}, acts {', '.join(after.acts) or 'none'}")
    if act in ("change", "answer") and "field" in expect:
        faults += _value_faults(turn, change)
    if expect.get("description_unchanged") and change.is_description_changed:
        faults.append("the description changed")
    if expect.get("asks_again") and after.asking != expect["asks_again"]:
        faults.append(f"asking {after.asking} instead of {expect['asks_again']} again")
    if expect.get("opened") is False and change.is_opened:
        faults.append("a ticket was opened")
    return tuple(faults)


def fold(text: object) -> str:
    """The text without case, accents and extra spaces: how values are compared."""
    letters = unicodedata.normalize("NFKD", str(text or "").casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.replace("’", "'").split())


def _field_fault(story: Story, ticket: TicketState, key: str, is_name_asked: bool) -> str:
    wanted, values = story.expect[key], ticket.values
    if key == "person":
        return "" if ticket.is_for_person == bool(wanted) else f"for a person: {ticket.is_for_person}"
    if key.endswith("_has"):
        # What the story tells needn't be asked, so the description counts for every field.
        got = values.get(key.removesuffix("_has"), "")
        told = f"{got} {values.get('description', '')}"
        return "" if _is_or_holds(told, wanted) else f"{key} “{got}”, expected {_listed(wanted)}"
    got = values.get(key, "")
    is_right = (
        _is_right_name(story, got, is_name_asked) if key == "name"
        else _is_or_holds(got, wanted) if key == "company"
        else _is_one_of(got, wanted)
    )  # fmt: skip
    return "" if is_right else f"{key} “{got}”, expected {_listed(wanted)}"


def _is_right_name(story: Story, got: str, is_name_asked: bool) -> bool:
    wanted = story.expect["name"]
    if _is_one_of(got, wanted):
        return True
    if got and not is_name_asked and fold(got) == fold(story.profile_name):
        # The channel's name will do, unless they said another one themselves.
        said = " ".join(story.opener)
        return not any(fold(name) in fold(said) for name in texts(wanted) if name)
    return _is_or_holds(got, wanted)


def _value_faults(turn: Turn, change: "_Change") -> list[str]:
    key = turn.expect["field"]
    got = change.values.get(key, "")
    if "value" not in turn.expect:
        return [] if got else [f"{key} is empty"]
    wanted = turn.expect["value"]
    return [] if _is_or_holds(got, wanted) else [f"{key} “{got}”, expected {_listed(wanted)}"]


def _is_answered_beside(turn: Turn, change: "_Change", act: str) -> bool:
    """The question was answered, and nothing else came of it."""
    after = change.after
    if turn.situation == "start":
        is_kept = not change.is_opened and not change.new.get("description")
    else:
        is_kept = change.is_nothing and after.asking == change.before.asking
    return is_kept and bool(after.said) and act in after.acts


def _is_one_of(got: str, wanted: object) -> bool:
    return fold(got) in {fold(value) for value in texts(wanted)}


def _is_or_holds(got: str, wanted: object) -> bool:
    return _is_one_of(got, wanted) or any(fold(value) in fold(got) for value in texts(wanted) if fold(value))


def _listed(wanted: object) -> str:
    return " or ".join(f"“{value}”" for value in texts(wanted))


@dataclass(frozen=True, slots=True)
class _Change:
    """What a message did."""

    before: State
    after: State

    @property
    def old(self) -> Mapping[str, str]:
        return self.before.draft or {}

    @property
    def new(self) -> Mapping[str, str]:
        return self.after.draft or {}

    @property
    def is_opened(self) -> bool:
        return len(self.after.tickets) > len(self.before.tickets)

    @property
    def values(self) -> Mapping[str, str]:
        """The fields now, in the draft or the ticket just opened."""
        return {**self.new, **(self.after.tickets[-1].values if self.is_opened else {})}

    @property
    def is_nothing(self) -> bool:
        return self.old == self.new and not self.is_opened

    @property
    def is_description_changed(self) -> bool:
        old = self.old.get("description", "")
        return not self.is_opened and fold(self.new.get("description", old)) != fold(old)


def _is_cancelled(change: _Change) -> bool:
    return not change.is_opened and (change.after.draft is None or change.after.asking == "confirm")


def _is_closing(change: _Change) -> bool:
    return change.after.asking == "confirm" or any(ticket.is_over for ticket in change.after.tickets)


def _is_story_taken(change: _Change) -> bool:
    is_told = fold(change.new.get("description")) != fold(change.old.get("description"))
    return is_told or change.is_opened or "story" in change.after.acts


_HAPPENED: Mapping[str, Callable[[_Change], bool]] = {
    "send": lambda change: change.is_opened,
    "person": lambda change: any(ticket.is_for_person for ticket in change.after.tickets),
    "cancel": _is_cancelled,
    "no_name": lambda change: change.after.asking != "name" and not change.values.get("name"),
    "no_code": lambda change: change.after.asking != "support_code",
    "close": _is_closing,
    "reopen": lambda change: any(not ticket.is_over for ticket in change.after.tickets),
    "thanks": lambda change: change.is_nothing,
    "status": lambda change: change.is_nothing and bool(change.after.said),
    "language": lambda change: (
        change.after.language != change.before.language or "language" in change.after.acts
    ),
    "story": _is_story_taken,
}
"""Whether each act had its effect; the others are judged by their field or the question asked."""
