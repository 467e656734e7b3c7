"""Whom rules give a request to and what they note for agents: who is not there, who takes it up, and how often."""

import pytest

from bot.messages.errors import AlreadyClaimed
from bot.model.conversation import Status
from bot.model.ticket_events import TicketEventKind
from tests.fixtures.rules_desk import WROTE, desk_with_ticket, rule


def test_a_rule_gives_the_request_to_an_agent_and_nobody_has_looked_at_it_yet() -> None:
    ruled = desk_with_ticket(rule('assign = "Ana Costa"'), **{"Ana Costa": "a1"})
    assert (ruled.ticket.assignee, ruled.ticket.status) == ("a1", Status.NEW)
    assert ruled.asked[0] == "Ana Costa"
    assert all(fact.kind is not TicketEventKind.REVIEWED for fact in ruled.ticket.facts)


@pytest.mark.parametrize(("action", "arguments"), [("claim", {}), ("assign", {"to": "a1"})])
def test_whoever_was_given_it_takes_it_up_by_claiming_and_the_customer_hears_so(
    action: str, arguments: dict[str, str]
) -> None:
    ruled = desk_with_ticket(rule('assign = "ana"'), ana="a1")
    [told] = ruled.act(action, "a1", **arguments)
    assert told == "Ana is now working on #K4-217."
    assert ruled.ticket.status is Status.OPEN


def test_nobody_else_can_claim_what_a_rule_gave_away() -> None:
    ruled = desk_with_ticket(rule('assign = "ana"'), ana="a1")
    with pytest.raises(AlreadyClaimed):
        ruled.act("claim", "b2")


def test_a_rule_takes_nothing_from_whoever_has_it() -> None:
    ruled = desk_with_ticket(rule('assign = "ana", tags = "till"', on=WROTE), ana="a1")
    ruled.act("claim", "b2")
    ruled.customer_writes("more of it")
    assert (ruled.ticket.assignee, ruled.ticket.tags, ruled.asked) == ("b2", ("till",), [])


def test_the_first_of_two_rules_that_give_it_away_wins() -> None:
    ruled = desk_with_ticket(
        rule('assign = "ana"'), rule('assign = "bruno"', key="two"), ana="a1", bruno="b2"
    )
    assert ruled.ticket.assignee == "a1"


def test_where_nobody_is_called_so_the_rest_happens_and_a_note_says_it() -> None:
    ruled = desk_with_ticket(
        rule('assign = "Zoe", tags = "till", priority = "high", note = "Ring the shop"'), ana="a1"
    )
    assert (ruled.ticket.assignee, ruled.ticket.tags, ruled.ticket.priority) == ("", ("till",), "high")
    assert ruled.notes() == [
        "By the rule “Rule one”:\nRing the shop\nNobody here is called Zoe, so this request wasn’t assigned."
    ]


@pytest.mark.parametrize(
    ("locale", "note"),
    [
        ("en", "By the rule “Rule one”:\nRing the shop"),
        ("fr", "Selon la règle «\u202fRègle one\u202f»\u202f:\nAppeler le magasin"),
        ("es", "Según la regla «Regla one»:\nLlamar a la tienda"),
    ],
)
def test_a_note_is_read_in_the_agents_language(locale: str, note: str) -> None:
    text = '{ en = "Ring the shop", fr = "Appeler le magasin", es = "Llamar a la tienda" }'
    assert desk_with_ticket(rule(f"note = {text}")).notes(locale) == [note]


def test_a_note_is_left_once_for_each_request_however_often_the_rule_holds() -> None:
    ruled = desk_with_ticket(
        rule('note = "Ring the shop"', on=WROTE), rule('note = "Twice"', on=WROTE, key="two")
    )
    for words in ("more of it", "and more", "and still more"):
        ruled.customer_writes(words)
    assert len(ruled.notes()) == 2
    ruled.open_ticket("Another thing that does not work here at all")
    ruled.customer_writes("more of that")
    assert len(ruled.notes()) == 4


def test_a_note_never_reaches_the_customer_nor_stands_for_their_words() -> None:
    ruled = desk_with_ticket(rule('note = "They never pay"', on=WROTE))
    assert ruled.customer_writes("It is still shut") == []
    assert (ruled.ticket.last_words, ruled.ticket.last_by) == ("It is still shut", "customer")
