"""From a person, a mask, a pose and a garment to a picture: encode, prepare, denoise, decode.

Latents are kept in float32 whatever the networks' precision, and all noise is drawn on the CPU: the same seed
gives the same picture on every device, up to its arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, LCMScheduler, UniPCMultistepScheduler
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

from pipeline.engines.idm.memory import Shelf, Visits, halve_weights, stream_weights
from pipeline.engines.idm.networks import Context, GarmentNet, SeenGarment, TryonNet
from pipeline.engines.idm.weights import (
    add_adapter,
    load_garment_net,
    load_tryon_net,
    pretrained,
    read_config,
    read_scheduler_config,
)
from pipeline.engines.keeping import Recent, digest
from pipeline.ports import PlanName, SchedulerName
from pipeline.types import Image, Mask

NEGATIVE = "monochrome, lowres, bad anatomy, worst quality, low quality"
GUIDANCE = 2.0
STEPS = 30
SCHEDULERS: dict[SchedulerName, Any] = {
    "ddpm": DDPMScheduler,
    "ddim": DDIMScheduler,
    "unipc": UniPCMultistepScheduler,
    "lcm": LCMScheduler,
}
_KEPT = 16
AHEAD = 3
"""Steps for which a garment is read at once: one picture alone keeps no GPU busy, and layers that come for their
turn come less often. A divisor of the published number of steps."""

Draw = Callable[[tuple[int, ...]], Tensor]
"""Gaussian noise of a shape, float32 on the CPU. Asked for the first latents, the masked person, the pose, the
garment, then once a step."""


def seeded(seed: int) -> Draw:
    """Draws from one generator. (The reference takes the pose's from torch's global one, so that no seed settles
    the whole picture.)"""
    generator = torch.Generator("cpu").manual_seed(seed)
    return lambda shape: torch.randn(shape, generator=generator)


def side_by_side(draws: Sequence[Draw]) -> Draw:
    """Each of a batch draws by itself, so that its picture does not depend on who else is in the batch."""
    return lambda shape: torch.cat([draw((1, *shape[1:])) for draw in draws])


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
    """What one step did: for progress, small pictures on the way, and `verify`.

    `clean` are the latents as they would be without the noise that was just predicted in them.
    """

    index: int
    timestep: int
    garment: dict[int, Tensor]
    sample: Tensor
    predicted: Tensor
    latents: Tensor
    clean: Tensor


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What stays the same over all steps; the halves without and with the conditions one after the other, where
    there is guidance."""

    fixed: Tensor
    text: Tensor
    pooled: Tensor
    picture_tokens: Tensor
    context: Mapping[int, Context]
    sizes: Tensor
    garment: Tensor
    garment_text: Tensor
    garment_key: str


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


def _by_row(values: Tensor, kept: Recent[tuple[Tensor, ...]], make: Callable[[Tensor], tuple[Tensor, ...]]) -> Any:
    """`make` of each row (1, ...) of a batch, side by side; done once for the same content."""
    rows = [kept.get(digest(row.numpy()), partial(make, row)) for row in values.split(1)]
    return tuple(torch.cat(parts) for parts in zip(*rows, strict=True))


class IdmVton:
    """The networks of one checkpoint on one device."""

    def __init__(
        self,
        folder: Path,
        tryon_folder: Path | None = None,
        device: str = "cpu",
        dtype: torch.dtype = torch.float32,
        *,
        plan: PlanName = "resident",
        adapter: Path | None = None,
        shelf_bytes: int = 0,
    ) -> None:
        """Load the published layout in `folder`; TryonNet from `tryon_folder`/unet where it has its own
        repository (DressCode). `shelf_bytes` of the CPU's memory keep what GarmentNet read."""
        self.device, self.dtype, self.plan = torch.device(device), dtype, plan
        unet = (tryon_folder or folder) / "unet"
        self.tryon_net: TryonNet = load_tryon_net(unet, dtype)
        if adapter is not None:
            add_adapter(self.tryon_net, adapter)
        self.garment_net: GarmentNet = load_garment_net(folder / "unet_encoder", dtype)
        self.tokenizers = [
            CLIPTokenizer.from_pretrained(folder / name, local_files_only=True)
            for name in ("tokenizer", "tokenizer_2")
        ]
        self.text_encoders = [
            pretrained(CLIPTextModel, folder / "text_encoder", dtype),
            pretrained(CLIPTextModelWithProjection, folder / "text_encoder_2", dtype),
        ]
        self.image_encoder = pretrained(CLIPVisionModelWithProjection, folder / "image_encoder", dtype)
        # In half precision SDXL's own VAE overflows; its configuration says so.
        upcast = read_config(folder / "vae").get("force_upcast", True)
        self.vae = pretrained(AutoencoderKL, folder / "vae", torch.float32 if upcast else dtype)
        # Pictures one after the other: the VAE needs more memory than all else, and gains nothing by a batch.
        self.vae.enable_slicing()
        self.scheduler_config = read_scheduler_config(folder / "scheduler")
        self._shelf = Shelf(shelf_bytes)
        self._texts: Recent[tuple[Tensor, ...]] = Recent(_KEPT)
        self._views: Recent[tuple[Tensor, ...]] = Recent(_KEPT)
        self._moments: Recent[tuple[Tensor, ...]] = Recent(_KEPT)
        self._visits = Visits(self.device, stay=plan == "resident")
        self._settle()

    def _settle(self) -> None:
        """Bring the networks to where the plan wants them."""
        for net in (self.tryon_net, self.garment_net):
            if self.plan == "8-bit":
                halve_weights(net, self.dtype)
            if self.plan == "sequential-offload":
                stream_weights(net, self.device)
            else:
                net.to(self.device)
            if self.device.type == "cuda":
                net.to(memory_format=torch.channels_last)
        if self.plan == "resident":
            for network in (*self.text_encoders, self.image_encoder, self.vae):
                network.to(self.device)

    def compile(self, **options: Any) -> None:
        """Compile both UNets with torch; not where their weights change while they work."""
        if self.plan in {"resident", "model-offload"}:
            for net in (self.tryon_net, self.garment_net):
                net.compile(fullgraph=True, **options)

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
            with self._visits.of(encoder):
                read = encoder(ids.to(self.device), output_hidden_states=True)
            states.append(read.hidden_states[-2])
        return torch.cat(states, dim=-1), read.text_embeds

    def _text(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """As `read_text`; each text is read once."""
        rows = [self._texts.get(text, partial(self.read_text, [text])) for text in texts]
        states, pooled = zip(*rows, strict=True)
        return torch.cat(states), torch.cat(pooled)

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
        with self._visits.of(self.image_encoder):
            seen = self.image_encoder(view.to(self.device, self.dtype), output_hidden_states=True)
        states: Tensor = seen.hidden_states[-2]
        return states

    def _picture_tokens(self, view: Tensor) -> Tensor:
        tokens: Tensor = _by_row(view, self._views, lambda row: (self.tryon_net.resampler(self.look(row)),))[0]
        return tokens

    @torch.inference_mode()
    def moments(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log of the variance (B, 4, h, w) of the latents of pictures in -1..1, unscaled, float32."""
        with self._visits.of(self.vae):
            latent = self.vae.encode(picture.to(self.device, self.vae.dtype)).latent_dist
        return latent.mean.float(), latent.logvar.float()

    def encode(self, picture: Tensor, draw: Draw) -> Tensor:
        """Latents drawn from what the VAE says, scaled."""
        mean, log_variance = _by_row(picture, self._moments, self.moments)
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

        garment_text = self._text(inputs.garment_words)[0]
        rows = zip(garment, garment_text, strict=True)
        keys = [digest(*(each.float().cpu().numpy() for each in row)) for row in rows]
        if len(set(keys)) == 1:
            garment, garment_text = garment[:1], garment_text[:1]

        text, pooled = self._text(inputs.words)
        tokens = self._picture_tokens(inputs.garment_view)
        if guided:
            no_text, no_pooled = self._text([inputs.negative] * count)
            # Nothing to see is a grey picture, not the absence of tokens.
            no_tokens = self._picture_tokens(torch.zeros_like(inputs.garment_view))
            text, pooled = torch.cat([no_text, text]), torch.cat([no_pooled, pooled])
            tokens, fixed = torch.cat([no_tokens, tokens]), torch.cat([fixed, fixed])
        return latents, _Prepared(
            fixed=fixed,
            text=text,
            pooled=pooled,
            picture_tokens=tokens,
            context=self.tryon_net.read_context(text, tokens),
            sizes=torch.tensor([[height, width, 0, 0, height, width]], device=self.device).expand(len(text), -1),
            garment=garment.to(self.dtype),
            garment_text=garment_text,
            garment_key=digest(keys),
        )

    # -- denoise

    def _garments(self, times: Tensor, fixed: _Prepared) -> Iterator[dict[int, Tensor]]:
        """GarmentNet's features at each of these times, from the shelf where it has read the same before."""
        count = len(fixed.garment)
        for some in times.split(max(1, AHEAD // count)):
            known = {int(at): self._shelf.get((fixed.garment_key, int(at)), self.device) for at in some}
            new = torch.tensor([at for at, each in known.items() if each is None])
            if len(new):
                at = new.to(self.device).repeat_interleave(count)
                garment, text = (torch.cat([each] * len(new)) for each in (fixed.garment, fixed.garment_text))
                read, _ = self.garment_net.read(garment, at, text)
                for row, time in enumerate(new.tolist()):
                    rows = slice(row * count, (row + 1) * count)
                    features = {place: each[rows] for place, each in read.items()}
                    self._shelf.put((fixed.garment_key, time), features)
                    known[time] = features
            yield from (known[time] or {} for time in some.tolist())

    def _predict(
        self, latents: Tensor, at: Tensor, garment: dict[int, Tensor], fixed: _Prepared
    ) -> tuple[Tensor, Tensor]:
        """The 13 channels, and the noise in them."""
        blind = len(fixed.text) - len(latents)
        sample = torch.cat([torch.cat([latents, latents]) if blind else latents, fixed.fixed], dim=1)
        predicted = self.tryon_net.predict(
            sample.to(self.dtype),
            at,
            text=fixed.text,
            picture_tokens=fixed.picture_tokens,
            pooled_text=fixed.pooled,
            sizes=fixed.sizes,
            garment=SeenGarment(garment, blind, fixed.context),
        )
        return sample, predicted.float()

    def _scheduler(self, name: SchedulerName, steps: int) -> Any:
        # An adapter for LCM was made with plain SDXL, whose noise never reaches zero signal.
        changed = {"rescale_betas_zero_snr": False} if name == "lcm" else {}
        scheduler = SCHEDULERS[name].from_config(self.scheduler_config, **changed)
        scheduler.set_timesteps(steps)
        return scheduler

    @torch.inference_mode()
    def denoise(
        self,
        inputs: Inputs,
        draw: Draw,
        *,
        steps: int = STEPS,
        guidance: float = GUIDANCE,
        scheduler_name: SchedulerName = "ddpm",
        watch: Callable[[Step], None] = lambda _: None,
    ) -> Tensor:
        """The latents (B, 4, h, w) of the pictures. `watch` is called after each step and may raise to stop."""
        scheduler = self._scheduler(scheduler_name, steps)
        latents, fixed = self._prepare(inputs, guidance > 1.0, draw)
        garments = self._garments(scheduler.timesteps, fixed)
        for index, (at, garment) in enumerate(zip(scheduler.timesteps, garments, strict=True)):
            sample, predicted = self._predict(latents, at.to(self.device), garment, fixed)
            noise = predicted
            if guidance > 1.0:
                without, noise = predicted.chunk(2)
                noise = without + guidance * (noise - without)
            kept = scheduler.alphas_cumprod[int(at)].item()
            clean = (latents - (1 - kept) ** 0.5 * noise) / kept**0.5
            if scheduler_name == "ddpm":
                fresh = draw(tuple(latents.shape)).to(self.device)
                latents = ancestral_step(scheduler, noise, int(at), latents, fresh)
            elif scheduler_name == "lcm":
                latents = self._consistency_step(scheduler, noise, index, latents, draw)
            else:
                latents = scheduler.step(noise, at, latents, return_dict=False)[0]
            watch(Step(index, int(at), garment, sample, predicted, latents, clean))
        return latents

    def _consistency_step(self, scheduler: Any, noise: Tensor, index: int, latents: Tensor, draw: Draw) -> Tensor:
        """One step of a latent consistency model (arXiv 2310.04378) whose noise is given."""
        own = torch.Generator("cpu").manual_seed(0)
        times = scheduler.timesteps
        clean: Tensor = scheduler.step(noise, times[index], latents, generator=own).denoised
        if index + 1 == len(times):
            return clean
        kept = scheduler.alphas_cumprod[int(times[index + 1])].item()
        return kept**0.5 * clean + (1 - kept) ** 0.5 * draw(tuple(latents.shape)).to(self.device)

    # -- decode

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> Tensor:
        """Pictures (B, 3, H, W) in 0..1."""
        scaled = (latents / self.vae.config.scaling_factor).to(self.vae.dtype)
        with self._visits.of(self.vae):
            pictures = self.vae.decode(scaled).sample
        return (pictures.float() / 2 + 0.5).clamp(0, 1)

    def sketch(self, clean: Tensor) -> list[Image]:
        """Small pictures of what it looks like so far, at a sixteenth of the work of `decode`."""
        small = functional.interpolate(clean, scale_factor=0.25, mode="area")
        return [as_picture(picture) for picture in self.decode(small)]
