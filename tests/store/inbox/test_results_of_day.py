"""Today's figure counts all that was met or fell due today, and all that is still owed: it never flatters."""

from datetime import UTC, datetime, timedelta

import pytest

from store.inbox.sla_statistics import results_of_day

MIDNIGHT = datetime(2026, 3, 30, tzinfo=UTC)
YESTERDAY, NOON, LATER = (
    MIDNIGHT - timedelta(hours=5),
    MIDNIGHT + timedelta(hours=12),
    MIDNIGHT + timedelta(hours=13),
)
LIVE = {"t"}


def met(
    at: datetime, *, in_time: bool = True, ticket: str = "t", target: str = "first_response"
) -> tuple[bytes, float]:
    return f"{ticket}|{target}|1|{int(in_time)}|high|whatsapp|fr|a1".encode(), at.timestamp()


def missed(at: datetime, *, ticket: str = "t", target: str = "first_response") -> tuple[bytes, float]:
    return f"{ticket}|{target}|1|high|whatsapp|fr|a1".encode(), at.timestamp()


@pytest.mark.parametrize(
    ("done", "late", "expected"),
    [
        pytest.param([met(NOON)], [], [True], id="met today"),
        pytest.param([met(YESTERDAY)], [], [], id="met yesterday"),
        pytest.param([], [missed(NOON)], [False], id="fell due today"),
        pytest.param([], [missed(NOON, ticket="merged")], [False], id="fell due today, no longer owed"),
        pytest.param([], [missed(YESTERDAY)], [False], id="fell due yesterday, still owed"),
        pytest.param([], [missed(YESTERDAY, ticket="merged")], [], id="fell due yesterday, no longer owed"),
        pytest.param([met(NOON, in_time=False)], [missed(YESTERDAY)], [False], id="met today, a day late"),
        pytest.param([met(LATER, in_time=False)], [missed(NOON)], [False], id="due and met late today: once"),
        pytest.param([met(YESTERDAY, in_time=False)], [missed(YESTERDAY)], [], id="met late yesterday"),
        pytest.param([met(NOON)], [missed(YESTERDAY)], [False], id="missed stays missed if the clock moved"),
        pytest.param([met(NOON, target="review")], [missed(NOON, target="resolution")], [True, False], id="any"),
    ],
)  # fmt: skip
def test_what_counts_today(
    done: list[tuple[bytes, float]], late: list[tuple[bytes, float]], expected: list[bool]
) -> None:
    found = results_of_day(done, late, MIDNIGHT, LIVE)
    assert sorted(each.is_kept for each in found) == sorted(expected)
