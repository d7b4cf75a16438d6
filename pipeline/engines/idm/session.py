"""The networks at work on one device: the plan they run by, and what becomes of a picture that does not fit."""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import torch

from pipeline.engines.idm.conditions import ConditionMaker, Conditions
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
from pipeline.engines.idm.memory import free_bytes, is_out_of_memory
from pipeline.engines.idm.plans import PLANS, WORK_PER_PIXEL, plans_that_fit
from pipeline.engines.idm.weights import bytes_on_disk
from pipeline.errors import EngineUnavailable
from pipeline.ports import EngineOptions, PlanName
from pipeline.types import Category, Image

if TYPE_CHECKING:
    from pipeline.engines.idm.engine import Drawing
    from pipeline.engines.idm.framing import Framing
    from pipeline.person.wearer import Wearer

log = logging.getLogger(__name__)

SHELF_SHARE = 0.25
"""Of the CPU's free memory, for what GarmentNet read."""

LOOK_S = 0.05
"""How often who waits for a device looks whether it is free."""

T = TypeVar("T")

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
def device_lock(device: torch.device, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """One process at a time loads onto a device and draws there; until it is their turn the others call `waiting`,
    which may raise to give up."""
    name = device.type
    if device.type == "cuda":
        # Numbers of GPUs differ between processes that see some of them only.
        name = str(torch.cuda.get_device_properties(device).uuid)
    file = Path(tempfile.gettempdir()) / f"fashioncore-{os.getuid()}-{name}.lock"
    held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                time.sleep(LOOK_S)
            else:
                break
        yield
    finally:
        os.close(held)


class Session:
    """The networks of one engine, loaded when they are needed. Not safe to call from several threads, and only
    within `alone`: the engine sees to both."""

    def __init__(self, options: EngineOptions, weights: Path) -> None:
        self._options = options
        self._folder = weights
        self._device = choose_device(options.device)
        self._dtype = choose_dtype(options.dtype, self._device)
        self._work = WORK_PER_PIXEL * options.size[0] * options.size[1]
        self._dresscode = False
        self._idm: IdmVton | None = None
        self._plan: PlanName | None = None

    def alone(self, waiting: Callable[[], None] = lambda: None) -> AbstractContextManager[None]:
        """Nobody else uses the device meanwhile; see `device_lock`."""
        return device_lock(self._device, waiting)

    @property
    def plan(self) -> PlanName:
        """By which the networks were loaded, or will be."""
        if self._plan is None:
            self._plan = self._first_plan()
        return self._plan

    @cached_property
    def _conditions(self) -> ConditionMaker:
        return ConditionMaker(self._folder, str(self._device))

    def conditions(self, photo: Image, wearer: Wearer, framing: Framing) -> Conditions:
        """What is drawn by. Raises EngineUnavailable."""
        return self._within_memory(lambda: self._conditions.make(photo, wearer, framing))

    def _first_plan(self) -> PlanName:
        """The fastest that fits, from the one asked for on. A CPU has no other memory to move anything to."""
        if self._device.type == "cpu":
            return self._options.plan or PLANS[0]
        share = torch.finfo(self._dtype).bits / 32
        weights = bytes_on_disk(self._folder, share)
        fitting = plans_that_fit(weights, self._work, free_bytes(self._device), round(4 * share))
        wanted = PLANS.index(self._options.plan or PLANS[0])
        plan = next(each for each in fitting if PLANS.index(each) >= wanted)
        if self._options.plan not in {None, plan}:
            log.warning("IDM-VTON: the plan %s does not fit into memory; %s is used", self._options.plan, plan)
        return plan

    def load(self) -> None:
        """Load everything now. Raises EngineUnavailable."""
        self._within_memory(lambda: (self._conditions, self._networks(self._dresscode)))

    def close(self) -> None:
        """Give the networks' memory back."""
        self._idm = None
        gc.collect()
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def most_together(self) -> int:
        """How many pictures fit beside the weights."""
        self.load()
        return max(1, free_bytes(self._device) // self._work)

    def draw(self, drawings: Sequence[Drawing], watch: Watch) -> list[Image]:
        """Pictures of one category. Raises EngineUnavailable, and what `watch` raises."""
        dresscode = drawings[0].category is not Category.UPPER
        return self._within_memory(lambda: self._draw(self._networks(dresscode), drawings, watch))

    def _within_memory(self, work: Callable[[], T]) -> T:
        """Out of memory, frees it and tries once more on the next plan. Raises EngineUnavailable."""
        said = ""
        for plan in PLANS[PLANS.index(self.plan) :][:2]:
            self._plan = plan
            try:
                return work()
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                said = str(error).partition("\n")[0]
            # Out of the handler, which holds on to the frames that hold on to the memory.
            self.close()
            log.warning("IDM-VTON ran out of memory by the plan %s: %s", plan, said)
        self._plan = None
        raise EngineUnavailable("out_of_memory", f"IDM-VTON ran out of memory: {said}")

    def _networks(self, dresscode: bool) -> IdmVton:
        """With the UNet for the garment's category, in the place of the other one."""
        if dresscode != self._dresscode:
            self.close()
            self._dresscode = dresscode
        if self._idm is None:
            self._idm = IdmVton(
                self._folder,
                self._options.dresscode_weights if dresscode else None,
                str(self._device),
                self._dtype,
                plan=self.plan,
                adapter=self._options.adapter,
                shelf_bytes=int(SHELF_SHARE * free_bytes(torch.device("cpu"))),
            )
            if self._options.compile:
                self._idm.compile()
        return self._idm

    def _draw(self, idm: IdmVton, drawings: Sequence[Drawing], watch: Watch) -> list[Image]:
        options = self._options

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
        latents = idm.denoise(
            inputs,
            side_by_side([seeded(options.seed) for _ in drawings]),
            steps=options.steps,
            guidance=options.guidance,
            scheduler_name=options.scheduler,
            watch=told,
        )
        return [as_picture(picture) for picture in idm.decode(latents)]
