"""Watches the calls that send messages, and lets a channel rest when it gives no clear answers.

After such a call it's unknown whether the message arrived. An outage must leave few of those behind, so the messages
that follow wait until the channel answers a harmless call.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.messages.errors import DeliveryError
from channels.channel import Channel
from jobs.delivery.call_meter import CallMeter
from store.outbox.circuit_breaker import CircuitBreaker, Permission

log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(seconds=2)
"""How often the lane of a doubtful message is looked at while the channel rests."""

Result = TypeVar("Result")


class ChannelHealth:
    """Whether messages may be sent to a channel."""

    def __init__(self, breaker: CircuitBreaker, meter: CallMeter, clock: Callable[[], datetime]) -> None:
        self._breaker, self._meter, self._clock = breaker, meter, clock
        self._latest_answer: dict[str, datetime] = {}  # by channel: when the call began
        self._trials: dict[str, datetime] = {}  # by channel: when we were last allowed to try a message

    def wait_time(self, channel: Channel) -> timedelta:
        """How long the next message has to wait; zero if it may be sent now."""
        return self._ask(channel, has_message=True)

    def time_to_settle(self, channel: Channel) -> timedelta:
        """How long a message that may have arrived waits for its settlement: as long as the channel rests."""
        return min(self._ask(channel, has_message=False), LOOK_AGAIN)

    def watch(self, channel: Channel, call: Callable[[], Result]) -> Result:
        """Make a call that sends a message. Raises what it raises."""
        began = self._clock()
        try:
            result = call()
        except DeliveryError as error:
            self._meter.count(channel.name, self._seconds_since(began), error)
            is_away = error.code == "unavailable" or (error.code == "paced" and not error.retry_after)
            if error.is_uncertain or (is_away and self._is_trial(channel, began)):
                self._doubt(channel, began)
            elif error.code not in ("unavailable", "paced"):
                self._answered(channel, began)
            raise
        self._meter.count(channel.name, self._seconds_since(began), None)
        self._answered(channel, began)
        return result

    def rest(self, channel: str, until: datetime) -> None:
        """The provider asked us to send nothing more until then."""
        self._trials.pop(channel, None)
        self._breaker.rest(channel, until, self._clock())

    def _seconds_since(self, began: datetime) -> float:
        return (self._clock() - began).total_seconds()

    def _answered(self, channel: Channel, began: datetime) -> None:
        self._latest_answer[channel.name] = max(self._latest_answer.get(channel.name, began), began)
        if self._is_trial(channel, began):
            self._trials.pop(channel.name, None)
            self._breaker.close(channel.name)

    def _doubt(self, channel: Channel, began: datetime) -> None:
        """Stop sending, unless a later call has been answered meanwhile: then only this one got lost."""
        latest = self._latest_answer.get(channel.name)
        if latest is None or latest <= began:
            self._breaker.trip(channel.name, began, self._clock())

    def _is_trial(self, channel: Channel, began: datetime) -> bool:
        since = self._trials.get(channel.name)
        return since is not None and began >= since

    def _ask(self, channel: Channel, *, has_message: bool) -> timedelta:
        while True:
            now = self._clock()
            answer = self._breaker.ask(channel.name, now, has_message=has_message)
            if answer.permission is Permission.TRIAL:
                self._trials[channel.name] = now
            if answer.permission is not Permission.PROBE:
                return answer.wait
            self._probe(channel)

    def _probe(self, channel: Channel) -> None:
        is_answering = channel.is_answering()
        log.warning("channel checked", extra={"channel": channel.name, "answers": is_answering})
        if is_answering:
            self._breaker.probe_answered(channel.name, self._clock())
        else:
            self._breaker.probe_failed(channel.name, self._clock())
