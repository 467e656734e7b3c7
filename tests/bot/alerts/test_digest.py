"""When a storm of alerts becomes one digest, and when it is over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts.digest import GATHERED_FOR, MAX_LINES, SentAlert, build_digest, plan_digest
from bot.calendar.business_calendar import always_open
from bot.messages.inbound import Address
from bot.messages.notice import Notice
from bot.messages.outgoing import Outgoing, Translatable
from bot.policy.alert_settings import AlertSettings

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
CLOCK = always_open(ZoneInfo("UTC"))
POLICY = AlertSettings(digest_over=3, digest_within="10 calendar minutes")
MINUTE = timedelta(minutes=1)


def notices(count: int, at: datetime = NOW, **more: bool) -> list[Notice]:
    to = Address("telegram", "1")
    return [
        Notice(f"n{n}", to, "en", "t", at, Outgoing((f"alert {n}",)), f"line {n}", **more)
        for n in range(count)
    ]


def told(count: int, at: datetime = NOW - MINUTE) -> list[SentAlert]:
    return [SentAlert(at)] * count


def test_a_few_alerts_come_one_by_one() -> None:
    telling = plan_digest(notices(2), told(1), POLICY, CLOCK, NOW)
    assert (len(telling.alone), telling.digest, telling.again_at) == (2, (), None)


def test_one_too_many_waits_for_those_that_come_with_it() -> None:
    telling = plan_digest(notices(1), told(3), POLICY, CLOCK, NOW)
    assert (telling.alone, telling.digest, telling.again_at) == ((), (), NOW + GATHERED_FOR)


def test_what_has_gathered_is_one_digest() -> None:
    telling = plan_digest(notices(40), told(3), POLICY, CLOCK, NOW + GATHERED_FOR)
    assert (telling.alone, len(telling.digest), telling.again_at) == ((), 40, None)


def test_a_storm_out_of_a_clear_sky_is_a_digest_from_its_first_alert() -> None:
    telling = plan_digest(notices(40), [], POLICY, CLOCK, NOW + GATHERED_FOR)
    assert (telling.alone, len(telling.digest)) == ((), 40)


def test_the_next_digest_waits_out_the_policys_length() -> None:
    before = [*told(3), SentAlert(NOW, is_digest=True)]
    telling = plan_digest(notices(9, NOW + MINUTE), before, POLICY, CLOCK, NOW + 2 * MINUTE)
    assert (telling.digest, telling.again_at) == ((), NOW + 10 * MINUTE)
    assert len(plan_digest(notices(9, NOW + MINUTE), before, POLICY, CLOCK, NOW + 10 * MINUTE).digest) == 9


def test_when_the_storm_is_over_alerts_come_alone_again() -> None:
    before = [*told(3), SentAlert(NOW, is_digest=True)]
    later = NOW + 11 * MINUTE
    assert len(plan_digest(notices(1, later), before, POLICY, CLOCK, later).alone) == 1


def test_a_single_alert_left_over_is_no_digest() -> None:
    telling = plan_digest(notices(1), told(3), POLICY, CLOCK, NOW + GATHERED_FOR)
    assert (len(telling.alone), telling.digest) == (1, ())


def test_what_presses_never_waits() -> None:
    telling = plan_digest([*notices(3), *notices(1, is_pressing=True)], told(3), POLICY, CLOCK, NOW)
    assert [notice.is_pressing for notice in telling.alone] == [True]
    assert telling.again_at == NOW + GATHERED_FOR


def test_nothing_to_tell_tells_nothing() -> None:
    assert plan_digest([], told(9), POLICY, CLOCK, NOW).alone == ()


def test_a_digest_counts_all_lists_many_and_leads_to_the_rest() -> None:
    found = build_digest(notices(MAX_LINES + 15), "https://desk/overview/")
    counted, *lines, more, how = found.outgoing.lines
    assert isinstance(counted, Translatable)
    assert isinstance(more, Translatable)
    assert isinstance(how, Translatable)
    assert (counted.params["count"], more.params["count"]) == (MAX_LINES + 15, 15)
    assert lines == [f"line {n}" for n in range(MAX_LINES)]
    assert how.params["link"] == "https://desk/overview/"
    assert found.notice_id != notices(1)[0].notice_id
