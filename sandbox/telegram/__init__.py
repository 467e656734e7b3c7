"""The emulated Telegram Bot API and the phones behind it."""
