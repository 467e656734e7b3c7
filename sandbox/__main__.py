"""The `python -m sandbox` command: reads the options and starts the server."""

import argparse
import sys
from pathlib import Path

from sandbox.server import serve


def main() -> int:
    options = parsed(sys.argv[1:])
    try:
        serve(options.port, options.target, options.public_url, options.data)
    except OSError as wrong:
        sys.stderr.write(f"sandbox: cannot listen on port {options.port}: {wrong.strerror}\n")
        return 1
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--target", default="http://127.0.0.1:8000", help="where the desk listens")
    parser.add_argument("--public-url", default="", help="the desk's PUBLIC_URL, if it is another address")
    parser.add_argument("--data", type=Path, default=None, help="file that keeps the chats between runs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
