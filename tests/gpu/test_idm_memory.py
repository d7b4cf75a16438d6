"""Memory plans change where the weights are, not what comes out."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from pipeline.engines.idm.diffusion import IdmVton, Inputs, seeded
from pipeline.engines.idm.memory import is_out_of_memory
from pipeline.engines.idm.plans import Weights, plans_that_fit
from pipeline.engines.idm.weights import read_tensors
from pipeline.ports import PlanName
from tests.data import TEST_DATA

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"

pytestmark = pytest.mark.filterwarnings("default")


def inputs() -> Inputs:
    draw = seeded(4)
    picture = draw((1, 3, 64, 64)).clamp(-1, 1)
    return Inputs(
        person=picture,
        mask=(picture[:, :1] > 0).float(),
        pose=-picture,
        garment=picture.flip(-1),
        garment_view=draw((1, 3, 224, 224)),
        words=["model is wearing a shirt"],
        garment_words=["a photo of a shirt"],
    )


@pytest.mark.parametrize(
    ("plan", "tolerance"), [("model-offload", 1e-6), ("sequential-offload", 1e-6), ("8-bit", 0.2)]
)
def test_every_plan_draws_the_same_picture(plan: PlanName, tolerance: float) -> None:
    expected = IdmVton(CHECKPOINT).denoise(inputs(), seeded(9), steps=2)
    drawn = IdmVton(CHECKPOINT, plan=plan).denoise(inputs(), seeded(9), steps=2)
    assert float((drawn - expected).norm() / expected.norm()) <= tolerance


def test_a_garment_read_before_gives_the_same_picture() -> None:
    idm = IdmVton(CHECKPOINT, shelf_bytes=2**28)
    first = idm.denoise(inputs(), seeded(9), steps=2)
    assert torch.equal(idm.denoise(inputs(), seeded(9), steps=2), first)


def test_the_fastest_plan_that_fits_comes_first() -> None:
    gib = 2**30
    weights = Weights(unets=11 * gib, others=4 * gib, largest=2 * gib)
    found = {free: plans_that_fit(weights, 4 * gib, free * gib)[0] for free in (24, 18, 13, 6)}
    assert found == {24: "resident", 18: "model-offload", 13: "8-bit", 6: "sequential-offload"}


@contextmanager
def memory_of_the_process_ends_here() -> Iterator[None]:
    """But for a megabyte, so that Python itself goes on."""
    found = re.search(r"VmData:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (int(found[1]) * 1024 + 2**20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def test_weights_that_do_not_fit_into_memory_are_not_called_broken() -> None:
    with memory_of_the_process_ends_here(), pytest.raises((RuntimeError, OSError, MemoryError)) as full:
        read_tensors(CHECKPOINT / "unet")
    assert is_out_of_memory(full.value)


@pytest.mark.parametrize(
    "said",
    [
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 50331648 bytes.",
        "CUDA error: out of memory",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "Non-zero status code returned while running Conv node. std::bad_alloc",
    ],
)
def test_full_memory_is_known_by_the_words_of_whoever_met_it(said: str) -> None:
    assert is_out_of_memory(RuntimeError(said))
    assert not is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
