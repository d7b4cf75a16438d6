"""The whole way on a checkpoint of other sizes: ours draws what the plain way draws, however it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from diffusers import DDIMScheduler, DDPMScheduler
from torch import Tensor

from pipeline.engines.idm.diffusion import IdmVton, Inputs, seeded
from pipeline.engines.idm.weights import bytes_on_disk, load_garment_net
from pipeline.ports import PlanName, SchedulerName
from tests.data import TEST_DATA
from tests.gpu.checkpoint import QUERIES, make_checkpoint
from tests.gpu.plain import PlainPipeline

HEIGHT, WIDTH = 88, 60  # latents of 22 x 15: no half of theirs is whole
STEPS = 3

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("of other sizes") / "ckpt"
    return make_checkpoint(folder, TEST_DATA / "idm" / "golden" / "ckpt")


@pytest.fixture(scope="module")
def plain(checkpoint: Path) -> PlainPipeline:
    return PlainPipeline(IdmVton(checkpoint), load_garment_net(checkpoint / "unet_encoder", tail=True))


def people(count: int) -> Inputs:
    """Each with a garment and words of their own."""
    draw = seeded(3)
    pictures = [draw((count, 3, HEIGHT, WIDTH)).clamp(-1, 1) for _ in range(3)]
    return Inputs(
        person=pictures[0],
        mask=(pictures[0][:, :1] > 0).float(),
        pose=pictures[1],
        garment=pictures[2],
        garment_view=draw((count, 3, 112, 112)),
        words=[f"model is wearing shirt {number}" for number in range(count)],
        garment_words=[f"a photo of shirt {number}" for number in range(count)],
    )


def apart(one: Tensor, other: Tensor) -> float:
    return float((one - other).norm() / other.norm())


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("guidance", [2.0, 1.0])
@pytest.mark.parametrize("scheduler", ["ddpm", "ddim"])
def test_ours_draws_what_the_plain_way_draws(
    checkpoint: Path, plain: PlainPipeline, count: int, guidance: float, scheduler: SchedulerName
) -> None:
    idm = IdmVton(checkpoint, shelf_bytes=2**28)
    assert idm.tryon_net.resampler.latents.shape[1] == QUERIES
    theirs = {"ddpm": DDPMScheduler, "ddim": DDIMScheduler}[scheduler]
    expected = plain.denoise(people(count), seeded(8), STEPS, guidance, theirs)
    for _ in ("a garment never seen", "one read before"):
        drawn = idm.denoise(people(count), seeded(8), steps=STEPS, guidance=guidance, scheduler_name=scheduler)
        assert apart(drawn, expected) < 1e-4
    assert expected.std() > 0.1


def test_the_plain_way_is_the_one_by_the_book(checkpoint: Path, plain: PlainPipeline) -> None:
    whole = load_garment_net(checkpoint / "unet_encoder", tail=True)
    book = PlainPipeline(IdmVton(checkpoint), whole, by_the_book=True)
    drawn, expected = (way.denoise(people(1), seeded(8), STEPS) for way in (book, plain))
    assert apart(drawn, expected) < 1e-4


@pytest.mark.parametrize(
    ("plan", "tolerance"), [("model-offload", 1e-4), ("sequential-offload", 1e-4), ("8-bit", 0.3)]
)
def test_every_plan_draws_it_too(checkpoint: Path, plain: PlainPipeline, plan: PlanName, tolerance: float) -> None:
    expected = plain.denoise(people(1), seeded(8), STEPS)
    drawn = IdmVton(checkpoint, plan=plan).denoise(people(1), seeded(8), steps=STEPS)
    assert apart(drawn, expected) < tolerance


def test_its_pictures_have_the_size_of_the_photo_and_its_memory_is_known(checkpoint: Path) -> None:
    idm = IdmVton(checkpoint, dtype=torch.bfloat16)
    picture = idm.decode(idm.denoise(people(1), seeded(8), steps=1))
    assert picture.shape == (1, 3, HEIGHT, WIDTH)
    sizes = bytes_on_disk(checkpoint, 0.5)
    assert sizes.unets > sizes.others > sizes.largest > 0
