"""The training loop: batches with augmentation, loss, schedule, averaged weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from pipeline.garment.parts import LANDMARK_MIRROR, MODEL_SIZE, PART_MIRROR, Part
from pipeline.training.loop import run
from pipeline.training.network import PartNetwork
from pipeline.training.samples import SampleSet

BATCH = 12
PEAK_RATE = 2.5e-3
AVERAGE_DECAY = 0.995
HEAT_SIGMA = 3.0 / MODEL_SIZE
"""The width of a landmark's blob, as a share of the picture."""

SMALL_SIZE = 128
"""The first steps see the garments at this smaller size: less than half the work, the same lessons."""

PART_WEIGHTS = {
    Part.BACKGROUND: 0.6,
    Part.BODY: 0.8,
    Part.INNER: 1.0,
    Part.COLLAR: 1.3,
    Part.HOOD: 1.2,
    Part.WAISTBAND: 1.6,
}
"""Small parts count more; the others count 1.1."""

_PART_SWAP = torch.tensor(PART_MIRROR)


class Batches:
    """Random augmented batches: mirrored, moved, turned, scaled and recoloured."""

    def __init__(self, samples: SampleSet, seed: int) -> None:
        self.samples = samples
        self.rng = np.random.default_rng(seed)
        torch.manual_seed(seed)

    def draw(self, size: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Input (N, 4, S, S), part labels (N, S, S), heatmaps (N, 21, S / 2, S / 2), category (N); S: `size`."""
        chosen = np.sort(self.rng.integers(0, len(self.samples), BATCH))
        planes, parts, points, category = self._tensors(chosen)
        flip = torch.rand(BATCH) < 0.5
        planes[flip] = planes[flip].flip(3)
        parts[flip] = _PART_SWAP[parts[flip].flip(2)]
        mirrored = points[flip][:, list(LANDMARK_MIRROR)]
        points[flip] = torch.stack([-mirrored[..., 0], mirrored[..., 1]], -1)
        planes, parts, points = self._move(planes, parts, points, size)
        return self._recolour(planes), parts, heatmaps(points, size // 2), category

    def _tensors(self, chosen: NDArray[np.int64]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Planes 0..1, labels, landmarks from -1 to 1 across the picture, categories."""
        s = self.samples
        planes = np.concatenate([s.rgb[chosen], s.alpha[chosen][..., None]], 3)
        pixels = torch.from_numpy(planes).permute(0, 3, 1, 2).float() / 255
        parts = torch.from_numpy(s.parts[chosen]).long()
        points = (torch.from_numpy(s.landmarks[chosen]) + 0.5) * 2 / MODEL_SIZE - 1
        return pixels, parts, points, torch.from_numpy(s.category[chosen]).long()

    @staticmethod
    def _move(planes: Tensor, parts: Tensor, points: Tensor, size: int) -> tuple[Tensor, Tensor, Tensor]:
        n = len(planes)
        turn, scale = torch.randn(n) * 0.06, 1 + torch.rand(n) * 0.12 - 0.04
        shift = (torch.rand(n, 2) - 0.5) * 0.06
        affine = torch.zeros(n, 2, 3)
        affine[:, 0, 0] = affine[:, 1, 1] = turn.cos() * scale
        affine[:, 0, 1], affine[:, 1, 0] = -turn.sin() * scale, turn.sin() * scale
        affine[:, :, 2] = shift
        grid = functional.affine_grid(affine, [n, 1, size, size], align_corners=False)
        white = torch.tensor([1.0, 1.0, 1.0, 0.0])[None, :, None, None]
        planes = functional.grid_sample(planes - white, grid, align_corners=False) + white
        labels = functional.grid_sample(parts[:, None].float(), grid, mode="nearest", align_corners=False)
        moved = torch.linalg.solve(affine[:, :, :2], (points - shift[:, None]).transpose(1, 2)).transpose(1, 2)
        return planes, labels[:, 0].long(), moved

    @staticmethod
    def _recolour(planes: Tensor) -> Tensor:
        n = len(planes)
        colour, alpha = planes[:, :3].clamp(0, 1), planes[:, 3:].clamp(0, 1)
        grey = (torch.rand(n, 1, 1, 1) < 0.2).float()
        colour = colour + grey * (colour.mean(1, keepdim=True) - colour)
        gamma = 1 + 0.8 * (torch.rand(n, 1, 1, 1) - 0.4)
        gain = 1 + 0.25 * (torch.rand(n, 3, 1, 1) - 0.5)
        colour = (colour**gamma * gain).clamp(0, 1)
        return torch.cat([colour * alpha + 1 - alpha, alpha], 1)


def heatmaps(points: Tensor, size: int) -> Tensor:
    """(N, 21, 2) from -1 to 1 -> (N, 21, size, size) blobs of height 1; empty where a point is NaN."""
    centres = (torch.arange(size).float() + 0.5) * 2 / size - 1
    spread = 2 * (2 * HEAT_SIGMA) ** 2
    across = torch.exp(-((centres - points[..., :1]) ** 2) / spread)
    down = torch.exp(-((centres - points[..., 1:]) ** 2) / spread)
    return torch.nan_to_num(down[..., :, None] * across[..., None, :])


def _loss(outputs: tuple[Tensor, Tensor, Tensor], parts: Tensor, heat: Tensor, category: Tensor) -> Tensor:
    weights = torch.tensor([PART_WEIGHTS.get(part, 1.1) for part in Part])
    where = functional.cross_entropy(outputs[0], parts, weights)
    points = functional.binary_cross_entropy_with_logits(outputs[1], heat, weight=1 + 20 * heat)
    kind = functional.cross_entropy(outputs[2], category)
    return where + 3 * points + 0.3 * kind


def train(
    samples: SampleSet,
    steps: int,
    seed: int,
    *,
    small_share: float,
    start: Path | None,
    say: Callable[[str], None],
) -> PartNetwork:
    """Train for `steps` batches, the first `small_share` of them at SMALL_SIZE; returns the averaged network.

    `start`: weights to go on from.
    """
    batches = Batches(samples, seed)

    def loss_at(network: PartNetwork, step: int) -> Tensor:
        size = SMALL_SIZE if step < steps * small_share else MODEL_SIZE
        planes, parts, heat, category = batches.draw(size)
        return _loss(network(planes), parts, heat, category)

    return run(PartNetwork(), loss_at, steps, rate=PEAK_RATE, decay=AVERAGE_DECAY, start=start, say=say)
