"""Keys of the hooks, by which apps are told what happens to tickets. Nothing is here while there is no hook."""

ENDPOINTS = "hooks"  # hash: hook id -> hook as JSON, with the secret that signs: it is needed for every event
ENDPOINT_NAMES = "hooks:names"  # hash: name of a hook, in lower case -> hook id
CURSOR = "hooks:cursor"  # string: the last change of the feed that was followed
EVENTS_SEEN = "hooks:known"  # hash: ticket id -> how many of its facts were looked at
DUE = "hooks:due"  # zset: hook id by the instant when something may be sent there
SEND_QUEUED = "hooks:kicked"  # string with a lifetime: a job is on its way


def queue(hook_id: str) -> str:
    """List: ids of events that are to be sent there, the oldest first."""
    return f"hooks:waiting:{hook_id}"


def event_bodies(hook_id: str) -> str:
    """Hash: id of an event that waits -> its body, as it is sent."""
    return f"hooks:events:{hook_id}"


def attempts(hook_id: str) -> str:
    """Hash: id of an event that waits -> "tries|instant before which it is not sent" (Unix seconds)."""
    return f"hooks:tries:{hook_id}"


def state(hook_id: str) -> str:
    """Hash: `queued`, `sent`, `given_up`, `dropped` (counts of events), `failures` (in a row), `since` (of the
    first of them), `why` (the last), `sent_at`, `given_up_at`, `rest` (Unix seconds), `off` and `off_at`."""
    return f"hooks:state:{hook_id}"


def all_of(hook_id: str) -> tuple[str, ...]:
    """Every key that is this hook's alone."""
    return queue(hook_id), event_bodies(hook_id), attempts(hook_id), state(hook_id)
