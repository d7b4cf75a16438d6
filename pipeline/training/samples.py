"""Many rendered garments: made on all cores, kept on disk, held in memory as plain arrays."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.training.renderer import Sample, render

SHARD = 500


@dataclass(frozen=True)
class SampleSet:
    """Stacked fields of Sample, first axis the garment."""

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    category: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rgb)

    def of(self, category: int) -> SampleSet:
        """The garments of one category, by its place in CATEGORIES."""
        own = self.category == category
        return SampleSet(self.rgb[own], self.alpha[own], self.parts[own], self.landmarks[own], self.category[own])


def _stack(samples: list[Sample]) -> SampleSet:
    return SampleSet(
        np.stack([s.rgb for s in samples]),
        np.stack([s.alpha for s in samples]),
        np.stack([s.parts for s in samples]),
        np.stack([s.landmarks for s in samples]),
        np.array([s.category for s in samples], np.int64),
    )


def _make_shard(first: int, target: Path) -> Path:
    cv2.setNumThreads(1)
    made = _stack([render(seed) for seed in range(first, first + SHARD)])
    partial = target.with_suffix(".part.npz")
    np.savez(
        partial, rgb=made.rgb, alpha=made.alpha, parts=made.parts, landmarks=made.landmarks, category=made.category
    )
    return partial.replace(target)


def load_or_render(folder: Path, count: int, first_seed: int, workers: int) -> SampleSet:
    """`count` garments (rounded up to whole shards) with seeds from `first_seed`; missing shards are rendered.

    Empty `folder` after changing the renderer: shards are known by their seeds only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    firsts = range(first_seed, first_seed + count, SHARD)
    paths = {first: folder / f"garments_{first}.npz" for first in firsts}
    missing = {first: path for first, path in paths.items() if not path.exists()}
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_make_shard, missing.keys(), missing.values()))
    shards = [np.load(path) for path in paths.values()]
    fields = ("rgb", "alpha", "parts", "landmarks", "category")
    return SampleSet(*(np.concatenate([shard[name] for shard in shards]) for name in fields))


def render_set(count: int, first_seed: int) -> SampleSet:
    """`count` garments in memory, for a test or an evaluation."""
    return _stack([render(seed) for seed in range(first_seed, first_seed + count)])
