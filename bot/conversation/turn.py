"""A message being handled: the conversation as it changes, and the effects collected on the way.

It is immutable: each method returns a new turn.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bot.conversation.effects import CheckCode, Effect, Record, Say, Step
from bot.messages.outgoing import Line, Option, Outgoing
from bot.model.conversation import Conversation, Stage
from bot.model.copy_with import copy_with
from bot.policy.policy import Policy
from bot.text.support_codes import REDACTED, redact


@dataclass(frozen=True)
class Turn:
    """The state while a message is handled. `pending_lines` are sent before the next question, in one message."""

    conversation: Conversation
    policy: Policy
    now: datetime
    thread_id: str
    effects: tuple[Effect, ...] = ()
    pending_lines: tuple[Line, ...] = ()
    is_secret: bool = False
    shown: str = ""  # what the thread keeps instead of a message that contains a code
    acts: tuple[str, ...] = ()  # what was understood of the message, by name
    is_reworded: bool = False  # the next question is asked in other words

    def evolve(self, **changes: Any) -> Self:
        """Change these fields of the conversation."""
        return copy_with(self, conversation=self.conversation.evolve(**changes))

    def with_effects(self, *effects: Effect) -> Self:
        """Add effects."""
        return copy_with(self, effects=(*self.effects, *effects))

    def add_lines(self, *lines: Line) -> Self:
        """Add lines to say before the next question."""
        return copy_with(self, pending_lines=(*self.pending_lines, *lines))

    def say(self, *lines: Line, options: tuple[Option, ...] = ()) -> Self:
        """Add a message: the pending lines so far, these lines, and the choices."""
        spoken = self.with_effects(Say(Outgoing((*self.pending_lines, *lines), options)))
        return copy_with(spoken, pending_lines=())

    def without_messages(self) -> Self:
        """Drop all messages: something else speaks for this step."""
        effects = tuple(effect for effect in self.effects if not isinstance(effect, Say))
        return copy_with(self, effects=effects, pending_lines=())

    def in_thread(self, thread_id: str) -> Self:
        """Record the message in this thread."""
        return copy_with(self, thread_id=thread_id)

    def redacted(self, shown: str = REDACTED) -> Self:
        """The message contains a code: the thread keeps `shown` instead of its text."""
        return copy_with(self, is_secret=True, shown=shown)

    def check_code(self, code: str, text: str = "") -> Self:
        """Look up this code, which appears in `text`, and hide it in the thread."""
        return self.redacted(redact(text, code) or REDACTED).with_effects(CheckCode(code))

    def wait(self, stage: Stage, asking: str = "") -> Self:
        """Take the next message as an answer to this."""
        is_same = (stage, asking) == (self.conversation.stage, self.conversation.asking)
        misses = self.conversation.misses if is_same else 0
        return self.evolve(stage=stage, asking=asking, misses=misses)

    def pause(self, stage: Stage, asking: str = "") -> Self:
        """Like `wait`, but `resume` returns to the current stage."""
        now = self.conversation
        if now.stage in (Stage.LANGUAGE, Stage.CONFIRMING):
            return self.wait(stage, asking)
        paused = self.evolve(paused_stage=now.stage, paused_asking=now.asking)
        return paused.wait(stage, asking)

    def resume(self) -> Self:
        """Return to the stage before `pause`."""
        paused = self.conversation
        back = self.wait(paused.paused_stage, paused.paused_asking)
        return back.evolve(paused_stage=Stage.IDLE, paused_asking="")

    def understood(self, *acts: str) -> Self:
        """Note what was understood of the message."""
        return copy_with(self, acts=(*self.acts, *acts))

    def reworded(self) -> Self:
        """Ask the next question in other words."""
        return copy_with(self, is_reworded=True)

    def count_miss(self) -> Self:
        """Count one more reply that wasn't an answer."""
        return self.evolve(misses=self.conversation.misses + 1)

    def recorded(self) -> Step:
        """The step of a message, with its one record first."""
        step = self.step()
        record = Record(self.thread_id, self.is_secret, self.shown)
        return Step(step.conversation, (record, *step.effects), tuple(dict.fromkeys(self.acts)))

    def step(self) -> Step:
        """The step of something that isn't a message. `CheckCode` comes last: the desk continues from it."""
        turn = self.say() if self.pending_lines else self
        effects = sorted(turn.effects, key=lambda effect: isinstance(effect, CheckCode))
        return Step(turn._choices_noted().conversation, tuple(effects))

    def _choices_noted(self) -> Self:
        """Note which choices the open question shows, so that a number means the one it stands beside."""
        if self.conversation.stage is Stage.IDLE:
            return self.evolve(shown=()) if self.conversation.shown else self
        said = [effect.outgoing for effect in self.effects if isinstance(effect, Say)]
        return self.evolve(shown=tuple(option.payload for option in said[-1].options)) if said else self
