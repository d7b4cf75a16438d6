"""The model at run time: hashed features of a message, one weight for each of them and every intent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 14
WEIGHTS = Path(__file__).with_name("weights.npz")
LONGEST = 40
"""Words of a message that are looked at."""


@dataclass(frozen=True)
class Model:
    """`weights` is (BUCKETS, intents) in 1/`scale`."""

    intents: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scale: float

    def guess(self, features: Iterable[int]) -> tuple[str, float]:
        """The likeliest intent and how likely it is, from 0 to 1."""
        rows = np.fromiter(features, np.int64)
        scores = self.weights[rows].sum(axis=0, dtype=np.float64) / (self.scale * np.sqrt(len(rows)))
        chances = np.exp(scores - scores.max())
        best = int(chances.argmax())
        return self.intents[best], float(chances[best] / chances.sum())


@cache
def shipped() -> Model:
    """The model that `train` wrote."""
    with np.load(WEIGHTS) as stored:
        return Model(tuple(str(i) for i in stored["intents"]), stored["weights"], float(stored["scale"]))


def features_of(row: list[str], signs: Iterable[str]) -> list[int]:
    """The buckets of a message: its words, their beginnings and parts, neighbours, and what else it holds."""
    words = row[:LONGEST]
    named = {f"s:{sign}" for sign in signs}
    named.update(f"2:{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    for word in words:
        named.update(_parts(word))
    return sorted({crc32(name.encode()) % BUCKETS for name in named})


def _parts(word: str) -> Iterable[str]:
    yield f"w:{word}"
    framed = f"<{word}>"
    for size in (3, 4, 5):
        for start in range(len(framed) - size + 1):
            yield framed[start : start + size]
