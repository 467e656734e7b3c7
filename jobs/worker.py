"""Worker entry point: a few processes, restarted when they crash, each with one thread per queue.

Queues whose jobs wait for others share a process. Messages are sent by more threads, see `jobs.delivery.lane_pool`.
Queues of channels that aren't set up are served too, so that their jobs fail with a reason instead of waiting forever.
"""

import gc
import logging
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event, Thread

from redis import Redis, RedisError

import jobs.tasks
from channels.lazy_channel import LazyChannel
from jobs.delivery.lane_pool import LanePool
from jobs.kick_reader import HandOver, KickReader
from jobs.rq_worker import Worker, make_worker
from jobs.wiring import Wiring, wiring
from runtime.forked_child import ForkedChild
from runtime.redis_url import JOB_RETRY_FOR, connect
from runtime.settings import Settings
from runtime.supervisor import Service, Supervisor
from store.integrity import failed_jobs
from store.outbox.job_queue import (
    ACKNOWLEDGE_TASK,
    CHANNELS,
    DELIVER_REPLIES_TASK,
    DELIVER_TASK,
    DUE_QUEUE,
    FORUM_QUEUES,
    MEDIA_QUEUE,
    WEBHOOKS_QUEUE,
    delivery_queue,
)

log = logging.getLogger(__name__)

PROCESSES: Mapping[str, tuple[str, ...]] = {
    "sending": (delivery_queue("whatsapp"), delivery_queue("mailto"), WEBHOOKS_QUEUE),
    "telegram": (delivery_queue("telegram"), MEDIA_QUEUE, *FORUM_QUEUES),
    "due": (DUE_QUEUE,),
}
"""The queues of each process. Only one needs Telegram's library, which is large; deadlines need a processor."""

STOP_WITHIN = 7.0
"""Seconds that jobs get to finish on shutdown; an interrupted provider call is looked up later."""

CALLS_STOP_WITHIN = 4.0
"""The same for messages in the air."""

RETRY_EVERY = 2.0
"""Seconds between attempts to reach Redis when a worker starts."""

SOCKET_TIMEOUT = 8.0
"""Seconds without an answer after which a worker's connection counts as broken; RQ waits for work for 2."""

PUBLISH_EVERY = 1.0
"""Seconds between two writes of figures for operators; also how soon a dead thread is noticed."""

PRESSES_AT_ONCE = 4
"""Button presses that are acknowledged at the same time; nothing depends on them."""


def main(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; the process's exit code."""
    stop = _stop_signal(signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    unused = () if settings.has_group else FORUM_QUEUES
    services = [
        Service(name, _spawner(settings, [queue for queue in queues if queue not in unused]))
        for name, queues in PROCESSES.items()
    ]
    supervisor = Supervisor(services, now=time.monotonic, report=log.warning)
    gc.collect()
    gc.freeze()  # a collection in the children would unshare the memory
    while not stop.wait(0.2):
        supervisor.tick()
    supervisor.stop(STOP_WITHIN)
    return 0


def work(settings: Settings, queues: Sequence[str]) -> int:
    """Work on these queues until told to stop; 1 if one of the threads ended before that."""
    redis = connect(settings.redis_url, timeout=SOCKET_TIMEOUT, retry_for=JOB_RETRY_FOR)
    wait_for_redis(redis)
    stop = _stop_signal(signal.SIGTERM, signal.SIGINT)
    pools = {queue: _pool(queue, wiring()) for queue in queues if queue in _DELIVERY_QUEUES}
    presses = ThreadPoolExecutor(PRESSES_AT_ONCE, thread_name_prefix="presses")
    readers = [KickReader(redis, queue, _hand_over(pool, presses)) for queue, pool in pools.items()]
    workers = [make_worker(redis, queue) for queue in queues if queue not in pools]
    threads = [
        *(Thread(target=reader.run, args=(stop,), name="kicks") for reader in readers),
        *(Thread(target=_run, args=(worker,), name=worker.queues[0].name) for worker in workers),
    ]
    for thread in threads:
        thread.start()
    while not stop.wait(PUBLISH_EVERY) and all(thread.is_alive() for thread in threads):
        _publish_figures(pools)
    code = 0 if stop.is_set() else 1
    stop.set()
    for worker in workers:
        worker.stop()
    for pool in pools.values():
        pool.close(CALLS_STOP_WITHIN)
    presses.shutdown(wait=False, cancel_futures=True)
    for thread in threads:
        thread.join()
    return code


def wait_for_redis(redis: Redis, pause: Callable[[float], None] = time.sleep) -> None:
    """Return once Redis answers; logs once that it doesn't."""
    is_told = False
    while True:
        try:
            redis.ping()
            return
        except RedisError as error:
            if not is_told:
                log.warning("the store is away", extra={"error": str(error)})
            is_told = True
        pause(RETRY_EVERY)


_DELIVERY_QUEUES = {delivery_queue(channel) for channel in CHANNELS}


def _spawner(settings: Settings, queues: Sequence[str]) -> Callable[[], ForkedChild]:
    return lambda: ForkedChild(lambda: work(settings, queues))


def _stop_signal(*numbers: signal.Signals) -> Event:
    """Set by these signals."""
    stop = Event()
    for number in numbers:
        signal.signal(number, lambda *_: stop.set())
    return stop


def _run(worker: Worker) -> None:
    try:
        worker.work(with_scheduler=False, logging_level="WARNING")
    except RedisError as error:
        log.warning("the store is away", extra={"error": str(error)})


def _publish_figures(pools: Mapping[str, LanePool]) -> None:
    if not pools:
        return
    try:
        wiring().call_meter.publish({_channel_of(queue): pool.in_air for queue, pool in pools.items()})
    except RedisError:  # the threads say so
        return


def _channel_of(queue: str) -> str:
    return queue.removeprefix(delivery_queue(""))


def _pool(queue: str, desk: Wiring) -> LanePool:
    channel = desk.channels.get(_channel_of(queue))
    if isinstance(channel, LazyChannel):
        _ = channel.loaded  # now, not with the first message

    def record_failure(lane: str, error: Exception) -> None:
        kind, now = type(error).__name__, datetime.now(UTC)
        failed_jobs.record_failure(desk.redis, DELIVER_TASK, [lane], kind, now)

    return LanePool(queue, desk.lane_drainer.drain, record_failure, desk.clock)


def _hand_over(pool: LanePool, presses: ThreadPoolExecutor) -> Mapping[str, HandOver]:
    """What takes the jobs of a delivery queue."""
    return {
        DELIVER_TASK: lambda *lanes: pool.submit(lanes),
        DELIVER_REPLIES_TASK: lambda *lanes: pool.submit(lanes, is_urgent=True),
        ACKNOWLEDGE_TASK: lambda token: presses.submit(jobs.tasks.acknowledge_press, token),
    }
