"""The person network: a small U-Net that works at half resolution inside."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH, PLANES, Part

WIDTHS = (28, 48, 88, 128, 160)
HEAD_WIDTH = 28


def _block(inputs: int, outputs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in (inputs, outputs):
        layers += [nn.Conv2d(width, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
    return nn.Sequential(*layers)


class PersonNetwork(nn.Module):
    """Planes 0..1 (N, PLANES, H, W) -> part logits (N, len(Part), H, W).

    Pixels are folded two by two into channels on the way in and unfolded on the way out. The mean of the deepest
    features is added everywhere: a dress and a shirt look alike up close.
    """

    def __init__(self) -> None:
        super().__init__()
        inputs = (4 * PLANES, *WIDTHS[:-1])
        self.down = nn.ModuleList(_block(i, o) for i, o in zip(inputs, WIDTHS, strict=True))
        levels = range(len(WIDTHS) - 2, -1, -1)
        self.narrow = nn.ModuleList(nn.Conv2d(WIDTHS[i + 1], WIDTHS[i], 1) for i in levels)
        self.up = nn.ModuleList(_block(2 * WIDTHS[i], WIDTHS[i] if i else HEAD_WIDTH) for i in levels)
        self.parts = nn.Conv2d(HEAD_WIDTH, 4 * len(Part), 1)
        self.context = nn.Linear(WIDTHS[-1], WIDTHS[-1])
        nn.init.zeros_(self.context.weight)
        nn.init.zeros_(self.context.bias)

    def forward(self, planes: Tensor) -> Tensor:
        x = functional.pixel_unshuffle(planes - 0.5, 2)
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(functional.max_pool2d(x, 2) if level else x)
            skips.append(x)
        x = x + self.context(x.mean((2, 3)))[:, :, None, None]
        for narrow, block, skip in zip(self.narrow, self.up, skips[-2::-1], strict=True):
            larger = functional.interpolate(narrow(x), scale_factor=2.0, mode="bilinear", align_corners=False)
            x = block(torch.cat([larger, skip], 1))
        return functional.pixel_shuffle(self.parts(x), 2)


def export(network: PersonNetwork, target: Path) -> None:
    """Write the network as ONNX (opset 17), batch norm folded, one person a call."""
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, PLANES, MODEL_HEIGHT, MODEL_WIDTH),),
        str(target),
        input_names=["planes"],
        output_names=["parts"],
        opset_version=17,
        dynamo=False,
    )
