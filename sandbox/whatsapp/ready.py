"""Approved templates that exist from the start: those that the demo policy names."""

from sandbox.whatsapp.state import Template

BUTTON = "write_again"  # the payload of the button

ANSWER = {
    "en": "There’s an answer to your request #{{1}}. Tap below or reply, and we’ll send it right away.",
    "fr": "Une réponse à votre demande #{{1}} vous attend. Touchez le bouton ou écrivez-nous pour la recevoir.",
    "es": "Hay una respuesta a su solicitud #{{1}}. Toque el botón o escríbanos y se la enviaremos enseguida.",
}
ALERT = {
    "en": "There’s an alert about #{{1}}. Tap below or reply, and we’ll send it right away.",
    "fr": "Une alerte sur #{{1}} vous attend. Touchez le bouton ou écrivez-nous pour la recevoir.",
    "es": "Hay una alerta sobre #{{1}}. Toque el botón o escríbanos y se la enviaremos enseguida.",
}
BUTTON_LABELS = {"en": "Show it to me", "fr": "La lire", "es": "Verla"}
_NUMBERS = {"en": 1, "fr": 2, "es": 3}


def default_templates() -> dict[str, Template]:
    """By SID: the last digit stands for the language, `a` or `b` for answer or alert."""
    made = [
        _template(name, f"HX5a9db0c0{letter}{_NUMBERS[locale]:023d}", locale, body)
        for letter, name, bodies in (("a", "answer_waiting", ANSWER), ("b", "alert_waiting", ALERT))
        for locale, body in bodies.items()
    ]
    return {template.sid: template for template in made}


def _template(name: str, sid: str, locale: str, body: str) -> Template:
    return Template(
        sid=sid,
        friendly_name=name,
        language=locale,
        variables={},
        types={
            "twilio/quick-reply": {"body": body, "actions": [{"title": BUTTON_LABELS[locale], "id": BUTTON}]}
        },
        created_at="2026-01-01T00:00:00+00:00",
        approval="approved",
        approval_name=name,
        category="UTILITY",
    )
