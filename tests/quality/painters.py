"""Who paints: the engine, and the controls that anybody could write and that must not pass."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from pipeline.ports import Engine
from pipeline.types import Category, Image, TryOnRequest, no_progress
from tests.quality.material import Case, Flags, Garment, material
from tests.quality.product import load_product, recoloured
from tests.quality.truth import truth_of


class Painter(Protocol):
    """Dresses the person of a case, in a colour of its own when `hue_deg` is given (see `product`)."""

    @property
    def categories(self) -> frozenset[Category]:
        """What it can dress."""
        ...

    def paint(self, case: Case, photo: Image, hue_deg: int | None) -> Painted:
        """Raises PipelineError when it refuses."""
        ...


@dataclass(frozen=True, slots=True)
class Painted:
    """A result of the photo's size and the wall seconds it took."""

    image: Image
    seconds: float


def product_in(garment: Garment, hue_deg: int | None) -> tuple[Image, Flags]:
    """The product photo, recoloured when a hue is given, and its mask."""
    photo, cloth = load_product(garment)
    return (photo if hue_deg is None else recoloured(photo, cloth, hue_deg)), cloth


class EnginePainter:
    """The engine as it is; with `instead`, the same engine in another garment than was asked for (a control)."""

    def __init__(self, engine: Engine, instead: tuple[str, str] | None = None) -> None:
        self._engine = engine
        self._instead = instead

    @property
    def categories(self) -> frozenset[Category]:
        """The engine's."""
        return self._engine.categories

    def paint(self, case: Case, photo: Image, hue_deg: int | None) -> Painted:
        """Render once."""
        garment = case.garment
        if self._instead is not None:
            first, second = self._instead
            garment = material().garments[second if garment.name == first else first]
        product, _ = product_in(garment, hue_deg)
        request = TryOnRequest(photo, product, category=garment.category, person_index=case.index)
        began = time.perf_counter()
        result = self._engine.render(request, no_progress)
        return Painted(result.image, time.perf_counter() - began)


class _Control:
    """Knows the garment and the person's torso, nothing else."""

    @property
    def categories(self) -> frozenset[Category]:
        return frozenset({Category.UPPER})


class Echo(_Control):
    """Gives the photo back."""

    def paint(self, _case: Case, photo: Image, _hue_deg: int | None) -> Painted:
        """Nothing painted."""
        return Painted(photo.copy(), 0.0)


class Flat(_Control):
    """Fills the old top (or the torso) with the garment's mean colour."""

    def paint(self, case: Case, photo: Image, hue_deg: int | None) -> Painted:
        """One colour."""
        product, cloth = product_in(case.garment, hue_deg)
        truth = truth_of(case)
        where = truth.top if truth.top is not None else _torso_box(case, photo)
        image = photo.copy()
        image[where] = np.rint(product[cloth].mean(axis=0)).astype(np.uint8)
        return Painted(image, 0.0)


class Paste(_Control):
    """Stretches the cut-out product over the torso: the sticker that every naive try-on is."""

    def paint(self, case: Case, photo: Image, hue_deg: int | None) -> Painted:
        """One affine map from the product's box to the torso's."""
        product, cloth = product_in(case.garment, hue_deg)
        ys, xs = np.nonzero(cloth)
        source = np.array([[xs.min(), ys.min()], [xs.max(), ys.min()], [xs.min(), ys.max()]], np.float32)
        ys, xs = np.nonzero(_torso_box(case, photo))
        target = np.array([[xs.min(), ys.min()], [xs.max(), ys.min()], [xs.min(), ys.max()]], np.float32)
        mapping = cv2.getAffineTransform(source, target)
        size = (photo.shape[1], photo.shape[0])
        laid = cv2.warpAffine(product, mapping, size, flags=cv2.INTER_AREA)
        soft = cv2.warpAffine(cloth.astype(np.float32), mapping, size)[..., None]
        return Painted(np.asarray(np.rint(laid * soft + photo * (1 - soft)), np.uint8), 0.0)


def _torso_box(case: Case, photo: Image) -> Flags:
    """The box round shoulders and hips, a third wider than they are."""
    box = np.zeros(photo.shape[:2], np.bool_)
    torso = truth_of(case).torso
    if torso is None:
        return ~box
    (left, top), (right, bottom) = torso.min(axis=0), torso.max(axis=0)
    margin = (right - left) / 6
    box[max(0, int(top)) : int(bottom), max(0, int(left - margin)) : int(right + margin)] = True
    return box
