"""Queues the managers' daily and weekly report with its chart, once each, with any number of clocks and workers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from hashlib import blake2b
from io import BytesIO

from redis.client import Pipeline

from bot.alerts.report import KeptOfTotal, SlaResults, build_report, percent
from bot.alerts.report_schedule import DueReport, due_reports, next_due_at
from bot.messages import phrases_ticket as phrases
from bot.messages.notice import Notice, Recipient
from bot.messages.outgoing import Attachment, Outgoing, Translatable
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy
from i18n.render import render
from jobs.alerts import report_chart
from jobs.alerts.recipients import StaffDirectory
from store import keys
from store.inbox import sla_statistics as kept_promises
from store.inbox.overview import backlog
from store.media_folder import MediaFolder
from store.outbox.job_queue import JobQueue
from store.redis_client import Client

CHECK_EVERY = timedelta(hours=1)
"""The longest time between two checks: a changed policy takes effect within it."""

REMEMBERED_FOR = 40 * 24 * 3600  # seconds


class ReportBuilder:
    """Builds reports."""

    def __init__(
        self,
        redis: Client,
        job_queue: JobQueue,
        policy: Policy,
        directory: StaffDirectory,
        media: MediaFolder,
        overview_url: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._job_queue, self._policy = redis, job_queue, policy
        self._directory, self._media = directory, media
        self._overview_url, self._clock = overview_url, clock

    def look(self) -> None:
        """Build reports that are due and weren't built yet; safe to run twice."""
        now, calendar = self._clock(), self._policy.calendar
        for one in due_reports(calendar, now):
            if not self._redis.exists(_key(one)):
                self._make(one, now)
        kept_promises.delete_expired(self._redis, now)
        again_at = min(next_due_at(calendar, now), now + CHECK_EVERY)
        self._redis.zadd(keys.CHORES, {"reports": again_at.timestamp()})

    def _make(self, one: DueReport, now: datetime) -> None:
        notices = self._notices(one, now)

        def write(pipe: Pipeline) -> None:
            if pipe.exists(_key(one)):
                return
            pipe.multi()
            for notice in notices:
                self._job_queue.queue_notice(pipe, notice)
                self._job_queue.send_alerts(notice.lane, pipe)
            pipe.set(_key(one), now.isoformat(), ex=REMEMBERED_FOR)

        self._redis.transaction(write, _key(one))

    def _notices(self, one: DueReport, now: datetime) -> list[Notice]:
        """A report for each manager; none for a period without any work."""
        kept, before = (
            self._kept(one.since, one.until),
            self._kept(one.since - (one.until - one.since), one.since),
        )
        waits = backlog(self._redis, now)
        if not kept.all[1] and not (waits.open and now - waits.oldest_for < one.until):
            return []
        people = self._directory.people()
        names = {agent_id: people.name(agent_id) for agent_id in kept.by_agent if agent_id} | {"": ""}
        said = build_report(self._policy, one.since, kept, before, waits, names, self._overview_url)
        readers, charts = self._directory.report_recipients(), dict[str, tuple[Attachment, ...]]()
        for locale in {reader.locale for reader in readers}:
            charts[locale] = self._chart(one, kept, before, locale, now)
        return [_notice(one, reader, said, charts[reader.locale], now) for reader in readers]

    def _kept(self, since: datetime, until: datetime) -> SlaResults:
        found = kept_promises.target_results(self._redis, since, until)
        by = {
            sort: _counted(kept_promises.rates_by(found, each))
            for sort, each in kept_promises.DIMENSIONS.items()
        }
        all_kept = kept_promises.overall_rate(found)
        return SlaResults(
            all=(all_kept.kept, all_kept.total),
            by_priority=by["priority"],
            by_channel=by["channel"],
            by_language=by["language"],
            by_agent=by["agent"],
        )

    def _chart(
        self, one: DueReport, kept: SlaResults, before: SlaResults, locale: str, now: datetime
    ) -> tuple[Attachment, ...]:
        """A bar for each priority, in the recipient's language; none without deadlines."""
        zone: tzinfo = self._policy.calendar.zone
        keys_ = [p.key for p in reversed(self._policy.priorities) if p.key in kept.by_priority]
        bars = [
            report_chart.Bar(
                render(priority_label(self._policy, key), locale, zone, now),
                percent(kept.by_priority[key]),
                "{}/{}".format(*kept.by_priority[key]),
                percent(before.by_priority[key]) if key in before.by_priority else None,
            )
            for key in keys_
        ]
        if not bars:
            return ()
        title = render(Translatable(phrases.CHART_TITLE), locale, zone, now)
        legend = render(Translatable(phrases.CHART_BEFORE), locale, zone, now)
        drawn = BytesIO(report_chart.draw(title, bars, legend))
        return (self._media.save(f"guichet-{one.kind}-{one.day}.png", "image/png", drawn),)


def _counted(shares: Mapping[str, kept_promises.SlaRate]) -> dict[str, KeptOfTotal]:
    return {key: (share.kept, share.total) for key, share in shares.items()}


def _notice(
    one: DueReport, reader: Recipient, said: Outgoing, files: Sequence[Attachment], now: datetime
) -> Notice:
    name = blake2b(f"{_key(one)}:{reader.lane}".encode(), digest_size=10).hexdigest()
    outgoing = Outgoing(said.lines, attachments=tuple(files))
    return Notice(name, reader.address, reader.locale, "", now, outgoing, is_pressing=True, is_answer=True)


def _key(one: DueReport) -> str:
    return keys.report_sent(one.kind, one.day.isoformat())
