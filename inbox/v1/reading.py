"""What apps read: tickets, threads, promises explained, the desk's questions and figures."""

from bot.messages.inbound import Address
from bot.messages.thread import Author
from inbox.v1 import answers, cursors, shapes, shapes_of_desk
from inbox.v1.given import ExplainQuery, ListQuery, ThreadQuery, address
from inbox.v1.operations import Operation, operation
from inbox.v1.problems import Refused
from inbox.v1.shapes import find
from inbox.wired import wiring


@operation("GET", "/tickets", query=ListQuery, answer=answers.TicketPage)
def list_tickets(query: ListQuery) -> answers.TicketPage:
    """List the tickets of a view, page by page.

    Tickets move while you read: one that keeps its place is told exactly once.
    """
    after = cursors.place(query.cursor, query.view)
    rows, last = wiring().queries.page(query.view, after, query.limit)
    return answers.TicketPage(
        tickets=[shapes.line(row) for row in rows],
        next_cursor=cursors.of_place(last, query.view) if last else None,
    )


@operation("GET", "/tickets/{number}", answer=answers.Ticket)
def read_ticket(number: str) -> answers.Ticket:
    """Read one ticket, with its details and promises."""
    return shapes.ticket(wiring().queries.ticket(find(number)))


@operation("GET", "/tickets/{number}/thread", query=ThreadQuery, answer=answers.Thread)
def read_thread(number: str, query: ThreadQuery) -> answers.Thread:
    """Read what was written, the oldest first.

    Without notes unless you ask for them, so that what you show to a customer is theirs to see.
    """
    view = wiring().queries.ticket(find(number))
    entries = [entry for entry in view.entries if query.notes or entry.author is not Author.NOTE]
    start = cursors.position(query.cursor)
    end = start + query.limit
    return answers.Thread(
        messages=[shapes.message(entry, view) for entry in entries[start:end]],
        next_cursor=cursors.of_position(end) if end < len(entries) else None,
    )


@operation("GET", "/tickets/{number}/explain", query=ExplainQuery, answer=answers.Explanation)
def explain_promise(number: str, query: ExplainQuery) -> answers.Explanation:
    """Explain why a promise falls due when it does."""
    return shapes_of_desk.explanation(wiring().queries.explain(find(number), query.target, query.turn))


@operation("GET", "/contacts/{address_of}/tickets", answer=answers.TicketList)
def list_tickets_of(address_of: str) -> answers.TicketList:
    """List the tickets of one customer, by their address: live ones and the lately ended."""
    try:
        customer = Address.parse(address(address_of))
    except ValueError as error:
        raise Refused(422, "not-right", f"The address {error}.") from error
    return answers.TicketList(
        tickets=[shapes.line(row) for row in wiring().queries.rows_of_contact(customer)]
    )


@operation("GET", "/questions", answer=answers.Questions)
def read_questions() -> answers.Questions:
    """Read what a new ticket needs: the desk's questions and what may be chosen."""
    return shapes_of_desk.questions(wiring().policy)


@operation("GET", "/overview", answer=answers.Overview, is_for_managers=True)
def read_overview() -> answers.Overview:
    """Read how the desk stands; for manager tokens."""
    now = wiring().clock()
    return shapes_of_desk.overview(now, wiring().queries.overview(now), wiring().queries.counts())


OPERATIONS: tuple[Operation, ...] = (
    list_tickets,
    read_ticket,
    read_thread,
    explain_promise,
    list_tickets_of,
    read_questions,
    read_overview,
)
