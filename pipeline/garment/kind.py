"""Which part of the body a garment dresses, told by a small network that sees its cut-out.

The network is the encoder of the part network, trained on all the garments we render
(`pipeline.training.garment_parts train`, then `kind`); its card is docs/models/garment_parts.md.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from pipeline.cutout import onnx_session
from pipeline.garment.parts import CATEGORIES, MODEL_SIZE, garment_square, model_input
from pipeline.types import Alpha, Category, Image

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PRIOR = {Category.UPPER: 2.0, Category.LOWER: 1.0, Category.DRESS: 1.0}
"""Shops show more tops than dresses, and a slender tee looks much like a short dress."""


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    return onnx_session(files("pipeline.models").joinpath("garment_kind.onnx").read_bytes())


def load() -> None:
    """Load the model now."""
    _session()


def opinion(rgb: Image, alpha: Alpha) -> dict[Category, float]:
    """How likely each category is for a cut-out garment; `rgb` (H, W, 3) and `alpha` (H, W) of one size.

    Raises ValueError when the cut-out is empty.
    """
    planes = model_input(np.asarray(rgb / 255, np.float32), alpha, garment_square(alpha), MODEL_SIZE)
    total = np.zeros(len(CATEGORIES))
    for view in (planes, np.ascontiguousarray(planes[..., ::-1])):
        logits = _session().run(None, {"garment": view})[0][0].astype(np.float64)
        raised = np.exp(logits - logits.max())
        total += raised / raised.sum()
    # 1/1024 steps swallow the last bits in which machines differ.
    shares = np.round(total / 2.0 * 1024.0) / 1024.0
    return {category: float(share) for category, share in zip(CATEGORIES, shares, strict=True)}


def kind_of(rgb: Image, alpha: Alpha) -> Category:
    """The likeliest category of a cut-out garment; see `opinion`."""
    shares = opinion(rgb, alpha)
    return max(CATEGORIES, key=lambda category: shares[category] * PRIOR[category])
