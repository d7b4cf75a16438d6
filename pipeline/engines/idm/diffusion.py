"""From a person, a mask, a pose and a garment to a picture: encode, prepare, denoise, decode.

Latents are kept in float32 whatever the networks' precision, and all noise is drawn on the CPU: the same seed
gives the same picture on every device, up to its arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler
from PIL import Image as Pillow
from torch import Tensor
from torch.nn import functional
from transformers import (
    CLIPImageProcessorPil,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionModelWithProjection,
)

from pipeline.engines.idm.networks import GarmentNet, TryonNet
from pipeline.engines.idm.weights import (
    load_garment_net,
    load_tryon_net,
    pretrained,
    read_config,
    read_scheduler_config,
)
from pipeline.types import Image, Mask

NEGATIVE = "monochrome, lowres, bad anatomy, worst quality, low quality"
GUIDANCE = 2.0
STEPS = 30
SCHEDULERS = {"DDPMScheduler": DDPMScheduler, "DDIMScheduler": DDIMScheduler}

Draw = Callable[[tuple[int, ...]], Tensor]
"""Gaussian noise of a shape, float32 on the CPU. Asked for the first latents, the masked person, the pose, the
garment, then once a step."""


def seeded(seed: int) -> Draw:
    """Draws from one generator. (The reference takes the pose's from torch's global one, so that no seed settles
    the whole picture.)"""
    generator = torch.Generator("cpu").manual_seed(seed)
    return lambda shape: torch.randn(shape, generator=generator)


def tryon_words(item: str) -> str:
    """What TryonNet reads."""
    return f"model is wearing {item}"


def garment_words(item: str) -> str:
    """What GarmentNet reads."""
    return f"a photo of {item}"


def as_tensor(picture: Image) -> Tensor:
    """A picture (H, W, 3) as (1, 3, H, W) in -1..1."""
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255 * 2 - 1


def as_mask(mask: Mask) -> Tensor:
    """A mask (H, W) as (1, 1, H, W) of 0 and 1, 1 = repaint."""
    return (torch.from_numpy(np.array(mask))[None, None].float() / 255 >= 0.5).float()


def as_picture(decoded: Tensor) -> Image:
    """One picture (3, H, W) in 0..1 as bytes (H, W, 3)."""
    return np.asarray((decoded * 255).round().byte().permute(1, 2, 0).cpu().numpy(), np.uint8)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Of B persons. Pictures are (B, 3, H, W) in -1..1, `mask` (B, 1, H, W), `garment_view` is what CLIP sees."""

    person: Tensor
    mask: Tensor
    pose: Tensor
    garment: Tensor
    garment_view: Tensor
    words: Sequence[str]
    garment_words: Sequence[str]
    negative: str = NEGATIVE


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: for progress, small pictures on the way, and `verify`."""

    index: int
    timestep: int
    garment: dict[int, Tensor]
    sample: Tensor
    predicted: Tensor
    latents: Tensor


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What stays the same over all steps; the halves without and with the conditions one after the other, where
    there is guidance."""

    fixed: Tensor
    text: Tensor
    pooled: Tensor
    picture_tokens: Tensor
    sizes: Tensor
    garment: Tensor
    garment_text: Tensor


def masked_person(person: Tensor, mask: Tensor) -> Tensor:
    """Grey where it will be repainted."""
    return person * (mask < 0.5)


def ancestral_step(scheduler: DDPMScheduler, noise: Tensor, at: int, latents: Tensor, fresh: Tensor) -> Tensor:
    """One step of DDPM (Ho et al. 2020, equations 6 and 7) whose noise is given: diffusers draws its own."""
    before = scheduler.previous_timestep(at)
    kept = scheduler.alphas_cumprod[at].item()
    kept_before = scheduler.alphas_cumprod[before].item() if before >= 0 else 1.0
    alpha = kept / kept_before
    clean = (latents - (1 - kept) ** 0.5 * noise) / kept**0.5
    share_clean = kept_before**0.5 * (1 - alpha) / (1 - kept)
    share_noisy = alpha**0.5 * (1 - kept_before) / (1 - kept)
    deviation = max((1 - kept_before) / (1 - kept) * (1 - alpha), 1e-20) ** 0.5
    return share_clean * clean + share_noisy * latents + deviation * fresh


class IdmVton:
    """The networks of one checkpoint on one device."""

    def __init__(
        self,
        folder: Path,
        tryon_folder: Path | None = None,
        device: str = "cpu",
        dtype: torch.dtype = torch.float32,
    ) -> None:
        """Load the published layout in `folder`; TryonNet from `tryon_folder`/unet where it has its own
        repository (DressCode)."""
        self.device, self.dtype = torch.device(device), dtype
        unet = (tryon_folder or folder) / "unet"
        self.tryon_net: TryonNet = load_tryon_net(unet, dtype).to(self.device)
        self.garment_net: GarmentNet = load_garment_net(folder / "unet_encoder", dtype).to(self.device)
        self.tokenizers = [
            CLIPTokenizer.from_pretrained(folder / name, local_files_only=True)
            for name in ("tokenizer", "tokenizer_2")
        ]
        self.text_encoders = [
            pretrained(CLIPTextModel, folder / "text_encoder", dtype).to(self.device),
            pretrained(CLIPTextModelWithProjection, folder / "text_encoder_2", dtype).to(self.device),
        ]
        image_encoder = pretrained(CLIPVisionModelWithProjection, folder / "image_encoder", dtype)
        self.image_encoder = image_encoder.to(self.device)
        # In half precision SDXL's own VAE overflows; its configuration says so.
        upcast = read_config(folder / "vae").get("force_upcast", True)
        self.vae = pretrained(AutoencoderKL, folder / "vae", torch.float32 if upcast else dtype).to(self.device)
        self.scheduler_config = read_scheduler_config(folder / "scheduler")

    # -- encode

    def token_ids(self, texts: Sequence[str]) -> list[Tensor]:
        """(B, 77) for each text encoder."""
        return [
            tokenizer(
                list(texts),
                padding="max_length",
                max_length=tokenizer.model_max_length,
                truncation=True,
                return_tensors="pt",
            ).input_ids
            for tokenizer in self.tokenizers
        ]

    @torch.inference_mode()
    def read_text(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """The last states but one of both text encoders side by side (B, 77, X), and the pooled text (B, P)."""
        states = []
        for encoder, ids in zip(self.text_encoders, self.token_ids(texts), strict=True):
            read = encoder(ids.to(self.device), output_hidden_states=True)
            states.append(read.hidden_states[-2])
        return torch.cat(states, dim=-1), read.text_embeds

    def garment_view(self, garment: Image) -> Tensor:
        """What CLIP sees of a garment (H, W, 3): the middle square, so that top and bottom of a tall picture are
        cut, as in training."""
        side = self.image_encoder.config.image_size
        processor = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
        view: Tensor = processor(Pillow.fromarray(garment), return_tensors="pt").pixel_values
        return view

    @torch.inference_mode()
    def look(self, view: Tensor) -> Tensor:
        """The last states but one of CLIP (B, patches, width)."""
        seen = self.image_encoder(view.to(self.device, self.dtype), output_hidden_states=True)
        states: Tensor = seen.hidden_states[-2]
        return states

    @torch.inference_mode()
    def moments(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log of the variance (B, 4, h, w) of the latents of pictures in -1..1, unscaled, float32."""
        latent = self.vae.encode(picture.to(self.device, self.vae.dtype)).latent_dist
        return latent.mean.float(), latent.logvar.float()

    def encode(self, picture: Tensor, draw: Draw) -> Tensor:
        """Latents drawn from what the VAE says, scaled."""
        mean, log_variance = self.moments(picture)
        drawn = draw(tuple(mean.shape)).to(self.device)
        latents: Tensor = (mean + torch.exp(0.5 * log_variance) * drawn) * self.vae.config.scaling_factor
        return latents

    # -- prepare

    def _prepare(self, inputs: Inputs, guided: bool, draw: Draw) -> tuple[Tensor, _Prepared]:
        """The first latents, and what stays the same. Draws in the order which `Draw` names."""
        count, _, height, width = inputs.person.shape
        scale = 2 ** (len(self.vae.config.block_out_channels) - 1)
        size = (height // scale, width // scale)
        latents = draw((count, self.vae.config.latent_channels, *size)).to(self.device)
        mask = functional.interpolate(inputs.mask.to(self.device), size=size)
        person = self.encode(masked_person(inputs.person, inputs.mask), draw)
        fixed = torch.cat([mask, person, self.encode(inputs.pose, draw)], dim=1)
        garment = self.encode(inputs.garment, draw)

        text, pooled = self.read_text(inputs.words)
        tokens = self.tryon_net.resampler(self.look(inputs.garment_view))
        if guided:
            no_text, no_pooled = self.read_text([inputs.negative] * count)
            # Nothing to see is a grey picture, not the absence of tokens.
            no_tokens = self.tryon_net.resampler(self.look(torch.zeros_like(inputs.garment_view)))
            text, pooled = torch.cat([no_text, text]), torch.cat([no_pooled, pooled])
            tokens, fixed = torch.cat([no_tokens, tokens]), torch.cat([fixed, fixed])
        return latents, _Prepared(
            fixed=fixed,
            text=text,
            pooled=pooled,
            picture_tokens=tokens,
            sizes=torch.tensor([[height, width, 0, 0, height, width]], device=self.device).expand(len(text), -1),
            garment=garment.to(self.dtype),
            garment_text=self.read_text(inputs.garment_words)[0],
        )

    # -- denoise

    def _predict(self, latents: Tensor, at: Tensor, fixed: _Prepared) -> tuple[dict[int, Tensor], Tensor, Tensor]:
        """Features of the garment at this time, the 13 channels, and the noise in them."""
        garment, _ = self.garment_net.read(fixed.garment, at, fixed.garment_text)
        guided = len(fixed.text) > len(latents)
        if guided:
            latents = torch.cat([latents, latents])
        sample = torch.cat([latents, fixed.fixed], dim=1)
        # Without the conditions the garment's tokens are zeros: they still take their share of the attention.
        seen = garment
        if guided:
            seen = {place: torch.cat([torch.zeros_like(each), each]) for place, each in garment.items()}
        predicted = self.tryon_net.predict(
            sample.to(self.dtype),
            at,
            text=fixed.text,
            picture_tokens=fixed.picture_tokens,
            pooled_text=fixed.pooled,
            sizes=fixed.sizes,
            garment=seen,
        )
        return garment, sample, predicted.float()

    @torch.inference_mode()
    def denoise(
        self,
        inputs: Inputs,
        draw: Draw,
        *,
        steps: int = STEPS,
        guidance: float = GUIDANCE,
        scheduler_class: str = "DDPMScheduler",
        watch: Callable[[Step], None] = lambda _: None,
    ) -> Tensor:
        """The latents (B, 4, h, w) of the pictures. `watch` is called after each step and may raise to stop."""
        scheduler: Any = SCHEDULERS[scheduler_class].from_config(self.scheduler_config)
        scheduler.set_timesteps(steps)
        latents, fixed = self._prepare(inputs, guidance > 1.0, draw)
        for index, at in enumerate(scheduler.timesteps):
            garment, sample, predicted = self._predict(latents, at.to(self.device), fixed)
            noise = predicted
            if guidance > 1.0:
                without, noise = predicted.chunk(2)
                noise = without + guidance * (noise - without)
            if isinstance(scheduler, DDPMScheduler):
                fresh = draw(tuple(latents.shape)).to(self.device)
                latents = ancestral_step(scheduler, noise, int(at), latents, fresh)
            else:
                latents = scheduler.step(noise, int(at), latents, return_dict=False)[0]
            watch(Step(index, int(at), garment, sample, predicted, latents))
        return latents

    # -- decode

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> Tensor:
        """Pictures (B, 3, H, W) in 0..1."""
        pictures = self.vae.decode((latents / self.vae.config.scaling_factor).to(self.vae.dtype)).sample
        return (pictures.float() / 2 + 0.5).clamp(0, 1)
