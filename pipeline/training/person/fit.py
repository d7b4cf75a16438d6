"""The training loop: batches with augmentation, loss, schedule, averaged weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline.person.parts import PART_MIRROR, PLANE_MIRROR, POSE_PLANES, Part, colour_planes
from pipeline.training.loop import run
from pipeline.training.person.network import PersonNetwork
from pipeline.training.person.samples import SampleSet

PEAK_RATE = 3e-3
AVERAGE_DECAY = 0.99
SMALL, FULL = (128, 96), (256, 192)
"""The first steps see the figures at the smaller size: a quarter of the work, the same lessons."""
BATCH = {SMALL: 16, FULL: 8}

PART_WEIGHTS = {Part.BACKGROUND: 0.6, Part.HANDS: 1.6, Part.UNDER: 1.3, Part.SHOES: 1.3}
"""Small parts count more; the others count 1."""

_PART_SWAP = torch.tensor(PART_MIRROR)
_DRAWN_SWAP = PLANE_MIRROR[: 4 + POSE_PLANES]  # likeness of colours is measured after mirroring


class Batches:
    """Random augmented batches: mirrored, moved, turned, scaled and recoloured."""

    def __init__(self, samples: SampleSet, seed: int) -> None:
        self.samples = samples
        self.rng = np.random.default_rng(seed)
        torch.manual_seed(seed)

    def draw(self, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
        """Planes (N, PLANES, H, W) and labels (N, H, W) at `size`."""
        s, count = self.samples, BATCH[size]
        chosen = np.sort(self.rng.integers(0, len(s), count))
        colour = torch.from_numpy(s.rgb[chosen]).permute(0, 3, 1, 2)
        rest = torch.from_numpy(np.concatenate([s.alpha[chosen][:, None], s.pose[chosen]], 1))
        planes = torch.cat([colour, rest], 1).float() / 255
        parts = torch.from_numpy(s.parts[chosen]).long()
        flip = torch.rand(count) < 0.5
        planes[flip] = planes[flip].flip(3)[:, _DRAWN_SWAP]
        parts[flip] = _PART_SWAP[parts[flip].flip(2)]
        planes, parts = self._move(planes, parts, size)
        return _with_colours(self._recolour(planes)), parts

    @staticmethod
    def _move(planes: Tensor, parts: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
        n = len(planes)
        turn, scale = torch.randn(n) * 0.05, 1 + torch.rand(n) * 0.24 - 0.1
        squeeze = 1 + 0.06 * torch.randn(n)
        affine = torch.zeros(n, 2, 3)
        affine[:, 0, 0], affine[:, 1, 1] = turn.cos() * scale * squeeze, turn.cos() * scale
        affine[:, 0, 1], affine[:, 1, 0] = -turn.sin() * scale, turn.sin() * scale
        affine[:, :, 2] = (torch.rand(n, 2) - 0.5) * 0.1
        grid = functional.affine_grid(affine, [n, 1, *size], align_corners=False)
        pad = torch.zeros(1, planes.shape[1], 1, 1)
        pad[:, :3] = 128 / 255
        moved = functional.grid_sample(planes - pad, grid, align_corners=False) + pad
        labels = functional.grid_sample(parts[:, None].float(), grid, mode="nearest", align_corners=False)
        return moved, labels[:, 0].long()

    @staticmethod
    def _recolour(planes: Tensor) -> Tensor:
        n = len(planes)
        colour = planes[:, :3].clamp(0, 1)
        grey = (torch.rand(n, 1, 1, 1) < 0.08).float()
        colour = colour + grey * (colour.mean(1, keepdim=True) - colour)
        gamma = 1 + 0.7 * (torch.rand(n, 1, 1, 1) - 0.45)
        gain = 1 + 0.25 * (torch.rand(n, 1, 1, 1) - 0.5) + 0.08 * (torch.rand(n, 3, 1, 1) - 0.5)
        return torch.cat([(colour**gamma * gain).clamp(0, 1), planes[:, 3:].clamp(0, 1)], 1)


def _with_colours(planes: Tensor) -> Tensor:
    """The planes the engine derives from the others, by the engine's own code."""
    colour = planes[:, :3].permute(0, 2, 3, 1).numpy()
    pose = np.round(planes[:, 4:].numpy() * 255).astype(np.uint8)
    alike = [colour_planes(colour[i], planes[i, 3].numpy(), pose[i]) for i in range(len(planes))]
    return torch.cat([planes, torch.from_numpy(np.stack(alike))], 1)


def train(
    samples: SampleSet,
    steps: int,
    seed: int,
    *,
    small_share: float,
    rate: float,
    start: Path | None,
    say: Callable[[str], None],
) -> PersonNetwork:
    """Train for `steps` batches, the first `small_share` of them at SMALL; returns the averaged network.

    `rate`: the highest learning rate; `start`: weights to go on from.
    """
    batches = Batches(samples, seed)
    weights = torch.tensor([PART_WEIGHTS.get(part, 1.0) for part in Part])

    def loss_at(network: PersonNetwork, step: int) -> Tensor:
        planes, parts = batches.draw(SMALL if step < steps * small_share else FULL)
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(planes)
        return functional.cross_entropy(logits.float(), parts, weights, label_smoothing=0.02)

    return run(PersonNetwork(), loss_at, steps, rate=rate, decay=AVERAGE_DECAY, start=start, say=say)
