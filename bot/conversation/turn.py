"""One message being taken: the conversation as it changes, and what must follow, gathered on the way.

A value like all others here: each method returns a new turn.
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
    """What is known while a message is taken. `pending_lines` are said before the next question, in one message."""

    conversation: Conversation
    policy: Policy
    now: datetime
    thread_id: str
    effects: tuple[Effect, ...] = ()
    pending_lines: tuple[Line, ...] = ()
    is_secret: bool = False
    shown: str = ""  # what the thread keeps of a message that holds a code

    def evolve(self, **changes: Any) -> Self:
        """With these fields of the conversation changed."""
        return copy_with(self, conversation=self.conversation.evolve(**changes))

    def with_effects(self, *effects: Effect) -> Self:
        """With these effects to follow."""
        return copy_with(self, effects=(*self.effects, *effects))

    def add_lines(self, *lines: Line) -> Self:
        """With something to say before the next question."""
        return copy_with(self, pending_lines=(*self.pending_lines, *lines))

    def say(self, *lines: Line, options: tuple[Option, ...] = ()) -> Self:
        """With a message: the pending_lines so far, these lines, and what may be chosen."""
        spoken = self.with_effects(Say(Outgoing((*self.pending_lines, *lines), options)))
        return copy_with(spoken, pending_lines=())

    def without_messages(self) -> Self:
        """Without anything to say: somebody else speaks for this step."""
        effects = tuple(effect for effect in self.effects if not isinstance(effect, Say))
        return copy_with(self, effects=effects, pending_lines=())

    def in_thread(self, thread_id: str) -> Self:
        """With the message recorded in this thread."""
        return copy_with(self, thread_id=thread_id)

    def redacted(self, shown: str = REDACTED) -> Self:
        """With the words of the message kept out of the thread, but for these: they hold a code."""
        return copy_with(self, is_secret=True, shown=shown)

    def check_code(self, code: str, text: str = "") -> Self:
        """With this code, which stands in `text`, looked up; nobody reads it."""
        return self.redacted(redact(text, code) or REDACTED).with_effects(CheckCode(code))

    def wait(self, stage: Stage, asking: str = "") -> Self:
        """With the next message taken as an answer to this."""
        is_same = (stage, asking) == (self.conversation.stage, self.conversation.asking)
        misses = self.conversation.misses if is_same else 0
        return self.evolve(stage=stage, asking=asking, misses=misses)

    def pause(self, stage: Stage, asking: str = "") -> Self:
        """Like `wait`, to return afterwards to where we are now."""
        now = self.conversation
        if now.stage in (Stage.LANGUAGE, Stage.CONFIRMING):
            return self.wait(stage, asking)
        paused = self.evolve(paused_stage=now.stage, paused_asking=now.asking)
        return paused.wait(stage, asking)

    def resume(self) -> Self:
        """Back to where we were before `pause`."""
        paused = self.conversation
        back = self.wait(paused.paused_stage, paused.paused_asking)
        return back.evolve(paused_stage=Stage.IDLE, paused_asking="")

    def count_miss(self) -> Self:
        """With one more answer that was no answer."""
        return self.evolve(misses=self.conversation.misses + 1)

    def recorded(self) -> Step:
        """The step of a message, with its one record first."""
        step = self.step()
        record = Record(self.thread_id, self.is_secret, self.shown)
        return Step(step.conversation, (record, *step.effects))

    def step(self) -> Step:
        """The step of something that is not a message. Looking up a code comes last: the desk goes on from it."""
        turn = self.say() if self.pending_lines else self
        effects = sorted(turn.effects, key=lambda effect: isinstance(effect, CheckCode))
        return Step(turn.conversation, tuple(effects))
