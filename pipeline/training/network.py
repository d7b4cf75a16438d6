"""The garment networks: one with heads for parts, landmarks and category, and one for the category alone."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn

from pipeline.garment.parts import CATEGORIES, LANDMARKS, MODEL_SIZE, Part
from pipeline.training import unet
from pipeline.training.unet import FoldedUNet, pixels

WIDTHS = (24, 48, 96, 128, 160)
HEAD_WIDTH = 24
RARE = -4.0
"""Starting bias of the heatmaps: nearly every pixel is no landmark."""


class PartNetwork(FoldedUNet):
    """(N, 4, 192, 192) -> part logits (N, 11, 192, 192), landmark logits (N, 21, 96, 96), category (N, 3).

    Landmarks are read between cells.
    """

    def __init__(self) -> None:
        super().__init__(4, WIDTHS, HEAD_WIDTH)
        self.parts = nn.Conv2d(HEAD_WIDTH, 4 * len(Part), 1)
        self.landmarks = nn.Conv2d(HEAD_WIDTH, len(LANDMARKS), 1)
        self.category = nn.Linear(WIDTHS[-1], len(CATEGORIES))
        nn.init.constant_(self.landmarks.bias, RARE)

    def forward(self, garment: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        skips = self.encode(garment)
        x = self.decode(skips)
        return pixels(self.parts(x)), self.landmarks(x), self.category(skips[-1].mean((2, 3)))


class KindNetwork(nn.Module):
    """(N, 4, 192, 192) -> category (N, 3): the part network without all that the category does not need."""

    def __init__(self, parts: PartNetwork) -> None:
        super().__init__()
        self.parts = parts

    def forward(self, garment: Tensor) -> Tensor:
        overview: Tensor = self.parts.encode(garment)[-1].mean((2, 3))
        category: Tensor = self.parts.category(overview)
        return category


def export(network: nn.Module, target: Path, outputs: list[str]) -> None:
    """Write a garment network as ONNX; `outputs` names what it gives."""
    unet.export(network, target, (4, MODEL_SIZE, MODEL_SIZE), ("garment", outputs))


PART_OUTPUTS = ["parts", "landmarks", "category"]
