"""Scenarios of the agents' Telegram group: a deleted topic, and more posts than the group's rate limit allows."""

from drill.actors import Actors, Customer
from drill.desk import DrillDesk
from drill.result import Finish, Result

LINES = 60


def deleted_topic(desk: DrillDesk, people: Actors) -> Result:
    """A ticket's topic is deleted: the next message creates a new one with the whole thread."""
    result = Result()
    customer = people.customers[0]
    desk.wait_until(lambda: _topic(desk, customer) != 0, 90, "the ticket has no topic")
    before = _topic(desk, customer)
    desk.sandbox.delete_topic(before)
    people.say("after the topic went", 1, [customer])
    desk.until(lambda: "after the topic went 0" in _topic_text(desk, customer), 60)
    result.note(**{"topics rebuilt": int(_topic(desk, customer) not in (0, before))})
    result.expect(
        "after the topic went 0" in _topic_text(desk, customer), "the line is not shown in a new topic"
    )
    return result


def burst(desk: DrillDesk, people: Actors) -> Finish:
    """60 messages at once in a group limited to 20 posts a minute: all shown, in order, and no call refused."""
    desk.wait_until(lambda: all(_topic(desk, each) for each in people.customers), 120, "topics are missing")
    said = people.say("in the burst", LINES // len(people.customers))

    def finish() -> Result:
        desk.until(lambda: all(_missing(desk, each, said) == 0 for each in people.customers), 120)
        return _counted(desk, people, said)

    return finish


def _counted(desk: DrillDesk, people: Actors, said: dict[str, list[str]]) -> Result:
    result = Result()
    missing = sum(_missing(desk, each, said) for each in people.customers)
    out_of_order = sum(_is_disordered(desk, each, said) for each in people.customers)
    refused = [c for c in desk.sandbox.calls(channel="telegram", direction="asked") if c["status"] == 429]
    result.note(lines=f"{LINES - missing} of {LINES}", **{"refused by Telegram": len(refused)})
    result.expect(not missing, f"{missing} lines aren’t shown")
    result.expect(not out_of_order, f"{out_of_order} topics are out of order")
    result.expect(not refused, f"Telegram refused {len(refused)} calls")
    return result


def _topic(desk: DrillDesk, customer: Customer) -> int:
    """Telegram's id of the ticket's topic; 0 if it has none."""
    number = desk.wiring.queries.ticket(customer.ticket_id).ticket.number
    topics = desk.sandbox.forum()["topics"]
    return next((int(topic["id"]) for topic in topics if number in topic["name"]), 0)


def _topic_text(desk: DrillDesk, customer: Customer) -> str:
    topic = _topic(desk, customer)
    return "\n".join(post["text"] for post in desk.sandbox.topic(topic)) if topic else ""


def _missing(desk: DrillDesk, customer: Customer, said: dict[str, list[str]]) -> int:
    shown = _topic_text(desk, customer).splitlines()
    return sum(line not in shown for line in said[customer.ticket_id])


def _is_disordered(desk: DrillDesk, customer: Customer, said: dict[str, list[str]]) -> bool:
    wanted = said[customer.ticket_id]
    shown = [line for line in _topic_text(desk, customer).splitlines() if line in wanted]
    return shown != [line for line in wanted if line in shown]
