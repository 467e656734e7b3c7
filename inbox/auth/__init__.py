"""Signing in and out, the agent's own profile, and the link to their Telegram account."""
