"""What apps may send: bodies and query parameters, each read strictly, each problem told in words."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from channels.text_limits import clean_text

LONGEST_TEXT = 20_000  # characters
MOST_DETAILS = 50
LONGEST_PAGE, DEFAULT_PAGE_SIZE = 200, 50
ADDRESS = (
    r"^(whatsapp:(\+[1-9][0-9]{4,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})"
    r"|telegram:[1-9][0-9]{0,15}|portal:[A-Za-z0-9._~@+-]{1,80})$"
)


class RequestModel(BaseModel):
    """What somebody sends: nothing that we do not know, nothing of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def non_empty_text(text: str) -> str:
    """Text without what no channel carries; ValueError when nothing is left."""
    kept = clean_text(text).strip()
    if not kept:
        raise ValueError("must not be empty")
    return kept


def validate_address(text: str) -> str:
    """An address of a customer, to the letter; ValueError."""
    if not re.fullmatch(ADDRESS, text):
        raise ValueError("must be whatsapp:+NUMBER, telegram:NUMBER or portal:ID")
    return text


def _parse_int(value: object) -> object:
    """A parameter's digits as the number they are; anything else is for the model to refuse."""
    is_number = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10
    return int(str(value)) if is_number else value


def _parse_bool(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


NonEmptyText = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(non_empty_text)]
DetailValue = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(clean_text)]
CustomerAddress = Annotated[
    str,
    Field(max_length=160, json_schema_extra={"pattern": ADDRESS, "examples": ["portal:ana@acme.example"]}),
    AfterValidator(validate_address),
]
QueryInt = Annotated[int, BeforeValidator(_parse_int), Field(strict=True)]
QueryBool = Annotated[bool, BeforeValidator(_parse_bool), Field(strict=True)]
PageSize = Annotated[QueryInt, Field(ge=1, le=LONGEST_PAGE, description="How many at most.")]
Cursor = Annotated[
    str, Field(max_length=200, description="`next_cursor` of the page before; absent for the first.")
]


class NewTicket(RequestModel):
    """A request, complete: `GET /questions` tells which details the desk asks for."""

    address: CustomerAddress = Field(
        description="Where the customer is told: `whatsapp:+351…`, `telegram:42`, or `portal:ID` for somebody "
        "of your portal, who is told nowhere: show them the thread."
    )
    details: dict[str, DetailValue] = Field(
        default_factory=dict,
        max_length=MOST_DETAILS,
        description="By the key of the question; for a choice, the key of what was chosen.",
        examples=[{"name": "Ana Silva", "category": "fault", "priority": "high"}],
    )
    language: Literal["en", "fr", "es"] | None = Field(
        default=None, description="The customer's; when absent, theirs as we know it, else the description's."
    )


class NewText(RequestModel):
    """Something written."""

    text: NonEmptyText


class ListQuery(RequestModel):
    """Which tickets."""

    view: Literal["open", "unassigned", "waiting", "overdue", "solved"] = Field(
        default="open", description="What falls due first comes first; of the solved, the latest."
    )
    limit: PageSize = DEFAULT_PAGE_SIZE
    cursor: Cursor = ""


class ThreadQuery(RequestModel):
    """Which part of a thread."""

    limit: PageSize = DEFAULT_PAGE_SIZE
    cursor: Cursor = ""
    notes: QueryBool = Field(
        default=False, description="Whether to tell agents' notes too; customers must never see them."
    )


class ExplainQuery(RequestModel):
    """Which promise."""

    target: Literal["review", "first_response", "next_response", "resolution"]
    turn: QueryInt = Field(default=1, ge=1, description="Of the next responses, the how-manieth.")
