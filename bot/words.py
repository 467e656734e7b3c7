"""Reading short texts kindly: accents, case, one typo, numbers in words. It knows nothing of questions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

SHORT = 60
"""Characters: longer texts tell a story and are not compared with the names of choices."""

_NUMBERS = (
    ("1", "one", "un", "une", "uno", "una", "first", "premier", "premiere", "primero", "primera"),
    ("2", "two", "deux", "dos", "second", "deuxieme", "seconde", "segundo", "segunda"),
    ("3", "three", "trois", "tres", "third", "troisieme", "tercero", "tercera"),
    ("4", "four", "quatre", "cuatro", "fourth", "quatrieme", "cuarto", "cuarta"),
    ("5", "five", "cinq", "cinco", "fifth", "cinquieme", "quinto", "quinta"),
    ("6", "six", "seis", "sixth", "sixieme", "sexto", "sexta"),
)
_TINTS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d]")  # what makes one 👍 differ from another


def listed(text: str) -> tuple[str, ...]:
    """The phrases of a table that separates them by commas, over as many lines as it likes."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


_BESIDE_A_NUMBER = frozenset(
    listed("option,opcion,number,numero,num,choice,choix,the,le,la,el,lo,one,please,svp,stp,por,favor")
)
NOT = frozenset(
    listed(
        "not,no,non,ne,n,pas,t,isn,aren,don,dont,doesn,doesnt,wont,cant,never,jamais,sin,sans,nada,nunca,ni"
    )
)
"""Words, folded, that turn the next one into its contrary."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that may be chosen, and every name by which people call it."""

    key: str
    names: tuple[str, ...]


def on_one_line(text: str) -> str:
    """The text without line breaks; a dot between two lines where no sentence ends."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    parted = [line if line[-1] in ".!?…:;,»" else f"{line} ·" for line in lines[:-1]]
    return " ".join((*parted, *lines[-1:]))


def fold(text: str) -> str:
    """The text without case and accents, so that “Élevée” and “elevee” are the same."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", _TINTS.sub("", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> tuple[str, ...]:
    """Its words, folded; an apostrophe parts two words."""
    return tuple(re.findall(r"\w+", fold(text)))


_POLITE = frozenset(
    map(
        tokens,
        listed(
            "please,pls,thanks,thank you,svp,stp,s il vous plait,s il te plait,merci,merci beaucoup,por favor,porfa,"
            "gracias,muchas gracias,it,then,alors,donc,pues,entonces"
        ),
    )
)
_SIZES = range(1, 9)
"""Words of a phrase in our tables, at most."""


def count_words(text: str) -> int:
    """How many words somebody wrote; emoji and marks are none."""
    return len(re.findall(r"\w[\w'’-]*", text))


def is_near(one: str, other: str) -> bool:
    """Whether two folded names are the same but for one typo. Short names and digits must be exact."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return _is_one_edit(short, long) and re.findall(r"\d", one) == re.findall(r"\d", other)


def _is_one_edit(short: str, long: str) -> bool:
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short[at:] == swapped


def read_number(text: str) -> int | None:
    """The number that the whole text is: “2”, “2.”, “nº 2”, “the second one”, “deux”."""
    words = [word for word in tokens(text) if word not in _BESIDE_A_NUMBER] if len(text) <= SHORT else []
    if not words and len(text) <= SHORT and tokens(text) == ("one",):
        return 1
    if len(words) != 1:
        return None
    if words[0].isdecimal():
        return int(words[0])
    return next((n for n, names in enumerate(_NUMBERS, 1) if words[0] in names), None)


def press(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the pick that is meant: by its name, nearly its name, or its number, politely or not.

    None when nothing is meant, or when more than one thing might be.
    """
    if len(text) > SHORT:
        return None
    return by_name(text, picks) or _by_number(text, picks) or _politely(text, picks)


def choose(text: str, picks: Sequence[Pick]) -> str | None:
    """Like `press`, and also when a short text names one pick among other words: “I think billing”."""
    return press(text, picks) or _in_passing(text, picks)


def by_name(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the pick whose name the whole text is, exactly or but for one typo."""
    said = _plain(text)
    if not said:
        return None
    names = [(pick.key, _plain_name(name)) for pick in picks for name in pick.names]
    alike = ((key, name) for key, name in names if abs(len(name) - len(said)) <= 1)
    return _only(key for key, name in names if name == said) or _only(
        key for key, name in alike if is_near(name, said)
    )


def _plain(text: str) -> str:
    return " ".join(tokens(text)) or fold(text).strip()


@lru_cache(4096)
def _plain_name(name: str) -> str:
    return _plain(name)


@lru_cache(4096)
def name_tokens(name: str) -> tuple[str, ...]:
    """`tokens` of a name from our tables or from the policy, kept: they are compared with every message."""
    return tokens(name)


def _politely(text: str, picks: Sequence[Pick]) -> str | None:
    words = tokens(text)
    if len(words) < 2 or is_made_of(words, _POLITE):
        return None
    meant = ((pick.key, frozenset(map(name_tokens, pick.names)) | _POLITE) for pick in picks)
    return _only(key for key, phrases in meant if is_made_of(words, phrases))


def _by_number(text: str, picks: Sequence[Pick]) -> str | None:
    number = read_number(text)
    return picks[number - 1].key if number and number <= len(picks) else None


def _in_passing(text: str, picks: Sequence[Pick]) -> str | None:
    words = tokens(text)
    return None if len(words) > 8 or len(text) > SHORT else mentioned(text, picks)


def mentioned(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the one pick that the text names among other words, unless a “not” stands before it."""
    words = tokens(text)
    begun = _by_first_word(tuple(picks))
    places = [
        (key, at)
        for at, word in enumerate(words)
        for key, name in begun.get(word, ())
        if words[at : at + len(name)] == name
    ]
    if NOT & {word for _, at in places for word in words[max(0, at - 4) : at]}:
        return None
    return _only(key for key, _ in places)


@lru_cache(512)
def _by_first_word(picks: tuple[Pick, ...]) -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """Every name of every pick, found by its first word: a message is compared with a few names, not all."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for pick in picks:
        for name in map(name_tokens, pick.names):
            if name:
                found.setdefault(name[0], []).append((pick.key, name))
    return found


def is_made_of(words: Sequence[str], phrases: AbstractSet[tuple[str, ...]]) -> bool:
    """Whether these words are nothing but such phrases, one after another."""
    reached = {0}
    for at in range(len(words)):
        if at in reached:
            reached |= {at + size for size in _SIZES if tuple(words[at : at + size]) in phrases}
    return len(words) > 0 and len(words) in reached


def squeezed(word: str) -> str:
    """The word without its drawl: “merciiii” is “merci”."""
    return re.sub(r"(.)\1{2,}", r"\1", word)


def _only(keys: Iterable[str]) -> str | None:
    found = set(keys)
    return found.pop() if len(found) == 1 else None
