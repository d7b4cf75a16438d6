"""Reads the published folders as they are: safetensors or pickles, whole or in shards, fp32 or fp16.

Pickles are read with torch's weights-only reader, which runs nothing that a file says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from diffusers import ModelMixin
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from transformers.utils.logging import disable_progress_bar

from pipeline.engines.idm.layout import WEIGHTS
from pipeline.engines.idm.memory import is_out_of_memory
from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, TryonNet
from pipeline.engines.idm.plans import Weights
from pipeline.errors import EngineUnavailable

_IGNORED = {"add_embedding.linear_1.weight", "add_embedding.linear_1.bias"} | {
    "add_embedding.linear_2.weight",
    "add_embedding.linear_2.bias",
}
"""The published GarmentNet was saved with a layer that its configuration switches off."""

_FOLLOWED = {
    "prediction_type": "epsilon",
    "clip_sample": False,
    "thresholding": False,
    "variance_type": "fixed_small",
}
"""What the step of `diffusion` assumes of the scheduler."""


def broken(message: str) -> EngineUnavailable:
    """What is wrong with files, for whoever runs the program."""
    return EngineUnavailable("no_weights", message)


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files which hold the weights of `folder`: safetensors before pickles, full precision before half."""
    for name in WEIGHTS:
        if (folder / name).is_file():
            return _shards(folder / name) if name.endswith(".json") else (folder / name,)
    raise broken(f"There are no weights in {folder}.")


def _shards(index: Path) -> tuple[Path, ...]:
    places: dict[str, str] = json.loads(index.read_text("utf-8"))["weight_map"]
    files = tuple(index.parent / name for name in sorted(set(places.values())))
    for file in files:
        if file.parent != index.parent or not file.is_file():
            raise broken(f"{index.name} names {file.name}, which is not in {index.parent}.")
    return files


def read_tensors(folder: Path) -> dict[str, Tensor]:
    """All tensors of a component's folder by name, on the CPU, as stored."""
    tensors: dict[str, Tensor] = {}
    for file in weight_files(folder):
        try:
            if file.suffix == ".safetensors":
                tensors |= load_file(file)
            else:
                tensors |= torch.load(file, map_location="cpu", weights_only=True, mmap=True)
        except (SafetensorError, UnpicklingError, RuntimeError, OSError) as error:
            if is_out_of_memory(error):
                raise
            raise broken(f"{file} holds no readable weights: {str(error).splitlines()[0]}") from error
    return tensors


def bytes_on_disk(folder: Path, share: float) -> Weights:
    """What a checkpoint's networks need: `share` of their size at full precision, in which the VAE stays."""

    def size(name: str) -> int:
        files = weight_files(folder / name)
        half = any(".fp16" in file.name for file in files)
        return int(
            sum(file.stat().st_size for file in files) * (2 if half else 1) * (1 if name == "vae" else share)
        )

    others = [size(name) for name in ("text_encoder", "text_encoder_2", "image_encoder", "vae")]
    return Weights(size("unet") + size("unet_encoder"), sum(others), max(others))


def read_config(folder: Path) -> dict[str, Any]:
    """A component's config.json."""
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise broken(f"{folder} has no readable config.json: {error}") from error
    return config


def _fill(network: torch.nn.Module, tensors: Mapping[str, Tensor], folder: Path, dtype: torch.dtype) -> None:
    """Put `tensors` into a network built on the meta device. Nothing may be missing, only `_IGNORED` too much."""
    wanted = network.state_dict()
    missing = sorted(wanted.keys() - tensors.keys())
    extra = sorted(tensors.keys() - wanted.keys() - _IGNORED)
    wrong = sorted(name for name in wanted.keys() & tensors.keys() if wanted[name].shape != tensors[name].shape)
    for what, names in (("misses", missing), ("has unknown", extra), ("has tensors of another shape:", wrong)):
        if names:
            raise broken(f"{folder} {what} {', '.join(names[:3])} ({len(names)} tensors).")
    network.load_state_dict({name: tensors[name].to(dtype) for name in wanted}, assign=True)
    network.eval().requires_grad_(False)


def load_tryon_net(folder: Path, dtype: torch.dtype = torch.float32) -> TryonNet:
    """The TryonNet of a `unet` folder."""
    tensors = read_tensors(folder)
    try:
        sizes = ResamplerSizes.of({name: tuple(tensor.shape) for name, tensor in tensors.items()})
    except KeyError as error:
        raise broken(f"{folder} has no resampler ({error}): it is no IDM-VTON UNet.") from error
    with torch.device("meta"):
        network = TryonNet(read_config(folder), sizes)
    _fill(network, tensors, folder, dtype)
    return network


def load_garment_net(folder: Path, dtype: torch.dtype = torch.float32, *, tail: bool = False) -> GarmentNet:
    """The GarmentNet of a `unet_encoder` folder, without its tail unless asked for."""
    with torch.device("meta"):
        network = GarmentNet(read_config(folder))
    _fill(network, read_tensors(folder), folder, dtype)
    if not tail:
        network.drop_tail()
    return network


def add_adapter(network: torch.nn.Module, file: Path) -> None:
    """Add a LoRA (arXiv 2106.09685) to the weights, in kohya's or diffusers' names, for good.

    One of a UNet with fewer input channels changes those of the noisy latents, which come first.
    """
    try:
        found = load_file(file)
    except (SafetensorError, OSError) as error:
        raise broken(f"{file} is no readable adapter: {error}") from error
    layers = {name.replace(".", "_"): layer for name, layer in network.named_modules() if hasattr(layer, "weight")}
    pairs = (("lora_down", "lora_up"), ("lora_A", "lora_B"), ("lora.down", "lora.up"))
    downs = [(name, down, up) for name in found for down, up in pairs if f".{down}.weight" in name]
    for name, down, up in downs:
        stem = name.removesuffix(f".{down}.weight")
        path = stem.removeprefix("lora_unet_").removeprefix("unet.").replace(".processor", "").replace(".", "_")
        layer = layers.get(path)
        if layer is None:
            raise broken(f"{file} changes {path}, which this UNet does not have.")
        narrow, wide = found[name].float(), found[f"{stem}.{up}.weight"].float()
        scale = float(found.get(f"{stem}.alpha", torch.tensor(len(narrow)))) / len(narrow)
        change = (wide.flatten(1) @ narrow.flatten(1)).unflatten(1, narrow.shape[1:]) * scale
        weight = layer.weight.data
        weight[:, : change.shape[1]] += change.to(weight.dtype)
    if not downs:
        raise broken(f"{file} holds no adapter.")


def pretrained(network: Any, folder: Path, dtype: torch.dtype) -> Any:
    """A network of transformers or diffusers from its folder, ready to be used; nothing is asked of the web."""
    disable_progress_bar()  # of transformers, one for each component
    half = ".fp16" in weight_files(folder)[0].name
    options: dict[str, Any] = {"local_files_only": True, "variant": "fp16" if half else None}
    if issubclass(network, ModelMixin):
        options |= {"torch_dtype": dtype, "low_cpu_mem_usage": False}  # the other way needs accelerate
    else:
        options |= {"dtype": dtype}
    return network.from_pretrained(folder, **options).eval().requires_grad_(False)


def read_scheduler_config(folder: Path) -> dict[str, Any]:
    """The scheduler's configuration; refuses what our steps do not follow."""
    file = folder / "scheduler_config.json"
    try:
        config: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise broken(f"{file} is not readable: {error}") from error
    for name, value in _FOLLOWED.items():
        if config.get(name, value) != value:
            raise broken(f"{file} asks for {name} {config[name]}; only {value} is understood.")
    return config
