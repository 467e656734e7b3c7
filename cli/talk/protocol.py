"""`guichet talk --json`: one JSON object per line in, and one out for each."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from bot.messages.errors import GuichetError
from bot.messages.inbound import MessageKind
from bot.messages.outgoing import Attachment
from bot.policy.policy import Policy
from cli.policy.deadline import parse_instant
from cli.talk.begin import begin
from cli.talk.errors import InputError
from cli.talk.session import Reply, Session
from cli.talk.spans import parse_span
from cli.talk.state_json import Json, state_json
from cli.talk.typed import is_true, only, text_of

_PHOTO = Attachment("image", "image/jpeg", "photo.jpg")
_VOICE = Attachment("audio", "audio/ogg", "voice.ogg")
_STICKER = Attachment("sticker", "image/webp", "sticker.webp")


def answer_lines(lines: Iterable[bytes], policy: Policy, channel: str, start: datetime) -> Iterator[str]:
    """The answer to each line; a line that can't be taken is answered with an error, and changes nothing."""
    talking = _Talking(policy, channel, start)
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(talking, line), ensure_ascii=False)


def _answer(talking: "_Talking", line: bytes) -> Json:
    try:
        given = json.loads(line)
    except ValueError as error:
        return {"error": f"not JSON: {error}"}
    try:
        return talking.take(given)
    except (InputError, GuichetError) as error:
        return {"error": str(error)}


class _Talking:
    """The session so far; `begin` starts another."""

    def __init__(self, policy: Policy, channel: str, start: datetime) -> None:
        self._policy, self._channel, self._start = policy, channel, start
        self._session, _ = begin({}, policy, channel, start)

    def take(self, given: object) -> Json:
        message = only(given, "a line", (*_TAKES, "begin", "at"))
        at = parse_at(message, self._policy)
        if "begin" in message:
            only(message, "a line with begin", ("begin", "at"))
            self._session, reply = begin(message["begin"], self._policy, self._channel, at or self._start)
            return state_json(self._session, reply)
        take = next((take for key, take in _TAKES.items() if key in message), None)
        if take is None:
            raise InputError(f"nothing to do; use one of: begin, {', '.join(_TAKES)}")
        before, self._session.now = self._session.now, at or self._session.now
        try:
            return state_json(self._session, take(self._session, message))
        except (InputError, GuichetError):
            self._session.now = before
            raise


def parse_at(message: Mapping[str, object], policy: Policy) -> datetime | None:
    """The time in `at`, if there is one."""
    text = text_of(message, "at")
    try:
        return parse_instant(text, policy) if text else None
    except ValueError as error:
        raise InputError(str(error)) from error


def _write(session: Session, message: Mapping[str, object]) -> Reply:
    only(message, "a line with text", ("text", "at"))
    return session.write(text_of(message, "text"))


def _choose(session: Session, message: Mapping[str, object]) -> Reply:
    only(message, "a line with choice", ("choice", "at"))
    return session.press(text_of(message, "choice"))


def _send(key: str, kind: MessageKind, file: Attachment) -> Callable[[Session, Mapping[str, object]], Reply]:
    def take(session: Session, message: Mapping[str, object]) -> Reply:
        only(message, f"a line with {key}", (key, "text", "at"))
        is_true(message, key)
        return session.write(text_of(message, "text"), kind, (file,))

    return take


def _wait(session: Session, message: Mapping[str, object]) -> Reply:
    only(message, "a line with after", ("after", "at"))
    session.now += parse_span(text_of(message, "after"))
    return Reply()


def _agent(session: Session, message: Mapping[str, object]) -> Reply:
    only(message, "a line with agent", ("agent", "at"))
    done = only(message["agent"], "agent", ("reply", "resolve", "return"))
    if len(done) != 1:
        raise InputError("agent takes one of: reply, resolve, return")
    if "resolve" in done:
        is_true(done, "resolve")
        return session.act("resolve")
    action = next(iter(done))
    return session.act(action, text=text_of(done, action))


_TAKES: Mapping[str, Callable[[Session, Mapping[str, object]], Reply]] = {
    "photo": _send("photo", MessageKind.MEDIA, _PHOTO),
    "voice": _send("voice", MessageKind.MEDIA, _VOICE),
    "sticker": _send("sticker", MessageKind.STICKER, _STICKER),
    "text": _write,
    "choice": _choose,
    "after": _wait,
    "agent": _agent,
}
"""What a line may ask for; a file comes before the text that goes with it."""
