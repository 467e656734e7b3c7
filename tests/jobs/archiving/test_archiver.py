"""Closed tickets move to the archive whole, once, and only when nothing is left to be done with them."""

from pathlib import Path

import pytest
from redis import Redis

from bot.forum.topic import Topic
from bot.messages.errors import NotFound
from bot.model.conversation import Status
from bot.model.ticket_events import TicketEventKind
from jobs.clock import Clock
from store import keys
from store.forum import keys as forum_keys
from store.forum.topics import Topics
from store.inbox.queries import Queries
from store.outbox.job_queue import MEDIA_QUEUE
from store.policies import StoredPolicies
from tests.fixtures.archived_tickets import JOHN, MARIE, ArchivedDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> ArchivedDesk:
    return ArchivedDesk(redis, tmp_path)


def test_a_ticket_that_was_closed_long_ago_moves_and_reads_as_before(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    before = desk.wiring.queries.ticket(ticket_id)
    desk.look()
    assert desk.where(ticket_id) == "archived"
    after = desk.wiring.queries.ticket(ticket_id)
    assert after.ticket == before.ticket
    assert list(after.entries) == list(before.entries)
    assert after.deliveries == before.deliveries
    assert after.deadlines == before.deadlines
    assert (before.archived_at, after.archived_at) == (None, desk.clock())


def test_it_is_found_by_its_number_as_before(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    desk.look()
    assert desk.wiring.queries.by_number(f"#{number.lower()}") == ticket_id


def test_nothing_of_it_is_left_in_the_store_but_figures_and_the_customers_own_memory(
    desk: ArchivedDesk, redis: Redis
) -> None:
    ticket_id = desk.old()
    desk.look()
    names = [key.decode() for key in redis.scan_iter()]
    assert [name for name in names if ticket_id in name] == []
    assert redis.zcard(keys.ENDED) == redis.hlen(keys.TICKET_ROWS) == redis.hlen(keys.TICKET_NUMBERS) == 0
    assert [name for name in names if name.startswith(("outbox:", "external:"))] == []
    assert [head.ticket_id for head in desk.conversation().archived] == [ticket_id]
    assert desk.conversation().tickets == ()


def test_the_overview_tells_the_same_figures_as_before(desk: ArchivedDesk) -> None:
    desk.old()
    before = desk.wiring.queries.overview(desk.clock())
    desk.look()
    assert desk.wiring.queries.overview(desk.clock()) == before


def test_one_that_was_closed_too_lately_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.clock.advance(days=-1)
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_one_on_which_somebody_has_written_a_note_since_stays_still_longer(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.wiring.desk.act(ticket_id, "note", desk.ana.agent_id, text="They called again")
    desk.look()
    assert desk.where(ticket_id) == "live"
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_a_live_one_never_moves(desk: ArchivedDesk) -> None:
    ticket_id = desk.open_ticket(MARIE)
    desk.send_all()
    desk.clock.advance(days=1000)
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_a_solved_one_that_no_clock_has_closed_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.open_ticket(MARIE)
    desk.wiring.desk.act(ticket_id, "resolve", desk.ana.agent_id)
    desk.send_all()
    desk.clock.advance(days=1000)
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_one_with_something_still_to_be_sent_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    failed = next(iter(desk.wiring.queries.ticket(ticket_id).deliveries.values()))
    desk.redis.set(
        keys.outbox_entry(failed.entry_id),
        desk.redis.get(keys.outbox_entry(failed.entry_id)).replace(b"delivered", b"failed"),
    )
    desk.wiring.desk.try_again(failed.entry_id, desk.ana.agent_id)
    desk.look()
    assert desk.where(ticket_id) == "live"


@pytest.mark.parametrize("key", [keys.MEDIA, forum_keys.WAITING, keys.DEADLINES])
def test_one_with_a_file_a_topic_or_a_deadline_to_be_looked_at_stays(desk: ArchivedDesk, key: str) -> None:
    ticket_id = desk.old()
    entry_id = desk.wiring.queries.ticket(ticket_id).entries[0].entry_id
    member = f"{ticket_id}|{entry_id}" if key == keys.MEDIA else ticket_id
    desk.redis.zadd(key, {member: 0})
    desk.look()
    assert desk.where(ticket_id) == "live"
    desk.redis.zrem(key, member)
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_one_whose_alert_the_overview_still_lists_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.open_ticket(MARIE)
    desk.clock.advance(days=2)
    desk.wiring.deadline_check.check_all([ticket_id])
    desk.wiring.desk.act(ticket_id, "resolve", desk.ana.agent_id)
    desk.clock.advance(days=8)
    desk.wiring.deadline_check.check_all([ticket_id])
    desk.send_all()
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    assert desk.wiring.queries.overview(desk.clock()).alerts
    desk.look()
    assert desk.where(ticket_id) == "live"
    desk.redis.delete(keys.MISSED_TARGETS)
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_one_about_which_the_customer_is_just_asked_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.closed()
    desk.customer_writes(MARIE, "Hello again, something else is wrong with it")
    desk.send_all()
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    desk.look()
    assert desk.where(ticket_id) == "archived"  # a new request has begun: nobody speaks of the old one


def test_a_customer_who_writes_again_afterwards_begins_a_new_request(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    second = desk.open_ticket(MARIE, "Now the printer is broken")
    assert second != ticket_id
    assert [head.ticket_id for head in desk.wiring.queries.ticket(second).contact.archived] == [ticket_id]


def test_an_old_button_about_it_breaks_nothing(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    desk.customer_writes(MARIE, "", choice=f"rate:{ticket_id.partition('-')[2]}:5")
    desk.customer_writes(MARIE, "5")
    assert desk.where(ticket_id) == "archived"


def test_a_merged_one_goes_after_the_one_it_is_part_of_and_its_lines_are_read_there(
    desk: ArchivedDesk,
) -> None:
    first, second = desk.merged()
    before = desk.wiring.queries.ticket(first)
    desk.clock.advance(days=desk.wiring.policy.archive_after - 3)
    desk.look()
    assert (desk.where(first), desk.where(second)) == ("live", "live")
    desk.clock.advance(days=3)
    desk.look()
    desk.look()
    assert (desk.where(first), desk.where(second)) == ("archived", "archived")
    after = desk.wiring.queries.ticket(first)
    assert list(after.entries) == list(before.entries)
    assert after.deliveries == before.deliveries


def test_many_move_a_few_at_a_time_past_those_that_must_stay(desk: ArchivedDesk) -> None:
    old = [desk.old(f"telegram:{100 + n}") for n in range(4)]
    for ticket_id in old[:2]:
        desk.redis.zadd(keys.DEADLINES, {ticket_id: 0})
    others = {f"{n:020x}-1": n for n in range(60)}  # names in the list of which nothing else is known
    desk.redis.zadd(keys.ENDED, others)
    in_an_hour = desk.clock().timestamp() + 3600
    for _ in range(50):  # a slow machine needs more looks, since each stops after a few real seconds
        desk.look()
        if desk.redis.zscore(keys.CHORES, "archive") == in_an_hour:
            break
    assert desk.redis.zscore(keys.CHORES, "archive") == in_an_hour
    assert [desk.where(ticket_id) for ticket_id in old] == ["live", "live", "archived", "archived"]


def test_the_clock_has_it_done_where_no_deadline_waits_for_it(desk: ArchivedDesk, redis: Redis) -> None:
    Clock(redis, desk.wiring.job_queue, desk.clock).sweep()
    jobs = [redis.hget(b"rq:job:" + job, "data") for job in redis.lrange(f"rq:queue:{MEDIA_QUEUE}", 0, -1)]
    assert len(jobs) == 2  # this one and the comparison with Twilio's record
    assert redis.zscore(keys.CHORES, "archive") > desk.clock().timestamp()


def test_one_brought_back_is_solved_as_before_and_can_be_answered_and_opened(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    before = desk.wiring.queries.ticket(ticket_id)
    desk.look()
    desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    after = desk.wiring.queries.ticket(ticket_id)
    assert desk.where(ticket_id) == "live"
    assert after.ticket.status is Status.RESOLVED
    assert after.ticket.facts[:-1] == before.ticket.facts
    assert after.ticket.facts[-1].kind is TicketEventKind.BROUGHT_BACK
    assert list(after.entries) == list(before.entries)
    assert after.deliveries == before.deliveries
    assert [row.ticket_id for row in desk.wiring.queries.rows("solved")] == [ticket_id]
    assert desk.wiring.queries.by_number(before.ticket.number) == ticket_id
    desk.wiring.desk.act(ticket_id, "reply", desk.ana.agent_id, text="One thing more")
    assert desk.wiring.desk.act(ticket_id, "reopen", desk.ana.agent_id).status is Status.OPEN
    assert [head.ticket_id for head in desk.conversation().tickets] == [ticket_id]
    assert desk.conversation().archived == ()


def test_one_brought_back_and_left_alone_closes_and_leaves_again(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    desk.look()
    assert desk.where(ticket_id) == "live"
    desk.clock.advance(days=8)
    desk.wiring.deadline_check.check_all([ticket_id])
    assert desk.wiring.queries.ticket(ticket_id).ticket.status is Status.CLOSED
    assert desk.redis.zcard(keys.LANES) == 0  # the customer is not told a second time
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_what_was_merged_into_it_comes_back_with_it(desk: ArchivedDesk) -> None:
    first, second = desk.merged()
    before = desk.wiring.queries.ticket(first)
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    desk.look()
    desk.look()
    desk.wiring.archiver.bring_back(first, desk.ana.agent_id)
    assert (desk.where(first), desk.where(second)) == ("live", "live")
    assert list(desk.wiring.queries.ticket(first).entries) == list(before.entries)


def test_what_its_topic_has_shown_goes_and_comes_back_with_it_and_the_topic_stays(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    topics = Topics(desk.redis)
    shown = Topic(ticket_id, 77, "A5-217", shown=3, posts={"entry": (5, 6)}, reactions={"entry": "read"})
    topics.save(Topic(ticket_id), shown)
    before = topics.find(ticket_id)
    desk.look()
    assert topics.find(ticket_id) == Topic(ticket_id)
    assert topics.ticket_of(77) == ticket_id  # so that whoever writes there is told
    assert desk.redis.zcard(forum_keys.ERASED_TOPICS) == 0
    desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    assert topics.find(ticket_id) == before


def test_the_group_is_shown_nothing_of_an_archived_ticket(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    group = Queries(desk.redis, StoredPolicies(desk.redis, desk.wiring.policy), desk.clock)
    with pytest.raises(NotFound):
        group.ticket(ticket_id)


def test_bringing_back_twice_is_bringing_back_once(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    for _ in range(2):
        desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    facts = desk.wiring.queries.ticket(ticket_id).ticket.facts
    assert [fact.kind for fact in facts].count(TicketEventKind.BROUGHT_BACK) == 1


def test_everybody_elses_tickets_are_left_alone(desk: ArchivedDesk) -> None:
    old, other = desk.old(MARIE), desk.open_ticket(JOHN)
    before = desk.redis.get(keys.ticket(other))
    desk.look()
    assert desk.where(old) == "archived"
    assert desk.redis.get(keys.ticket(other)) == before
