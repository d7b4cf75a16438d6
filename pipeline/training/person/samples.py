"""Many rendered figures: made on all cores, kept on disk, held in memory as plain arrays."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.training.person.renderer import Sample, render

SHARD = 250


@dataclass(frozen=True)
class SampleSet:
    """Stacked fields of Sample, first axis the figure."""

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    pose: NDArray[np.uint8]
    parts: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.rgb)


def _stack(samples: list[Sample]) -> SampleSet:
    return SampleSet(
        np.stack([s.rgb for s in samples]),
        np.stack([s.alpha for s in samples]),
        np.stack([s.pose for s in samples]),
        np.stack([s.parts for s in samples]),
    )


def _make_shard(first: int, target: Path) -> Path:
    cv2.setNumThreads(1)
    made = _stack([render(seed) for seed in range(first, first + SHARD)])
    partial = target.with_suffix(".part.npz")
    np.savez_compressed(partial, rgb=made.rgb, alpha=made.alpha, pose=made.pose, parts=made.parts)
    return partial.replace(target)


def load_or_render(folder: Path, count: int, first_seed: int, workers: int) -> SampleSet:
    """`count` figures (rounded up to whole shards) with seeds from `first_seed`; missing shards are rendered.

    Empty `folder` after changing the renderer: shards are known by their seeds only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    firsts = range(first_seed, first_seed + count, SHARD)
    paths = {first: folder / f"figures_{first}.npz" for first in firsts}
    missing = {first: path for first, path in paths.items() if not path.exists()}
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_make_shard, missing.keys(), missing.values()))
    fields: dict[str, list[NDArray[np.uint8]]] = {name: [] for name in ("rgb", "alpha", "pose", "parts")}
    for path in paths.values():
        with np.load(path) as shard:
            for name, arrays in fields.items():
                arrays.append(shard[name])
    return SampleSet(**{name: np.concatenate(arrays) for name, arrays in fields.items()})


def render_set(count: int, first_seed: int) -> SampleSet:
    """`count` figures in memory, for a test or an evaluation."""
    return _stack([render(seed) for seed in range(first_seed, first_seed + count)])
