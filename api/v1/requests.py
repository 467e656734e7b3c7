"""The models of request bodies and query parameters; they validate strictly."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from bot.text.phone_numbers import normalise_address
from channels.text_limits import clean_text

MAX_TEXT_LENGTH = 20_000  # characters
MAX_DETAILS = 50
MAX_ADDRESS_LENGTH = 160
MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE = 200, 50
ADDRESS = (
    r"^(whatsapp:(\+[1-9][0-9]{4,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})"
    r"|telegram:[1-9][0-9]{0,15}|portal:[A-Za-z0-9._~@+-]{1,80})$"
)


class RequestModel(BaseModel):
    """A request without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def non_empty_text(text: str) -> str:
    """Remove characters that no channel can carry; ValueError if nothing is left."""
    kept = clean_text(text).strip()
    if not kept:
        raise ValueError("must not be empty")
    return kept


def validate_address(text: str) -> str:
    """A customer's address, with a phone number in any spelling as E.164; ValueError."""
    address = normalise_address(text)
    if not re.fullmatch(ADDRESS, address):
        raise ValueError("must be whatsapp:+NUMBER, telegram:NUMBER or portal:ID")
    return address


def _parse_int(value: object) -> object:
    """Convert digits to a number; the model refuses anything else."""
    is_number = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10
    return int(str(value)) if is_number else value


def _parse_bool(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


NonEmptyText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT_LENGTH), AfterValidator(non_empty_text)]
DetailValue = Annotated[str, Field(max_length=MAX_TEXT_LENGTH), AfterValidator(clean_text)]
CustomerAddress = Annotated[
    str,
    Field(max_length=MAX_ADDRESS_LENGTH),
    AfterValidator(validate_address),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": MAX_ADDRESS_LENGTH,
            "pattern": ADDRESS,
            "examples": ["portal:ana@acme.example"],
        }
    ),
]
QueryBool = Annotated[bool, BeforeValidator(_parse_bool), Field(strict=True)]
PageSize = Annotated[
    int,
    Field(strict=True, ge=1, le=MAX_PAGE_SIZE),
    BeforeValidator(_parse_int),
    WithJsonSchema(
        {
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_PAGE_SIZE,
            "description": "The maximum number of items on a page.",
        }
    ),
]
Turn = Annotated[
    int,
    Field(strict=True, ge=1),
    BeforeValidator(_parse_int),
    WithJsonSchema(
        {
            "type": "integer",
            "minimum": 1,
            "description": "The ordinal of the response, for `next_response`.",
        }
    ),
]
Cursor = Annotated[
    str, Field(max_length=200, description="`next_cursor` of the previous page; leave it out for the first.")
]


class NewTicket(RequestModel):
    """A new ticket; `GET /questions` lists the details that the desk asks for."""

    address: CustomerAddress = Field(
        description="Where the customer is notified: `whatsapp:+351…`, `telegram:42`, or `portal:ID` for someone in "
        "your portal. Guichet sends nothing to portal addresses: show them the thread."
    )
    details: dict[str, DetailValue] = Field(
        default_factory=dict,
        max_length=MAX_DETAILS,
        description="The answers by question key; for a question with choices, the key of the choice.",
        examples=[
            {
                "name": "Ana Silva",
                "company": "Acme",
                "category": "fault",
                "affected": "the till app",
                "description": "The app closes with error 12 when I open an invoice",
                "priority": "high",
            }
        ],
    )
    language: Literal["en", "fr", "es"] | None = Field(
        default=None,
        description="Without it, the customer's known language, or else the one detected in the description.",
    )


class NewText(RequestModel):
    """A text."""

    text: NonEmptyText = Field(examples=["It happens on the second till, too."])


class ListQuery(RequestModel):
    """Which page of which view."""

    view: Literal["open", "unassigned", "waiting", "overdue", "solved"] = Field(
        default="open", description="Earliest deadline first; for solved tickets, latest first."
    )
    limit: PageSize = DEFAULT_PAGE_SIZE
    cursor: Cursor = ""


class ThreadQuery(RequestModel):
    """Which page of a thread."""

    limit: PageSize = DEFAULT_PAGE_SIZE
    cursor: Cursor = ""
    notes: QueryBool = Field(
        default=False, description="Include agents' notes; never show them to customers."
    )


class ExplainQuery(RequestModel):
    """Which deadline."""

    target: Literal["review", "first_response", "next_response", "resolution"]
    turn: Turn = 1
