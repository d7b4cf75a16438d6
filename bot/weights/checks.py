"""What `doctor` says about the diffusion engine: what this machine can run, and what to do next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.findings import Finding
from bot.weights.commands import ENGINE
from bot.weights.errors import WeightsError
from bot.weights.gpus import Gpu, find_gpus, operations_per_s
from bot.weights.licence import accepted
from bot.weights.pull import PULL_AGAIN, lacking
from bot.weights.store import Store
from pipeline.engines.idm.plans import (
    REPORTED_S,
    REPORTED_STEPS,
    cpu_bytes,
    cpu_seconds,
    free_memory,
    moving_seconds,
    plan_for,
)
from storage.environment import EngineSettings

NEEDED = 22_500_000_000
"""Bytes that a pull of the published repository takes for a while; 15 GB in the end."""

START = f"FASHIONCORE_ENGINE={ENGINE} ./fashioncore up"


def findings(settings: EngineSettings) -> Iterator[Finding]:
    """The GPU, torch's build, and the weights. Nothing is amiss where the engine is not wanted."""
    wanted = settings.engine == ENGINE
    gpus = find_gpus()
    gpu = _chosen(gpus, settings.idm_device)
    if gpu is None:
        known = "is not there" if gpus else "none: nvidia-smi, which comes with NVIDIA's driver, finds none"
        detail = f"{settings.idm_device} {known}" if gpus else known
        yield _without(settings, detail, wanted)
    else:
        yield from _device(settings, gpu, wanted)
    if wanted or gpu is not None:
        yield _weights(settings.engine_options().weights or Path(), wanted)


def _without(settings: EngineSettings, detail: str, wanted: bool) -> Finding:
    """What the CPU could do instead."""
    pixels = settings.idm_width * settings.idm_height
    needed = cpu_bytes(pixels, 2 if settings.idm_dtype in {"float16", "bfloat16"} else 4)
    free, seconds = free_memory(), cpu_seconds(pixels, settings.idm_steps, operations_per_s())
    enough = free >= needed
    torch = _torch()
    said = (
        f"On this CPU the engine {ENGINE} takes {_span(seconds)} a picture ({settings.idm_steps} steps) or more, "
        "by what it computes and how fast numbers are multiplied here; "
        f"and {needed / 1e9:.0f} GB of memory, of which {free / 1e9:.0f} are free"
        f"{'' if enough else ', which is too little'}"
        f". torch {f'{torch} is installed' if torch else 'is not installed, and comes with the first start'}"
    )
    elsewhere = "" if enough and settings.idm_device == "cpu" else ". Or draw elsewhere: docs/remote.md"
    return Finding("GPU", not wanted or (enough and settings.idm_device == "cpu"), f"{detail}. {said}{elsewhere}")


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _torch() -> str | None:
    """The build that is installed."""
    try:
        return version("torch")
    except PackageNotFoundError:
        return None


def _chosen(gpus: list[Gpu], device: str) -> Gpu | None:
    """The one that the engine takes: the named one, or the one with the most free memory."""
    if device == "auto":
        return max(gpus, key=lambda gpu: gpu.free, default=None)
    number = device.removeprefix("cuda").removeprefix(":") or "0"
    return next((gpu for gpu in gpus if device.startswith("cuda") and str(gpu.index) == number), None)


def _device(settings: EngineSettings, gpu: Gpu, wanted: bool) -> Iterator[Finding]:
    plan, least = plan_for(gpu.free, settings.idm_width * settings.idm_height)
    memory = f"{gpu.name}, {gpu.free / 1e9:.1f} of {gpu.total / 1e9:.1f} GB free"
    if plan is None:
        yield Finding(
            "GPU", not wanted, f"{memory}: too little for the engine {ENGINE}, which needs {least / 1e9:.1f}"
        )
    else:
        plan = settings.idm_plan or plan
        yield Finding("GPU", True, f"{memory}: plan {plan}, {_seconds(gpu.name, plan, settings.idm_steps)}")
    torch = _torch()
    if torch is not None and torch.endswith("+cpu") and not settings.idm_device.startswith("cpu"):
        yield Finding("torch", not wanted, f"{torch} is a build without CUDA, which does not see this GPU")


def _seconds(name: str, plan: str, steps: int) -> str:
    """What to expect, and how well that is known."""
    known = [seconds for card, seconds in REPORTED_S.items() if card in name]
    low, high = (known[0], known[0]) if known else (min(REPORTED_S.values()), max(REPORTED_S.values()))
    low, high = low * steps / REPORTED_STEPS, high * steps / REPORTED_STEPS
    span = f"{low:.0f} s" if low == high else f"{low:.0f} to {high:.0f} s"
    cards = "this card" if known else " and ".join(REPORTED_S)
    figure = f"{span} a picture ({steps} steps) on {cards}, as users of the reference report"
    if plan == "resident":
        return figure
    moving = f", by {_span(moving_seconds(steps))} at the least for moving weights (PCIe 3)"
    more = moving if plan == "sequential-offload" else ""
    return f"slower than the {figure} with all networks resident{more}"


def _weights(folder: Path, wanted: bool) -> Finding:
    try:
        missing, record = lacking(folder), Store(folder).record()
    except WeightsError as error:
        return Finding("weights", not wanted, str(error))
    if missing:
        free = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
        space = "" if free > NEEDED else f"; {NEEDED / 1e9:.0f} GB of space are needed, {free / 1e9:.1f} are free"
        return Finding(
            "weights", not wanted, f"not in {folder} ({missing[0]}){space}. Next: {PULL_AGAIN}, then {START}"
        )
    terms = accepted(folder)
    said = f"terms accepted {terms.accepted_at}" if terms else "their terms were not accepted here"
    start = "" if wanted else f". Next: {START}"
    if record is None:
        return Finding("weights", True, f"in {folder}, not pulled by us and not checked, {said}{start}")
    size = sum(file.size for file in record.files.values())
    where = f"{record.source} at {record.revision[:8]}, {size / 1e9:.1f} GB"
    return Finding("weights", True, f"{where}, {said}{start}")
