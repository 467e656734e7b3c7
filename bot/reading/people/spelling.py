"""Applies a spelling hint to a name: “with a K”, “avec deux n”, “sin h”, “K-A-T-I-A”."""

import re
from collections.abc import Iterable, Iterator

from bot.reading.people.accents import accented
from bot.reading.people.company_words import TRADES
from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.name_corrections import corrected_company, corrected_name
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.who import Found, composed
from bot.reading.people.word_spans import Word, word_spans
from bot.text.normalise import fold, split_phrases, tokens

_WITH = frozenset(("with", "avec", "con", "has", "w", "prend", "lleva", "takes", "got", "tiene"))
_MOST_CHARACTERS = 400
_AND = frozenset(("and", "et", "y"))
_WITHOUT = frozenset(("without", "sans", "sin", "minus", "no"))
_TWO = frozenset(("two", "2", "double", "deux", "dos", "doble"))
_ONE = frozenset(("one", "1", "single", "seul", "seule", "solo", "sola", "simple"))
_ARTICLES = frozenset(tokens("a an the un une una le la el l letter lettre letra capital only just de d"))
_NOT = frozenset(
    tokens("not pas no instead rather lieu vez et y and than of au en without sans sin with avec con ni")
)
_ENDS = frozenset(("end", "fin", "final", "finale"))
_BETWEEN = _NOT | _ARTICLES | _ENDS | {"at"}
_LETTER_NAMES = dict(
    entry.split()
    for entry in split_phrases(
        "hache h, aitch h, ache h, ka k, kay k, cee c, zed z, zee z, zeta z, ese s, ess s, jota j, uve v,"
        " ve v, be b, ye y, igrec y, equis x, ele l, ene n, erre r, ere r, eme m, ce c, ph ph, qu qu,"
        " th th, ch ch"
    )
)
_SOUNDS_LIKE = {
    letter: tuple(others)
    for letter, *others in map(
        str.split,
        split_phrases(
            "k ch c qu q, c k qu q s x, s z c x, z s c, y i ie ll j, i y e ie, v b w ph f, b v, w v u, j g "
            "y h x, g j, f ph v, ph f v, x j ks cs s, e a i, a e o, o u a, u o w, qu k c, ch c k, th t, t "
            "th d, h, d t, m n, n m"
        ),
    )
}
"""The letters that each letter is mistaken for."""
_ORDINARY_WORDS = ORDINARY | TRADES
_FINAL = frozenset("tdsz")
"""Letters that are mistaken for each other at the end of a name rather than at its start."""
_SPELLED_OUT = re.compile(r"(?<![\w’'])[^\W\d_](?:[ \t]*[-.·,][ \t]*[^\W\d_]|[ \t]+[^\W\d_]){2,}(?![\w’'])")
SURNAME_LABEL = re.compile(r"\b(?:surname|(?:last|family) name|nom de famille|apellidos?)\b", re.IGNORECASE)
FIRST_NAME_LABEL = re.compile(r"\b(?:first name|pr[ée]nom|nombre de pila)\b", re.IGNORECASE)
_LETTER_ENYE = re.compile(r"\beñe\b", re.IGNORECASE)
_HYPHENS = frozenset(("hyphen", "dash", "tiret", "guion", "hyphenated"))
_ACCENTS = {"e": "é", "a": "á", "i": "í", "o": "ó", "u": "ú", "n": "ñ", "c": "ç"}


def apply_spelling(name: str, text: str) -> str:
    """The name with the correction that the text gives of its spelling; unchanged if it gives none."""
    name, text = composed(name), composed(text)
    if len(text) > _MOST_CHARACTERS:
        return name
    if (value := accented(name, text)) != name:
        return value
    given = corrected_company(text) or corrected_name(text)
    if given and _is_alike(given, name):
        return given
    if spelled := _spelled_out(name, text):
        return spelled
    respelled = _respelled(name, text)
    return respelled or _hinted_part(name, _LETTER_ENYE.sub("ñ", text))


def _is_alike(one: str, other: str) -> bool:
    """Whether the two may be spellings of the same name: most of their words match."""
    ours, theirs = tokens(one), tokens(other)
    alike = sum(any(is_close(word, with_) for with_ in theirs) for word in ours)
    return len(ours) >= len(theirs) and alike * 2 >= len(ours)


def spelled_out(text: str) -> Found | None:
    """The first name that's spelled letter by letter, and where: “K-A-T-I-A”, “P E W S”."""
    for match in _SPELLED_OUT.finditer(text):
        word = joined_letters(match[0])
        if len(word) > 3 or re.search(r"[-,·]", match[0]):
            return Found(word, "", match.start(), match.end())
    return None


def joined_letters(text: str) -> str:
    """“P E W” as the name “Pew”; "" if the text is more than letters."""
    is_spelled = _SPELLED_OUT.fullmatch(text) is not None
    return "".join(re.findall(r"[^\W\d_]", text)).capitalize() if is_spelled else ""


def with_spelling(name: str, word: str) -> str:
    """The name with the part that this word respells; "" if it resembles none."""
    if fold(word) == word.casefold() and fold(word) in tokens(name):
        return name  # they leave out its accents
    return _replace_nearest(name, word)


def _spelled_out(name: str, text: str) -> str:
    found = spelled_out(text)
    return _replace_nearest(name, found.name, is_sure=True) if found else ""


def _respelled(name: str, text: str) -> str:
    """The name with the spelling that the text itself uses: “it’s Kiera”."""
    words = word_spans(text)
    for at, word in enumerate(words):
        before = words[at - 1].folded if at and word.follows_plainly else ""
        is_said = len(word.text) > 2 and (word.is_capital or word.folded not in ORDINARY)
        if (
            not is_said
            or before in ("not", "pas", "no", "sino", "of")
            or word.text in re.findall(r"\w+", name)
        ):
            continue
        if found := _replace_nearest(name, _in_case_of(word, name)):
            return found
    return ""


def _in_case_of(word: Word, name: str) -> str:
    return word.text.capitalize() if word.text.islower() and name[:1].isupper() else word.text


def _replace_nearest(name: str, word: str, *, is_sure: bool = False) -> str:
    """The name with its part that is nearest to the word replaced by it; `is_sure`: it was spelled out."""
    parts = list(re.finditer(r"[^\W_]+", name))
    near = [part for part in parts if is_sure or is_close(fold(part[0]), fold(word))]
    if not near or any(part[0] == word for part in parts):
        return ""
    part = min(near, key=lambda part: _distance(fold(part[0]), fold(word)))
    return name[: part.start()] + word + name[part.end() :]


def is_close(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of the same name."""
    is_short = min(len(one), len(other)) < 5 and one[:1] != other[:1]
    return _distance(one, other) <= (1 if is_short or min(len(one), len(other)) < 4 else 2)


def _distance(one: str, other: str) -> int:
    """Levenshtein distance; 9 for words that can't be near."""
    if abs(len(one) - len(other)) > 2:
        return 9
    row = list(range(len(other) + 1))
    for n, char in enumerate(one, 1):
        previous, row[0] = row[0], n
        for m, match in enumerate(other, 1):
            previous, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, previous + (char != match))
    return row[-1]


def _hinted_part(name: str, text: str) -> str:
    """The hint applied to the surname or the first name, if the text says which."""
    first, space, surname = name.partition(" ")
    if space and SURNAME_LABEL.search(text):
        return f"{first} {_hinted(surname, text)}"
    if space and FIRST_NAME_LABEL.search(text):
        return f"{_hinted(first, text)} {surname}"
    return _hinted(name, text)


def _hinted(name: str, text: str) -> str:
    """The name with each hint of the text applied in turn: “two l’s and an e”."""
    words = tokens(text.replace("’s", "").replace("'s", ""))
    if _HYPHENS & set(words):
        return re.sub(r"(?<=\w) (?=\w)", "-", name, count=1)
    for at, word in enumerate(words):
        letter, end = _letter_after(words, at + 1)
        if not letter:
            continue
        if word in _TWO:
            name = _best(name, _doubled(name, letter))
        elif word in _ONE and letter * 2 in fold(name):
            name = _best(name, _singled(name, letter))
        elif word in _WITHOUT:
            return _best(name, _removed(name, letter))
        elif word in _WITH or (word in _AND and _WITH & set(words[:at])):
            name = _with_letter(name, letter, _other_letter(words, end), text, words[end:])
    return name


def _letter_after(words: tuple[str, ...], at: int) -> tuple[str, int]:
    """The letter named here: “a K”, “una hache”, “i grec”."""
    while at < len(words) - 1 and words[at] in _ARTICLES:
        at += 1
    if at >= len(words):
        return "", at
    if words[at : at + 2] == ("i", "grec") or words[at : at + 2] == ("i", "griega"):
        return "y", at + 2
    if words[at : at + 2] == ("uve", "doble") or words[at : at + 2] == ("double", "v"):
        return "w", at + 2
    word = (
        words[at].removesuffix("s") if len(words[at]) == 2 or words[at][:-1] in _LETTER_NAMES else words[at]
    )
    letter = _LETTER_NAMES.get(word, word)
    return (letter, at + 1) if letter.isalpha() and (len(letter) == 1 or word in _LETTER_NAMES) else ("", at)


def _other_letter(words: tuple[str, ...], at: int) -> str:
    """The wrong letter in “with a C, not an X”."""
    end = at
    while end < len(words) - 1 and words[end] in _BETWEEN:
        end += 1
    letter = _letter_after(words, end)[0] if end > at else ""
    return letter if set(words[at:end]) & (_NOT - {"et", "y", "and", "of", "en", "au"}) else ""


def _with_letter(name: str, letter: str, instead_of: str, text: str, after: tuple[str, ...]) -> str:
    if instead_of and instead_of in fold(name):
        return _best(name, _exchanged(name, letter, (instead_of,)))
    accented = re.search(r"(?<!\w)([áâäçèéêëìíîïñòóôöùúûü])(?!\w)", text, re.IGNORECASE)
    if accented or {"accent", "acento", "tilde", "acute"} & set(after):
        return _best(
            name, _exchanged(name, accented[1] if accented else _ACCENTS.get(letter, letter), (letter,))
        )
    if _ENDS & set(after):
        return name if fold(name).endswith(letter) else name + letter
    exchanged = list(_exchanged(name, letter, _SOUNDS_LIKE.get(letter, ())))
    known = [value for value in (*exchanged, *_inserted(name, letter)) if _is_known(value, name)]
    if known and not any(word in FIRST_NAMES and letter in word for word in tokens(name)):
        return known[0]
    has_it = any(word.endswith(letter) if letter in _FINAL else letter in word for word in tokens(name))
    if has_it or letter in "aeiou":
        return name if has_it else _with_silent_letter(name, letter)
    return exchanged[-1 if letter in _FINAL else 0] if exchanged else _with_silent_letter(name, letter)


def _with_silent_letter(name: str, letter: str) -> str:
    if letter == "h" and fold(name)[:1] in tuple("aeiou"):
        return f"H{name[:1].lower()}{name[1:]}" if name[:1].isupper() else f"h{name}"
    return name + letter if letter in ("e", "h", "s") and " " not in name else name


def _exchanged(name: str, letter: str, others: tuple[str, ...]) -> Iterator[str]:
    plain = fold(name)
    if len(plain) != len(name):
        return
    for other in sorted(others, key=len, reverse=True):
        for match in re.finditer(re.escape(other), plain):
            yield _put(name, match.start(), match.end(), letter)


def _inserted(name: str, letter: str) -> Iterator[str]:
    for at in range(len(name) + 1):
        yield _put(name, at, at, letter)


def _doubled(name: str, letter: str) -> Iterator[str]:
    plain = fold(name)
    for match in re.finditer(rf"(?<=\w)(?<!{letter}){letter}(?!{letter})", plain):
        yield _put(name, match.end(), match.end(), letter)


def _singled(name: str, letter: str) -> Iterator[str]:
    for match in re.finditer(letter * 2, fold(name)):
        yield _put(name, match.end() - 1, match.end(), "")


def _removed(name: str, letter: str) -> Iterator[str]:
    places = list(re.finditer(letter, fold(name)))
    at_end = [match for match in places if not fold(name)[match.end() : match.end() + 1].isalpha()]
    for match in (*reversed(at_end), *reversed(places)):
        yield _put(name, match.start(), match.end(), "")


def _put(name: str, start: int, end: int, letters: str) -> str:
    """The name with these letters there, in the case of what stood there."""
    is_start = not name[start - 1 : start].isalpha()
    is_upper = is_start and name[start : start + 1].isupper()
    new = letters.capitalize() if is_upper else letters
    rest = name[end:]
    if (is_upper and end == start) or (is_upper and not letters):
        rest = (rest[:1].upper() if not letters else rest[:1].lower()) + rest[1:]
    return name[:start] + new + rest


def _is_known(value: str, name: str) -> bool:
    before = set(tokens(name))
    return all(word in FIRST_NAMES for word in tokens(value) if word not in before)


def _best(name: str, found: Iterable[str]) -> str:
    """The likeliest of these: a known first name, else one that leaves ordinary words alone, else the first."""
    values = list(found)
    likely = [value for value in values if _is_known(value, name)] or [
        value for value in values if _keeps_ordinary_words(value, name)
    ]
    return next(iter(likely or values), name)


def _keeps_ordinary_words(value: str, name: str) -> bool:
    after = set(tokens(value))
    return all(word in after for word in tokens(name) if word in _ORDINARY_WORDS)
