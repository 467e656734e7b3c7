"""Keys of those who work at the desk: agents, their sessions, links, drafts and presence.

What a person typed (a sign-in name, an address on the network) is in a key only as its hash.
"""

from hashlib import blake2b

AGENTS = "agents"  # hash: agent id -> agent as JSON
LOGINS = "agents:sign-in-names"  # hash: sign-in name, in lower case -> agent id
TOKENS = "api-tokens"  # hash: token id -> token as JSON, revoked ones too: old threads name them
NAMES_OF_TOKENS = "api-tokens:names"  # hash: name of a token that works, in lower case -> token id
TOKENS_LAST_USED = "api-tokens:used"  # hash: token id -> when it was last used (ISO)
CANNED_REPLIES = "canned-replies"  # hash: reply id -> name and texts as JSON

BY_TELEGRAM_ID = "agents:by-telegram"  # hash: Telegram's number of a person -> agent id


def telegram_link_code(code: str) -> str:
    """String with a lifetime: the agent to whom this code was given; the code itself is kept nowhere."""
    return f"telegram-code:{hashed(code)}"


def session(secret: str) -> str:
    """String with a lifetime: the session whose cookie holds this secret, which itself is kept nowhere."""
    return f"session:{hashed(secret)}"


def sign_in_link(token: str) -> str:
    """String with a lifetime: a one-time link; the token itself is kept nowhere."""
    return f"sign-in-link:{hashed(token)}"


def login_attempts(kind: str, of: str) -> str:
    """Zset with a lifetime: instants of tries to sign in, on one account or from one place."""
    return f"guesses:{kind}:{hashed(of)}"


def presence(ticket_id: str) -> str:
    """Hash with a lifetime: agent id -> what they do on this ticket, and when they last said so."""
    return f"presence:{ticket_id}"


def drafts(agent_id: str) -> str:
    """Hash with a lifetime: ticket id -> what this agent has typed there and not yet sent, as JSON."""
    return f"drafts:{agent_id}"


def read_marks(agent_id: str) -> str:
    """Zset: ticket id by the instant (Unix seconds) up to which this agent has read it."""
    return f"read:{agent_id}"


def hashed(text: str) -> str:
    """40 hex digits that tell nothing of the text."""
    return blake2b(text.encode(), digest_size=20).hexdigest()
