"""Scenarios in which our own processes die, freeze or run twice: kill -9, SIGSTOP, a second clock, duplicated jobs."""

import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Changes, Records
from drill.actors import Actors, Customer
from drill.desk import DrillDesk
from drill.result import Result
from store import keys
from store.contacts.unit_of_work import UnitsOfWork
from store.policies import StoredPolicies
from store.tickets.ticket_list import TicketList

SEND_TIMEOUT = 20.0
"""Seconds after a kill within which every reply must be sent (RQ alone takes 65)."""

RECOVERY_TIMEOUT = 15.0
"""Seconds after the store is back within which everything must work again."""

UNAVAILABLE_TIMEOUT = 2.0
"""Seconds within which a webhook must respond 503."""


def kill_worker(desk: DrillDesk, people: Actors) -> Result:
    """kill -9 all workers, twice, while replies are being sent."""
    result, kills = Result(), 2
    said = people.reply("under the axe", 4)
    for _ in range(kills):
        desk.let_time_pass(1.5)
        desk.kill("worker")
    killed_at = time.monotonic()
    count = people.heard(said, 90)
    took = time.monotonic() - killed_at
    result.counted("replies", count, max_duplicates=kills)
    result.note(kills=kills, **{"all sent after, s": round(took, 1)})
    result.expect(took <= SEND_TIMEOUT, f"it took {took:.0f} s after the last kill until all were sent")
    return result


def kill_web(desk: DrillDesk, people: Actors) -> Result:
    """kill -9 web processes, one by one and then all, while customers write."""
    result = Result()
    with ThreadPoolExecutor(1) as writing:
        saying = writing.submit(_paced_lines, people, "while web dies", 6)
        for kill in (desk.kill_child, desk.kill_child, desk.kill):
            desk.let_time_pass(0.7)
            kill("web")
        desk.wait_until(saying.done, 90, "the phones could not write")
    desk.wait_until(lambda: desk.is_answering("/readyz"), 30, "web did not come back")
    desk.sandbox.settle(60)
    _count_accepted(desk, people, saying, result)
    result.note(kills=3)
    return result


def kill_store(desk: DrillDesk, people: Actors) -> Result:
    """kill -9 the store, twice, while customers write and replies are being sent."""
    result = Result()
    replies = people.reply("written down", 2)
    with ThreadPoolExecutor(1) as writing:
        saying = writing.submit(_paced_lines, people, "while the store dies", 5)
        for _ in range(2):
            desk.let_time_pass(1.0)
            desk.kill("store")
        desk.wait_until(saying.done, 90, "the phones could not write")
    desk.wait_until(lambda: desk.is_answering("/readyz"), 30, "the store did not come back")
    back_at = time.monotonic()
    result.counted("replies", people.heard(replies, 60), max_duplicates=2)
    took = time.monotonic() - back_at
    result.note(kills=2, **{"all sent after, s": round(took, 1)})
    result.expect(took <= RECOVERY_TIMEOUT, f"it took {took:.0f} s until all were sent")
    desk.sandbox.settle(60)
    _count_accepted(desk, people, saying, result)
    return result


def hang_store(desk: DrillDesk, people: Actors) -> Result:
    """The store freezes for a few seconds: webhooks respond 503 at once, and never 200 for a message that is lost."""
    result = Result()
    thaw = desk.hang("store")
    answers = [desk.asked("/readyz") for _ in range(3)]
    with ThreadPoolExecutor(1) as writing:
        saying = writing.submit(_paced_lines, people, "into the ice", 1)
        desk.let_time_pass(4)
        thaw()
        desk.wait_until(saying.done, 90, "the phones could not write")
    slowest = max(took for _, took in answers)
    result.note(**{"503 after, s": round(slowest, 2)})
    result.expect(
        {status for status, _ in answers} == {503}, "a webhook did not respond 503 while the store was frozen"
    )
    result.expect(slowest <= UNAVAILABLE_TIMEOUT, f"it took {slowest:.1f} s to respond 503")
    desk.wait_until(lambda: desk.is_answering("/readyz"), RECOVERY_TIMEOUT, "it did not work again")
    desk.sandbox.settle(60)
    _count_accepted(desk, people, saying, result)
    result.counted("replies", people.heard(people.reply("thawed", 1), 30))
    return result


def duplicate_clocks_and_jobs(desk: DrillDesk, people: Actors) -> Result:
    """Two clocks run, and every job is queued three times: nothing happens twice."""
    result = Result()
    missed = [_add_overdue_ticket(desk, customer.ticket_id) for customer in people.customers]
    said = people.reply("by two clocks", 2)
    for customer in people.customers:
        for _ in range(2):
            desk.wiring.job_queue.deliver(customer.ticket_id.partition("-")[0], customer.channel)
    for _ in range(3):
        desk.wiring.job_queue.check_deadlines(missed)
    desk.until(lambda: all(_count_missed(desk, ticket_id) for ticket_id in missed), 30)
    result.counted("replies", people.heard(said, 40))
    desk.let_time_pass(1)
    facts = [_count_missed(desk, ticket_id) for ticket_id in missed]
    result.note(**{"missed promises": sum(sum(each.values()) for each in facts)})
    result.expect(all(facts), "a missed deadline was not recorded")
    result.expect(
        all(max(each.values()) == 1 for each in facts if each), "a missed deadline was recorded twice"
    )
    for ticket_id in missed:
        desk.wiring.desk.act(ticket_id, "resolve", people.agent_id)
    return result


def _paced_lines(people: Actors, words: str, count: int) -> dict[str, list[str]]:
    """All customers write one line after the other, so that the faults happen in between."""
    words = people.new_words(words)
    said = {
        each.ticket_id: [f"{words} {n} ({each.phone.id})" for n in range(count)] for each in people.customers
    }
    with ThreadPoolExecutor(len(said)) as phones:
        for n in range(count):
            list(phones.map(partial(_say, said, n), people.customers))
    return said


def _say(said: dict[str, list[str]], n: int, customer: Customer) -> None:
    customer.phone.say(said[customer.ticket_id][n])


def _count_accepted(
    desk: DrillDesk, people: Actors, saying: "Future[dict[str, list[str]]]", result: Result
) -> None:
    """Each message that got a 200 is in its thread once. Telegram sends the others again; Twilio does where it may."""
    said = saying.result()
    posts = desk.sandbox.calls(direction="told", name="webhook")
    refused_slowly = [
        p for p in posts if p["status"] == 503 and p["milliseconds"] > UNAVAILABLE_TIMEOUT * 1000
    ]
    result.expect(not refused_slowly, f"{len(refused_slowly)} posts waited more than 2 s for a 503")
    taken = {_words(p["request"]) for p in posts if p["status"] == 200}
    wanted = {}
    for customer in people.customers:
        lines = said[customer.ticket_id]
        is_sure = customer.channel == "telegram"
        wanted[customer.ticket_id] = [line for line in lines if is_sure or line in taken]
    result.counted("messages accepted", people.stored(wanted, 45))
    refused = sum(map(len, said.values())) - sum(map(len, wanted.values()))
    if refused:
        result.note(**{"not accepted, known to Twilio": refused})


def _words(request: object) -> str:
    if not isinstance(request, dict):
        return ""
    message = request.get("message") or {}
    return str(request.get("Body") or message.get("text") or "")


def _add_overdue_ticket(desk: DrillDesk, ticket_id: str) -> str:
    """A new ticket of that customer, opened a year ago and never replied to; its id."""
    other = f"{ticket_id.partition('-')[0]}-77"

    def open_it(records: Records) -> Changes | None:
        conversation = records.conversation
        if conversation is None:
            return None
        like = records.ticket(ticket_id)
        at = desk.wiring.clock() - timedelta(days=365)
        ticket = Ticket(
            other, like.contact_id, records.number, like.address, like.locale, like.policy_version, at,
            "Drill", like.category, desk.wiring.policy.priorities[-1].key, updated_at=at, plan=like.plan,
        )  # fmt: skip
        ticket = ticket.with_event(
            TicketEventKind.OPENED, at, "customer", priority=ticket.priority, category=""
        )
        ticket = replace(ticket, updated_at=desk.wiring.clock())
        return Changes(conversation.evolve(tickets=(*conversation.tickets, ticket.summary)), (ticket,))

    rows = TicketList(StoredPolicies(desk.redis, desk.wiring.policy))
    UnitsOfWork(desk.redis, rows, desk.wiring.job_queue).change(ticket_id, open_it)
    return other


def _count_missed(desk: DrillDesk, ticket_id: str) -> Counter[tuple[str, ...]]:
    """How often each deadline of the ticket was recorded as missed."""
    if not desk.redis.exists(keys.ticket(ticket_id)):
        return Counter()
    facts = desk.wiring.queries.ticket(ticket_id).ticket.facts
    return Counter(
        (f.kind.value, f.data["target"], f.data["turn"]) for f in facts if f.kind is TicketEventKind.MISSED
    )
