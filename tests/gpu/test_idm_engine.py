"""The engine on the tiny checkpoint, whose pictures are noise: who is drawn, by what, and what failures become."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as PillowImage
from safetensors.torch import load_file, save_file

from pipeline.engines.idm.engine import IdmEngine
from pipeline.engines.idm.networks import GarmentNet, TryonNet
from pipeline.engines.idm.session import device_lock
from pipeline.errors import EngineUnavailable, PersonError, PipelineError, TryOnCancelled
from pipeline.ports import EngineOptions, SchedulerName
from pipeline.types import Category, Image, Piece, TryOnRequest, TryOnResult, no_progress
from tests.data import TEST_DATA
from tests.samples import sample_person

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
OPTIONS = EngineOptions(weights=CHECKPOINT, device="cpu", steps=2, size=(192, 256))

pytestmark = pytest.mark.filterwarnings("default")  # torch, diffusers and transformers warn as they like


@cache
def picture_in(file: Path) -> Image:
    with PillowImage.open(file) as picture:
        small = picture.convert("RGB")
    small.thumbnail((768, 768))
    return np.asarray(small, np.uint8)


def photo(path: str) -> Image:
    return picture_in(TEST_DATA / "tryon" / path)


def asset(name: str) -> Image:
    return picture_in(sample_person(name))


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


def test_an_unloaded_engine_holds_no_network_and_draws_the_same_picture_again() -> None:
    before = networks_alive()
    engine = IdmEngine(OPTIONS)
    first = engine.render(tee(), no_progress)
    assert networks_alive() == before + 1
    engine.unload()
    assert networks_alive() == before
    assert np.array_equal(engine.render(tee(), no_progress).image, first.image)


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


@pytest.fixture(scope="module")
def dresscode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a UNet of its own, which answers otherwise."""
    folder = tmp_path_factory.mktemp("dresscode") / "unet"
    shutil.copytree(CHECKPOINT / "unet", folder, copy_function=shutil.copyfile)
    (file,) = folder.glob("*.safetensors")
    tensors = {name: tensor.clone() for name, tensor in load_file(file).items()}
    tensors["conv_out.bias"] += 0.25
    save_file(tensors, file)
    return folder.parent


WHOLE_BODY = "person/dresscode_049205_0.jpg"
TROUSERS = Piece(asset("clothes/pants/2_front.jpg"), category=Category.LOWER, words="black trousers")
DRESS = Piece(photo("garment/catvton_overall_24047235_541.jpg"), category=Category.DRESS)


def wearing(piece: Piece, person: str = WHOLE_BODY) -> TryOnRequest:
    return TryOnRequest(photo(person), piece.picture, piece.back, piece.category, words=piece.words)


def test_without_dresscodes_unet_trousers_are_left_to_another_engine() -> None:
    with pytest.raises(EngineUnavailable) as refusal:
        IdmEngine(OPTIONS).render(wearing(TROUSERS), no_progress)
    assert refusal.value.code == "no_weights"


def test_trousers_and_dresses_are_drawn_by_dresscodes_unet_and_tops_by_the_first(dresscode: Path) -> None:
    drawn_by: list[float] = []

    def note(_step: int, net: TryonNet) -> None:
        drawn_by.append(float(net.conv_out.bias.detach().mean()))

    engine = IdmEngine(replace(OPTIONS, dresscode_weights=dresscode))
    assert engine.categories == frozenset(Category)
    with steps_of_the_network(note):
        first = engine.render(tee(WHOLE_BODY), no_progress)
        lower = engine.render(wearing(TROUSERS), no_progress)
        dress = engine.render(wearing(DRESS), no_progress)
        again = engine.render(tee(WHOLE_BODY), no_progress)
    upper_net, lower_net = drawn_by[0], drawn_by[2]
    assert lower_net == pytest.approx(upper_net + 0.25)
    assert drawn_by == [upper_net] * 2 + [lower_net] * 4 + [upper_net] * 2
    assert np.array_equal(again.image, first.image)
    assert (lower.category, dress.category) == (Category.LOWER, Category.DRESS)

    height = photo(WHOLE_BODY).shape[0]
    middle = (first.box.top + dress.box.bottom) / 2
    assert lower.box.top > first.box.top + 0.1 * height, "the top is kept under new trousers"
    assert lower.box.bottom > first.box.bottom + 0.1 * height
    assert dress.box.top < middle - 0.2 * height
    assert dress.box.bottom > first.box.bottom
    both = np.maximum(first.mask, lower.mask) > 0
    assert (dress.mask[both] > 0).mean() > 0.5, "a dress is over both"


def test_an_outfit_is_drawn_from_the_skin_outwards_each_piece_on_the_one_before(dresscode: Path) -> None:
    engine = IdmEngine(replace(OPTIONS, dresscode_weights=dresscode))
    heard: list[float] = []

    def hear(_stage: str, share: float, _picture: Image | None = None, /) -> None:
        heard.append(share)

    outfit = engine.render(replace(tee(WHOLE_BODY), more=(TROUSERS,)), hear)
    top = engine.render(tee(WHOLE_BODY), no_progress)
    assert heard == sorted(heard)
    assert {colour["piece"] for colour in outfit.facts["colours"]} >= {0, 1}
    only_top = (top.mask > 0) & (outfit.image == top.image).all(axis=2)
    assert only_top.sum() > 0.3 * (top.mask > 0).sum(), "what the trousers leave of the tee is the tee"
    below = np.arange(top.mask.shape[0])[:, None] > top.box.bottom
    assert ((outfit.mask > 0) & below).any()
    assert np.array_equal(outfit.image[outfit.mask == 0], photo(WHOLE_BODY)[outfit.mask == 0])


def test_who_shows_their_back_wears_the_back_of_the_garment() -> None:
    front, back = asset("clothes/shirts/1_front.jpg"), asset("clothes/shirts/1_back.jpg")
    engine = IdmEngine(OPTIONS)

    def worn(person: str, garment: Image, behind: Image | None) -> Image:
        request = TryOnRequest(photo(person), garment, behind, Category.UPPER, words="a shirt")
        return engine.render(request, no_progress).image

    from_behind, from_before = "person/u2cloth_019.png", "pairs/HD_00055/person.jpg"
    assert np.array_equal(worn(from_behind, front, back), worn(from_behind, back, None))
    assert np.array_equal(worn(from_before, front, back), worn(from_before, front, None))


def test_a_garment_is_read_once_for_all_who_try_it_on_and_each_is_drawn_as_if_alone() -> None:
    people = ("pairs/HD_00055/person.jpg", "person/hd_00891.jpg", "pairs/HD_13987/person.jpg")
    alone = [IdmEngine(OPTIONS).render(tee(person), no_progress) for person in (people[0], people[2])]
    read: list[int] = []

    def note(module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        if isinstance(module, GarmentNet):
            read.append(len(inputs[0]))

    def stop_at_the_first_step(stage: str, share: float, _picture: Image | None = None, /) -> None:
        if stage == "draw" and share > 0.1:
            raise TryOnCancelled

    garment = photo("pairs/HD_13987/garment.jpg")
    requests = [*map(tee, people), TryOnRequest(garment, garment, category=Category.UPPER)]
    engine = IdmEngine(OPTIONS)
    assert engine.most_together(requests[0]) > 1
    hook = torch.nn.modules.module.register_module_forward_pre_hook(note)
    try:
        progresses = [no_progress, stop_at_the_first_step, no_progress, no_progress]
        outcomes = engine.render_together(requests, progresses)
    finally:
        hook.remove()
    assert sum(read) == OPTIONS.steps, "one garment a step, however many wear it"
    assert isinstance(outcomes[1], TryOnCancelled)
    assert isinstance(outcomes[3], PersonError)
    for together, single in zip((ended(outcomes[0]), ended(outcomes[2])), alone, strict=True):
        assert np.array_equal(together.mask, single.mask)
        assert np.abs(together.image.astype(int) - single.image).max() <= 2, "rounding in another order"


def test_half_precision_draws_nearly_the_same_picture() -> None:
    exact = IdmEngine(OPTIONS).render(tee(), no_progress)
    half = IdmEngine(replace(OPTIONS, dtype="bfloat16")).render(tee(), no_progress)
    inside = exact.mask > 0
    apart = np.abs(half.image.astype(float) - exact.image)[inside]
    assert 0.0 < apart.mean() < 0.1 * 255
    assert np.array_equal(half.image[~inside], exact.image[~inside])


@pytest.mark.parametrize("scheduler", ["ddim", "unipc"])
def test_fewer_steps_are_on_the_pictures_record(scheduler: SchedulerName) -> None:
    engine = IdmEngine(replace(OPTIONS, scheduler=scheduler, steps=3))
    told = engine.render(tee(), no_progress).facts
    assert (told["scheduler"], told["steps"], told["generated"]) == (scheduler, 3, True)
    assert engine.version != IdmEngine(OPTIONS).version
