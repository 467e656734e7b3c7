"""What an answer asks for: pauses that grow and end, an end after days, an end at once when they are gone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outgoing_webhooks.retry import (
    DISABLE_AFTER,
    ENDPOINT_DELAYS,
    MAX_RETRY_AFTER,
    RETRY_DELAYS,
    DisableEndpoint,
    DisableReason,
    Pause,
    WebhookResponse,
    after_failure,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BROKEN = WebhookResponse(500, "answered 500")


@pytest.mark.parametrize(
    ("status", "is_taken"), [(200, True), (299, True), (0, False), (199, False), (300, False)]
)
def test_only_the_two_hundreds_are_a_yes(status: int, is_taken: bool) -> None:
    assert WebhookResponse(status).is_success is is_taken


def test_pauses_grow_and_after_the_last_try_it_is_given_up() -> None:
    found = [after_failure(BROKEN, n, n, AT, AT) for n in range(1, len(RETRY_DELAYS) + 2)]
    waits = [each.retry_at - AT for each in found if isinstance(each, Pause) and each.retry_at]
    assert waits == sorted(set(waits)) == list(RETRY_DELAYS)
    assert found[-1] == Pause(AT + ENDPOINT_DELAYS[-1], None)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=30)


def test_one_that_fails_again_and_again_rests_as_a_whole_but_never_for_long() -> None:
    rests = [after_failure(BROKEN, 1, n, AT, AT) for n in (1, 2, 3, 4, 5, 400)]
    assert [each.until - AT for each in rests if isinstance(each, Pause)] == [
        *ENDPOINT_DELAYS,
        ENDPOINT_DELAYS[-1],
    ]
    assert ENDPOINT_DELAYS[-1] <= timedelta(minutes=10)


def test_who_is_gone_is_shut_off_at_the_first_word() -> None:
    assert after_failure(WebhookResponse(410), 1, 1, AT, AT) == DisableEndpoint(DisableReason.GONE)


def test_days_of_nothing_but_failures_end_it_and_a_second_less_does_not() -> None:
    since = AT - DISABLE_AFTER
    assert after_failure(BROKEN, 4, 9, since, AT) == DisableEndpoint(DisableReason.FAILING)
    assert isinstance(after_failure(BROKEN, 4, 9, since + timedelta(seconds=1), AT), Pause)


def test_the_first_failure_after_quiet_days_ends_nothing() -> None:
    assert isinstance(after_failure(BROKEN, 1, 9, AT - 2 * DISABLE_AFTER, AT), Pause)


def test_who_asks_for_time_is_given_it_within_reason() -> None:
    for asked, given in (
        (timedelta(minutes=3), timedelta(minutes=3)),
        (timedelta(days=9), MAX_RETRY_AFTER),
    ):
        found = after_failure(WebhookResponse(429, retry_after=asked), 1, 1, AT, AT)
        assert found == Pause(AT + given, AT + given)
