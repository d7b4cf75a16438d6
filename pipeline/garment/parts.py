"""Finds the parts of a garment in a cut-out product photo: body, sleeves, collar, hood, legs, skirt, waistband.

The model is a small U-Net trained on garments we render ourselves (`pipeline.training.garment_parts`); its card is
docs/models/garment_parts.md. Left and right are the picture's left and right, never the wearer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Alpha, Category, Image

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_SIZE = 192
"""Pixels a side of the square the model sees."""

CROP_MARGIN = 0.04
"""White around the garment's box, as a share of the box's long side."""

WORKING_SIDE = 768
"""Larger photos are reduced to this long side (pixels) first: the model sees no more, and memory stays small."""


class Part(IntEnum):
    """Label of a pixel. INNER is the inside of the back seen through the neck, the open front or the waist."""

    BACKGROUND = 0
    BODY = 1
    LEFT_SLEEVE = 2
    RIGHT_SLEEVE = 3
    INNER = 4
    COLLAR = 5
    HOOD = 6
    LEFT_LEG = 7
    RIGHT_LEG = 8
    SKIRT = 9
    WAISTBAND = 10


LANDMARKS = (
    "collar_left",  # where the neckline meets the shoulder line (tops, dresses)
    "collar_right",
    "shoulder_left",  # outer end of the shoulder line, top of the sleeve seam
    "shoulder_right",
    "armpit_left",  # lower end of the sleeve seam or armhole
    "armpit_right",
    "cuff_outer_left",  # the cuff's two corners; outer continues the shoulder line
    "cuff_outer_right",
    "cuff_inner_left",
    "cuff_inner_right",
    "hem_left",  # lower corners of tops, skirts and dresses
    "hem_right",
    "neck_front",  # lowest point of the front neckline, or where a collar closes
    "hem_middle",
    "waist_left",  # ends of the waist: upper edge of bottoms, waist seam or narrowest place of dresses
    "waist_right",
    "crotch",  # trousers, shorts, jumpsuits
    "leg_hem_outer_left",
    "leg_hem_outer_right",
    "leg_hem_inner_left",
    "leg_hem_inner_right",
)
"""Heatmap channels in order."""

CATEGORIES = (Category.UPPER, Category.LOWER, Category.DRESS)
"""Category logits in order. A jumpsuit counts as a dress."""


def _mirrored(name: str) -> str:
    if name.endswith("_left"):
        return name.removesuffix("left") + "right"
    if name.endswith("_right"):
        return name.removesuffix("right") + "left"
    return name


_ONLY_TOPS = (Part.BODY, Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE, Part.COLLAR, Part.HOOD)
_ONLY_BOTTOMS = (Part.LEFT_LEG, Part.RIGHT_LEG, Part.SKIRT, Part.WAISTBAND)
MISSING_PARTS = {Category.UPPER: _ONLY_BOTTOMS, Category.LOWER: _ONLY_TOPS, Category.DRESS: ()}
"""Parts that a garment of this category cannot have."""

_TOP_POINTS = ("collar", "shoulder", "armpit", "cuff", "neck")
_BOTTOM_POINTS = ("waist", "crotch", "leg")
MISSING_LANDMARKS = {Category.UPPER: _BOTTOM_POINTS, Category.LOWER: _TOP_POINTS, Category.DRESS: ()}
"""Beginnings of the names of landmarks that a garment of this category cannot have."""

PART_MIRROR = (0, 1, 3, 2, 4, 5, 6, 8, 7, 9, 10)
"""Label of each part after the picture is mirrored."""

LANDMARK_MIRROR = tuple(LANDMARKS.index(_mirrored(name)) for name in LANDMARKS)
"""Channel of each landmark after the picture is mirrored."""


class Square(NamedTuple):
    """The square crop the model saw, in pixels; it may reach over the picture's edges."""

    left: int
    top: int
    side: int


class Landmark(NamedTuple):
    """Pixels of the input picture; `score` 0..1 (below about 0.3 the garment has no such point)."""

    x: float
    y: float
    score: float


@dataclass(frozen=True)
class PartsPrediction:
    """What the model found.

    `probabilities` is float32 (11, 192, 192), summing to 1 over the parts, on the grid of `square`;
    `landmarks` holds every name of LANDMARKS; `categories` sums to 1; `width` and `height` are the input
    picture's, in pixels.
    """

    probabilities: NDArray[np.float32]
    square: Square
    landmarks: dict[str, Landmark]
    categories: dict[Category, float]
    width: int
    height: int

    @cached_property
    def labels(self) -> NDArray[np.uint8]:
        """Most probable Part of every input pixel, shape (height, width); BACKGROUND outside the square."""
        best = self.probability(Part.BACKGROUND)
        labels = np.zeros((self.height, self.width), np.uint8)
        for part in list(Part)[1:]:
            if self.probabilities[part].max() < 1 / len(Part):
                continue  # nowhere the most probable
            candidate = self.probability(part)
            better = candidate > best
            labels[better] = part
            np.copyto(best, candidate, where=better)
        return labels

    def probability(self, part: Part) -> NDArray[np.float32]:
        """Probability 0..1 of one part, resampled to the input picture: float32 (height, width)."""
        left, top, side = self.square
        full = np.full((self.height, self.width), float(part is Part.BACKGROUND), np.float32)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + side, self.width), min(top + side, self.height)
        grid = np.ascontiguousarray(self.probabilities[part])
        big = cv2.resize(grid, (side, side), interpolation=cv2.INTER_LINEAR)
        full[y0:y1, x0:x1] = big[y0 - top : y1 - top, x0 - left : x1 - left]
        return full

    @property
    def category(self) -> Category:
        """The most probable category."""
        return max(self.categories, key=lambda category: self.categories[category])


def garment_square(alpha: Alpha, margin: float = CROP_MARGIN) -> Square:
    """The centred square that holds every pixel with alpha above one half, plus `margin`.

    Raises ValueError when no pixel is that opaque.
    """
    opaque = alpha > 0.5
    columns, rows = np.flatnonzero(opaque.any(axis=0)), np.flatnonzero(opaque.any(axis=1))
    if not len(columns):
        raise ValueError("the cut-out is empty: no pixel has alpha above 0.5")
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    side = max(round(max(x1 - x0, y1 - y0) * (1 + 2 * margin)), 8)
    return Square((x0 + x1 - side) // 2, (y0 + y1 - side) // 2, side)


def crop_square(picture: NDArray[np.float32], square: Square, outside: float, size: int) -> NDArray[np.float32]:
    """Cut `square` out of a float picture (H, W) or (H, W, C), `outside` beyond its edges, resized to `size`."""
    left, top, side = square
    height, width = picture.shape[:2]
    cut = np.full((side, side, *picture.shape[2:]), outside, np.float32)
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + side, width), min(top + side, height)
    cut[y0 - top : y1 - top, x0 - left : x1 - left] = picture[y0:y1, x0:x1]
    interpolation = cv2.INTER_AREA if side > size else cv2.INTER_LINEAR
    resized: NDArray[np.float32] = cv2.resize(cut, (size, size), interpolation=interpolation)
    return resized


def model_input(rgb: NDArray[np.float32], alpha: Alpha, square: Square, size: int) -> NDArray[np.float32]:
    """The model's input (1, 4, size, size): RGB 0..1 composited on white, then alpha. `rgb` is 0..1."""
    on_white = 1 + alpha[..., None] * (rgb - 1)
    planes = np.dstack([crop_square(on_white, square, 1.0, size), crop_square(alpha, square, 0.0, size)])
    return np.ascontiguousarray(planes.transpose(2, 0, 1)[None], dtype=np.float32)


class GarmentParts:
    """The part model. Loads onnxruntime and the model on first use; one object may be used from many threads."""

    def __init__(self, model: bytes | None = None) -> None:
        self._model = model

    def load(self) -> None:
        """Load the model now."""
        _ = self._session

    @cached_property
    def _session(self) -> InferenceSession:
        from pipeline.cutout import onnx_session  # noqa: PLC0415  (60 MB: only those who dress somebody pay for it)

        return onnx_session(self._model or files("pipeline.models").joinpath("garment_parts.onnx").read_bytes())

    def predict(self, rgb: Image, alpha: Alpha, category: Category | None = None) -> PartsPrediction:
        """Parts, landmarks and category of one cut-out garment; `rgb` (H, W, 3) and `alpha` (H, W) of one size.

        Two passes, plain and mirrored, are averaged. What the category rules out counts as little as the model
        believes in the others; with `category` given it is certain (`categories` stays the model's own opinion).
        Raises ValueError when the cut-out is empty or sizes differ.
        """
        if rgb.shape[:2] != alpha.shape:
            raise ValueError(f"picture {rgb.shape[:2]} and alpha {alpha.shape} differ in size")
        height, width = alpha.shape
        reduced = min(1.0, WORKING_SIDE / max(height, width))
        if reduced < 1:
            small = (max(1, round(width * reduced)), max(1, round(height * reduced)))
            rgb = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA)
            alpha = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA)
        square = garment_square(alpha)
        planes = model_input(np.asarray(rgb / 255, np.float32), alpha, square, MODEL_SIZE)
        parts, heat, opinion = self._two_passes(planes)
        belief = opinion if category is None else np.array([c is category for c in CATEGORIES], np.float32)
        parts = _steady(_possible_parts(parts, belief))
        heat = heat * _possible_landmarks(belief)[:, None, None]
        square = Square(*(round(value / reduced) for value in square))
        return PartsPrediction(
            parts,
            square,
            {name: _peak(heat[i], square) for i, name in enumerate(LANDMARKS)},
            {name: float(opinion[i]) for i, name in enumerate(CATEGORIES)},
            width,
            height,
        )

    def _two_passes(
        self, planes: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        plain = [output[0] for output in self._session.run(None, {"garment": planes})]
        flipped = np.ascontiguousarray(planes[..., ::-1])
        mirror = [output[0] for output in self._session.run(None, {"garment": flipped})]
        parts = np.asarray((_softmax(plain[0]) + _softmax(mirror[0])[list(PART_MIRROR), :, ::-1]) / 2, np.float32)
        heat = _sigmoid(plain[1]) + _sigmoid(mirror[1])[list(LANDMARK_MIRROR), :, ::-1]
        category = _softmax(plain[2]) + _softmax(mirror[2])
        return parts, _steady(heat / np.float32(2)), _steady(category / np.float32(2))


def _possible_parts(parts: NDArray[np.float32], belief: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each part weighed by the belief in the categories that can have it; sums to 1 again."""
    can = np.array([[part not in MISSING_PARTS[c] for c in CATEGORIES] for part in Part], np.float32)
    weighed = parts * (can @ belief)[:, None, None]
    return np.asarray(weighed / weighed.sum(axis=0), np.float32)


def _possible_landmarks(belief: NDArray[np.float32]) -> NDArray[np.float32]:
    can = [[not name.startswith(MISSING_LANDMARKS[c]) for c in CATEGORIES] for name in LANDMARKS]
    return np.asarray(np.array(can, np.float32) @ belief, np.float32)


def _steady(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """In steps of 1/4096, which swallow the last bits in which machines differ."""
    return np.asarray(np.round(values * 4096) / 4096, np.float32)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(logits - logits.max(axis=0))
    return np.asarray(raised / raised.sum(axis=0), np.float32)


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -40, 40))), np.float32)


def _peak(heat: NDArray[np.float32], square: Square) -> Landmark:
    """Strongest place of a heatmap, refined by the centre of mass of the 5x5 cells round it."""
    size = heat.shape[0]
    row, column = divmod(int(heat.argmax()), size)
    y0, x0 = max(row - 2, 0), max(column - 2, 0)
    patch = heat[y0 : row + 3, x0 : column + 3]
    rows, columns = np.mgrid[y0 : y0 + patch.shape[0], x0 : x0 + patch.shape[1]]
    total = float(patch.sum()) or 1.0
    x, y = float((columns * patch).sum()) / total, float((rows * patch).sum()) / total
    scale = square.side / size
    return Landmark(square.left + (x + 0.5) * scale - 0.5, square.top + (y + 0.5) * scale - 0.5, float(heat.max()))
