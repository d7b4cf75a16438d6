"""Compares every stage with stored results of the reference. Tolerances are those which came with the results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image as Pillow
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from pipeline.engines.idm import agnostic
from pipeline.engines.idm.diffusion import SCHEDULERS, IdmVton, Inputs, Step, as_mask, as_tensor, masked_person
from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, SeenGarment, TryonNet, transformer_blocks
from pipeline.engines.idm.weights import load_garment_net
from pipeline.errors import PipelineError
from pipeline.types import Category

EXACT = 0.0
STATES = 1e-4
MOMENTS = 1e-3
LATENTS_RELATIVE = 1e-4
FORWARD_RELATIVE = 1e-5
PICTURE = 2e-3


@dataclass(frozen=True, slots=True)
class Stage:
    """How far one stage is from the reference: the largest difference, or the relative one (L2)."""

    name: str
    error: float
    tolerance: float
    measure: str = "max abs"

    @property
    def passed(self) -> bool:
        """Also false where the error is no number."""
        return self.error <= self.tolerance

    def __str__(self) -> str:
        verdict = "ok  " if self.passed else "MISS"
        return f"{verdict} {self.name:<44} {self.error:9.2e}  within {self.tolerance:.0e}  {self.measure}"


def _gap(ours: Tensor, theirs: Tensor) -> float:
    if ours.shape != theirs.shape:
        return float("inf")
    return float((ours.double() - theirs.double()).abs().max())


def _relative(ours: Tensor, theirs: Tensor) -> float:
    if ours.shape != theirs.shape:
        return float("inf")
    return float((ours.double() - theirs.double()).norm() / theirs.double().norm())


def _both(name: str, ours: Tensor, theirs: Tensor) -> Iterator[Stage]:
    yield Stage(name, _gap(ours, theirs), STATES)
    yield Stage(name, _relative(ours, theirs), FORWARD_RELATIVE, "relative L2")


@dataclass
class _Golden:
    folder: Path
    tensors: dict[str, Tensor] = field(default_factory=dict)
    spec: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.folder / "golden.safetensors").is_file():
            raise PipelineError("idm_golden", f"There are no stored results in {self.folder}.")
        self.tensors = load_file(self.folder / "golden.safetensors")
        self.spec = json.loads((self.folder / "spec.json").read_text("utf-8"))

    def picture(self, name: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
        with Pillow.open(self.folder / f"{name}.png") as opened:
            return np.asarray(opened.convert("L" if name == "mask" else "RGB"), np.uint8)

    def features(self, prefix: str, count: int) -> dict[int, Tensor]:
        """Stored features by place; `first and last` where only they are stored."""
        found = self.under(prefix)
        return {count - 1 if place == "last" else int(place): tensor for place, tensor in found.items()}

    def under(self, prefix: str) -> dict[str, Tensor]:
        """The tensors whose names begin with `prefix`, without it."""
        return {name.removeprefix(prefix): each for name, each in self.tensors.items() if name.startswith(prefix)}


def verify(folder: Path) -> Iterator[Stage]:
    """All stages, in the order of the pipeline. `folder` holds golden.safetensors, spec.json, pictures, masks.npz
    and a checkpoint `ckpt`; full_keys.json, the published sizes, may lie beside it."""
    # Networks this small gain nothing by a second thread, and wait for it long where the machine has other work.
    torch.set_num_threads(1)
    golden = _Golden(folder)
    idm = IdmVton(folder / "ckpt")
    with torch.inference_mode():
        yield from _words(golden, idm)
        yield from _garment_picture(golden, idm)
        yield from _person(golden, idm)
        for name in ("fwd", "fwd_odd"):
            yield from _forward(golden, idm, name)
        for name in golden.spec["runs"]:
            yield from _run(golden, idm, name)
    yield from _masks(folder / "masks.npz")
    for file in (folder / "full_keys.json", folder.resolve().parent / "full_keys.json"):
        if file.is_file():
            yield from full_size(file)
            break


def _words(golden: _Golden, idm: IdmVton) -> Iterator[Stage]:
    at = golden.tensors
    texts = {"prompt": "prompt", "cloth": "cloth_prompt", "negative": "negative_prompt"}
    for short, long in texts.items():
        text = golden.spec[long]
        for tokenizer, ids in zip(("tokenizer", "tokenizer_2"), idm.token_ids([text]), strict=True):
            yield Stage(f"ids.{tokenizer}.{short}", _gap(ids, at[f"ids.{tokenizer}.{short}"]), EXACT)
        states, pooled = idm.read_text([text])
        yield Stage(f"text.{long}_embeds", _gap(states, at[f"text.{long}_embeds"]), STATES)
        pooled_name = {"prompt": "text.pooled", "negative": "text.negative_pooled"}.get(short)
        if pooled_name:
            yield Stage(pooled_name, _gap(pooled, at[pooled_name]), STATES)


def _garment_picture(golden: _Golden, idm: IdmVton) -> Iterator[Stage]:
    at = golden.tensors
    view = idm.garment_view(golden.picture("garment"))
    yield Stage("clip.pixel_values", _gap(view, at["clip.pixel_values"]), STATES)
    for which, pixels in (("", view), ("uncond_", torch.zeros_like(view))):
        states = idm.look(pixels)
        yield Stage(
            f"clip.{which}hidden_states", _gap(states, at[f"clip.{which}hidden_states_penultimate"]), STATES
        )
        yield Stage(
            f"resampler.{which}ip_tokens",
            _gap(idm.tryon_net.resampler(states), at[f"resampler.{which}ip_tokens"]),
            STATES,
        )


def _person(golden: _Golden, idm: IdmVton) -> Iterator[Stage]:
    at = golden.tensors
    person, mask = as_tensor(golden.picture("person")), as_mask(golden.picture("mask"))
    small = functional.interpolate(mask, size=at["pre.mask_latent"].shape[-2:])
    masked = masked_person(person, mask)
    yield Stage("pre.init_image", _gap(person, at["pre.init_image"]), 1e-6)
    yield Stage("pre.mask", _gap(mask, at["pre.mask"]), EXACT)
    yield Stage("pre.masked_image", _gap(masked, at["pre.masked_image"]), 1e-6)
    yield Stage("pre.mask_latent", _gap(small, at["pre.mask_latent"]), EXACT)
    pictures = {
        "masked_image": masked,
        "pose": as_tensor(golden.picture("densepose")),
        "cloth": as_tensor(golden.picture("garment")),
    }
    for name, picture in pictures.items():
        for what, found in zip(("mean", "logvar"), idm.moments(picture), strict=True):
            yield Stage(f"vae.{name}.{what}", _gap(found, at[f"vae.{name}.{what}"]), MOMENTS)


def _worst(ours: Mapping[int, Tensor], theirs: Mapping[int, Tensor], name: str) -> Iterator[Stage]:
    """The worst of a list of features, of which all or some are stored."""
    missing = not theirs or not theirs.keys() <= ours.keys()
    gap = float("inf") if missing else max(_gap(ours[place], theirs[place]) for place in theirs)
    relative = float("inf") if missing else max(_relative(ours[place], theirs[place]) for place in theirs)
    yield Stage(f"{name} ({len(theirs)} of {len(ours)})", gap, STATES)
    yield Stage(f"{name} ({len(theirs)} of {len(ours)})", relative, FORWARD_RELATIVE, "relative L2")


def _forward(golden: _Golden, idm: IdmVton, name: str) -> Iterator[Stage]:
    at = golden.under(f"{name}.")
    features, _ = idm.garment_net.read(at["garment.sample"], at["timestep"], at["garment.encoder_hidden_states"])
    stored = golden.features(f"{name}.garment.feature.", len(features))
    yield from _worst(features, stored, f"{name}.garment.features")
    whole = load_garment_net(golden.folder / "ckpt" / "unet_encoder", tail=True)
    _, last = whole.read(at["garment.sample"], at["timestep"], at["garment.encoder_hidden_states"])
    yield from _both(f"{name}.garment.last_hidden", last, at["garment.last_hidden"])
    predicted = idm.tryon_net.predict(
        at["tryon.sample"],
        at["timestep"],
        text=at["tryon.encoder_hidden_states"],
        picture_tokens=at["tryon.image_embeds"],
        pooled_text=at["tryon.text_embeds"],
        sizes=at["tryon.time_ids"],
        garment=SeenGarment({place: stored.get(place, feature) for place, feature in features.items()}),
    )
    yield from _both(f"{name}.tryon", predicted, at["tryon.expected"])


def _inputs(golden: _Golden, name: str) -> Inputs:
    """Of one person as the pictures say, of several as they are stored."""
    at, spec = golden.tensors, golden.spec
    count = spec["runs"][name]["batch"]
    view = at["clip.pixel_values"]
    if count == 1:
        pictures = [as_tensor(golden.picture(which)) for which in ("person", "densepose", "garment")]
        mask = as_mask(golden.picture("mask"))
    else:
        pictures = [at[f"{name}.image_in"] * 2 - 1, at[f"{name}.pose_in"], at[f"{name}.cloth_in"]]
        mask = at[f"{name}.mask_in"]
        view = torch.cat([view, view.flip(-2)])
    return Inputs(
        person=pictures[0],
        mask=mask,
        pose=pictures[1],
        garment=pictures[2],
        garment_view=view,
        words=[spec["prompt"]] * count,
        garment_words=[spec["cloth_prompt"]] * count,
        negative=spec["negative_prompt"],
    )


def _run(golden: _Golden, idm: IdmVton, name: str) -> Iterator[Stage]:
    at, run = golden.tensors, golden.spec["runs"][name]
    noise = iter(at[f"{name}.noise.{place}"] for place in range(len(run["draws"])))
    steps: list[Step] = []
    latents = idm.denoise(
        _inputs(golden, name),
        lambda _: next(noise),
        steps=run["steps"],
        guidance=run["guidance"],
        scheduler_name={each.__name__: name for name, each in SCHEDULERS.items()}[run["scheduler_class"]],
        watch=steps.append,
    )
    left = sum(1 for _ in noise)
    times = torch.tensor([step.timestep for step in steps])
    yield Stage(f"{name}.timesteps", _gap(times, at[f"{name}.timesteps"]), EXACT)
    yield Stage(f"{name}.draws left over", float(left), EXACT)
    yield Stage(f"{name}.sample13", _gap(steps[0].sample, at[f"{name}.tryon_in.step0.sample13"]), MOMENTS)
    for step in steps:
        here = f"{name}.step{step.index}"
        stored = golden.features(f"{name}.garment_features.step{step.index}.", len(step.garment))
        if stored:
            yield from _worst(step.garment, stored, f"{here}.garment")
        expected = at[f"{name}.tryon_out.step{step.index}"]
        yield Stage(f"{here}.predicted", _relative(step.predicted, expected), LATENTS_RELATIVE, "relative L2")
        expected = at[f"{name}.latents_after_step.{step.index}"]
        yield Stage(f"{here}.latents", _relative(step.latents, expected), LATENTS_RELATIVE, "relative L2")
    yield Stage(f"{name}.image", _gap(idm.decode(latents), at[f"{name}.image"]), PICTURE)


_CATEGORIES = {"upper_body": Category.UPPER, "lower_body": Category.LOWER, "dresses": Category.DRESS}


def _masks(file: Path) -> Iterator[Stage]:
    """Each stored mask: how many pixels are others."""
    with np.load(file) as stored:
        for name in stored.files:
            number, rule, *about = name.split(".")
            if rule not in {"gradio", "dc_agnostic"}:
                continue
            parse, joints = stored[f"{number}.parse"], stored[f"{number}.keypoints_384x512"]
            variant, category = about[0], _CATEGORIES[about[1]]
            if rule == "gradio":
                ours = agnostic.demo_mask(parse, joints, category, "hd" if variant == "hd" else "dc")
            else:
                width, height = map(int, variant.split("x"))
                ours = agnostic.dresscode_mask(parse, joints, category, (width, height), flawed=True)
            yield Stage(f"masks.{name}", float((ours != stored[name]).sum()), EXACT, "pixels")


def full_size(file: Path) -> Iterator[Stage]:
    """Names and shapes of the published networks, built without their weights: how many are others."""
    known = json.loads(file.read_text("utf-8"))
    with torch.device("meta"):
        networks: dict[str, Any] = {
            "tryon_unet": TryonNet(known["tryon_unet"]["config"], ResamplerSizes()),
            "garment_unet": GarmentNet(known["garment_unet"]["config"]),
        }
    for name, network in networks.items():
        theirs = {key: tuple(each["shape"]) for key, each in known[name]["keys"].items()}
        ours = {key: tuple(each.shape) for key, each in network.state_dict().items()}
        yield Stage(
            f"full size {name}", float(len(theirs.items() ^ ours.items())), EXACT, f"of {len(theirs)} tensors"
        )
        named = {block: path for path, block in network.named_modules()}
        order = [named[block] for block in transformer_blocks(network)]
        features = [each["block"] for each in known["garment_unet"]["reference_features"]["list"]]
        yield Stage(f"full size {name}, order of features", float(order != features), EXACT, f"of {len(features)}")
