"""The sandbox's own stickers: the page draws them; the desk gets a small picture and the emoji."""

import base64

STICKERS = {"thanks": "🙏", "yes": "👍", "love": "❤", "wow": "😮", "hurry": "⏰"}
STICKER_FILE = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
