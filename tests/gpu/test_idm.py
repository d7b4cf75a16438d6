"""IDM-VTON on the tiny checkpoint in the published layout, whose results by the reference are stored beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import DDIMScheduler, DDPMScheduler
from safetensors.torch import load_file, save_file
from torch import Tensor

from pipeline.engines.idm.diffusion import IdmVton, Inputs, Step, ancestral_step, seeded
from pipeline.engines.idm.networks import SeenGarment, TryonNet
from pipeline.engines.idm.verify import Stage, verify
from pipeline.engines.idm.weights import load_garment_net, load_tryon_net, read_scheduler_config, read_tensors
from pipeline.errors import PipelineError
from tests.data import TEST_DATA

GOLDEN = TEST_DATA / "idm" / "golden"
CHECKPOINT = GOLDEN / "ckpt"
UNET = "diffusion_pytorch_model"

pytestmark = pytest.mark.filterwarnings("default")  # torch, diffusers and transformers warn as they like


@pytest.fixture(scope="module")
def stored() -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = load_file(GOLDEN / "golden.safetensors")
    return tensors


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The checkpoint, to be changed."""
    return Path(shutil.copytree(CHECKPOINT, tmp_path / "ckpt", copy_function=shutil.copyfile))


def weights_of(folder: Path) -> dict[str, Tensor]:
    """The weights of a component, which are taken away to be written in another way."""
    (file,) = folder.glob("*.safetensors")
    tensors: dict[str, Tensor] = load_file(file)
    copies = {name: tensor.clone() for name, tensor in tensors.items()}
    file.unlink()
    return copies


def predicted(net: TryonNet, stored: dict[str, Tensor], dtype: torch.dtype = torch.float32) -> Tensor:
    at = {name.removeprefix("fwd."): tensor for name, tensor in stored.items() if name.startswith("fwd.")}
    features = [name for name in at if name.startswith("garment.feature.")]
    with torch.inference_mode():
        return net.predict(
            at["tryon.sample"].to(dtype),
            at["timestep"],
            text=at["tryon.encoder_hidden_states"].to(dtype),
            picture_tokens=at["tryon.image_embeds"].to(dtype),
            pooled_text=at["tryon.text_embeds"].to(dtype),
            sizes=at["tryon.time_ids"],
            garment=SeenGarment({int(name.rsplit(".", 1)[1]): at[name].to(dtype) for name in features}),
        )


def off(net: TryonNet, stored: dict[str, Tensor], dtype: torch.dtype = torch.float32) -> float:
    """How far a prediction is from the reference's, relative (L2)."""
    expected = stored["fwd.tryon.expected"]
    return float((predicted(net, stored, dtype).float() - expected).norm() / expected.norm())


def test_every_stage_is_what_the_reference_computes() -> None:
    stages = list(verify(GOLDEN))
    assert [str(stage) for stage in stages if not stage.passed] == []
    assert len(stages) > 150


def test_a_weight_that_is_off_is_found(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "golden", copy_function=shutil.copyfile)
    folder = tmp_path / "golden" / "ckpt" / "unet_encoder"
    tensors = weights_of(folder)
    tensors["mid_block.attentions.0.transformer_blocks.0.norm1.bias"] += 0.01
    save_file(tensors, folder / f"{UNET}.safetensors")
    missed = {stage.name for stage in verify(tmp_path / "golden") if not stage.passed}
    assert any(name.startswith("fwd.garment.features") for name in missed)
    assert "ddpm4_cfg2.step0.latents" in missed
    assert not any(name.startswith(("text", "clip", "vae", "masks")) for name in missed)


def test_a_result_which_is_no_number_is_a_miss() -> None:
    assert not Stage("latents", float("nan"), 1.0).passed


def as_pickle(folder: Path) -> None:
    torch.save(weights_of(folder), folder / f"{UNET}.bin")


def in_shards(folder: Path) -> None:
    tensors = weights_of(folder)
    names = sorted(tensors)
    places = {name: f"{UNET}-0000{1 + (i % 2)}-of-00002.safetensors" for i, name in enumerate(names)}
    for file in set(places.values()):
        save_file({name: tensors[name] for name in names if places[name] == file}, folder / file)
    index = {"metadata": {}, "weight_map": places}
    (folder / f"{UNET}.safetensors.index.json").write_text(json.dumps(index))


@pytest.mark.parametrize("rewrite", [as_pickle, in_shards])
def test_pickles_and_shards_hold_the_same_networks(
    copied: Path, stored: dict[str, Tensor], rewrite: Callable[[Path], None]
) -> None:
    for name in ("unet", "unet_encoder"):
        rewrite(copied / name)
    assert off(load_tryon_net(copied / "unet"), stored) < 1e-5
    features, _ = load_garment_net(copied / "unet_encoder").read(
        stored["fwd.garment.sample"], stored["fwd.timestep"], stored["fwd.garment.encoder_hidden_states"]
    )
    assert torch.allclose(features[0], stored["fwd.garment.feature.00"], atol=1e-4)


def test_a_whole_checkpoint_of_half_precision_is_read(copied: Path, stored: dict[str, Tensor]) -> None:
    for folder in ("unet", "unet_encoder", "vae", "text_encoder", "text_encoder_2", "image_encoder"):
        (file,) = (copied / folder).glob("*.safetensors")
        half = {name: tensor.half() for name, tensor in weights_of(copied / folder).items()}
        save_file(half, file.with_suffix(".fp16.safetensors"), metadata={"format": "pt"})
    idm = IdmVton(copied)
    assert 0.0 < off(idm.tryon_net, stored) < 2e-2
    assert torch.allclose(
        idm.look(stored["clip.pixel_values"]), stored["clip.hidden_states_penultimate"], atol=1e-1
    )


def test_pickles_serve_in_every_folder(copied: Path, stored: dict[str, Tensor]) -> None:
    for folder in ("unet", "unet_encoder", "vae"):
        as_pickle(copied / folder)
    for folder in ("text_encoder", "text_encoder_2", "image_encoder"):
        torch.save(weights_of(copied / folder), copied / folder / "pytorch_model.bin")
    idm = IdmVton(copied)
    assert torch.allclose(
        idm.look(stored["clip.pixel_values"]), stored["clip.hidden_states_penultimate"], atol=1e-4
    )


def test_the_second_unet_comes_from_its_own_repository(copied: Path, stored: dict[str, Tensor]) -> None:
    dresscode = copied.parent / "dresscode"
    shutil.move(copied / "unet", dresscode / "unet")
    assert off(IdmVton(copied, tryon_folder=dresscode).tryon_net, stored) < 1e-5


class Harmful:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Path.touch, (Path("harmed"),)  # type: ignore[return-value]


def test_a_pickle_which_would_run_something_is_refused(copied: Path) -> None:
    harmless = weights_of(copied / "unet")
    torch.save({**harmless, "conv_in.bias": Harmful()}, copied / "unet" / f"{UNET}.bin")
    with pytest.raises(PipelineError, match="no readable weights"):
        load_tryon_net(copied / "unet")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda tensors: tensors.pop("conv_in.bias"), "misses conv_in.bias"),
        (lambda tensors: tensors.update(stranger=torch.zeros(1)), "has unknown stranger"),
        (lambda tensors: tensors.update({"conv_in.bias": torch.zeros(1)}), "another shape: conv_in.bias"),
        (lambda tensors: tensors.pop("encoder_hid_proj.proj_in.weight"), "no resampler"),
    ],
)
def test_weights_of_something_else_are_refused(
    copied: Path, change: Callable[[dict[str, Tensor]], object], says: str
) -> None:
    tensors = weights_of(copied / "unet")
    change(tensors)
    save_file(tensors, copied / "unet" / f"{UNET}.safetensors")
    with pytest.raises(PipelineError, match=says):
        load_tryon_net(copied / "unet")


def test_a_shard_outside_the_folder_is_refused(copied: Path) -> None:
    weights_of(copied / "unet")
    index = {"weight_map": {"conv_in.bias": "../vae/diffusion_pytorch_model.safetensors"}}
    (copied / "unet" / f"{UNET}.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(PipelineError, match="which is not in"):
        read_tensors(copied / "unet")


def test_a_scheduler_we_do_not_follow_is_refused(copied: Path) -> None:
    file = copied / "scheduler" / "scheduler_config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "prediction_type": "v_prediction"}))
    with pytest.raises(PipelineError, match="v_prediction"):
        read_scheduler_config(copied / "scheduler")


@pytest.mark.parametrize("steps", [1, 4, 30])
def test_a_step_with_given_noise_is_the_step_of_diffusers(steps: int) -> None:
    scheduler = DDPMScheduler.from_config(read_scheduler_config(CHECKPOINT / "scheduler"))
    scheduler.set_timesteps(steps)
    draw = seeded(3)
    latents, noise = draw((1, 4, 8, 6)), draw((1, 4, 8, 6))
    for at in scheduler.timesteps.tolist():
        theirs = scheduler.step(noise, at, latents, generator=torch.Generator().manual_seed(5)).prev_sample
        ours = ancestral_step(scheduler, noise, at, latents, seeded(5)((1, 4, 8, 6)))
        assert torch.allclose(ours, theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.bfloat16, 1e-1), (torch.float16, 2e-2)])
def test_half_precision_stays_close(stored: dict[str, Tensor], dtype: torch.dtype, tolerance: float) -> None:
    assert off(load_tryon_net(CHECKPOINT / "unet", dtype), stored, dtype) < tolerance


def some_inputs(stored: dict[str, Tensor]) -> Inputs:
    run = "batch2_ddpm2_cfg2"
    return Inputs(
        person=stored[f"{run}.image_in"][:1] * 2 - 1,
        mask=stored[f"{run}.mask_in"][:1],
        pose=stored[f"{run}.pose_in"][:1],
        garment=stored[f"{run}.cloth_in"][:1],
        garment_view=stored["clip.pixel_values"],
        words=["model is wearing a shirt"],
        garment_words=["a photo of a shirt"],
    )


def test_the_whole_way_runs_in_bfloat16_and_the_seed_settles_the_picture(stored: dict[str, Tensor]) -> None:
    exact, half = IdmVton(CHECKPOINT), IdmVton(CHECKPOINT, dtype=torch.bfloat16)
    expected = exact.decode(exact.denoise(some_inputs(stored), seeded(9), steps=2))
    again = exact.decode(exact.denoise(some_inputs(stored), seeded(9), steps=2))
    close = half.decode(half.denoise(some_inputs(stored), seeded(9), steps=2))
    assert torch.equal(expected, again)
    assert close.dtype == torch.float32
    assert float((close - expected).norm() / expected.norm()) < 1e-1


def test_who_watches_can_stop_between_steps(stored: dict[str, Tensor]) -> None:
    idm, seen = IdmVton(CHECKPOINT), []

    class Stopped(Exception):
        pass

    def watch(step: Step) -> None:
        seen.append(step.timestep)
        raise Stopped

    with pytest.raises(Stopped):
        idm.denoise(some_inputs(stored), seeded(9), steps=30, scheduler_name="ddim", watch=watch)
    scheduler = DDIMScheduler.from_config(idm.scheduler_config)
    scheduler.set_timesteps(30)
    assert seen == [int(scheduler.timesteps[0])] == [958]
