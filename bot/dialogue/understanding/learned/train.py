"""How the model is trained; `python -m tests.understanding train` does it with the labelled messages of the tests.

The same input gives the same weights.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.dialogue.types import Context
from bot.dialogue.understanding.frames import seen
from bot.dialogue.understanding.learned.model import BUCKETS, WEIGHTS, Model
from bot.dialogue.understanding.learned.sayings import spelt_out

SEED = 7
EACH = 8
"""Messages that are spelt out of one saying."""
ROUNDS = 12
BATCH = 64
RATE = 0.5
DECAY = 2e-5
WRITTEN = 3.0
"""How much more a message weighs that somebody wrote than one that was spelt out."""

Example = tuple[str, Context, str]


def learn(written: list[Example]) -> None:
    """Trains on the sayings and on messages that somebody wrote, and keeps the weights."""
    chance = random.Random(SEED)  # noqa: S311 - a choice of sayings, no secret
    spelt = [(s.text, s.context, s.intent) for s in spelt_out(chance, EACH)]
    model = train(spelt, written)
    np.savez_compressed(WEIGHTS, intents=np.array(model.intents), weights=model.weights, scale=model.scale)


def train(spelt: list[Example], written: list[Example]) -> Model:
    """A softmax regression by stochastic gradient descent with Adagrad's step sizes."""
    examples = [*spelt, *written]
    intents = tuple(sorted({intent for _, _, intent in examples}))
    lesson = _Lesson(
        rows=[np.array(seen(text, context), np.int64) for text, context, _ in examples],
        wanted=np.array([intents.index(intent) for _, _, intent in examples]),
        worth=np.array([1.0] * len(spelt) + [WRITTEN] * len(written)),
        weights=np.zeros((BUCKETS, len(intents))),
        squares=np.full((BUCKETS, len(intents)), 1e-6),
    )
    order = list(range(len(examples)))
    chance = random.Random(SEED)  # noqa: S311 - an order, no secret
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for start in range(0, len(order), BATCH):
            lesson.step(order[start : start + BATCH])
    scale = 127 / np.abs(lesson.weights).max()
    return Model(intents, np.rint(lesson.weights * scale).astype(np.int8), float(scale))


@dataclass
class _Lesson:
    """`rows` are the buckets of each example, `wanted` its intent's number, `worth` its weight."""

    rows: list[npt.NDArray[np.int64]]
    wanted: npt.NDArray[np.int64]
    worth: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    squares: npt.NDArray[np.float64]

    def step(self, batch: list[int]) -> None:
        """Learns from some of the examples."""
        lengths = [len(self.rows[i]) for i in batch]
        sizes = np.sqrt(lengths)[:, None]
        scores = np.stack([self.weights[self.rows[i]].sum(axis=0) for i in batch]) / sizes
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        chances[np.arange(len(batch)), self.wanted[batch]] -= 1
        errors = chances * self.worth[batch][:, None] / sizes / len(batch)
        touched, places = np.unique(np.concatenate([self.rows[i] for i in batch]), return_inverse=True)
        slopes = np.zeros((len(touched), self.weights.shape[1]))
        np.add.at(slopes, places, np.repeat(errors, lengths, axis=0))
        slopes += DECAY * self.weights[touched]
        self.squares[touched] += slopes**2
        self.weights[touched] -= RATE * slopes / np.sqrt(self.squares[touched])
