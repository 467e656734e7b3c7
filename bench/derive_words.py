"""Builds `i18n/words.bin`, the compact word table for language detection, from wordfreq's lists.

Run it once, in its own environment; the desk itself needs none of this:

    uv run --no-project --with wordfreq==3.1.1 --with numpy --with scipy python bench/derive_words.py

For each of the 250,000 most used words the table holds how likely each language is compared with the likeliest
one; for other words it holds the weights of a small linear model over the letters of a word (runs of 2 to 5
letters, with both ends marked), trained on every word of the lists. `i18n/words.md` names the source and its
licence.
"""

import re
import struct
import unicodedata
import zlib
from array import array
from pathlib import Path

import numpy as np
import wordfreq
from scipy import sparse
from scipy.optimize import minimize

TABLE = Path(__file__).parent.parent / "i18n" / "words.bin"
OURS = ("en", "fr", "es")
STRANGERS = ("pt", "it", "de", "nl", "ca")
KEPT, STRANGER_WORDS = 250_000, 8_000
ABSENT = 3e-9  # frequency of a word missing from a list; the lists end at 1e-8
STRANGE = 15  # times more frequent in another language than in any of ours
STEPS = 20  # per unit of log likelihood
UNKNOWN = 255
BITS, LONGEST = 17, 5
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def main() -> None:
    words = our_words()
    hashes, ratios = table(words)
    weights, bias = letters_model(words)
    scale = float(np.abs(weights).max()) / 127
    packed = struct.pack("<II4f", len(hashes), BITS, scale, *bias)
    packed += array("I", hashes).tobytes() + ratios + np.rint(weights / scale).astype(np.int8).tobytes()
    TABLE.write_bytes(zlib.compress(packed, 9))
    print(f"{TABLE.name}: {len(hashes)} words, {TABLE.stat().st_size:,} bytes")


def our_words() -> dict[str, list[float]]:
    """Each word's frequency in each of our languages; also as typed without accents, or with letters lost."""
    found: dict[str, list[float]] = {}
    for index, locale in enumerate(OURS):
        for word, frequency in wordfreq.get_frequency_dict(locale, "large").items():
            plain = word.replace("’", "'")
            if WORD.fullmatch(plain) and len(plain) <= 24 and all(ord(letter) < 0x250 for letter in plain):
                found.setdefault(plain, [0.0, 0.0, 0.0])[index] = frequency
    for word, frequencies in list(found.items()):
        for typed, share in ((without_accents(word), 0.25), (without_accented(word), 0.02)):
            if typed != word and len(typed) > 1:
                other = found.setdefault(typed, [0.0, 0.0, 0.0])
                other[:] = [max(a, b * share) for a, b in zip(other, frequencies, strict=True)]
    return found


def without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def without_accented(word: str) -> str:
    return "".join(c for c in word if c.isascii())


def table(words: dict[str, list[float]]) -> tuple[list[int], bytes]:
    """Sorted hashes of the words and three bytes for each: steps below the likeliest language."""
    best = sorted(words, key=lambda word: (-max(words[word]), word))[:KEPT]
    rows = {zlib.crc32(word.encode()): ratio(words[word]) for word in reversed(best)}
    rows.update(strange_words(words))
    hashes = sorted(rows)
    return hashes, b"".join(rows[key] for key in hashes)


def ratio(frequencies: list[float]) -> bytes:
    logs = np.log(np.array(frequencies) + ABSENT)
    return bytes(np.minimum(np.rint((logs.max() - logs) * STEPS), UNKNOWN - 1).astype(np.uint8))


def strange_words(words: dict[str, list[float]]) -> dict[int, bytes]:
    """Words frequent in other languages and rare in ours; marked as unknown in all three."""
    found: dict[int, bytes] = {}
    for locale in STRANGERS:
        for word in wordfreq.top_n_list(locale, STRANGER_WORDS):
            ours = max(words.get(word, [0.0]))
            if (
                WORD.fullmatch(word)
                and len(word) > 1
                and wordfreq.word_frequency(word, locale) > STRANGE * ours
            ):
                found[zlib.crc32(word.encode())] = bytes([UNKNOWN] * 3)
    return found


def letters_model(words: dict[str, list[float]]) -> tuple[np.ndarray, np.ndarray]:
    """Weights of each run of letters per language; rare words count more than their frequency alone."""
    known = [word for word in words if len(word) >= 2]
    frequencies = np.array([words[word] for word in known])
    targets = (frequencies + ABSENT) / (frequencies + ABSENT).sum(1, keepdims=True)
    shares = frequencies.sum(1) ** 0.3
    shares /= shares.sum()
    found = features(known)
    turned = found.T.tocsr()
    size = 1 << BITS

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(size + 1, 3)
        scores = found @ weights[:size] + weights[size]
        scores -= scores.max(1, keepdims=True)
        odds = np.exp(scores)
        sums = odds.sum(1, keepdims=True)
        misses = shares[:, None] * (odds / sums - targets)
        slope = np.vstack([turned @ misses, misses.sum(0)]) + 2e-7 * weights
        return float(
            -(shares[:, None] * targets * (scores - np.log(sums))).sum() + 1e-7 * (flat**2).sum()
        ), slope.ravel()

    fitted = minimize(loss, np.zeros((size + 1) * 3), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    weights = fitted.x.reshape(size + 1, 3)
    return weights[:size], weights[size]


def features(words: list[str]) -> sparse.csr_matrix:
    """One row per word, one column per bucket of hashed runs of letters."""
    columns, ends = array("i"), array("q", [0])
    for word in words:
        columns.extend({zlib.crc32(run.encode()) & ((1 << BITS) - 1) for run in runs(word)})
        ends.append(len(columns))
    shape = (len(words), 1 << BITS)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), np.array(columns), np.array(ends)), shape)


def runs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {
        marked[start : start + size]
        for size in range(2, LONGEST + 1)
        for start in range(len(marked) - size + 1)
    }


if __name__ == "__main__":
    main()
