"""What the API answers: the shapes of tickets, threads, promises and figures. Builds none of them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.messages.thread import DeliveryStatus
from bot.model.conversation import Status
from bot.policy.sections import QuestionKind
from bot.sla.deadlines import DeadlineStatus
from bot.sla.explain import Reason

TicketNumber = Annotated[str, Field(description="As customers read it aloud.", examples=["K4-217"])]


class Target(StrEnum):
    """The promises that a desk may make."""

    REVIEW = "review"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Writer(StrEnum):
    """Whose words they are; a note is among agents."""

    CUSTOMER = "customer"
    DESK = "desk"
    AGENT = "agent"
    NOTE = "note"


class ResponseModel(BaseModel):
    """What we answer: exactly these members, always all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Promise(ResponseModel):
    """One deadline as it stands. What customers are told of it is an aim."""

    target: Target
    turn: int = Field(description="1, except for the later next responses.")
    started_at: AwareDatetime
    due_at: AwareDatetime | None = Field(description="null while the clock is on hold.")
    warn_at: AwareDatetime | None
    met_at: AwareDatetime | None
    missed_at: AwareDatetime | None = Field(description="Since when it is missed.")
    is_on_hold: bool
    is_by_window: bool = Field(description="WhatsApp's window shuts before the target itself is due.")


class TicketLine(ResponseModel):
    """What a list shows of a ticket."""

    number: TicketNumber
    status: Status
    subject: str
    priority: str
    category: str
    channel: str
    name: str
    company: str
    language: str
    assignee: str | None = Field(description="Who has it; null while nobody does.")
    tags: list[str]
    opened_at: AwareDatetime
    updated_at: AwareDatetime
    due_at: AwareDatetime | None = Field(description="Of the promise that falls due first.")
    target: Target | None
    is_on_hold: bool
    is_vip: bool
    is_emergency: bool


class TicketPage(ResponseModel):
    """Some tickets of a view."""

    tickets: list[TicketLine]
    next_cursor: str | None = Field(description="For the next page; null when this is the last.")


class TicketList(ResponseModel):
    """All that we still list of one customer, the newest first."""

    tickets: list[TicketLine]


class Detail(ResponseModel):
    """One answer to a question of the desk."""

    key: str
    label: str = Field(description="In the customer's language, as are the words.")
    value: str = Field(description="The words given, or the key of what was chosen.")
    words: str = Field(description="As people read it.")


class Ticket(ResponseModel):
    """One ticket as it stands; its thread is read apart."""

    number: TicketNumber
    status: Status
    subject: str
    priority: str
    category: str
    address: str = Field(description="Where the customer is told.")
    name: str
    company: str
    account: str | None
    plan: str | None
    language: str
    assignee: str | None
    tags: list[str]
    opened_at: AwareDatetime
    updated_at: AwareDatetime
    archived_at: AwareDatetime | None = Field(
        description="When it moved to the archive, where it can be read and no longer written on."
    )
    has_clock: bool = Field(description="false for technical services: they get a quote, not a promise.")
    is_vip: bool
    is_emergency: bool
    is_over_quota: bool
    details: list[Detail]
    promises: list[Promise]


class File(ResponseModel):
    """A file of a message, as the inbox shows it; its content is not given here."""

    name: str
    kind: str
    media_type: str
    size: int | None = Field(description="In bytes, once it is known.")
    problem: str | None = Field(description="Why it could not be kept.")


class Sending(ResponseModel):
    """How far one of our messages has got."""

    status: DeliveryStatus
    reason: str | None = Field(description="Why it did not arrive, or waits.")


class Message(ResponseModel):
    """One line of a thread."""

    id: str
    at: AwareDatetime
    author: Writer
    name: str = Field(description="Of whoever wrote it; an app's is that of its token.")
    through: str | None = Field(description="The app by which it came, by the name of its token.")
    text: str
    options: list[str] = Field(description="Buttons that came with it.")
    files: list[File]
    is_edit: bool
    sending: Sending | None = Field(description="null for what goes nowhere: notes, and a portal's threads.")


class Thread(ResponseModel):
    """Some messages of a ticket, the oldest first."""

    messages: list[Message]
    next_cursor: str | None = Field(description="For the next page; null when this is the last.")


class Stretch(ResponseModel):
    """From one instant to another, counted or not."""

    start_at: AwareDatetime
    end_at: AwareDatetime
    seconds: float
    is_counted: bool
    reason: Reason
    name: str | None = Field(description="Of the holiday, in the customer's language.")


class Explanation(ResponseModel):
    """Why a promise falls due when it does: every stretch since it began, without gaps."""

    target: Target
    turn: int
    allowance: str = Field(description="What was promised.", examples=["4 business hours"])
    standing: DeadlineStatus
    started_at: AwareDatetime
    due_at: AwareDatetime | None
    met_at: AwareDatetime | None
    counted_seconds: float
    stretches: list[Stretch]
    left_out: int = Field(description="Stretches past the first 400.")


class Label(ResponseModel):
    """A short text in each language."""

    en: str
    fr: str
    es: str


class Choice(ResponseModel):
    """One thing that may be chosen."""

    key: str
    label: Label
    description: Label | None


class Question(ResponseModel):
    """One detail that the desk asks for."""

    key: str
    kind: QuestionKind
    label: Label
    is_required: bool = Field(description="Not of a customer who gave it before, where it is remembered.")
    is_remembered: bool = Field(description="Asked once in the life of a customer.")
    min_words: int
    choices: list[Choice]
    categories: list[str] = Field(description="Asked only where the category is one of these; none: always.")


class Questions(ResponseModel):
    """What a new ticket needs."""

    policy: str = Field(description="Version of the policy; another one may ask otherwise.")
    questions: list[Question]


class Figures(ResponseModel):
    """How one priority stands now, and how its answers were in time today."""

    priority: str
    open: int
    due_soon: int
    overdue: int
    answered: int
    answered_in_time: int


class Share(ResponseModel):
    """So many promises kept of so many."""

    kept: int
    total: int


class Weeks(ResponseModel):
    """This week so far, and last week."""

    this: Share
    last: Share


class Alert(ResponseModel):
    """A promise that was missed."""

    number: TicketNumber
    target: Target
    turn: int
    missed_at: AwareDatetime
    acknowledged_at: AwareDatetime | None


class Overview(ResponseModel):
    """The desk as its managers see it."""

    at: AwareDatetime
    counts: dict[str, int] = Field(description="How many tickets each view holds.")
    priorities: list[Figures] = Field(description="The most urgent first.")
    kept_by_target: dict[Target, Weeks]
    kept_by_priority: dict[str, Weeks]
    alerts: list[Alert] = Field(description="The latest first.")


class Wrong(ResponseModel):
    """One thing that is not right in what was sent."""

    field: str
    detail: str


class Problem(ResponseModel):
    """What is wrong, as RFC 9457 has it, with a code that stays the same."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(examples=["not-found"])
    errors: list[Wrong] = Field(default=[], description="For 422: each thing that is not right.")
