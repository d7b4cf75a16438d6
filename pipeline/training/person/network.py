"""The person network."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn

from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH, PLANES, Part
from pipeline.training import unet
from pipeline.training.unet import FoldedUNet, pixels

WIDTHS = (28, 48, 88, 128, 160)
HEAD_WIDTH = 28


class PersonNetwork(FoldedUNet):
    """Planes 0..1 (N, PLANES, H, W) -> part logits (N, len(Part), H, W)."""

    def __init__(self) -> None:
        super().__init__(PLANES, WIDTHS, HEAD_WIDTH)
        self.parts = nn.Conv2d(HEAD_WIDTH, 4 * len(Part), 1)

    def forward(self, planes: Tensor) -> Tensor:
        return pixels(self.parts(self.decode(self.encode(planes))))


def export(network: PersonNetwork, target: Path) -> None:
    """Write the network as ONNX."""
    unet.export(network, target, (PLANES, MODEL_HEIGHT, MODEL_WIDTH), ("planes", ["parts"]))
