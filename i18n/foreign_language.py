"""Tells which language a message is in that we don't speak, by its script or by its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.messages.foreign_languages import FOREIGN_LANGUAGES
from bot.messages.localized import LOCALES
from i18n.chat_vocabulary import BORROWED
from i18n.foreign_scripts import is_latin, language_of_script
from i18n.foreign_table import LANGUAGES, score_word
from i18n.foreign_vocabulary import IN_LATIN_LETTERS, LETTERS, OTHER_LANGUAGES, SENTENCE_WORDS
from i18n.word_table import Scores

MARGIN = 3.3  # log likelihood by which another language must lead ours
DOUBTFUL_MARGIN = 1.5  # from this lead on, we ask
EARLY_STOP_MARGIN = 20.0  # later words couldn't change the result
WORST = 6.0  # log likelihood that one word can take from a language
UNKNOWN_WEIGHT, BORROWED_WEIGHT = 0.5, 0.25
OUR_WORD_LEAD = 2.0  # log likelihood by which our own chat words lead other languages
GREETING_MARGIN = 1.0  # log likelihood by which a foreign greeting must be less likely in ours
MIN_GREETING_LETTERS = 3  # shorter words have too many meanings
MAX_WORDS = 60
_OURS = len(LOCALES)
_STRETCHED = re.compile(r"(.)\1\1+")
_OTHER_WORDS = frozenset(OTHER_LANGUAGES.split())
_CHINESE_SIGNS = frozenset(SENTENCE_WORDS["zh"].split())
_SENTENCE_WORDS = {language: frozenset(words.split()) for language, words in SENTENCE_WORDS.items()}
_SPELT = {word: language for language, words in IN_LATIN_LETTERS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a message tells about languages other than ours."""

    code: str = ""  # one of FOREIGN_LANGUAGES
    is_sentence: bool = False  # it has words that names don't have
    is_doubtful: bool = False  # perhaps another language, perhaps ours


def find_foreign(words: Sequence[str], own_words: Mapping[str, Scores]) -> Foreign:
    """Identify the language of these lower-case words. `own_words`: chat words that count for our languages."""
    plain = [word for word in words[:MAX_WORDS] if word[0].isalpha()]
    if not is_latin(plain):
        return _found(language_of_script(plain), plain)
    spelt = next((_SPELT[word] for word in plain[:2] if word in _SPELT), "")
    if spelt:
        return _found(spelt, plain)
    if sum(word in _OTHER_WORDS for word in plain) > 1:
        return Foreign(is_doubtful=True)
    return _by_words(plain, own_words)


def _found(code: str, words: Sequence[str]) -> Foreign:
    if code == "zh":
        return Foreign(code, is_sentence=not _CHINESE_SIGNS.isdisjoint("".join(words)))
    return Foreign(
        code, is_sentence=len(words) > 1 and not _SENTENCE_WORDS.get(code, set()).isdisjoint(words)
    )


def _by_words(words: Sequence[str], own_words: Mapping[str, Scores]) -> Foreign:
    sums, known = [0.0] * len(LANGUAGES), False
    parts = [part for word in words for part in _parts(word)]
    for count, word in enumerate(parts):
        known = known or score_word(word).is_known or word in _greetings()
        sums = [before + score for before, score in zip(sums, _weighed(word, own_words), strict=True)]
        if count > 8 and abs(max(sums[_OURS:]) - max(sums[:_OURS])) > EARLY_STOP_MARGIN:
            break
    scores = dict(zip(LANGUAGES, sums, strict=True))
    best = max(_with_these_letters(words), key=scores.__getitem__, default="")
    if not best or not known:
        return Foreign()
    lead = scores[best] - max(sums[:_OURS])
    return _found(best, words) if lead >= MARGIN else Foreign(is_doubtful=lead >= DOUBTFUL_MARGIN)


def _parts(word: str) -> list[str]:
    """The word; without stretched letters; or, if the table doesn't have it, the parts of “l'appli”."""
    if not score_word(word).is_known and _STRETCHED.search(word):
        word = _STRETCHED.sub(r"\1", word)
    return [word] if score_word(word).is_known else [part for part in word.split("'") if part]


def _weighed(word: str, own_words: Mapping[str, Scores]) -> list[float]:
    found = score_word(word)
    weight = 1.0 if found.is_known else UNKNOWN_WEIGHT
    weight = BORROWED_WEIGHT if word in BORROWED else weight
    scores = [max(score, -WORST) * weight for score in found.scores]
    if word not in own_words:
        is_greeting = word in _greetings() and max(scores[:_OURS]) < -GREETING_MARGIN
        return (
            [0.0 if code in _greetings()[word] else -WORST for code in LANGUAGES] if is_greeting else scores
        )
    ours = [0.0 if own == 0 else score for own, score in zip(own_words[word], scores[:_OURS], strict=True)]
    return ours + [min(score, -OUR_WORD_LEAD) if score else score for score in scores[_OURS:]]


@cache
def _greetings() -> dict[str, set[str]]:
    """The languages that greet or thank with each word."""
    found: dict[str, set[str]] = {}
    for code, theirs in FOREIGN_LANGUAGES.items():
        for word in theirs.courtesies.replace(",", " ").split():
            if len(word) >= MIN_GREETING_LETTERS:
                found.setdefault(word, set()).add(code)
    return found


def _with_these_letters(words: Sequence[str]) -> list[str]:
    """The languages that have most of the letters beyond a to z in these words."""
    used = [letter for word in words for letter in word if letter.isalpha() and not letter.isascii()]
    return [
        language
        for language, letters in LETTERS.items()
        if sum(letter not in letters for letter in used) * 2 <= len(used)
    ]
