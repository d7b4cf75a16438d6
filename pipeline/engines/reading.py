"""Garments as engines see them: measured once a picture, laid out or worn by a model."""

from __future__ import annotations

from pipeline.cutout import Cutout
from pipeline.engines.keeping import Recent, digest
from pipeline.garment.analysis import Garment, analyse_garment
from pipeline.garment.parts import GarmentParts
from pipeline.garment.worn import model_in, worn_garment
from pipeline.person import find_people
from pipeline.person.wearer import analyse_person
from pipeline.types import Category, Image

_KEPT = 4


class GarmentReader:
    """Keeps the last few. Safe to call from several threads."""

    def __init__(self, cutout: Cutout) -> None:
        self._cutout = cutout
        self._parts = GarmentParts()
        self._garments: Recent[Garment] = Recent(_KEPT)

    def load(self) -> None:
        """Load the model now."""
        self._parts.load()

    def clear(self) -> None:
        """Forget garments."""
        self._garments.clear()

    def read(self, image: Image, category: Category | None) -> Garment:
        """A garment in a picture; its category is seen when it is not given. Raises GarmentError."""

        def analyse() -> Garment:
            model = model_in(find_people(image))
            if model is None:
                return analyse_garment(image, self._cutout, self._parts, category)
            return worn_garment(image, analyse_person(image, model, self._cutout), category)

        return self._garments.get(digest(image, category), analyse)
