"""A linear model over `bot.reading.features`: how likely each label is for a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from bot.reading.encoder import Vector
from bot.reading.features import hashed, sentence_vectors

MODEL = Path(__file__).with_name("acts.npz")


@dataclass(frozen=True)
class LinearModel:
    """Softmax regression: a weight for each feature and label."""

    labels: tuple[str, ...]
    meaning: Vector  # size of a sentence vector × labels
    letters: Vector  # places of words and letters × labels
    bias: Vector
    trained_on: str = ""  # a digest of the examples, so that a test sees a model that's out of date

    def logits(self, texts: Sequence[str]) -> Vector:
        """A row for each text, a column for each label."""
        scores: Vector = sentence_vectors(texts) @ self.meaning + self.bias
        for at, text in enumerate(texts):
            places, values = hashed(text)
            scores[at] += values @ self.letters[places]
        return scores

    def save(self, path: Path) -> None:
        """Write the model; half precision is enough."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            meaning=self.meaning.astype(np.float16),
            letters=self.letters.astype(np.float16),
            bias=self.bias,
            trained_on=np.array(self.trained_on),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            labels = tuple(str(label) for label in stored["labels"])
            meaning, letters = (stored[name].astype(np.float32) for name in ("meaning", "letters"))
            return cls(labels, meaning, letters, stored["bias"], str(stored["trained_on"]))


@cache
def act_model() -> LinearModel:
    """The model of acts, trained by `python -m bot.reading.train`."""
    return LinearModel.load(MODEL)


def probabilities(logits: Vector, labels: Sequence[str], bias: Mapping[str, float]) -> list[dict[str, float]]:
    """Each text's label probabilities. Only labels in `bias` are possible; the number is added to their score."""
    possible = [at for at, label in enumerate(labels) if label in bias]
    shifted = logits[:, possible] + np.array([bias[labels[at]] for at in possible], np.float32)
    shifted -= shifted.max(axis=1, keepdims=True)
    likely = np.exp(shifted)
    likely /= likely.sum(axis=1, keepdims=True)
    return [{labels[at]: float(p) for at, p in zip(possible, row, strict=True)} for row in likely]
