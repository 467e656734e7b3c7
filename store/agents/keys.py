"""Redis keys of agents: their sessions, links, drafts, presence and API tokens.

Sign-in names and IP addresses are only in keys as hashes.
"""

from hashlib import blake2b

AGENTS = "agents"  # hash: agent id -> agent as JSON
LOGINS = "agents:sign-in-names"  # hash: sign-in name, in lower case -> agent id
TOKENS = "api-tokens"  # hash: token id -> token as JSON, with the revoked ones, which old threads name
NAMES_OF_TOKENS = "api-tokens:names"  # hash: name of an active token, in lower case -> token id
TOKENS_LAST_USED = "api-tokens:used"  # hash: token id -> when it was last used (ISO)
CANNED_REPLIES = "canned-replies"  # hash: reply id -> name and texts as JSON

BY_TELEGRAM_ID = "agents:by-telegram"  # hash: Telegram user id -> agent id


def telegram_link_code(code: str) -> str:
    """String, expires: the agent who got this code. The code itself isn't stored."""
    return f"telegram-code:{hashed(code)}"


def session(secret: str) -> str:
    """String, expires: the session whose cookie has this secret. The secret itself isn't stored."""
    return f"session:{hashed(secret)}"


def sign_in_link(token: str) -> str:
    """String, expires: a one-time sign-in link. The token itself isn't stored."""
    return f"sign-in-link:{hashed(token)}"


def login_attempts(kind: str, of: str) -> str:
    """Zset, expires: times of sign-in attempts for one account or from one IP address."""
    return f"guesses:{kind}:{hashed(of)}"


def presence(ticket_id: str) -> str:
    """Hash, expires: agent id -> what they do on this ticket, and when that was last reported."""
    return f"presence:{ticket_id}"


def drafts(agent_id: str) -> str:
    """Hash, expires: ticket id -> this agent's draft, as JSON."""
    return f"drafts:{agent_id}"


def read_marks(agent_id: str) -> str:
    """Zset: ticket id by the time (Unix seconds) up to which this agent has read it."""
    return f"read:{agent_id}"


def hashed(text: str) -> str:
    """A hash of the text, 40 hex digits."""
    return blake2b(text.encode(), digest_size=20).hexdigest()
