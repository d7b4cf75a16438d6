"""Learn to tell tops, bottoms and dresses apart: a softmax regression over measures of the outline.

    python -m pipeline.training.garment_kind labels.json garment_kind.json

`labels.json` holds a list of {"file": path, "category": "upper" | "lower" | "dress"}. Prints the accuracy on
photos left out of the training (ten folds), then writes the weights learned from all. Deterministic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.cutout import Cutout
from pipeline.errors import PipelineError
from pipeline.garment import outline_of
from pipeline.garment_kind import KINDS, features
from pipeline.garment_parts import GarmentParts
from pipeline.tryon import open_picture

PENALTY = 0.003
STEPS = 400
FOLDS = 10


def learn(values: NDArray[np.float64], kinds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights (N, 3) from standardised features (M, N) by gradient descent."""
    weights = np.zeros((values.shape[1], len(KINDS)))
    wanted = np.eye(len(KINDS))[kinds]
    for _ in range(STEPS):
        scores = values @ weights
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        weights -= 0.5 * (values.T @ (share - wanted) / len(kinds) + PENALTY * weights)
    return weights


def main(labels: Path, out: Path) -> None:
    """Read photos, learn, report, write."""
    cutout, parts = Cutout(), GarmentParts()
    rows, kinds = [], []
    for entry in json.loads(labels.read_text("utf-8")):
        try:
            work, mask = outline_of(open_picture(Path(entry["file"]).read_bytes()), cutout)
        except PipelineError:
            continue
        rows.append(features(mask > 0.5, parts.predict(work, mask)))
        kinds.append([kind.value for kind in KINDS].index(entry["category"]))
    table, wanted = np.array(rows), np.array(kinds)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    values = np.concatenate([(table - mean) / spread, np.ones((len(table), 1))], axis=1)
    # Neighbours in the list may be front and back of one garment: they stay in one fold.
    fold = np.arange(len(wanted)) // 2 % FOLDS
    right = 0
    for k in range(FOLDS):
        weights = learn(values[fold != k], wanted[fold != k])
        right += int(((values[fold == k] @ weights).argmax(axis=1) == wanted[fold == k]).sum())
    sys.stdout.write(f"{right} of {len(wanted)} left-out photos right\n")
    stored = {"mean": mean, "spread": spread, "weights": learn(values, wanted)}
    text = json.dumps({name: np.round(value, 5).tolist() for name, value in stored.items()})
    out.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
