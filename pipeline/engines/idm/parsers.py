"""The networks that the reference parses a person with, where their files lie by the weights.

`humanparsing/parsing_atr.onnx` and `parsing_lip.onnx` are SCHP (Li et al. 2019, arXiv 1910.09777); `densepose/`
may hold DensePose (arXiv 1802.00434) as TorchScript: a picture (3, H, W) in, BGR, and boxes, coarse and fine
segmentation, u and v of each person out.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from torch.nn import functional

from pipeline.cutout import onnx_session
from pipeline.engines.idm.agnostic import HEAD, NECK, UPPER, Parse
from pipeline.types import Image

LIP_FACE = 13
_MEAN, _DEVIATION = (0.406, 0.456, 0.485), (0.225, 0.224, 0.229)
"""Of ImageNet, in the order blue, green, red, in which these networks see."""


class HumanParser:
    """Labels of ATR, the neck split off the head by LIP's face."""

    def __init__(self, folder: Path) -> None:
        self._atr = onnx_session((folder / "parsing_atr.onnx").read_bytes())
        self._lip = onnx_session((folder / "parsing_lip.onnx").read_bytes())

    def parse(self, picture: Image) -> Parse:
        """Labels (H, W) of a picture (H, W, 3)."""
        labels = _labels(self._atr, picture)
        tops = (labels == UPPER).astype(np.uint8)
        outlines, _ = cv2.findContours(tops, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        filled = cv2.drawContours(np.zeros_like(tops), outlines, -1, 1, cv2.FILLED) > 0
        labels[filled & (labels == 0)] = UPPER
        face = _labels(self._lip, picture) == LIP_FACE
        labels[(labels == HEAD) & ~face] = NECK
        return labels


def _labels(session: InferenceSession, picture: Image) -> Parse:
    """Of a network with a square input, which sees the whole picture in its middle. It gives scores of two stages,
    of which the second is meant, and edges."""
    entry = session.get_inputs()[0]
    side = entry.shape[2]
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    matrix = np.array([[scale, 0.0, (side - width * scale) / 2], [0.0, scale, (side - height * scale) / 2]])
    seen = cv2.warpAffine(picture[..., ::-1], matrix, (side, side), flags=cv2.INTER_LINEAR)
    planes = ((seen.astype(np.float32) / 255 - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None].astype(np.float32)
    scores = torch.from_numpy(session.run(None, {entry.name: planes})[1])
    # Corner on corner, as these networks were trained.
    grown = functional.interpolate(scores, (side, side), mode="bilinear", align_corners=True)
    labels = grown[0].argmax(dim=0).to(torch.uint8).numpy()
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    inverse = np.array([[scale, 0.0, matrix[0, 2]], [0.0, scale, matrix[1, 2]]])
    return np.asarray(cv2.warpAffine(labels, inverse, (width, height), flags=flags), np.uint8)


class BodyMapper:
    """DensePose's parts of the largest person in a picture."""

    def __init__(self, file: Path, device: str) -> None:
        self._device = device
        self._model = torch.jit.load(file, map_location=device).eval()

    @torch.inference_mode()
    def parts(self, picture: Image) -> NDArray[np.uint8]:
        """Labels 0..24 (H, W); zero everywhere where nobody is found."""
        height, width = picture.shape[:2]
        found = np.zeros((height, width), np.uint8)
        planes = torch.from_numpy(np.ascontiguousarray(picture[..., ::-1].transpose(2, 0, 1)))
        boxes, coarse, fine, _, _ = self._model(planes.to(self._device))
        if not len(boxes):
            return found
        sides = boxes[:, 2:] - boxes[:, :2]
        place = int((sides[:, 0] * sides[:, 1]).argmax())
        left, top, right, bottom = (int(edge) for edge in boxes[place].tolist())
        size = (max(1, bottom - top), max(1, right - left))
        body = functional.interpolate(coarse[place : place + 1].float(), size, mode="bilinear").argmax(dim=1) > 0
        parts = functional.interpolate(fine[place : place + 1].float(), size, mode="bilinear").argmax(dim=1)
        labels = (parts * body)[0].to("cpu", torch.uint8).numpy()
        rows, columns = (
            slice(max(0, top), min(height, top + size[0])),
            slice(max(0, left), min(width, left + size[1])),
        )
        found[rows, columns] = labels[
            rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
        ]
        return found
