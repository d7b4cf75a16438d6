"""How well a model reads rendered garments it never saw: IoU a part, landmark error, category accuracy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.garment.parts import CATEGORIES, LANDMARKS, MODEL_SIZE, GarmentParts, Part
from pipeline.training.samples import SampleSet


@dataclass(frozen=True)
class Score:
    """`iou` over all pixels of the set; `landmark_error` median in pixels of 192; `category` share right."""

    iou: dict[Part, float]
    landmark_error: dict[str, float]
    category: float
    garments: int


def evaluate(parts: GarmentParts, samples: SampleSet) -> Score:
    """Score on the whole path a caller uses: crop, two passes, labels in the picture's own pixels."""
    hits, union = np.zeros(len(Part)), np.zeros(len(Part))
    errors: list[list[float]] = []
    right = 0
    for i in range(len(samples)):
        found = parts.predict(samples.rgb[i], samples.alpha[i].astype(np.float32) / 255)
        truth, labels = samples.parts[i], found.labels
        for part in Part:
            hits[part] += ((labels == part) & (truth == part)).sum()
            union[part] += ((labels == part) | (truth == part)).sum()
        points = np.array([found.landmarks[name][:2] for name in LANDMARKS])
        errors.append(list(np.linalg.norm(points - samples.landmarks[i], axis=1)))
        right += CATEGORIES.index(found.category) == samples.category[i]
    present = [part for part in Part if union[part]]
    table = np.array(errors)
    return Score(
        {part: float(hits[part] / union[part]) for part in present},
        {
            name: float(np.nanmedian(table[:, i]))
            for i, name in enumerate(LANDMARKS)
            if np.isfinite(table[:, i]).any()
        },
        right / len(samples),
        len(samples),
    )


def as_text(score: Score) -> str:
    """A table for people."""
    lines = [f"{score.garments} rendered garments never trained on, picture {MODEL_SIZE}x{MODEL_SIZE}"]
    lines += [f"  IoU {part.name.lower():<12} {value:.3f}" for part, value in score.iou.items()]
    lines += [f"  median error {name:<22} {value:.1f} px" for name, value in score.landmark_error.items()]
    return "\n".join([*lines, f"  category right {score.category:.1%}"])
