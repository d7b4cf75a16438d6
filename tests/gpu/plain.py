"""The two networks once more, the plain way: diffusers' own UNets and attention, seen and changed from outside.

Slower than ours and written without it: the whole GarmentNet runs, the garment's tokens ask as well as answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor2_0, IPAdapterAttnProcessor2_0
from torch import Tensor

from pipeline.engines.idm.networks import GarmentNet, TryonNet

Config = Mapping[str, Any]


def _blocks(unet: UNet2DConditionModel) -> list[Any]:
    return [
        block
        for part in (*unet.down_blocks, unet.mid_block, *unet.up_blocks)
        for transformer in getattr(part, "attentions", [])
        for block in transformer.transformer_blocks
    ]


class PlainGarmentNet:
    """Collects what leaves `norm1` of every block."""

    def __init__(self, config: Config, ours: GarmentNet) -> None:
        self.unet = UNet2DConditionModel(**config)
        self.unet.load_state_dict(ours.state_dict())
        self.unet.set_attn_processor(AttnProcessor2_0())
        self.features: list[Tensor] = []
        for block in _blocks(self.unet):
            block.norm1.register_forward_hook(lambda _module, _inputs, out: self.features.append(out))

    def read(self, latents: Tensor, at: Tensor, text: Tensor) -> list[Tensor]:
        self.features.clear()
        self.unet(latents, at, text)
        return list(self.features)


class PlainTryonNet:
    """Doubles the tokens before self-attention and halves them after it."""

    def __init__(self, config: Config, ours: TryonNet, picture_tokens: int) -> None:
        self.unet = UNet2DConditionModel(**{**config, "encoder_hid_dim": None, "encoder_hid_dim_type": None})
        weights = ours.state_dict()
        stock = self.unet.state_dict()
        self.unet.load_state_dict({name: weights[name] for name in stock})
        self.features: list[Tensor] = []
        for place, (block, our_block) in enumerate(zip(_blocks(self.unet), _blocks(ours), strict=True)):
            block.attn1.set_processor(AttnProcessor2_0())
            block.attn1.register_forward_pre_hook(self._join(place))
            block.attn1.register_forward_hook(lambda _module, _inputs, out: out.chunk(2, dim=1)[0])
            cross = block.attn2
            width, context = cross.to_q.out_features, cross.to_k.in_features
            looking = IPAdapterAttnProcessor2_0(width, context, num_tokens=(picture_tokens,), scale=1.0)
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
