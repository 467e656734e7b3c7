"""Hears which language somebody writes: their wish first, then their words. It never asks and never raises.

Known words decide; letters, and langdetect, speak for words that nobody knows; the hint only breaks a tie.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.messages.inbound import DetectedLanguage
from bot.messages.localized import LOCALES
from i18n.chat_vocabulary import BORROWED, OPENINGS, SHORTHAND, SUPPORT_WORDS
from i18n.langdetect_fallback import langdetect_scores
from i18n.language_requests import requested_locale
from i18n.word_table import FOREIGN, Scores, Word, look_up_word, score_word

SURE_MARGIN = 2.3  # log likelihood by which the best must lead: 10 to 1
UNSURE_MARGIN = 1.0  # where langdetect is asked too, when no word is known
EARLY_STOP_MARGIN = 25.0  # nothing that follows would change our mind
SHORTHAND_WEIGHT, SUPPORT_WORD_WEIGHT = 5.0, 3.0  # what chat shorthand says, and a word of support desks
MOST_LETTERS, MOST_WORDS = 2000, 150
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
    """The language of one message. `hint`: a language tag (`fr`, `es-MX`) or a country in capitals (`GB`)."""
    locale = requested_locale(text)
    hinted = hinted_locale(hint)
    if locale:
        return DetectedLanguage(locale, is_sure=True, is_wish=True, hint=hinted)
    found = _collect_evidence(text)
    if found.words == 0 or found.is_foreign:
        return DetectedLanguage(hint=hinted)
    likely = found.likely(SURE_MARGIN)
    if len(likely) > 1 and hinted in likely:
        return DetectedLanguage(hinted, hint=hinted)
    return DetectedLanguage(likely[0], is_sure=len(likely) == 1, hint=hinted)


def best_guess(text: str) -> str:
    """The likeliest locale, whatever the margin; for when nobody can be asked."""
    return requested_locale(text) or _collect_evidence(text).likely(0.0)[0]


def hinted_locale(hint: str) -> str:
    """The locale that a language tag or a country points to; "" when it is none of ours."""
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
    strange: int = 0

    @property
    def is_foreign(self) -> bool:
        """Most of the words, or several of a few, are those of another language."""
        return self.strange * 2 > self.words or (self.strange >= 2 and self.strange * 3 >= self.words)

    def add(self, word: Word) -> None:
        self.add_scores(word.scores)
        self.words += 1
        self.known += word.is_known
        self.strange += word.is_foreign

    def add_scores(self, scores: Scores) -> None:
        en, fr, es = scores
        self.en, self.fr, self.es = self.en + en, self.fr + fr, self.es + es

    def likely(self, margin: float) -> list[str]:
        """Locales within `margin` of the best, best first."""
        scores = sorted(zip((self.en, self.fr, self.es), LOCALES, strict=True), key=lambda pair: -pair[0])
        return [locale for score, locale in scores if scores[0][0] - score <= margin]


def _collect_evidence(text: str) -> _Evidence:
    found = _Evidence()
    words = _words(text)
    found.add_scores(_opening(words))
    for word in words:
        found.add(_word(word))
        if found.words >= MOST_WORDS or (found.words > 8 and len(found.likely(EARLY_STOP_MARGIN)) == 1):
            break
    if found.words and not found.known and len(found.likely(UNSURE_MARGIN)) > 1:
        found.add_scores(langdetect_scores(text[:MOST_LETTERS]).scores)
    return found


def _opening(words: list[str]) -> Scores:
    locale = OPENINGS.get(tuple(words[:2]))
    return _only(locale) if locale else (0.0, 0.0, 0.0)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text.strip()[:MOST_LETTERS]).lower().replace("’", "'")
    found = _WORD.findall(_ASIDE.sub(" ", plain))
    return [word for word in found if word in _shorthand() or not _NO_WORD.search(word)]


def _word(word: str) -> Word:
    """What a word says as typed: as chat shorthand, as the table has it, unstretched, or in its parts."""
    spoken = _shorthand().get(word)
    if spoken:
        return spoken
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
    """A borrowed word counts for little."""
    en, fr, es = (score / 4 for score in word.scores)
    return word._replace(scores=(en, fr, es))


def _parts(word: str) -> Word:
    """“l'appli”: the sum of what its parts say."""
    parts = [_word(part) for part in word.split("'")]
    en, fr, es = (sum(part.scores[index] for part in parts) for index in range(3))
    return Word((en, fr, es), is_known=any(part.is_known for part in parts))


@cache
def _shorthand() -> dict[str, Word]:
    """Chat shorthand, and the opening marks of Spanish, speak up; the words of support desks lean."""
    found = {word: Word(_only(*locales)) for word, locales in _speakers(SHORTHAND).items()}
    leaning = {
        word: Word(_only(*locales, by=SUPPORT_WORD_WEIGHT))
        for word, locales in _speakers(SUPPORT_WORDS).items()
    }
    return leaning | found | dict.fromkeys("¿¡", Word(_only("es")))


def _speakers(lists: Mapping[str, str]) -> dict[str, set[str]]:
    """The locales that list each word."""
    words = {word for listed in lists.values() for word in listed.split()}
    return {word: {locale for locale, listed in lists.items() if word in listed.split()} for word in words}


def _only(*spoken: str, by: float = SHORTHAND_WEIGHT) -> Scores:
    en, fr, es = (0.0 if locale in spoken else -by for locale in LOCALES)
    return en, fr, es
