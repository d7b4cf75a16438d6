"""Memory plans change where the weights are, not what comes out."""

from __future__ import annotations

import pytest
import torch

from pipeline.engines.idm.diffusion import IdmVton, Inputs, seeded
from pipeline.engines.idm.plans import Weights, plans_that_fit
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
