"""The engine on the tiny checkpoint, whose pictures are noise: who is drawn, by what, and what failures become."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from PIL import Image as PillowImage

from pipeline.engines.idm.engine import IdmEngine
from pipeline.engines.idm.networks import TryonNet
from pipeline.engines.idm.session import device_lock
from pipeline.errors import EngineUnavailable, PersonError, PipelineError, TryOnCancelled
from pipeline.ports import EngineOptions
from pipeline.types import Category, Image, Piece, TryOnRequest, TryOnResult, no_progress
from tests.data import TEST_DATA

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
OPTIONS = EngineOptions(weights=CHECKPOINT, device="cpu", steps=2, size=(192, 256))

pytestmark = pytest.mark.filterwarnings("default")  # torch, diffusers and transformers warn as they like


@cache
def photo(path: str) -> Image:
    with PillowImage.open(TEST_DATA / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def tee(person: str = "pairs/HD_00055/person.jpg") -> TryOnRequest:
    return TryOnRequest(photo(person), photo("pairs/HD_13987/garment.jpg"), category=Category.UPPER)


@contextmanager
def steps_of_the_network(happens: Callable[[int, TryonNet], object]) -> Iterator[None]:
    """Something happens before every step of any TryonNet, which is told its number."""
    steps = 0

    def before(module: torch.nn.Module, _inputs: object) -> None:
        nonlocal steps
        if isinstance(module, TryonNet):
            steps += 1
            happens(steps, module)

    hook = torch.nn.modules.module.register_module_forward_pre_hook(before)
    try:
        yield
    finally:
        hook.remove()


def more_than_there_is() -> None:
    """Ask torch's allocator for a quarter of a million gigabytes."""
    torch.empty(2**48, dtype=torch.uint8)


def gpu_is_full() -> None:
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


def networks_alive() -> int:
    gc.collect()
    return sum(1 for each in gc.get_objects() if type(each) is TryonNet)


@pytest.mark.parametrize("fails", [more_than_there_is, gpu_is_full])
def test_out_of_memory_frees_and_draws_the_same_picture_on_the_next_plan(fails: Callable[[], None]) -> None:
    expected = IdmEngine(OPTIONS).render(tee(), no_progress)
    assert expected.facts["plan"] == "resident"
    alive: list[int] = []

    def fails_once(step: int, _net: TryonNet) -> None:
        alive.append(networks_alive())
        if step == 2:
            fails()

    engine = IdmEngine(OPTIONS)
    before = networks_alive()
    with steps_of_the_network(fails_once):
        result = engine.render(tee(), no_progress)
        assert len(alive) == 4, "two steps, the second of which failed, and two again"
        assert set(alive) == {before + 1}, "what did not fit was freed before anything was loaded again"
        assert result.facts["plan"] == "model-offload"
        assert np.array_equal(result.image, expected.image)
        # What fitted is kept for whoever comes next.
        assert engine.render(tee(), no_progress).facts["plan"] == "model-offload"


def test_out_of_memory_on_both_plans_is_said_frees_everything_and_the_next_picture_is_drawn() -> None:
    engine = IdmEngine(OPTIONS)
    before = networks_alive()

    def always(_step: int, _net: TryonNet) -> None:
        more_than_there_is()

    with steps_of_the_network(always):
        outcomes = engine.render_together([tee(), tee("person/hd_00891.jpg")], [no_progress] * 2)
    for outcome in outcomes:
        assert isinstance(outcome, EngineUnavailable)
        assert outcome.code == "out_of_memory"
        assert "can't allocate memory" in outcome.detail
        assert outcome.user_message == EngineUnavailable.SENTENCE
    assert networks_alive() == before, "while the failures are still held"
    result = engine.render(tee(), no_progress)
    assert result.facts["plan"] == "resident", "there may be more memory by now"


def test_out_of_memory_in_the_middle_of_an_outfit_still_ends_in_the_outfit() -> None:
    request = replace(tee(), more=(Piece(photo("garment/idm_09133.jpg"), category=Category.UPPER),))
    expected = IdmEngine(OPTIONS).render(request, no_progress)

    def at_the_second_piece(step: int, _net: TryonNet) -> None:
        if step == 3:
            more_than_there_is()

    with steps_of_the_network(at_the_second_piece):
        result = IdmEngine(OPTIONS).render(request, no_progress)
    assert result.facts["plan"] == "model-offload"
    assert np.array_equal(result.image, expected.image)


def test_what_is_wrong_with_the_weights_is_said_to_who_runs_the_program_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("weights")
    (folder / "unet").mkdir()
    with pytest.raises(EngineUnavailable) as wrong:
        IdmEngine(replace(OPTIONS, weights=folder)).render(tee(), no_progress)
    assert str(folder) in wrong.value.detail
    assert wrong.value.user_message == EngineUnavailable.SENTENCE


def test_loading_waits_for_who_draws_on_the_device_and_waiting_can_be_stopped() -> None:
    engine = IdmEngine(OPTIONS)
    heard: list[tuple[str, float]] = []
    loaded = threading.Event()

    def load() -> None:
        engine.load()
        loaded.set()

    def stop_at_once(stage: str, share: float, _picture: Image | None = None, /) -> None:
        heard.append((stage, share))
        if stage == "draw":
            raise TryOnCancelled

    before = networks_alive()
    loading = threading.Thread(target=load)
    with device_lock(torch.device("cpu")):
        with pytest.raises(TryOnCancelled):
            engine.render(tee(), stop_at_once)
        assert [stage for stage, _ in heard] == ["person", "garment", "draw"]
        loading.start()
        assert not loaded.wait(0.3)
        assert networks_alive() == before, "nothing is loaded beside somebody else's networks"
    loading.join(60)
    assert networks_alive() == before + 1


def test_who_is_refused_never_waits_for_the_device() -> None:
    engine = IdmEngine(OPTIONS)
    garment = photo("pairs/HD_13987/garment.jpg")
    with device_lock(torch.device("cpu")), pytest.raises(PersonError):
        engine.render(TryOnRequest(garment, garment), no_progress)


def ended(outcome: TryOnResult | PipelineError) -> TryOnResult:
    assert isinstance(outcome, TryOnResult), outcome
    return outcome
