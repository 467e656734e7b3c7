"""The doctor's check results, and its checks on this side: files, store, policy, catalogs, archive."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from redis import Redis, RedisError
from redis.exceptions import ResponseError

from archive import Archive
from bot.messages.errors import ArchiveUnavailable
from bot.policy.policy import load_policy
from bot.policy.policy_errors import PolicyError
from i18n.catalogs import TEMPLATE, read_catalog, translation_faults
from runtime.redis_url import connect
from runtime.settings import Settings
from store import keys
from store.archive.archive_state import ArchiveStateStore, desk_id
from store.integrity.twilio_reconciliation import Reconciliation
from store.outage import is_outage

LEAST_ROOM = 500_000_000
"""Bytes of free disk space below which the doctor warns."""

_OLDEST = (6, 2)
_REQUIRED_CONFIG = {
    "appendonly": ("yes", "a crash may lose data: set appendonly yes"),
    "appendfsync": ("always", "a power failure may lose the last second: set appendfsync always"),
    "maxmemory-policy": (
        "noeviction",
        "the store may drop tickets when full: set maxmemory-policy noeviction",
    ),
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of the report: what was checked, whether it's fine, and what was found or has to be done."""

    name: str
    is_well: bool
    told: str


def policy(settings: Settings) -> Iterator[CheckResult]:
    """The policy file is valid."""
    try:
        found = load_policy(settings.policy)
    except PolicyError as error:
        yield from (CheckResult("policy", False, line) for line in str(error).splitlines())
    else:
        yield CheckResult("policy", True, f"“{found.title.en}”, version {found.version}")


def catalogs(_settings: Settings) -> Iterator[CheckResult]:
    """Every message is translated to French and Spanish."""
    wrong = list(translation_faults(read_catalog(TEMPLATE)))
    if wrong:
        yield CheckResult(
            "catalogs", False, f"{len(wrong)} to fix, such as: {wrong[0]}; see python -m i18n.catalogs check"
        )
    else:
        yield CheckResult("catalogs", True, "complete in English, French and Spanish")


def store(settings: Settings) -> Iterator[CheckResult]:
    """The store responds, is recent enough and configured to lose nothing, and a clock is running."""
    try:
        with connect(settings.redis_url) as redis:
            version = str(redis.info("server")["redis_version"])
            is_recent = tuple(int(part) for part in version.split(".")[:2]) >= _OLDEST
            yield CheckResult(
                "store", is_recent, f"version {version}" + ("" if is_recent else ": 6.2 or newer is needed")
            )
            yield from _durability(redis)
            yield _clock(redis)
    except RedisError as error:
        if not is_outage(error):
            raise
        yield CheckResult(
            "store", False, f"doesn’t respond: {error}; is REDIS_URL right, and is the server running?"
        )


def messages(settings: Settings) -> Iterator[CheckResult]:
    """No message in Twilio's log is missing here."""
    if settings.twilio is None:
        return
    try:
        with connect(settings.redis_url) as redis:
            found = Reconciliation(redis).state()
    except RedisError:
        return  # said already
    if found is None:
        yield CheckResult("messages", True, "not compared with Twilio’s log yet: the clock starts that")
        return
    told = f"lost: {found.lost}; {found.recovered} missed and fetched since {found.began_at:%Y-%m-%d}"
    aside = f"; {found.set_aside} could not be processed, see docs/operations.md" if found.set_aside else ""
    yield CheckResult("messages", not (found.lost or found.set_aside), told + aside)


def _durability(redis: Redis) -> Iterator[CheckResult]:
    """Some managed stores don't show their configuration: then the operator must ask the provider."""
    for name, (wanted, advice) in _REQUIRED_CONFIG.items():
        try:
            value = redis.config_get(name).get(name)
        except ResponseError:
            yield CheckResult("store", True, f"doesn’t show {name}: ask your provider for {wanted}")
            continue
        yield CheckResult(
            "store", value == wanted, f"{name} {value}" + ("" if value == wanted else f": {advice}")
        )


def _clock(redis: Redis) -> CheckResult:
    is_beating = bool(redis.exists(keys.CLOCK_HEARTBEAT))
    return CheckResult(
        "clock", is_beating, "sweeping" if is_beating else "no clock in the last minute: start guichet clock"
    )


def files(settings: Settings) -> Iterator[CheckResult]:
    """Attachments can be stored."""
    folder = settings.media_dir
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    is_well = folder.is_dir() and os.access(folder, os.W_OK)
    advice = f"can’t be written: make the user that runs Guichet the owner of {folder.absolute()}"
    if not folder.is_dir():
        advice = f"isn’t a folder: move {folder.absolute()} away"
    yield CheckResult("media", is_well, str(settings.media_dir) if is_well else advice)
    yield disk_space(folder)


def disk_space(folder: Path, least: int = LEAST_ROOM) -> CheckResult:
    """Whether the folder's disk has space: a full disk stops an embedded store and loses files."""
    free = shutil.disk_usage(folder).free
    told = f"{free // 1_000_000} MB free where {folder} is"
    return CheckResult("disk", free >= least, told if free >= least else f"only {told}: free up space")


def archive(settings: Settings) -> Iterator[CheckResult]:
    """The archive of closed tickets responds, and belongs to this desk."""
    try:
        with connect(settings.redis_url) as redis:
            account, name = ArchiveStateStore(redis).read(), desk_id(redis)
    except RedisError:
        return  # said already
    try:
        standing = Archive(settings.archive_url, lambda: name, timeout=10).stats()
    except ArchiveUnavailable as away:
        since = f" (since {account.since:%Y-%m-%d %H:%M} UTC)" if account.since else ""
        told = f"can’t be used{since}: {away.reason}; closed tickets stay in the store meanwhile"
        yield CheckResult("archive", False, told)
        return
    moved = (
        f", the last archived {account.moved_at:%Y-%m-%d}" if account.moved_at else "; none was archived yet"
    )
    yield CheckResult("archive", True, f"responds, tickets: {standing.tickets}{moved}")
