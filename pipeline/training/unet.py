"""The shape that all our networks share, a small U-Net at half resolution inside, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional


def _block(inputs: int, outputs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in (inputs, outputs):
        layers += [nn.Conv2d(width, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]
    return nn.Sequential(*layers)


class FoldedUNet(nn.Module):
    """Planes 0..1 (N, planes, H, W) -> features (N, head, H / 2, W / 2); `widths` are the channels of each level.

    Pixels are folded two by two into channels on the way in: three quarters of the work saved for edges that stay
    sharp to the pixel, once a head of four times the channels unfolds them (`pixels`). The mean of the deepest
    features is added everywhere: the hem of a shirt and of a dress look alike up close.
    """

    def __init__(self, planes: int, widths: Sequence[int], head: int) -> None:
        super().__init__()
        inputs = (4 * planes, *widths[:-1])
        self.down = nn.ModuleList(_block(i, o) for i, o in zip(inputs, widths, strict=True))
        levels = range(len(widths) - 2, -1, -1)
        self.narrow = nn.ModuleList(nn.Conv2d(widths[i + 1], widths[i], 1) for i in levels)
        self.up = nn.ModuleList(_block(2 * widths[i], widths[i] if i else head) for i in levels)
        self.context = nn.Linear(widths[-1], widths[-1])
        nn.init.zeros_(self.context.weight)
        nn.init.zeros_(self.context.bias)

    def encode(self, planes: Tensor) -> list[Tensor]:
        """The features of each level, finest first."""
        x = functional.pixel_unshuffle(planes - 0.5, 2)
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(functional.max_pool2d(x, 2) if level else x)
            skips.append(x)
        return skips

    def decode(self, skips: list[Tensor]) -> Tensor:
        """The features at half resolution that the heads read, out of those of `encode`."""
        x = skips[-1]
        x = x + self.context(x.mean((2, 3)))[:, :, None, None]
        for narrow, block, skip in zip(self.narrow, self.up, skips[-2::-1], strict=True):
            larger = functional.interpolate(narrow(x), scale_factor=2.0, mode="bilinear", align_corners=False)
            x = block(torch.cat([larger, skip], 1))
        return x


def pixels(logits: Tensor) -> Tensor:
    """(N, 4 * C, H / 2, W / 2) -> (N, C, H, W): the folding undone."""
    return functional.pixel_shuffle(logits, 2)


def export(network: nn.Module, target: Path, size: Sequence[int], names: tuple[str, list[str]]) -> None:
    """Write a network as ONNX (opset 17), batch norm folded, one picture of `size` (planes, H, W) a call.

    `names` are those of its input and of its outputs.
    """
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, *size),),
        str(target),
        input_names=[names[0]],
        output_names=names[1],
        opset_version=17,
        dynamo=False,
    )
