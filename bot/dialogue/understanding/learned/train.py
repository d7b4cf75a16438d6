"""How the model is trained; `python -m tests.understanding train` does it with the labelled messages of the tests.

The same input gives the same weights.
"""

from __future__ import annotations

import random

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
    spelt = [(s.text, s.context, s.intent) for s in spelt_out(random.Random(SEED), EACH)]
    model = train(spelt, written)
    np.savez_compressed(WEIGHTS, intents=np.array(model.intents), weights=model.weights, scale=model.scale)


def train(spelt: list[Example], written: list[Example]) -> Model:
    """A softmax regression by stochastic gradient descent with Adagrad's step sizes."""
    examples = [*spelt, *written]
    intents = tuple(sorted({intent for _, _, intent in examples}))
    numbers = {intent: i for i, intent in enumerate(intents)}
    rows = [np.array(seen(text, context), np.int64) for text, context, _ in examples]
    wanted = np.array([numbers[intent] for _, _, intent in examples])
    worth = np.array([1.0] * len(spelt) + [WRITTEN] * len(written))
    weights = np.zeros((BUCKETS, len(intents)))
    squares = np.full((BUCKETS, len(intents)), 1e-6)
    order = list(range(len(rows)))
    chance = random.Random(SEED)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for start in range(0, len(order), BATCH):
            _step(order[start : start + BATCH], rows, wanted, worth, weights, squares)
    scale = 127 / np.abs(weights).max()
    return Model(intents, np.rint(weights * scale).astype(np.int8), float(scale))


def _step(
    batch: list[int],
    rows: list[npt.NDArray[np.int64]],
    wanted: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
    squares: npt.NDArray[np.float64],
) -> None:
    sizes = np.sqrt([len(rows[i]) for i in batch])[:, None]
    scores = np.stack([weights[rows[i]].sum(axis=0) for i in batch]) / sizes
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(len(batch)), wanted[batch]] -= 1
    errors = chances * worth[batch][:, None] / sizes / len(batch)
    touched = np.concatenate([rows[i] for i in batch])
    unique, places = np.unique(touched, return_inverse=True)
    slopes = np.zeros((len(unique), weights.shape[1]))
    np.add.at(slopes, places, np.repeat(errors, [len(rows[i]) for i in batch], axis=0))
    slopes += DECAY * weights[unique]
    squares[unique] += slopes**2
    weights[unique] -= RATE * slopes / np.sqrt(squares[unique])
