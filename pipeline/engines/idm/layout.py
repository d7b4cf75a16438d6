"""The published folders of IDM-VTON by name: known without torch, so that whoever fetches them needs none."""

from __future__ import annotations

import re
from collections.abc import Iterable

COMPONENTS = (
    "unet",
    "unet_encoder",
    "text_encoder_2",
    "image_encoder",
    "text_encoder",
    "vae",
    "tokenizer",
    "tokenizer_2",
    "scheduler",
)
"""What is needed, the largest first."""

AROUND = ("humanparsing", "densepose")
"""Of use where it is there."""

HALVED = frozenset({"unet", "unet_encoder", "text_encoder_2", "image_encoder", "text_encoder"})
"""Kept in half precision once converted. The VAE computes in full precision, and stays as it is."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
TORCHSCRIPT = (".torchscript", ".ts")
_BESIDE = (".json", ".txt", ".onnx", *TORCHSCRIPT)
"""Configurations, vocabularies, and the models around the networks that need no torch code of their own."""

_STEMS = ("diffusion_pytorch_model", "model", "pytorch_model")

WEIGHTS = tuple(
    name
    for suffix in ("safetensors", "bin")
    for variant in ("", ".fp16")
    for stem in _STEMS
    for name in (
        f"{stem}{variant}.{suffix}",
        # Both orders of the words are found in the wild.
        f"{stem}.{suffix}.index{variant}.json",
        f"{stem}{variant}.{suffix}.index.json",
    )
)
"""Names of a component's weights, or of the index of their shards, in the order in which one is taken: safetensors
before pickles, full precision before half."""


def weights_among(names: Iterable[str]) -> list[str]:
    """Which of a component's files are the weights that `weights.weight_files` takes, their index included."""
    there = sorted(names)
    for name in WEIGHTS:
        if name in there:
            if not name.endswith(".json"):
                return [name]
            stem, suffix = name.split(".")[0], ".safetensors" if ".safetensors" in name else ".bin"
            half = ".fp16" in name
            shards = [each for each in there if each.startswith(stem) and "-of-" in each and each.endswith(suffix)]
            return [name, *(each for each in shards if (".fp16" in each) == half)]
    return []


def needed_files(paths: Iterable[str], components: Iterable[str]) -> dict[str, list[str]]:
    """Of a repository's files those that are needed, by component, its weights last. A path that leads anywhere
    else than into such a folder is never among them."""
    inside: dict[str, list[str]] = {component: [] for component in components}
    for path in sorted(set(paths)):
        folder, _, name = path.partition("/")
        if folder in inside and _NAME.fullmatch(name):
            inside[folder].append(name)
    chosen = {}
    for folder, names in inside.items():
        weights = weights_among(names)
        beside = [name for name in names if name.endswith(_BESIDE) and name not in weights and not _is_index(name)]
        chosen[folder] = [f"{folder}/{name}" for name in (*beside, *weights)]
    return chosen


def _is_index(name: str) -> bool:
    return name.startswith(_STEMS) and ".index" in name
