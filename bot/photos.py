"""Looks at what people send: is it a picture, does it show a person or a garment. All of it off the event loop."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from PIL import Image as PillowImage

from pipeline.cutout import Cutout
from pipeline.errors import GarmentError, PersonError
from pipeline.garment.parts import GarmentParts
from pipeline.garment.sight import GarmentSight, see_garment
from pipeline.intake import IntakePool
from pipeline.person import choose_person, find_people, is_somebody, number_people
from pipeline.person.detect import shared_landmarks
from pipeline.types import Category, CleanPhoto, Image

_NOBODY = frozenset({"no_person", "not_a_photo_of_a_person"})
"""Refusals that say that there is no person, rather than what is wrong with the photo of one."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a picture shows: `people` who can be dressed, or a garment, or neither, and then `refusal` says why.

    `numbered` is a JPEG with the people numbered from 1, when there are several.
    """

    people: int = 0
    numbered: bytes | None = None
    garment: GarmentSight | None = None
    refusal: PersonError | GarmentError | None = None


class PhotoDesk:
    """Intake in child processes, the inspection in one thread, since the models are loaded once. Garments have a
    thread of their own: they take longer, and nobody's photo waits for them.
    """

    def __init__(self, processes: int) -> None:
        self._pool = IntakePool(processes)
        self._intake = ThreadPoolExecutor(processes, thread_name_prefix="intake")
        self._look = ThreadPoolExecutor(1, thread_name_prefix="inspect")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="garment")
        self._cutout = Cutout()
        self._parts = GarmentParts()

    async def load(self) -> None:
        """Load the models now, so that nobody's first photo waits for them."""
        await asyncio.get_running_loop().run_in_executor(self._look, shared_landmarks().load)

    async def clean(self, data: bytes) -> CleanPhoto:
        """The photo as it may be kept. Raises IntakeError."""
        return await asyncio.get_running_loop().run_in_executor(self._intake, self._pool.clean, data)

    async def inspect(self, photo: bytes) -> Inspection:
        """What a clean photo shows."""
        return await asyncio.get_running_loop().run_in_executor(self._look, self._inspect, photo)

    async def garment(self, photo: bytes, part: Category | None = None) -> GarmentSight:
        """The garment in a clean photo, worn or not; `part` when it is known. Raises GarmentError, PersonError."""
        return await asyncio.get_running_loop().run_in_executor(self._aside, self._garment, photo, part)

    def close(self) -> None:
        """End the child processes."""
        # The children first: a thread that waits for one would wait as long as the photo may take.
        self._pool.close()
        for executor in (self._intake, self._look, self._aside):
            executor.shutdown(wait=True, cancel_futures=True)

    def _garment(self, photo: bytes, part: Category | None) -> GarmentSight:
        image = _pixels(photo)
        return see_garment(image, find_people(image), self._cutout, self._parts, part)

    def _inspect(self, photo: bytes) -> Inspection:
        """People first: the garment's networks run only when nobody in the picture can be dressed."""
        image = _pixels(photo)
        found = find_people(image)
        somebody = any(is_somebody(person) for person in found)
        if len(found) > 1 and somebody:
            out = io.BytesIO()
            PillowImage.fromarray(number_people(image, found)).save(out, "JPEG", quality=88)
            return Inspection(len(found), out.getvalue())
        refusal = None
        try:
            choose_person(image, found, None)
        except PersonError as error:
            refusal = error
        if somebody and refusal is None:
            return Inspection(1)
        if refusal is not None and any(person.face is not None for person in found):
            # A person for certain, whom the photo shows badly: whatever they wear is not what was meant.
            return Inspection(refusal=refusal)
        try:
            return Inspection(garment=see_garment(image, found, self._cutout, self._parts))
        except (GarmentError, PersonError) as error:
            if refusal is None:
                return Inspection(1)
            return Inspection(refusal=error if refusal.code in _NOBODY else refusal)


def _pixels(photo: bytes) -> Image:
    return np.asarray(PillowImage.open(io.BytesIO(photo)).convert("RGB"))
