"""Trains the model of acts from the examples: `python -m bot.reading.train`. The same examples give the same model."""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.reading.encoder import Vector
from bot.reading.features import PLACES, hashed, sentence_vectors
from bot.reading.linear_model import MODEL, LinearModel
from bot.text.normalise import fold

EXAMPLES = Path(__file__).with_name("examples")
POLICIES = Path(__file__).parents[2] / "policies"
_STEPS, _RATE, _DECAY = 150, 0.03, 2e-5
_BATCH = 512
_HELD_OUT = 5


def main() -> None:
    """Report how well a fifth is read by a model of the rest, then train on everything."""
    examples = tuple(read_examples())
    held = [sum(_bare(text).replace(" ", "").encode()) % _HELD_OUT == 0 for text, _ in examples]
    rest = [example for example, out in zip(examples, held, strict=True) if not out]
    model = train(rest)
    tested = [example for example, out in zip(examples, held, strict=True) if out]
    guesses = model.logits([text for text, _ in tested]).argmax(axis=1)
    right = sum(model.labels[at] == label for at, (_, label) in zip(guesses, tested, strict=True))
    sys.stdout.write(
        f"{len(examples)} examples, {len(model.labels)} labels; held out: {right / len(tested):.1%} right\n"
    )
    replace(train(examples), trained_on=digest(examples)).save(MODEL)


def digest(examples: Sequence[tuple[str, str]]) -> str:
    """Twelve hex digits that change with the examples."""
    return sha256("\n".join(f"{label}\t{text}" for text, label in examples).encode()).hexdigest()[:12]


def read_examples() -> Iterator[tuple[str, str]]:
    """Every example and its label, as written and without accents and punctuation."""
    for text, label in (*_listed(), *_stories()):
        yield text, label
        if (bare := _bare(text)) != text:
            yield bare, label


def _listed() -> Iterator[tuple[str, str]]:
    for path in sorted(EXAMPLES.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            label, _, text = line.partition("\t")
            yield text, label


def _stories() -> Iterator[tuple[str, str]]:
    """What customers write to the shipped policies' desks."""
    for path in sorted(POLICIES.glob("*.toml")):
        examples = tomllib.loads(path.read_text("utf-8")).get("examples", {})
        yield from ((text, "story") for texts in examples.values() for text in texts)


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "'?" else " " for c in fold(text)).split())


@dataclass(frozen=True)
class _Letters:
    """The words and letters of all texts: which text, which place, how much; and the same by place."""

    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    values: Vector

    def scores(self, weights: Vector, count: int) -> Vector:
        """What they add to each text's scores."""
        starts = np.searchsorted(self.rows, np.arange(count))
        summed: Vector = np.add.reduceat(weights[self.places] * self.values[:, None], starts, axis=0)
        return summed

    def slope(self, wrong: Vector) -> Vector:
        """How each place's weights must change."""
        order = np.argsort(self.places, kind="stable")
        places = self.places[order]
        starts = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
        slope = np.zeros((PLACES, wrong.shape[1]), np.float32)
        slope[places[starts]] = np.add.reduceat(
            wrong[self.rows[order]] * self.values[order, None], starts, axis=0
        )
        return slope


class _Adam:
    """Gradient descent with momentum for one array of weights."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.weights = np.zeros(shape, np.float32)
        self._slow, self._fast = np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def move(self, slope: Vector, step: int) -> None:
        slope = slope + _DECAY * self.weights
        self._slow = 0.9 * self._slow + 0.1 * slope
        self._fast = 0.999 * self._fast + 0.001 * slope**2
        self.weights -= (
            _RATE * (self._slow / (1 - 0.9**step)) / (np.sqrt(self._fast / (1 - 0.999**step)) + 1e-8)
        )


def train(examples: Sequence[tuple[str, str]]) -> LinearModel:
    """Softmax regression. Rare labels count almost as much as common ones."""
    texts, given = zip(*examples, strict=True)
    labels = tuple(sorted(set(given)))
    targets = np.zeros((len(texts), len(labels)), np.float32)
    targets[np.arange(len(texts)), [labels.index(label) for label in given]] = 1
    share = (targets / np.sqrt(targets.sum(axis=0))).sum(axis=1, keepdims=True)
    share /= share.sum()
    vectors = np.concatenate(
        [sentence_vectors(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    )
    letters, bias = _letters(texts), np.zeros(len(labels), np.float32)
    meaning, words = _Adam((vectors.shape[1], len(labels))), _Adam((PLACES, len(labels)))
    for step in range(1, _STEPS + 1):
        scores = vectors @ meaning.weights + letters.scores(words.weights, len(texts)) + bias
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        wrong = (likely - targets) * share
        meaning.move(vectors.T @ wrong, step)
        words.move(letters.slope(wrong), step)
        bias -= _RATE * wrong.sum(axis=0) * 10
    return LinearModel(labels, meaning.weights, words.weights, bias)


def _letters(texts: Sequence[str]) -> _Letters:
    found = [hashed(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(places) for places, _ in found])
    return _Letters(rows, np.concatenate([p for p, _ in found]), np.concatenate([v for _, v in found]))


if __name__ == "__main__":
    main()
