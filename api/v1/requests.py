"""What apps may send: bodies and query parameters, each read strictly, each problem told in words."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from channels.text_limits import carriable

LONGEST_TEXT = 20_000  # characters
MOST_DETAILS = 50
LONGEST_PAGE, USUAL_PAGE = 200, 50
ADDRESS = (
    r"^(whatsapp:(\+[1-9][0-9]{4,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})"
    r"|telegram:[1-9][0-9]{0,15}|portal:[A-Za-z0-9._~@+-]{1,80})$"
)


class Given(BaseModel):
    """What somebody sends: nothing that we do not know, nothing of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def words(text: str) -> str:
    """Text without what no channel carries; ValueError when nothing is left."""
    kept = carriable(text).strip()
    if not kept:
        raise ValueError("must not be empty")
    return kept


def address(text: str) -> str:
    """An address of a customer, to the letter; ValueError."""
    if not re.fullmatch(ADDRESS, text):
        raise ValueError("must be whatsapp:+NUMBER, telegram:NUMBER or portal:ID")
    return text


def _number(value: object) -> object:
    """A parameter's digits as the number they are; anything else is for the model to refuse."""
    is_number = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10
    return int(str(value)) if is_number else value


def _yes_or_no(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(words)]
Answer = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(carriable)]
CustomerAddress = Annotated[
    str,
    Field(max_length=160, json_schema_extra={"pattern": ADDRESS, "examples": ["portal:ana@acme.example"]}),
    AfterValidator(address),
]
Number = Annotated[int, BeforeValidator(_number), Field(strict=True)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no), Field(strict=True)]
PageLength = Annotated[Number, Field(ge=1, le=LONGEST_PAGE, description="How many at most.")]
Cursor = Annotated[
    str, Field(max_length=200, description="`next_cursor` of the page before; absent for the first.")
]


class NewTicket(Given):
    """A request, complete: `GET /questions` tells which details the desk asks for."""

    address: CustomerAddress = Field(
        description="Where the customer is told: `whatsapp:+351…`, `telegram:42`, or `portal:ID` for somebody "
        "of your portal, who is told nowhere: show them the thread."
    )
    details: dict[str, Answer] = Field(
        default_factory=dict,
        max_length=MOST_DETAILS,
        description="By the key of the question; for a choice, the key of what was chosen.",
        examples=[{"name": "Ana Silva", "category": "fault", "priority": "high"}],
    )
    language: Literal["en", "fr", "es"] | None = Field(
        default=None, description="The customer's; when absent, theirs as we know it, else the description's."
    )


class NewText(Given):
    """Something written."""

    text: Words


class ListQuery(Given):
    """Which tickets."""

    view: Literal["open", "unassigned", "waiting", "overdue", "solved"] = Field(
        default="open", description="What falls due first comes first; of the solved, the latest."
    )
    limit: PageLength = USUAL_PAGE
    cursor: Cursor = ""


class ThreadQuery(Given):
    """Which part of a thread."""

    limit: PageLength = USUAL_PAGE
    cursor: Cursor = ""
    notes: YesOrNo = Field(
        default=False, description="Whether to tell agents' notes too; customers must never see them."
    )


class ExplainQuery(Given):
    """Which promise."""

    target: Literal["review", "first_response", "next_response", "resolution"]
    turn: Number = Field(default=1, ge=1, description="Of the next responses, the how-manieth.")
