"""The two networks once more, the plain way: diffusers' own UNets and attention, seen and changed from outside.

Slower than ours and written without it: the whole GarmentNet runs, the garment's tokens ask as well as answer. "By
the book" is slower yet: attention as the formula has it, and a pass for each half of the guidance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import (
    AttnProcessor,
    AttnProcessor2_0,
    IPAdapterAttnProcessor,
    IPAdapterAttnProcessor2_0,
)
from torch import Tensor
from torch.nn import functional

from pipeline.engines.idm.diffusion import GUIDANCE, Draw, IdmVton, Inputs, ancestral_step
from pipeline.engines.idm.networks import GarmentNet, TryonNet

Config = Mapping[str, Any]


def _blocks(unet: UNet2DConditionModel) -> list[Any]:
    return [
        block
        for part in (*unet.down_blocks, unet.mid_block, *unet.up_blocks)
        for transformer in getattr(part, "attentions", [])
        for block in transformer.transformer_blocks
    ]


def _config_of(unet: UNet2DConditionModel) -> Config:
    return {name: value for name, value in unet.config.items() if not name.startswith("_")}


class PlainGarmentNet:
    """Collects what leaves `norm1` of every block."""

    def __init__(self, config: Config, ours: GarmentNet, *, by_the_book: bool = False) -> None:
        with torch.device("meta"):
            self.unet = UNet2DConditionModel(**config)
        self.unet.load_state_dict(ours.state_dict(), assign=True)
        self.unet.set_attn_processor(AttnProcessor() if by_the_book else AttnProcessor2_0())
        self.features: list[Tensor] = []
        for block in _blocks(self.unet):
            block.norm1.register_forward_hook(lambda _module, _inputs, out: self.features.append(out))

    def read(self, latents: Tensor, at: Tensor, text: Tensor) -> list[Tensor]:
        self.features.clear()
        self.unet(latents, at, text)
        return list(self.features)


class PlainTryonNet:
    """Doubles the tokens before self-attention and halves them after it."""

    def __init__(self, config: Config, ours: TryonNet, picture_tokens: int, *, by_the_book: bool = False) -> None:
        with torch.device("meta"):
            self.unet = UNet2DConditionModel(**{**config, "encoder_hid_dim": None, "encoder_hid_dim_type": None})
        weights = ours.state_dict()
        stock = self.unet.state_dict()
        self.unet.load_state_dict({name: weights[name] for name in stock}, assign=True)
        self.features: list[Tensor] = []
        for place, (block, our_block) in enumerate(zip(_blocks(self.unet), _blocks(ours), strict=True)):
            block.attn1.set_processor(AttnProcessor() if by_the_book else AttnProcessor2_0())
            block.attn1.register_forward_pre_hook(self._join(place))
            block.attn1.register_forward_hook(lambda _module, _inputs, out: out.chunk(2, dim=1)[0])
            cross = block.attn2
            width, context = cross.to_q.out_features, cross.to_k.in_features
            kind = IPAdapterAttnProcessor if by_the_book else IPAdapterAttnProcessor2_0
            looking = kind(width, context, num_tokens=(picture_tokens,), scale=1.0)
            looking.to_k_ip[0].weight = our_block.attn2.processor.to_k_ip.weight
            looking.to_v_ip[0].weight = our_block.attn2.processor.to_v_ip.weight
            cross.set_processor(looking)

    def _join(self, place: int) -> Any:
        return lambda _module, inputs: (torch.cat([inputs[0], self.features[place]], dim=1), *inputs[1:])

    def predict(
        self, sample: Tensor, at: Tensor, text: Tensor, picture: Tensor, conditions: dict[str, Tensor]
    ) -> Tensor:
        out: Tensor = self.unet(sample, at, (text, [picture]), added_cond_kwargs=conditions).sample
        return out


class PlainPipeline:
    """The whole way, plainly: everything is encoded for every picture, and both networks run whole at every step,
    in one batch for guidance unless `by_the_book`. Encoders, VAE and weights are those of ours."""

    def __init__(self, ours: IdmVton, garment_net: GarmentNet, *, by_the_book: bool = False) -> None:
        """`garment_net` has its tail."""
        self._ours, self._passes = ours, 2 if by_the_book else 1
        tokens = ours.tryon_net.resampler.latents.shape[1]
        config = _config_of(ours.tryon_net)
        self._tryon = PlainTryonNet(config, ours.tryon_net, tokens, by_the_book=by_the_book)
        self._garment = PlainGarmentNet(_config_of(garment_net), garment_net, by_the_book=by_the_book)

    def _latents(self, picture: Tensor, draw: Draw) -> Tensor:
        mean, log_variance = self._ours.moments(picture)
        drawn = mean + (0.5 * log_variance).exp() * draw(tuple(mean.shape))
        return drawn * float(self._ours.vae.config.scaling_factor)

    @torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
    def denoise(
        self, inputs: Inputs, draw: Draw, steps: int, guidance: float = GUIDANCE, scheduler: Any = DDPMScheduler
    ) -> Tensor:
        """The latents of the persons' pictures, by DDPM or DDIM."""
        ours, count = self._ours, len(inputs.person)
        height, width = inputs.person.shape[-2:]
        scale = 2 ** (len(ours.vae.config.block_out_channels) - 1)
        latents = draw((count, 4, height // scale, width // scale))
        mask = functional.interpolate(inputs.mask, size=latents.shape[-2:])
        person = self._latents(inputs.person * (inputs.mask < 0.5), draw)
        fixed = torch.cat([mask, person, self._latents(inputs.pose, draw)], dim=1)
        garment = self._latents(inputs.garment, draw)
        garment_text, _ = ours.read_text(inputs.garment_words)
        text, pooled = ours.read_text([*[inputs.negative] * count, *inputs.words])
        views = torch.cat([torch.zeros_like(inputs.garment_view), inputs.garment_view])
        sizes = torch.tensor([[height, width, 0, 0, height, width]]).expand(2 * count, -1)
        tokens = ours.tryon_net.resampler(ours.look(views))
        # Without the conditions, and with them.
        conditions = [each.chunk(self._passes) for each in (text, tokens, pooled, sizes)]
        schedule = scheduler.from_config(ours.scheduler_config)
        schedule.set_timesteps(steps)
        for at in schedule.timesteps:
            seen = self._garment.read(garment, at, garment_text)
            shown = [torch.cat([torch.zeros_like(each), each]).chunk(self._passes) for each in seen]
            sample = torch.cat([torch.cat([latents, fixed], dim=1)] * 2).chunk(self._passes)
            predicted = []
            for number, (words, picture, whole, size) in enumerate(zip(*conditions, strict=True)):
                self._tryon.features = [each[number] for each in shown]
                more = {"text_embeds": whole, "time_ids": size}
                predicted.append(self._tryon.predict(sample[number], at, words, picture, more))
            without, within = torch.cat(predicted).chunk(2)
            noise = within if guidance <= 1.0 else without + guidance * (within - without)
            if scheduler is DDPMScheduler:
                latents = ancestral_step(schedule, noise, int(at), latents, draw(tuple(latents.shape)))
            else:
                latents = schedule.step(noise, at, latents).prev_sample
        return latents

    def draw(self, inputs: Inputs, draw: Draw, steps: int) -> Tensor:
        """The pictures."""
        return self._ours.decode(self.denoise(inputs, draw, steps))
