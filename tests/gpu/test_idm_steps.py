"""Fewer steps by other schedulers and adapters, and compiled networks: on the tiny checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import UniPCMultistepScheduler
from safetensors.torch import save_file
from torch import Tensor

from pipeline.engines.idm.diffusion import IdmVton, Step, seeded
from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, TryonNet
from pipeline.engines.idm.weights import load_tryon_net
from pipeline.errors import PipelineError
from pipeline.ports import SchedulerName
from tests.data import TEST_DATA
from tests.gpu.test_idm_memory import inputs

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def idm() -> IdmVton:
    return IdmVton(CHECKPOINT)


def stepped(
    idm: IdmVton, scheduler: SchedulerName, steps: int, guidance: float = 1.0
) -> tuple[list[Step], Tensor]:
    seen: list[Step] = []
    latents = idm.denoise(
        inputs(), seeded(9), steps=steps, guidance=guidance, scheduler_name=scheduler, watch=seen.append
    )
    return seen, latents


def test_unipc_goes_the_way_of_diffusers(idm: IdmVton) -> None:
    seen, latents = stepped(idm, "unipc", 6)
    theirs = UniPCMultistepScheduler.from_config(idm.scheduler_config)
    theirs.set_timesteps(6)
    assert [step.timestep for step in seen] == theirs.timesteps.tolist()
    now = seeded(9)(tuple(latents.shape))
    for step in seen:
        now = theirs.step(step.predicted, torch.tensor(step.timestep), now).prev_sample
        assert torch.allclose(step.latents, now, atol=1e-5)
        assert torch.isfinite(step.clean).all()


def test_lcm_jumps_to_the_picture_and_back_by_the_papers_equations(idm: IdmVton) -> None:
    """Luo et al. 2023, arXiv 2310.04378, with the constants of diffusers: sigma 0.5, time ten times as long."""
    seen, latents = stepped(idm, "lcm", 4)
    draw = seeded(9)
    shape = tuple(latents.shape)
    now = draw(shape)
    for _ in range(3):
        draw(shape)  # the VAE's: masked person, pose, garment
    scheduler = idm._scheduler("lcm", 4)
    for step, after in zip(seen, [*seen[1:], None], strict=True):
        kept, time = float(scheduler.alphas_cumprod[step.timestep]), 10.0 * step.timestep
        skip, out = 0.25 / (time**2 + 0.25), time / (time**2 + 0.25) ** 0.5
        clean = out * (now - (1 - kept) ** 0.5 * step.predicted) / kept**0.5 + skip * now
        now = clean
        if after is not None:
            kept = float(scheduler.alphas_cumprod[after.timestep])
            now = kept**0.5 * clean + (1 - kept) ** 0.5 * draw(shape)
        assert torch.allclose(step.latents, now, rtol=1e-4, atol=1e-4)
    assert len(seen) == 4


@pytest.mark.parametrize("scheduler", ["unipc", "lcm", "ddim"])
def test_the_seed_settles_the_picture_and_guidance_changes_it(idm: IdmVton, scheduler: SchedulerName) -> None:
    _, first = stepped(idm, scheduler, 3)
    _, again = stepped(idm, scheduler, 3)
    _, guided = stepped(idm, scheduler, 3, guidance=2.0)
    assert torch.equal(first, again)
    assert torch.isfinite(guided).all()
    assert not torch.allclose(first, guided, atol=1e-3)


LINEAR = "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q"
PICTURE = "conv_in"


def low_rank(shape: tuple[int, ...], rank: int) -> tuple[Tensor, Tensor]:
    draw = torch.Generator().manual_seed(rank)
    narrow = torch.randn(rank, *shape[1:], generator=draw)
    return narrow, torch.randn(shape[0], rank, *([1] * (len(shape) - 2)), generator=draw)


def kohya(layers: dict[str, tuple[Tensor, Tensor]]) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    for name, (narrow, wide) in layers.items():
        stem = f"lora_unet_{name.replace('.', '_')}"
        tensors |= {f"{stem}.lora_down.weight": narrow, f"{stem}.lora_up.weight": wide}
        tensors |= {f"{stem}.alpha": torch.tensor(2.0)}
    return tensors


def diffusers(layers: dict[str, tuple[Tensor, Tensor]]) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    for name, (narrow, wide) in layers.items():
        # Its files have no alpha: the same change is in the tensors.
        tensors |= {f"unet.{name}.lora_A.weight": narrow * (2.0 / len(narrow)), f"unet.{name}.lora_B.weight": wide}
    return tensors


@pytest.mark.parametrize("names", [kohya, diffusers])
def test_an_adapter_is_added_to_the_weights_of_the_network_that_draws_the_person(
    names: Any, tmp_path: Path
) -> None:
    plain = load_tryon_net(CHECKPOINT / "unet").state_dict()
    linear, picture = plain[f"{LINEAR}.weight"], plain[f"{PICTURE}.weight"]
    four = (picture.shape[0], 4, *picture.shape[2:])
    layers = {LINEAR: low_rank(tuple(linear.shape), 4), PICTURE: low_rank(four, 2)}
    save_file({name: tensor.contiguous() for name, tensor in names(layers).items()}, tmp_path / "lcm.safetensors")
    adapted = IdmVton(CHECKPOINT, adapter=tmp_path / "lcm.safetensors")
    changed = adapted.tryon_net.state_dict()

    narrow, wide = layers[LINEAR]
    assert torch.allclose(changed[f"{LINEAR}.weight"], linear + wide @ narrow * (2.0 / 4), atol=1e-5)
    narrow, wide = layers[PICTURE]
    expected = picture.clone()
    expected[:, :4] += torch.einsum("or,rihw->oihw", wide[:, :, 0, 0], narrow) * (2.0 / 2)
    assert torch.allclose(changed[f"{PICTURE}.weight"], expected, atol=1e-5), "of the noisy latents alone"
    touched = {name for name, tensor in changed.items() if not torch.equal(tensor, plain[name])}
    assert touched == {f"{LINEAR}.weight", f"{PICTURE}.weight"}

    _, latents = stepped(adapted, "lcm", 4)
    assert torch.isfinite(latents).all()
    assert not torch.allclose(latents, stepped(IdmVton(CHECKPOINT), "lcm", 4)[1], atol=1e-3)


def test_an_adapter_of_another_network_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.safetensors"
    save_file(kohya({"elsewhere.to_q": low_rank((8, 8), 2)}), file)
    with pytest.raises(PipelineError, match="elsewhere_to_q"):
        IdmVton(CHECKPOINT, adapter=file)
    save_file({"nothing": torch.zeros(1)}, file)
    with pytest.raises(PipelineError, match="holds no adapter"):
        IdmVton(CHECKPOINT, adapter=file)


def few_blocks(idm: IdmVton) -> IdmVton:
    """A block of each kind: tracing all of a checkpoint's takes a minute, and tells the same."""
    few: dict[str, Any] = {
        "block_out_channels": (8, 16),
        "layers_per_block": 1,
        "transformer_layers_per_block": 1,
        "attention_head_dim": 2,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
    }
    shapes = {name: tuple(each.shape) for name, each in idm.tryon_net.state_dict().items()}
    torch.manual_seed(3)
    idm.tryon_net = TryonNet({**idm.tryon_net.config, **few}, ResamplerSizes.of(shapes)).eval()
    idm.garment_net = GarmentNet({**idm.garment_net.config, **few}).eval()
    idm.garment_net.drop_tail()
    return idm


def test_compiled_networks_have_no_graph_breaks_and_compile_once() -> None:
    expected = few_blocks(IdmVton(CHECKPOINT)).denoise(inputs(), seeded(9), steps=3)
    compiled = few_blocks(IdmVton(CHECKPOINT, shelf_bytes=2**28))
    torch._dynamo.reset()
    # A break in the graph would be an error (fullgraph); tracing is what could break, not the code made of it.
    compiled.compile(backend="eager")
    first = compiled.denoise(inputs(), seeded(9), steps=3)
    assert torch.allclose(first, expected, atol=1e-4)
    with torch._dynamo.config.patch(error_on_recompile=True):
        known = compiled.denoise(inputs(), seeded(9), steps=3)
        other = compiled.denoise(inputs(), seeded(10), steps=3)
    assert torch.allclose(known, expected, atol=1e-4), "its garment was read before"
    assert torch.isfinite(other).all()
    torch._dynamo.reset()
