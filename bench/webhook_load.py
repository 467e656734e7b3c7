"""The load generator for webhook.py: keep-alive connections that post prepared requests one after another.

It's a separate process, so that its work doesn't count as the server's, and sends raw bytes to keep that work small.
"""

import asyncio
import json
import sys
import time
from pathlib import Path


async def main(port: int, requests: list[bytes], connections: int) -> dict[str, object]:
    """Post all requests; returns counts of statuses, and every latency in milliseconds."""
    left = iter(requests)
    statuses: dict[str, int] = {}
    latencies: list[float] = []
    started = time.perf_counter()
    await asyncio.gather(*(one(port, left, statuses, latencies) for _ in range(connections)))
    return {"seconds": time.perf_counter() - started, "statuses": statuses, "latencies": latencies}


async def one(port: int, left: "object", statuses: dict[str, int], latencies: list[float]) -> None:
    """One connection: write, read the whole response, record how long it took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in left:  # type: ignore[attr-defined]
        sent = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"), 0
        )
        await reader.readexactly(length)
        latencies.append((time.perf_counter() - sent) * 1000)
        status = head[9:12].decode()
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()


if __name__ == "__main__":
    blob = Path(sys.argv[2]).read_bytes()
    prepared = [blob[at : at + size] for at, size in json.loads(Path(sys.argv[3]).read_text())]
    print(json.dumps(asyncio.run(main(int(sys.argv[1]), prepared, int(sys.argv[4])))))
