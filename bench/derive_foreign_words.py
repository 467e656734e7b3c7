"""Builds `i18n/foreign.bin`: which language a word belongs to, of ten in Latin letters; or Russian or Ukrainian.

Run it once, in its own environment; the desk itself needs none of this:

    uv run --no-project --with wordfreq==3.1.1 --with numpy --with scipy python bench/derive_foreign_words.py

For the most used words of each language the table holds how likely each language is compared with the likeliest one;
for other words it holds the weights of a linear model over the letters of a word (runs of 1 to 4 letters, with both
ends marked). It also lists the Ukrainian words that look Russian and aren't. `i18n/words.md` names the source and its
licence.
"""

import re
import struct
import sys
import unicodedata
import zlib
from array import array
from pathlib import Path

import numpy as np
import wordfreq
from scipy import sparse
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.derive_words import OURS, STEPS, UNKNOWN, WORD
from i18n.foreign_table import BITS, LANGUAGES, NGRAM_SIZES, TABLE
from i18n.hashed_words import hash_text, ngrams

OUR_WORDS, FOREIGN_WORDS = 9_000, 6_000  # the most used of each language
TRAINED = 60_000  # words of each language from which the letters are learned
UKRAINIAN_WORDS, UKRAINIAN = 60_000, 12  # how many, and how many times more frequent than in Russian
SHARED_CYRILLIC = re.compile("[абвгдежзийклмнопрстуфхцчшщьюя]{2,24}")
ABSENT = 2e-7  # frequency of a word missing from a list
UNACCENTED = 0.3  # how often people leave accents out
SPELT = {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"}  # in German only
STROKES = str.maketrans("łđøı", "ldoi")


def main() -> None:
    words = frequencies()
    hashes, ratios = table(words)
    weights, bias = letters_model(words)
    scale = float(np.abs(weights).max()) / 127
    ukrainian = ukrainian_words()
    packed = struct.pack(f"<IIf{len(LANGUAGES)}f", len(hashes), len(ukrainian), scale, *bias)
    packed += array("I", hashes).tobytes() + array("I", ukrainian).tobytes() + ratios
    packed += np.rint(weights / scale).astype(np.int8).tobytes()
    TABLE.write_bytes(zlib.compress(packed, 9))
    print(f"{TABLE.name}: {len(hashes)} words, {TABLE.stat().st_size:,} bytes")


def frequencies() -> dict[str, list[float]]:
    """Each word's frequency in each language; also as typed without accents."""
    found: dict[str, list[float]] = {}
    for index, language in enumerate(LANGUAGES):
        for listed, frequency in wordfreq.get_frequency_dict(language, "best").items():
            word = unicodedata.normalize("NFC", listed.replace("’", "'"))
            if WORD.fullmatch(word) and len(word) <= 24 and all(ord(letter) < 0x250 for letter in word):
                raised(found, word, index, frequency)
                for typed in typed_forms(word, language):
                    raised(found, typed, index, frequency * UNACCENTED)
    return found


def raised(found: dict[str, list[float]], word: str, index: int, frequency: float) -> None:
    row = found.setdefault(word, [0.0] * len(LANGUAGES))
    row[index] = max(row[index], frequency)


def typed_forms(word: str, language: str) -> set[str]:
    plain = unicodedata.normalize("NFD", word).translate(STROKES)
    forms = {"".join(c for c in plain if not unicodedata.combining(c))}
    if language == "de":
        forms.add("".join(SPELT.get(letter, letter) for letter in word))
    if language == "ro":
        forms |= {word.translate(str.maketrans("șț", "şţ")), word.translate(str.maketrans("şţ", "șț"))}
    return forms - {word}


def table(words: dict[str, list[float]]) -> tuple[list[int], bytes]:
    """Sorted hashes of the words, and a byte for each language: steps below the likeliest one."""
    kept: set[str] = set()
    for index, language in enumerate(LANGUAGES):
        used = sorted((word for word in words if words[word][index]), key=lambda word: -words[word][index])
        kept.update(used[: OUR_WORDS if language in OURS else FOREIGN_WORDS])
    rows = {zlib.crc32(word.encode()): ratio(words[word]) for word in sorted(kept)}
    hashes = sorted(rows)
    return hashes, b"".join(rows[key] for key in hashes)


def ratio(row: list[float]) -> bytes:
    logs = np.log(np.array(row) + ABSENT)
    return bytes(np.minimum(np.rint((logs.max() - logs) * STEPS), UNKNOWN).astype(np.uint8))


def ukrainian_words() -> list[int]:
    """Sorted hashes of Ukrainian words in letters that Russian has too, and that Russian hardly has."""
    russian = wordfreq.get_frequency_dict("ru", "best")
    used = wordfreq.get_frequency_dict("uk", "best")
    return sorted(
        zlib.crc32(word.encode())
        for word in wordfreq.top_n_list("uk", UKRAINIAN_WORDS)
        if SHARED_CYRILLIC.fullmatch(word) and used[word] > UKRAINIAN * russian.get(word, 1e-8)
    )


def letters_model(words: dict[str, list[float]]) -> tuple[np.ndarray, np.ndarray]:
    """Weights of each run of letters per language; rare words count more than their frequency alone."""
    known: set[str] = set()
    for index in range(len(LANGUAGES)):
        used = sorted((word for word in words if words[word][index]), key=lambda word: -words[word][index])
        known.update(word for word in used[:TRAINED] if len(word) > 1)
    trained = sorted(known)
    rows = np.array([words[word] for word in trained])
    targets = (rows + ABSENT / 20) / (rows + ABSENT / 20).sum(1, keepdims=True)
    shares = rows.sum(1) ** 0.3
    shares /= shares.sum()
    found = features(trained)
    turned = found.T.tocsr()
    size, count = 1 << BITS, len(LANGUAGES)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(size + 1, count)
        scores = found @ weights[:size] + weights[size]
        scores -= scores.max(1, keepdims=True)
        odds = np.exp(scores)
        sums = odds.sum(1, keepdims=True)
        misses = shares[:, None] * (odds / sums - targets)
        slope = np.vstack([turned @ misses, misses.sum(0)]) + 2e-6 * weights
        total = -(shares[:, None] * targets * (scores - np.log(sums))).sum() + 1e-6 * (flat**2).sum()
        return float(total), slope.ravel()

    start = np.zeros((size + 1) * count)
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    weights = fitted.reshape(size + 1, count)
    return weights[:size], weights[size]


def features(words: list[str]) -> sparse.csr_matrix:
    """One row per word, one column per bucket of hashed runs of letters."""
    columns, ends = array("i"), array("q", [0])
    for word in words:
        columns.extend({hash_text(run) & ((1 << BITS) - 1) for run in ngrams(word, *NGRAM_SIZES)})
        ends.append(len(columns))
    shape = (len(words), 1 << BITS)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), np.array(columns), np.array(ends)), shape)


if __name__ == "__main__":
    main()
