"""The networks at work on one device: the plan they run by, and what becomes of a picture that does not fit."""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from pipeline.engines.idm.conditions import ConditionMaker
from pipeline.engines.idm.diffusion import (
    IdmVton,
    Inputs,
    Step,
    as_mask,
    as_picture,
    as_tensor,
    garment_words,
    seeded,
    side_by_side,
    tryon_words,
)
from pipeline.engines.idm.memory import bytes_on_disk, free_bytes, is_out_of_memory
from pipeline.engines.idm.plans import PLANS, WORK_PER_PIXEL, Weights, plans_that_fit
from pipeline.errors import EngineUnavailable
from pipeline.ports import EngineOptions, PlanName
from pipeline.types import Category, Image

if TYPE_CHECKING:
    from pipeline.engines.idm.engine import Drawing

log = logging.getLogger(__name__)

SHELF_SHARE = 0.25
"""Of the CPU's free memory, for what GarmentNet read."""

Watch = Callable[[float, Sequence[Image | None]], None]
"""Told the share done and, at some steps, small pictures; raises to stop."""


def choose_device(wanted: str) -> torch.device:
    """As asked, or the GPU with the most free memory, or the CPU."""
    if wanted != "auto":
        return torch.device(wanted)
    gpus = [torch.device("cuda", number) for number in range(torch.cuda.device_count())]
    return max(gpus, key=free_bytes, default=torch.device("cpu"))


def choose_dtype(wanted: str, device: torch.device) -> torch.dtype:
    """As asked, or half precision where it is fast."""
    names = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
    return names.get(wanted, torch.float16 if device.type == "cuda" else torch.float32)


@contextmanager
def device_lock(device: torch.device) -> Iterator[None]:
    """One process at a time draws on a GPU; the others wait."""
    if device.type != "cuda":
        yield
        return
    file = Path(tempfile.gettempdir()) / f"fashioncore-{os.getuid()}-{device.type}-{device.index or 0}.lock"
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


class Session:
    """Loaded networks. Not safe to call from several threads: the engine sees to it."""

    def __init__(self, options: EngineOptions) -> None:
        if options.weights is None:
            raise EngineUnavailable("no_weights", "No folder of weights is set.")
        self._options = options
        self._folder = options.weights
        self.device = choose_device(options.device)
        self._dtype = choose_dtype(options.dtype, self.device)
        self._work = WORK_PER_PIXEL * options.size[0] * options.size[1]
        self.conditions = ConditionMaker(self._folder, str(self.device))
        self._dresscode = False
        self.plan: PlanName = self._first_plan()
        self._idm: IdmVton | None = None
        self._load()

    def _first_plan(self) -> PlanName:
        """The fastest that fits, from the one asked for on. A CPU has no other memory to move anything to."""
        if self.device.type == "cpu" and self._options.plan is None:
            return PLANS[0]
        size = torch.finfo(self._dtype).bits // 8
        fitting = plans_that_fit(self._weights(), self._work, free_bytes(self.device), size)
        wanted = PLANS.index(self._options.plan or PLANS[0])
        plan = next(each for each in fitting if PLANS.index(each) >= wanted)
        if self._options.plan not in {None, plan}:
            log.warning("IDM-VTON: the plan %s does not fit into memory; %s is used", self._options.plan, plan)
        return plan

    def _weights(self) -> Weights:
        share = torch.finfo(self._dtype).bits / 32
        return bytes_on_disk(self._folder, share)

    def _load(self) -> None:
        self._idm = IdmVton(
            self._folder,
            self._options.dresscode_weights if self._dresscode else None,
            str(self.device),
            self._dtype,
            plan=self.plan,
            adapter=self._options.adapter,
            shelf_bytes=int(SHELF_SHARE * free_bytes(torch.device("cpu"))),
        )
        if self._options.compile:
            self._idm.compile()

    def close(self) -> None:
        """Give all memory back."""
        self._idm = None
        gc.collect()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def most_together(self) -> int:
        """How many pictures fit beside the weights."""
        return max(1, free_bytes(self.device) // self._work)

    def draw(self, drawings: Sequence[Drawing], watch: Watch) -> list[Image]:
        """Pictures of one category. Out of memory, tries once more on the next plan.

        Raises EngineUnavailable, and what `watch` raises.
        """
        self._use(drawings[0].category is not Category.UPPER)
        try:
            return self._draw(drawings, watch)
        except Exception as error:
            if not is_out_of_memory(error) or self.plan == PLANS[-1]:
                raise self._as_unavailable(error) from error
        # Out of the handler, which holds on to the frames that hold on to the memory.
        self.close()
        self.plan = PLANS[PLANS.index(self.plan) + 1]
        log.warning("IDM-VTON ran out of memory; trying once more by the plan %s", self.plan)
        try:
            self._load()
            return self._draw(drawings, watch)
        except Exception as error:
            raise self._as_unavailable(error) from error

    @staticmethod
    def _as_unavailable(error: Exception) -> Exception:
        if not is_out_of_memory(error):
            return error
        return EngineUnavailable("out_of_memory", f"IDM-VTON ran out of memory: {str(error).splitlines()[0]}")

    def _use(self, dresscode: bool) -> None:
        """The UNet for the garment's category, in the place of the other one."""
        if dresscode != self._dresscode or self._idm is None:
            self.close()
            self._dresscode = dresscode
            self._load()

    def _draw(self, drawings: Sequence[Drawing], watch: Watch) -> list[Image]:
        idm, options = self._idm, self._options
        if idm is None:
            raise EngineUnavailable("no_weights", "The networks were given back.")

        def told(step: Step) -> None:
            every, number = options.pictures_every, step.index + 1
            pictures: Sequence[Image | None] = [None] * len(drawings)
            if every and number % every == 0 and number < options.steps:
                pictures = idm.sketch(step.clean)
            watch(0.95 * number / options.steps, pictures)

        inputs = Inputs(
            person=torch.cat([as_tensor(each.person) for each in drawings]),
            mask=torch.cat([as_mask(each.mask) for each in drawings]),
            pose=torch.cat([as_tensor(each.body_map) for each in drawings]),
            garment=torch.cat([as_tensor(each.garment) for each in drawings]),
            garment_view=torch.cat([idm.garment_view(each.garment) for each in drawings]),
            words=[tryon_words(each.words) for each in drawings],
            garment_words=[garment_words(each.words) for each in drawings],
        )
        with device_lock(self.device):
            latents = idm.denoise(
                inputs,
                side_by_side([seeded(options.seed) for _ in drawings]),
                steps=options.steps,
                guidance=options.guidance,
                scheduler_name=options.scheduler,
                watch=told,
            )
            return [as_picture(picture) for picture in idm.decode(latents)]
