"""What apps read: tickets, threads, promises explained, the desk's questions and figures."""

from api.v1 import cursors, desk_serializers, responses, ticket_serializers
from api.v1.operation import Operation, operation
from api.v1.problems import ApiError
from api.v1.requests import ExplainQuery, ListQuery, ThreadQuery, validate_address
from api.v1.ticket_serializers import find_ticket_id
from bot.messages.inbound import Address
from bot.messages.thread import Author
from jobs.request_context import wiring


@operation("GET", "/tickets", query=ListQuery, answer=responses.TicketPage)
def list_tickets(query: ListQuery) -> responses.TicketPage:
    """List the tickets of a view, page by page.

    Tickets move while you read: one that keeps its place is told exactly once.
    """
    after = cursors.decode_ticket_cursor(query.cursor, query.view)
    rows, last = wiring().queries.page(query.view, after, query.limit)
    return responses.TicketPage(
        tickets=[ticket_serializers.line(row) for row in rows],
        next_cursor=cursors.encode_ticket_cursor(last, query.view) if last else None,
    )


@operation("GET", "/tickets/{number}", answer=responses.Ticket)
def read_ticket(number: str) -> responses.Ticket:
    """Read one ticket, with its details and promises."""
    return ticket_serializers.ticket(wiring().queries.ticket(find_ticket_id(number)))


@operation("GET", "/tickets/{number}/thread", query=ThreadQuery, answer=responses.Thread)
def read_thread(number: str, query: ThreadQuery) -> responses.Thread:
    """Read what was written, the oldest first.

    Without notes unless you ask for them, so that what you show to a customer is theirs to see.
    """
    view = wiring().queries.ticket(find_ticket_id(number))
    entries = [entry for entry in view.entries if query.notes or entry.author is not Author.NOTE]
    start = cursors.decode_offset(query.cursor)
    end = start + query.limit
    return responses.Thread(
        messages=[ticket_serializers.message(entry, view) for entry in entries[start:end]],
        next_cursor=cursors.encode_offset(end) if end < len(entries) else None,
    )


@operation("GET", "/tickets/{number}/explain", query=ExplainQuery, answer=responses.Explanation)
def explain_promise(number: str, query: ExplainQuery) -> responses.Explanation:
    """Explain why a promise falls due when it does."""
    return desk_serializers.explanation(
        wiring().queries.explain(find_ticket_id(number), query.target, query.turn)
    )


@operation("GET", "/contacts/{address_of}/tickets", answer=responses.TicketList)
def list_tickets_of(address_of: str) -> responses.TicketList:
    """List the tickets of one customer, by their address: live ones and the lately ended."""
    try:
        customer = Address.parse(validate_address(address_of))
    except ValueError as error:
        raise ApiError(422, "not-right", f"The address {error}.") from error
    return responses.TicketList(
        tickets=[ticket_serializers.line(row) for row in wiring().queries.rows_of_contact(customer)]
    )


@operation("GET", "/questions", answer=responses.Questions)
def read_questions() -> responses.Questions:
    """Read what a new ticket needs: the desk's questions and what may be chosen."""
    return desk_serializers.questions(wiring().policy)


@operation("GET", "/overview", answer=responses.Overview, is_for_managers=True)
def read_overview() -> responses.Overview:
    """Read how the desk stands; for manager tokens."""
    now = wiring().clock()
    return desk_serializers.overview(now, wiring().queries.overview(now), wiring().queries.counts())


OPERATIONS: tuple[Operation, ...] = (
    list_tickets,
    read_ticket,
    read_thread,
    explain_promise,
    list_tickets_of,
    read_questions,
    read_overview,
)
