"""Scripts of conversations that a support manager can read, played against `advance`.

    fr> bonjour, l’appli ne marche pas     a customer's message, surely French
    fr?> fr!> >                            perhaps French; a wish for French; nothing tells the language
    bot< What is your name                 what the bot said to it, in English; ` | ` parts several
    bot<                                   the bot said nothing
    buttons< High, Low                     the buttons that were offered, in this order
    tap> High                              a button is pressed, by its label or its payload
    photo> voice> sticker> place> card> reaction> edit> unknown>     other kinds of message
    opens< description=…; priority=high    a ticket was opened, with these details
    opens< a person; name=Ana              likewise, because a person was asked for
    joins< / thanks< / reopens< / rates< 4 / status< / quote< yes     what follows on a ticket
    secret<                                the message is kept out of the thread
    nothing<                               the message was recorded and nothing else
    in< ticket 1                           the thread in which it was recorded: `ticket N` or `chatter`
    language< fr
    after> 3 days
    desk> resolves / waits / closes / asks for stars / quotes

Between any two messages the conversation is written to JSON and read back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.conversation.advance import advance
from bot.conversation.effects import (
    AddToTicket,
    AnswerQuote,
    CheckCode,
    Effect,
    OpenTicket,
    Rate,
    Record,
    Reopen,
    Say,
    ShowStatus,
    Step,
)
from bot.conversation.identify_account import continue_after_code
from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from bot.messages.outgoing import Attachment, Outgoing
from bot.model.account import Account, CodeLookup
from bot.model.conversation import Conversation, Stage, Status, TicketSummary
from bot.policy.policy import Policy, load_policy
from i18n.render import render_outgoing
from store.codec import dump, load

POLICIES = Path(__file__).parent.parent.parent / "policies"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNTS = {
    "GV-4417": Account("acme", "Acme SA", "enterprise"),
    "ST-1000": Account("beta", "Beta SL", "standard"),
}
_KINDS = {
    "photo": (MessageKind.MEDIA, Attachment("image", "image/jpeg", "photo.jpg", 1000, "ref")),
    "voice": (MessageKind.MEDIA, Attachment("audio", "audio/ogg", "voice.ogg", 1000, "ref")),
    "sticker": (MessageKind.STICKER, Attachment("sticker", "image/webp", "s.webp", 1000, "ref")),
    "place": (MessageKind.LOCATION, None),
    "card": (MessageKind.CONTACT, None),
    "reaction": (MessageKind.REACTION, None),
    "unknown": (MessageKind.OTHER, None),
}


def policy(name: str = "demo") -> Policy:
    """One of the shipped policies."""
    return load_policy(POLICIES / f"{name}.toml")


def talk(script: str, desk: Policy | None = None, hint: str = "") -> "Talk":
    """Play a script; AssertionError at the first line that is not as written."""
    talking = Talk(desk or policy(), hint)
    for number, line in enumerate(script.splitlines(), 1):
        if line.strip() and not line.strip().startswith("#"):
            talking.play(line.strip(), number)
    return talking


@dataclass
class Talk:
    """One contact, the desk's part done by hand, and the clock."""

    policy: Policy
    hint: str = ""
    now: datetime = START
    conversation: Conversation = field(
        default_factory=lambda: Conversation("c0ffee", Address("telegram", "42"))
    )
    effects: tuple[Effect, ...] = ()
    options: tuple[str, ...] = ()
    payloads: tuple[str, ...] = ()
    count: int = 0

    def play(self, line: str, number: int = 0) -> None:
        """One line of a script."""
        verb, sign, words = re.fullmatch(r"([\w?!]*)([<>])\s?(.*)", line).groups()
        if sign == ">":
            self._does(verb, words)
        else:
            told = self.told()
            assert self._is_so(verb, words), f"line {number}: {line}\nthe bot said: {told}\n{self.effects}"

    def send(self, **fields: object) -> Step:
        """One message of the customer, and what the desk does at once."""
        self.now += timedelta(seconds=30)
        self.count += 1
        inbound = Inbound(str(self.count), self.conversation.address, self.now, **fields)
        step = advance(self.conversation, inbound, self.policy, self.now)
        assert sum(isinstance(effect, Record) for effect in step.effects) == 1
        self.effects, self.options, self.payloads = (), (), ()
        self.follow(step)
        return step

    def follow(self, step: Step) -> None:
        """Keep what the step decided, as the desk does."""
        self.conversation = load(Conversation, dump(step.conversation))
        assert self.conversation == step.conversation
        for effect in step.effects:
            self.effects = (*self.effects, effect)
            self._carry_out(effect)

    def told(self) -> str:
        """All that was said to the last message, in English."""
        return " ⏎ ".join(" / ".join(map(str, said.lines)) for said in self._said())

    def _said(self) -> list[Outgoing]:
        zone = self.policy.calendar.zone
        said = [effect.outgoing for effect in self.effects if isinstance(effect, Say)]
        return [render_outgoing(outgoing, "en", zone, self.now) for outgoing in said]

    def _carry_out(self, effect: Effect) -> None:
        conversation = self.conversation
        match effect:
            case Say():
                shown = self._said()[-1].options
                self.options = tuple(str(option.label) for option in shown)
                self.payloads = tuple(option.payload for option in shown)
            case OpenTicket(ticket_id):
                number = f"K4-{ticket_id.rpartition('-')[2]}"
                head = TicketSummary(ticket_id, number, Status.NEW)
                self.conversation = conversation.evolve(tickets=(*conversation.tickets, head))
            case Reopen(ticket_id):
                self.mark(Status.OPEN, ticket_id)
            case CheckCode(code):
                answer = CodeLookup(ACCOUNTS.get(code), "a digest" if code in ACCOUNTS else "")
                thread_id = conversation.draft_id or conversation.ticket_id
                self.follow(continue_after_code(conversation, answer, self.policy, self.now, thread_id))

    def mark(self, status: Status, ticket_id: str = "", ended_at: datetime | None = None) -> None:
        """The desk moves a ticket."""
        ticket_id = ticket_id or self.conversation.ticket_id
        heads = tuple(
            replace(head, status=status, ended_at=ended_at) if head.ticket_id == ticket_id else head
            for head in self.conversation.tickets
        )
        self.conversation = self.conversation.evolve(tickets=heads)

    def _does(self, verb: str, words: str) -> None:
        if verb == "after":
            amount, unit = words.split()
            self.now += timedelta(**{unit.removesuffix("s") + "s": int(amount)})
        elif verb == "desk":
            self._desk(words)
        elif verb == "tap":
            payload = self.payloads[self.options.index(words)] if words in self.options else words
            self.send(
                kind=MessageKind.CHOICE, text=words, choice=payload, heard=DetectedLanguage(hint=self.hint)
            )
        elif verb == "edit":
            self.send(text=words, is_edit=True)
        elif verb in _KINDS:
            kind, attachment = _KINDS[verb]
            self.send(kind=kind, text=words, attachments=(attachment,) if attachment else ())
        else:
            locale, mark = verb[:2], verb[2:]
            heard = DetectedLanguage(
                locale, is_sure=bool(locale) and mark != "?", is_wish=mark == "!", hint=self.hint
            )
            self.send(text=words.replace("\\n", "\n"), heard=heard)

    def _desk(self, words: str) -> None:
        ended = {"resolves": Status.RESOLVED, "closes": Status.CLOSED}
        if words in ended:
            self.mark(ended[words], ended_at=self.now)
        elif words == "waits":
            self.mark(Status.WAITING)
        elif words == "asks for stars":
            asking = self.conversation.ticket_id
            self.conversation = self.conversation.evolve(stage=Stage.RATING, asking=asking)
        elif words == "quotes":
            self.conversation = self.conversation.evolve(stage=Stage.CONFIRMING, asking="quote")
        else:
            raise ValueError(f"the desk cannot {words!r}")

    def _is_so(self, verb: str, words: str) -> bool:
        if verb not in _EXPECTED:
            raise ValueError(f"no such line: {verb}<")
        return _EXPECTED[verb](self, words)

    def has(self, kind: type[Effect], **fields: object) -> bool:
        """Whether such an effect followed."""
        found = (effect for effect in self.effects if isinstance(effect, kind))
        return any(all(getattr(e, name) == value for name, value in fields.items()) for e in found)

    def _said_all(self, words: str) -> bool:
        parts = [part.strip() for part in words.split("|")] if words else []
        return all(part in self.told() for part in parts) if parts else not self.told()

    def _rated(self, words: str) -> bool:
        stars, _, comment = words.partition(" ")
        return self.has(Rate, stars=int(stars), comment=comment)

    def _is_in(self, words: str) -> bool:
        return self.has(
            Record, thread_id=f"c0ffee-{0 if words == 'chatter' else words.removeprefix('ticket ')}"
        )

    def _opened(self, words: str) -> bool:
        found = next((effect for effect in self.effects if isinstance(effect, OpenTicket)), None)
        if found is None or found.is_human_asked is not ("a person" in words):
            return False
        pairs = [pair.split("=", 1) for pair in words.split(";") if "=" in pair]
        values = {key: detail.value.replace("\n", " ⏎ ") for key, detail in found.details.items()}
        values["files"] = str(sum(len(detail.attachments) for detail in found.details.values()))
        return all(values.get(key.strip(), "") == value.strip() for key, value in pairs)


_EXPECTED: dict[str, Callable[[Talk, str], bool]] = {
    "bot": Talk._said_all,
    "buttons": lambda talk, words: talk.options == tuple(w.strip() for w in words.split(",") if w.strip()),
    "opens": Talk._opened,
    "joins": lambda talk, _: talk.has(AddToTicket, is_courtesy=False),
    "thanks": lambda talk, _: talk.has(AddToTicket, is_courtesy=True),
    "reopens": lambda talk, _: talk.has(Reopen),
    "rates": Talk._rated,
    "status": lambda talk, _: talk.has(ShowStatus),
    "quote": lambda talk, words: talk.has(AnswerQuote, is_accepted=words == "yes"),
    "nothing": lambda talk, _: [type(effect) for effect in talk.effects] == [Record],
    "secret": lambda talk, _: talk.has(Record, is_secret=True),
    "in": Talk._is_in,
    "language": lambda talk, words: talk.conversation.locale == words,
}
