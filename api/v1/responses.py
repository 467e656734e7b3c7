"""The models of API responses."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.messages.thread import DeliveryStatus
from bot.model.conversation import Status
from bot.policy.sections import QuestionKind
from bot.sla.deadlines import DeadlineStatus
from bot.sla.explain import Reason

TicketNumber = Annotated[str, Field(description="The number that customers see.", examples=["K4-217"])]


class Target(StrEnum):
    """What a deadline is for."""

    REVIEW = "review"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Writer(StrEnum):
    """Who wrote a message; a note is for agents only."""

    CUSTOMER = "customer"
    DESK = "desk"
    AGENT = "agent"
    NOTE = "note"


class ResponseModel(BaseModel):
    """A response with exactly these fields, all of them always present."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)

    @classmethod
    def of(cls, source: object, **fields: Any) -> Self:
        """Take from `source` the attributes with our fields' names, except those in `fields`."""
        same = {name: getattr(source, name) for name in cls.model_fields if name not in fields}
        return cls.model_validate(same | fields)


class Promise(ResponseModel):
    """One deadline of a ticket. Tell customers that it's an aim, not a guarantee."""

    target: Target
    turn: int = Field(description="The ordinal of the response, for `next_response`; otherwise 1.")
    started_at: AwareDatetime
    due_at: AwareDatetime | None = Field(description="null while the clock is on hold.")
    warn_at: AwareDatetime | None
    met_at: AwareDatetime | None
    missed_at: AwareDatetime | None = Field(description="When it was missed; null if it wasn't.")
    is_on_hold: bool


class TicketBase(ResponseModel):
    """What both a list and a single ticket show."""

    number: TicketNumber
    status: Status
    subject: str
    priority: str
    category: str
    name: str
    company: str
    language: str
    assignee: str | None = Field(description="null if the ticket is unassigned.")
    tags: list[str]
    opened_at: AwareDatetime
    updated_at: AwareDatetime
    is_vip: bool
    is_emergency: bool


class TicketLine(TicketBase):
    """A ticket in a list."""

    channel: str
    due_at: AwareDatetime | None = Field(description="The earliest deadline.")
    target: Target | None
    is_on_hold: bool


class TicketPage(ResponseModel):
    """One page of a view."""

    tickets: list[TicketLine]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last page."
    )


class TicketList(ResponseModel):
    """A customer's open and recently closed tickets, newest first."""

    tickets: list[TicketLine]


class Detail(ResponseModel):
    """The answer to one of the desk's questions."""

    key: str
    label: str = Field(description="The question's label, in the customer's language.")
    value: str = Field(description="The text, or the key of the choice.")
    words: str = Field(description="The value for display, in the customer's language.")


class Ticket(TicketBase):
    """A ticket; read its thread separately."""

    address: str = Field(description="Where the customer is notified.")
    window_closes_at: AwareDatetime | None = Field(
        description="When WhatsApp's 24-hour window closes or closed; only templates go out afterwards."
    )
    account: str | None
    plan: str | None
    archived_at: AwareDatetime | None = Field(
        description="When it moved to the archive; you can still read it, but not write on it."
    )
    has_clock: bool = Field(description="false for technical services, which get a quote and no deadlines.")
    is_over_quota: bool
    details: list[Detail]
    promises: list[Promise]


class File(ResponseModel):
    """A file of a message; the API doesn't return its content."""

    name: str
    kind: str
    media_type: str
    size: int | None = Field(description="In bytes; null until it's known.")
    problem: str | None = Field(description="Why it couldn't be stored.")


class Sending(ResponseModel):
    """The delivery status of an outgoing message."""

    status: DeliveryStatus
    reason: str | None = Field(description="Why it failed or is waiting.")


class Message(ResponseModel):
    """One entry of a thread."""

    id: str
    at: AwareDatetime
    author: Writer
    name: str = Field(description="The author's name; for an app, the name of its token.")
    through: str | None = Field(description="The name of the token that wrote it; null if no app did.")
    text: str
    options: list[str] = Field(description="The labels of its buttons.")
    files: list[File]
    is_edit: bool
    sending: Sending | None = Field(
        description="null for notes and in portal threads, which aren't sent anywhere."
    )


class Thread(ResponseModel):
    """One page of a ticket's messages, oldest first."""

    messages: list[Message]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last page."
    )


class Stretch(ResponseModel):
    """A period that was counted or skipped."""

    start_at: AwareDatetime
    end_at: AwareDatetime
    seconds: float
    is_counted: bool
    reason: Reason
    name: str | None = Field(description="The holiday's name, in the customer's language.")


class Explanation(ResponseModel):
    """Why a deadline is due when it is: every period since it started, without gaps."""

    target: Target
    turn: int
    allowance: str = Field(description="The time promised.", examples=["4 business hours"])
    standing: DeadlineStatus
    started_at: AwareDatetime
    due_at: AwareDatetime | None
    met_at: AwareDatetime | None
    counted_seconds: float
    stretches: list[Stretch]
    left_out: int = Field(description="How many periods after the first 400 were left out.")


class Label(ResponseModel):
    """A short text in each language."""

    en: str
    fr: str
    es: str


class Choice(ResponseModel):
    """One choice of a question."""

    key: str
    label: Label
    description: Label | None


class Question(ResponseModel):
    """One of the desk's questions."""

    key: str
    kind: QuestionKind
    label: Label
    is_required: bool = Field(description="Not needed again if the desk remembers the customer's answer.")
    is_remembered: bool = Field(description="Asked only once per customer.")
    min_words: int
    choices: list[Choice]
    categories: list[str] = Field(description="Asked only for these categories; if empty, for all.")


class Questions(ResponseModel):
    """The questions for a new ticket."""

    policy: str = Field(description="The version of the policy; the questions can change with it.")
    questions: list[Question]


class Figures(ResponseModel):
    """The tickets of one priority now, and today's promises."""

    priority: str
    open: int
    due_soon: int
    overdue: int
    answered: int = Field(description="The deadlines met or fallen due today, and those still owed.")
    answered_in_time: int = Field(description="Those of them that were met in time.")


class Share(ResponseModel):
    """How many deadlines were kept."""

    kept: int
    total: int


class Weeks(ResponseModel):
    """This week so far, and last week."""

    this: Share
    last: Share


class Alert(ResponseModel):
    """A missed deadline."""

    number: TicketNumber
    target: Target
    turn: int
    missed_at: AwareDatetime
    acknowledged_at: AwareDatetime | None


class Overview(ResponseModel):
    """The desk's figures for managers."""

    at: AwareDatetime
    counts: dict[str, int] = Field(description="The number of tickets in each view.")
    priorities: list[Figures] = Field(description="Most urgent first.")
    today: dict[Target, Share] = Field(description="The same figures by target.")
    kept_by_target: dict[Target, Weeks]
    kept_by_priority: dict[str, Weeks]
    alerts: list[Alert] = Field(description="Newest first.")


class Wrong(ResponseModel):
    """One invalid field of a request."""

    field: str
    detail: str


class Problem(ResponseModel):
    """An error as in RFC 9457, with a stable code."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(examples=["not-found"])
    errors: list[Wrong] = Field(default=[], description="For 422: every invalid field.")
