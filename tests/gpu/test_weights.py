"""Published weights become half precision once, in their place, and whatever ends that loses nothing."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from bot.weights.errors import WeightsError
from bot.weights.hub import Hub
from bot.weights.local import Folder
from bot.weights.pull import Halve, Puller, convert, lacking, verify
from bot.weights.store import Record, Store
from pipeline.engines.idm.convert import halve
from pipeline.engines.idm.diffusion import IdmVton
from pipeline.engines.idm.layout import HALVED
from pipeline.errors import PipelineError
from tests.data import TEST_DATA
from tests.fakes.hub import REPOSITORY, FakeHub, fake_hub, files_of

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
UNET = "diffusion_pytorch_model"

pytestmark = pytest.mark.filterwarnings("default")  # torch, diffusers and transformers warn as they like


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny checkpoint as the real one is published: TryonNet as a pickle."""
    folder = tmp_path_factory.mktemp("published") / "ckpt"
    shutil.copytree(CHECKPOINT, folder, copy_function=shutil.copyfile)
    whole = folder / "unet" / f"{UNET}.safetensors"
    torch.save(load_file(whole), whole.with_suffix(".bin"))
    whole.unlink()
    return folder


@pytest.fixture
def hub(published: Path) -> Iterator[FakeHub]:
    with fake_hub(files_of(published)) as serving:
        yield serving


def silent(_what: str, _fraction: float | None, _count: int) -> None:
    """A bar that nobody sees."""


def pull(hub: FakeHub, folder: Path, how: Halve | None = halve) -> Record:
    hub.asked.clear()
    with closing(Hub(REPOSITORY, endpoint=hub.url)) as source:
        return Puller(source, folder, lambda _: None, silent, how).run()


def weights_in(folder: Path) -> dict[str, list[str]]:
    """Names of the weights of every component that is converted."""
    return {name: sorted(file.name for file in (folder / name).glob("*model*")) for name in sorted(HALVED)}


CONVERTED = {
    name: [f"{UNET}.fp16.safetensors" if name.startswith("unet") else "model.fp16.safetensors"]
    for name in sorted(HALVED)
}


def sound(folder: Path) -> bool:
    return lacking(folder) == [] and not [path for path, wrong in verify(folder, silent) if wrong]


def test_a_pull_ends_with_networks_of_half_precision_that_load(hub: FakeHub, tmp_path: Path) -> None:
    pull(hub, tmp_path)
    assert weights_in(tmp_path) == CONVERTED
    assert sound(tmp_path)
    idm, exact = IdmVton(tmp_path, dtype=torch.float16), IdmVton(CHECKPOINT, dtype=torch.float16)
    for name in ("tryon_net", "garment_net", "image_encoder", "vae"):
        ours, theirs = getattr(idm, name).state_dict(), getattr(exact, name).state_dict()
        assert ours.keys() == theirs.keys()
        assert all(torch.equal(ours[key], theirs[key]) for key in ours), f"{name}: converted now or at loading"
    pull(hub, tmp_path)
    assert not [each for each in hub.asked if each.elsewhere], (
        "what was made of them stands for the published files"
    )


def test_what_was_pulled_as_published_is_converted_later_by_a_word_or_by_the_next_pull(
    hub: FakeHub, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        pull(hub, folder, None)
        assert weights_in(folder)["unet"] == [f"{UNET}.bin"]
    convert(first, lambda _: None, halve)
    pull(hub, second)
    assert not [each for each in hub.asked if each.elsewhere]
    for folder in (first, second):
        assert weights_in(folder) == CONVERTED
        assert sound(folder)
    assert Store(first).record() is not None
    pull(hub, first)
    assert not [each for each in hub.asked if each.elsewhere]


class Interrupted(Exception):
    """The power goes."""


def interrupting(at: str, how: Callable[[Path], object]) -> Halve:
    """Conversion of which the one of `at` is cut short, after `how` was done to its folder."""

    def cut(folder: Path, begins: Callable[[], None]) -> Path | None:
        if folder.name != at:
            return halve(folder, begins)
        how(folder)
        raise Interrupted

    return cut


@pytest.mark.parametrize(
    "how", [lambda _folder: None, halve], ids=["before it is written", "before it is recorded"]
)
def test_an_interrupted_conversion_costs_no_download(
    hub: FakeHub, tmp_path: Path, how: Callable[[Path], object]
) -> None:
    with pytest.raises(Interrupted):
        pull(hub, tmp_path, interrupting("unet_encoder", how))
    pull(hub, tmp_path)
    again = {each.path for each in hub.asked if each.elsewhere}
    assert not [path for path in again if path.startswith("unet")], "both UNets were there"
    assert weights_in(tmp_path) == CONVERTED
    assert sound(tmp_path)


def test_a_converted_file_that_spoiled_is_found_and_made_again(hub: FakeHub, tmp_path: Path) -> None:
    pull(hub, tmp_path)
    spoiled = tmp_path / "unet" / f"{UNET}.fp16.safetensors"
    data = bytearray(spoiled.read_bytes())
    data[-1] ^= 1
    spoiled.write_bytes(data)
    assert not sound(tmp_path)
    pull(hub, tmp_path)
    assert {each.path for each in hub.asked if each.elsewhere} == {f"unet/{UNET}.bin"}
    assert sound(tmp_path)


def test_a_converted_folder_can_be_handed_on(hub: FakeHub, tmp_path: Path) -> None:
    pull(hub, tmp_path / "one")
    Puller(Folder(tmp_path / "one"), tmp_path / "two", lambda _: None, silent, halve).run()
    assert weights_in(tmp_path / "two") == CONVERTED
    assert sound(tmp_path / "two")


def test_half_precision_of_a_mirror_stays_as_it_is(published: Path, tmp_path: Path) -> None:
    folder = Path(
        shutil.copytree(published / "unet_encoder", tmp_path / "unet_encoder", copy_function=shutil.copyfile)
    )
    whole = folder / f"{UNET}.safetensors"
    save_file({name: tensor.half() for name, tensor in load_file(whole).items()}, whole)
    assert halve(folder) is None


def test_numbers_beyond_half_precision_are_refused_and_nothing_is_lost(published: Path, tmp_path: Path) -> None:
    folder = Path(
        shutil.copytree(published / "unet_encoder", tmp_path / "unet_encoder", copy_function=shutil.copyfile)
    )
    before = sorted(file.name for file in folder.iterdir())
    whole = folder / f"{UNET}.safetensors"
    tensors = {name: tensor.clone() for name, tensor in load_file(whole).items()}
    tensors["conv_in.bias"][0] = 1e6
    save_file(tensors, whole)
    with pytest.raises(PipelineError, match="too large for half precision"):
        halve(folder)
    assert sorted(file.name for file in folder.iterdir()) == before
    whole.write_bytes(b"not weights")
    with pytest.raises(PipelineError, match="no readable weights"):
        halve(folder)


def test_a_disk_that_does_not_take_the_conversion_costs_no_download(hub: FakeHub, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(len(data) for data in hub.files.values())
    pull(hub, tmp_path, None)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest // 4, before[1]))
        with pytest.raises(WeightsError, match="File too large"):
            pull(hub, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    pull(hub, tmp_path)
    assert not [each for each in hub.asked if each.elsewhere]
    assert weights_in(tmp_path) == CONVERTED
    assert {file.stat().st_mode & 0o777 for file in tmp_path.glob("*/*.fp16.safetensors")} == {0o644}
