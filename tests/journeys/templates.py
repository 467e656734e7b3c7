"""A policy with WhatsApp templates that really exist in the sandbox, approved."""

import base64
import json
import urllib.request
from pathlib import Path
from typing import Any

from sandbox import credentials
from sandbox.control_client import Sandbox

WAITING = {
    "en": "There is an answer to your request #{{1}}. Tap the button, or write to us, and it comes at once.",
    "fr": "Une réponse à votre demande #{{1}} vous attend. Touchez le bouton ou écrivez-nous pour la recevoir.",
    "es": "Hay una respuesta a su solicitud #{{1}}. Toque el botón o escríbanos y la recibirá al instante.",
}
SHOW = {"en": "Show it to me", "fr": "La lire", "es": "Verla"}


def made(sandbox: Sandbox, path: str, content: dict[str, Any]) -> dict[str, Any]:
    """One POST to the emulated Twilio; its answer."""
    secret = f"{credentials.TWILIO_ACCOUNT_SID}:{credentials.TWILIO_AUTH_TOKEN}".encode()
    headers = {
        "Content-Type": "application/json",
        "Authorization": "Basic " + base64.b64encode(secret).decode(),
    }
    request = urllib.request.Request(sandbox.url + path, json.dumps(content).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def template(sandbox: Sandbox, locale: str, types: dict[str, Any], *, is_approved: bool = True) -> str:
    """The SID of a new template."""
    content = {"friendly_name": "a test", "language": locale, "types": types}
    sid = str(made(sandbox, "/v1/Content", content)["sid"])
    if is_approved:
        order = {"name": "a_test", "category": "UTILITY"}
        made(sandbox, f"/v1/Content/{sid}/ApprovalRequests/whatsapp", order)
    return sid


def waiting_templates(sandbox: Sandbox, *, is_approved: bool = True) -> dict[str, str]:
    """“You have an answer” in each language, with its button."""
    return {
        locale: template(
            sandbox,
            locale,
            {
                "twilio/quick-reply": {
                    "body": body,
                    "actions": [{"title": SHOW[locale], "id": "write_again"}],
                }
            },
            is_approved=is_approved,
        )
        for locale, body in WAITING.items()
    }


def policy_with(demo: Path, folder: Path, whatsapp: str) -> Path:
    """The demo policy with a `[whatsapp]` section of its own in place of the last one."""
    path = folder / f"policy-{abs(hash(whatsapp))}.toml"
    path.write_text(f"{demo.read_text().partition('[whatsapp]')[0]}\n{whatsapp}\n")
    return path


def table(sids: dict[str, str]) -> str:
    """As TOML writes one template in each language."""
    return "{ " + ", ".join(f'{locale} = "{sid}"' for locale, sid in sids.items()) + " }"
