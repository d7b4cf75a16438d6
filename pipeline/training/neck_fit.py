"""The network that finds the opening of a neck, and its batches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.garment.neck import NECK_SIZE
from pipeline.training import unet
from pipeline.training.loop import run
from pipeline.training.necks import GROUND, OPENING, CloseUp
from pipeline.training.unet import FoldedUNet, pixels

WIDTHS = (16, 32, 64, 96)
BATCH = 16
PEAK_RATE = 3e-3
AVERAGE_DECAY = 0.995
GROUND_WEIGHT = 0.05
"""The ground is cut away before: what is said of it matters little."""


class NeckNetwork(FoldedUNet):
    """(N, 4, 128, 128) -> logits of the opening (N, 1, 128, 128)."""

    def __init__(self) -> None:
        super().__init__(4, WIDTHS, WIDTHS[0])
        self.opening = nn.Conv2d(WIDTHS[0], 4, 1)

    def forward(self, neck: Tensor) -> Tensor:
        return pixels(self.opening(self.decode(self.encode(neck))))


class _Batches:
    """Random batches: mirrored, moved, turned, scaled and recoloured."""

    def __init__(self, necks: CloseUp, seed: int) -> None:
        self.necks = necks
        self.rng = np.random.default_rng(seed)
        torch.manual_seed(seed)

    def draw(self) -> tuple[Tensor, Tensor]:
        """Input (N, 4, 128, 128) and labels (N, 128, 128)."""
        chosen = np.sort(self.rng.integers(0, len(self.necks.planes), BATCH))
        planes = torch.from_numpy(self.necks.planes[chosen]).permute(0, 3, 1, 2).float() / 255
        labels = torch.from_numpy(self.necks.labels[chosen])[:, None].float()
        flip = torch.rand(BATCH) < 0.5
        planes[flip], labels[flip] = planes[flip].flip(3), labels[flip].flip(3)
        turn, scale = torch.randn(BATCH) * 0.06, 1 + torch.rand(BATCH) * 0.16 - 0.1
        affine = torch.zeros(BATCH, 2, 3)
        affine[:, 0, 0] = affine[:, 1, 1] = turn.cos() * scale
        affine[:, 0, 1], affine[:, 1, 0] = -turn.sin() * scale, turn.sin() * scale
        affine[:, :, 2] = (torch.rand(BATCH, 2) - 0.5) * 0.1
        grid = functional.affine_grid(affine, [BATCH, 1, NECK_SIZE, NECK_SIZE], align_corners=False)
        planes = functional.grid_sample(planes, grid, padding_mode="border", align_corners=False)
        labels = functional.grid_sample(labels, grid, mode="nearest", padding_mode="border", align_corners=False)
        return self._recolour(planes), labels[:, 0].long()

    @staticmethod
    def _recolour(planes: Tensor) -> Tensor:
        n = len(planes)
        colour, alpha = planes[:, :3].clamp(0, 1), planes[:, 3:].clamp(0, 1)
        grey = (torch.rand(n, 1, 1, 1) < 0.25).float()
        colour = colour + grey * (colour.mean(1, keepdim=True) - colour)
        # White on white and black on black, where little is left to see.
        flat = (torch.rand(n, 1, 1, 1) < 0.25).float() * (0.4 + 0.5 * torch.rand(n, 1, 1, 1))
        end = (torch.rand(n, 1, 1, 1) < 0.65).float() * 0.93 + 0.03
        colour = colour + flat * (end - colour)
        gamma = 1 + 0.8 * (torch.rand(n, 1, 1, 1) - 0.4)
        gain = 1 + 0.2 * (torch.rand(n, 3, 1, 1) - 0.5)
        colour = (colour**gamma * gain).clamp(0, 1)
        return torch.cat([colour * alpha + 1 - alpha, alpha], 1)


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of each pixel and overlap (Dice) of the whole opening."""
    truth = (labels == OPENING).float()
    weight = torch.where(labels == GROUND, GROUND_WEIGHT, 1.0)
    each = functional.binary_cross_entropy_with_logits(logits[:, 0], truth, reduction="none")
    chance = torch.sigmoid(logits[:, 0]) * weight
    both = (chance * truth).sum((1, 2))
    overlap = 1 - (2 * both + 40) / (chance.sum((1, 2)) + truth.sum((1, 2)) + 40)
    return (each * weight).sum() / weight.sum() + 0.5 * overlap.mean()


def train(necks: CloseUp, steps: int, seed: int, *, start: Path | None, say: Callable[[str], None]) -> NeckNetwork:
    """Train for `steps` batches, going on from the weights in `start`; returns the averaged network."""
    batches = _Batches(necks, seed)

    def loss_at(network: NeckNetwork, step: int) -> Tensor:
        del step
        planes, labels = batches.draw()
        return loss_of(network(planes), labels)

    return run(NeckNetwork(), loss_at, steps, rate=PEAK_RATE, decay=AVERAGE_DECAY, start=start, say=say)


def export(network: NeckNetwork, target: Path) -> None:
    """Write it as ONNX."""
    unet.export(network, target, (4, NECK_SIZE, NECK_SIZE), ("neck", ["opening"]))
