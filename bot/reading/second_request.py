"""Finds a second request in a story: “The screen stays dark. Also, can you create a login for Maya?”

It needs words that change the subject, and a second part that asks for something else. One problem told in two
sentences is never split: in doubt, it's one.
"""

import re

from bot.policy.policy import Policy
from bot.reading.acts import DIGRESSIONS, ActKind
from bot.reading.choices import category_meant
from bot.reading.read import read
from bot.reading.situations import Situation
from bot.reading.vague_words import VAGUE
from bot.text.normalise import count_words, tokens
from bot.text.small_talk import has_no_content

_EXPLICIT = (
    r"(?:i|we)(?: also)? have (?:another|a second|a different|one more) (?:problem|issue|request|question)",
    r"another (?:problem|issue|request|question)", r"(?:a )?second (?:problem|issue|request|question)",
    r"(?:completely |totally )?unrelated", r"on (?:another|a different) (?:note|subject|topic)",
    r"(?:j[’']ai|on a|nous avons)(?: aussi)? (?:un autre|une autre|un deuxième|une deuxième|un second|une seconde) "
    r"(?:problème|souci|demande|question)",
    r"(?:un )?autre (?:problème|souci|sujet)", r"(?:une )?autre (?:demande|question)",
    r"(?:rien à voir|sans rapport)",
    r"(?:tengo|tenemos)(?: también)? (?:otro|un segundo) (?:problema|tema|asunto)",
    r"(?:tengo|tenemos)(?: también)? otra (?:consulta|solicitud|pregunta|duda)",
    r"otro (?:problema|tema|asunto)", r"otra (?:consulta|solicitud|pregunta)", r"nada que ver",
)  # fmt: skip
_STRONG = (
    r"(?:and )?(?:one more|one other|another|the other|a different) thing", r"separately",
    r"while (?:you[’']?re|you are|i[’']?m|i am|we[’']?re|we are|i have you) (?:at it|here|on it)?",
    r"(?:une )?autre chose", r"(?:pendant|tant) qu(?:e j[’']|[’']on |e vous )y (?:suis|est|êtes)",
    r"j[’']en profite pour", r"(?:y )?otra cosa(?: más)?", r"ya que (?:estoy|estamos|están|está)",
    r"aprovecho (?:para|y)",
)  # fmt: skip
_WEAK = (
    r"also", r"plus", r"btw", r"by the way", r"in addition", r"additionally", r"aussi", r"également", r"en plus",
    r"par ailleurs", r"au passage", r"d[’']ailleurs", r"et sinon", r"sinon", r"también", r"además",
    r"por otro lado", r"de paso", r"por cierto", r"aparte",
)  # fmt: skip
_OPENING = r"(?:^|(?<=[.!?…;,\n])\s*|\s+[-–—]\s+)(?:(?:oh|ah|and|but|et|ou|y|e|pero|mais|ok|okay|bueno|bon)[,\s]+){0,3}"
_CUE = re.compile(
    rf"{_OPENING}(?:(?P<explicit>{'|'.join(_EXPLICIT)})|(?P<strong>{'|'.join(_STRONG)})|(?P<weak>{'|'.join(_WEAK)}))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|we|i|someone|somebody)|please|(?:i|we)(?: also)? (?:need|want)|"
    r"(?:i|we)[’']?d like|is it possible|would it be possible|how (?:do|can) (?:i|we)|"
    r"(?:vous )?(?:pouvez|pourriez|pourrait|peut)|peux tu|est-?il possible|serait-?il possible|"
    r"il (?:nous |me |lui )?(?:faut|faudrait)|(?:je|on|nous) (?:voudrai[ts]|voudrions|aimerai[ts]|aimerions|veut|veux)|"
    r"j[’'](?:aimerais|ai(?: aussi)? besoin)|on a(?: aussi)? besoin|merci de|comment (?:on|je|faire)|"
    r"(?:me |nos |se )?(?:pueden?|podrían?|podemos|puedo)|(?:necesito|necesitamos|quisiera|queremos|quiero|quería)|"
    r"(?:me|nos) gustaría|(?:nos )?hace falta|por favor|cómo (?:hago|hacemos|se))\b",
    re.IGNORECASE,
)
_MAKES_NEW = re.compile(
    r"\b(?:make|create|add|added|set up|rename|"
    r"créer|créez|ajouter|ajoutez|rajouter|renommer|crear|creen?|añadir|añadan?|agregar|agreguen?|dar de alta)\b|"
    r"\b(?:access|login|account|accès|compte|identifiants?|acceso|cuenta|usuario) (?:for|to|pour|à|para|a)\b|"
    r"\b(?:un (?:compte|accès|identifiant)|una cuenta|un (?:usuario|acceso)) ",
    re.IGNORECASE,
)
"""Something new, which no repair needs. With a weak cue, “can you check the cable?” may be about the same problem."""

_REFERS_BACK = frozenset(
    tokens(
        "it its this that these those them same again still ca cela ceci celui celle lui meme encore toujours "
        "eso esto ese esta este ello mismo misma otra_vez todavia sigue"
    )
)
_NO_REQUEST = (
    *DIGRESSIONS, ActKind.PERSON, ActKind.LANGUAGE, ActKind.STATUS, ActKind.CLOSE, ActKind.CANCEL, ActKind.CHANGE,
    ActKind.MY_DATA, ActKind.ERASE, ActKind.SEND, ActKind.HOLD,
)  # fmt: skip
_FEWEST_WORDS, _SURELY = 4, 0.6
_SUBJECT_LETTERS = 4
"""Letters: so long a word in both parts may be what both are about."""


def second_request(text: str, before: str, policy: Policy) -> str:
    """The words of a second request in `text`, which follows what was told `before`; "" if there's none."""
    for cue in _CUE.finditer(text):
        first, second = f"{before}\n{text[: cue.start()]}".strip(), text[cue.start() :].strip(" \t\n,;.-–—")
        if not has_no_content(first) and _is_another(cue, first, second, policy):
            return second
    return ""


def _is_another(cue: re.Match[str], first: str, second: str, policy: Policy) -> bool:
    """Whether the second part is a request of its own: the weaker the cue, the more must speak for it."""
    told = second[len(cue[0].strip()) :].strip(" \t,:;.-–—")
    meant = read(told, Situation.START, policy).find(*_NO_REQUEST)
    if count_words(told) < _FEWEST_WORDS or (meant and meant.confidence >= _SURELY):
        return False
    if cue["explicit"]:
        return _REFERS_BACK.isdisjoint(tokens(told))
    one, other = category_meant(first, policy).clear, category_meant(told, policy).clear
    is_same = not _REFERS_BACK.isdisjoint(tokens(told)) or not _subjects(first).isdisjoint(_subjects(told))
    if cue["strong"]:
        return bool(_ASKS.search(told)) and not is_same
    return bool(_ASKS.search(told) and _MAKES_NEW.search(told)) and not is_same and not (one and one == other)


def _subjects(text: str) -> frozenset[str]:
    """The words that it may be about."""
    plain = _ASKS.sub(" ", text)
    return frozenset(word for word in tokens(plain) if len(word) >= _SUBJECT_LETTERS) - VAGUE
