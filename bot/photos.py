"""Looks at what people send: is it a picture, and who is in it. Everything heavy runs off the event loop."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from PIL import Image as PillowImage

from pipeline.intake import IntakePool
from pipeline.person import check_person, find_people, number_people
from pipeline.person.detect import shared_landmarks
from pipeline.types import CleanPhoto


@dataclass(frozen=True, slots=True)
class Inspection:
    """Who is in a photo. `numbered` is a JPEG with the people numbered from 1, when there are several."""

    people: int
    numbered: bytes | None = None


class PhotoDesk:
    """Intake in child processes, the inspection in one thread, since the models are loaded once."""

    def __init__(self, processes: int) -> None:
        self._pool = IntakePool(processes)
        self._intake = ThreadPoolExecutor(processes, thread_name_prefix="intake")
        self._look = ThreadPoolExecutor(1, thread_name_prefix="inspect")

    async def load(self) -> None:
        """Load the models now, so that nobody's first photo waits for them."""
        await asyncio.get_running_loop().run_in_executor(self._look, shared_landmarks().load)

    async def clean(self, data: bytes) -> CleanPhoto:
        """The photo as it may be kept. Raises IntakeError."""
        return await asyncio.get_running_loop().run_in_executor(self._intake, self._pool.clean, data)

    async def inspect(self, photo: bytes) -> Inspection:
        """Who is in a clean photo. Raises PersonError when nobody in it can be dressed."""
        return await asyncio.get_running_loop().run_in_executor(self._look, _inspect, photo)

    def close(self) -> None:
        """End the child processes."""
        # The children first: a thread that waits for one would wait as long as the photo may take.
        self._pool.close()
        for executor in (self._intake, self._look):
            executor.shutdown(wait=True, cancel_futures=True)


def _inspect(photo: bytes) -> Inspection:
    image = np.asarray(PillowImage.open(io.BytesIO(photo)).convert("RGB"))
    people = find_people(image)
    if len(people) < 2:
        check_person(image)
        return Inspection(1)
    out = io.BytesIO()
    PillowImage.fromarray(number_people(image, people)).save(out, "JPEG", quality=88)
    return Inspection(len(people), out.getvalue())
