"""Redis keys of outgoing webhooks. None of them exists while there's no endpoint."""

ENDPOINTS = "hooks"  # hash: endpoint id -> endpoint as JSON, with its secret, which signs every event
ENDPOINT_NAMES = "hooks:names"  # hash: name of an endpoint, in lower case -> endpoint id
CURSOR = "hooks:cursor"  # string: the last entry of the change feed that was read
EVENTS_SEEN = "hooks:known"  # hash: ticket id -> how many of its ticket events are queued
DUE = "hooks:due"  # zset: endpoint id by the time when something may be sent there
SEND_QUEUED = "hooks:kicked"  # string with a lifetime: a job is on its way


def queue(hook_id: str) -> str:
    """List: ids of the events that wait, oldest first."""
    return f"hooks:waiting:{hook_id}"


def event_bodies(hook_id: str) -> str:
    """Hash: id of an event that waits -> its body, as it's sent."""
    return f"hooks:events:{hook_id}"


def attempts(hook_id: str) -> str:
    """Hash: id of an event that waits -> "failed attempts|not to be sent before" (Unix seconds)."""
    return f"hooks:tries:{hook_id}"


def state(hook_id: str) -> str:
    """Hash: `sent`, `given_up`, `dropped` (counts of events), `failures` (in a row), `since` (the first of them),
    `why` (the last of them), `sent_at`, `given_up_at`, `rest` (Unix seconds), `off` and `off_at`."""
    return f"hooks:state:{hook_id}"


def all_of(hook_id: str) -> tuple[str, ...]:
    """Every key of that endpoint."""
    return queue(hook_id), event_bodies(hook_id), attempts(hook_id), state(hook_id)
