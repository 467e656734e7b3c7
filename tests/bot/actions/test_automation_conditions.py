"""When a rule holds: each condition with what it takes and what it does not, alone and put together."""

from datetime import timedelta

import pytest

from bot.actions.automation_conditions import RequestSnapshot, has_words, matching_rules
from bot.model.conversation import Detail
from bot.policy.policy import Policy
from tests.fixtures.rules_desk import CHANNELS, MONDAY, OCCASIONS, STORY, holds, policy, rule

NIGHT, SUNDAY, HOLIDAY = (
    MONDAY + timedelta(hours=12),
    MONDAY - timedelta(days=1),
    MONDAY.replace(month=12, day=8),
)


@pytest.mark.parametrize(
    ("when", "is_so"),
    [
        ('{ category = "fault" }', True),
        ('{ category = ["question", "fault"] }', True),
        ('{ category = "question" }', False),
        ('{ priority = "medium" }', True),
        ('{ priority = ["high", "urgent"] }', False),
        ('{ plan = ["professional", "enterprise"] }', True),
        ('{ plan = "enterprise" }', False),
        ('{ language = "fr" }', True),
        ('{ language = ["en", "es"] }', False),
        ('{ channel = "whatsapp" }', True),
        ('{ channel = "portal" }', False),
        ('{ hours = "open" }', True),
        ('{ hours = "closed" }', False),
        ('{ answers = { site = "office" } }', True),
        ('{ answers = { site = ["field"] } }', False),
        ('{ answers = { affected = "equipes" } }', True),
        ('{ answers = { affected = "équipe" } }', False),
        ('{ answers = { site = "office", affected = "till" } }', False),
        ('{ words = "till" }', True),
        ('{ words = ["invoice", "does not open"] }', True),
        ('{ words = "invoice" }', False),
    ],
)
def test_each_condition_is_judged_by_the_request(when: str, is_so: bool) -> None:
    assert holds(when) is is_so


@pytest.mark.parametrize(
    ("when", "is_so"),
    [
        ('{ category = "fault", language = "fr" }', True),
        ('{ category = "fault", language = "en" }', False),
        ('{ all = [{ category = "fault" }, { language = "fr" }] }', True),
        ('{ all = [{ category = "fault" }, { language = "en" }] }', False),
        ('{ all = [{ words = "till" }, { words = "porto" }] }', True),
        ('{ all = [{ words = "till" }, { words = "braga" }] }', False),
        ('{ any = [{ category = "question" }, { language = "fr" }] }', True),
        ('{ any = [{ category = "question" }, { language = "en" }] }', False),
        ('{ any = [{ category = "fault", language = "en" }, { category = "question" }] }', False),
        ('{ category = "fault", any = [{ plan = "enterprise" }, { words = "porto" }] }', True),
        ('{ category = "question", any = [{ plan = "enterprise" }, { words = "porto" }] }', False),
        ('{ all = [{ words = "till" }], any = [{ hours = "closed" }, { channel = "telegram" }] }', False),
        ('{ category = "fault", all = [{ words = "till" }], any = [{ hours = "open" }] }', True),
    ],
)
def test_conditions_are_put_together_as_all_and_any(when: str, is_so: bool) -> None:
    assert holds(when) is is_so


@pytest.mark.parametrize(
    ("text", "phrase", "is_there"),
    [
        ("Notre compte a été PIRATÉ hier", "piraté", True),
        ("notre compte a ete pirate hier", "Piraté", True),
        ("Han hackeado nuestra cuenta, ¡AYUDA!", "cuenta ayuda", True),
        ("El CAMIÓN está averiado", "camion esta", True),
        ("Nous n’arrivons plus à l’imprimante", "l'imprimante", True),
        ("La facture\n\nn’est pas bonne", "facture n’est", True),
        ("Das Konto wurde gehackt. STRASSE", "straße", True),
        ("HELP: we were hacked!!!", "hacked", True),
        ("the hacker was here", "hack", False),
        ("the tills are shut", "till", False),
        ("the till is open", "open till", False),
        ("it is open, the till that", "open the till it", False),
        ("", "till", False),
        ("🔥🔥🔥", "till", False),
    ],
)
def test_words_are_found_whole_and_in_a_row_whatever_case_and_accents(
    text: str, phrase: str, is_there: bool
) -> None:
    assert has_words(text, (phrase,)) is is_there
    assert holds(f'{{ words = "{phrase}" }}', text=text) is is_there


@pytest.mark.parametrize(
    ("at", "hours"), [(MONDAY, "open"), (NIGHT, "closed"), (SUNDAY, "closed"), (HOLIDAY, "closed")]
)
def test_hours_are_those_of_the_desk(at: object, hours: str) -> None:
    assert holds(f'{{ hours = "{hours}" }}', at=at)
    assert not holds(f'{{ hours = "{"closed" if hours == "open" else "open"}" }}', at=at)


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_is_itself_alone(channel: str) -> None:
    matched = [each for each in CHANNELS if holds(f'{{ channel = "{channel}" }}', channel=each)]
    assert matched == [channel]


@pytest.mark.parametrize("on", OCCASIONS)
def test_a_rule_is_looked_at_on_its_own_occasions_only(on: str) -> None:
    desk = policy(rule(on=f'"{on}"'))
    assert [other for other in OCCASIONS if holding_keys(desk, on=other)] == [on]


def test_a_request_that_lacks_what_is_looked_for_does_not_match() -> None:
    nothing = {"category": "", "plan": "", "details": {}, "text": ""}
    for when in (
        'category = "fault"',
        'plan = "enterprise"',
        'answers = { site = "office" }',
        'words = "till"',
    ):
        assert not holds(f"{{ {when} }}", **nothing)
    assert not holds('{ answers = { affected = "till" } }', details={"affected": Detail()})


def test_a_rule_without_conditions_always_holds() -> None:
    assert holds("", category="", plan="", text="", details={})


def test_rules_hold_in_their_order_as_far_as_one_that_stops() -> None:
    rules = [
        rule(key="a"),
        rule('tags = ["b"], stop = true', '{ words = "porto" }', key="b"),
        rule(key="c"),
    ]
    assert holding_keys(policy(*rules)) == ["a", "b"]
    assert holding_keys(policy(*rules), text="elsewhere") == ["a", "c"]
    assert holding_keys(policy(*rules[::-1])) == ["c", "b"]


def test_a_rule_that_is_not_for_this_occasion_stops_nothing() -> None:
    rules = [rule("stop = true", on='"reopened"', key="a"), rule(key="b")]
    assert holding_keys(policy(*rules)) == ["b"]


def holding_keys(desk: Policy, on: str = "opened", text: str = STORY) -> list[str]:
    seen = RequestSnapshot(on, desk, MONDAY, "fault", "medium", "", "en", "telegram", {}, text)  # type: ignore[arg-type]
    return [found.key for found in matching_rules(seen)]
