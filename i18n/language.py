"""Detects the language of a message: an explicit request first, then its words. It never raises.

A language that isn't ours is identified first. Then known words decide; letter statistics and langdetect score unknown
words. The hint only breaks a tie.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.messages.inbound import DetectedLanguage
from bot.messages.localized import LOCALES
from i18n.chat_vocabulary import BORROWED, OPENINGS, SHORTHAND, SUPPORT_WORDS
from i18n.foreign_language import find_foreign
from i18n.langdetect_fallback import langdetect_scores
from i18n.language_requests import requested_locale
from i18n.word_table import FOREIGN, Scores, Word, look_up_word, score_word

SURE_MARGIN = 2.3  # log likelihood by which the best language must lead: 10 to 1
UNSURE_MARGIN = 1.0  # below this lead, and without known words, langdetect is used too
EARLY_STOP_MARGIN = 25.0  # later words couldn't change the result
SHORTHAND_WEIGHT, SUPPORT_WORD_WEIGHT = 5.0, 3.0  # log likelihood per word
MAX_LETTERS, MAX_WORDS = 2000, 150
COUNTRIES = {
    "en": "GB IE US AU NZ ZA IN NG GH KE SG MT JM TT",
    "fr": "FR MC SN CI ML BF NE TG BJ CG CD GA CM GP MQ RE GF",
    "es": "ES MX AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PA UY GQ PR",
}
_ASIDE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[#@/]\w+")
_WORD = re.compile(r"\w+(?:'\w+)*|[¿¡]")
_NO_WORD = re.compile(r"[\d_]")
_STRETCHED = re.compile(r"(.)\1\1+")


def detect_language(text: str, hint: str = "") -> DetectedLanguage:
    """Detect the language of one message. `hint`: a language tag (`fr`, `es-MX`) or country code (`GB`)."""
    locale = requested_locale(text)
    hinted = hinted_locale(hint)
    if locale:
        return DetectedLanguage(locale, is_sure=True, is_wish=True, hint=hinted)
    foreign = find_foreign(_words(text), _own_words())
    if foreign.code:
        return DetectedLanguage(hint=hinted, foreign=foreign.code, is_sentence=foreign.is_sentence)
    found = _collect_evidence(text)
    if found.words == 0 or found.is_foreign:
        return DetectedLanguage(hint=hinted)
    likely = found.likely(SURE_MARGIN)
    if len(likely) > 1 and hinted in likely:
        return DetectedLanguage(hinted, hint=hinted)
    is_sure = len(likely) == 1 and not foreign.is_doubtful
    return DetectedLanguage(likely[0], is_sure=is_sure, hint=hinted)


def best_guess(text: str) -> str:
    """Return the likeliest locale, however uncertain; for when we can't ask the customer."""
    return requested_locale(text) or _collect_evidence(text).likely(0.0)[0]


def hinted_locale(hint: str) -> str:
    """Return the locale of a language tag or country code; "" if it isn't one of ours."""
    language = re.split(r"[-_]", hint.strip(), maxsplit=1)[0]
    if language.lower() in LOCALES:
        return language.lower()
    return next((locale for locale, countries in COUNTRIES.items() if language in countries.split()), "")


@dataclass(slots=True)
class _Evidence:
    en: float = 0.0
    fr: float = 0.0
    es: float = 0.0
    words: int = 0
    known: int = 0
    foreign: int = 0

    @property
    def is_foreign(self) -> bool:
        """Whether most words, or at least two and a third of them, are of another language."""
        return self.foreign * 2 > self.words or (self.foreign >= 2 and self.foreign * 3 >= self.words)

    def add(self, word: Word) -> None:
        self.add_scores(word.scores)
        self.words += 1
        self.known += word.is_known
        self.foreign += word.is_foreign

    def add_scores(self, scores: Scores) -> None:
        en, fr, es = scores
        self.en, self.fr, self.es = self.en + en, self.fr + fr, self.es + es

    def likely(self, margin: float) -> list[str]:
        """Return the locales within `margin` of the best, best first."""
        scores = sorted(zip((self.en, self.fr, self.es), LOCALES, strict=True), key=lambda pair: -pair[0])
        return [locale for score, locale in scores if scores[0][0] - score <= margin]


def _collect_evidence(text: str) -> _Evidence:
    found = _Evidence()
    words = _words(text)
    found.add_scores(_opening(words))
    for word in words:
        found.add(_word(word))
        if found.words >= MAX_WORDS or (found.words > 8 and len(found.likely(EARLY_STOP_MARGIN)) == 1):
            break
    if found.words and not found.known and len(found.likely(UNSURE_MARGIN)) > 1:
        found.add_scores(langdetect_scores(text[:MAX_LETTERS]).scores)
    return found


def _opening(words: list[str]) -> Scores:
    locale = OPENINGS.get(tuple(words[:2]))
    return _only(locale) if locale else (0.0, 0.0, 0.0)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text.strip()[:MAX_LETTERS]).lower().replace("’", "'")
    found = _WORD.findall(_ASIDE.sub(" ", plain))
    return [word for word in found if word in _shorthand() or not _NO_WORD.search(word)]


def _word(word: str) -> Word:
    """Score a word: as chat shorthand, from the table, without stretched letters, or by its parts."""
    shorthand = _shorthand().get(word)
    if shorthand:
        return shorthand
    if word in BORROWED:
        return _score_borrowed(score_word(word))
    if "'" in word and not look_up_word(word):
        return _parts(word)
    if _STRETCHED.search(word) and not look_up_word(word):
        return _word(_STRETCHED.sub(r"\1", word))
    if not word[0].isascii() and ord(word[0]) > 0x24F:
        return FOREIGN
    return score_word(word)


def _score_borrowed(word: Word) -> Word:
    """A word that all three languages share counts for little."""
    en, fr, es = (score / 4 for score in word.scores)
    return word._replace(scores=(en, fr, es))


def _parts(word: str) -> Word:
    """Score “l'appli” as the sum of its parts."""
    parts = [_word(part) for part in word.split("'")]
    en, fr, es = (sum(part.scores[index] for part in parts) for index in range(3))
    return Word((en, fr, es), is_known=any(part.is_known for part in parts))


@cache
def _shorthand() -> dict[str, Word]:
    """Chat shorthand and Spanish opening marks count strongly, support words less."""
    found = {word: Word(_only(*locales)) for word, locales in _locales_by_word(SHORTHAND).items()}
    support = {
        word: Word(_only(*locales, by=SUPPORT_WORD_WEIGHT))
        for word, locales in _locales_by_word(SUPPORT_WORDS).items()
    }
    return support | found | dict.fromkeys("¿¡", Word(_only("es")))


@cache
def _own_words() -> dict[str, Scores]:
    """Chat words that count for our languages against others."""
    return {word: found.scores for word, found in _shorthand().items()}


def _locales_by_word(lists: Mapping[str, str]) -> dict[str, set[str]]:
    """Map each word to the locales that list it."""
    words = {word for listed in lists.values() for word in listed.split()}
    return {word: {locale for locale, listed in lists.items() if word in listed.split()} for word in words}


def _only(*locales: str, by: float = SHORTHAND_WEIGHT) -> Scores:
    en, fr, es = (0.0 if locale in locales else -by for locale in LOCALES)
    return en, fr, es
