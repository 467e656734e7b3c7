"""Telegram through its Bot API: webhook parsing, sending, the agents' forum, and errors."""
