"""The GET endpoints: tickets, threads, explained deadlines, and the desk's questions and figures."""

from api.v1 import cursors, desk_serializers, responses, ticket_serializers
from api.v1.operation import operation
from api.v1.problems import ApiError
from api.v1.requests import ExplainQuery, ListQuery, ThreadQuery, validate_address
from api.v1.ticket_serializers import find_ticket_id
from bot.delivery.corrections import never_received
from bot.messages.inbound import Address
from bot.messages.thread import Author
from jobs.request_context import wiring


@operation("GET", "/tickets", query=ListQuery, response=responses.TicketPage)
def list_tickets(query: ListQuery) -> responses.TicketPage:
    """List the tickets of a view, page by page.

    A ticket that keeps its place appears exactly once, even if others move while you read.
    """
    after = cursors.decode_ticket_cursor(query.cursor, query.view)
    rows, last = wiring().queries.page(query.view, after, query.limit)
    return responses.TicketPage(
        tickets=[ticket_serializers.line(row) for row in rows],
        next_cursor=cursors.encode_ticket_cursor(last, query.view) if last else None,
    )


@operation("GET", "/tickets/{number}", response=responses.Ticket)
def read_ticket(number: str) -> responses.Ticket:
    """Read a ticket, with its details and deadlines."""
    return ticket_serializers.ticket(wiring().queries.ticket(find_ticket_id(number)))


@operation("GET", "/tickets/{number}/thread", query=ThreadQuery, response=responses.Thread)
def read_thread(number: str, query: ThreadQuery) -> responses.Thread:
    """Read a ticket's messages, oldest first.

    Notes are left out unless you ask for them. Never show notes to a customer.
    """
    view = wiring().queries.ticket(find_ticket_id(number))
    hidden = set() if query.notes else never_received(view.entries, view.deliveries)
    entries = [
        entry
        for entry in view.entries
        if query.notes or (entry.author is not Author.NOTE and entry.entry_id not in hidden)
    ]
    start = cursors.decode_offset(query.cursor)
    end = start + query.limit
    return responses.Thread(
        messages=[ticket_serializers.message(entry, view) for entry in entries[start:end]],
        next_cursor=cursors.encode_offset(end) if end < len(entries) else None,
    )


@operation("GET", "/tickets/{number}/explain", query=ExplainQuery, response=responses.Explanation)
def explain_promise(number: str, query: ExplainQuery) -> responses.Explanation:
    """Explain why a deadline is due when it is."""
    return desk_serializers.explanation(
        wiring().queries.explain(find_ticket_id(number), query.target, query.turn)
    )


@operation("GET", "/contacts/{address_of}/tickets", response=responses.TicketList)
def list_tickets_of(address_of: str) -> responses.TicketList:
    """List the open and recently closed tickets of the customer with this address."""
    try:
        customer = Address.parse(validate_address(address_of))
    except ValueError as error:
        raise ApiError(422, "not-right", f"The address {error}.") from error
    return responses.TicketList(
        tickets=[ticket_serializers.line(row) for row in wiring().queries.rows_of_contact(customer)]
    )


@operation("GET", "/questions", response=responses.Questions)
def read_questions() -> responses.Questions:
    """Read the questions that a new ticket must answer, and their choices."""
    return desk_serializers.questions(wiring().policy)


@operation("GET", "/overview", response=responses.Overview, is_for_managers=True)
def read_overview() -> responses.Overview:
    """Read the desk's figures; for manager tokens."""
    now = wiring().clock()
    return desk_serializers.overview(now, wiring().queries.overview(now), wiring().queries.counts())
