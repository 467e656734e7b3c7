"""Settings that gunicorn reads when `guichet web` starts it.

The address and the number of processes are on its command line. The environment is read again here,
because gunicorn is a program of its own.
"""

import gc
import os
from pathlib import Path

from runtime.logs import log_config
from runtime.settings import Settings

worker_class = "gthread"
preload_app = True  # processes share the loaded code; nothing connects before the fork
timeout = 30
graceful_timeout = 4  # seconds to finish requests on stop, so that everything ends within ten
keepalive = 15
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat must not wait for a disk
logconfig_dict = log_config(Settings.from_environment(os.environ), "web")


def when_ready(_server: object) -> None:
    """Before the fork: exclude what is loaded from garbage collection, which would take a tenth of the time and
    unshare the memory."""
    gc.collect()
    gc.freeze()
