"""The part network: a small U-Net at half resolution inside, with heads for parts, landmarks and category."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.garment.parts import CATEGORIES, LANDMARKS, MODEL_SIZE, Part

WIDTHS = (24, 48, 96, 128, 160)
HEAD_WIDTH = 24
RARE = -4.0
"""Starting bias of the heatmaps: nearly every pixel is no landmark."""


def _block(inputs: int, outputs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in (inputs, outputs):
        layers += [nn.Conv2d(width, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
    return nn.Sequential(*layers)


class PartNetwork(nn.Module):
    """(N, 4, 192, 192) -> part logits (N, 11, 192, 192), landmark logits (N, 21, 96, 96), category (N, 3).

    Pixels are folded two by two into channels on the way in, and unfolded on the way out for the parts: three
    quarters of the work saved for edges that stay sharp to the pixel. Landmarks are read between cells. The
    mean of the deepest features is added everywhere: the hem of a shirt and of a dress look alike up close.
    """

    def __init__(self) -> None:
        super().__init__()
        inputs = (4 * 4, *WIDTHS[:-1])
        self.down = nn.ModuleList(_block(i, o) for i, o in zip(inputs, WIDTHS, strict=True))
        levels = range(len(WIDTHS) - 2, -1, -1)
        self.narrow = nn.ModuleList(nn.Conv2d(WIDTHS[i + 1], WIDTHS[i], 1) for i in levels)
        self.up = nn.ModuleList(_block(2 * WIDTHS[i], WIDTHS[i] if i else HEAD_WIDTH) for i in levels)
        self.parts = nn.Conv2d(HEAD_WIDTH, 4 * len(Part), 1)
        self.landmarks = nn.Conv2d(HEAD_WIDTH, len(LANDMARKS), 1)
        self.category = nn.Linear(WIDTHS[-1], len(CATEGORIES))
        self.context = nn.Linear(WIDTHS[-1], WIDTHS[-1])
        nn.init.zeros_(self.context.weight)
        nn.init.zeros_(self.context.bias)
        nn.init.constant_(self.landmarks.bias, RARE)

    def encode(self, garment: Tensor) -> list[Tensor]:
        """The features of each level, finest first."""
        x = functional.pixel_unshuffle(garment - 0.5, 2)
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(functional.max_pool2d(x, 2) if level else x)
            skips.append(x)
        return skips

    def forward(self, garment: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        skips = self.encode(garment)
        x = skips[-1]
        overview = x.mean((2, 3))
        category = self.category(overview)
        x = x + self.context(overview)[:, :, None, None]
        for narrow, block, skip in zip(self.narrow, self.up, skips[-2::-1], strict=True):
            larger = functional.interpolate(narrow(x), scale_factor=2.0, mode="bilinear", align_corners=False)
            x = block(torch.cat([larger, skip], 1))
        return functional.pixel_shuffle(self.parts(x), 2), self.landmarks(x), category


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
    """Write a network as ONNX (opset 17), batch norm folded, one garment a call; `outputs` names what it gives."""
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, 4, MODEL_SIZE, MODEL_SIZE),),
        str(target),
        input_names=["garment"],
        output_names=outputs,
        opset_version=17,
        dynamo=False,
    )


PART_OUTPUTS = ["parts", "landmarks", "category"]
