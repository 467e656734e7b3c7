"""Templates that the sandbox has from the start, approved: those that the desk's demo policy names."""

from sandbox.whatsapp.state import Template

BUTTON = "write_again"  # what the tap sends back

_ANSWER = {
    "en": ("There is an answer to your request #{{1}}. Tap the button, or write to us, and it comes at once.", "Show it to me"),
    "fr": ("Une réponse à votre demande #{{1}} vous attend. Touchez le bouton ou écrivez-nous, et vous la recevrez aussitôt.", "La lire"),
    "es": ("Hay una respuesta a su solicitud #{{1}}. Toque el botón o escríbanos y la recibirá enseguida.", "Verla"),
}  # fmt: skip  # noqa: E501
_ALERT = {
    "en": ("There is an alert about #{{1}}. Tap the button, or write to us, and it comes at once.", "Show it to me"),
    "fr": ("Une alerte sur #{{1}} vous attend. Touchez le bouton ou écrivez-nous, et vous la recevrez aussitôt.", "La lire"),
    "es": ("Hay una alerta sobre #{{1}}. Toque el botón o escríbanos y la recibirá enseguida.", "Verla"),
}  # fmt: skip  # noqa: E501
_SIDS = {
    "answer_waiting": "HX5a9db0c0a0000000000000000000000",
    "alert_waiting": "HX5a9db0c0b0000000000000000000000",
}
_DIGITS = {"en": "1", "fr": "2", "es": "3"}


def ready() -> dict[str, Template]:
    """By SID: `HX5a9db0c0a…1` is the one for an answer in English, `…b…2` the one for an alert in French."""
    made = [
        _template(name, locale, *words)
        for name, texts in (("answer_waiting", _ANSWER), ("alert_waiting", _ALERT))
        for locale, words in texts.items()
    ]
    return {template.sid: template for template in made}


def _template(name: str, locale: str, body: str, button: str) -> Template:
    return Template(
        sid=_SIDS[name] + _DIGITS[locale],
        friendly_name=name,
        language=locale,
        variables={},
        types={"twilio/quick-reply": {"body": body, "actions": [{"title": button, "id": BUTTON}]}},
        created_at="2026-01-01T00:00:00+00:00",
        approval="approved",
        approval_name=name,
        category="UTILITY",
    )
