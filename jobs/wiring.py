"""Builds the real objects of a process: the store, the channels, the desk. Connects to nothing."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module

from redis import Redis
from redis.exceptions import RedisError

from archive import Archive
from bot.actions.action_context import ActionServices
from bot.outgoing_webhooks.events import EventContext
from bot.policy.policy import Policy, load_policy
from channels.channel import Channel
from channels.email.channel import EmailChannel
from channels.lazy_channel import LazyChannel
from channels.signed_links import SignedLinks
from channels.webhook.post import WebhookClient
from channels.whatsapp.channel import WhatsAppChannel
from desk.api_requests import ApiRequests
from desk.desk import Desk
from desk.receipts import Receipts
from desk.what_if import WhatIf
from i18n.language import detect_language
from jobs.alerts.deadline_check import DeadlineCheck
from jobs.alerts.recipients import AgentNames, StaffDirectory, name_of
from jobs.alerts.replies import AlertReplies
from jobs.alerts.reports import ReportBuilder
from jobs.alerts.send_alerts import AlertSender
from jobs.archiving.archiver import Archiver, build_archiver
from jobs.contacts.erase import ContactEraser
from jobs.contacts.reminders import Reminders
from jobs.delivery.call_meter import CallMeter
from jobs.delivery.channel_health import ChannelHealth
from jobs.delivery.delivery_metrics import MetricSample
from jobs.delivery.drain_lane import LaneDrainer
from jobs.delivery.fetch_media import MediaFetcher
from jobs.delivery.pacer import SEND_PATIENCE, Pacer
from jobs.delivery.rate_limits import limits_for
from jobs.delivery.rendering import Renderer
from jobs.delivery.send_entry import EntrySender
from jobs.delivery.switch_links import SwitchLinkRenderer
from jobs.delivery.twilio_backfill import TwilioBackfill
from jobs.delivery.typing_indicator import TypingIndicator
from jobs.delivery.window_hold import WindowHold
from jobs.forum.shared_services import SharedServices
from jobs.forum.webhook_intake import GroupWebhookIntake
from jobs.forum.wiring import ForumServices, build_forum_services
from jobs.metrics import metric_samples
from jobs.outgoing_webhooks.dispatch import WebhookDispatcher
from jobs.outgoing_webhooks.send import WebhookSender
from runtime.redis_url import JOB_RETRY_FOR, REQUEST_TIMEOUT, connect
from runtime.settings import Settings
from store.accounts.accounts import Accounts
from store.agents.agents import Agents
from store.agents.api_tokens import ApiTokens, is_token_id
from store.agents.telegram_link_codes import TelegramLinkCodes
from store.alerts.alert_queue import AlertQueue
from store.archive.archive_state import desk_id
from store.contacts.switch_links import SwitchLinks
from store.contacts.unit_of_work import UnitsOfWork
from store.inbox.canned_replies import CannedReplies
from store.inbox.drafts import Drafts
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.media_folder import MediaFolder
from store.outbox.call_figures import CallFigures
from store.outbox.circuit_breaker import CircuitBreaker
from store.outbox.in_flight import InFlight
from store.outbox.job_queue import JobQueue
from store.outbox.outbox import Outbox
from store.outbox.recipient import LaneRecipients
from store.outbox.template_quota import TemplateQuota
from store.outgoing_webhooks.endpoints import WebhookEndpoints
from store.outgoing_webhooks.event_feed import EventFeed
from store.outgoing_webhooks.queue import WebhookQueue
from store.policies import StoredPolicies
from store.tickets.ticket_list import TicketList

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Wiring:
    """The real objects of one process."""

    settings: Settings
    redis: Redis
    policy: Policy
    clock: Clock
    job_queue: JobQueue
    desk: Desk
    queries: Queries
    agents: Agents
    presence: Presence
    drafts: Drafts
    canned: CannedReplies
    media: MediaFolder
    channels: Mapping[str, Channel]
    lane_drainer: LaneDrainer
    call_meter: CallMeter
    deadline_check: DeadlineCheck
    alert_sender: AlertSender
    chores: Mapping[str, Callable[[], None]]
    archive: Archive
    archiver: Archiver
    eraser: ContactEraser
    reminders: Reminders
    media_fetcher: MediaFetcher
    typing_indicator: TypingIndicator
    what_if: WhatIf
    portal: ApiRequests
    tokens: ApiTokens
    codes: TelegramLinkCodes
    forum_services: ForumServices | None
    webhook_dispatcher: WebhookDispatcher

    @property
    def group(self) -> GroupWebhookIntake | None:
        """Takes updates of the agents' group, if there is one."""
        return self.forum_services.intake if self.forum_services else None

    @property
    def files(self) -> MediaFolder:
        """The folder of attachments."""
        return self.media

    def is_store_alive(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self.redis.ping())
        except RedisError:
            return False

    def figures(self) -> Iterable[MetricSample]:
        """Samples for /metrics, covering all processes."""
        return metric_samples(self.redis, self.clock())


def build(
    settings: Settings,
    *,
    redis: Redis | None = None,
    clock: Clock | None = None,
    send_patience: timedelta = timedelta(),
) -> Wiring:
    """Build everything from the settings; raises PolicyError if the policy can't be read.

    `send_patience`: how long a message may hold its thread until a rate limit lets it pass.
    """
    redis = redis or connect(settings.redis_url, timeout=REQUEST_TIMEOUT)
    clock = clock or _now
    policy = load_policy(settings.policy)
    policies = StoredPolicies(redis, policy)
    job_queue = JobQueue(redis, has_group=settings.has_group)
    outbox, units = Outbox(redis, job_queue), UnitsOfWork(redis, TicketList(policies), job_queue)
    agents, media = Agents(redis, clock), MediaFolder(settings.media_dir)
    tokens = ApiTokens(redis, clock)
    links = SignedLinks(settings.public_url, settings.secret_key)
    channels = _channels(settings, links)
    switch_links = SwitchLinks(redis, settings.secret_key, _places(settings), clock)
    link_renderer = SwitchLinkRenderer(switch_links, channels)
    renderer = Renderer(
        policy.calendar.zone, media, links, policy.whatsapp, clock, outbox.find, link_renderer
    )
    alert_queue, directory = AlertQueue(redis, job_queue), StaffDirectory(settings, agents, tokens, clock)
    archive = Archive(settings.archive_url, lambda: desk_id(redis))
    archiving = build_archiver(redis, archive, policy, clock)
    live, overview_url = Queries(redis, policies, clock), f"{settings.public_url}/overview/"
    reporter = ReportBuilder(redis, job_queue, policy, directory, media, overview_url, clock)
    staff = AlertReplies(directory, units, alert_queue, outbox, live, policies, overview_url, clock)
    accounts = Accounts(redis, settings.secret_key)
    recipients, in_flight = LaneRecipients(redis), InFlight(redis)
    window_hold = WindowHold(outbox, units, recipients, TemplateQuota(redis), policies, clock)
    call_meter = CallMeter(CallFigures(redis), clock)
    health = ChannelHealth(CircuitBreaker(redis), call_meter, clock)
    pacer = Pacer(redis, limits_for, send_patience, clock)
    entry_sender = EntrySender(
        redis,
        outbox,
        in_flight,
        channels,
        health,
        renderer.render,
        pacer.acquire,
        window_hold.window_closed,
        clock,
    )
    receipts = Receipts(outbox, in_flight, recipients, clock)
    names = AgentNames(agents)
    services = ActionServices(policies, names.first_name, names.called, switch_links)
    desk = Desk(units, outbox, services, accounts, detect_language, clock, staff, receipts, switch_links)
    presence, codes = Presence(redis, clock), TelegramLinkCodes(redis, clock, agents)
    shared = SharedServices(
        settings, redis, desk, live, policies, agents, codes, presence, media, job_queue, clock
    )
    record = channels.get("whatsapp")
    backfill = TwilioBackfill(
        redis, record if isinstance(record, WhatsAppChannel) else None, desk, policy.calendar.zone, clock
    )
    return Wiring(
        settings=settings,
        redis=redis,
        policy=policy,
        clock=clock,
        job_queue=job_queue,
        desk=desk,
        queries=Queries(redis, policies, clock, archive),
        agents=agents,
        presence=presence,
        drafts=Drafts(redis, clock),
        canned=CannedReplies(redis),
        media=media,
        channels=channels,
        deadline_check=DeadlineCheck(units, policies, directory.people, clock),
        alert_sender=AlertSender(alert_queue, policy, overview_url, clock),
        chores={"reports": reporter.look, "backfill": backfill.look, "archive": archiving.look},
        archive=archive,
        archiver=archiving,
        call_meter=call_meter,
        eraser=ContactEraser(redis, archive, media.delete, clock),
        reminders=Reminders(redis, units, policies, clock),
        lane_drainer=LaneDrainer(redis, outbox, entry_sender, window_hold, clock),
        media_fetcher=MediaFetcher(redis, units, media, channels, clock),
        typing_indicator=TypingIndicator(redis, job_queue, live, channels, policy, clock),
        what_if=WhatIf(redis, archive, policies, clock),
        codes=codes,
        forum_services=build_forum_services(shared, channels.get("telegram")),
        portal=ApiRequests(units, services, accounts, detect_language, clock),
        tokens=tokens,
        webhook_dispatcher=_webhook_dispatcher(redis, settings, agents, tokens, clock),
    )


def _webhook_dispatcher(
    redis: Redis, settings: Settings, agents: Agents, tokens: ApiTokens, clock: Clock
) -> WebhookDispatcher:
    context = EventContext(partial(name_of, agents, tokens), is_token_id, f"{settings.public_url}/api/v1")
    queue = WebhookQueue(redis)
    sender = WebhookSender(redis, WebhookEndpoints(redis, clock), queue, WebhookClient(), clock)
    return WebhookDispatcher(redis, EventFeed(redis), queue, sender, context, clock)


_built: dict[int, Wiring] = {}


def wiring() -> Wiring:
    """The wiring of this process, built at first use because connections don't survive a fork.

    It's for jobs and waits for Redis: what a provider accepted must be recorded even while Redis restarts.
    """
    return _built.get(os.getpid()) or use(_patient(Settings.from_environment(os.environ)))


def _patient(settings: Settings) -> Wiring:
    redis = connect(settings.redis_url, retry_for=JOB_RETRY_FOR)
    return build(settings, redis=redis, send_patience=SEND_PATIENCE)


def use(one: Wiring) -> Wiring:
    """Make this process use that wiring."""
    _built.clear()
    _built[os.getpid()] = one
    return one


def _places(settings: Settings) -> Mapping[str, str]:
    """Our address on each channel that is set up; the bot's name comes from Telegram later."""
    number = {"whatsapp": settings.twilio.whatsapp_number} if settings.twilio else {}
    return {**number, **({"telegram": ""} if settings.telegram else {})}


def _channels(settings: Settings, links: SignedLinks) -> Mapping[str, Channel]:
    channels: dict[str, Channel] = {}
    if settings.twilio:
        channels["whatsapp"] = WhatsAppChannel(
            account_sid=settings.twilio.account_sid,
            auth_token=settings.twilio.auth_token,
            number=settings.twilio.whatsapp_number,
            api_url=settings.twilio.api_url,
            links=links,
        )
    if settings.telegram:
        load = partial(_telegram, settings.telegram.bot_token, settings.telegram.api_url)
        channels["telegram"] = LazyChannel("telegram", load, can_look_up=False, has_receipts=False)
    if settings.smtp_url:
        channels["mailto"] = EmailChannel(settings.smtp_url, settings.public_url)
    return channels


def _telegram(token: str, api_url: str) -> Channel:
    """Loads aiogram, which takes a while; before all else its types, in the way that takes least."""
    import_module("channels.telegram.aiogram_types")
    channel: Channel = import_module("channels.telegram.channel").TelegramChannel(
        token=token, api_url=api_url
    )
    return channel


def _now() -> datetime:
    return datetime.now(UTC)
