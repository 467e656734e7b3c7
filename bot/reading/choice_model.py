"""Finds a choice by its meaning: from the labels, descriptions, words and examples that a policy gives for it.

Kernel ridge regression over sentence vectors and words, fitted once for each list of choices (milliseconds).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.reading.encoder import Vector
from bot.reading.features import dense_features

_RIDGE = 0.6
_SHARPNESS = 7.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """A choice, and texts that mean it."""

    key: str
    texts: tuple[str, ...]


class ChoiceModel:
    """How likely each choice is for a text."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self.keys = tuple(meaning.key for meaning in meanings)
        texts = [(at, text) for at, meaning in enumerate(meanings) for text in dict.fromkeys(meaning.texts)]
        places = np.array([at for at, _ in texts])
        rows = dense_features([text for _, text in texts])
        targets = (places[:, None] == np.arange(len(meanings))).astype(np.float32)
        share = targets.mean(axis=0)
        kernel = rows @ rows.T
        kernel[np.diag_indices_from(kernel)] += _RIDGE
        solved: Vector = np.linalg.solve(kernel, targets - share)
        self._weights = rows.T @ solved

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """For each text, each choice's probability."""
        scores = (dense_features(texts) @ self._weights) * _SHARPNESS
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        odds /= odds.sum(axis=1, keepdims=True)
        return [dict(zip(self.keys, map(float, row), strict=True)) for row in odds]


@lru_cache(64)
def choice_model(meanings: tuple[Meaning, ...]) -> ChoiceModel:
    """The model for these choices; fitted the first time."""
    return ChoiceModel(meanings)
