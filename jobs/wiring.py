"""The one place that builds real objects: the store, the channels, the desk. Nothing connects while it does."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from redis import Redis
from redis.exceptions import RedisError

from archive import Archive
from bot.outgoing_webhooks.events import EventContext
from bot.policy.policy import Policy, load_policy
from channels.channel import Channel
from channels.email.channel import EmailChannel
from channels.signed_links import SignedLinks
from channels.telegram.channel import TelegramChannel
from channels.webhook.post import WebhookClient
from channels.whatsapp.channel import WhatsAppChannel
from desk.api_requests import Portal
from desk.desk import Desk
from desk.receipts import Receipts
from desk.what_if import WhatIf
from i18n.language import detect_language
from jobs.alerts.deadline_check import Reminder
from jobs.alerts.recipients import Directory, Names, name_of
from jobs.alerts.replies import Staff
from jobs.alerts.reports import Reporter
from jobs.alerts.send_alerts import Teller
from jobs.archiving.archiver import Archivist, archivist
from jobs.delivery.drain_lane import Courier
from jobs.delivery.fetch_media import Librarian
from jobs.delivery.rate_limits import limits
from jobs.delivery.rendering import Renderer
from jobs.delivery.send_entry import Carrier
from jobs.delivery.switch_links import Ways
from jobs.delivery.twilio_backfill import Backfill
from jobs.delivery.typing_indicator import Typist
from jobs.delivery.window_hold import Holding
from jobs.forum.webhook_intake import GroupDoor
from jobs.forum.wiring import House, Rooms, rooms
from jobs.metrics import Figure, figures
from jobs.outgoing_webhooks.dispatch import HookRounds
from jobs.outgoing_webhooks.enqueue_events import Announcer
from jobs.outgoing_webhooks.send import HookCourier
from runtime.redis_url import IMPATIENT, PATIENT, connect
from runtime.settings import Settings
from store.accounts.accounts import Accounts
from store.agents.agents import Agents
from store.agents.api_tokens import Tokens, is_token_id
from store.agents.telegram_link_codes import TelegramCodes
from store.alerts.alert_queue import Boards
from store.archive.archive_state import desk_name
from store.contacts.switch_links import Passages
from store.contacts.unit_of_work import Units
from store.inbox.canned_replies import CannedReplies
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.media_folder import MediaFolder
from store.outbox.in_flight import Flights
from store.outbox.job_queue import Kicks
from store.outbox.outbox import Outbox
from store.outbox.recipient import Reaching
from store.outbox.template_quota import Invitations
from store.outgoing_webhooks.endpoints import Hooks
from store.outgoing_webhooks.event_feed import HookFeed
from store.outgoing_webhooks.queue import HookWaiting
from store.policies import StoredPolicies
from store.tickets.ticket_list import Rows

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Wiring:
    """The real objects of one process."""

    settings: Settings
    redis: Redis
    policy: Policy
    clock: Clock
    kicks: Kicks
    desk: Desk
    queries: Queries
    agents: Agents
    presence: Presence
    canned: CannedReplies
    media: MediaFolder
    channels: Mapping[str, Channel]
    courier: Courier
    reminder: Reminder
    teller: Teller
    chores: Mapping[str, Callable[[], None]]
    archive: Archive
    archivist: Archivist
    librarian: Librarian
    typist: Typist
    what_if: WhatIf
    portal: Portal
    tokens: Tokens
    codes: TelegramCodes
    rooms: Rooms | None
    hook_rounds: HookRounds

    @property
    def group(self) -> GroupDoor | None:
        """Where updates of the agents' group come in, if there is one."""
        return self.rooms.door if self.rooms else None

    @property
    def files(self) -> MediaFolder:
        """The folder of attachments."""
        return self.media

    def is_store_alive(self) -> bool:
        """Whether the store answers."""
        try:
            return bool(self.redis.ping())
        except RedisError:
            return False

    def figures(self) -> Iterable[Figure]:
        """Figures of all processes."""
        return figures(self.redis, self.clock())


def build(settings: Settings, *, redis: Redis | None = None, clock: Clock | None = None) -> Wiring:
    """Everything that the settings describe; PolicyError when the policy cannot be read."""
    redis = redis or connect(settings.redis_url, timeout=IMPATIENT)
    clock = clock or _now
    policy = load_policy(settings.policy)
    policies = StoredPolicies(redis, policy)
    kicks = Kicks(redis, has_group=settings.has_group)
    outbox, units = Outbox(redis, kicks), Units(redis, Rows(policies), kicks)
    agents, media = Agents(redis, clock), MediaFolder(settings.media_dir)
    tokens = Tokens(redis, clock)
    links = SignedLinks(settings.public_url, settings.secret_key)
    channels = _channels(settings, links)
    passages = Passages(redis, settings.secret_key, _places(settings), clock)
    ways = Ways(passages, channels)
    renderer = Renderer(policy.calendar.zone, media, links, policy.whatsapp, clock, outbox.find, ways)
    boards, directory = Boards(redis, kicks), Directory(settings, agents, tokens, clock)
    archive = Archive(settings.archive_url, lambda: desk_name(redis))
    archiving = archivist(redis, archive, policy, clock)
    live, overview_url = Queries(redis, policies, clock), f"{settings.public_url}/overview/"
    reporter = Reporter(redis, kicks, policy, directory, media, overview_url, clock)
    staff = Staff(directory, units, boards, outbox, live, policies, overview_url, clock)
    accounts = Accounts(redis, settings.secret_key)
    reaching, flights = Reaching(redis), Flights(redis)
    holding = Holding(outbox, units, reaching, Invitations(redis), policies, clock)
    carrier = Carrier(redis, outbox, flights, channels, renderer.render, limits, holding.refused, clock)
    receipts = Receipts(outbox, flights, reaching, clock)
    names = Names(agents)
    desk = Desk(units, outbox, policies, accounts, names, detect_language, clock, staff, receipts, passages)
    presence, codes = Presence(redis, clock), TelegramCodes(redis, clock, agents)
    house = House(settings, redis, desk, live, policies, agents, codes, presence, media, kicks, clock)
    record = channels.get("whatsapp")
    backfill = Backfill(
        redis, record if isinstance(record, WhatsAppChannel) else None, desk, policy.calendar.zone, clock
    )
    return Wiring(
        settings=settings,
        redis=redis,
        policy=policy,
        clock=clock,
        kicks=kicks,
        desk=desk,
        queries=Queries(redis, policies, clock, archive),
        agents=agents,
        presence=presence,
        canned=CannedReplies(redis),
        media=media,
        channels=channels,
        reminder=Reminder(units, policies, directory.people, clock),
        teller=Teller(boards, policy, overview_url, clock),
        chores={"reports": reporter.look, "backfill": backfill.look, "archive": archiving.look},
        archive=archive,
        archivist=archiving,
        courier=Courier(redis, outbox, carrier, holding, clock),
        librarian=Librarian(redis, units, media, channels, clock),
        typist=Typist(redis, kicks, live, channels, policy, clock),
        what_if=WhatIf(redis, archive, policies, clock),
        codes=codes,
        rooms=rooms(house, channels.get("telegram")),
        portal=Portal(units, policies, accounts, names.called, detect_language, clock),
        tokens=tokens,
        hook_rounds=_hook_rounds(redis, settings, agents, tokens, clock),
    )


def _hook_rounds(
    redis: Redis, settings: Settings, agents: Agents, tokens: Tokens, clock: Clock
) -> HookRounds:
    telling = EventContext(partial(name_of, agents, tokens), is_token_id, f"{settings.public_url}/api/v1")
    feed, waiting = HookFeed(redis), HookWaiting(redis)
    announcer = Announcer(redis, feed, waiting, telling, clock)
    courier = HookCourier(redis, Hooks(redis, clock), waiting, WebhookClient(), clock)
    return HookRounds(feed, announcer, waiting, courier, clock)


_built: dict[int, Wiring] = {}


def wiring() -> Wiring:
    """The wiring of this very process, built when it is first needed: connections do not survive a fork.

    For jobs: what a provider has taken must be written down even while the store restarts.
    """
    return _built.get(os.getpid()) or use(_patient(Settings.from_environment(os.environ)))


def _patient(settings: Settings) -> Wiring:
    return build(settings, redis=connect(settings.redis_url, patience=PATIENT))


def use(one: Wiring) -> Wiring:
    """Have this process work with that wiring."""
    _built.clear()
    _built[os.getpid()] = one
    return one


def _places(settings: Settings) -> Mapping[str, str]:
    """The channels on which customers reach this desk: our number, and the bot, whose name Telegram tells."""
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
        channels["telegram"] = TelegramChannel(
            token=settings.telegram.bot_token, api_url=settings.telegram.api_url
        )
    if settings.smtp_url:
        channels["mailto"] = EmailChannel(settings.smtp_url, settings.public_url)
    return channels


def _now() -> datetime:
    return datetime.now(UTC)
