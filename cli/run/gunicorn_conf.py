"""How gunicorn serves the pages and webhooks: read by gunicorn itself, see `guichet web`.

Addresses and numbers of processes are given on its command line; the environment is read here once more
because gunicorn is a program of its own.
"""

import gc
import os
from pathlib import Path

from runtime.logs import log_config
from runtime.settings import Settings

worker_class = "gthread"
preload_app = True  # the libraries are loaded once and shared; nothing connects before the fork
timeout = 30
graceful_timeout = 4  # seconds to finish a request at a stop, so that all is down within ten
keepalive = 15
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat must not wait for a disk
logconfig_dict = log_config(Settings.from_environment(os.environ), "web")


def when_ready(_server: object) -> None:
    """Everything is loaded, and nobody forked yet: what lives as long as the process is not looked through again
    and again for garbage, which would take a tenth of the time and unshare its memory."""
    gc.collect()
    gc.freeze()
