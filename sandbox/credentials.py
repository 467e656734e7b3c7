"""Fixed development credentials of the sandbox: public on purpose, useless at the real providers."""

from typing import Final

TWILIO_ACCOUNT_SID: Final = "AC5a9db0c5a9db0c5a9db0c5a9db0c5a9d"
TWILIO_AUTH_TOKEN: Final = "5a9db0c0ffee5a9db0c0ffee5a9db0c0"  # noqa: S105
TWILIO_WHATSAPP_NUMBER: Final = "+15005550006"

TELEGRAM_BOT_ID: Final = 5009000
TELEGRAM_BOT_TOKEN: Final = f"{TELEGRAM_BOT_ID}:sandbox-AAE5a9db0c5a9db0c5a9db0c5a9db"
TELEGRAM_BOT_USERNAME: Final = "guichet_sandbox_bot"
TELEGRAM_WEBHOOK_SECRET: Final = "sandbox-webhook-secret"  # noqa: S105

TELEGRAM_MANAGER_CHAT: Final = 700100
TELEGRAM_INBOX_CHAT: Final = -1002000000001
TELEGRAM_AGENTS: Final = ((700201, "Ana", "ana_agent"), (700202, "Bruno", "bruno_agent"))
