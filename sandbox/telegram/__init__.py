"""The emulated Telegram Bot API and its phones."""
