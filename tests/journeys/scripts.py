"""What customers say in each language, step by step, and what they must read back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """One customer's words."""

    locale: str
    person: dict[str, str]
    hello: str
    name: str
    company: str
    category: str  # the label of “something fails” in the demo policy
    affected: str
    story: str
    priority: str  # the label of “high”
    other_priority: str  # the label of “urgent”
    no_files: str
    send: str
    thanks: str
    more: str
    not_solved: str
    change: str  # “change line 4”
    opened: str  # what the confirmation says
    aim: str
    accepted: str
    raised: str  # what a changed priority says
    asked_back: str
    solved: str
    reopened: str


SCRIPTS = {
    "en": Script(
        "en", {"country": "GB", "language_code": "en"},
        "hello, the app does not work", "Emma Stone", "Stone Ltd", "Something fails", "the till",
        "Since this morning the screen stays white when I press pay", "High", "Urgent",
        "no", "send",
        "thank you!", "It also happens on the second till", "It is still not working, the screen is white again",
        "change 4", "is open, priority High", "We aim to answer by", "is now working on",
        "is now Urgent instead of High",
        "we need to know more", "is solved", "is open again",
    ),
    "fr": Script(
        "fr", {"country": "FR", "language_code": "fr"},
        "bonjour, l'appli ne marche pas", "Inès Martin", "Martin SARL", "Une panne", "la caisse",
        "Depuis ce matin l’écran reste blanc quand je clique sur Payer", "Élevée", "Urgente", "non", "envoyer",
        "merci !", "Cela arrive aussi sur la deuxième caisse", "Ça ne marche toujours pas, l’écran est encore blanc",
        "modifier 4", "est ouverte, priorité Élevée", "Nous visons une réponse", "s’occupe maintenant",
        "passe de «\u202fÉlevée\u202f» à «\u202fUrgente\u202f»", "il nous faut une précision", "résolue",
        "de nouveau ouverte",
    ),
    "es": Script(
        "es", {"country": "ES", "language_code": "es"},
        "hola, la aplicación no funciona", "Lucía Gómez", "Gómez SL", "Algo no funciona", "la caja",
        "Desde esta mañana la pantalla queda en blanco cuando pulso Pagar", "Alta", "Urgente", "no", "enviar",
        "¡gracias!", "También pasa en la segunda caja", "Sigue sin funcionar, la pantalla está otra vez en blanco",
        "cambiar 4", "está abierta, prioridad Alta", "Esperamos responderle", "se ocupa ahora",
        "pasa de Alta a Urgente", "necesitamos saber algo más", "resuelta", "abierta de nuevo",
    ),
}  # fmt: skip
