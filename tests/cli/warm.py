"""`guichet` with all its modules loaded already: each order is carried out by a fork, which waits for no import.

A process of its own, started by `conftest.py`: an order a line on standard input, its exit code a line on standard
output. Loading alone takes some commands seconds, and they are run more than a hundred times.
"""

import gc
import json
import os
import sys
import time
from importlib import import_module
from typing import Any

from cli.main import COMMANDS, main


def serve() -> None:
    """Carry out orders until standard input ends."""
    for place, _ in COMMANDS.values():
        import_module(place.partition(":")[0])
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _carry_out(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _carry_out(order: dict[str, Any]) -> None:
    """Become the command, in its folder, with its environment and nothing else."""
    os.environ.clear()
    os.environ.update(order["environ"])
    time.tzset()
    os.chdir(order["folder"])
    for handle, name in enumerate(("stdin", "stdout", "stderr")):
        os.dup2(os.open(order[name], os.O_WRONLY if handle else os.O_RDONLY), handle)
    with open(0, closefd=False) as sys.stdin:
        try:
            main(order["words"])
        except SystemExit as ended:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(ended.code or 0))  # taking all those modules down would cost seconds too


if __name__ == "__main__":
    serve()
