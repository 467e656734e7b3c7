"""Whether a message forbids sending: “don't send anything”, “n'envoyez rien”, “no mandes nada”.

Nothing may be sent against such words, whatever else is likely, so that a rule decides and not the model.
"""

import re

_FORBIDS = re.compile(
    r"\b(?:do(?:n[’']?t| not)|never|no need to|rather not|please not|not to|stop)\s+(?:\w+\s+){0,2}?"
    r"(?:send|sending|submit|(?:open|file|log|raise)\s+(?:it|an?|the|any)\s*(?:thing|ticket|request|case)?\b)"
    r"|\bn(?:e |[’'])(?:(?:l|la|le|les|me|nous|vous)[’' ]\s*)?(?:envo\w+|transme\w+|ouvrez|validez|soumet\w+|créez)"
    r"|\b(?:pas d[’']envoi|(?:rien|pas|pas la peine d[’']|inutile d[’']) ?envoyer)\b"
    r"|\b(?:envoi\w*|envoy\w+)\s+(?:pas|rien)\b"
    r"|\bno\s+(?:(?:la|lo|me|le|se|quiero|hace falta|hay que|que|vayas? a|vaya a)\s+){0,3}"
    r"(?:mand\w+|env[ií]\w+|tramit\w+)|\bno\s+(?:la|lo)\s+(?:abr\w+|registr\w+)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?¿]")


def forbids_sending(text: str) -> bool:
    """Whether it says not to send the request, and doesn't ask about it."""
    return bool(_FORBIDS.search(text[:2000])) and not _QUESTION.search(text[:2000])
