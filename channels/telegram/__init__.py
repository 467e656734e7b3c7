"""Telegram through its Bot API: what comes in, what goes out, and how it fails."""
