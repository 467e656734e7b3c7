"""Posts to the desk as a provider does, and logs the response."""

import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.state import SandboxState


@dataclass(frozen=True)
class DeskResponse:
    """The desk's response; status 0 if there was none, with the reason in `error`."""

    status: int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def is_accepted(self) -> bool:
        return 200 <= self.status < 300


async def post_webhook(
    state: SandboxState, *, channel: str, name: str, url: str, timeout: float, note: str = "", **request: Any
) -> DeskResponse:
    """POST to a public address of the desk; never raises for errors of the desk or the network."""
    started = time.perf_counter()
    if state.faults.take(frozenset({"webhook_down"}), channel, name):
        response, note = DeskResponse(0, error="webhook down (fault)"), note or "webhook_down"
    else:
        response = await _post(state, local_url(state, url), timeout, request)
    state.calls.add(
        at=state.clock.now().isoformat(),
        direction="told",
        channel=channel,
        name=name,
        url=url,
        request=request.get("data") or request.get("json"),
        status=response.status,
        answer=response.text or response.error,
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
        note=note,
    )
    state.changed(topic="calls")
    return response


def local_url(state: SandboxState, url: str) -> str:
    """The address for this machine: the desk's public URL is replaced by its target."""
    public, target = state.settings.public_url, state.settings.target
    return target + url[len(public) :] if public and url.startswith(public) else url


async def _post(state: SandboxState, url: str, timeout: float, request: dict[str, Any]) -> DeskResponse:
    assert state.http is not None  # noqa: S101
    limit = aiohttp.ClientTimeout(total=timeout)
    try:
        async with state.http.post(url, timeout=limit, allow_redirects=False, **request) as answer:
            return DeskResponse(answer.status, await answer.text(errors="replace"), dict(answer.headers))
    except TimeoutError:
        return DeskResponse(0, error=f"no answer within {timeout:g} s")
    except (aiohttp.ClientError, OSError, ValueError) as trouble:
        return DeskResponse(0, error=f"{type(trouble).__name__}: {trouble}")
